"""The app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """See the package."""

    name = "frankpledge.web.jobs"
    label = "jobs"
