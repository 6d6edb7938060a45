"""Rolling totals and months against the mean: hand-worked answers, properties and refusals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.statistics import trend

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)
YEAR = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
series = st.lists(st.none() | st.integers(0, 1000), max_size=40)
present_series = st.lists(st.integers(0, 1000), min_size=1, max_size=24)


def verdicts(values, days, **options):
    return [month.verdict for month in trend.months_against_mean(values, days, **options)[1]]


def test_rolling_sums_of_a_year():
    values = list(range(1, 15))

    assert trend.rolling_sums(values) == [None] * 11 + [78, 90, 102]


def test_rolling_sums_empty():
    assert trend.rolling_sums([]) == []


def test_rolling_sums_shorter_than_the_window():
    assert trend.rolling_sums([1, 2, 3], window=4) == [None, None, None]


@quick
@given(series)
def test_rolling_sums_of_one_month_are_the_months(values):
    assert trend.rolling_sums(values, window=1) == values


@quick
@given(series, st.integers(1, 15))
def test_rolling_sums_are_none_exactly_where_a_month_is_wanting(values, window):
    totals = trend.rolling_sums(values, window)

    assert len(totals) == len(values)
    for position, total in enumerate(totals):
        covered = values[position - window + 1 : position + 1] if position >= window - 1 else [None]
        assert (total is None) == (None in covered)
        assert total is None or total == sum(covered)


def test_rolling_sums_refuse_negative_counts():
    with pytest.raises(ValueError, match="None for a missing month"):
        trend.rolling_sums([3, -1])


def test_rolling_sums_refuse_nan_for_missing():
    with pytest.raises(ValueError, match="None for a missing month"):
        trend.rolling_sums([3, float("nan")])


def test_rolling_sums_refuse_an_empty_window():
    with pytest.raises(ValueError, match="at least one month"):
        trend.rolling_sums([3, 4], window=0)


def test_months_against_mean_gives_the_plain_mean_of_months_present():
    mean, months = trend.months_against_mean([310, None, 290], [31, 28, 31])

    assert mean == 300.0
    assert [month.expected for month in months] == pytest.approx([300, 300 * 28 / 31, 300])
    assert [month.position for month in months] == [0, 1, 2]


def test_months_against_mean_poisson_limits_from_tables():
    # For a mean of 10, at most 3 has the probability 0.0103, at most 16 has 0.9730 and at most 17 has 0.9857.
    _, months = trend.months_against_mean([10] * 12, [30] * 12)

    assert {(month.low, month.high) for month in months} == {(4.0, 17.0)}


@pytest.mark.parametrize(("value", "verdict"), [(36, "below"), (37, "near"), (64, "near"), (65, "above")])
def test_months_against_mean_is_above_or_below_only_outside_the_range(value, verdict):
    # So long and level a series that the last month hardly moves the mean of 50 or the variation. Of
    # Poisson counts with that mean 2.4% are up to 36, 3.4% up to 37, 96.8% up to 63 and 97.6% up to 64.
    *_, last = trend.months_against_mean([50] * 200 + [value], [30] * 201)[1]

    assert (last.low, last.high) == (37.0, 64.0)
    assert last.verdict == verdict


def test_months_against_mean_widens_with_excess_variation():
    # Chi-squared is 12 x 50^2 / 100 = 300 over 11 degrees of freedom: 27.3 times the Poisson variance.
    _, uneven = trend.months_against_mean([50, 150] * 6, [30] * 12)
    _, even = trend.months_against_mean([100] * 12, [30] * 12)

    assert (even[0].low, even[0].high) == (81.0, 120.0)
    assert uneven[0].low < 30
    assert uneven[0].high > 190
    assert {month.verdict for month in uneven} == {"near"}


def test_months_against_mean_does_not_narrow_when_less_than_chance():
    _, months = trend.months_against_mean([100] * 12, [30] * 12)

    assert months[0].high - months[0].low == 39


def test_months_against_mean_rare_events_are_not_below_for_being_none():
    assert verdicts([2, 0, 3, 2, 1, 4, 2, 2, 1, 3, 2, 2], YEAR) == ["near"] * 12


def test_months_against_mean_no_events_at_all():
    mean, months = trend.months_against_mean([0, 0, None], [31, 28, 31])

    assert mean == 0
    assert [(month.expected, month.low, month.high) for month in months] == [(0.0, 0.0, 0.0)] * 3
    assert [month.verdict for month in months] == ["near", "near", "missing"]


def test_months_against_mean_single_month():
    mean, (month,) = trend.months_against_mean([7], [31])

    assert mean == 7
    assert month == trend.MonthAgainstMean(position=0, value=7, expected=7.0, low=2.0, high=13.0, verdict="near")


def test_months_against_mean_one_high_month_among_twelve():
    found = verdicts([100, 101, 99, 100, 140, 100, 98, 102, 100, 100, 101, 99], [30] * 12)

    assert found == ["near"] * 4 + ["above"] + ["near"] * 7


@quick
@given(present_series, st.integers(1, 31))
def test_months_against_mean_of_equal_months_expects_the_mean(values, length):
    mean, months = trend.months_against_mean(values, [length] * len(values))

    assert mean == pytest.approx(sum(values) / len(values))
    assert [month.expected for month in months] == pytest.approx([mean] * len(values))


@quick
@given(st.lists(st.tuples(st.none() | st.integers(0, 1000), st.integers(28, 31)), max_size=24))
def test_months_against_mean_verdict_follows_the_range(pairs):
    values, days = zip(*pairs, (5, 30), strict=True)
    _, months = trend.months_against_mean(values, days)

    assert [month.value for month in months] == list(values)
    for month in months:
        assert 0 <= month.low <= month.expected + 1
        assert month.expected - 1 <= month.high
        assert (month.verdict == "missing") == (month.value is None)
        assert (month.verdict == "above") == (month.value is not None and month.value > month.high)
        assert (month.verdict == "below") == (month.value is not None and month.value < month.low)


@quick
@given(present_series, st.data())
def test_months_against_mean_missing_months_change_nothing_else(values, data):
    days = [30] * len(values)
    position = data.draw(st.integers(0, len(values)))
    mean, months = trend.months_against_mean(values, days)

    mean_with_gap, with_gap = trend.months_against_mean([*values[:position], None, *values[position:]], [30, *days])

    assert mean_with_gap == mean
    assert with_gap.pop(position).verdict == "missing"
    assert [month.verdict for month in with_gap] == [month.verdict for month in months]


@quick
@given(present_series)
def test_months_against_mean_range_widens_with_confidence(values):
    days = [30] * len(values)
    _, less = trend.months_against_mean(values, days, confidence=0.8)
    _, more = trend.months_against_mean(values, days, confidence=0.998)

    assert all(m.low <= n.low <= n.high <= m.high for m, n in zip(more, less, strict=True))


def test_months_against_mean_refuses_unequal_lengths():
    with pytest.raises(ValueError, match="There are 2 months but 1 lengths"):
        trend.months_against_mean([3, 4], [31])


@pytest.mark.parametrize("value", [-1, float("nan")])
def test_months_against_mean_refuses_impossible_counts(value):
    with pytest.raises(ValueError, match="None for a missing month"):
        trend.months_against_mean([3, value], [31, 28])


def test_months_against_mean_refuses_a_month_without_days():
    with pytest.raises(ValueError, match="at least one day"):
        trend.months_against_mean([3, 4], [31, 0])


@pytest.mark.parametrize("values", [[], [None, None]])
def test_months_against_mean_refuses_a_series_without_a_month(values):
    with pytest.raises(ValueError, match="No month has a count"):
        trend.months_against_mean(values, [31] * len(values))


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_months_against_mean_refuses_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        trend.months_against_mean([3, 4], [31, 28], confidence)
