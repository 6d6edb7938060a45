"""A year beside several before it."""

from dataclasses import replace

import pytest

from frankpledge.findings.baseline import set_beside_years
from frankpledge.model.estimate import Series
from tests.unit.findings.test_judge import estimate


def years(*counts):
    return [estimate(count, str(2017 - back)) for back, count in enumerate(counts)]


@pytest.mark.parametrize(("now", "verdict"), [(1400, "above"), (700, "below"), (1020, "within"), (1080, "within")])
def test_a_year_beside_five(now, verdict):
    found = set_beside_years(estimate(now), years(1000, 1060, 950, 1020, 970))

    assert found.verdict == verdict and found.usual == 1000 and len(found.earlier) == 5


def test_years_that_stray_make_little_unusual():
    assert set_beside_years(estimate(1400), years(1000, 1500, 700, 1200, 600)).verdict == "within"


def test_more_people_may_have_more_events():
    found = set_beside_years(estimate(1200, people=300_000), years(1000, 1010, 990))

    assert found.usual == 1200 and found.verdict == "within"


def test_nothing_before_a_gap_another_series_or_a_break_is_read():
    other = replace(years(1000)[0], series=Series("police-uk-street", "2021-07"))

    assert len(set_beside_years(estimate(1000), [*years(1000, 1010, 990), other]).earlier) == 3
    assert (
        set_beside_years(estimate(1000), [*years(1000, 1010), estimate(None, "2015", why="x"), *years(1, 2, 3)]) is None
    )
    of_2025 = [estimate(1000, str(year)) for year in range(2024, 2019, -1)]
    assert set_beside_years(estimate(1000, "2025"), of_2025) is None, "the recording system changed in February 2024"


def test_too_little_to_set_beside():
    assert set_beside_years(estimate(1000), years(1000, 1010)) is None
    assert set_beside_years(estimate(2), years(1, 2, 3)) is None
    assert set_beside_years(estimate(None, why="x"), years(1, 2, 3)) is None
    assert set_beside_years(replace(estimate(100), share=True), years(100, 100, 100)) is None
