"""Worked examples that others have published, each with where it was read. What is worked out here is compared only."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control
from statsmodels.tsa.seasonal import STL

from frankpledge.statistics import breaks, change, charts, rates
from frankpledge.statistics.funnel import funnel
from frankpledge.statistics.place.clusters import hot_cells
from frankpledge.statistics.season import find_season, seasonal_strength
from frankpledge.statistics.signals import Limits, Signal, find_signals
from frankpledge.statistics.standardising import standardised_rate

# Intervals and tests


def test_byar_of_fifteen_events_is_near_the_exact_limits():
    # R's exact limits, as quoted in statsmodels, stats/tests/test_rates_poisson.py. (What that file calls Byar's is
    # another formula, of DescTools, with half an event added: 0.02191 to 0.06029.)
    found = rates.rate_interval(15, 400, per=1)

    assert found.method == "byar"
    assert (found.low, found.high) == pytest.approx((0.0209884653319583, 0.0618505471787146), rel=0.001)


def test_exact_poisson_of_none():
    # R's poisson.test: 0 events have 3.688879 as their upper limit.
    assert rates.count_interval(0).high == pytest.approx(3.688879, abs=5e-7)


@pytest.mark.parametrize(
    ("before", "exposure_before", "after", "exposure_after", "expected"),
    [
        # Krishnamoorthy and Thomson (2004), section 6, and their own program, as SciPy's tests have them.
        (0, 100, 3, 100, 0.0884),
        (2, 100, 6, 100, 0.1749),
        (20, 10, 20, 10, 0.9999997568929630),
        (3, 100, 20, 300, 0.12202725450896404),
    ],
)
def test_e_test(before, exposure_before, after, exposure_after, expected):
    tolerance = 1e-4 if expected in (0.0884, 0.1749) else 2e-6

    assert change.e_test(before, after, exposure_before, exposure_after) == pytest.approx(expected, abs=tolerance)


def test_exact_conditional_test_of_r():
    # R's exactci::poisson.exact of Gu and others' example, as statsmodels, stats/tests/results/results_rates.py has it.
    found = change.compare_counts(30, 60, 54_308.7, 51_477.5)

    assert found.p_value == pytest.approx(0.000675182658686321)
    assert (found.ratio_low, found.ratio_high) == pytest.approx((1.339735721772650, 3.388365573616252))
    assert found.ratio == pytest.approx(2.10999757175465)


def test_rate_difference_is_near_the_score_interval():
    # R's ratesci::scoreci has 0.2658 to 0.9892; ours is put together from Byar's limits, and a little wider.
    found = change.rate_difference(30, 60, 54_308.7, 51_477.5)

    assert (found.low, found.high) == pytest.approx((0.265796, 0.989192), abs=0.017)


def test_discovery_control_of_fifteen_p_values():
    # Benjamini and Hochberg (1995): at 5% the first four of these are rejected.
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
    ]  # fmt: skip

    adjusted = false_discovery_control(p_values)

    assert (adjusted <= 0.05).sum() == 4
    assert adjusted[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603], abs=1e-6)


# Control charts: qicharts2's data, with the limits that AUS-DOH-Safety-and-Quality/PowerBI-SPC tests against.

ACCIDENTS = [
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320,
    267923, 271478, 255353, 256820, 261835, 259144, 255910, 260863, 264465, 260989,
]  # fmt: skip
ATTENDANCES = [
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529,
    279618, 283932, 266629, 268091, 276803, 271578, 266005, 273520, 278574, 273772,
]  # fmt: skip


def test_laney_chart():
    chart = charts.rate_chart(ACCIDENTS, ATTENDANCES)

    upper = [point.high for point in chart.points]
    lower = [point.low for point in chart.points]
    assert upper[:6] == pytest.approx([0.9657, 0.9658, 0.9654, 0.9653, 0.9656, 0.9658], abs=5e-5)
    assert lower[:6] == pytest.approx([0.9401, 0.9400, 0.9404, 0.9405, 0.9402, 0.9400], abs=5e-5)


def test_u_chart():
    counts = [575, 521, 585, 528, 507, 519, 457, 505, 494, 512, 543, 506]
    counts += [509, 521, 549, 531, 509, 528, 419, 512, 495, 513, 454, 490]
    days = [
        310466.8333, 282346.7917, 309089.7083, 287977.3333, 297743.375, 286988.25, 261120.3333, 268720.75,
        284437.875, 290449.5, 288104.4583, 279961.375, 289803.9583, 275950.5833, 290824.4583, 285495.75,
        282515.2083, 273927.875, 253085.625, 262410.7083, 275529.25, 282405.0833, 259530.7917, 256235.4583,
    ]  # fmt: skip

    chart = charts.rate_chart(counts, days, laney=False)

    assert chart.points[0].centre == pytest.approx(0.00182358, abs=5e-9)
    assert (chart.points[0].low, chart.points[0].high) == pytest.approx((0.00159366, 0.00205349), abs=5e-9)
    assert (chart.points[-1].low, chart.points[-1].high) == pytest.approx((0.00157049, 0.00207666), abs=5e-9)


def test_g_chart():
    gaps = [
        23, 39, 15, 34, 1, 49, 98, 29, 27, 13, 45, 7, 10, 27, 24, 14, 20, 38, 44, 11, 10, 3, 113, 183, 3, 47,
        18, 18, 33,
        15, 2, 38, 27, 27, 1, 52, 23, 7, 26, 82, 5, 49, 5, 17, 24, 44, 26, 2, 27, 46, 55, 97, 22, 22, 20, 4, 60, 51, 7,
        21, 66, 36, 25, 72, 15, 5, 3,
    ]  # fmt: skip

    point = charts.gaps_chart(gaps).points[0]

    # Its centre is the median of the data, 24; ours that of the distribution.
    assert (point.low, point.high) == pytest.approx((0, 128.1749), abs=5e-5)
    assert point.centre == pytest.approx(24, rel=0.15)


def test_t_chart():
    days = [
        16, 20, 5, 13, 1, 26, 46, 12, 12, 5, 19, 4, 3, 15, 14, 9, 8, 15, 21, 6, 3, 1, 56, 117, 1, 33, 9, 9, 19,
        12, 1, 16,
        13, 18, 1, 35, 16, 5, 21, 38, 3, 25, 3, 11, 13, 20, 9, 3, 8, 21, 24, 38, 8, 13, 9, 1, 30, 23, 3, 7, 22, 19, 11,
        31, 6, 1, 1,
    ]  # fmt: skip

    point = charts.times_chart(days).points[0]

    assert (point.low, point.centre, point.high) == pytest.approx((0.0079, 11.2051, 106.0418), abs=5e-5)


def test_individuals_chart_of_making_data_count():
    # nhs-r-community/NHSRplotthedots, tests/testthat/_snaps/ptd_spc_standard.md, to three figures.
    values = [
        -0.560, -0.230, 1.56, 0.0705, 0.129, 1.72, 0.461, -1.27, -0.687, -0.446,
        1.22, 0.360, 0.401, 0.111, -0.556, 1.79, 0.498, -1.97, 0.701, -0.473,
    ]  # fmt: skip

    point = charts.individuals_chart(values).points[0]

    assert (point.low, point.centre, point.high) == pytest.approx((-3.01, 0.142, 3.29), abs=0.01)


@pytest.mark.parametrize(
    ("values", "signal", "expected"),
    [
        # The same package, tests/testthat/test-ptd_calculate_point_type.R.
        ([1] * 6, Signal.RUN, []),
        ([1] * 6 + [-1], Signal.RUN, []),
        ([-1, *[1] * 8, -1], Signal.RUN, list(range(1, 9))),
        ([1, 2, 3, 4, 5, 6], Signal.TREND, []),
        ([1, 2, 3, 3, 4, 5, 6], Signal.TREND, []),
        ([1, 2, 3, 4, 5, 6, 7], Signal.TREND, list(range(7))),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], Signal.TREND, list(range(1, 8))),
        ([7, 6, 5, 4, 3, 2, 1], Signal.TREND, list(range(7))),
    ],
)
def test_rules_of_making_data_count(values, signal, expected):
    size = np.ones(len(values))

    found = find_signals(np.asarray(values, dtype=float), Limits(0 * size, -30 * size, 30 * size))

    assert [place for place, (signs, _) in enumerate(found) if signal in signs] == expected


# Shares and standardised rates


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval(part, whole, low, high):
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3, as a public repository's test has it.
    found = rates.proportion_interval(part, whole)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_directly_standardised_rate():
    # Down's syndrome at birth in Michigan, 1950 to 1964, fifth children and later by the age of their mothers (Fay and
    # Feuer 1997, table II), as R's dsrTest has it: 75.52901. Its printed interval is another (of Fay and Feuer).
    cases, births = [0, 8, 63, 112, 262, 295], [327, 30_666, 123_419, 149_919, 104_088, 34_392]
    standard = [319_933, 931_318, 786_511, 488_235, 237_863, 61_313]

    found = standardised_rate(cases, births, standard, per=100_000)

    assert found.value == pytest.approx(75.52901, abs=5e-6)
    assert found.low < 75.52901 < found.high


# Seasons


def test_strength_of_a_season():
    # Airline passengers, 1949 to 1960 (Box and Jenkins), taken apart as R's stats::stl does with a seasonal window
    # of 11: feasts::feat_stl prints 0.941 for the season, and 0.991 for the trend.
    parts = STL(
        np.array(AIRLINE_PASSENGERS, dtype=float),
        period=12,
        seasonal=11,
        trend=21,
        low_pass=13,
        seasonal_deg=0,
        seasonal_jump=2,
        trend_jump=3,
        low_pass_jump=2,
    ).fit(inner_iter=2, outer_iter=0)

    assert seasonal_strength(parts.seasonal, parts.resid) == pytest.approx(0.941, abs=5e-4)
    assert seasonal_strength(parts.trend, parts.resid) == pytest.approx(0.991, abs=5e-4)
    # Ours takes its parts apart with another window, robustly; a summer peak is what is known of these years.
    found = find_season(AIRLINE_PASSENGERS, [30] * 144)
    assert found.shown and found.strength > 0.9 and found.peaks == (6, 7)


AIRLINE_PASSENGERS = [
    *(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118),
    *(115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140),
    *(145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166),
    *(171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194),
    *(196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201),
    *(204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229),
    *(242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278),
    *(284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306),
    *(315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336),
    *(340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337),
    *(360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405),
    *(417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
]


# Funnels


@pytest.mark.parametrize(
    ("confidence", "low", "high"), [(0.95, 0.025317898, 5.571644585), (0.998, 0.001000547, 9.233410143)]
)
def test_funnel_limits_of_one_event(confidence, low, high):
    # PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: where one lies on a limit.
    found = rates.count_interval(1, confidence)

    assert found.low == pytest.approx(low, rel=1e-3) and found.high == pytest.approx(high, rel=1e-6)


@pytest.mark.parametrize(("events", "expected"), [(100, 121.6268111), (207, 237.2018623), (518, 564.590564)])
def test_funnel_limits_are_near_the_exact_ones(events, expected):
    # PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: so many events lie on the lower 95% limit
    # where so many are expected. Ours are on the square-root scale.
    others = 1_000_000_000
    found = funnel([others, others, round(expected)], [others, others, expected], overdispersion=False)

    assert found.areas[2].low_95 * expected == pytest.approx(events, rel=0.012)


# Breaks


def test_coal_mining_disasters_become_fewer_about_1890():
    # Jarrett (1979); the package mcp puts the change at 1888.4 (1880.8 to 1897.9).
    disasters = [
        4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2,
        3, 4, 2, 1,
        3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2,
        1, 0, 0, 0,
        1, 1, 0, 2, 2, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0,
    ]  # fmt: skip

    found = breaks.change_points(disasters, [365] * len(disasters))

    assert len(found) == 1
    assert 1881 <= 1851 + found[0] <= 1898


# Place


def test_getis_ord_of_six_points():
    # pysal/esda, esda/getisord.py: points, threshold 15, and binary weights with the point itself. Its values are
    # multiplied by five to be whole, which z does not mind; on a grid of five the threshold is three cells.
    points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    values = [10, 15, 16, 25, 40, 35]
    counts, inside = np.zeros((7, 9), dtype=int), np.zeros((7, 9), dtype=bool)
    for (x, y), value in zip(points, values, strict=True):
        counts[y // 5, x // 5], inside[y // 5, x // 5] = value, True

    found = hot_cells(counts, 3, inside)

    z = [found.z[y // 5, x // 5] for x, y in points]
    assert z == pytest.approx([-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331])
