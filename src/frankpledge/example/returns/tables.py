"""Rows of a return as the columns that a file is written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from frankpledge.example.targets import HARROW
from frankpledge.example.timeline import Whole

Columns = Mapping[str, pa.Array]

HARROW_NAME = "Harrow"


def columns_of(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Columns:
    """Rows turned into columns of text; None is an empty cell."""
    listed = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return {name: pa.array([row[at] for row in listed], pa.string()) for at, name in enumerate(names)}


def words_of(numbers: Whole, words: tuple[str, ...]) -> pa.Array:
    """The word that each number stands for."""
    return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), pa.array(words)).cast(pa.string())


def numbered(before: str, size: int) -> pa.Array:
    """So many references that differ in their number."""
    numbers = np.char.zfill(np.arange(1, size + 1).astype(str), 6)
    return pa.array(np.char.add(before, numbers))


def by_period(measures: Mapping[str, Mapping[str, int]]) -> Columns:
    """A return with a row a period: column → period → count. All columns have the same periods."""
    periods = list(next(iter(measures.values())))
    rows = ((HARROW, HARROW_NAME, period, *(counts[period] for counts in measures.values())) for period in periods)
    return columns_of(("area_code", "area_name", "period", *measures), rows)
