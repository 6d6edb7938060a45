"""From a question (indicator, areas, periods) to estimates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from frankpledge.definition import nearest_names
from frankpledge.errors import UserError
from frankpledge.geography import GSS_CODE, KIND_WORDS, OWN_PREFIX, AreaKind, kind_of
from frankpledge.indicators.choosing import Selection
from frankpledge.indicators.counts import COUNTED, Counts, counts_for
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.people import People, people_for
from frankpledge.indicators.regions import region_estimate
from frankpledge.indicators.values import with_value
from frankpledge.model.estimate import MISSING, Estimate, Series, Status
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse

# Kinds of area that people have a word for.
_ASKED_FOR = [str(kind) for kind in KIND_WORDS.values()]
_CODES_SHOWN = 5


@dataclass(frozen=True)
class Answer:
    """Estimates of one indicator, all from one series and one set of populations.

    Attributes
    ----------
    selection
        What is read from the cube; None when no dataset held can answer, or the values are published ones.
    estimates
        By area and period, in the order asked.
    """

    indicator: Indicator
    selection: Selection | None
    estimates: tuple[Estimate, ...]

    def of(self, code: str, period: Period) -> Estimate:
        """The estimate of one area and period."""
        return next(e for e in self.estimates if e.area_code == code and e.period == period.text)

    def at(self, period: Period) -> list[Estimate]:
        """The estimates of one period, in the order of the areas."""
        return [estimate for estimate in self.estimates if estimate.period == period.text]

    @cached_property
    def read_from(self) -> frozenset[Series]:
        """Dataset and release of the figures that there are."""
        return series_of(self.estimates)

    @cached_property
    def populations(self) -> frozenset[Series]:
        """Dataset and release of the populations that rates were made with."""
        return populations_of(self.estimates)


def populations_of(estimates: Iterable[Estimate]) -> frozenset[Series]:
    """Dataset and release of the populations that some estimates' rates were made with."""
    return frozenset(one.population for one in estimates if one.population)


def series_of(estimates: Iterable[Estimate]) -> frozenset[Series]:
    """Dataset and release of those of some estimates that are not missing."""
    return frozenset(one.series for one in estimates if one.series and not one.missing)


def compute(
    warehouse: Warehouse,
    indicator: Indicator,
    kind: AreaKind,
    areas: Sequence[str],
    periods: Sequence[Period],
    *,
    pinned: Mapping[str, str],
    region: Partnership | None = None,
) -> Answer:
    """Estimates of an indicator for areas of one kind and any periods.

    Parameters
    ----------
    warehouse
        Open warehouse.
    areas
        GSS codes, all of `kind`.
    periods
        All are read from the one series that covers them best.
    pinned
        Dataset → release to hold to; ``population`` → the set of populations to hold to.
    region
        Add the region of this partnership: the sum of those of its authorities that are complete.

    Returns
    -------
    Answer
        One estimate for each area and period; one that cannot be made says why and is missing, not nought.
    """
    members = region.region_members if region else ()
    asked = list(dict.fromkeys([*(code for code in areas if not (region and code in region.left_out)), *members]))
    counts = counts_for(warehouse, indicator, kind, asked, periods, pinned)
    shown = [*areas, *([region.region_code] if members and region else [])]
    years = {period.year for period in periods}
    people = (
        people_for(warehouse, shown, years, pinned, also=members, parts=indicator.denominator.parts)
        if indicator.denominator.against is Against.PEOPLE
        else None
    )
    names = area_names(warehouse, [*areas, *members])
    empty = _empty(indicator, counts)
    made = {
        (code, estimate.period): estimate
        for code in dict.fromkeys([*areas, *members])
        for estimate in _of_area(
            empty.but(area_code=code, area_name=names.get(code, code)), indicator, counts, people, kind, periods
        )
    }
    wanted = [made[code, period.text] for period in periods for code in areas]
    if region and members:
        wanted += [
            region_estimate(indicator, region, [made[code, period.text] for code in members], counts, people, period)
            for period in periods
        ]
    return Answer(indicator, counts.selection if counts else None, tuple(wanted))


def area_names(warehouse: Warehouse, areas: Sequence[str]) -> dict[str, str]:
    """Code → name of areas the warehouse knows."""
    asked = tuple(dict.fromkeys(areas))
    return warehouse.once(("names", asked), lambda: _names(warehouse, asked))


def _names(warehouse: Warehouse, areas: Sequence[str]) -> dict[str, str]:
    rows = warehouse.con.execute("SELECT code, name FROM area WHERE list_contains(?, code)", [list(areas)])
    return dict(rows.fetchall())


