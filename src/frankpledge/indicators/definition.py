"""What an indicator is: text that an analyst can review, parsed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from frankpledge.definition import Entry, definition_files, hash_of, nearest_names, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.geography import AreaKind

POLARITIES = ("lower", "higher", "neither")


class Against(StrEnum):
    """What a count is set against."""

    PEOPLE = "people"  # residents, households, or some of them: a rate
    WHOLE = "whole"  # a count that it is part of: a share
    TARGET = "target"  # a count that it is no part of: a ratio, without an interval
    NOTHING = "nothing"  # it stands alone


@dataclass(frozen=True)
class Denominator:
    """What a count is set against.

    Attributes
    ----------
    against
        See `Against`.
    parts
        Parts of the population, added up; or places in the tree (or published measures, where the
        numerator is one) whose counts make the whole or the target.
    words
        What it is, in the plural: “residents”, “children aged 10 to 17”.
    """

    against: Against
    parts: tuple[str, ...]
    words: str


RESIDENTS = Denominator(Against.PEOPLE, ("residents",), "residents")
HOUSEHOLDS = Denominator(Against.PEOPLE, ("households",), "households")
NOTHING = Denominator(Against.NOTHING, (), "")


@dataclass(frozen=True)
class Indicator:
    """A measure of crime and disorder.

    Attributes
    ----------
    slug, title
        ``burglary``, “Burglary”.
    noun
        What is counted, in the plural, for sentences: “burglaries”.
    why_it_matters
        A sentence or two for a reader who is no analyst.
    offences
        Places in the tree of what is counted; all that lies below each is counted.
    less
        Places whose counts are taken from those of `offences`.
    published
        Measures that somebody else worked out, in place of `offences`: counts by quarter or year, which
        are added up, or, where there is no denominator and `unit` is not a count, values shown as published.
    datasets
        Kind of area → datasets in order of preference.
    people
        Parts of the population, in place of `offences`: residents, households, or some of them.
    must_include
        Offences that a dataset must hold before it can answer: a total of part of them is no total.
    splice
        Datasets whose releases may be joined end to end where no one of them covers what is asked.
    denominator
        What the count is set against.
    multiplier
        The rate is per so many of the denominator; a share is out of so many. A value shown as published is
        multiplied by it: by 100 where the publisher writes 0.67 for 67 per cent.
    unit
        Of a published value that is no count: ``per cent``, ``score``…; empty for counts.
    polarity
        Whether ``lower`` or ``higher`` is better, or ``neither``: a count that reporting or policing drives.
    additive
        Whether the parts of an area, and those of a year, may be summed: people in treatment may not, for the
        same ones are in each quarter.
    harm_group, caveats, review
        For documents: its family, what readers must know, when the definition is due for review.
    hash
        Of the definition's text.
    """

    slug: str
    title: str
    noun: str
    why_it_matters: str
    offences: tuple[str, ...]
    less: tuple[str, ...]
    published: tuple[str, ...]
    people: tuple[str, ...]
    must_include: tuple[str, ...]
    datasets: dict[AreaKind, tuple[str, ...]]
    splice: tuple[str, ...]
    denominator: Denominator
    multiplier: int
    unit: str
    polarity: str
    additive: bool
    harm_group: str
    caveats: tuple[str, ...]
    review: str
    hash: str

    @property
    def per(self) -> str:
        """What the value is, in words: “per 1,000 residents”, “% of knife crimes”, “per cent”."""
        if self.unit:
            return self.unit
        if self.denominator.against is Against.NOTHING:
            return "count"
        if self.denominator.against is Against.PEOPLE:
            return f"per {self.multiplier:,} {self.denominator.words}"
        return f"% of {self.denominator.words}"


def read_indicators(overlay: Path | None = None) -> dict[str, Indicator]:
    """Slug → indicator: the packaged ones, the workspace's own laid over them."""
    return {slug: read_indicator(path) for slug, path in definition_files("indicators", overlay).items()}


def find_indicator(slug: str, overlay: Path | None = None) -> Indicator:
    """One indicator by its slug.

    Raises
    ------
    NotHeldError
        When there is none, naming those that may have been meant.
    """
    return find_indicators([slug], overlay)[slug]


