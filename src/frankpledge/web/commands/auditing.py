"""Commands about the audit: verify, export, check, key."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from uuid import UUID

import click

from frankpledge.errors import UserError, WorkspaceError
from frankpledge.web.commands.starting import with_site
from frankpledge.web.site_folder import SiteFolder

if TYPE_CHECKING:
    from frankpledge.web.audit.actors import Actor

# What a command ends with when something is not as it should be, as `check` does.
FOUND = 3
# One changed key makes every entry after it a finding: the first of them say where to look.
_SHOWN = 50
_DAY = click.DateTime(["%Y-%m-%d"])
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("audit")
def audit_command() -> None:
    """Who did what: verify that nobody changed it, and take copies that others can check."""


@audit_command.command("verify")
@click.option("--partnership", "slug", help="Only the chain of this partnership, by its short name.")
@click.option("--heads", type=_FOLDER, help="Compare with signed heads too that were kept elsewhere.")
@with_site
def verify_command(site: SiteFolder, slug: str | None, heads: Path | None) -> None:
    """Look for any entry that was changed, put in, taken away or moved.

    It ends with status 3 where there is one, 0 where there is none. Copy the signed heads (the folder SITE.heads) to
    another place now and then: only they show that everything, heads and all, was put back to an earlier day.

    \b
    Examples:
      frankpledge audit verify
      frankpledge audit verify --heads /media/safe/site.heads
    """
    from frankpledge.web.audit.queries import extent
    from frankpledge.web.audit.verify import verify

    found = verify(str(_partnership(slug)) if slug else None, heads)
    for finding in found[:_SHOWN]:
        click.echo(finding)
    if len(found) > _SHOWN:
        click.echo(f"And {len(found) - _SHOWN} more.")
    if found:
        raise click.exceptions.Exit(FOUND)
    entries, chains = extent(_partnership(slug)) if slug else extent()
    click.echo(f"Nothing was tampered with. Entries: {entries}; chains: {chains}.")


@audit_command.command("export")
@click.option("--partnership", "slug", help="The partnership's short name; without it, the site's own entries.")
@click.option("--since", type=_DAY, metavar="YYYY-MM-DD", help="From this day.")
@click.option("--until", type=_DAY, metavar="YYYY-MM-DD", help="To this day, with it.")
@click.option("--event", default="", help="Only this event, such as signed-in.")
@click.option("--by", help="Only what this person did (their identifier), or command, worker or nobody.")
@click.option("--as", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True, help="Which form.")
@click.option(
    "--to", "path", type=click.Path(path_type=Path, dir_okay=False), help="A new file; without it, the screen."
)
@with_site
def export_command(
    site: SiteFolder,
    slug: str | None,
    since: datetime | None,
    until: datetime | None,
    event: str,
    by: str | None,
    form: str,
    path: Path | None,
) -> None:
    """Write entries out, oldest first; that they were is an entry itself.

    The last line says how many there are and is signed, so that who has the public key can check the file.

    \b
    Examples:
      frankpledge audit export --partnership harrow --to harrow.jsonl
      frankpledge audit export --event signed-in --since 2026-11-01 --as csv --to sign-ins.csv
    """
    from frankpledge.web.audit.actions import export_entries
    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.audit.export import Form

    chosen = {
        "since": _begin_of(since),
        "until": _begin_of(until and until + timedelta(days=1)),
        "event": event,
        "by": _actor(by),
    }
    partnership = _partnership(slug) if slug else None
    _write(export_entries(partnership=partnership, by=Agent.COMMAND, form=Form(form), chosen=chosen), path)


@audit_command.command("check")
@click.argument("path", type=_FILE)
@click.option("--key", type=_FILE, help="The public key of the site it is from; without it, of this one.")
@with_site
def check_command(site: SiteFolder, path: Path, key: Path | None) -> None:
    """Check that an export is whole, and as the site made it.

    \b
    Example:
      frankpledge audit check harrow.jsonl
    """
    from frankpledge.web.audit.export import check_export
    from frankpledge.web.audit.signing import Forged, public_key, read_public_key

    try:
        with path.open(encoding="utf-8", newline="") as file:
            says = check_export(file.read(), read_public_key(key.read_text()) if key else public_key())
    except (Forged, UnicodeError):
        click.echo(f"{path} is not whole, or not as the site made it.")
        raise click.exceptions.Exit(FOUND) from None
    except ValueError as error:
        raise UserError(f"{key} is no public key of a site.", "“frankpledge audit key” there prints it.") from error
    click.echo(f"{path} is whole. Entries: {says['entries']}; the chain went to entry {says['sequence']}.")


@audit_command.command("key")
@with_site
def key_command(site: SiteFolder) -> None:
    """Print the public key, by which others check signed heads and exports.

    \b
    Example:
      frankpledge audit key
    """
    from frankpledge.web.audit.signing import public_key_text

    click.echo(public_key_text().rstrip())


def _partnership(slug: str) -> UUID:
    from frankpledge.web.partners.queries import partnership_named

    found = partnership_named(slug)
    if found is None:
        raise WorkspaceError(f"There is no partnership “{slug}”.", "Give the name of its folder.")
    return found.id


def _actor(text: str | None) -> Actor | None:
    from frankpledge.web.audit.actors import Agent

    if not text:
        return None
    try:
        return Agent(text) if text in list(Agent) else UUID(text)
    except ValueError as error:
        agents = ", ".join(Agent)
        raise UserError(f"“{text}” is nobody's identifier.", f"Give a person's, or one of {agents}.") from error


def _begin_of(day: datetime | None) -> datetime | None:
    from django.utils.timezone import make_aware

    return make_aware(day) if day else None


def _write(lines: Iterable[str], path: Path | None) -> None:
    if path is None:
        _put(lines, sys.stdout)
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UserError(f"There is a file {path} already.", "Name another: an export is never written over.") from error
    with open(handle, "w", encoding="utf-8", newline="") as file:
        _put(lines, file)
    click.echo(f"Written: {path}", err=True)


def _put(lines: Iterable[str], file: TextIO) -> None:
    for line in lines:
        file.write(line)
