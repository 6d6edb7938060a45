"""Which counts to withhold besides the small ones, so that subtraction does not give those back.

A small count alone in its row is its total less the others. Others are therefore withheld too, and what is
promised is stated, kept and proved in `protect_cells`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import hstack

from frankpledge.disclosure.attack import Numbers
from frankpledge.disclosure.cells import Cells, Integers, Mask, cells_of_table, with_totals
from frankpledge.disclosure.choosing import least_withheld

# Above this many cells times small counts the best choice is not looked for: a good one must do.
SMALL_ENOUGH = 100_000
# The same where a cell is part of three sums or more, as in three dimensions: there the search is far slower.
SMALL_ENOUGH_WHEN_LINKED = 1_000


class Loss(StrEnum):
    """What withholding a cell costs."""

    COUNTS = "counts"
    CELLS = "cells"


@dataclass(frozen=True, eq=False)
class Protection:
    """What to withhold, as masks in the shape of what was asked of.

    Attributes
    ----------
    primary
        Withheld because the count is small.
    secondary
        Withheld so that no primary can be worked out.
    exposed
        Small counts that can be worked out all the same, from what was already public. Normally empty.
    loss
        Sum of what the secondary cells cost.
    best
        Whether no choice costs less; otherwise the choice is good, and not shown to be the best.
    """

    primary: Mask
    secondary: Mask
    exposed: Mask
    loss: float
    best: bool

    @property
    def withheld(self) -> Mask:
        """Everything that is not to be shown; both kinds carry the same mark, or the mark gives them away."""
        return self.primary | self.secondary


def protect_table(
    counts: ArrayLike,
    threshold: int,
    *,
    loss: Loss = Loss.COUNTS,
    published_totals: Iterable[tuple[int, ...]] | None = None,
    already_public: ArrayLike | None = None,
) -> Protection:
    """Choose what to withhold of a table and of its totals.

    Parameters
    ----------
    counts
        Inner cells, whole numbers, in one, two or three dimensions.
    threshold
        Smallest count above nought that may be shown; 0 or 1 withholds nothing.
    loss
        Whether to lose as few counts or as few cells as can be.
    published_totals
        Which totals are published, each as the axes it sums over: of wards by months, `(1,)` is the total of
        each ward, `(0,)` of each month, and `(0, 1)` the grand total. All of them unless given.
    already_public
        Mask, with totals, of cells that are out already and so cannot be withheld.

    Returns
    -------
    Protection
        With totals last on each axis, as `with_totals` lays them out. See `protect_cells` for the promise.
        Totals that are not published are in none of the masks.
    """
    table = with_totals(counts)
    shown = _shown(table.shape, published_totals)
    found = protect_cells(
        cells_of_table(counts),
        threshold,
        cost=_costs(table, loss).ravel(),
        shown=shown.ravel(),
        already_public=None if already_public is None else np.asarray(already_public, dtype=bool).ravel(),
    )
    primary, secondary, exposed = (
        one.reshape(table.shape) & shown for one in (found.primary, found.secondary, found.exposed)
    )
    return Protection(primary, secondary, exposed, found.loss, found.best)


def _shown(shape: tuple[int, ...], published: Iterable[tuple[int, ...]] | None) -> Mask:
    if published is None:
        return np.ones(shape, dtype=bool)
    summed = np.array([np.indices(shape)[axis] == shape[axis] - 1 for axis in range(len(shape))])
    kinds = [(), *published]
    return np.asarray(np.any([np.all(summed == _over(axes, summed), axis=0) for axes in kinds], axis=0))


def _over(axes: tuple[int, ...], summed: Mask) -> Mask:
    return np.isin(np.arange(len(summed)), axes).reshape(-1, *[1] * (summed.ndim - 1))


def _costs(table: Integers, loss: Loss) -> Numbers:
    # One more than the count, since a withheld nought is a loss too.
    return (table + 1 if loss is Loss.COUNTS else np.ones_like(table)).astype(float)


def protect_cells(
    cells: Cells,
    threshold: int,
    *,
    cost: ArrayLike | None = None,
    shown: ArrayLike | None = None,
    already_public: ArrayLike | None = None,
) -> Protection:
    """Choose what to withhold of any cells that add up: hierarchies, linked tables, tables.

    Parameters
    ----------
    cells
        Counts and the sums that readers know.
    threshold
        Smallest count above nought that may be shown; 0 or 1 withholds nothing.
    cost
        What is lost by withholding each cell; the count and one more unless given.
    shown
        Mask of the cells that are meant for publication, all unless given. The others are withheld at no
        cost, and are protected too.
    already_public
        Mask of the cells that cannot be withheld, because they are out. A small one among them is out as well.

    Returns
    -------
    Protection

    Raises
    ------
    ValueError
        If the threshold is below 0, a mask or the costs do not fit the cells, or a cost is not above nought.

    Notes
    -----
    The promise. For every small count that is withheld and not `exposed`, and for every whole number from 1
    to the threshold, there is a table of whole numbers of zero or more that agrees with everything shown and
    has that number in that cell. Each such table has been found, not inferred, so the promise holds against
    a reader who uses whole numbers too.

    It follows that no sum of cells with a small one among them can be shown to be below the threshold, since
    that one alone may reach it. When all cells are sums of inner cells, that is true of every set of inner
    cells whose own count is small: such a set has a small inner cell in it.

    Rounding what is shown afterwards takes nothing from the promise: every table that agreed still does.

    What is not promised: that a reader who runs this very program over every table that agrees learns nothing
    from the choice it made; and anything of counts that were published elsewhere, for which see
    `differencing`.

    The choice. A table close to the true one, in which the cell has the other number, costs what the shown
    cells in it cost that differ: those are withheld. Afterwards each is shown again where the promise allows.
    For small questions the cheapest choice of all is found by the cutting planes of Fischetti and Salazar
    (2001, *Management Science* 47). There is no chance in it: the same table has the same answer.
    """
    if threshold < 0:
        raise ValueError(f"A threshold is 0 or more, not {threshold}.")
    prices = _prices(cells, cost, shown, already_public)
    primary = (cells.values >= 1) & (cells.values < threshold) & (prices < inf)
    good = _Choice(cells, prices, primary, threshold)
    good.withhold_and_prune()
    best = False
    if good.secondary.any() and not good.exposed and primary.sum() * len(prices) <= _small_enough(cells):
        good, best = _cheaper(good)
    exposed = np.isin(np.arange(len(prices)), sorted(good.exposed))
    nothing_lost = good.loss == 0 and not good.exposed
    return Protection(primary, good.secondary & (prices > 0), exposed, good.loss, best or nothing_lost)


def _small_enough(cells: Cells) -> int:
    sums_of_each = np.bincount(cells.relations.indices, minlength=1)
    return SMALL_ENOUGH if sums_of_each.max() <= 2 else SMALL_ENOUGH_WHEN_LINKED


def _prices(cells: Cells, cost: ArrayLike | None, shown: ArrayLike | None, public: ArrayLike | None) -> Numbers:
    """What withholding costs, where what is not shown anyway costs nothing and what is out cannot be had."""
    prices = np.array(cells.values + 1 if cost is None else cost, dtype=float)
    seen = np.ones(prices.shape, dtype=bool) if shown is None else np.asarray(shown, dtype=bool)
    out = np.zeros(prices.shape, dtype=bool) if public is None else np.asarray(public, dtype=bool)
    if not prices.shape == seen.shape == out.shape == cells.values.shape:
        raise ValueError("Costs and masks must have one entry for each cell.")
    if not (prices > 0).all():
        raise ValueError("What withholding a cell costs must be above nought.")
    return np.where(out, inf, np.where(seen, prices, 0.0))


def _cheaper(good: _Choice) -> tuple[_Choice, bool]:
    """The cheapest choice when it can be found and keeps the promise, and whether it is that."""
    chosen = least_withheld(good.cells, good.prices, good.primary, good.threshold)
    if chosen is None:
        return good, False
    other = _Choice(good.cells, good.prices, good.primary, good.threshold)
    other.secondary |= chosen & ~good.primary
    ideal = other.loss
    other.withhold_and_prune()
    # Whole tables can ask for more than the linear programs know; then the choice has been added to.
    return (other, other.loss <= ideal) if other.loss <= good.loss else (good, False)


@dataclass(eq=False)
class _Choice:
    """A choice in the making, with the tables that prove it.

    A proof of (cell, count) is how another table differs from the true one: it has that count in that cell,
    and differs in withheld cells only.
    """

    cells: Cells
    prices: Numbers
    primary: Mask
    threshold: int
    secondary: Mask = field(init=False)
    exposed: set[int] = field(default_factory=set)
    proofs: dict[tuple[int, int], Integers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.secondary = (self.prices == 0) & ~self.primary

    @property
    def loss(self) -> float:
        return float(self.prices[self.secondary].sum())

    @property
    def withheld(self) -> Mask:
        return self.primary | self.secondary

    def withhold_and_prune(self) -> None:
        self._withhold()
        self._show_again()

    def _asked(self) -> Iterator[tuple[int, int]]:
        """What must be proved; the ends first, since they are the hardest and prove most between them."""
        counts = sorted(range(1, self.threshold + 1), key=lambda count: (1 < count < self.threshold, -count))
        places = np.flatnonzero(self.primary).tolist()
        return ((at, count) for count in counts for at in places if count != self.cells.values[at])

    def _withhold(self) -> None:
        for asked in self._asked():
            if asked in self.proofs or asked[0] in self.exposed:
                continue
            change = self._cheapest(asked, self.prices)
            if change is None:
                self.exposed.add(asked[0])
            else:
                self.secondary |= (change != 0) & ~self.primary
                self._keep(asked, change)

    def _keep(self, asked: tuple[int, int], change: Integers) -> None:
        """A table proves what was asked of it, and whatever else it happens to show."""
        for at in np.flatnonzero(self.primary & (change != 0)).tolist():
            count = int(self.cells.values[at] + change[at])
            if 1 <= count <= self.threshold:
                self.proofs.setdefault((at, count), change)
        self.proofs[asked] = change
        at, count = asked
        # Part of the way to a table is a table as well, where the steps are whole.
        far = count - int(self.cells.values[at])
        if not (change % far).any():
            for step in range(1, abs(far)):
                between = int(self.cells.values[at]) + (step if far > 0 else -step)
                self.proofs.setdefault((at, between), change // abs(far) * step)

    def _show_again(self) -> None:
        """Show each cell again, dearest first, whenever everything can be proved without it."""
        given = np.flatnonzero(self.secondary & (self.prices > 0))
        for at in given[np.argsort(-self.prices[given], kind="stable")].tolist():
            self._try_without(at)

    def _try_without(self, at: int) -> None:
        proofs = dict(self.proofs)
        for asked in [one for one, change in proofs.items() if change[at]]:
            del self.proofs[asked]
        self.secondary[at] = False
        closed = np.where(self.withheld, self.prices, inf)
        for asked in self._asked():
            if asked in self.proofs or asked[0] in self.exposed:
                continue
            change = self._cheapest(asked, closed)
            if change is None:
                self.proofs, self.secondary[at] = proofs, True
                return
            self._keep(asked, change)

    def _cheapest(self, asked: tuple[int, int], prices: Numbers) -> Integers | None:
        at, count = asked
        steps = np.where(self.withheld, 0.0, prices)
        return cheapest_change(self.cells, steps, at, count - int(self.cells.values[at]))


def cheapest_change(cells: Cells, prices: ArrayLike, at: int, by: int) -> Integers | None:
    """How another table differs from the true one, when one cell differs by so much, at the least price.

    Parameters
    ----------
    cells
        The true counts and their sums.
    prices
        What it costs to change each cell by one; infinite where it must not change.
    at
        The cell that changes.
    by
        By how much.

    Returns
    -------
    Integers | None
        The change in every cell; None when there is no such table of whole numbers of zero or more.
    """
    cost = np.asarray(prices, dtype=float)
    free = np.flatnonzero((cost < inf) | (np.arange(len(cost)) == at))
    place = int(np.searchsorted(free, at))
    up, down = np.full(len(free), inf), cells.values[free].astype(float)
    up[place], down[place] = max(by, 0), max(-by, 0)
    fixed = Bounds(np.zeros(2 * len(free)), np.concatenate([up, down]))
    fixed.lb[[place, len(free) + place]] = up[place], down[place]
    found = _solved(cells, free, np.where(np.isin(free, at), 0, cost[free]), fixed)
    if found is None:
        return None
    change = np.zeros(len(cost), dtype=np.int64)
    change[free] = found[: len(free)] - found[len(free) :]
    return change


def _solved(cells: Cells, free: Integers, cost: Numbers, bounds: Bounds) -> Integers | None:
    # A little on every step, so that a table no further off than it need be is found.
    steps = np.tile(cost + 0.001, 2)
    columns = cells.relations[:, free]
    sums = LinearConstraint(hstack([columns, -columns], format="csr"), 0, 0)
    # Whole numbers come of themselves in most tables, and asking for them takes three times as long.
    for whole in (0, 1):
        found = milp(steps, constraints=sums, bounds=bounds, integrality=np.full(len(steps), whole))
        if found.x is None:
            return None
        rounded = np.rint(found.x).astype(np.int64)
        if np.abs(found.x - rounded).max() < 1e-6:
            return rounded
    return None
