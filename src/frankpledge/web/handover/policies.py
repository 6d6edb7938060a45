"""How an offer may move, and who may move it. Each check says in a sentence why not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from frankpledge.web.partners.policies import NotNow


class State(StrEnum):
    """Where an offer stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


# From → to. Whatever was decided stays so: who changed their mind offers it again.
TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.OFFERED: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


class NotTheirs(Exception):
    """An app reached for an offer that is not to it, or not from it: a mistake of ours."""


def can_move(state: State, to: State) -> bool:
    """Whether an offer may go from one state to another."""
    return to in TRANSITIONS[state]


def check_can_move(state: State, to: State) -> None:
    """What was decided is not decided again."""
    if can_move(state, to):
        return
    happened = {
        State.ACCEPTED: _("This was accepted already."),
        State.DECLINED: _("This was declined already."),
        State.WITHDRAWN: _("This was withdrawn already."),
    }[state]
    raise NotNow(happened, _("Look at the list again: it shows what is still waiting."))


def check_is_the_app(app: str, expected: str) -> None:
    """Only the app an offer is to accepts or declines it, and only the one it is from withdraws it."""
    if app != expected:
        raise NotTheirs(f"The app “{app}” may not do this: “{expected}” may.")


def check_is_from(offered_by: tuple[str, UUID | None], withdrawn_by: tuple[str, UUID | None]) -> None:
    """An offer is withdrawn from the seat it was made from; one made by the site itself, by the site itself.

    Parameters
    ----------
    offered_by, withdrawn_by
        Who, and from which seat; None: from none.
    """
    who, seat = offered_by
    by, from_seat = withdrawn_by
    if seat != from_seat or (seat is None and who != by):
        raise NotNow(_("This was offered from another seat."), _("Ask those who offered it to withdraw it."))


def check_is_not_erased(is_erased: bool) -> None:
    """What nobody can read any more can be neither offered nor accepted."""
    if is_erased:
        raise NotNow(_("What this is about has been erased."), _("Decline it, if it is still in the list."))
