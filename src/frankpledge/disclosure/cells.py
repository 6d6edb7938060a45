"""Counts, and the sums that readers know hold between them.

A table with its totals, wards in a borough, months in a quarter and offences in a group are all one thing
here: a list of whole numbers, and relations that say "this one is the sum of those".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cells:
    """Counts and the sums between them.

    Attributes
    ----------
    values
        The true counts, whole numbers of zero or more.
    relations
        One row a sum: 1 at the total and -1 at each part, so that the row times the counts is nought.

    Raises
    ------
    ValueError
        If a count is negative, a coefficient is not -1, 0 or 1, or a sum does not hold.
    """

    values: Integers
    relations: csr_array

    def __post_init__(self) -> None:
        if self.values.ndim != 1 or self.relations.shape[1] != len(self.values):
            raise ValueError(f"Relations of {self.relations.shape[1]} cells do not fit {self.values.shape} counts.")
        if (self.values < 0).any():
            raise ValueError("Counts must be zero or more.")
        if not np.isin(self.relations.data, (-1, 0, 1)).all():
            raise ValueError("Relations may hold -1, 0 and 1 only.")
        if wrong := np.flatnonzero(self.relations @ self.values).tolist():
            raise ValueError(f"These sums do not hold: {wrong}.")


def cells_with_sums(values: ArrayLike, sums: Iterable[tuple[int, Collection[int]]]) -> Cells:
    """Counts with sums given by position: hierarchies, linked tables, anything that adds up.

    Parameters
    ----------
    values
        The counts.
    sums
        For each sum the position of the total and the positions of its parts.

    Returns
    -------
    Cells
    """
    counts = _whole(values)
    rows: list[int] = []
    columns: list[int] = []
    signs: list[int] = []
    height = 0
    for total, parts in sums:
        rows += [height] * (len(parts) + 1)
        columns += [total, *parts]
        signs += [1] + [-1] * len(parts)
        height += 1
    return Cells(counts, csr_array((signs, (rows, columns)), shape=(height, len(counts)), dtype=np.int64))


def with_totals(counts: ArrayLike) -> Integers:
    """A table with its totals in one more place at the end of each axis.

    Parameters
    ----------
    counts
        Inner cells in one, two or three dimensions.

    Returns
    -------
    Integers
        At `[-1, -1]` of a table of two dimensions stands the grand total.

    Raises
    ------
    ValueError
        If there are no dimensions or more than three, or the counts are not whole numbers.
    """
    table = _whole(counts)
    if not 1 <= table.ndim <= 3:
        raise ValueError(f"A table has one to three dimensions, not {table.ndim}.")
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def cells_of_table(counts: ArrayLike) -> Cells:
    """The cells of a table and its totals, in the order of `with_totals(counts).ravel()`.

    Parameters
    ----------
    counts
        Inner cells in one, two or three dimensions.

    Returns
    -------
    Cells
        Along each axis, each line of cells adds up to its total.
    """
    table = with_totals(counts)
    return cells_with_sums(table.ravel(), sums_of_shape(table.shape))


def sums_of_shape(shape: tuple[int, ...]) -> list[tuple[int, list[int]]]:
    """The sums of a table whose last place on each axis is a total.

    Parameters
    ----------
    shape
        Shape with totals: 23 by 13 for 22 wards and 12 months.

    Returns
    -------
    list[tuple[int, list[int]]]
        For each sum the position of the total and the positions of its parts.
    """
    at = np.arange(np.prod(shape)).reshape(shape)
    lines = (line for axis in range(at.ndim) for line in np.moveaxis(at, axis, -1).reshape(-1, shape[axis]).tolist())
    return [(line[-1], line[:-1]) for line in lines]


def _whole(counts: ArrayLike) -> Integers:
    table = np.asarray(counts)
    if not np.issubdtype(table.dtype, np.integer):
        raise ValueError("Counts must be whole numbers.")
    return table.astype(np.int64)
