"""The one rule by which a change is called a change."""

from dataclasses import replace

import numpy as np
import pytest

from frankpledge.findings.judge import LEVEL, TOO_FEW, Question, breaks_between, judge_change, judge_family
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


# Scatter and families


def question(before, now, scatter=None):
    return Question(estimate(now), estimate(before, "2017"), scatter)


def test_scatter_is_allowed_for_and_kept():
    steady, scattered = judge_change(estimate(140), estimate(100, "2017"), 1.0), judged(140, 100)
    wide = judge_change(estimate(140), estimate(100, "2017"), 4.0)

    assert (steady.scatter, scattered.scatter, wide.scatter) == (1.0, None, 4.0)
    assert steady.verdict is scattered.verdict is Verdict.ROSE
    assert wide.verdict is Verdict.NO_CLEAR_CHANGE
    assert wide.ratio_low < steady.ratio_low and wide.ratio == steady.ratio


def test_a_change_by_itself_is_its_own_family():
    finding = judged(140, 100)

    assert finding.family == 1 and finding.adjusted == pytest.approx(finding.p_value)


def test_company_makes_a_verdict_stricter():
    alone = judge_family([question(200, 245)])[0]
    in_company = judge_family([question(200, 245), *[question(200, 201)] * 9])

    assert alone.verdict is Verdict.ROSE
    assert in_company[0].verdict is Verdict.NO_CLEAR_CHANGE
    assert in_company[0].p_value == alone.p_value < in_company[0].adjusted
    assert {one.family for one in in_company} == {10}


def test_changes_in_good_company_are_kept():
    found = judge_family([question(200, 300), question(200, 290), question(200, 201)])

    assert [one.verdict for one in found] == [Verdict.ROSE, Verdict.ROSE, Verdict.NO_CLEAR_CHANGE]


def test_what_is_not_tested_is_no_company():
    few, missing = question(1, 2), Question(estimate(None, why="not sent"), estimate(10, "2017"))

    found = judge_family([few, question(200, 245), missing])

    assert [one.verdict for one in found] == [Verdict.TOO_FEW, Verdict.ROSE, Verdict.CANNOT_COMPARE]
    assert [one.family for one in found] == [0, 1, 0]


def test_nobody_asked_nobody_answered():
    assert judge_family([]) == []


def test_false_verdicts_over_a_document_are_rare():
    # Twelve indicators of which none has changed, four times the chance variance: seldom a false verdict in a document.
    random = np.random.default_rng(20)
    false = 0
    for _ in range(200):
        pairs = random.negative_binomial(300 / 3, 1 / 4, (12, 2)).tolist()
        found = judge_family([question(*pair, scatter=4.0) for pair in pairs])
        false += any(one.verdict in (Verdict.ROSE, Verdict.FELL) for one in found)
    assert false <= 20


def test_shares_are_compared_as_shares():
    # 40% and 60% of 100 searches: as counts in an exposure this would be 40 and 60, p 0.06; as shares it is clear.
    now = replace(estimate(60), denominator=100, value=60.0, share=True)
    before = replace(estimate(40, "2017"), denominator=100, value=40.0, share=True)

    finding = judge_change(now, before)

    assert finding.verdict is Verdict.ROSE and finding.p_value < 0.01
    assert finding.ratio is None and finding.rate_difference == 20


@pytest.mark.parametrize(
    "before, now, verdict",
    [
        # 25 stands for 23 to 27, 45 for 43 to 47: 27 and 43 are no clear change, 25 and 45 would be one.
        ((25, 23, 27), (45, 43, 47), Verdict.NO_CLEAR_CHANGE),
        ((25, 25, 25), (45, 45, 45), Verdict.ROSE),
        ((25, 23, 27), (60, 58, 62), Verdict.ROSE),
        ((60, 58, 62), (25, 23, 27), Verdict.FELL),
    ],
)
def test_rounded_counts_are_compared_as_near_as_they_may_lie(before, now, verdict):
    then, since = (
        replace(estimate(shown, period), least=least, most=most)
        for (shown, least, most), period in ((before, "2017"), (now, "2018"))
    )

    finding = judge_change(since, then)

    assert finding.verdict is verdict
    exact = judge_change(estimate(now[0]), estimate(before[0], "2017"))
    assert finding.p_value >= exact.p_value
    assert finding.ratio_low <= exact.ratio_low <= exact.ratio_high <= finding.ratio_high


def test_rounded_counts_that_may_be_fewer_than_ten_together():
    # 5 of the NHS is 1 to 7.
    then, since = replace(estimate(5, "2017"), least=1, most=7), replace(estimate(10), least=8, most=12)

    assert judge_change(since, then).verdict is Verdict.TOO_FEW


def test_rounded_counts_that_may_be_alike_show_nothing():
    then, since = (
        replace(estimate(count, period), least=count - 2, most=count + 2)
        for count, period in ((40, "2017"), (44, "2018"))
    )

    assert judge_change(since, then).p_value == 1


def test_shares_of_rounded_counts_are_compared_as_near_as_they_may_lie():
    then, since = (
        replace(estimate(count, period), share=True, denominator=100) for count, period in ((30, "2017"), (46, "2018"))
    )
    ranged = [replace(one, least=one.numerator - 2, most=one.numerator + 2) for one in (since, then)]

    assert judge_change(since, then).p_value < 0.05 < judge_change(*ranged).p_value
