"""What an indicator is: text that an analyst can review, parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frankpledge.definition import Entry, definition_files, hash_of, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.geography import AreaKind

POLARITIES = ("lower", "higher", "neither")


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
        Places in the tree of offences; all that lies below each is counted.
    datasets
        Kind of area → datasets in order of preference.
    must_include
        Offences that a dataset must hold before it can answer: a total of part of them is no total.
    splice
        Datasets whose releases may be joined end to end where no one of them covers what is asked.
    denominator
        ``residents``.
    multiplier
        The rate is per so many of the denominator.
    polarity
        Whether ``lower`` or ``higher`` is better, or ``neither``: a count that reporting or policing drives.
    additive
        Whether the parts of an area may be summed.
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
    must_include: tuple[str, ...]
    datasets: dict[AreaKind, tuple[str, ...]]
    splice: tuple[str, ...]
    denominator: str
    multiplier: int
    polarity: str
    additive: bool
    harm_group: str
    caveats: tuple[str, ...]
    review: str
    hash: str


def read_indicators(overlay: Path | None = None) -> dict[str, Indicator]:
    """Slug → indicator: the packaged ones, the workspace's own laid over them."""
    return {slug: read_indicator(path) for slug, path in definition_files("indicators", overlay).items()}


def find_indicator(slug: str, overlay: Path | None = None) -> Indicator:
    """One indicator by its slug.

    Raises
    ------
    NotHeldError
        When there is none, naming those there are.
    """
    found = definition_files("indicators", overlay)
    if slug not in found:
        raise NotHeldError(f"There is no indicator “{slug}”.", f"There are: {', '.join(found)}.")
    return read_indicator(found[slug])


def read_indicator(path: Path) -> Indicator:
    """Parse an indicator's definition."""
    entry = read_definition(path)
    entry.only(
        "schema", "title", "noun", "why_it_matters", "numerator", "denominator", "multiplier", "polarity", "additive",
        "harm_group", "caveats", "review",
    )  # fmt: skip
    numerator = entry.entry("numerator")
    numerator.only("offences", "must_include", "datasets", "splice")
    return Indicator(
        slug=path.stem,
        title=entry.text("title"),
        noun=entry.text("noun"),
        why_it_matters=entry.text("why_it_matters"),
        offences=numerator.texts("offences"),
        must_include=numerator.texts("must_include", []),
        datasets=_datasets(numerator.entry("datasets")),
        splice=numerator.texts("splice", []),
        denominator=entry.choice("denominator", ("residents",)),
        multiplier=entry.whole("multiplier"),
        polarity=entry.choice("polarity", POLARITIES),
        additive=entry.flag("additive"),
        harm_group=entry.text("harm_group"),
        caveats=entry.texts("caveats", []),
        review=entry.text("review"),
        hash=hash_of(path),
    )


def _datasets(entry: Entry) -> dict[AreaKind, tuple[str, ...]]:
    kinds = tuple(str(kind) for kind in AreaKind)
    entry.only(*kinds)
    return {AreaKind(kind): entry.texts(kind) for kind, _ in entry.pairs()}
