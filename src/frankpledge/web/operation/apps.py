"""The app."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.operation"
    label = "operation"

    def ready(self) -> None:
        """Declare what is put down, and what is done regularly."""
        from frankpledge.web.jobs.kinds import register
        from frankpledge.web.operation import events  # noqa: F401  declaring them makes them known
        from frankpledge.web.operation.regular import PRUNE_LOGS, PRUNE_SESSIONS
        from frankpledge.web.operation.replacing import SEAL_ANEW

        register(PRUNE_LOGS)
        register(PRUNE_SESSIONS)
        register(SEAL_ANEW)
