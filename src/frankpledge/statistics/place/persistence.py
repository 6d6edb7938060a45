"""What becomes of hot spots: new, persistent, come and go, diminishing, gone."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

LEAST_PERIODS = 4
# Hot in four fifths of the periods is hot as a rule.
_PERSISTENT = 0.8


class Persistence(StrEnum):
    """What a place has been over several periods."""

    NEW = "new"
    PERSISTENT = "persistent"
    DIMINISHING = "diminishing"
    COMES_AND_GOES = "comes and goes"
    GONE = "gone"
    NEVER = "never hot"


def classify_hot_spots(hot: Sequence[NDArray[np.bool_]], recent: int = 1) -> NDArray[np.object_]:
    """Say of every cell what it has been.

    Parameters
    ----------
    hot
        For each period, the earliest first, which cells were hot (`clusters.hot_cells`): arrays of one shape. Periods
        of one length, four or more.
    recent
        How many of the last periods are the present.

    Returns
    -------
    array of Persistence, of the shape of each period
        *New*: hot at present, never before. *Persistent*: hot in four fifths of all periods and at present.
        *Diminishing*: hot in half or more of the earlier periods and no longer at present. *Gone*: hot before, less
        often, and not at present. *Comes and goes*: hot at present and now and then before.

    Raises
    ------
    ValueError
        If there are fewer than four periods, they are not of one shape, or fewer than half lie before the present.
    """
    if len(hot) < LEAST_PERIODS or not 1 <= recent <= len(hot) // 2:
        raise ValueError(f"Four periods or more are needed, at most half of them recent; not {len(hot)}, {recent}.")
    if len({np.shape(one) for one in hot}) > 1:
        raise ValueError("The periods' grids differ in shape; make them from one grid.")
    periods = np.stack([np.asarray(one, dtype=bool) for one in hot])
    now, before = periods[-recent:].any(axis=0), periods[:-recent].mean(axis=0)
    found = np.empty(now.shape, dtype=object)
    found[...] = Persistence.NEVER
    found[before > 0] = Persistence.GONE
    found[before >= 0.5] = Persistence.DIMINISHING
    found[now] = Persistence.COMES_AND_GOES
    found[now & (periods.mean(axis=0) >= _PERSISTENT)] = Persistence.PERSISTENT
    found[now & (before == 0)] = Persistence.NEW
    return found
