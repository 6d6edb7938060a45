"""The course of months: gaps, breaks, what is too few, and where the year will end."""

import numpy as np

from frankpledge.findings.course import follow
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.periods import days_in_month, month_number, one_month
from frankpledge.statistics.readings import Variation

AREA = "E09000015"


def answer(counts, last=(2018, 12), dataset="mps-borough"):
    number = month_number(*last)
    months = [one_month(number - back) for back in reversed(range(len(counts)))]
    return Answer(
        find_indicator("burglary"),
        None,
        tuple(
            Estimate(
                "burglary", AREA, "Harrow", month.text, count, None, None, None, None,
                "missing: not sent" if count is None else "", Status.MISSING if count is None else Status.FINAL,
                Series(dataset, "2022-10"), None, "x",
            )
            for month, count in zip(months, counts, strict=True)
        ),
    )  # fmt: skip


def steady(months, level=100, seed=1):
    return np.random.default_rng(seed).poisson(level, months).tolist()


def test_a_steady_series_shows_nothing():
    course = follow(answer(steady(60)), AREA)

    assert course.variation is Variation.COMMON_CAUSE
    assert course.levels == () and course.declared == () and course.year_end is None
    assert len(course.months) == 60 and len(course.chart.points) == 36


def test_a_high_last_month_is_for_the_worse():
    assert follow(answer([*steady(59), 250]), AREA).variation is Variation.CONCERNING


def test_a_new_level_is_found_with_its_month():
    course = follow(answer([*steady(30), *steady(30, 160)]), AREA)

    assert abs(course.levels[0] - month_number(2016, 7)) <= 1


def test_only_months_after_the_last_gap_are_read():
    course = follow(answer([*steady(30), None, *steady(29)]), AREA)

    assert len(course.months) == 29 and course.season is None


def test_months_not_yet_held_are_no_gap():
    course = follow(answer([*steady(57), None, None, None]), AREA)

    assert len(course.months) == 57 and course.months[-1][0] == month_number(2018, 9)
    assert course.year_end.so_far == sum(count for _, count in course.months[-9:])


def test_a_declared_break_makes_limits_anew():
    # The Metropolitan Police's new recording system, at the end of February 2024.
    course = follow(answer([*steady(26), *steady(10, 200)], last=(2024, 12)), AREA)

    assert course.declared == (month_number(2024, 3),)
    assert course.chart.points[0].centre < course.chart.points[-1].centre / 1.5
    assert course.chart.provisional


def test_a_break_that_is_fresh_leaves_the_last_month_untold():
    course = follow(answer([*steady(30), *steady(4, 300)], last=(2024, 6)), AREA)

    assert course.chart is not None and course.variation is None


def test_a_season_is_taken_off_before_months_are_judged():
    season = 1 + 0.4 * np.cos(np.arange(96) / 12 * 2 * np.pi)
    random = np.random.default_rng(3)
    signals = []
    for seed in range(40):
        counts = random.poisson(200 * season).tolist()
        course = follow(answer(counts[: 96 - seed % 12]), AREA)
        signals.append(course.variation)
        assert course.season.shown and len(course.levels) <= 1
    assert sum(one is not Variation.COMMON_CAUSE for one in signals) <= 6


def test_few_a_month_are_not_charted():
    course = follow(answer(steady(60, 2)), AREA)

    assert course.chart is None and course.variation is None and course.season is None


def test_nothing_held_shows_nothing():
    course = follow(answer([None] * 24), AREA)

    assert course.months == () and course.chart is None and course.levels is None


def test_a_season_takes_three_years():
    season = 1 + 0.4 * np.cos(np.arange(48) / 12 * 2 * np.pi)
    counts = np.random.default_rng(2).poisson(
        [5 * days_in_month(month_number(2015, 1) + month) * share for month, share in enumerate(season)]
    )

    assert follow(answer(counts.tolist()), AREA).season.shown
    assert follow(answer(counts.tolist()[:30]), AREA).season is None
