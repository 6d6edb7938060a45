"""What the site seals with: a key for every partnership, subject and report, kept outside the database.

    <site>.keys/site/
        django.key  index.key  audit.key …                           secrets, one for each use
        <secret>-earlier/<number>.key                                those it replaced, while what they made is accepted
        master/<version>.key                                         opens the keys of `owned`
        owned/<first two letters>/<id>/<version>.key                 sealed by the master or by its partnership's key
        replacing/<id>.key                                           a note that this one's key is being replaced

The database, its backups and the site folder hold nothing that opens anything. Destroying a key makes what it sealed
unreadable wherever a copy of it lies.
"""
