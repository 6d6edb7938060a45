"""What a reader can work out of counts that are withheld, from those that are shown.

The reader knows every shown count, every sum, and that a count is a whole number of zero or more. For each
withheld cell, two linear programs give the least and the greatest count that still agree with all of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from frankpledge.disclosure.cells import Cells, Mask, cells_with_sums, sums_of_shape

Numbers = NDArray[np.float64]

# Solvers answer in floating point; the counts behind are whole.
TOLERANCE = 1e-6

CONTRADICTION = "No counts agree with what is shown: its sums contradict each other."


@dataclass(frozen=True, eq=False)
class Ranges:
    """The least and the greatest count that each cell can have; of a shown cell, its count.

    Attributes
    ----------
    least, greatest
        Whole numbers as floats, in the shape of what was asked of. `greatest` is infinite where nothing
        shown limits the cell.
    """

    least: Numbers
    greatest: Numbers

    def too_narrow(self, threshold: int) -> Mask:
        """Withheld cells of which a reader learns that, or how, they are small.

        Parameters
        ----------
        threshold
            Smallest count above nought that may be shown.

        Returns
        -------
        Mask
            True where a small count is possible, but not every count from 1 to the threshold.
            Cells of a shown count are true when that count is small.
        """
        small = (self.least < threshold) & (self.greatest >= 1)
        return small & ((self.least > 1) | (self.greatest < threshold))


def audit_cells(cells: Cells, withheld: ArrayLike, *, whole: bool = False) -> Ranges:
    """The range of each withheld cell.

    Parameters
    ----------
    cells
        Counts and their sums. Counts under `withheld` are used only to make sure that the sums hold.
    withheld
        Mask of the cells that readers do not see.
    whole
        Ask for ranges of whole tables, by integer programs. Without it a range can be wider than what a
        patient reader could find, in tables of three dimensions and in linked ones; in tables of one or two
        dimensions the ends of both are the same.

    Returns
    -------
    Ranges
        One per cell.
    """
    hidden = np.asarray(withheld, dtype=bool)
    columns = np.flatnonzero(hidden)
    known = -(cells.relations[:, np.flatnonzero(~hidden)] @ cells.values[~hidden])
    least, greatest = cells.values.astype(float), cells.values.astype(float)
    ranges = ranges_within(cells.relations[:, columns], known, whole=whole)
    least[columns], greatest[columns] = ranges.least, ranges.greatest
    return Ranges(least, greatest)


def audit_table(table: ArrayLike, withheld: ArrayLike, *, whole: bool = False) -> Ranges:
    """The range of each withheld cell of a published table with its totals.

    Parameters
    ----------
    table
        Counts with totals last on each axis, as `with_totals` lays them out. What stands under `withheld` is
        not looked at, so that somebody else's published table can be audited.
    withheld
        Mask of the same shape.
    whole
        As in `audit_cells`.

    Returns
    -------
    Ranges
        In the shape of the table.

    Raises
    ------
    ValueError
        If the shapes differ, or no counts at all agree with what is shown.
    """
    counts, hidden = np.asarray(table, dtype=np.int64), np.asarray(withheld, dtype=bool)
    if counts.shape != hidden.shape:
        raise ValueError(f"The table is {counts.shape} and the mask is {hidden.shape}.")
    shown = np.where(hidden, 0, counts).ravel()
    relations = cells_with_sums(np.zeros_like(shown), sums_of_shape(counts.shape)).relations
    columns = np.flatnonzero(hidden)
    inner = ranges_within(relations[:, columns], -(relations @ shown), whole=whole)
    least, greatest = shown.astype(float), shown.astype(float)
    least[columns], greatest[columns] = inner.least, inner.greatest
    return Ranges(least.reshape(counts.shape), greatest.reshape(counts.shape))


def ranges_within(relations: csr_array, known: ArrayLike, *, whole: bool = False) -> Ranges:
    """The range of each unknown of a system: relations times the unknowns equal what is known.

    Parameters
    ----------
    relations
        One column for each unknown count.
    known
        What each relation comes to.
    whole
        As in `audit_cells`.

    Returns
    -------
    Ranges
        One per unknown.

    Raises
    ------
    ValueError
        If no counts agree with what is known.
    """
    sides = np.asarray(known, dtype=float)
    if sides[np.diff(relations.indptr) == 0].any():
        raise ValueError(CONTRADICTION)
    width = relations.shape[1]
    # Far beyond anything the sums can come to: a cell that reaches it is limited by nothing.
    ceiling = 8 * float(np.abs(sides).sum()) + 1000
    sums = LinearConstraint(relations, sides, sides)
    least, greatest = np.zeros(width), np.zeros(width)
    for at in range(width):
        wanted = (np.arange(width) == at).astype(float)
        least[at] = _least(sums, wanted, ceiling, whole)
        greatest[at] = -_least(sums, -wanted, ceiling, whole)
    # A part of what reaches it is short of it by what else is known.
    greatest[greatest >= ceiling / 2] = np.inf
    # Adding nought makes a nought of what is just below it.
    return Ranges(np.ceil(least - TOLERANCE) + 0.0, np.floor(greatest + TOLERANCE))


def _least(sums: LinearConstraint, wanted: Numbers, ceiling: float, whole: bool) -> float:
    found = milp(wanted, constraints=sums, bounds=Bounds(0, ceiling), integrality=np.full(len(wanted), int(whole)))
    if found.x is None:
        raise ValueError(CONTRADICTION)
    return float(found.fun)
