"""The app."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.operation"
    label = "operation"
