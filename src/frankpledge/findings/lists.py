"""Two lists of people that share no code, or one with itself: how many stand in both, and how many twice.

Columns are compared by what they are. What a column is may be guessed from its heading, never from its cells. Nothing
of the lists is kept, and no message holds a cell of theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import SourceError, UserError
from frankpledge.linkage import Field, Kind, Overlap, Repeats, link_records, overlap_by_link, repeats_by_link
from frankpledge.sources.partners.guesses import guess_dates
from frankpledge.sources.partners.mapping import as_dated
from frankpledge.sources.reading.careful import Row, SetAside, encoding_of, read_carefully
from frankpledge.sources.reading.tables import header
from frankpledge.sources.reading.workbooks import is_workbook

NAME = "name"
KINDS = (NAME, *Kind)
"""What a column may be said to hold: a kind of the linkage, or a name, of which a code is made."""

# Of what a column is said to hold, a few cells may be slips; where more are not of it, it is something else.
MOST_UNREAD = 0.1

# What a heading says a column is, the first that fits. Of dates and years only one tells the age.
_CALLED = {
    Kind.DATE.value: r"dob|d o b|date of birth|birth date|birthdate|born",
    Kind.YEAR.value: r"yob|year of birth|birth year",
    Kind.OUTCODE.value: r"outcode|outward code|post ?code|postal code|home post ?code",
    NAME: r"((first|last|family|given|middle|fore|sur|full) ?)?names?",
    Kind.CODE.value: r".*name (code|key|hash)",
    Kind.CATEGORY.value: r"sex|gender|ethnicity|ethnic group",
}

_OUTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?: ?\d[A-Z]{2})?")
# Nobody can tell 1950 from 2050.
_NO_WHOLE_YEAR = ("dd/mm/yy", "Mon-yy")


@dataclass(frozen=True)
class Compared:
    """A heading of both lists, and what the column under it holds, one of `KINDS`."""

    heading: str
    kind: str

    @property
    def field(self) -> Field:
        """As the linkage takes it."""
        return Field(self.heading, Kind.CODE if self.kind == NAME else Kind(self.kind))


@dataclass(frozen=True)
class PeopleList:
    """A table of people as it was given.

    Attributes
    ----------
    aside
        Rows that do not split into the columns of the heading.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    aside: tuple[SetAside, ...]

    def place(self, heading: str) -> int:
        """Where the column of a heading stands, whatever its capitals.

        Raises
        ------
        UserError
            When there is none.
        """
        plain = [one.lower() for one in self.headings]
        if heading.lower() not in plain:
            raise UserError(f"{self.name} has no column “{heading}”.", f"It has: {', '.join(self.headings)}.")
        return plain.index(heading.lower())


@dataclass(frozen=True)
class Readable:
    """A column of a list, as it is compared.

    Attributes
    ----------
    values
        One for each record; None where nothing is recorded, or it cannot be read.
    empty
        How many cells are empty.
    unread
        Lines of those that are not what the column holds.
    """

    values: tuple[str | None, ...]
    empty: int
    unread: tuple[int, ...]


def read_people_list(path: Path) -> PeopleList:
    """Read a CSV, whatever its encoding and line ends.

    Raises
    ------
    SourceError
        When it is no table, or cannot be read.
    """
    if is_workbook(path):
        raise SourceError(f"{path.name} is a workbook.", "Save the sheet with the list as CSV, and link that.")
    headings = header(path)
    if not headings:
        raise SourceError(
            f"{path.name} is not a table with a heading.", "Give a CSV whose first row names its columns."
        )
    lines = list(read_carefully(path, encoding_of(path)))
    rows = tuple(line for line in lines if isinstance(line, Row))
    return PeopleList(path.name, tuple(headings), rows, tuple(line for line in lines if isinstance(line, SetAside)))


def guess_compared(lists: Sequence[PeopleList]) -> tuple[Compared, ...]:
    """What the columns that all of some lists have probably hold, by their headings."""
    shared = [
        heading
        for heading in lists[0].headings
        if all(heading.lower() in map(str.lower, one.headings) for one in lists)
    ]
    found = [Compared(heading, kind) for heading in shared if (kind := _guessed(heading))]
    dated = any(one.kind == Kind.DATE for one in found)
    return tuple(one for one in found if not (dated and one.kind == Kind.YEAR))


def _guessed(heading: str) -> str:
    words = " ".join(re.sub(r"[^a-z]+", " ", heading.lower()).split())
    return next((kind for kind, called in _CALLED.items() if re.fullmatch(called, words)), "")


