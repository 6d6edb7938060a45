"""A partner's file as rows under a template's heading: from a CSV, a sheet, a mapped file or a sealed one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from frankpledge.errors import SourceError
from frankpledge.keys import key_folder
from frankpledge.provenance import RawFile
from frankpledge.sources.partners.judging import Line
from frankpledge.sources.partners.mapping import Mapping, mapped_rows, read_mapping
from frankpledge.sources.partners.sealing import unsealed
from frankpledge.sources.partners.template import Template, template_of
from frankpledge.sources.reading.careful import Row, SetAside, encoding_of, in_order, read_carefully
from frankpledge.sources.reading.formats import damaged
from frankpledge.sources.reading.tables import HEADING_WITHIN, header, under_heading
from frankpledge.sources.reading.workbooks import first_rows_of_sheets, is_workbook, sheet_rows
from frankpledge.sources.source import Sample

SEALED_BESIDES = ("line", "set_aside")
"""Columns of a sealed table before the template's: line of the file as given, and why a row was set aside."""


@dataclass(frozen=True)
class Given:
    """A file's heading, and its rows under it.

    Attributes
    ----------
    dates
        How its sender writes dates, where a mapping says so.
    """

    heading: Sequence[str]
    lines: Iterator[Line]
    dates: str = ""


def template_of_sample(sample: Sample) -> Template | None:
    """The template that a file is of, from its beginning; that of a workbook may be on any of its sheets."""
    if sample.form == "table":
        return template_of(sample.columns)
    found = _table_on(sample.sheets, sample.name) if sample.form == "workbook" else None
    return found[2] if found else None


def read_given(path: Path, mapping: Mapping | None = None) -> Given:
    """A file's rows as text, each with its line.

    Raises
    ------
    SourceError
        When it is damaged, in disorder, or lacks a column that its mapping names.
    """
    if mapping:
        return Given(*mapped_rows(mapping, path), mapping.dates)
    if is_workbook(path):
        return _sheet(path)
    return Given(header(path), _lines(path))


@contextmanager
def opened(file: RawFile) -> Iterator[Given]:
    """A file of the workspace, as rows; a sealed one is opened in memory only.

    Raises
    ------
    SourceError, WorkspaceError
        When it is damaged, has been changed, or its key is missing.
    """
    if not file.sealed:
        yield read_given(file.path, read_mapping(file.mapping_path) if file.mapping else None)
        return
    key = key_folder(file.workspace).read(file.sha256)
    with unsealed(file.path, key, file.sha256) as (schema, batches):
        yield Given(schema.names[len(SEALED_BESIDES) :], _unsealed_lines(batches))


def _unsealed_lines(batches: Iterator[pa.RecordBatch]) -> Iterator[Line]:
    for batch in batches:
        for number, why, *cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield SetAside(number, why, "") if why else Row(number, cells)


def _lines(path: Path) -> Iterator[Line]:
    try:
        yield from read_carefully(path, encoding_of(path))
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(path, error) from error


def _sheet(path: Path) -> Given:
    found = _table_on(first_rows_of_sheets(path, HEADING_WITHIN), path.name)
    if found is None:
        raise SourceError(f"{path.name} has no sheet with a template's heading.", "See “frankpledge template”.")
    sheet, at, _ = found
    rows = sheet_rows(path, sheet)
    return Given(rows[at - 1], in_order(path.name, under_heading(rows, at, len(rows[at - 1]))))


def _table_on(sheets: dict[str, list[list[str]]], name: str) -> tuple[str, int, Template] | None:
    """The sheet that holds a template's heading, the number of its row, the template; None where none does.

    Raises
    ------
    SourceError
        When several do: all but one of the tables would be lost.
    """
    found = []
    for sheet, rows in sheets.items():
        headings = (
            (number, template_of(tuple(cell.strip() for cell in row)))
            for number, row in enumerate(rows[:HEADING_WITHIN], 1)
        )
        found += [(sheet, number, template) for number, template in headings if template][:1]
    if len(found) > 1:
        names = "”, “".join(sheet for sheet, _, _ in found)
        raise SourceError(
            f"{name} has such a table on each of the sheets “{names}”, and only one could be read.",
            "Put all the rows on one sheet, or save each sheet as a file of its own.",
        )
    return found[0] if found else None
