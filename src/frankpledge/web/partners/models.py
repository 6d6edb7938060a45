"""Who works together, and for whom each of them sits.

A person and an agency are known to the whole site. A *seat* is an agency's in one partnership; a *membership* lets a
person act from a seat, in one role, until a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from frankpledge.web.keys.fields import SealedField, SealedModel, keyring
from frankpledge.web.keys.sensitivity import Sensitivity
from frankpledge.web.partners.roles import ROLES, Role

_OPEN, _INTERNAL = Sensitivity.OPEN, Sensitivity.INTERNAL
_PERSONAL, _SECRET = Sensitivity.PERSONAL, Sensitivity.SECRET


class Partnership(models.Model):
    """A community safety partnership; its slug is its folder's name and its part of an address."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "slug": _OPEN,
        "name": _OPEN,
        "colour": _OPEN,
        "logo": _OPEN,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=7, default="#12436D")
    # A picture as a page may hold it: data:image/png;base64,…
    logo = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class AgencyKind(models.TextChoices):
    """The kinds of bodies that work together under the Crime and Disorder Act 1998 and beside it."""

    COUNCIL = "council", gettext_lazy("Council")
    POLICE = "police", gettext_lazy("Police")
    FIRE = "fire", gettext_lazy("Fire and rescue")
    HEALTH = "health", gettext_lazy("Health")
    PROBATION = "probation", gettext_lazy("Probation")
    YOUTH_JUSTICE = "youth-justice", gettext_lazy("Youth justice")
    EDUCATION = "education", gettext_lazy("Education")
    HOUSING = "housing", gettext_lazy("Housing")
    VOLUNTARY = "voluntary", gettext_lazy("Voluntary and community")
    OTHER = "other", gettext_lazy("Other")


class Agency(models.Model):
    """A body that sits in one or more partnerships."""

    SENSITIVITY: ClassVar = {"id": _INTERNAL, "name": _OPEN, "kind": _OPEN}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Seat(models.Model):
    """An agency in a partnership: the tenant, to which memberships attach."""

    SENSITIVITY: ClassVar = {"id": _INTERNAL, "partnership": _OPEN, "agency": _OPEN}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        ordering = ("agency__name",)
        constraints = (models.UniqueConstraint(fields=["partnership", "agency"], name="one_seat_for_an_agency"),)

    def __str__(self) -> str:
        """The agency and the partnership."""
        return f"{self.agency}, {self.partnership}"


class People(BaseUserManager):
    """Finds a person by e-mail address, which the database holds only as a keyed hash."""

    def with_email(self, email: str) -> Person | None:
        """The person with an e-mail address, if any."""
        return self.filter(email_index=email_index(email)).first()

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with a keyed hash."""
        return self.get(email_index=username)


def email_index(email: str) -> str:
    """The keyed hash of an e-mail address, however it is written."""
    return keyring().index("person.email", email.strip().casefold())


class Person(SealedModel, AbstractBaseUser):
    """Somebody who signs in. Name and address are sealed with a key of the person's own."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "name": _PERSONAL,
        "email": _PERSONAL,
        "email_index": _SECRET,
        "password": _SECRET,
        "last_login": _INTERNAL,
        "is_active": _INTERNAL,
        "wrong": _INTERNAL,
        "locked_until": _INTERNAL,
        "directory_index": _SECRET,
    }

    name = SealedField()
    email = SealedField()
    email_index = models.CharField(max_length=64, unique=True)
    # Of the council's directory: its own identifier of the person, hashed with a key.
    directory_index = models.CharField(max_length=64, unique=True, null=True)
    is_active = models.BooleanField(default=True)
    # Wrong passwords and codes in a row, and until when no more are taken.
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    objects = People()

    USERNAME_FIELD = "email_index"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """The name."""
        return self.name

    @property
    def is_locked(self) -> bool:
        """Whether too many wrong passwords or codes were given a moment ago."""
        return self.locked_until is not None and self.locked_until > timezone.now()


class Membership(models.Model):
    """A person may act from a seat, in a role, until a day. One that ended stays, for what was done under it."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "person": _INTERNAL,
        "seat": _INTERNAL,
        "role": _INTERNAL,
        "begins": _INTERNAL,
        "ends": _INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices={name: role.title for name, role in ROLES.items()})
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()

    class Meta:
        ordering = ("seat__agency__name", "role")
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="ends_after_it_begins"),
        )

    @property
    def role_class(self) -> type[Role]:
        """What the role allows."""
        return ROLES[self.role]

    @property
    def is_current(self) -> bool:
        """Whether it holds at this moment."""
        return self.begins <= timezone.now() < self.ends


class InvitationKind(models.TextChoices):
    """What a link that was sent lets somebody do."""

    JOIN = "join", gettext_lazy("Join")
    PASSWORD = "password", gettext_lazy("Choose a new password")  # noqa: S105


class Invitation(models.Model):
    """A link that lets one person in once: its word is kept as a hash, and holds for a short while."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "person": _INTERNAL,
        "kind": _INTERNAL,
        "word_hash": _SECRET,
        "expires": _INTERNAL,
        "used": _INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=10, choices=InvitationKind)
    word_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.used is None and self.expires > timezone.now()


class SignIn(SealedModel):
    """One signed-in browser: since when, when it was last heard of, and how it ended."""

    SENSITIVITY: ClassVar = {
        "id": _INTERNAL,
        "person": _INTERNAL,
        "browser": _PERSONAL,
        "address": _PERSONAL,
        "begun": _INTERNAL,
        "heard": _INTERNAL,
        "ended": _INTERNAL,
    }
    OWNED_BY = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    browser = SealedField()
    address = SealedField()
    begun = models.DateTimeField(default=timezone.now)
    heard = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-heard",)

    def is_alive(self, idle: timedelta, longest: timedelta) -> bool:
        """Whether it was neither ended, nor left alone, nor has lasted too long."""
        now = timezone.now()
        return self.ended is None and now - self.heard < idle and now - self.begun < longest
