"""The app."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.design"
    label = "design"
