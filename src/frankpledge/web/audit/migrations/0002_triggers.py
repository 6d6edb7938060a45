"""The database refuses to change entries or take them away."""

from django.db import migrations

from frankpledge.web.audit.triggers import drop_in_migration, make_in_migration


class Migration(migrations.Migration):
    """After the table."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(make_in_migration, drop_in_migration),)
