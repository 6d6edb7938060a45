"""The cheapest set of cells to withhold, for questions small enough: cutting planes.

After Fischetti and Salazar (2001), "Solving the Cell Suppression Problem on Tabular Data with Linear
Constraints", *Management Science* 47.
"""

from __future__ import annotations

from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from frankpledge.disclosure.attack import TOLERANCE, Numbers
from frankpledge.disclosure.cells import Cells, Mask

# Rounds and nodes, not seconds, so that a slower computer has the same answer.
ROUNDS = 60
NODES = 2_000


def least_withheld(cells: Cells, prices: Numbers, primary: Mask, threshold: int) -> Mask | None:
    """The cheapest set of cells whose withholding leaves every small count a range from 1 to the threshold.

    Parameters
    ----------
    cells
        Counts and their sums.
    prices
        What each cell costs; 0 where it is withheld anyway, infinite where it cannot be.
    primary
        The small counts to be protected, which are withheld.
    threshold
        Smallest count above nought that may be shown.

    Returns
    -------
    Mask | None
        All that is withheld; None when it was not found within `ROUNDS`, or does not exist.

    Notes
    -----
    Ranges are those of linear programs, so that a set in a table of three dimensions may still have to be added to.

    A set that fails is ruled out by the dual of the program that shows it: the dual names cells of which at
    least some must be withheld if the small count is to move far enough.
    """
    cuts: list[Numbers] = []
    levels: list[float] = []
    for _ in range(ROUNDS):
        chosen = _cheapest(prices, primary, cuts, levels)
        if chosen is None:
            return None
        failed = _failing(cells, chosen, primary, threshold)
        if not failed:
            return chosen
        cuts += [weights for weights, _ in failed]
        levels += [level for _, level in failed]
    return None


def _cheapest(prices: Numbers, primary: Mask, cuts: list[Numbers], levels: list[float]) -> Mask | None:
    taken = (primary | (prices == 0)).astype(float)
    possible = np.where(prices < inf, 1.0, 0.0)
    rules = LinearConstraint(csr_array(np.array(cuts)), lb=np.array(levels)) if cuts else None
    found = milp(
        np.where((prices < inf) & ~primary, prices, 0.0),
        constraints=rules,
        bounds=Bounds(taken, np.maximum(possible, taken)),
        integrality=np.ones(len(prices), dtype=int),
        options={"node_limit": NODES, "mip_rel_gap": 0},
    )
    return found.x > 0.5 if found.status == 0 and found.x is not None else None


def _failing(cells: Cells, chosen: Mask, primary: Mask, threshold: int) -> list[tuple[Numbers, float]]:
    """A cut for each small count that cannot go up to the threshold or down to 1."""
    ways = [(at, threshold - int(cells.values[at]), 1) for at in np.flatnonzero(primary).tolist()]
    ways += [(at, int(cells.values[at]) - 1, -1) for at in np.flatnonzero(primary).tolist()]
    found = (_cut(cells, chosen, at, far, sign) for at, far, sign in ways if far)
    return [one for one in found if one is not None]


def _cut(cells: Cells, chosen: Mask, at: int, far: int, sign: int) -> tuple[Numbers, float] | None:
    """What must be true of any set that lets a cell move so far, when this one does not."""
    columns = np.flatnonzero(chosen)
    place = int(np.searchsorted(columns, at))
    bounds = [(-float(count), inf) for count in cells.values[columns]]
    bounds[place] = (max(bounds[place][0], -far), far)
    wanted = np.zeros(len(columns))
    wanted[place] = -sign
    sides = np.zeros(cells.relations.shape[0])
    # The stubs know dense matrices only.
    found = linprog(wanted, A_eq=cells.relations[:, columns], b_eq=sides, bounds=bounds)  # type: ignore[call-overload]
    if found.status == 0 and -found.fun >= far - TOLERANCE:
        return None
    return _weights(cells, found.eqlin.marginals, at, far, sign), float(far)


def _weights(cells: Cells, duals: Numbers, at: int, far: int, sign: int) -> Numbers:
    reduced = -(cells.relations.T @ duals)
    reduced[at] -= sign
    falling = np.clip(reduced, 0, None) * cells.values
    weights = np.minimum(np.where(reduced < -TOLERANCE, far, falling), far)
    weights[at] = 0
    return np.where(weights > TOLERANCE, weights, 0.0)
