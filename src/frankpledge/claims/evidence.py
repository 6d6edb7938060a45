"""What a document tells against a workspace's own figures, where indicator, area and period can be told.

A difference is advice: publishers revise, and words mean more than one thing. It is an error where the document names
the very dataset and release that the workspace's figure is from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from frankpledge.claims.areas import own_area
from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.numbers import Number
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import months_of, pattern_of, plain
from frankpledge.claims.moments import times_beside
from frankpledge.claims.named import Named, named_values
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.published import Place
from frankpledge.claims.slips import slip
from frankpledge.claims.statements import Sentence
from frankpledge.claims.tables import NumberCell, NumberTable
from frankpledge.claims.topics import stems
from frankpledge.disclosure import Audience, release_estimates
from frankpledge.errors import UserError
from frankpledge.geography import AreaKind, kind_of
from frankpledge.indicators.compute import area_names, areas_within, compute
from frankpledge.indicators.definition import Against, Indicator, read_indicators
from frankpledge.model.estimate import Estimate
from frankpledge.periods import Period, rolling_year, spanning
from frankpledge.warehouse.connection import Warehouse, open_warehouse
from frankpledge.workspace import Workspace

SLUG = "evidence"
# A value further off than this is rather of something else, unless a slip explains it.
_MOST_TIMES = 1.5
_ROLLING = re.compile(r"\b(?:year|twelve\smonths|12\smonths|r12|rolling)\b[^.;:]{0,25}$", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b|\bper\s(?:1,?000|10,?000|100,?000)\b", re.IGNORECASE)
_NO_COUNT = re.compile(r"%|per\scent|change|difference|share|rank", re.IGNORECASE)
_LEAST = 10


@dataclass(frozen=True)
class _Claim:
    """A count or rate that a document tells of an area and a period, and the words of what is counted."""

    printed: str
    number: Number
    unit: Unit
    per: float | None
    area: str
    months: tuple[int, int]
    words: frozenset[str]
    quote: str
    place: Place


class Evidence:
    """A workspace's figures, asked one by one.

    Parameters
    ----------
    workspace
        Whose warehouse is read; whoever stands in it sees what its board does.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._warehouse: Warehouse = open_warehouse(workspace)
        self._partnership = workspace.partnership()
        self._indicators = _by_words(read_indicators(workspace.definitions))
        self.areas = self._named_areas()
        self._asked: dict[tuple[str, str, str], Estimate | None] = {}

    def close(self) -> None:
        """Close the warehouse."""
        self._warehouse.close()

    def indicator(self, words: frozenset[str]) -> Indicator | None:
        """The one indicator whose title or noun is of just these words."""
        found = self._indicators.get(words, ())
        return found[0] if len(found) == 1 else None

    def estimate(self, indicator: Indicator, area: str, period: Period) -> Estimate | None:
        """What the workspace holds; None where nothing, or nothing that may be shown."""
        key = (indicator.slug, area, period.text)
        if key not in self._asked:
            self._asked[key] = self._estimate(indicator, area, period)
        return self._asked[key]

    def _estimate(self, indicator: Indicator, area: str, period: Period) -> Estimate | None:
        try:
            pinned = self._partnership.pinned
            answer = compute(self._warehouse, indicator, kind_of(area), [area], [period], pinned=pinned)
        except UserError:
            return None
        shown = release_estimates(answer.estimates, Audience.BOARD).value
        return next((one for one in shown if not one.missing), None)

    def _named_areas(self) -> Mapping[str, str]:
        """Plain name → code, of the areas compared and of the own wards, where no two have one name."""
        codes = [
            *self._partnership.all_compared,
            *areas_within(self._warehouse, AreaKind.WARD, self._partnership.areas),
        ]
        names: dict[str, set[str]] = {}
        for code, name in area_names(self._warehouse, codes).items():
            names.setdefault(plain(name), set()).add(code)
        return {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}


def _by_words(indicators: Mapping[str, Indicator]) -> dict[frozenset[str], list[Indicator]]:
    """The words of a title or noun → the indicators that have just these: counts, and rates of residents."""
    found: dict[frozenset[str], list[Indicator]] = {}
    for one in indicators.values():
        if one.unit or one.denominator.against not in (Against.PEOPLE, Against.NOTHING):
            continue
        for words in {frozenset(stems(one.title)), frozenset(stems(one.noun))} - {frozenset()}:
            found.setdefault(words, []).append(one)
    return found


def evidence_rule(evidence: Evidence) -> Callable[[ReadDocument], Iterator[Tested]]:
    """A rule that tests what a document tells against a workspace's figures."""

    def tested(document: ReadDocument) -> Iterator[Tested]:
        text = " ".join(one.text for one in document.sentences)
        for claim in _claims(document, evidence.areas):
            indicator, period = evidence.indicator(claim.words), spanning(*claim.months) or _rolling(claim.months)
            estimate = evidence.estimate(indicator, claim.area, period) if indicator and period else None
            value = _held(claim, estimate)
            if indicator is not None and estimate is not None and value is not None:
                yield _compared(claim, indicator, estimate, value, text)

    return tested


def _rolling(months: tuple[int, int]) -> Period | None:
    return rolling_year(months[1]) if months[1] - months[0] == 11 else None  # noqa: PLR2004 - a year


def _held(claim: _Claim, estimate: Estimate | None) -> float | None:
    """The workspace's value in the unit and base that are told."""
    if estimate is None:
        return None
    if claim.unit is Unit.COUNT:
        return None if estimate.numerator is None else float(estimate.numerator)
    if estimate.value is None or not estimate.per:
        return None
    return estimate.value * (claim.per or estimate.per) / estimate.per


