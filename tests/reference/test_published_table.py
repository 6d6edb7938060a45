"""The *Total offences* table of the 2019 strategy, from the file of its time, and what the newer file gives."""

import csv

import pytest

from frankpledge import AreaKind, compute, find_indicator, open_warehouse, parse_period
from frankpledge.assessment.assess import assess

pytestmark = pytest.mark.real_data

# data/CATALOGUE.md, "A figure to hold on to": the file to July 2021.
FILE_COUNTS = {
    "Harrow": (13_939, 14_888),
    "Barnet": (26_957, 28_263),
    "Brent": (29_707, 30_778),
    "Ealing": (28_306, 28_291),
    "Hillingdon": (24_728, 25_029),
    "London": (823_372, 840_590),
}
PRINTED = {
    "Harrow": (13_957, 14_866, 56.08, 59.73, 3.65),
    "Barnet": (26_996, 28_236, 69.61, 72.81, 3.20),
    "Brent": (29_759, 30_705, 90.42, 93.30, 2.87),
    "Ealing": (28_319, 28_233, 82.63, 82.38, -0.25),
    "Hillingdon": (24_777, 24_973, 81.95, 82.60, 0.65),
    "London": (824_568, 838_895, 93.44, 95.06, 1.62),
}
PINS = {"mps-borough": "2021-07", "population": "harrow-2019-populations"}


@pytest.fixture(scope="module")
def pinned(harrow):
    return assess(harrow, parse_period("2018"), prepared="2019-06-01", pins=PINS, tell=lambda words: None)


def table(made, name):
    path = next(one for one in made.files if one.name.endswith(f"{name}.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def figures(made, *, indicator, area, measure, period):
    return [
        one
        for block in made.document.blocks
        for row in getattr(block, "rows", ())
        for one in row
        if getattr(one, "indicator", "") == indicator
        and (one.area_code, one.measure.value, one.period) == (area, measure, period)
    ]


CODES = {
    "Harrow": "E09000015",
    "Barnet": "E09000003",
    "Brent": "E09000005",
    "Ealing": "E09000009",
    "Hillingdon": "E09000017",
    "London": "E12000007",
}


@pytest.mark.parametrize("name", FILE_COUNTS)
def test_pinned_counts_are_the_files(pinned, name):
    for period, count in zip(("2017", "2018"), FILE_COUNTS[name], strict=True):
        found = figures(pinned, indicator="total-offences", area=CODES[name], measure="count", period=period)
        assert {one.value for one in found} == {count}


@pytest.mark.parametrize("name", PRINTED)
def test_printed_figures_stand_beside_ours(pinned, name):
    before, now, rate_before, rate_now, change = PRINTED[name]
    wanted = [
        ("printed-count", "2017", before),
        ("printed-count", "2018", now),
        ("printed-rate", "2017", rate_before),
        ("printed-rate", "2018", rate_now),
        ("printed-change", "2018", change),
    ]
    for measure, period, value in wanted:
        found = figures(pinned, indicator="total-offences", area=CODES[name], measure=measure, period=period)
        assert [one.value for one in found] == [value]


@pytest.mark.parametrize("name", PRINTED)
def test_rates_on_the_populations_of_that_time_come_close_to_those_printed(pinned, name):
    for period, printed in zip(("2017", "2018"), PRINTED[name][2:4], strict=True):
        (found, *_) = figures(pinned, indicator="total-offences", area=CODES[name], measure="rate", period=period)
        assert found.behind[0].population.dataset == "harrow-2019-populations"
        # The counts of the file and of print differ by up to 0.3 %, and nothing else does.
        assert found.value == pytest.approx(printed, rel=0.003)


def test_unpinned_reads_the_newer_release_and_lists_both(harrow):
    made = assess(harrow, parse_period("2018"), prepared="2019-06-01", pins={}, tell=lambda words: None)
    text = next(one for one in made.files if one.name == f"{made.document.slug}.html").read_text(encoding="utf-8")

    assert {
        one.value
        for one in figures(made, indicator="total-offences", area="E09000015", measure="count", period="2018")
        if len(one.behind) == 1 and one.behind[0].series.dataset == "mps-borough" and not one.against
    } == {14_643}
    for words in ("14,643", "14,888", "2022-10", "2021-07", "wards of Harrow add up to"):
        assert words in text


def test_wards_add_up_to_the_newer_release(harrow):
    warehouse = open_warehouse(harrow)
    codes = [f"E050135{number}" for number in range(42, 64)]
    answer = compute(
        warehouse, find_indicator("total-offences"), AreaKind.WARD, codes, [parse_period("2018")], pinned={}
    )
    warehouse.close()

    assert sum(one.numerator for one in answer.estimates) == 14_643
