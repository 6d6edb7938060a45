"""Hot spots, density, concentration, prediction and displacement: published answers, hand-worked ones, refusals."""

from math import pi

import numpy as np
import pytest

from frankpledge.statistics.place.clusters import hot_cells
from frankpledge.statistics.place.concentration import concentration, lorenz_curve, places_holding
from frankpledge.statistics.place.density import kernel_density
from frankpledge.statistics.place.displacement import (
    BeforeAfter,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from frankpledge.statistics.place.grid import Grid, Points, gather_points, grid_over
from frankpledge.statistics.place.persistence import Persistence, classify_hot_spots
from frankpledge.statistics.place.prediction import assess_prediction

# Points and grids


def test_events_at_one_point_are_brought_together():
    gathered = gather_points([514000.001, 515000, 514000], [188000, 188500.5, 188000])

    assert gathered.x.tolist() == [514000, 515000]
    assert gathered.y.tolist() == [188000, 188500.5]
    assert gathered.events.tolist() == [2, 1]


def test_places_south_and_west_of_the_origin_stay_themselves():
    gathered = gather_points([-20_000, 30_000], [-10_000.25, -5])

    assert list(zip(gathered.x, gathered.y, strict=True)) == [(-20_000, -10_000.25), (30_000, -5)]


def test_degrees_are_refused():
    with pytest.raises(ValueError, match="look like degrees"):
        gather_points([-0.34, -0.33], [51.58, 51.6])


def test_a_point_without_a_place_is_refused():
    with pytest.raises(ValueError, match="without a place"):
        gather_points([np.nan], [188000])


def test_unequal_numbers_are_refused():
    with pytest.raises(ValueError, match="2 eastings but 1 northings"):
        gather_points([514000, 515000], [188000])


def test_a_point_beyond_the_earth_is_refused():
    with pytest.raises(ValueError, match="10,000 km"):
        gather_points([514000e6], [188000])


def test_grid_lies_on_whole_multiples_of_its_cell():
    over = grid_over([514030, 514990], [188010, 188250], 100)

    assert over == Grid(514000, 188000, 100, 10, 3)
    assert over.centres()[0][0] == 514050


def test_one_point_at_the_origin_does_not_make_a_grid_of_millions():
    with pytest.raises(ValueError, match=r"9,\d\d\d,\d\d\d, more than 5,000,000. Look for a point that lies far off"):
        grid_over([0, 514000], [0, 188000], 100)


def test_an_area_smaller_than_five_kilometres_has_a_grid():
    assert grid_over([514000, 514000], [188000, 188000], 100).shape == (1, 1)


@pytest.mark.parametrize("cell", [0, -1, float("nan")])
def test_a_cell_of_no_metres_is_refused(cell):
    with pytest.raises(ValueError, match="cell of more than no metres"):
        grid_over([514000], [188000], cell)


# Density


def one_event(x, y):
    return Points(np.asarray([x]), np.asarray([y]), np.asarray([1]))


def test_density_of_one_event_is_the_quartic_kernel():
    # At the event 3 / (pi r^2); half way out (1 - 1/4)^2 of it; beyond the bandwidth nothing.
    over = Grid(514000, 188000, 10, 101, 101)

    surface = kernel_density(one_event(514505.0, 188505.0), over, 200)

    peak = 3 / pi / 0.2**2
    assert surface[50, 50] == pytest.approx(peak, rel=0.005)
    assert surface[50, 60] == pytest.approx(peak * 0.75**2, rel=0.005)
    assert surface[50, 70] == pytest.approx(0, abs=1e-9)


def test_density_adds_up_to_the_events():
    over = Grid(514000, 188000, 50, 40, 40)

    surface = kernel_density(one_event(515013.0, 189021.0), over, 300)

    assert surface.sum() * 0.05**2 == pytest.approx(1)


def test_sharing_out_does_not_flatten_the_peak():
    # Events all over one cell, five cells to the bandwidth: their sum at its middle, event by event.
    offsets = np.arange(-45, 46, 10)
    x, y = (axis.ravel() for axis in np.meshgrid(515050.0 + offsets, 189050.0 + offsets))
    over = Grid(514000, 188000, 100, 21, 21)

    surface = kernel_density(gather_points(x, y), over, 500)

    squared = ((x - 515050) ** 2 + (y - 189050) ** 2) / 500**2
    assert surface[10, 10] == pytest.approx((3 / pi / 0.5**2 * (1 - squared) ** 2).sum(), rel=0.015)


def test_an_event_outside_adds_to_what_is_near_it():
    surface = kernel_density(one_event(513950.0, 188050.0), Grid(514000, 188000, 100, 5, 5), 300)

    assert surface[0, 0] > surface[0, 1] > 0


def test_an_event_far_outside_adds_nothing():
    assert not kernel_density(one_event(500000.0, 100000.0), Grid(514000, 188000, 100, 5, 5), 300).any()


def test_a_bandwidth_below_two_cells_is_refused():
    with pytest.raises(ValueError, match="less than two cells"):
        kernel_density(one_event(514050.0, 188050.0), Grid(514000, 188000, 100, 5, 5), 150)


# Hot cells


def test_hot_cells_finds_a_cluster_and_nothing_else():
    counts = np.random.default_rng(1).poisson(2, (40, 40))
    counts[10:13, 20:23] += 15

    found = hot_cells(counts, 2)

    assert found.hot[11, 21]
    # A neighbour of the cluster has it within reach; those further off are not hot.
    assert not found.hot[:7].any() and not found.hot[16:].any()


def test_chance_alone_makes_no_hot_cells_in_nearly_every_grid():
    random = np.random.default_rng(2)

    found = [hot_cells(random.poisson(2, (30, 30)), 2).hot.any() for _ in range(100)]

    assert sum(found) <= 10


def test_p_value_is_what_many_permutations_give():
    random = np.random.default_rng(3)
    counts = random.negative_binomial(0.5, 0.2, (30, 30))
    found = hot_cells(counts, 1.5)

    # A cell in the middle has nine within reach; nine of the 900 are drawn without replacement, 20,000 times.
    draws = np.asarray([random.choice(counts.ravel(), 9, replace=False).sum() for _ in range(20_000)])
    middle = counts[9:12, 9:12].sum()
    assert found.p_value[10, 10] == pytest.approx((draws >= middle).mean(), abs=0.012)


def test_cells_outside_are_no_neighbours():
    counts = np.asarray([[1, 0, 50], [0, 2, 50]])
    inside = np.asarray([[True, True, False], [True, True, False]])

    found = hot_cells(counts, 1, inside)

    assert found.z[:, :2] == pytest.approx(hot_cells(counts[:, :2], 1).z)
    assert np.isnan(found.z[:, 2]).all() and not found.hot[:, 2].any()


def test_cells_that_are_all_alike_do_not_stand_out():
    found = hot_cells(np.full((5, 5), 3), 1)

    assert not found.z.any() and (found.p_value == 1).all()


@pytest.mark.parametrize(
    ("counts", "reach", "inside", "words"),
    [
        (np.ones((3, 3)), 1, None, "whole numbers"),
        (np.full((3, 3), -1), 1, None, "whole numbers"),
        (np.ones(3, dtype=int), 1, None, "one shape"),
        (np.ones((3, 3), dtype=int), 0.5, None, "no neighbours"),
        (np.ones((3, 3), dtype=int), 1, np.zeros((3, 3)), "Fewer than two cells"),
        (np.ones((3, 3), dtype=int), 1, np.ones((3, 4)), "one shape"),
    ],
)
def test_hot_cells_refuses(counts, reach, inside, words):
    with pytest.raises(ValueError, match=words):
        hot_cells(counts, reach, inside)


# What becomes of hot spots


@pytest.mark.parametrize(
    ("hot", "expected"),
    [
        ("00001", Persistence.NEW),
        ("11111", Persistence.PERSISTENT),
        ("10111", Persistence.PERSISTENT),
        ("01001", Persistence.COMES_AND_GOES),
        ("11110", Persistence.DIMINISHING),
        ("10000", Persistence.GONE),
        ("00000", Persistence.NEVER),
    ],
)
def test_what_a_place_has_been(hot, expected):
    periods = [np.asarray([[period == "1"]]) for period in hot]

    assert classify_hot_spots(periods)[0, 0] is expected


def test_persistence_needs_four_periods_of_one_grid():
    with pytest.raises(ValueError, match="Four periods"):
        classify_hot_spots([np.ones((1, 1), dtype=bool)] * 3)
    with pytest.raises(ValueError, match="differ in shape"):
        classify_hot_spots([np.ones((1, width), dtype=bool) for width in (1, 1, 1, 2)])


# Prediction


def test_prediction_indices_of_three_areas():
    # apwheele/ptools, tests/testthat/test-pai.R: areas of 6, 3 and 0, taken in that order.
    following = [6, 3, 0]

    found = [assess_prediction(hot, following) for hot in ([1, 0, 0], [1, 1, 0], [1, 1, 1])]

    assert [one.accuracy for one in found] == pytest.approx([2, 1.5, 1])
    assert [one.efficiency for one in found] == [1, 1, 1]


def test_prediction_no_better_than_anywhere():
    found = assess_prediction([True, False, True, False], [3, 3, 3, 3])

    assert found.accuracy == 1 and found.captured.value == 0.5 and found.events == 12
    assert found.accuracy_low < 1 < found.accuracy_high


def test_prediction_of_no_hot_spots_has_no_index():
    found = assess_prediction([False, False], [1, 2])

    assert found.accuracy is None and found.efficiency is None and found.area_share == 0


def test_prediction_leaves_out_what_is_outside():
    found = assess_prediction([[True, False], [True, True]], [[4, 0], [9, 9]], [[True, True], [False, False]])

    assert found.events == 4 and found.area_share == 0.5 and found.accuracy == 2


def test_prediction_on_a_period_without_events_is_refused():
    with pytest.raises(ValueError, match="without any nothing is tested"):
        assess_prediction([True], [0])
    with pytest.raises(ValueError, match="grids differ"):
        assess_prediction([True], [1, 2])


# Concentration


@pytest.mark.parametrize(
    ("counts", "gini", "adjusted"),
    [
        # wsteenbeek/lorenzgini, vignette; its figure prints 0.58 for the third, which its own formula makes 0.56.
        ([10, 8, 2, 0, 0, 0, 0, 0, 0, 0], 0.78, 0.78),
        ([5, 2, 1, 0, 0, 0, 0, 0, 0, 0], 0.8, 0.75),
        ([3, 1, 1, 0, 0, 0, 0, 0, 0, 0], 0.78, 0.56),
        ([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], 0.7, 0),
    ],
)
def test_gini(counts, gini, adjusted):
    found = concentration(counts)

    assert (found.gini, found.adjusted_gini) == pytest.approx((gini, adjusted))


def test_few_events_are_concentrated_by_chance_alone():
    # Ten events at a hundred places: five of them, each alone, hold half.
    counts = [1] * 10 + [0] * 90

    found = concentration(counts)

    assert found.places_holding_half == 0.05
    assert 0.03 < found.by_chance <= 0.05


def test_lorenz_curve_runs_from_nothing_to_all():
    places, events = lorenz_curve([1, 3])

    assert places.tolist() == [0, 0.5, 1] and events.tolist() == [0, 0.75, 1]


def test_places_holding_all_leave_out_those_without_events():
    assert places_holding([2, 0, 1, 0], share=1) == 0.5


@pytest.mark.parametrize("counts", [[1], [0, 0], [1, -1], [0.5, 1]])
def test_concentration_refuses(counts):
    with pytest.raises(ValueError, match="places or more|whole numbers"):
        concentration(counts)


# Displacement


def test_weighted_difference_of_two_areas():
    # apwheele/ptools, README.md.
    found = weighted_displacement_difference(BeforeAfter(20, 10), BeforeAfter(20, 20), confidence=0.9)

    assert (found.value, found.low, found.high) == pytest.approx((-10, -23.761833, 3.761833), abs=1e-6)


def test_weighted_difference_with_displacement():
    # The example of the paper, as apwheele/ptools tests it: -118, -196 to -40.
    found = weighted_displacement_difference(
        BeforeAfter(207, 110), BeforeAfter(308, 318), BeforeAfter(178, 157), BeforeAfter(150, 140)
    )

    assert found.value == -118
    assert (round(found.low), round(found.high)) == (-196, -40)
    assert found.p_value == pytest.approx(0.00288, abs=5e-6)


def test_weighted_difference_of_areas_of_different_size():
    # Wheeler's page of 23 February 2021, with the sizes it gives.
    found = weighted_displacement_difference(
        BeforeAfter(207, 110, size=1.2),
        BeforeAfter(308, 318, size=0.9),
        BeforeAfter(178, 157, size=1.5),
        BeforeAfter(150, 140, size=1.6),
    )

    assert (found.value, found.low, found.high) == pytest.approx((-99.69444444, -169.1321965, -30.25669241))


def test_weighted_difference_of_periods_of_different_length():
    # Wheeler's page of 9 January 2021: two years before, one after; -20, standard error the root of 115.
    found = weighted_displacement_difference(
        BeforeAfter(80, 20, years_before=2), BeforeAfter(100, 50, years_before=2), confidence=0.95
    )

    assert found.value == -20
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(115**0.5)


def test_weighted_difference_refuses():
    with pytest.raises(ValueError, match="control of its own"):
        weighted_displacement_difference(BeforeAfter(1, 1), BeforeAfter(1, 1), BeforeAfter(1, 1))
    with pytest.raises(ValueError, match="nothing can be said"):
        weighted_displacement_difference(BeforeAfter(0, 0), BeforeAfter(0, 0))
    with pytest.raises(ValueError, match="Confidence"):
        weighted_displacement_difference(BeforeAfter(1, 1), BeforeAfter(1, 1), confidence=1)
    with pytest.raises(ValueError, match="zero or more"):
        BeforeAfter(-1, 1)
    with pytest.raises(ValueError, match="above zero"):
        BeforeAfter(1, 1, size=0)


def test_quotient_of_displacement():
    # By hand, by the formula of the POP Center's guide: treated 100 to 60, buffer 50 to 60, control 200 to 200.
    found = weighted_displacement_quotient(BeforeAfter(100, 60), BeforeAfter(50, 60), BeforeAfter(200, 200))

    assert (found.success, found.buffer, found.quotient) == pytest.approx((-0.2, 0.05, -0.25))


def test_quotient_of_an_action_without_success_is_none():
    found = weighted_displacement_quotient(BeforeAfter(100, 110), BeforeAfter(50, 60), BeforeAfter(200, 200))

    assert found.quotient is None


def test_quotient_needs_events_in_the_control():
    with pytest.raises(ValueError, match="control area"):
        weighted_displacement_quotient(BeforeAfter(1, 1), BeforeAfter(1, 1), BeforeAfter(0, 1))
