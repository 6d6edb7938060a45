"""What one may be allowed to do, and the roles that allow it. A role is stored by its name, never by its path."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext_lazy


class Permission(StrEnum):
    """Something a role allows."""

    PEOPLE_SEE = "people.see"  # who sits for which agency of the partnership
    PEOPLE_MANAGE = "people.manage"  # invite, give and end memberships, unlock
    PARTNERSHIP_CHANGE = "partnership.change"  # its name, colour and logo
    AUDIT_READ = "audit.read"
    JOBS_SEE = "jobs.see"

    @property
    def is_confidential(self) -> bool:
        """Whether it opens what is about the people that a partnership works with."""
        return self in CONFIDENTIAL


# What an administrator must never be allowed. The apps that keep such records add theirs here.
CONFIDENTIAL: frozenset[Permission] = frozenset()


class Role:
    """A role: a name, what it is for, and what it allows. Each subclass is one."""

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    permissions: ClassVar[frozenset[Permission]]


class Administrator(Role):
    """Looks after people and the partnership's own page furniture; can read nothing confidential."""

    name = "administrator"
    title = gettext_lazy("Administrator")
    description = gettext_lazy("Invites people, gives and ends memberships. Cannot read anything confidential.")
    permissions = frozenset(
        {Permission.PEOPLE_SEE, Permission.PEOPLE_MANAGE, Permission.PARTNERSHIP_CHANGE, Permission.JOBS_SEE}
    )


class Auditor(Role):
    """Reads who did what, and changes nothing."""

    name = "auditor"
    title = gettext_lazy("Auditor")
    description = gettext_lazy("Reads the audit of the partnership. Changes nothing.")
    permissions = frozenset({Permission.PEOPLE_SEE, Permission.AUDIT_READ})


class Member(Role):
    """Takes part for an agency."""

    name = "member"
    title = gettext_lazy("Member")
    description = gettext_lazy("Takes part for an agency, and sees who else does.")
    permissions = frozenset({Permission.PEOPLE_SEE})


ROLES: dict[str, type[Role]] = {role.name: role for role in (Administrator, Auditor, Member)}
