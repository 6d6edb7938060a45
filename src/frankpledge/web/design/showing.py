"""The form that shows every field, in every state. Its words are for those who build the site, and stay in English."""

from __future__ import annotations

from django import forms

from frankpledge.web.design.dates import DateField
from frankpledge.web.design.fields import Radios

_PLACES = [("town", "Town centre"), ("park", "Park"), ("station", "Station")]


class ShownForm(forms.Form):
    """One field of every kind."""

    text = forms.CharField(
        label="Name of the meeting",
        help_text="As it stands in the calendar.",
        error_messages={"required": "Enter the name of the meeting"},
    )
    email = forms.EmailField(
        label="Work e-mail address",
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address with an @, such as name@example.gov.uk",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. Three words together are good.",
        error_messages={"required": "Enter a password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    note = forms.CharField(
        label="What was agreed",
        max_length=200,
        error_messages={"required": "Enter what was agreed"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.ChoiceField(
        label="Place",
        choices=[("", "Choose a place"), *_PLACES],
        error_messages={"required": "Choose a place"},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[("chair", "Chair"), ("member", "Member")],
        error_messages={"required": "Choose a role"},
        widget=Radios(hints={"chair": "Leads the meeting and signs its minutes."}),
    )
    places = forms.MultipleChoiceField(
        label="Places looked at",
        help_text="Choose all that apply.",
        choices=_PLACES,
        error_messages={"required": "Choose at least one place"},
        widget=forms.CheckboxSelectMultiple,
    )
    day = DateField(
        label="Date of the meeting",
        help_text="For example, 27 3 2026",
        error_messages={"required": "Enter the date of the meeting"},
    )
    minutes = forms.FileField(
        label="Minutes",
        help_text="A Word file or a PDF.",
        error_messages={"required": "Choose the file with the minutes"},
    )
    sure = forms.BooleanField(
        label="The chair has seen this",
        error_messages={"required": "Confirm that the chair has seen this"},
    )
    reference = forms.CharField(label="Reference", required=False)

    @classmethod
    def disabled(cls, *, prefix: str) -> ShownForm:
        """The form with nothing in it that can be changed."""
        made = cls(prefix=prefix, initial={"text": "Weekly tasking", "place": "park", "role": "chair"})
        for field in made.fields.values():
            field.disabled = True
        return made


def shown_with_errors() -> ShownForm:
    """The form as it comes back when hardly anything in it is right."""
    return ShownForm({"wrong-email": "somebody", "wrong-day-day": "31", "wrong-day-month": "13"}, prefix="wrong")
