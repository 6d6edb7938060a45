"""The app."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Sealing."""

    name = "frankpledge.web.keys"
    label = "keys"
