"""The cheapest set of cells to withhold, for questions small enough: cutting planes.

After Fischetti and Salazar (2001), "Solving the Cell Suppression Problem on Tabular Data with Linear
Constraints", *Management Science* 47.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from frankpledge.disclosure.attack import TOLERANCE, Numbers
from frankpledge.disclosure.cells import Cells, Mask

# Rounds and nodes, not seconds, so that a slower computer has the same answer.
ROUNDS = 60
NODES = 2_000


@dataclass(frozen=True)
class _Move:
    """How far a small count must be able to go, and which way, for a reader not to know it."""

    at: int
    far: int
    sign: int


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
    everything = _moves(cells, primary, threshold)
    watched: list[_Move] = []
    for _ in range(ROUNDS):
        chosen = _cheapest(prices, primary, cuts, levels)
        if chosen is None:
            return None
        # Most small counts never fail: they are looked at only when those that once did no longer do.
        failed = _failing(cells, chosen, watched) or _failing(cells, chosen, everything)
        if not failed:
            return chosen
        watched += [move for move in failed if move not in watched]
        cuts += failed.values()
        levels += [float(move.far) for move in failed]
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


def _moves(cells: Cells, primary: Mask, threshold: int) -> list[_Move]:
    counts = [(at, int(cells.values[at])) for at in np.flatnonzero(primary).tolist()]
    up = [_Move(at, threshold - count, 1) for at, count in counts]
    return up + [_Move(at, count - 1, -1) for at, count in counts if count > 1]


def _failing(cells: Cells, chosen: Mask, moves: list[_Move]) -> dict[_Move, Numbers]:
    """The moves that a set does not let be made, with a cut for each."""
    cuts = {move: _cut(cells, chosen, move) for move in moves}
    return {move: cut for move, cut in cuts.items() if cut is not None}


def _cut(cells: Cells, chosen: Mask, move: _Move) -> Numbers | None:
    """What must be true of any set that lets a cell move so far, when this one does not."""
    columns = np.flatnonzero(chosen)
    place = int(np.searchsorted(columns, move.at))
    bounds = [(-float(count), inf) for count in cells.values[columns]]
    bounds[place] = (max(bounds[place][0], -move.far), move.far)
    wanted = np.zeros(len(columns))
    wanted[place] = -move.sign
    sides = np.zeros(cells.relations.shape[0])
    # The stubs know dense matrices only.
    found = linprog(wanted, A_eq=cells.relations[:, columns], b_eq=sides, bounds=bounds)  # type: ignore[call-overload]
    if found.status == 0 and -found.fun >= move.far - TOLERANCE:
        return None
    return _weights(cells, found.eqlin.marginals, move)


def _weights(cells: Cells, duals: Numbers, move: _Move) -> Numbers:
    reduced = -(cells.relations.T @ duals)
    reduced[move.at] -= move.sign
    falling = np.clip(reduced, 0, None) * cells.values
    weights = np.minimum(np.where(reduced < -TOLERANCE, move.far, falling), move.far)
    weights[move.at] = 0
    return np.where(weights > TOLERANCE, weights, 0.0)
