"""The annex "Where each figure comes from": one row a figure, grouped by where it is first met.

Points of charts and maps are not listed one by one: a line says how many there are and from where, and
all of them are in the file of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from frankpledge.model.document import (
    Block,
    BulletList,
    Chart,
    Map,
    Note,
    Paragraph,
    QuickFacts,
    Runs,
    Table,
)
from frankpledge.model.estimate import Estimate, Series
from frankpledge.model.figure import Figure
from frankpledge.report.words import MEASURE_WORDS, distinct, period_words

TITLE = "Where each figure comes from"
HEADINGS = (
    "Identifier",
    "What it is",
    "Figure",
    "Count",
    "Out of",
    "95% interval",
    "Dataset",
    "Release",
)

# A change rests on two estimates, and both are written out; a sum over an area's parts is not.
_WRITTEN_OUT = 2


@dataclass(frozen=True)
class AnnexRow:
    """A figure and what is behind it, as text."""

    identifier: str
    what: str
    printed: str
    numerator: str
    denominator: str
    interval: str
    dataset: str
    release: str

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of `HEADINGS`."""
        return (
            self.identifier,
            self.what,
            self.printed,
            self.numerator,
            self.denominator,
            self.interval,
            self.dataset,
            self.release,
        )


@dataclass(frozen=True)
class AnnexGroup:
    """Figures first met in one place: in the text, or in one table.

    Attributes
    ----------
    anchor
        Of the table the figures are in; empty for the text.
    """

    title: str
    anchor: str
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True)
class ExhibitSources:
    """What a chart, map or table was drawn from, in a row."""

    number: str
    anchor: str
    title: str
    count: int
    dataset: str
    release: str


def annex_row(figure: Figure, identifier: str) -> AnnexRow:
    """One row of the annex."""
    behind = figure.behind
    return AnnexRow(
        identifier=identifier,
        what=what_it_is(figure),
        printed=figure.text,
        numerator=_written_out(behind, lambda one: _whole(one.numerator)),
        denominator=_written_out(behind, lambda one: _whole(one.denominator)),
        interval=_written_out(behind, _interval),
        dataset=datasets(behind),
        release=releases(behind),
    )


def what_it_is(figure: Figure) -> str:
    """A figure in words: indicator, measure, area, period and what it is compared with."""
    areas = distinct(one.area_name for one in figure.behind if one.area_code == figure.area_code)
    subject = figure.indicator.replace("-", " ").replace("_", " ")
    of = f" ({figure.part})" if figure.part else ""
    words = f"{subject}{of}, {MEASURE_WORDS[figure.measure]}, {areas or figure.area_code}"
    words += f", {period_words(figure.period)}"
    against = f", against {period_words(figure.against)}" if figure.against else ""
    return words[:1].upper() + words[1:] + against


def datasets(behind: Iterable[Estimate]) -> str:
    """The datasets of some estimates, each once."""
    return distinct(series.dataset for series in _all_series(behind))


def releases(behind: Iterable[Estimate]) -> str:
    """The releases, in the order of `datasets`."""
    return distinct(series.release for series in _all_series(behind))


def _all_series(behind: Iterable[Estimate]) -> Iterator[Series]:
    seen: dict[Series, None] = {}
    for one in behind:
        seen.update((series, None) for series in (one.series, one.population) if series)
    yield from seen


def _written_out(behind: tuple[Estimate, ...], write: Callable[[Estimate], str]) -> str:
    if len(behind) > _WRITTEN_OUT:
        return f"{len(behind)} estimates"
    texts = [write(one) for one in behind]
    return " and ".join(text for text in texts if text)


def _whole(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{estimate.low:,.2f} to {estimate.high:,.2f}"


def text_figures(block: Block) -> tuple[Figure, ...]:
    """The figures in a block's own sentences."""
    lists: tuple[Runs, ...] = ()
    match block:
        case Paragraph(runs) | Note(_, runs):
            lists = (runs,)
        case BulletList(items):
            lists = items
        case QuickFacts(_, facts):
            lists = facts
        case Table() | Chart() | Map():
            lists = block.notes
    return tuple(run for runs in lists for run in runs if isinstance(run, Figure))


def exhibit_figures(block: Table | Chart | Map) -> tuple[Figure, ...]:
    """The figures a table, chart or map shows."""
    match block:
        case Table():
            return tuple(cell for row in block.rows for cell in row if isinstance(cell, Figure))
        case Chart():
            mean = (block.mean,) if block.mean else ()
            return tuple(point for line in block.lines for point in line.points) + mean
        case Map():
            return tuple(place.figure for place in block.places)
