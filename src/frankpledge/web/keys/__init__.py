"""What the site seals with: a key for every partnership, subject and report, kept outside the database.

    <site>.keys/site/
        django.key  index.key  audit.key  heads.key  metrics.key     secrets, one for each use
        master/1.key                                                 opens the keys of `owned`
        owned/<first two letters>/<id>/<version>.key                 sealed by the master or by its partnership's key

The database, its backups and the site folder hold nothing that opens anything. Destroying a key makes what it sealed
unreadable wherever a copy of it lies.
"""