def read_column(people: PeopleList, compared: Compared) -> Readable:
    """The cells under a heading, as they are compared.

    Raises
    ------
    UserError
        When there is no such column, or too many of its cells are not what it is said to hold.
    """
    at = people.place(compared.heading)
    texts = [row.cells[at].strip() for row in people.rows]
    make = _READERS.get(compared.kind) or _date_reader(texts)
    values = tuple(make(text) if text else None for text in texts)
    unread = tuple(
        row.line for row, text, value in zip(people.rows, texts, values, strict=True) if text and value is None
    )
    filled = sum(map(bool, texts))
    if len(unread) > MOST_UNREAD * filled:
        raise UserError(
            f"“{compared.heading}” of {people.name} is taken for {_IN_WORDS[compared.kind]}, and {len(unread):,} of "
            f"{filled:,} cells cannot be read as one; the first is in line {unread[0]:,}.",
            f"{_WRITTEN[compared.kind]}, or say what the column is: --by {compared.heading}:KIND.",
        )
    return Readable(values, len(texts) - filled, unread)


_IN_WORDS = {NAME: "a name", "code": "a code", "date": "a date", "year": "a year", "outcode": "a postcode",
             "category": "a category"}  # fmt: skip
_WRITTEN = {
    NAME: "Write names in letters",
    "date": "Write all dates in one way, with a year of four figures: 1990-05-17 or 17/05/1990",
    "year": "Write years as 1990",
    "outcode": "Write postcodes as HA1 2AA or HA1",
}


def _as_name(text: str) -> str | None:
    """Capital letters alone, without accents: “O'Neill-Example” is ONEILLEXAMPLE."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).upper() if letter.isalpha()) or None


def _as_year(text: str) -> str | None:
    return text if re.fullmatch(r"(?:19|20)\d\d", text) else None


def _as_outcode(text: str) -> str | None:
    found = _OUTCODE.fullmatch(" ".join(text.upper().split()))
    return found[1] if found else None


_READERS: dict[str, Callable[[str], str | None]] = {
    NAME: _as_name,
    "code": str,
    "year": _as_year,
    "outcode": _as_outcode,
    "category": str.lower,
}


def _date_reader(texts: Sequence[str]) -> Callable[[str], str | None]:
    """Reads dates in the way in which nearly all of a column are written."""
    form = guess_dates(texts)

    def read(text: str) -> str | None:
        dated = as_dated(text, form, "moment")[:10]
        return dated if form not in _NO_WHOLE_YEAR and re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", dated) else None

    return read


def people_in_both(left: PeopleList, right: PeopleList, columns: Sequence[Compared], identifier: str | None) -> Overlap:
    """How many people stand in both of two lists, neither of which has anybody twice.

    Parameters
    ----------
    columns
        What they are compared by.
    identifier
        The heading of the column that names a record; its line does without one.

    Raises
    ------
    UserError
        When they cannot be linked, and why.
    """
    try:
        linkage = link_records(
            _records(left, columns, identifier),
            _records(right, columns, identifier),
            *(one.field for one in columns),
            identifier=_RECORD,
        )
    except ValueError as refused:
        raise _not_linked(refused) from refused
    return overlap_by_link(linkage)


def repeats_in(people: PeopleList, columns: Sequence[Compared], identifier: str | None) -> Repeats:
    """How many people stand twice or more in a list.

    Parameters
    ----------
    columns, identifier
        As for `people_in_both`.

    Raises
    ------
    UserError
        When it cannot be linked, and why.
    """
    try:
        linkage = link_records(
            _records(people, columns, identifier), None, *(one.field for one in columns), identifier=_RECORD
        )
    except ValueError as refused:
        raise _not_linked(refused) from refused
    return repeats_by_link(linkage)


# No heading is empty.
_RECORD = ""


def _records(people: PeopleList, columns: Sequence[Compared], identifier: str | None) -> list[dict[str, str | None]]:
    names: list[str | None] = _identifiers(people, identifier)
    held = {one.heading: read_column(people, one).values for one in columns}
    return [
        {_RECORD: name, **dict(zip(held, values, strict=True))}
        for name, *values in zip(names, *held.values(), strict=True)
    ]


def _identifiers(people: PeopleList, identifier: str | None) -> list[str | None]:
    if identifier is None:
        return [str(row.line) for row in people.rows]
    at = people.place(identifier)
    lines: dict[str, int] = {}
    for row in people.rows:
        name = row.cells[at].strip()
        if not name or name in lines:
            raise UserError(
                f"Line {row.line:,} of {people.name} has "
                f"{f'the same “{identifier}” as line {lines[name]:,}' if name else f'no “{identifier}”'}.",
                "Give every record one of its own, or leave --identifier out: then its line names it.",
            )
        lines[name] = row.line
    return list(lines)


def _not_linked(refused: ValueError) -> UserError:
    happened, _, to_do = str(refused).partition(". ")
    return UserError(f"This cannot be linked. {happened.rstrip('.')}.", to_do)
