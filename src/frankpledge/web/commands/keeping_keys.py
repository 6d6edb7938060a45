"""Commands about the site's keys: list, rotate, copy."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from frankpledge.errors import UserError, WorkspaceError
from frankpledge.web.commands.starting import with_site
from frankpledge.web.site_folder import SiteFolder

_SEALED_ANEW = (
    "The new key seals from now on. A worker seals anew what the earlier one sealed, and destroys that, an hour later "
    "at the earliest: until then “frankpledge keys list” shows both. Backups from before open with the earlier one "
    "only, so take a new one then, and copy the key folder anew with “frankpledge keys copy”."
)
_AFTER = {
    "django": "Start the site again, with all its workers: they hold the earlier one. Nobody is signed out by it.",
    "sessions": "It seals from now on. What earlier ones sealed still opens, the addresses in the audit among it.",
    "metrics": "Tell it to what reads the metrics: the earlier one is refused from now on.",
}


@click.group("keys")
def keys_command() -> None:
    """The site's keys: whose there are, new ones for old, and a copy for safe keeping."""


@keys_command.command("list")
@with_site
def list_command(site: SiteFolder) -> None:
    """Show whose keys there are, with their versions, and nothing of the keys themselves.

    Two versions mean that a key is being replaced. “nobody” has a key that was made for what was never written.

    \b
    Example:
      frankpledge keys list
    """
    from frankpledge.web.keys.fields import keyring
    from frankpledge.web.keys.keyring import SECRETS
    from frankpledge.web.operation.key_owners import key_owners

    ring = keyring()
    click.echo(_line("master", "", ring.stored.masters()))
    for name in SECRETS:
        earlier = len(ring.earlier_secrets(name))
        click.echo(_line("secret", name, []) + (f"and {earlier} earlier" if earlier else ""))
    for owner in key_owners():
        click.echo(_line(owner.kind, owner.name, owner.versions))


@keys_command.command("rotate")
@click.option("--master", is_flag=True, help="The master, which seals the keys of partnerships and people.")
@click.option("--partnership", "slug", help="A partnership's key, by its short name.")
@click.option("--person", "--owner", "owner", help="Anybody's or anything's key, by the identifier that list shows.")
@click.option("--secret", type=click.Choice(["django", "sessions", "metrics"]), help="A secret of the site.")
@with_site
def rotate_command(site: SiteFolder, master: bool, slug: str | None, owner: str | None, secret: str | None) -> None:
    """Put a new key in the place of one that somebody may know.

    Whenever it was cut short, run it again. A new master leaves all backups readable, and can be made as often as you
    like; after a new key of a partnership or person, backups from before it are unreadable. There is no new one for the
    secrets “index” (nobody could be found any more), “audit” (no earlier entry could be checked) and “heads” (nor any
    signed head or export).

    \b
    Examples:
      frankpledge keys rotate --master
      frankpledge keys rotate --partnership harrow
    """
    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.operation import actions

    if sum(map(bool, (master, slug, owner, secret))) != 1:
        raise UserError("Which key?", "Give one of --master, --partnership, --person and --secret.")
    if master:
        actions.replace_master_key(by=Agent.COMMAND)
        click.echo("The site has a new master key. Make the copy of the key folder new: “frankpledge keys copy”.")
    elif secret:
        actions.replace_secret(name=secret, by=Agent.COMMAND)
        click.echo(f"The secret “{secret}” is new. {_AFTER[secret]}")
    else:
        actions.replace_key(owner=_partnership(slug) if slug else _identifier(str(owner)), by=Agent.COMMAND)
        click.echo(_SEALED_ANEW)


@keys_command.command("copy")
@click.argument("to", metavar="DEST", type=click.Path(path_type=Path))
@with_site
def copy_command(site: SiteFolder, to: Path) -> None:
    """Make DEST a copy of the key folder: where it is one already, of the keys as they are now.

    What was destroyed since the last copy is destroyed in this one. Keep no other: a key that lives on in one opens
    what was to be unreadable. Keep it apart from the backups, for whoever has both can read everything.

    \b
    Example:
      frankpledge keys copy /media/safe/harrow.keys
    """
    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.operation.actions import copy_key_folder

    copied = copy_key_folder(to=to, by=Agent.COMMAND)
    click.echo(f"{copied.keys:,} keys are in {to}. Destroyed there: {copied.destroyed:,}.")


def _line(kind: str, name: str, versions: list[int] | tuple[int, ...]) -> str:
    return f"{kind:<14}{name:<38}{', '.join(map(str, versions))}"


def _partnership(slug: str) -> UUID:
    from frankpledge.web.partners.queries import partnership_named

    found = partnership_named(slug)
    if found is None:
        raise WorkspaceError(f"There is no partnership “{slug}”.", "Give the name of its folder.")
    return found.id


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise UserError(f"“{text}” is nobody's identifier.", "“frankpledge keys list” shows them.") from error
