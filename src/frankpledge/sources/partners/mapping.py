"""Mappings: how a spreadsheet that follows no template is read as one, decided once and kept as text.

A mapping lies in the workspace's ``definitions/mappings``. It says by which headings such a file is known, which
of them holds which column of the template, what is the same in every row, and what the sender's words mean.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import yaml

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.errors import SourceError
from frankpledge.geography import GSS_CODE
from frankpledge.sources.partners.template import Column, Template, find_template
from frankpledge.sources.reading.careful import Row, encoding_of
from frankpledge.sources.reading.formats import open_bytes
from frankpledge.sources.reading.tables import HEADING_WITHIN
from frankpledge.sources.reading.workbooks import first_rows_of_sheets, is_workbook, sheet_rows
from frankpledge.workspace import packaged_areas

KIND = "mappings"
DATES = ("yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "dd/mm/yy", "dd Month yyyy", "Mon-yy")
DATED = ("moment", "month", "period")
"""Kinds of column that are read as the sender writes dates."""

Grid = list[tuple[int, list[str]]]
"""Rows of a sheet with their numbers, blank ones left out."""


@dataclass(frozen=True)
class Mapping:
    """How files of one look are read.

    Attributes
    ----------
    template
        Slug of the template they are read as.
    known_by
        Headings that every such file has.
    sheet, heading_row
        Where the table was when it was mapped; it is looked for elsewhere when it is not there. No sheet for a CSV.
    columns
        Column of the template → the headings it is taken from, joined by a space where there are several.
    constants
        Column of the template → what stands in every row.
    words
        Column of the template → the sender's word → ours.
    dates
        How dates are written, one of `DATES`.
    fill_down
        Headings whose empty cells mean what stands above them, as where cells were merged.
    """

    slug: str
    template: str
    known_by: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    sheet: str = ""
    heading_row: int = 1
    constants: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    dates: str = DATES[0]
    fill_down: tuple[str, ...] = ()

    def headings(self) -> list[str]:
        """Every heading it reads."""
        return list(dict.fromkeys(heading for headings in self.columns.values() for heading in headings))


def read_mapping(path: Path) -> Mapping:
    """Parse one mapping.

    Raises
    ------
    DefinitionError, NotHeldError, SourceError
        When it cannot be used as written, or is there no more.
    """
    if not path.exists():
        raise SourceError(
            f"The mapping {path.name} is not in definitions/{KIND} any more, and a file was read by it.",
            "Put it back, or map the file anew: “frankpledge map FILE”.",
        )
    entry = read_definition(path)
    entry.only(
        "schema", "template", "known_by", "sheet", "heading_row", "columns", "constants", "words", "dates", "fill_down"
    )
    template = find_template(entry.text("template"))
    columns, constants, words = (entry.entry(key, None) for key in ("columns", "constants", "words"))
    for part in (columns, constants, words):
        part.only(*(column.name for column in template.columns))
    return Mapping(
        slug=path.stem,
        template=template.slug,
        known_by=entry.texts("known_by"),
        columns={name: _headings(columns, name) for name in columns.values},
        sheet=entry.text("sheet", ""),
        heading_row=entry.whole("heading_row", 1),
        constants={name: constants.text(name) for name in constants.values},
        words={name: {word: str(ours) for word, ours in words.entry(name).pairs()} for name in words.values},
        dates=entry.choice("dates", DATES, DATES[0]),
        fill_down=entry.texts("fill_down", []),
    )


def _headings(columns: Entry, name: str) -> tuple[str, ...]:
    return columns.texts(name) if isinstance(columns.values[name], list) else (columns.text(name),)


def mapping_text(mapping: Mapping) -> str:
    """A mapping as it is written, for people to review."""
    entries = {
        "schema": 1,
        "template": mapping.template,
        "known_by": list(mapping.known_by),
        "sheet": mapping.sheet,
        "heading_row": mapping.heading_row,
        "dates": mapping.dates,
        "columns": {name: list(found) if len(found) > 1 else found[0] for name, found in mapping.columns.items()},
        "constants": mapping.constants,
        "words": mapping.words,
        "fill_down": list(mapping.fill_down),
    }
    text = yaml.safe_dump(
        {key: value for key, value in entries.items() if value not in ("", {}, [])},
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    return f"# How such files are read, written by “frankpledge map”. Change it as you like, then build.\n{text}"


def find_mapping(definitions: Path, path: Path) -> Mapping | None:
    """The mapping of a workspace that knows a file; None where none does.

    Raises
    ------
    SourceError
        When a file is plainly one that was mapped, but lacks a column.
    """
    mappings = [read_mapping(held) for held in definition_files(KIND, definitions).values()]
    if not mappings:
        return None
    rows = [row for grid in beginnings(path).values() for _, row in grid]
    best: tuple[int, Mapping] | None = None
    for mapping in mappings:
        found = max((len(_held(mapping.known_by, row)) for row in rows), default=0)
        if found == len(mapping.known_by):
            return mapping
        if found * 2 > len(mapping.known_by) and (best is None or found > best[0]):
            best = found, mapping
    if best:
        _refuse(path.name, best[1], rows)
    return None


def _refuse(name: str, mapping: Mapping, rows: Sequence[Sequence[str]]) -> None:
    row = max(rows, key=lambda one: len(_held(mapping.known_by, one)))
    missing = [heading for heading in mapping.known_by if heading not in _held(mapping.known_by, row)]
    raise SourceError(
        f"{name} looks like the files mapped in {mapping.slug}.yaml, but has no column “{'”, “'.join(missing)}”.",
        "Ask its sender for the column, or map the file anew: “frankpledge map FILE”.",
    )


def _held(headings: Sequence[str], row: Sequence[str]) -> list[str]:
    cells = {plain(cell) for cell in row}
    return [heading for heading in headings if plain(heading) in cells]


def plain(cell: str) -> str:
    """A heading as it is compared: capitals, spaces and line ends do not matter."""
    return " ".join(cell.split()).lower()


def beginnings(path: Path) -> dict[str, Grid]:
    """Sheet → its first rows, blank ones left out; a CSV is one sheet without a name."""
    if is_workbook(path):
        sheets = first_rows_of_sheets(path, HEADING_WITHIN + 5)
        return {
            name: [(number, row) for number, row in enumerate(rows, 1) if any(row)] for name, rows in sheets.items()
        }
    return {"": read_grid(path, "", HEADING_WITHIN + 5)}


def read_grid(path: Path, sheet: str, most: int | None = None) -> Grid:
    """The rows of a sheet, or of a CSV, with their numbers."""
    if is_workbook(path):
        return [(number, row) for number, row in enumerate(sheet_rows(path, sheet, most), 1) if any(row)]
    grid: Grid = []
    with io.TextIOWrapper(open_bytes(path), encoding_of(path), errors="replace", newline="") as file:
        reader = csv.reader(file)
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    grid.append((reader.line_num, [cell.removeprefix("\ufeff") for cell in row]))
                if most is not None and len(grid) >= most:
                    break
        except csv.Error as error:
            raise SourceError(
                f"{path.name}, line {reader.line_num}: a cell cannot be read ({error}).",
                "Look for a quotation mark that is not closed.",
            ) from error
    return grid


def find_heading(grid: Grid, headings: Sequence[str], at: int = 0) -> int | None:
    """Where in a grid the row stands that has all of some headings; the row numbered `at` is looked at first."""
    order = sorted(range(len(grid)), key=lambda place: grid[place][0] != at)
    return next((place for place in order if len(_held(headings, grid[place][1])) == len(headings)), None)


def mapped_rows(mapping: Mapping, path: Path) -> tuple[list[str], Iterator[Row]]:
    """A file as its template has it: the template's columns, and the rows with their numbers in the file.

    Raises
    ------
    SourceError
        When its headings are not there.
    """
    sheets = list(beginnings(path))
    for sheet in sorted(sheets, key=lambda name: name != mapping.sheet):
        grid = read_grid(path, sheet)
        at = find_heading(grid[:HEADING_WITHIN], mapping.headings(), mapping.heading_row)
        if at is not None:
            template = find_template(mapping.template)
            names = [column.name for column in template.columns]
            return names, _rows(mapping, template, grid[at][1], grid[at + 1 :])
    raise SourceError(
        f"{path.name} has no sheet with the headings that {mapping.slug}.yaml maps: {', '.join(mapping.headings())}.",
        "Map it anew: “frankpledge map FILE”.",
    )


def unmapped(mapping: Mapping, path: Path) -> list[str]:
    """The headings of a file that its mapping does not read."""
    for grid in beginnings(path).values():
        at = find_heading(grid, mapping.headings(), mapping.heading_row)
        if at is not None:
            read = {plain(heading) for heading in mapping.headings()}
            return [" ".join(cell.split()) for cell in grid[at][1] if cell.strip() and plain(cell) not in read]
    return []


def _rows(mapping: Mapping, template: Template, heading: Sequence[str], grid: Grid) -> Iterator[Row]:
    places = {plain(cell): number for number, cell in reversed(list(enumerate(heading)))}
    filled = [places[plain(one)] for one in mapping.fill_down if plain(one) in places]
    above = dict.fromkeys(filled, "")
    for number, cells in grid:
        row = [cell.strip() for cell in cells] + [""] * (len(heading) - len(cells))
        for place in filled:
            above[place] = row[place] = row[place] or above[place]
        yield Row(number, [_cell(mapping, column, row, places) for column in template.columns])


def _cell(mapping: Mapping, column: Column, row: Sequence[str], places: dict[str, int]) -> str:
    if column.name in mapping.constants:
        return mapping.constants[column.name]
    if column.name not in mapping.columns:
        return ""
    text = " ".join(filter(None, (row[places[plain(heading)]] for heading in mapping.columns[column.name])))
    words = {plain(word): ours for word, ours in mapping.words.get(column.name, {}).items()}
    if plain(text) in words:
        return words[plain(text)]
    if column.kind == "area":
        return area_code(text)
    return as_dated(text, mapping.dates, column.kind) if column.kind in DATED else text


def area_code(text: str) -> str:
    """The code of an area that is known by its name; any other text as it is."""
    if GSS_CODE.fullmatch(text):
        return text
    bare = re.sub(r"^(london borough of|royal borough of|city of|borough of) | (council|borough|lb)$", "", plain(text))
    return _area_names().get(bare, text)


@lru_cache(maxsize=1)
def _area_names() -> dict[str, str]:
    return {area.name.lower(): area.code for area in packaged_areas()}


def as_dated(text: str, dates: str, kind: str) -> str:
    """A date as templates have it, from the way the sender writes it; a text that is none as it is.

    >>> as_dated("14/07/2018 22:35", "dd/mm/yyyy", "moment")
    '2018-07-14T22:35'
    >>> as_dated("Jul-18", "Mon-yy", "month")
    '2018-07'
    """
    written = " ".join(text.replace(",", " ").split())
    form = _strptime_form(dates)
    for clock in ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S"):
        try:
            moment = datetime.strptime(written, form + clock)  # noqa: DTZ007
        except ValueError:
            continue
        if kind != "moment":
            return moment.strftime("%Y-%m")
        return moment.strftime("%Y-%m-%dT%H:%M" if clock else "%Y-%m-%d")
    return text


def _strptime_form(dates: str) -> str:
    parts = {"yyyy": "%Y", "yy": "%y", "Month": "%B", "Mon": "%b", "mm": "%m", "dd": "%d"}
    return re.sub("yyyy|yy|Month|Mon|mm|dd", lambda found: parts[found[0]], dates)
