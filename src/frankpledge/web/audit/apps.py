"""The app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Have the triggers made again after every migration."""
        from frankpledge.web.audit.triggers import make_after_migrating

        post_migrate.connect(make_after_migrating, sender=self)
