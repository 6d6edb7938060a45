"""The example through a real build: recognised, nothing lost, and its estimates are the printed figures."""

import pytest

from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import areas_within, compute
from frankpledge.indicators.definition import find_indicator, read_indicator
from frankpledge.model.estimate import Status
from frankpledge.periods import parse_period

HARROW, LONDON = "E09000015", "E12000007"
YEARS = [parse_period("2017"), parse_period("2018")]

_OWN = """
schema: 1
title: {slug}
noun: offences
why_it_matters: For this test.
numerator:
  offences: [{path}]
  datasets: {{authority: [partner-counts]}}
denominator: residents
multiplier: 1000
polarity: lower
additive: true
harm_group: violence
review: 2027-09
"""


def estimates(warehouse, built, indicator):
    partnership = built.partnership()
    answer = compute(
        warehouse,
        indicator,
        AreaKind.AUTHORITY,
        partnership.compared,
        YEARS,
        pinned=partnership.pinned,
        region=partnership,
    )
    return {(one.area_code, one.period): one for one in answer.estimates}


def printed(warehouse, slug):
    rows = warehouse.con.execute(
        """
        SELECT area_code, period, measure, printed FROM published_figure
        WHERE document = 'harrow-2019-strategy' AND place = 'table' AND indicator = ? AND against IS NULL
          AND area_code IS NOT NULL
        """,
        [slug],
    ).fetchall()
    return {(area, period, measure): value for area, period, measure, value in rows}


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("total-offences", ""),
        ("burglary", ""),
        ("gun-crime", "flagged/gun-crime"),
        ("non-domestic-violence-with-injury", "crime/violence-and-sexual/violence/with-injury/non-domestic"),
    ],
)
def test_estimates_are_the_printed_tables(warehouse, built, tmp_path, slug, path):
    own = tmp_path / f"{slug}.yaml"
    own.write_text(_OWN.format(slug=slug, path=path), encoding="utf-8")
    found = estimates(warehouse, built, read_indicator(own) if path else find_indicator(slug))
    figures = printed(warehouse, slug)
    assert len(figures) in (20, 24)
    for (area, period, measure), value in figures.items():
        estimate = found[area, period]
        assert estimate.status is Status.FINAL
        assert estimate.invented
        if measure == "count":
            assert estimate.numerator == int(value)
        else:
            assert f"{estimate.value:.2f}" == value, (area, period)


@pytest.mark.parametrize(
    "slug", ["anti-social-behaviour", "theft-of-vehicles", "theft-from-vehicles", "drug-offences", "burglary"]
)
def test_wards_add_up_to_the_borough(warehouse, slug):
    indicator = find_indicator(slug)
    wards = areas_within(warehouse, AreaKind.WARD, [HARROW])
    assert len(wards) == 22
    parts = compute(warehouse, indicator, AreaKind.WARD, wards, YEARS, pinned={})
    whole = compute(warehouse, indicator, AreaKind.AUTHORITY, [HARROW], YEARS, pinned={})
    assert parts.selection.series.dataset == "partner-incidents"
    assert whole.selection.series.dataset == "partner-counts"
    for period in YEARS:
        assert sum(one.numerator for one in parts.at(period)) == whole.of(HARROW, period).numerator
        assert sum(one.denominator for one in parts.at(period)) == whole.of(HARROW, period).denominator


def test_the_city_is_missing_not_nought(warehouse):
    city = compute(warehouse, find_indicator("burglary"), AreaKind.AUTHORITY, ["E09000001"], YEARS, pinned={}).estimates
    assert {one.status for one in city} == {Status.MISSING}
    assert {one.numerator for one in city} == {None}


def test_nothing_is_refused_and_every_load_is_invented(warehouse):
    loads = warehouse.con.execute("SELECT rows_read = rows_kept, rows_refused, invented FROM load").fetchall()
    assert len(loads) == 52
    assert set(loads) == {(True, 0, True)}
    kinds = warehouse.con.execute("SELECT DISTINCT kind FROM quality WHERE seriousness = 1").fetchall()
    assert kinds == [("invented",)]


def test_files_of_many_years_are_one_series(warehouse):
    rows = warehouse.con.execute(
        "SELECT dataset, release, invented FROM series WHERE dataset LIKE 'partner-%' AND first_month IS NOT NULL"
    ).fetchall()
    datasets = ("partner-counts", "partner-incidents", "partner-people")
    assert sorted(rows) == [(dataset, "2023-09", True) for dataset in datasets]


def test_everyone_involved_is_in_an_incident(warehouse):
    (lost,) = warehouse.con.execute("SELECT count(*) FROM involvement ANTI JOIN incident USING (reference)").fetchone()
    assert lost == 0
