"""Before the site runs: its database, its style sheets, and the partnerships whose folders it has."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from frankpledge.web.audit.actors import Agent
from frankpledge.web.operation.schema import applied, pending
from frankpledge.web.operation.upgrade import UpgradeError, upgrade
from frankpledge.web.partners.actions import found_partnership
from frankpledge.web.partners.queries import partnership_named
from frankpledge.web.site_folder import SiteFolder


def make_ready(site: SiteFolder) -> None:
    """Make the database the first time, and set up the partnerships that are new.

    Raises
    ------
    UpgradeError
        When the database is there and has another shape than this version of the program needs.
    """
    if applied(connection) and pending(connection):
        raise UpgradeError(
            "This version of the program needs another shape of the site's database.",
            "See what that means with “frankpledge upgrade --dry-run”, then do it with “frankpledge upgrade”.",
        )
    upgrade(connection, site.folder, Path(settings.STORAGES["default"]["OPTIONS"]["location"]))
    for workspace in site.workspaces:
        told = workspace.partnership()
        if partnership_named(told.slug) is None:
            found_partnership(
                slug=told.slug, name=told.name, colour=told.colour, authorities=told.authorities, by=Agent.COMMAND
            )
