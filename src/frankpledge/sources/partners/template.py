"""Templates for partners' own files, as text: `Template`, `Column`, and reading them from ``definitions/templates``.

A template says what one row is, who sends it, which columns it has and how its rows become counts. Each is a
source of its own, known by its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from frankpledge.definition import Entry, definition_files, nearest_names, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.geography import AreaKind
from frankpledge.sources.partners.due import data_set

NOT_RECORDED = "not recorded"
ELSEWHERE = "elsewhere"
LONGEST_TEXT = 80

# What a cell may hold: kind → in words, for the reference page.
KINDS = {
    "area": "code of an area",
    "home": "code or name of an authority; elsewhere, where it is another; not recorded",
    "month": "month, such as 2018-07",
    "period": "month, quarter, year or financial year, such as 2018-07, 2018-Q3, 2018 or FY2018-19",
    "moment": "date, or date and time, such as 2018-07-14 or 2018-07-14T22:35",
    "year": "year, such as 2018",
    "whole": "whole number",
    "number": "number",
    "count": "whole number; * or <5 where it is withheld",
    "yes-no": "yes or no",
    "choice": "one of a few words",
    "path": "place in the tree of offences, such as crime/burglary/residential",
    "measure": "place in the tree, or a new one in the same form, such as delivery/mentoring/sessions",
    "reference": "the sender's own number, with a figure in it",
    "person": "code of a person, with a figure in it; never a name",
    "band": "band of years, such as 25-34",
    "flags": "words joined by hyphens, separated by spaces",
    "text": "text",
    "word": "a few words, which become part of what is measured",
    "diagnosis": "code of a diagnosis (ICD-10), such as X99",
    "outward": "first half of a postcode, such as HA1",
    "postcode": "postcode, or its first half",
    "easting": "metres east on the National Grid",
    "northing": "metres north on the National Grid",
}
BECOMES = {
    "records": "each row is an incident, counted under what it is and under each of its flags",
    "tally": "each row is counted under all that is true of it; the row itself does not enter the warehouse",
    "counts": "each number is a count of an area and period",
    "shares": "each row is a value somebody worked out, with its interval",
    "people": "each row is a victim or suspect of an incident",
    "followed": "each row is a person who is followed, by code",
    "population": "each row is a number of residents",
}
_REQUIRED = ("no", "column", "value")


@dataclass(frozen=True)
class Column:
    """A column of a template.

    Attributes
    ----------
    kind
        What its cells hold, one of `KINDS`.
    holds, example
        In words, and as an invented cell.
    needed, filled
        Whether the column must be there, and whether none of its cells may be empty.
    empty
        What an empty cell stands for.
    choices
        Of a choice or a diagnosis: word, or range of codes → the place in the tree where it is counted, or nothing.
    path
        Where what is in it is counted: a number as it is, a yes as one.
    flag
        The flag that a yes stands for.
    areas
        Kinds of area it may name; any where none is given.
    most
        The longest text, in letters.
    part_of
        The column of which its count is a part, and never more.
    not_before
        The columns whose days it does not lie before.
    """

    name: str
    kind: str
    holds: str
    example: str
    needed: bool = False
    filled: bool = False
    empty: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    path: str = ""
    flag: str = ""
    areas: tuple[AreaKind, ...] = ()
    most: int = LONGEST_TEXT
    part_of: str = ""
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """A table that a partner may send.

    Attributes
    ----------
    slug, title
        By which it is asked for, and called.
    sender, row, cadence
        Who sends it, what one row is, how often, in words.
    sensitivity
        ``open`` for counts, ``personal`` where rows are about people.
    dataset
        Of the series its rows belong to.
    answers
        Data sets of SI 2007/1831 that it answers (see `frankpledge.sources.partners.due`).
    becomes
        How its rows are counted, one of `BECOMES`.
    path
        What every row is counted as; empty where a column says.
    path_from
        The column that says what a row is counted as.
    when
        The column that dates a row.
    area
        The columns that place a row, the closest first.
    once
        The columns that together say what a row is of: the second such row is refused.
    """

    slug: str
    title: str
    sender: str
    row: str
    cadence: str
    sensitivity: str
    dataset: str
    answers: tuple[str, ...]
    becomes: str
    path: str
    path_from: str
    when: str
    area: tuple[str, ...]
    once: tuple[str, ...]
    caveats: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def personal(self) -> bool:
        """Whether its rows are about people."""
        return self.sensitivity == "personal"

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns by which it is known."""
        return tuple(column.name for column in self.columns if column.needed)

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        """Whether it has a column of this name."""
        return any(column.name == name for column in self.columns)

    def beyond(self, heading: Sequence[str]) -> list[str]:
        """The names in a heading that are no column of it."""
        return [name for name in heading if name.strip() and not self.has(name.strip().lower())]

    def of_kind(self, *kinds: str) -> list[Column]:
        """Its columns of some kinds."""
        return [column for column in self.columns if column.kind in kinds]

    def paths(self) -> list[str]:
        """Every place in the tree that it names itself; those with a part that a column fills in are left out."""
        named = [self.path, *(one.path for one in self.columns)]
        named += [path for one in self.columns for path in one.choices.values()]
        return sorted({path for path in named if path and "{" not in path})


