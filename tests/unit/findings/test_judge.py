"""The one rule by which a change is called a change."""

from dataclasses import replace

import pytest

from frankpledge.findings.judge import LEVEL, TOO_FEW, breaks_between, judge_change
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.finding import Verdict
from frankpledge.statistics.change import compare_counts

MPS, STREET = Series("mps-borough", "2021-07"), Series("police-uk-street", "2021-07")


def estimate(count, period="2018", *, people=250_000, series=MPS, why=""):
    rate = None if count is None or people is None else 1000 * count / people
    return Estimate(
        "burglary",
        "E09000015",
        "Harrow",
        period,
        count,
        people,
        rate,
        rate,
        rate,
        "byar" if count is not None else f"missing: {why}",
        Status.MISSING if count is None else Status.FINAL,
        series,
        None,
        "abc",
    )


def judged(now, before, **more):
    return judge_change(estimate(now, **more), estimate(before, "2017", **more))


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (100, 140, Verdict.ROSE),
        (140, 100, Verdict.FELL),
        (16, 25, Verdict.NO_CLEAR_CHANGE),
        (100, 100, Verdict.NO_CLEAR_CHANGE),
        (0, 10, Verdict.ROSE),
        (10, 0, Verdict.FELL),
        (5, 5, Verdict.NO_CLEAR_CHANGE),
        (0, 9, Verdict.TOO_FEW),
        (9, 0, Verdict.TOO_FEW),
        (0, 0, Verdict.TOO_FEW),
    ],
)
@pytest.mark.parametrize("people", [250_000, None])
def test_verdict_of_two_counts(before, now, verdict, people):
    finding = judged(now, before, people=people)

    assert finding.verdict is verdict
    assert finding.reason == ""


def test_verdict_turns_at_the_level():
    before = 200
    turns = [now for now in range(200, 300) if judged(now, before).verdict is Verdict.ROSE]

    first = turns[0]
    assert turns == list(range(first, 300))
    assert compare_counts(before, first).p_value <= LEVEL < compare_counts(before, first - 1).p_value


def test_fewer_than_ten_in_both_together_are_too_few():
    assert TOO_FEW == 10
    assert judged(5, 4).verdict is Verdict.TOO_FEW
    assert judged(6, 4).verdict is Verdict.NO_CLEAR_CHANGE


def test_residents_are_taken_into_account():
    current, against = estimate(1200, people=300_000), estimate(1000, "2017", people=250_000)

    finding = judge_change(current, against)

    assert finding.verdict is Verdict.NO_CLEAR_CHANGE
    assert finding.ratio == pytest.approx(1.0)
    assert judge_change(replace(current, denominator=None, value=None), against).verdict is Verdict.ROSE


def test_finding_has_its_differences():
    finding = judged(140, 100)

    assert (finding.difference, finding.percent) == (40, 40)
    assert finding.rate_difference == pytest.approx(0.16)
    assert finding.ratio == pytest.approx(1.4)
    assert finding.ratio_low < finding.ratio < finding.ratio_high
    assert finding.p_value < LEVEL


def test_percentage_of_nothing_is_none():
    assert judged(12, 0).percent is None
    assert judged(12, 0).difference == 12


@pytest.mark.parametrize(("now", "before", "when"), [(None, 10, "2018"), (10, None, "2017"), (None, None, "2017")])
def test_missing_cannot_be_compared_and_says_why(now, before, when):
    current = estimate(now, why="the file seems cut short")
    against = estimate(before, "2017", why="the file seems cut short")

    finding = judge_change(current, against)

    assert finding.verdict is Verdict.CANNOT_COMPARE
    assert finding.reason == f"{when} is missing (the file seems cut short)"
    assert (finding.p_value, finding.ratio, finding.difference if None in (now, before) else None) == (None, None, None)


def test_two_series_cannot_be_compared():
    finding = judge_change(estimate(10, series=STREET), estimate(10, "2017"))

    assert finding.verdict is Verdict.CANNOT_COMPARE
    assert finding.reason == "one figure is from police-uk-street (2021-07) and the other from mps-borough (2021-07)"


@pytest.mark.parametrize(
    ("period", "before", "breaks"),
    [
        ("2024", "2023", 1),
        ("2024-03", "2023-03", 1),
        ("2024-02", "2023-02", 0),
        ("2025", "2024", 1),
        ("2025-03", "2024-03", 0),
        ("2023", "2022", 0),
    ],
)
def test_break_between_two_periods_is_a_caveat(period, before, breaks):
    finding = judge_change(estimate(100, period), estimate(100, before))

    assert len(finding.caveats) == breaks
    assert all("changed its recording system at the end of February 2024" in caveat for caveat in finding.caveats)


def test_break_of_one_dataset_is_none_of_anothers():
    assert breaks_between(estimate(1, "2024", series=STREET), estimate(1, "2023", series=STREET)) == []
    assert breaks_between(estimate(1, "2024", series=None), estimate(1, "2023", series=None)) == []
