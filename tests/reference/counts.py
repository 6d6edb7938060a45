"""Counts taken from publishers' files in the plainest Python there is: no warehouse, no engine, no mapping of labels.

What each indicator counts is written out here a second time, by hand, from the publishers' own words.
"""

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

Row = dict[str, str]


def rows(path: Path) -> Iterator[Row]:
    """Every row of a gzip CSV."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def months(first: str, last: str) -> list[str]:
    """``2018-01`` to ``2018-12``, both included."""
    found, (year, month) = [], (int(part) for part in first.split("-"))
    while f"{year:04d}-{month:02d}" <= last:
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def wide_count(path: Path, wanted: Callable[[Row], bool], first: str, last: str) -> int:
    """Sum of the month columns of the rows wanted, in a table of counts."""
    columns = [month.replace("-", "") for month in months(first, last)]
    return sum(int(row[column]) for row in rows(path) if wanted(row) for column in columns)


def street_count(folder: Path, lsoas: set[str], wanted: Callable[[Row], bool], first: str, last: str) -> int:
    """Records of street files in small areas, one for each row."""
    found = 0
    for month in months(first, last):
        for path in folder.glob(f"{month}-*-street.csv.gz"):
            found += sum(row["LSOA code"] in lsoas and wanted(row) for row in rows(path))
    return found


def lsoas_of(lookup: Path, authority: str) -> set[str]:
    """Small areas of 2011 and of 2021 in an authority, by the look-up from one to the other."""
    both: set[str] = set()
    for row in rows(lookup):
        if row["LAD22CD"] == authority:
            both |= {row["LSOA11CD"], row["LSOA21CD"]}
    return both
