"""The app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partnerships and people."""

    name = "frankpledge.web.partners"
    label = "partners"

    def ready(self) -> None:
        """Listen to what allauth does."""
        from frankpledge.web.partners.signing_in import signals

        assert signals.note_added
