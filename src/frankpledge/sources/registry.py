"""Finds every source in this package, and which of them knows a file."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from pathlib import Path

import duckdb

import frankpledge.sources
from frankpledge.errors import SourceError
from frankpledge.provenance import RawFile
from frankpledge.sources.reading.formats import SAVE, Form, beginning_of, form_of, not_data
from frankpledge.sources.reading.maps import map_columns
from frankpledge.sources.reading.notes import NOTED, forget_notes, name_notes
from frankpledge.sources.reading.tables import HEADING_WITHIN, column_names, first_rows, first_table, heading_row
from frankpledge.sources.reading.workbooks import first_rows_of_sheets
from frankpledge.sources.source import Recognise, Rows, Sample, Source, Tidied, Tidy

# So far into a file anything but blank lines is looked for.
_BLANK = 1 << 16


@dataclass(frozen=True)
class Registered:
    """A source module's three names."""

    source: Source
    recognises: Recognise
    tidy: Tidy


@lru_cache(maxsize=1)
def all_sources() -> dict[str, Registered]:
    """Slug → source, of every module here that has a `SOURCE`, or `SOURCES` that are read from definitions."""
    found: dict[str, Registered] = {}
    for module_info in pkgutil.iter_modules(frankpledge.sources.__path__, "frankpledge.sources."):
        module = importlib.import_module(module_info.name)
        if hasattr(module, "SOURCE"):
            found[module.SOURCE.slug] = Registered(module.SOURCE, module.recognises, _telling(module.tidy))
        for source, recognises, tidy in getattr(module, "SOURCES", {}).values():
            found[source.slug] = Registered(source, recognises, _telling(tidy))
    return dict(sorted(found.items()))


def _telling(tidy: Tidy) -> Tidy:
    """As a source tidies, and what was noticed while the file was read told with it."""

    @wraps(tidy)
    def tidy_and_tell(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
        forget_notes(con)
        try:
            tidied = tidy(con, file)
        except SourceError as error:
            # It is known to people under the name it was given, not the one it is kept under.
            raise SourceError(
                error.happened.replace(file.path.name, file.name),
                f"{error.to_do} “frankpledge remove {file.name}” takes it out; then build again.",
            ) from error
        if not name_notes(con, file.name):
            return tidied
        return replace(tidied, rows=(*tidied.rows, Rows("noticed", NOTED)))

    return tidy_and_tell


def sample_of(path: Path) -> Sample:
    """The beginning of a file; of a workbook, that of each sheet.

    Raises
    ------
    SourceError
        When it is empty, damaged, or something that no figures can be read from.
    """
    if path.stat().st_size == 0 or not beginning_of(path, _BLANK).strip():
        raise SourceError(f"{path.name}: the file is empty.", "Get it again from whoever sent it.")
    form = form_of(path)
    if form is Form.MAP:
        return Sample(path.name, "map", map_columns(path))
    if form is Form.WORKBOOK:
        return _sample_of_workbook(path)
    if form is Form.ARCHIVE:
        raise SourceError(f"{path.name} is an archive of files.", "Unpack it, and add the folder.")
    rows = first_rows(path)
    if not rows:
        raise not_data(path, "no text", SAVE)
    if len(rows[0]) < 2:
        _check_divided(path, rows[0])
        return Sample(path.name, "unknown", ())
    return _sample(path, "table", rows)


def _sample_of_workbook(path: Path) -> Sample:
    sheets = first_rows_of_sheets(path, HEADING_WITHIN)
    table = first_table(sheets)
    if table is None:
        return Sample(path.name, "workbook", (), sheets=sheets)
    rows = [row for row in sheets[table][(heading_row(sheets[table]) or 1) - 1 :] if any(row)]
    return _sample(path, "workbook", rows, sheets)


def _sample(path: Path, form: str, rows: list[list[str]], sheets: dict[str, list[list[str]]] | None = None) -> Sample:
    columns = tuple(column_names(rows[0]))
    twice = [column for number, column in enumerate(columns) if column.lower() in map(str.lower, columns[:number])]
    # Where one of the cells is an address, the row is no heading, and the file has none.
    if twice and not any(column.startswith(("http://", "https://")) for column in columns):
        raise SourceError(
            f"{path.name}: the heading has “{twice[0]}” twice, so it cannot be known which is meant.",
            "Take one of the two columns out.",
        )
    first = dict(zip(columns, rows[1], strict=False)) if len(rows) > 1 else {}
    return Sample(path.name, form, columns, first, sheets or {})


def _check_divided(path: Path, row: list[str]) -> None:
    """A table divided by something else than commas is not read, for commas may stand in its cells."""
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")):
        if row and row[0].count(mark) > 1:
            raise SourceError(
                f"{path.name}: its columns are divided by {name}, not by commas.",
                "Open it in a spreadsheet program and save it as XLSX, or as CSV with commas.",
            )


def recognise(sample: Sample) -> Source | None:
    """The one source that knows a file, or None.

    Raises
    ------
    SourceError
        When two sources claim it, which would make the answer depend on their order.
    """
    claims = [one.source for one in all_sources().values() if one.recognises(sample)]
    if len(claims) > 1:
        names = " and ".join(source.title for source in claims)
        raise SourceError(f"{sample.name} could be {names}.", "Tell us: this is a mistake in Frankpledge.")
    return claims[0] if claims else None
