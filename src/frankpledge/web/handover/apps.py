"""The app."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.handover"
    label = "handover"
