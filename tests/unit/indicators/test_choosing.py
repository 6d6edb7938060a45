"""Which series answers a question: order of preference, newest release, pins, joins, and never a mixture."""

import pytest

from frankpledge.indicators.choosing import held_series
from frankpledge.model.estimate import Status
from frankpledge.periods import parse_period
from tests.conftest import BARNET, BRENT, HARROW, ask, ask_one, full_month, months_of

NEWER_BEGINS = parse_period("2018-07").first


def rows_of(*pairs):
    return [("BURGLARY", "DOMESTIC BURGLARY", borough, count) for borough, count in pairs]


@pytest.fixture(scope="module")
def warehouse(place, built):
    """Two releases that overlap from July 2018 to March 2019, and street files of one month that both lack."""
    workspace, files = place
    return built(
        workspace,
        files.boroughs(
            "old.csv", months=months_of("2017", "2018", "2019-Q1"), rows=rows_of(("Harrow", 10), ("Barnet", 20))
        ),
        files.boroughs(
            "new.csv",
            months=months_of("2018-Q3", "2018-Q4", "2019"),
            rows=rows_of(("Harrow", 11), ("Barnet", 22), ("Brent", 33)),
        ),
        files.best_fit(authorities=(HARROW, BARNET)),
        files.street(month="2020-05", crimes=full_month()),
        files.street("s2.csv", month="2018-01", crimes=full_month()),
    )


@pytest.mark.parametrize(
    ("period", "release", "numerator"),
    [
        ("2019", "2019-12", 12 * 11),
        ("2018-Q4", "2019-12", 3 * 11),
        ("2018-Q1", "2019-03", 3 * 10),
        ("2017", "2019-03", 12 * 10),
    ],
)
def test_newest_release_that_covers_the_question_is_read(warehouse, period, release, numerator):
    estimate = ask_one(warehouse, "burglary", HARROW, period)

    assert (str(estimate.series), estimate.numerator) == (f"mps-borough ({release})", numerator)


def test_one_release_serves_a_whole_comparison(warehouse):
    answer = ask(warehouse, "burglary", [HARROW, BARNET], "2018-Q3", "2018-Q2")

    assert {str(one.series) for one in answer.estimates} == {"mps-borough (2019-03)"}
    assert [one.numerator for one in answer.estimates] == [30, 60, 30, 60]


def test_releases_are_joined_where_none_covers_all_and_each_month_is_counted_once(warehouse):
    answer = ask(warehouse, "burglary", [HARROW], "2018", "2019", "2018-Q3")

    assert str(answer.estimates[0].series) == "mps-borough (2019-03 + 2019-12)"
    assert [one.numerator for one in answer.estimates] == [6 * 10 + 6 * 11, 12 * 11, 3 * 11]
    assert answer.selection.joined
    assert [(span.first, span.last) for span in answer.selection.spans] == [
        (parse_period("2017-01").first, NEWER_BEGINS - 1),
        (NEWER_BEGINS, parse_period("2019-12").last),
    ]


def test_joined_releases_do_not_lend_each_other_areas(warehouse):
    answer = ask(warehouse, "burglary", [HARROW, BRENT], "2017", "2019")

    assert answer.of(BRENT, parse_period("2017")).missing
    assert answer.of(BRENT, parse_period("2019")).numerator == 12 * 33


@pytest.mark.parametrize(("release", "period", "numerator"), [("2019-03", "2018-Q4", 30), ("2019-12", "2018-Q4", 33)])
def test_pinned_release_is_read_whatever_is_newer(warehouse, release, period, numerator):
    estimate = ask_one(warehouse, "burglary", HARROW, period, pinned={"mps-borough": release})

    assert (estimate.numerator, estimate.series.release) == (numerator, release)


def test_pinned_release_is_never_joined_to_another(warehouse):
    answer = ask(warehouse, "burglary", [HARROW], "2018", "2019", pinned={"mps-borough": "2019-12"})

    assert [one.numerator for one in answer.estimates] == [None, 12 * 11]
    assert answer.estimates[0].why_missing == "no data held for January 2018"


def test_next_dataset_answers_where_the_preferred_one_cannot(warehouse):
    estimate = ask_one(warehouse, "burglary", HARROW, "2020-05")

    assert (str(estimate.series), estimate.numerator) == ("police-uk-street (2020-05)", 10)


def test_preferred_dataset_answers_where_both_can(warehouse):
    assert ask_one(warehouse, "burglary", HARROW, "2018-01").series.dataset == "mps-borough"


def test_datasets_are_never_mixed_in_one_comparison(warehouse):
    answer = ask(warehouse, "burglary", [HARROW], "2018-01", "2019-01", "2020-05")

    assert {one.series.dataset for one in answer.estimates} == {"mps-borough"}
    assert [one.missing for one in answer.estimates] == [False, False, True]


def test_offence_that_a_dataset_does_not_tell_apart_is_looked_for_in_the_next(warehouse):
    estimate = ask_one(warehouse, "robbery", HARROW, "2018-01")

    assert estimate.series.dataset == "police-uk-street"


def test_no_dataset_at_all_is_said(warehouse):
    estimate = ask_one(warehouse, "residential-burglary", "E05013542", "2018", kind="ward")

    assert estimate.missing and estimate.series is None
    assert "these offences" in estimate.why_missing


@pytest.mark.parametrize(
    ("period", "status"),
    [
        ("2019-12", Status.PROVISIONAL),
        ("2019-11", Status.PROVISIONAL),
        ("2019", Status.PROVISIONAL),
        ("2019-10", Status.FINAL),
    ],
)
def test_newest_two_months_are_provisional(warehouse, period, status):
    assert ask_one(warehouse, "burglary", HARROW, period).status is status


def test_end_of_an_older_release_is_not_provisional_where_a_newer_one_follows(warehouse):
    answer = ask(warehouse, "burglary", [HARROW], "2018", "2019-12")

    assert [one.status for one in answer.estimates] == [Status.FINAL, Status.PROVISIONAL]


def test_releases_held_newest_first(warehouse):
    assert [one.release for one in held_series(warehouse, "mps-borough")] == ["2019-12", "2019-03"]
    assert held_series(warehouse, "mps-borough", "1999-01") == []


def test_join_is_not_spoilt_by_a_count_it_does_not_read(workspace, files, built):
    spoilt = [10] * 17 + ["x"] + [10] * 6
    warehouse = built(
        workspace,
        files.boroughs("old.csv", months=months_of("2017", "2018"), rows=rows_of(("Harrow", spoilt))),
        files.boroughs("new.csv", months=months_of("2018", "2019")[5:], rows=rows_of(("Harrow", 20))),
    )

    assert ask_one(warehouse, "burglary", HARROW, "2018").numerator == 5 * 10 + 7 * 20
