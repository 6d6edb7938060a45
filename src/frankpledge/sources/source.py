"""The contract between a source and those who use it: `Source`, `Sample`, `Tidied`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import duckdb

from frankpledge.provenance import RawFile

OGL_2 = "Open Government Licence v2.0"
OGL_3 = "Open Government Licence v3.0"


class Issue(StrEnum):
    """How a publisher issues a dataset."""

    WHOLE = "whole"  # each file is a release of its own, and stands beside the earlier ones
    MONTHLY = "monthly"  # each file adds a month; together they are one release, named by the last


class Stage(StrEnum):
    """When a source is tidied: counts are placed in areas, so areas come first."""

    AREAS = "areas"
    PEOPLE = "people"
    COUNTS = "counts"


@dataclass(frozen=True)
class Break:
    """A month from which a dataset is counted in another way, and what to say of it.

    `areas` are those it touches; all of them where none is named.
    """

    month: int
    words: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What a dataset is, before any file of it is opened.

    Attributes
    ----------
    slug, dataset
        Of the source, and of the series its rows belong to.
    cadence
        How often it is published, in words.
    looks_like
        How its files are recognised, in words, for a person whose file was not.
    caveats
        What a reader of its figures must know.
    sensitivity
        ``open``, or ``personal`` for files with people in them.
    policy
        Disclosure policy (see `frankpledge.disclosure`).
    provisional_months
        How many of the newest months are still revised after publication.
    breaks
        Months from which it is counted in another way.
    part_of_offences
        True where a file holds the offences its sender chose, which may not be all: no total is made of it
        then, unless it has all that the indicator says it must include.
    labels
        Family of the publisher's words for offences, in ``definitions/sources``; empty where there is none.
    areas
        How the codes of the authorities begin that it covers: ``E09`` for London alone; empty for all.
    steady
        False where records do not come as evenly as crimes do, so that few of them in an area or a month are no
        sign of a file cut short.
    leans
        True where a file is read by what files before it say: never before they are taken in.
    seen
        False where the source was made from the publisher's documented layout, and no real file has been read.
    """

    slug: str
    title: str
    publisher: str
    dataset: str
    licence: str
    cadence: str
    looks_like: str
    stage: Stage = Stage.COUNTS
    issue: Issue = Issue.WHOLE
    caveats: tuple[str, ...] = ()
    sensitivity: str = "open"
    policy: str = "open"
    provisional_months: int = 0
    breaks: tuple[Break, ...] = ()
    part_of_offences: bool = False
    labels: str = ""
    seen: bool = True
    areas: str = ""
    steady: bool = True
    leans: bool = False


@dataclass(frozen=True)
class Sample:
    """The beginning of a file: enough to recognise it.

    Attributes
    ----------
    name
        The file's name, for messages only: recognition never rests on it.
    form
        ``table`` (CSV), ``workbook`` (XLSX, XLS or ODS), ``map`` (GeoJSON or GeoPackage) or ``unknown``.
    columns
        Header cells of a table, or the attribute names of a map; of a workbook, those of its first table.
    first_row
        The first row under the header, by column; empty for a map.
    sheets
        Of a workbook: sheet → its first rows, as text.
    """

    name: str
    form: str
    columns: tuple[str, ...]
    first_row: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, list[list[str]]] = field(default_factory=dict)

    @property
    def tabular(self) -> bool:
        """Whether it is a table with a heading, whatever wrote it: CSV or a sheet of a workbook."""
        return self.form in ("table", "workbook")

    def has(self, *columns: str) -> bool:
        """Whether every one of these columns is there."""
        return set(columns) <= set(self.columns)


@dataclass(frozen=True)
class Rows:
    """A query whose rows go into a table of the warehouse, column by name.

    A record for ``incident`` whose ``area_code`` is null is placed when it enters: by its ``longitude`` and
    ``latitude``, by its ``place``, or by columns that only the placing reads and nothing keeps: ``postcode``
    (full, outward only, or an address that ends in a full one), ``easting`` and ``northing``. Of a personal
    record a postcode says nearly who it is of.

    `dataset` names the series they belong to, where it is another than the source's own: one file may hold
    counts of two sorts of area, which must never be summed together.
    """

    table: str
    query: str
    dataset: str = ""


@dataclass(frozen=True)
class Tidied:
    """What a source made of one file: queries that the build runs.

    Attributes
    ----------
    release
        Which issue of the dataset the file is; for monthly issues, its month.
    rows
        What goes where. Queries may name temporary tables and views that `tidy` made.
    rows_read
        Rows in the file, its heading aside.
    refused
        Query of the rows that cannot be used (row, reason, text).
    rows_kept
        Rows of the file that are used; None where the first query yields one row for each.
    unknown_labels
        Query of the publisher's words for offences that nobody has mapped.
    first_month, last_month
        Months the file covers, from what it holds.
    force
        Police force whose area the file covers, as the file names it; empty where that is not how it is cut.
    invented
        True when the file says that its records are made up.
    """

    release: str
    rows: tuple[Rows, ...]
    rows_read: int
    refused: str | None = None
    rows_kept: int | None = None
    unknown_labels: str | None = None
    first_month: int | None = None
    last_month: int | None = None
    force: str = ""
    invented: bool = False


Recognise = Callable[[Sample], bool]
Tidy = Callable[[duckdb.DuckDBPyConnection, RawFile], Tidied]
