"""Forms of people, seats and the partnership."""

from __future__ import annotations

import base64
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frankpledge.web.design.colour import ColourError, text_on
from frankpledge.web.design.dates import DateField
from frankpledge.web.design.fields import Radios
from frankpledge.web.partners.models import AgencyKind, Partnership, Seat
from frankpledge.web.partners.roles import ROLES

# How long a membership lasts where nobody says otherwise, and what a logo may weigh on every page.
_USUAL = timedelta(days=365)
_LOGO_BYTES = 64 * 1024
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def last_day_field() -> DateField:
    """The last day of a membership."""
    return DateField(
        label=_("Last day"),
        help_text=_("Within a year. It can be renewed."),
        initial=lambda: timezone.localdate() + _USUAL,
        error_messages={"required": _("Enter a last day")},
    )


def end_of(day: date) -> datetime:
    """The moment a last day is over."""
    return timezone.make_aware(datetime.combine(day, time.max))


class _Placed(forms.Form):
    """A seat, a role and a last day."""

    seat = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Seat.objects.none(),
        empty_label=_("Choose an agency"),
        error_messages={"required": _("Choose an agency")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(name, role.title) for name, role in ROLES.items()],
        widget=Radios(hints={name: role.description for name, role in ROLES.items()}),
        error_messages={"required": _("Choose a role")},
    )
    ends = last_day_field()

    def __init__(self, *arguments: Any, partnership: Partnership, **options: Any) -> None:
        super().__init__(*arguments, **options)
        seats = self.fields["seat"]
        assert isinstance(seats, forms.ModelChoiceField)
        seats.queryset = partnership.seats.select_related("agency", "partnership")
        seats.label_from_instance = lambda seat: seat.agency.name

    def clean_ends(self) -> datetime:
        """The end of the last day."""
        return end_of(self.cleaned_data["ends"])


class MembershipForm(_Placed):
    """A further membership of somebody who is known."""


class InvitationForm(_Placed):
    """Somebody to be invited."""

    name = forms.CharField(
        label=_("Full name"), max_length=120, error_messages={"required": _("Enter their full name")}
    )
    email = forms.EmailField(
        label=_("Work e-mail address"),
        error_messages={
            "required": _("Enter their work e-mail address"),
            "invalid": _("Enter an e-mail address like name@example.gov.uk"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "email", "seat", "role", "ends")


class PersonForm(forms.Form):
    """A person's name and address."""

    name = InvitationForm.base_fields["name"]
    email = InvitationForm.base_fields["email"]


class RenewalForm(forms.Form):
    """Another last day."""

    ends = last_day_field()

    def clean_ends(self) -> datetime:
        """The end of the last day."""
        return end_of(self.cleaned_data["ends"])


class SeatForm(forms.Form):
    """An agency to be given a seat."""

    agency = forms.CharField(
        label=_("Name of the agency"), max_length=120, error_messages={"required": _("Enter the agency's name")}
    )
    kind = forms.ChoiceField(
        label=_("What kind of body is it?"),
        choices=AgencyKind.choices,
        error_messages={"required": _("Choose what kind of body it is")},
    )


class PartnershipForm(forms.Form):
    """What a partnership is called, and how its pages look."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the partnership's name")}
    )
    colour = forms.CharField(
        label=_("Colour"),
        help_text=_("As # and six figures or letters a to f, such as #12436D. Words must be readable on it."),
        error_messages={"required": _("Enter a colour, such as #12436D")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("A PNG or JPEG of 64 kB at most. Leave it empty to keep the one there is."),
        required=False,
    )
    no_logo = forms.BooleanField(label=_("Show no logo"), required=False)

    def clean_colour(self) -> str:
        """A colour on which words can be read."""
        colour = self.cleaned_data["colour"].strip().upper()
        try:
            text_on(colour)
        except ColourError as error:
            raise ValidationError(str(error)) from error
        return colour

    def clean_logo(self) -> str:
        """The picture as a page holds it; nothing where none was given."""
        given: UploadedFile | None = self.cleaned_data["logo"]
        if not given:
            return ""
        if given.size is None or given.size > _LOGO_BYTES:
            raise ValidationError(_("The logo must be smaller than 64 kB"))
        content = given.read()
        kind = next((kind for start, kind in _PICTURES.items() if content.startswith(start)), None)
        if kind is None:
            raise ValidationError(_("The logo must be a PNG or JPEG picture"))
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"
