"""From a question (indicator, areas, periods) to estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from frankpledge.geography import AreaKind, kind_of
from frankpledge.indicators.choosing import Selection, choose
from frankpledge.indicators.counting import MonthlyCounts, run_counts
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.residents import Residents, residents_for
from frankpledge.model.estimate import MISSING, Estimate, Status
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period
from frankpledge.statistics.rates import rate_interval
from frankpledge.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Answer:
    """Estimates of one indicator, all from one series and one set of populations.

    Attributes
    ----------
    selection
        The series read; None when no dataset held can answer.
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
    members = [code for code in region.region_areas if code not in region.left_out] if region else []
    asked = list(dict.fromkeys([*(code for code in areas if not (region and code in region.left_out)), *members]))
    selection = choose(warehouse, indicator, kind, asked, periods, pinned)
    shown = [*areas, *([region.region_code] if members and region else [])]
    residents = residents_for(warehouse, shown, {period.year for period in periods}, pinned, also=members)
    counts = _counts(warehouse, selection, kind)
    names = area_names(warehouse, [*areas, *members])
    made = {
        (code, period.text): _estimate(
            indicator, selection, counts, residents, kind, code, names.get(code, code), period
        )
        for period in periods
        for code in dict.fromkeys([*areas, *members])
    }
    wanted = [made[code, period.text] for period in periods for code in areas]
    if region and members:
        beyond = _counts(warehouse, selection, AreaKind.REGION).get(region.region_code, {})
        wanted += [
            _region_estimate(
                indicator, region, [made[code, period.text] for code in members], beyond, residents, period
            )
            for period in periods
        ]
    return Answer(indicator, selection, tuple(wanted))


def area_names(warehouse: Warehouse, areas: Sequence[str]) -> dict[str, str]:
    """Code → name of areas the warehouse knows."""
    rows = warehouse.con.execute("SELECT code, name FROM area WHERE list_contains(?, code)", [list(areas)])
    return dict(rows.fetchall())


def areas_within(warehouse: Warehouse, kind: AreaKind, authorities: Sequence[str]) -> list[str]:
    """Codes of the areas of a kind in authorities that counts are made for, in order of name."""
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


def _counts(warehouse: Warehouse, selection: Selection | None, kind: AreaKind) -> MonthlyCounts:
    if selection is None:
        return {}
    return warehouse.once(
        ("counts", selection.offence_ids, kind, selection.spans),
        lambda: run_counts(warehouse.ibis, offence_ids=selection.offence_ids, kind=kind, spans=selection.spans),
    )


def _estimate(
    indicator: Indicator,
    selection: Selection | None,
    counts: MonthlyCounts,
    residents: Residents | None,
    kind: AreaKind,
    code: str,
    name: str,
    period: Period,
) -> Estimate:
    empty = Estimate(
        indicator.slug, code, name, period.text, None, None, None, None, None, "", Status.MISSING, None, None,
        indicator.hash, per=indicator.multiplier,
    )  # fmt: skip
    if selection is None:
        return replace(empty, method=f"{MISSING}nothing held counts these offences for such areas")
    empty = replace(empty, series=selection.series, policy=selection.policy, invented=selection.invented)
    if kind_of(code) is not kind:
        return replace(empty, method=f"{MISSING}this area is a {kind_of(code)}, and the question is of another kind")
    why = selection.coverage.why_missing(code, period, selection.spans)
    if why:
        return replace(empty, method=MISSING + why)
    monthly = counts.get(code, {})
    count = sum(monthly.get(month, 0) for month in period.months)
    provisional = selection.provisional_from is not None and period.last >= selection.provisional_from
    counted = replace(empty, numerator=count, status=Status.PROVISIONAL if provisional else Status.FINAL)
    found = residents.of(code, period.year) if residents else None
    return _with_rate(counted, indicator, found, residents)


def _with_rate(
    counted: Estimate, indicator: Indicator, found: tuple[int, int] | None, residents: Residents | None
) -> Estimate:
    if found is None or residents is None or not found[0]:
        return replace(counted, method="count only: no population held")
    assert counted.numerator is not None
    people, year = found
    rate = rate_interval(counted.numerator, people, per=indicator.multiplier)
    return replace(
        counted,
        denominator=people,
        value=rate.value,
        low=rate.low,
        high=rate.high,
        method=rate.method,
        population=replace(residents.series, release=f"{residents.series.release}, mid-{year}"),
    )


def _region_estimate(
    indicator: Indicator,
    region: Partnership,
    members: Sequence[Estimate],
    beyond: Mapping[int, int],
    residents: Residents | None,
    period: Period,
) -> Estimate:
    """The region as the sum of its complete authorities, and of what lies in the region but in none of them."""
    complete = [one for one in members if not one.missing]
    whole = len(complete) == len(members)
    name = region.region_name if whole else f"{region.region_name} ({len(complete)} of {len(members)} areas)"
    if not complete:
        return replace(members[0], area_code=region.region_code, area_name=region.region_name)
    count = sum(one.numerator or 0 for one in complete) + sum(beyond.get(month, 0) for month in period.months)
    total = replace(
        complete[0], area_code=region.region_code, area_name=name, numerator=count, denominator=None, value=None,
        low=None, high=None, method="", population=None,
    )  # fmt: skip
    found = residents.of(region.region_code, period.year) if residents and whole else None
    if found is None and all(one.denominator for one in complete):
        people = sum(one.denominator or 0 for one in complete)
        return replace(
            _with_rate(total, indicator, (people, period.year), residents), population=complete[0].population
        )
    return _with_rate(total, indicator, found, residents)
