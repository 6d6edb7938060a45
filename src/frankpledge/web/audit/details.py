"""What an entry may say beside who, what and when: identifiers, slugs, numbers, yes or no, days. Nobody's words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

# A slug (“signing-in.password”), or a code, which has a figure in it (“E09000015”, “2018-Q1”). A name has neither form
# as people write it: it has a capital and no figure, or a space.
_SLUG = re.compile(r"([a-z0-9_]+([-._:/][a-z0-9_]+)*)?")
_CODE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9]+([-._:/][A-Za-z0-9]+)*")
_LONGEST = 64


def details_text(details: Mapping[str, Any]) -> str:
    """Details as an entry keeps them.

    Raises
    ------
    ValueError
        When one is anything that could hold what is about somebody.
    """
    plain = {name: _plain(name, value) for name, value in details.items()}
    return json.dumps(plain, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_single(name, one) for one in value]
    return _single(name, value)


def _single(name: str, value: Any) -> str | int | float | bool:
    match value:
        case bool() | int() | float():
            return value
        case UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case str() if len(value) <= _LONGEST and (_SLUG.fullmatch(value) or _CODE.fullmatch(value)):
            return str(value)
    # What was given is not said: it may be somebody's name, and this goes to a log.
    raise ValueError(f"The detail “{name}” is no identifier, slug, number or day, so the audit does not take it.")
