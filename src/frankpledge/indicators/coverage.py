"""Which months of an area a series is complete for, so that no row there may be read as nought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from frankpledge.geography import AreaKind
from frankpledge.indicators.counting import Span
from frankpledge.indicators.drawn import drawn_areas, too_coarse
from frankpledge.periods import Period, month_words
from frankpledge.warehouse.connection import Warehouse

NOT_HELD = "no data held"


@dataclass(frozen=True)
class Gap:
    """Months in which a series is not complete for an area, and why."""

    first: int
    last: int
    reason: str


@dataclass
class Coverage:
    """Complete months and gaps, by area code.

    Attributes
    ----------
    spans, offence_ids
        Series and months that are read, and the offences counted.
    complete
        Area → runs of months that are complete for every offence counted.
    complete_for
        Area → offence → runs of months complete for it, where a file says so of each offence.
    gaps
        Area → months that are not complete, and why.
    stands_for
        Ward or small area → the authority whose coverage is its own.
    made_of
        Area of the partnership's own, or authority that is counted by its wards → code and name of those that must all
        be complete for it to be.
    too_coarse
        Area of its own → why this series cannot count it at all.
    """

    spans: tuple[Span, ...]
    offence_ids: tuple[int, ...]
    complete: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    complete_for: dict[str, dict[int, list[Span]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    gaps: dict[str, list[Gap]] = field(default_factory=lambda: defaultdict(list))
    stands_for: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, Mapping[str, str]] = field(default_factory=dict)
    too_coarse: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, int, int], str] = field(default_factory=dict, repr=False)
    _months: dict[str, set[int]] = field(default_factory=dict, repr=False)

    def why_missing(self, code: str, period: Period) -> str:
        """Why a period is not complete for an area; empty when it is."""
        # Every question asks this of each area and period, and of each series that might answer.
        asked = code, period.first, period.last
        if asked not in self._found:
            self._found[asked] = self._why_missing(code, period)
        return self._found[asked]

    def _why_missing(self, code: str, period: Period) -> str:
        if code in self.made_of:
            return self.too_coarse.get(code) or self._why_part_missing(self.made_of[code], period)
        said = code in self.complete or code in self.complete_for
        at = code if said else self.stands_for.get(code, code)
        gaps: list[Gap] = [*self.gaps.get(code, []), *self.gaps.get(at, [])]
        for gap in gaps:
            if gap.first <= period.last and gap.last >= period.first:
                return gap.reason
        for month in period.months:
            if not self._held(at, month):
                return f"{NOT_HELD} for {month_words(month)}"
        return ""

    def _why_part_missing(self, parts: Mapping[str, str], period: Period) -> str:
        if not parts:
            return "what this area is made of is not known here: see “frankpledge areas”"
        for code, name in parts.items():
            why = self.why_missing(code, period)
            if why:
                return f"{name}: {why}" if name and len(parts) > 1 else why
        return ""

    def _held(self, code: str, month: int) -> bool:
        if code not in self._months:
            self._months[code] = self._complete_months(code)
        return month in self._months[code]

    def _complete_months(self, code: str) -> set[int]:
        complete = self._months_of(self.complete.get(code, ()))
        by_offence = self.complete_for.get(code)
        if by_offence:
            each = (self._months_of(by_offence.get(offence, ())) for offence in self.offence_ids)
            complete |= set.intersection(*each)
        return complete

    def _months_of(self, runs: Iterable[Span]) -> set[int]:
        """The months of some runs that are read from the series they are runs of."""
        found: set[int] = set()
        for run in runs:
            for span in self.spans:
                if span.series_id == run.series_id:
                    found.update(range(max(run.first, span.first), min(run.last, span.last) + 1))
        return found


def coverage_of(warehouse: Warehouse, spans: Sequence[Span], offence_ids: Sequence[int], kind: AreaKind) -> Coverage:
    """Coverage of the series read, for areas of a kind.

    A ward or small area of which nothing is said is covered as its authority is; an authority of which nothing is said
    is covered where each of its wards is that something is said of.
    """
    found = Coverage(tuple(spans), tuple(offence_ids))
    for span in spans:
        for code, offence, first, last, state, reason in _said_of(warehouse, span.series_id):
            if offence is not None and offence not in found.offence_ids:
                continue
            if state == "complete" and offence is not None:
                found.complete_for[code][offence].append(Span(span.series_id, first, last))
            elif state == "complete":
                found.complete[code].append(Span(span.series_id, first, last))
            elif span.first <= last and span.last >= first:
                found.gaps[code].append(Gap(first, last, reason))
    if kind is AreaKind.AUTHORITY:
        found.made_of = _made_of_wards(warehouse, {*found.complete, *found.complete_for, *found.gaps})
    if kind in (AreaKind.WARD, AreaKind.LSOA):
        found.stands_for = _stands_for(warehouse, kind)
    if kind is AreaKind.OWN:
        found.stands_for = _stands_for(warehouse, AreaKind.WARD) | _stands_for(warehouse, AreaKind.LSOA)
        found.made_of = {code: area.cover for code, area in drawn_areas(warehouse).items()}
        found.too_coarse = too_coarse(warehouse, [span.series_id for span in spans])
    return found


def _said_of(warehouse: Warehouse, series_id: int) -> list[tuple[str, int | None, int, int, str, str]]:
    """Area, offence, months, state and reason of every run of months of a series."""
    return warehouse.once(
        ("coverage", series_id),
        lambda: warehouse.con.execute(
            """
            SELECT area.code, offence_id, first_month, last_month, state, reason
            FROM coverage JOIN area USING (area_id) WHERE series_id = ? ORDER BY ALL
            """,
            [series_id],
        ).fetchall(),
    )


def _made_of_wards(warehouse: Warehouse, said: set[str]) -> dict[str, Mapping[str, str]]:
    """Authority of which nothing is said → its wards of which something is; none is named, for a file has them all."""
    lies_in = _stands_for(warehouse, AreaKind.WARD)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for ward in sorted(said & lies_in.keys()):
        if lies_in[ward] not in said:
            found[lies_in[ward]][ward] = ""
    return dict(found)


def _stands_for(warehouse: Warehouse, kind: AreaKind) -> dict[str, str]:
    return warehouse.once(("authorities", kind), lambda: _authorities(warehouse, kind))


def _authorities(warehouse: Warehouse, kind: AreaKind) -> dict[str, str]:
    rows = warehouse.con.execute(
        """
        SELECT part.code, whole.code FROM placement
        JOIN area AS part ON part.area_id = placement.area_id
        JOIN area AS whole ON whole.area_id = placement.counted_in
        WHERE placement.kind = 'authority' AND part.kind = ?
        """,
        [str(kind)],
    ).fetchall()
    return dict(rows)
