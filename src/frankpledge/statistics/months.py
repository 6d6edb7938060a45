"""A monthly series as counts a day: what the methods for seasons and breaks work on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Of a year.
MONTHS = 12


def daily_counts(counts: Sequence[float], days: Sequence[int]) -> NDArray[np.float64]:
    """Counts a day, month by month; refused with a ValueError where a month is missing or they do not match."""
    seen, length = np.asarray(counts, dtype=np.float64), np.asarray(days, dtype=np.float64)
    if seen.shape != length.shape:
        raise ValueError(f"There are {seen.size} months but {length.size} lengths.")
    if not np.all(np.isfinite(seen) & (seen >= 0)) or np.any(length < 1):
        raise ValueError("Counts must be zero or more, in months of a day or more, with no month missing.")
    return np.asarray(seen / length)
