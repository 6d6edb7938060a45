"""The app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.partners"
    label = "partners"
