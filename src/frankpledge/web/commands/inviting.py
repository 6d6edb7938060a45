"""Commands about people: invite."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from frankpledge.errors import WorkspaceError
from frankpledge.web.commands.starting import with_site
from frankpledge.web.site_folder import SiteFolder

if TYPE_CHECKING:
    from frankpledge.web.partners.models import Partnership, Seat


@click.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="Their full name.")
@click.option("--partnership", "slug", help="The partnership's short name; not needed where the site has one only.")
@click.option("--agency", help="For which agency they sit; as it is, the first council.")
@click.option("--role", default="administrator", show_default=True, help="What they may do.")
@click.option("--days", type=click.IntRange(1, 366), default=365, show_default=True, help="For how long.")
@with_site
def invite_command(
    site: SiteFolder, email: str, name: str, slug: str | None, agency: str | None, role: str, days: int
) -> None:
    """Invite somebody to the site: a partnership's first administrator, or anybody else.

    Prints a link, which lets them choose a password once, within seven days. It is for them alone.

    \b
    Example:
      frankpledge invite --name "Ann Example" ann@example.org
    """
    from django.utils import timezone

    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.partners.actions import bring_in
    from frankpledge.web.partners.roles import ROLES
    from frankpledge.web.partners.signing_in.letters import send_invitation

    if role not in ROLES:
        raise WorkspaceError(f"There is no role “{role}”.", f"Choose one of: {', '.join(ROLES)}.")
    seat = _seat(_partnership(slug), agency)
    membership = bring_in(
        name=name, email=email, seat=seat, role=role, ends=timezone.now() + timedelta(days=days), by=Agent.COMMAND
    )
    click.echo(send_invitation(membership.person, by=Agent.COMMAND))


def _partnership(slug: str | None) -> Partnership:
    from frankpledge.web.partners.queries import only_partnership, partnership_named

    found = partnership_named(slug) if slug else only_partnership()
    if found is None:
        raise WorkspaceError(
            f"There is no partnership “{slug}”." if slug else "The site has several partnerships, or none yet.",
            "Name one with --partnership, once “frankpledge serve” has set the site up.",
        )
    return found


def _seat(partnership: Partnership, agency: str | None) -> Seat:
    from frankpledge.web.partners.queries import seats_in

    seats = list(seats_in(partnership))
    chosen = [one for one in seats if one.agency.name == agency] if agency else _councils_first(seats)
    if not chosen:
        names = ", ".join(one.agency.name for one in seats) or "none yet"
        raise WorkspaceError(f"No such agency sits in {partnership.name}.", f"Choose one with --agency: {names}.")
    return chosen[0]


def _councils_first(seats: list[Seat]) -> list[Seat]:
    return sorted(seats, key=lambda one: one.agency.kind != "council")
