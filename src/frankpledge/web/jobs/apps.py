"""The app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Declare the work that the queue does for itself."""
        from frankpledge.web.jobs.kinds import register
        from frankpledge.web.jobs.pruning import PRUNE_JOBS

        register(PRUNE_JOBS)
