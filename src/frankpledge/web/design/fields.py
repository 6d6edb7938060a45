"""Form fields as the design system draws them.

A form is declared as Django has it; ``{{ form }}`` or ``{{ form.name.as_field_group() }}`` draws label, hint, error and
input by the design system's macro for the widget. Error messages are content, given to the field: "Enter a name".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer
from django.template import loader
from django.utils.translation import gettext

from frankpledge.web.design.dates import DateBoxes, Typed

# Which template draws a widget, found by its class or the nearest it comes from.
_TEMPLATES: dict[type[forms.Widget], str] = {
    forms.widgets.Input: "input",
    forms.PasswordInput: "password",
    forms.Textarea: "textarea",
    forms.Select: "select",
    forms.RadioSelect: "radios",
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.CheckboxInput: "checkbox",
    forms.FileInput: "file",
    forms.HiddenInput: "hidden",
    DateBoxes: "date",
}
# What the macros are told by themselves, and what people are better without: an example that vanishes when one types,
# and a limit that cuts off what is pasted without a word.
_NOT_ATTRIBUTES = {"id", "class", "autocomplete", "placeholder", "maxlength"}


class Radios(forms.RadioSelect):
    """Radio buttons with a hint under some of them.

    Parameters
    ----------
    hints
        What stands under a choice, by its value.
    """

    def __init__(self, *arguments: Any, hints: Mapping[str, Any] | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.hints = hints or {}


class DrawnField(BoundField):
    """A field of a form with what its macro is to be told."""

    @property
    def template_name(self) -> str:
        """The template that draws it."""
        classes = type(self.field.widget).__mro__
        kind = next((_TEMPLATES[one] for one in classes if one in _TEMPLATES), None)
        assert kind, f"No template draws {type(self.field.widget).__name__}."
        return self.field.template_name or f"design/fields/{kind}.html"

    @property
    def id(self) -> str:
        """The identifier of its input, or of the first of several; hint and error have theirs from it."""
        return self.field.widget.attrs.get("id") or self.auto_id or self.html_name

    @property
    def target(self) -> str:
        """The identifier of the input that an error is put right in."""
        if not isinstance(self.field.widget, DateBoxes):
            return self.id
        return f"{self.id}-{next(iter(self.wrong_boxes), 'day')}"

    @property
    def wrong_boxes(self) -> list[str]:
        """The boxes of a date that its error is about; all of them when it does not say."""
        found = self.form.errors.as_data().get(self.name, []) if self.errors else []
        return [box for error in found for box in (error.params or {}).get("boxes", Typed._fields)]

    @property
    def params(self) -> dict[str, Any]:
        """What the macro of any one input is told."""
        attributes = self.field.widget.attrs
        return self._common | {
            "id": self.id,
            "label": {"text": self._title, "classes": "govuk-label--s"},
            "value": self.field.widget.format_value(self.value()) or "",
            "classes": attributes.get("class", ""),
            "autocomplete": attributes.get("autocomplete"),
            "maxlength": attributes.get("maxlength"),
            "attributes": self._attributes,
        }

    @property
    def group(self) -> dict[str, Any]:
        """What the macro of several inputs under one question is told."""
        legend = {"text": self._title, "classes": "govuk-fieldset__legend--s"}
        return self._common | {
            "id": self.id,
            "idPrefix": self.id,
            "fieldset": {"legend": legend},
            "items": self.choices,
        }

    @property
    def choices(self) -> list[dict[str, Any]]:
        """What can be chosen, and what is."""
        widget = self.field.widget
        hints = getattr(widget, "hints", {})
        options = (
            widget.options(self.html_name, widget.format_value(self.value())) if hasattr(widget, "options") else []
        )
        return [
            {
                "value": str(one["value"]),
                "text": str(one["label"]),
                "checked": one["selected"],
                "selected": one["selected"],
                "disabled": self.field.disabled,
                "hint": {"text": str(hints[one["value"]])} if one["value"] in hints else None,
            }
            for one in options
        ]

    @property
    def single(self) -> dict[str, Any]:
        """What the macro of one box to tick is told."""
        item = {
            "value": "on",
            "text": str(self.label),
            "checked": bool(self.value()),
            "disabled": self.field.disabled,
            "hint": self._common["hint"],
        }
        return self._common | {"idPrefix": self.id, "items": [item], "hint": None}

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """The boxes of a date."""
        typed, wrong = Typed.of(self.value()), self.wrong_boxes
        labels = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
        return [
            {
                "name": f"{self.html_name}-{box}",
                "id": f"{self.id}-{box}",
                "label": labels[box],
                "value": getattr(typed, box),
                "classes": f"govuk-input--width-{4 if box == 'year' else 2}"
                + (" govuk-input--error" if box in wrong else ""),
                "attributes": self._attributes,
            }
            for box in Typed._fields
        ]

    @property
    def _title(self) -> str:
        if self.field.required or self.field.disabled:
            return str(self.label)
        return gettext("%(label)s (optional)") % {"label": self.label}

    @property
    def _common(self) -> dict[str, Any]:
        error = {"text": " ".join(self.errors), "visuallyHiddenText": gettext("Error")}
        return {
            "name": self.html_name,
            "hint": {"text": str(self.help_text)} if self.help_text else None,
            "errorMessage": error if self.errors else None,
        }

    @property
    def _attributes(self) -> dict[str, Any]:
        own = {name: value for name, value in self.field.widget.attrs.items() if name not in _NOT_ATTRIBUTES}
        if self.field.disabled:
            own["disabled"] = True
        # As Django has it: true is the name alone, false is nothing.
        return {
            name: {"value": value, "optional": True} if isinstance(value, bool) else value
            for name, value in own.items()
        }


class FormRenderer(BaseRenderer):
    """Draws forms and fields with our own templates."""

    form_template_name = "design/form.html"
    bound_field_class = DrawnField

    def get_template(self, template_name: str) -> Any:
        """A template of the site's."""
        return loader.get_template(template_name)


def error_links(form: forms.BaseForm) -> list[dict[str, str]]:
    """Everything wrong with a form, each with the address of the input where it is put right."""
    whole = [{"text": text} for text in form.non_field_errors()]
    hidden = [{"text": text} for field in form.hidden_fields() for text in field.errors]
    return [
        *whole,
        *hidden,
        *({"text": text, "href": f"#{field.target}"} for field in form.visible_fields() for text in field.errors),
    ]
