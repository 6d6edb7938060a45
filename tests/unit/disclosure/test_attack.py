"""What a reader works out: a published example, small tables by hand, and every table written down."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from frankpledge.disclosure.attack import Ranges, audit_cells, audit_table
from frankpledge.disclosure.cells import cells_with_sums, with_totals
from tests.reference.disclosure import every_table

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)

INVESTMENT = with_totals([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
WITHHELD = np.array([[0, 0, 0, 0], [1, 0, 1, 0], [1, 0, 1, 0], [0, 0, 0, 0]], dtype=bool)


def test_published_example_has_its_published_range():
    # Fischetti and Salazar (2001), Management Science 47: investments by activity and region; 22 is sensitive. The
    # table and the cells withheld were read in the tests of an R package that follows them
    # (`determine_cell_suppression`). By hand: if the 22 is c, the others are 30-c, c-5 and 34-c.
    ranges = audit_table(INVESTMENT, WITHHELD)

    assert (ranges.least[1, 2], ranges.greatest[1, 2]) == (5, 30)
    assert (ranges.least[2, 0], ranges.greatest[2, 0]) == (0, 25)
    assert (ranges.least[WITHHELD == 0] == INVESTMENT[~WITHHELD]).all()


def test_published_pattern_for_small_counts_still_says_which_are_small():
    # The vignette "Small count frequency table suppression" of the R package GaussSuppression (read at CRAN), young
    # and old in Spain, Iceland and Portugal: a nought is to be hidden. No cell can be worked out, and that is what it
    # sets out to do. That the young of two countries are at most two is plain to see.
    table = with_totals([[5, 2, 0], [6, 3, 4]])
    withheld = np.array([[0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]], dtype=bool)

    ranges = audit_table(table, withheld)

    assert ranges.least[withheld].tolist() == [0, 0, 3, 2]
    assert ranges.greatest[withheld].tolist() == [2, 2, 5, 4]


def test_lone_withheld_cell_is_its_total_less_the_others():
    table = with_totals([2, 50, 30])

    ranges = audit_table(table, [True, False, False, False])

    assert (ranges.least[0], ranges.greatest[0]) == (2, 2)
    assert ranges.too_narrow(5).tolist() == [True, False, False, False]


def test_what_is_under_the_mask_is_not_looked_at():
    changed = np.where(WITHHELD, -1, INVESTMENT)

    assert (audit_table(changed, WITHHELD).greatest == audit_table(INVESTMENT, WITHHELD).greatest).all()


def test_cell_that_nothing_limits():
    ranges = audit_table(with_totals([2, 50]), [True, False, True])

    assert ranges.greatest.tolist() == [inf, 50, inf]
    assert ranges.least.tolist() == [0, 50, 50]


def test_hierarchy_of_wards_in_boroughs_in_a_region():
    # Region 60 = boroughs 25 + 35; the first borough = wards 3 + 22. Its total is withheld with both wards.
    cells = cells_with_sums([60, 25, 35, 3, 22], [(0, [1, 2]), (1, [3, 4])])

    ranges = audit_cells(cells, [False, True, False, True, True])

    assert ranges.least.tolist() == [60, 25, 35, 0, 0]
    assert ranges.greatest.tolist() == [60, 25, 35, 25, 25]


def test_contradicting_table_is_refused():
    with pytest.raises(ValueError, match="contradict each other"):
        audit_table([3, 4, 5], [False, False, False])
    with pytest.raises(ValueError, match="contradict each other"):
        audit_table([9, 1, 5], [False, True, False])


def test_mask_must_fit():
    with pytest.raises(ValueError, match="mask is"):
        audit_table([3, 4, 7], [True])


@pytest.mark.parametrize(
    ("least", "greatest", "narrow"),
    [(0, 5, False), (1, 5, False), (2, 5, True), (0, 4, True), (0, 0, False), (5, 9, False), (0, inf, False)],
)
def test_range_is_too_narrow_unless_every_count_to_the_threshold_is_in_it(least, greatest, narrow):
    assert Ranges(np.array([least]), np.array([greatest])).too_narrow(5).tolist() == [narrow]


@quick
@given(
    arrays(np.int64, (2, 3), elements=st.integers(0, 3)),
    arrays(np.bool_, (3, 4)),
    st.booleans(),
)
def test_ranges_are_those_of_every_table_written_down(counts, withheld, whole):
    table = with_totals(counts)
    tables = every_table(table, withheld, 7)

    ranges = audit_table(table, withheld, whole=whole)

    assert (ranges.least == tables.min(axis=0)).all()
    bounded = ranges.greatest < inf
    assert (ranges.greatest[bounded] == tables.max(axis=0)[bounded]).all()


@quick
@given(arrays(np.int64, (2, 2, 2), elements=st.integers(0, 2)), arrays(np.bool_, (3, 3, 3)))
def test_ranges_in_three_dimensions_hold_those_of_every_table(counts, withheld):
    table = with_totals(counts)
    tables = every_table(table, withheld, 4)

    ranges = audit_table(table, withheld, whole=True)

    # A cell that is limited only by other unknowns may go beyond the ceiling of what was written down.
    assert (ranges.least <= tables.min(axis=0)).all()
    assert (ranges.greatest >= tables.max(axis=0)).all()
    tight = ranges.greatest <= 4
    assert (ranges.greatest[tight] == tables.max(axis=0)[tight]).all()
