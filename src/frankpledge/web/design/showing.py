"""The form that shows every field, in every state."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from frankpledge.web.design.dates import DateField
from frankpledge.web.design.fields import Radios

_PLACES = [("town", gettext_lazy("Town centre")), ("park", gettext_lazy("Park")), ("station", gettext_lazy("Station"))]


class ShownForm(forms.Form):
    """One field of every kind."""

    text = forms.CharField(
        label=gettext_lazy("Name of the meeting"),
        help_text=gettext_lazy("As it stands in the calendar."),
        error_messages={"required": gettext_lazy("Enter the name of the meeting")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail address"),
        error_messages={"required": gettext_lazy("Enter an e-mail address")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 characters. Three words together are good."),
        error_messages={"required": gettext_lazy("Enter a password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What was agreed"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter what was agreed")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Place"),
        choices=[("", gettext_lazy("Choose a place")), *_PLACES],
        error_messages={"required": gettext_lazy("Choose a place")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("chair", gettext_lazy("Chair")), ("member", gettext_lazy("Member"))],
        error_messages={"required": gettext_lazy("Choose a role")},
        widget=Radios(hints={"chair": gettext_lazy("Leads the meeting and signs its minutes.")}),
    )
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Places looked at"),
        help_text=gettext_lazy("Choose all that apply."),
        choices=_PLACES,
        error_messages={"required": gettext_lazy("Choose at least one place")},
        widget=forms.CheckboxSelectMultiple,
    )
    day = DateField(
        label=gettext_lazy("Date of the meeting"),
        help_text=gettext_lazy("For example, 27 3 2026"),
        error_messages={"required": gettext_lazy("Enter the date of the meeting")},
    )
    minutes = forms.FileField(
        label=gettext_lazy("Minutes"),
        help_text=gettext_lazy("A Word file or a PDF."),
        error_messages={"required": gettext_lazy("Choose the file with the minutes")},
    )
    sure = forms.BooleanField(
        label=gettext_lazy("The chair has seen this"),
        error_messages={"required": gettext_lazy("Confirm that the chair has seen this")},
    )
    reference = forms.CharField(label=gettext_lazy("Reference"), required=False)

    @classmethod
    def disabled(cls, *, prefix: str) -> ShownForm:
        """The form with nothing in it that can be changed."""
        made = cls(prefix=prefix, initial={"text": gettext_lazy("Weekly tasking"), "place": "park", "role": "chair"})
        for field in made.fields.values():
            field.disabled = True
        return made


def shown_with_errors() -> ShownForm:
    """The form as it comes back when hardly anything in it is right."""
    return ShownForm({"wrong-email": "somebody", "wrong-day-day": "31", "wrong-day-month": "13"}, prefix="wrong")
