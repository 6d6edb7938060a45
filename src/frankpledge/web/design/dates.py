"""A day asked for in three boxes, which say themselves what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

_FIGURES = re.compile(r"[0-9]{1,4}")


class Typed(NamedTuple):
    """What somebody typed into the three boxes."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> Typed:
        """What the boxes show for a day, for what was typed before, or for nothing."""
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return value or cls()


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """What was typed."""
        return Typed(*(data.get(f"{name}-{box}", "").strip() for box in Typed._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the boxes was sent."""
        return not any(f"{name}-{box}" in data for box in Typed._fields)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}-day"


class DateField(forms.Field):
    """A day. Its errors name the boxes that are wrong (`boxes`), so that these are marked and linked to."""

    widget = DateBoxes
    default_error_messages: ClassVar = {
        "required": gettext_lazy("Enter a date"),
        "incomplete": gettext_lazy("Enter a day, a month and a year"),
        "invalid": gettext_lazy("Enter a real date, such as 27 3 2026"),
    }

    def to_python(self, value: Any) -> date | None:
        """The day that was typed."""
        if value is None or isinstance(value, date):
            return value
        if not any(value):
            return None
        if empty := [box for box, text in value._asdict().items() if not text]:
            raise self._error("incomplete", empty)
        if wrong := _impossible(value):
            raise self._error("invalid", wrong)
        try:
            return date(int(value.year), int(value.month), int(value.day))
        except ValueError:
            raise self._error("invalid", ["day"]) from None

    def _error(self, code: str, boxes: list[str]) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"boxes": boxes})


def _impossible(typed: Typed) -> list[str]:
    """The boxes that no date has."""
    limits = {"day": (1, 31), "month": (1, 12), "year": (1000, 9999)}
    return [
        box
        for box, (least, greatest) in limits.items()
        if not _FIGURES.fullmatch(text := getattr(typed, box)) or not least <= int(text) <= greatest
    ]