def _compared(claim: _Claim, indicator: Indicator, estimate: Estimate, value: float, text: str) -> Tested:
    half = claim.number.step / 2
    decimals = 0 if claim.number.step in (0, 1) else len(f"{claim.number.step:g}".partition(".")[2])
    held, figures = as_words(value, decimals), (claim.printed,)
    slipped = slip(claim.printed, held)
    apart = max(value, claim.number.value) / max(min(value, claim.number.value), 1e-9)
    if abs(value - claim.number.value) <= half + 1e-9 or (apart > _MOST_TIMES and not slipped):
        return Tested(claim.place, figures, None)
    series = estimate.series
    own = series is not None and series.dataset in text and series.release in text
    source = f" ({series.dataset}, {series.release})" if series else ""
    of_what = f"{indicator.title.lower()}, {estimate.area_name}, {estimate.period}{source}"
    words = f"{claim.printed} here; the workspace holds {held} for {of_what}."
    suggestion = slipped or "The publisher may have revised it since; name dataset and release."
    kind = Kind.ERROR if own else Kind.ADVICE
    return Tested(
        claim.place, figures, Objection(kind, SLUG, claim.quote, claim.place, figures, words, suggestion, 0.7)
    )


def _claims(document: ReadDocument, areas: Mapping[str, str]) -> Iterator[_Claim]:
    labels = pattern_of(areas)
    if labels is None:
        return
    own = _own(document, areas)
    for section in document.sections:
        headed = _headed(section.heading, labels)
        for sentence in section.sentences:
            for told in named_values(sentence, labels, own):
                yield from _of_sentence(told, sentence, headed, areas)
        for table in section.tables:
            yield from _of_table(table, headed, areas, labels)


# What headings say besides of what they are about.
_HEADING_WORDS = """
    analysi finding key strategic monthly quarterly annual rolling overview summary trend performance priority focus
    section comparison benchmarking table figure chart breakdown london data show profile picture fact quick
"""
_OF_HEADINGS = frozenset(_HEADING_WORDS.split())


def _headed(heading: str, labels: re.Pattern[str]) -> frozenset[str]:
    """What a heading is about, without names of areas."""
    return frozenset(stems(labels.sub(" ", heading))) - _OF_HEADINGS


def _own(document: ReadDocument, areas: Mapping[str, str]) -> str:
    """The one known area that the document names most."""
    name = own_area(document).lower()
    found = [one for one in areas if name and (one == name or one.startswith(f"{name} "))]
    return found[0] if len(found) == 1 else name if name in areas else ""


def _of_sentence(told: Named, sentence: Sentence, headed: frozenset[str], areas: Mapping[str, str]) -> Iterator[_Claim]:
    at = told.at or _lead(sentence)
    months = _months(sentence, at)
    if told.label not in areas or months is None or told.value.hedge is not Hedge.EXACT:
        return
    if told.value.unit is Unit.COUNT and told.value.value < _LEAST:
        return
    words = frozenset(stems(_counted(told.value))) or headed
    one = told.value
    yield _Claim(
        one.printed, one.number, one.unit, one.per, areas[told.label], months, words, sentence.text, place_of(sentence)
    )


def _counted(one: Quantity) -> str:
    """The words of what is counted: behind a count, or between a rate and its base."""
    told = one.printed.partition(" per ")[0] if one.unit is Unit.RATE else one.of
    told = re.sub(r"^(?:(?:recorded|reported|total|police-recorded)\s)+", "", told)
    return re.split(
        r"\b(?:in|during|for|were|was|are|is|recorded|reported|compared|and|between|per|which|that|this)\b", told
    )[0]


def _lead(sentence: Sentence) -> Quantity | None:
    """The one time that a sentence names."""
    named = [one for one in sentence.quantities if one.time is not None]
    return named[0] if len(named) == 1 and not times_beside(sentence.tagged.text, sentence.quantities) else None


def _months(sentence: Sentence, at: Quantity | None) -> tuple[int, int] | None:
    if at is None or at.time is None or at.time.first is None or at.time.last is None:
        return None
    if at.time.form in ("month", "short month") and _ROLLING.search(sentence.text[: at.start]):
        return at.time.last - 11, at.time.last
    return at.time.first, at.time.last


def _of_table(
    table: NumberTable, headed: frozenset[str], areas: Mapping[str, str], labels: re.Pattern[str]
) -> Iterator[_Claim]:
    """The counts and rates of a table whose rows are areas, and whose caption or heading names what is counted."""
    caption = re.sub(r"^(?:Table|Figure)\s\d+[.:]?\s", "", table.source.caption)
    words = _headed(caption, labels) or headed
    for column in table.columns:
        header = table.headers[column]
        text = header if months_of(header) else caption
        months = months_of(text)
        if months is None or _NO_COUNT.search(header):
            continue
        rolled = (months[1] - 11, months[1]) if months[0] == months[1] and _ROLLING.search(text[:30]) else months
        per = re.search(r"\bper\s(1,?000|10,?000|100,?000)\b", f"{header} {caption}", re.IGNORECASE)
        unit = Unit.RATE if _RATE.search(header) else Unit.COUNT
        for label, cells in zip(table.labels, table.cells, strict=True):
            cell, code = cells[column], areas.get(plain(label))
            if cell is not None and code and _is_of(cell, unit):
                yield _Claim(
                    cell.printed, cell.number, unit, float(per[1].replace(",", "")) if per else None, code, rolled,
                    words, table.row_words(table.labels.index(label)), cell.place,
                )  # fmt: skip


def _is_of(cell: NumberCell, unit: Unit) -> bool:
    whole = not cell.number.step
    return not cell.per_cent and (whole and cell.value >= _LEAST if unit is Unit.COUNT else not whole)