INVENTED = Column("invented", "yes-no", "yes where the row is made up, as in an example", "yes")


def read_template(path: Path) -> Template:
    """Parse one template.

    Raises
    ------
    DefinitionError, NotHeldError
        When it cannot be used as written.
    """
    entry = read_definition(path)
    entry.only(
        "schema", "title", "sender", "row", "cadence", "sensitivity", "dataset", "answers", "becomes", "path",
        "path_from", "when", "area", "once", "caveats", "columns",
    )  # fmt: skip
    columns = (*(_column(one) for one in entry.entries("columns")), INVENTED)
    template = Template(
        slug=path.stem,
        title=entry.text("title"),
        sender=entry.text("sender"),
        row=entry.text("row"),
        cadence=entry.text("cadence"),
        sensitivity=entry.choice("sensitivity", ("open", "personal")),
        dataset=entry.text("dataset", path.stem),
        answers=entry.texts("answers", []),
        becomes=entry.choice("becomes", tuple(BECOMES)),
        path=entry.text("path", ""),
        path_from=entry.text("path_from", ""),
        when=entry.text("when", ""),
        area=entry.texts("area", []),
        once=entry.texts("once", []),
        caveats=entry.texts("caveats", []),
        columns=columns,
    )
    _check(entry, template)
    return template


def _column(entry: Entry) -> Column:
    entry.only(
        "name", "kind", "holds", "example", "required", "empty", "choices", "path", "flag", "areas", "most",
        "part_of", "not_before",
    )  # fmt: skip
    required = entry.choice("required", _REQUIRED, "no")
    choices = entry.values.get("choices") or []
    return Column(
        name=entry.text("name"),
        kind=entry.choice("kind", tuple(KINDS)),
        holds=entry.text("holds"),
        example=entry.text("example", ""),
        needed=required != "no",
        filled=required == "value",
        empty=entry.text("empty", ""),
        choices={word: str(path) for word, path in choices.pairs()}
        if isinstance(choices, Entry)
        else dict.fromkeys(entry.texts("choices", []), ""),
        path=entry.text("path", ""),
        flag=entry.text("flag", ""),
        areas=tuple(AreaKind(one) for one in entry.texts("areas", [])),
        most=entry.whole("most", LONGEST_TEXT),
        part_of=entry.text("part_of", ""),
        not_before=entry.texts("not_before", []),
    )


def _check(entry: Entry, template: Template) -> None:
    """What names a column names one that is there, and what it answers is in the law."""
    named = {"path_from": (template.path_from,), "when": (template.when,), "area": template.area, "once": template.once}
    named["part_of"] = tuple(one.part_of for one in template.columns)
    named["not_before"] = tuple(name for one in template.columns for name in one.not_before)
    for key, names in named.items():
        for name in names:
            if name and not template.has(name):
                raise entry.problem(f"“{key}” names “{name}”, which is no column.", "Name one of its columns.", key)
    for slug in template.answers:
        data_set(slug)


@lru_cache(maxsize=1)
def all_templates() -> dict[str, Template]:
    """Slug → template, of every one that comes with the package."""
    return {slug: read_template(path) for slug, path in definition_files("templates").items()}


def _of_title(words: str) -> str:
    """What was meant by the title of a template, or some of its words."""
    said = set(re.findall("[a-z]+", words.lower())) - {"and", "from", "of", "the"}
    named = {slug: set(re.findall("[a-z]+", one.title.lower())) for slug, one in all_templates().items()}
    found = [slug for slug, title in named.items() if said and said <= title]
    return f"Did you mean {' or '.join(found)}? " if found and len(found) <= 3 else ""


def find_template(slug: str) -> Template:
    """The template of a slug.

    Raises
    ------
    NotHeldError
        When there is none.
    """
    found = all_templates().get(slug)
    if found is None:
        raise NotHeldError(
            f"There is no template “{slug}”.",
            f"{_of_title(slug) or nearest_names(slug, all_templates())}“frankpledge template” lists them.",
        )
    return found


@lru_cache(maxsize=1024)
def template_of(columns: tuple[str, ...]) -> Template | None:
    """The template that a heading is of: all its needed columns are there, and no other's fit it better."""
    held = {column.lower() for column in columns}
    fitting = [one for one in all_templates().values() if set(one.needed) <= held]
    fitting.sort(key=lambda one: (len(one.needed), sum(column.name in held for column in one.columns)), reverse=True)
    return fitting[0] if fitting else None


def known_paths(overlay: Path | None = None) -> frozenset[str]:
    """Every place in the tree that a label, or a part of one's path, names.

    Parameters
    ----------
    overlay
        A workspace's ``definitions`` folder.
    """
    return frozenset(_paths(overlay))


def _paths(overlay: Path | None) -> Iterator[str]:
    for path in definition_files("sources", overlay).values():
        entry = read_definition(path)
        for key in ("labels", "groups"):
            for one in entry.entries(key, []):
                parts = one.text("offence").split("/")
                yield from ("/".join(parts[: end + 1]) for end in range(len(parts)))
