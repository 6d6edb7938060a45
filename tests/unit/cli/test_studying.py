"""The commands that study and look for patterns, as a person runs them."""

import numpy as np
import pytest

from frankpledge.periods import month_number, month_text
from tests.conftest import BARNET, BRENT, HARROW, NAMES, build_quietly
from tests.unit.findings.test_hot_spots import crimes_of, outline

MONTHS = tuple(month_text(month) for month in range(month_number(2013, 1), month_number(2018, 12) + 1))


def series(level, seed, last_year=1.0):
    random = np.random.default_rng(seed)
    return [int(random.poisson(level * (last_year if month >= "2018" else 1))) for month in MONTHS]


@pytest.fixture(scope="module")
def study_place(place):
    workspace, files = place
    rows = [
        ("Burglary", "Domestic Burglary", NAMES[area], series(100, seed, rise))
        for seed, (area, rise) in enumerate({HARROW: 1.5, BARNET: 1.0, BRENT: 1.0}.items())
    ]
    months = [month.replace("-", "") for month in MONTHS]
    street = [
        files.street(f"{month}.csv", month=month_text(month), crimes=crimes_of(month, 6))
        for month in range(month_number(2017, 1), month_number(2018, 7))
    ]
    build_quietly(
        workspace,
        files.boroughs(months=months, rows=rows),
        files.population(),
        files.best_fit(),
        files.forces(),
        outline(files),
        *street,
    )
    return workspace.folder


def test_study_tells_change_course_and_place(command, study_place):
    said = command("study", "burglary", "--year", "2018", folder=study_place)

    assert said.code == 0
    assert "Burglary in Harrow rose by" in said.out
    assert "exact conditional test, scatter" in said.out and "From mps-borough (2018-12)" in said.out
    assert "The months take another level from" in said.out
    assert "No season is shown" in said.out
    assert "Harrow stands above" in said.out or "Harrow does not stand apart" in said.out


def test_study_without_indicators_takes_the_assessments_and_says_what_chance_would_call(command, study_place):
    said = command("study", "--year", "2018", folder=study_place)

    assert said.code == 0
    assert "Burglary\n--------" in said.out
    assert "changes were tested. If none of them had changed" in said.out
    assert "Gun crime in Harrow cannot be compared" in said.out
    assert "Robbery" not in said.out


def test_study_says_where_a_year_will_end(command, study_place):
    said = command("study", "burglary", "--period", "R12-2018-09", folder=study_place)

    assert "2018 stands at" in said.out and "most likely between" in said.out


def test_study_takes_an_area_by_name_and_refuses_a_ward(command, study_place):
    assert (
        "Burglary in Barnet"
        in command("study", "burglary", "--year", "2018", "--area", "Barnet", folder=study_place).out
    )
    refused = command("study", "burglary", "--year", "2018", "--area", "E05013542", folder=study_place)
    assert refused.code != 0 and "Name a local authority" in refused.err


def test_study_needs_a_period(command, study_place):
    refused = command("study", "burglary", folder=study_place)

    assert refused.code != 0 and "Which period?" in refused.err


def test_hotspots_are_named_and_tested(command, study_place):
    said = command("hotspots", "burglary", "--year", "2017", "--tested-on", "6", folder=study_place)

    assert said.code == 0
    assert "Market Place" in said.out
    assert "times their share of the area" in said.out
    assert "12 of 432 records have no place" in said.out or "records have no place" in said.out


def test_hotspots_without_a_test_say_so(command, study_place):
    said = command("hotspots", "burglary", "--year", "2017", folder=study_place)

    assert "has not been tested on a later period" in said.out


def test_hotspots_of_what_is_not_held_as_records_are_refused(command, study_place):
    refused = command("hotspots", "robbery", "--year", "2017", folder=study_place)

    assert refused.code != 0 and "No records of robberies" in refused.err and "Traceback" not in refused.err


def test_breaks_are_tested_series_by_series(command, study_place):
    said = command("breaks", "2018-01", "burglary", "robbery", folder=study_place)

    assert said.code == 0
    assert "shows it" in said.out
    # The robberies of the street files are too few months; the words may be broken over lines.
    assert "cannot be tested" in " ".join(said.out.split())


def test_breaks_of_a_month_that_is_none_are_refused(command, study_place):
    for month, words in (
        ("2018-13", "2018-13"),
        ("2018", "is more than a month"),
        ("R12-2018-01", "more than a month"),
    ):
        refused = command("breaks", month, "burglary", folder=study_place)
        assert refused.code != 0 and words in refused.err and "Traceback" not in refused.err


def test_hours_of_records_that_have_none_are_refused(command, study_place):
    refused = command("hours", "burglary", "--year", "2017", folder=study_place)

    assert refused.code != 0 and "open data carries months only" in refused.err


def test_repeats_tell_places_and_say_what_cannot_be_told(command, study_place):
    said = command("repeats", "burglary", "--year", "2017", folder=study_place)

    assert said.code == 0
    assert "records stand on a point with two or more" in said.out
    assert "Near repeats: cannot be told" in said.out


def test_similar_areas_of_too_little_are_refused(command, study_place):
    refused = command("similar", folder=study_place)

    assert refused.code != 0 and "things to compare authorities by are held" in refused.err