def code_of(warehouse: Warehouse, area: str) -> str:
    """The code of an area that is named.

    Raises
    ------
    UserError
        When none is called so, or more than one is.
    """
    if GSS_CODE.fullmatch(area) or area.startswith(OWN_PREFIX):
        return area
    held = warehouse.con.execute(
        "SELECT name, code FROM area WHERE list_contains(?, kind) ORDER BY code", [_ASKED_FOR]
    ).fetchall()
    codes = [str(code) for name, code in held if name.lower() == area.lower()]
    if not codes:
        near = nearest_names(area, {name for name, _ in held})
        raise UserError(f"No area “{area}” is known here.", f"{near}Or give its code.")
    if len(codes) > 1:
        some = ", ".join(codes[:_CODES_SHOWN])
        raise UserError(f"{len(codes)} areas are called “{area}”.", f"Give the code of the one you mean: {some}.")
    return codes[0]


def areas_within(warehouse: Warehouse, kind: AreaKind, authorities: Sequence[str]) -> list[str]:
    """Codes of the areas of a kind in authorities that counts are made for, in order of name."""
    question = ("areas within", kind, tuple(authorities))
    return list(warehouse.once(question, lambda: _areas_within(warehouse, kind, authorities)))


def _areas_within(warehouse: Warehouse, kind: AreaKind, authorities: Sequence[str]) -> list[str]:
    rows = warehouse.con.execute(
        """
        SELECT DISTINCT part.code, part.name
        FROM placement AS lies JOIN area AS whole ON whole.area_id = lies.counted_in
        JOIN area AS part ON part.area_id = lies.area_id
        WHERE lies.kind = 'authority' AND part.kind = ? AND list_contains(?, whole.code)
          AND part.area_id IN (
            SELECT counted_in FROM monthly_count JOIN placement USING (area_id) WHERE placement.kind = ?)
        ORDER BY part.name, part.code
        """,
        [str(kind), list(authorities), str(kind)],
    ).fetchall()
    return [code for code, _ in rows]


def authority_of(warehouse: Warehouse, area: str) -> str | None:
    """The authority that an area's counts are part of, where it lies in one."""
    return warehouse.once(("authority of", area), lambda: _authority_of(warehouse, area))


def _authority_of(warehouse: Warehouse, area: str) -> str | None:
    rows = warehouse.con.execute(
        """
        SELECT whole.code FROM placement JOIN area AS part USING (area_id)
        JOIN area AS whole ON whole.area_id = placement.counted_in
        WHERE placement.kind = 'authority' AND part.code = ? ORDER BY whole.code
        """,
        [area],
    ).fetchall()
    return str(rows[0][0]) if rows else None


def _empty(indicator: Indicator, counts: Counts | None) -> Estimate:
    """What all estimates of an answer have in common."""
    empty = Estimate(
        indicator.slug, "", "", "", None, None, None, None, None, "", Status.MISSING, None, None,
        indicator.hash, per=indicator.multiplier, unit=indicator.per,
    )  # fmt: skip
    return empty.but(series=counts.series, policy=counts.policy, invented=counts.invented) if counts else empty


def _of_area(
    empty: Estimate,
    indicator: Indicator,
    counts: Counts | None,
    people: People | None,
    kind: AreaKind,
    periods: Sequence[Period],
) -> Iterator[Estimate]:
    """The estimates of one area, by period."""
    code = empty.area_code
    other = counts is not None and kind_of(code) is not kind
    for period in periods:
        at = empty.but(period=period.text)
        if counts is None:
            yield at.but(method=MISSING + _nothing_held(indicator))
        elif other:
            yield at.but(method=f"{MISSING}this area is a {kind_of(code)}, and the question is of another kind")
        else:
            yield _filled(at, indicator, counts, people, period)


def _filled(empty: Estimate, indicator: Indicator, counts: Counts, people: People | None, period: Period) -> Estimate:
    """The estimate of one area and period, or why there is none."""
    code = empty.area_code
    why = counts.why_missing(code, period)
    if why:
        return empty.but(method=MISSING + why)
    whole = counts.whole(code, period) if indicator.denominator.against in COUNTED else None
    return with_value(empty, indicator, counts.of(code, period), whole, people, period.year)


def _nothing_held(indicator: Indicator) -> str:
    if indicator.people:
        return "no such population is held"
    if indicator.published:
        return "nothing held gives this for such areas"
    return "nothing held counts these offences for such areas"