def find_indicators(slugs: Iterable[str], overlay: Path | None = None) -> dict[str, Indicator]:
    """Slug → indicator, of some by their slugs.

    Raises
    ------
    NotHeldError
        When there is none of one of them, naming those that may have been meant.
    """
    known = definition_files("indicators", overlay)
    return {slug: _indicator_of(known, slug) for slug in slugs}


def _indicator_of(known: Mapping[str, Path], slug: str) -> Indicator:
    if slug not in known:
        raise NotHeldError(
            f"There is no indicator “{slug}”.", f"{nearest_names(slug, known)}“frankpledge indicators” lists them all."
        )
    return read_indicator(known[slug])


_COUNTED = ("offences", "published", "people")


def read_indicator(path: Path) -> Indicator:
    """Parse an indicator's definition."""
    entry = read_definition(path)
    entry.only(
        "schema", "title", "noun", "why_it_matters", "numerator", "denominator", "multiplier", "polarity", "additive",
        "harm_group", "caveats", "review", "unit",
    )  # fmt: skip
    numerator = entry.entry("numerator")
    numerator.only("offences", "less", "published", "people", "must_include", "datasets", "splice")
    if sum(key in numerator.values for key in _COUNTED) != 1:
        raise numerator.problem(
            "a numerator counts either offences, published values or people.",
            "Write one of “offences: […]”, “published: […]” and “people: […]”.",
        )
    _check_unit(entry, numerator)
    return Indicator(
        slug=path.stem,
        title=entry.text("title"),
        noun=entry.text("noun"),
        why_it_matters=entry.text("why_it_matters"),
        offences=numerator.texts("offences", []),
        less=numerator.texts("less", []),
        published=numerator.texts("published", []),
        people=numerator.texts("people", []),
        must_include=numerator.texts("must_include", []),
        datasets=_datasets(numerator.entry("datasets", None if "people" in numerator.values else ...)),
        splice=numerator.texts("splice", []),
        denominator=_denominator(entry),
        multiplier=entry.whole("multiplier"),
        unit=entry.text("unit", ""),
        polarity=entry.choice("polarity", POLARITIES),
        additive=entry.flag("additive"),
        harm_group=entry.text("harm_group"),
        caveats=entry.texts("caveats", []),
        review=entry.text("review"),
        hash=hash_of(path),
    )


def _check_unit(entry: Entry, numerator: Entry) -> None:
    """A share or a score that somebody worked out is one value, and no sum of it means anything."""
    if not entry.text("unit", ""):
        return
    if len(numerator.texts("published", [])) != 1:
        raise entry.problem("a value shown as published is one measure.", "Name one under “published”.", "unit")
    if entry.flag("additive"):
        raise entry.problem("a value shown as published cannot be added up.", "Write “additive: false”.", "additive")
    if entry.values.get("denominator") != "nothing":
        raise entry.problem("a value shown as published is per nothing.", "Write “nothing”.", "denominator")


_PLAIN = {"residents": RESIDENTS, "households": HOUSEHOLDS, "nothing": NOTHING}


def _denominator(entry: Entry) -> Denominator:
    """A word (residents, households, nothing), or a mapping that says which people, or which whole or target."""
    if not isinstance(entry.values.get("denominator"), Entry):
        return _PLAIN[entry.choice("denominator", tuple(_PLAIN))]
    given = entry.entry("denominator")
    given.only("ages", "parts", "share_of", "against", "words")
    words = given.text("words")
    if "ages" in given.values:
        youngest, oldest = _ages(given)
        return Denominator(Against.PEOPLE, tuple(f"residents/age/{age}" for age in range(youngest, oldest + 1)), words)
    for key, against in (("parts", Against.PEOPLE), ("share_of", Against.WHOLE), ("against", Against.TARGET)):
        if key in given.values:
            return Denominator(against, given.texts(key), words)
    raise given.problem(
        "it is not said what the count is set against.", "Add one of: ages, parts, share_of, against.", "denominator"
    )


def _ages(given: Entry) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", given.text("ages"))
    if not found or int(found[1]) > int(found[2]):
        raise given.problem("“ages” is not from one age to another.", "Write ages: 10-17, both included.", "ages")
    return int(found[1]), int(found[2])


def _datasets(entry: Entry) -> dict[AreaKind, tuple[str, ...]]:
    kinds = tuple(str(kind) for kind in AreaKind)
    entry.only(*kinds)
    return {AreaKind(kind): entry.texts(kind) for kind, _ in entry.pairs()}
