"""Records as they are compared: which fields, what each holds, and what is not recorded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import pyarrow as pa

Records: TypeAlias = pa.Table | Sequence[Mapping[str, object]]


class Kind(StrEnum):
    """What a field holds, and so what it means for two values to be near each other.

    A code (a keyed surname, say) is equal or it is not: a misspelt name has another code altogether. A date may
    have day and month swapped, or one of its three parts wrong. A year may be one out, since ages are. An
    outcode (HA1) may lie in the same postcode area (HA). A category is equal or not, and is too common to
    identify anybody.
    """

    CODE = "code"
    DATE = "date"
    YEAR = "year"
    OUTCODE = "outcode"
    CATEGORY = "category"


@dataclass(frozen=True)
class Field:
    """A column by which records are compared."""

    name: str
    kind: Kind


# Below twenty there are fewer than 200 pairs in a list, and agreement by chance cannot be told from any other.
FEWEST_RECORDS = 20

# With fewer there is no rule of two fields that a third can be learnt from.
FEWEST_IDENTIFYING = 3

IDENTIFYING = {Kind.CODE, Kind.DATE, Kind.YEAR}

# Only pairs that agree on one of these are looked at: one in fifty or so shares a year of birth by chance.
RARE = {Kind.CODE, Kind.DATE}


def check_fields(fields: Sequence[Field]) -> None:
    """Refuse fields that could not tell one person from another."""
    names = [field.name for field in fields]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise ValueError(f"The field {twice[0]!r} is named twice. Each may be compared once.")
    identifying = [field.name for field in fields if field.kind in IDENTIFYING]
    if len(identifying) < FEWEST_IDENTIFYING or not any(field.kind in RARE for field in fields):
        raise ValueError(
            f"Only {len(identifying)} of the fields identify ({', '.join(identifying) or 'none'}), and "
            f"{FEWEST_IDENTIFYING} are needed. Add codes of surname and forename, and a date or year of birth."
        )


def columns_of(records: Records, fields: Sequence[Field], identifier: str, which: str) -> pa.Table:
    """The records in the order of their identifiers, under names that need no quoting."""
    rows = records.to_pylist() if isinstance(records, pa.Table) else list(records)
    if len(rows) < FEWEST_RECORDS:
        raise ValueError(
            f"The {which} list has {len(rows)} records, and {FEWEST_RECORDS} are the fewest that can be linked. "
            "Compare so few by hand, or take a longer period."
        )
    names = [_text(row.get(identifier)) for row in rows]
    _check_identifiers(names, identifier, which)
    rows = [row for _, row in sorted(zip(names, rows, strict=True), key=lambda named: str(named[0]))]
    columns: dict[str, list[str | None]] = {
        f"f{place}": _values(rows, field, identifier, which) for place, field in enumerate(fields)
    }
    columns["record"] = [*sorted(str(name) for name in names)]
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _check_identifiers(names: Sequence[str | None], identifier: str, which: str) -> None:
    if None in names:
        raise ValueError(f"A record of the {which} list has no {identifier!r}. Give every record one of its own.")
    if len(set(names)) < len(names):
        name = Counter(names).most_common(1)[0][0]
        raise ValueError(f"In the {which} list {identifier!r} {name!r} stands twice. Give every record its own.")


def _values(rows: Sequence[Mapping[str, object]], field: Field, identifier: str, which: str) -> list[str | None]:
    values = [_text(row.get(field.name)) for row in rows]
    if not any(values):
        raise ValueError(f"No record of the {which} list has a {field.name!r}. Leave that field out.")
    for row, value in zip(rows, values, strict=True):
        if value is not None and not _well_formed(value, field.kind):
            # The value itself is about a person, and an error message may be kept.
            raise ValueError(
                f"The {field.name!r} of {row[identifier]!r} in the {which} list is no {field.kind}: "
                f"{_WANTED[field.kind]}, or leave it empty."
            )
    return values


_WANTED = {Kind.DATE: "write dates as 1990-05-17", Kind.YEAR: "write years as 1990"}


def _well_formed(value: str, kind: Kind) -> bool:
    if kind is Kind.YEAR:
        return re.fullmatch(r"\d{4}", value, re.ASCII) is not None
    if kind is not Kind.DATE:
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _text(value: object) -> str | None:
    """None for what is not recorded, in whichever way it is not."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value).strip() or None if value is not None else None
