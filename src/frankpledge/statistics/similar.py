"""Which areas are most like one: an open method, from numbers anybody can look up.

The Home Office's most similar groups are worked out in a way that is not published whole. This one is: standardise,
measure the distance, take the nearest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SimilarArea:
    """An area among the nearest: its place in the order given, and its distance, where 1 is a typical one."""

    position: int
    distance: float


def most_similar(
    features: ArrayLike, position: int, number: int = 14, weights: Sequence[float] | None = None
) -> tuple[SimilarArea, ...]:
    """The areas most like one of them.

    Parameters
    ----------
    features
        One row for each area, one column for each thing they are compared by: density, age, deprivation. In any
        units. NaN where it is not known of an area.
    position
        Row of the area whose likes are sought, counted from 0.
    number
        How many to give; fewer where there are fewer.
    weights
        How much each column counts, above zero; alike unless given.

    Returns
    -------
    tuple of SimilarArea
        Nearest first; the area itself left out, and those of which a column is not known, which nobody can place.

    Raises
    ------
    ValueError
        If the area sought has a column that is not known, there are not two areas to compare, or a weight is not
        above zero.

    Notes
    -----
    Each column is turned into ranks among the areas, as shares from 0 to 1, so that one very dense borough does not
    make all others alike; the distance is Euclid's, over that of two areas drawn at random.
    """
    table = np.atleast_2d(np.asarray(features, dtype=np.float64))
    if np.isnan(table[position]).any():
        raise ValueError("The area whose likes are sought has a figure that is not known.")
    weight = np.ones(table.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (table.shape[1],) or not np.all(weight > 0):
        raise ValueError(f"Each of the {table.shape[1]} columns needs a weight above zero.")
    known = np.flatnonzero(~np.isnan(table).any(axis=1))
    if known.size < 2:
        raise ValueError("There is no other area of which everything is known.")
    shares = _shares(table[known])
    here = shares[np.searchsorted(known, position)]
    # Two shares drawn at random differ by a sixth, squared.
    distances = np.sqrt((weight * (shares - here) ** 2).sum(axis=1) / (weight.sum() / 6))
    order = [place for place in np.lexsort((known, distances)) if known[place] != position]
    return tuple(SimilarArea(int(known[place]), float(distances[place])) for place in order[:number])


def _shares(table: Floats) -> Floats:
    return (rankdata(table, axis=0) - 0.5) / len(table)
