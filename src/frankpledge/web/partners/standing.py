"""As whom somebody acts: the person, the seat they act from, and what its roles allow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied

from frankpledge.web.audit.actors import Agent
from frankpledge.web.partners.roles import Permission

if TYPE_CHECKING:
    from frankpledge.web.partners.models import Membership, Partnership, Person, Seat


class Refused(PermissionDenied):
    """Somebody may not do this; the audit says what was asked for."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


@dataclass(frozen=True)
class Standing:
    """A person in a seat, at this moment."""

    person: Person
    seat: Seat
    memberships: tuple[Membership, ...]

    @property
    def partnership(self) -> Partnership:
        """The partnership one acts in."""
        return self.seat.partnership

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the roles in this seat allow together."""
        return frozenset().union(*(one.role_class.permissions for one in self.memberships))

    def may(self, permission: Permission) -> bool:
        """Whether this is allowed."""
        return permission in self.permissions


# Who acts: somebody in a seat, the host at the command line, or the site's own worker.
Actor = Standing | Agent


def can(by: Actor, permission: Permission, partnership: UUID) -> bool:
    """Whether somebody may do something in a partnership. The host at the command line may do what is no secret."""
    if by is Agent.COMMAND:
        return not permission.is_confidential
    return isinstance(by, Standing) and by.partnership.id == partnership and by.may(permission)


def check_can(by: Actor, permission: Permission, partnership: UUID) -> None:
    """Refuse what somebody may not do.

    Raises
    ------
    Refused
        When they may not.
    """
    if not can(by, permission, partnership):
        raise Refused(permission)
