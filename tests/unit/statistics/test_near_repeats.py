"""Near repeats: cases counted by hand, what shuffling keeps, and months that are refused."""

import numpy as np
import pytest

from frankpledge.statistics.near_repeats import near_repeats

DAYS = np.datetime64("2020-01-02") + np.arange(400)


def test_four_events_by_hand():
    # Two pairs close in both, of six; the case of morie's space-time tests, in metres.
    found = near_repeats(
        [500000, 500050, 500500, 500520], [180000] * 4, DAYS[[0, 1, 9, 10]], (0, 100), (0, 3), permutations=2000
    )

    assert found.observed.tolist() == [[2]]
    # Of the ways to deal four dates out, a pair of places is near in time in two of six.
    assert found.expected[0, 0] == pytest.approx(2 * 2 / 6, abs=0.06)
    assert found.ratio[0, 0] == pytest.approx(3, abs=0.3)


def test_bands_begin_with_their_edge_and_end_before_the_next():
    # tobydavies/NearRepeat: a pair 100 m and 3 days apart lies in the second bands of 100 m and 3 days.
    found = near_repeats([500000, 500000], [180000, 180100], DAYS[[0, 3]], (0, 100, 200), (0, 3, 6), permutations=1)

    assert found.observed.tolist() == [[0, 0], [0, 1]]


def test_one_place_is_a_band_of_its_own():
    found = near_repeats([500000] * 3, [180000] * 3, DAYS[[0, 1, 2]], permutations=5)

    assert found.observed[0, 0] == 3 and found.observed.sum() == 3


def test_repeats_are_found_where_they_were_put():
    random = np.random.default_rng(5)
    x, y = random.uniform(500000, 503000, (2, 300))
    day = random.integers(0, 300, 300)
    x, y = np.concatenate((x, x[:60] + 30)), np.concatenate((y, y[:60]))
    found = near_repeats(x, y, DAYS[np.concatenate((day, day[:60] + 3))], permutations=199)

    assert found.p_value[1, 0] == 1 / 200 and found.ratio[1, 0] > 3
    assert found.p_value[3, 2] > 0.05


def test_nothing_is_found_where_nothing_was_put():
    random = np.random.default_rng(6)
    x, y = random.uniform(500000, 502000, (2, 400))

    found = near_repeats(x, y, DAYS[random.integers(0, 300, 400)], permutations=199)

    assert found.p_value.min() > 0.01


def test_the_same_input_has_the_same_answer():
    random = np.random.default_rng(7)
    x, y = random.uniform(500000, 501000, (2, 50))
    days = DAYS[random.integers(0, 60, 50)]

    one, other = near_repeats(x, y, days, permutations=49), near_repeats(x, y, days, permutations=49)

    assert (one.p_value == other.p_value).all() and (one.expected == other.expected).all()


def test_months_are_refused_with_the_reason():
    months = np.repeat(np.arange("2020-01", "2021-01", dtype="datetime64[M]"), 2)
    x = np.linspace(500000, 501000, 24)

    with pytest.raises(ValueError, match="These dates are months.*ask the police for dated records"):
        near_repeats(x, x - 320000, months)
    with pytest.raises(ValueError, match="These dates are months"):
        near_repeats(x, x - 320000, months.astype("datetime64[D]"))


@pytest.mark.parametrize(
    ("x", "days", "bands", "permutations", "words"),
    [
        ([500000], DAYS[:1], {}, 9, "Two events or more"),
        ([500000, 500001], DAYS[:3], {}, 9, "Two events or more"),
        ([500000, 500001], DAYS[:2], {"metres": (0, 100, 100)}, 9, "edges of bands rise"),
        ([500000, 500001], DAYS[:2], {"days": (7,)}, 9, "edges of bands rise"),
        ([500000, 500001], DAYS[:2], {}, 0, "At least one permutation"),
        ([0.1, 0.2], DAYS[:2], {}, 9, "degrees"),
    ],
)
def test_near_repeats_refuses(x, days, bands, permutations, words):
    with pytest.raises(ValueError, match=words):
        near_repeats(x, [51.5] * len(x) if x[0] < 1 else [180000] * len(x), days, permutations=permutations, **bands)
