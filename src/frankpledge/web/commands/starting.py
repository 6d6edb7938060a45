"""Sets the site up for a command: finds its folder, and has Django read the settings."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from frankpledge.errors import SettingError
from frankpledge.web.site_folder import SiteFolder, find_site_folder

SETTINGS = "frankpledge.web.config.settings"


def set_up(site: SiteFolder) -> None:
    """Have Django read the settings of a site.

    Raises
    ------
    WorkspaceError
        When its keys are not there.
    SettingError
        When a setting cannot be used.
    """
    import django

    os.environ["FRANKPLEDGE_SITE"] = str(site.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()


def chosen_site(folder: Path) -> SiteFolder:
    """The site that a command is about: that of the environment, else the one that it stands in."""
    named = os.environ.get("FRANKPLEDGE_SITE")
    return SiteFolder(Path(named).resolve()) if named else find_site_folder(folder.resolve())


def with_site(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the site that it stands in, set up."""

    @click.pass_obj
    @functools.wraps(command)
    def run(session: Any, *arguments: Any, **options: Any) -> Any:
        site = chosen_site(session.folder)
        set_up(site)
        from django.db import OperationalError

        try:
            return command(site, *arguments, **options)
        except OperationalError as error:
            raise SettingError(
                "The site's database does not answer, or another program holds it.",
                "See that it runs, and that DATABASE_URL names it; then try again.",
            ) from error

    return run
