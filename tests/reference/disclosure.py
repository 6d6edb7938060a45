"""What a reader can work out, the long way: every table is written down and those that disagree are struck out.

Nothing is shared with the package but the layout: totals stand last on each axis.
"""

import itertools

import numpy as np


def every_table(table, withheld, ceiling):
    """Every table of whole numbers that agrees with what is shown, totals and all, one a row.

    A cell is no greater than any shown total it is in, and otherwise no greater than the ceiling.
    """
    table, withheld = np.asarray(table), np.asarray(withheld, dtype=bool)
    inner = tuple(range(length - 1) for length in table.shape)
    options = [range(table[at], table[at] + 1) for at in itertools.product(*inner)]
    for place, at in enumerate(itertools.product(*inner)):
        if withheld[at]:
            above = [ceiling, *(table[one] for one in totals_of(at, table.shape) if not withheld[one])]
            options[place] = range(min(above) + 1)
    filled = np.array(np.meshgrid(*options, indexing="ij")).reshape(len(options), -1).T
    for axis in range(table.ndim):
        shape = (-1, *table.shape[:axis], *(length - 1 for length in table.shape[axis:]))
        filled = filled.reshape(shape)
        filled = np.concatenate([filled, filled.sum(axis=axis + 1, keepdims=True)], axis=axis + 1)
    agree = (filled == table) | withheld
    return filled[agree.reshape(len(filled), -1).all(axis=1)]


def totals_of(at, shape):
    """Where the totals stand that a cell is part of."""
    for summed in itertools.product([False, True], repeat=len(at)):
        if any(summed):
            yield tuple(shape[axis] - 1 if over else at[axis] for axis, over in enumerate(summed))


def is_kept(table, primary, withheld, threshold, ceiling):
    """Whether every count from 1 to the threshold is still possible in each small cell."""
    tables = every_table(table, withheld, ceiling)
    wanted = set(range(1, threshold + 1))
    return all(wanted <= set(tables[(slice(None), *at)].tolist()) for at in np.argwhere(primary).tolist())


def every_count(sums, limits, ceiling):
    """Every list of parts of which each sum lies within its limits, one a row."""
    parts = sums.shape[1]
    tops = [
        min([ceiling, *(high for row, (_, high) in zip(sums, limits, strict=True) if row[at])]) for at in range(parts)
    ]
    filled = np.array(np.meshgrid(*(range(int(top) + 1) for top in tops), indexing="ij")).reshape(parts, -1).T
    low, high = np.array(limits, dtype=float).T
    come_to = filled @ sums.T
    return filled[((come_to >= low) & (come_to <= high)).all(axis=1)]
