"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.audit"
    label = "audit"
