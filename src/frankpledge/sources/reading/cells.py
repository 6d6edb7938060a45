"""What stands in the cells of a workbook that its reader would not tell: formulas nobody worked out, and errors.

A formula's value is the one it had when the workbook was last saved. A program that writes formulas and works
none out leaves no value, or a nought: either would be read as if it were a figure, so such a workbook is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from frankpledge.errors import SourceError
from frankpledge.sources.reading.archives import MOST_OF_A_WORKBOOK, opened
from frankpledge.sources.reading.formats import damage_told, has_password

# A grid of more cells than this does not fit into the memory of a laptop, however few of them are filled.
MOST_CELLS = 30_000_000
_PARTS = 1 << 20
_CONTENTS = "META-INF/manifest.xml"
_TO_DO = (
    "Open it in a spreadsheet program, let it work everything out (LibreOffice: Ctrl+Shift+F9; Excel does so by "
    "itself), save it, and add that."
)

Place = tuple[int, int]


@dataclass
class Sheet:
    """What was found in a sheet: errors by row and column, counted from 0, and how far its cells reach."""

    errors: dict[Place, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def errors_in(path: Path) -> dict[str, dict[Place, str]]:
    """Sheet → the cells that show an error, and which; empty for an old workbook (XLS), which cannot be looked into.

    Raises
    ------
    SourceError
        When a formula has no value, or the workbook would not fit into memory.
    """
    if not zipfile.is_zipfile(path):
        return {}
    stat = path.stat()
    return _looked_into(path, stat.st_size, stat.st_mtime_ns)


# The same workbook is asked for when it is recognised and again for each sheet that is read.
@lru_cache(maxsize=4)
def _looked_into(path: Path, size: int, changed: int) -> dict[str, dict[Place, str]]:
    with opened(path, MOST_OF_A_WORKBOOK) as archive, damage_told(path):
        # Read through once, so that nothing is larger than the directory says.
        if broken := archive.testzip():
            raise zipfile.BadZipFile(f"its part {broken} is broken")
        if _is_encrypted(archive):
            raise has_password(path)
        if "content.xml" in archive.namelist():
            with archive.open("content.xml") as content:
                cursor = _Cursor(path)
                for tag in _tags(content):
                    cursor.go_on(tag)
            return {name: sheet.errors for name, sheet in cursor.sheets.items()}
        return dict(_look_into_office(path, archive))


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether an open document has a password, by its list of contents, which is never encrypted itself."""
    members = archive.namelist()
    listed = _CONTENTS in members and b"encryption-data" in archive.read(_CONTENTS)
    return listed or "encrypted-package" in members


def _look_into_office(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, dict[Place, str]]]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    # Set by programs that write formulas without working them out: a spreadsheet program takes it away.
    unworked = any(_own(one) == "calcPr" and one.get("fullCalcOnLoad") in ("1", "true") for one in book.iter())
    for name, member in _members(archive, book):
        sheet = Sheet()
        with archive.open(member) as content:
            for part in _rows(content):
                _look_into_part(path, name, part, sheet, unworked)
        yield name, sheet.errors


def _members(archive: zipfile.ZipFile, book: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the workbook that holds it."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for one in book.iter():
        if _own(one) == "sheet":
            key = next((value for name, value in one.items() if name.endswith("}id")), None)
            member = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
            if member in archive.namelist():
                yield one.get("name", ""), member


def _own(element: ElementTree.Element) -> str:
    """A tag without its namespace."""
    return element.tag.rsplit("}", 1)[-1]


_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_AT = re.compile(rb"""\br=["']([A-Z]{0,3})(\d+)["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_END = re.compile(rb"</(?:\w+:)?row>")


def _rows(content: IO[bytes]) -> Iterator[bytes]:
    """A sheet in parts that end with a row."""
    held = b""
    while part := content.read(_PARTS):
        held += part
        end = max((one.end() for one in _END.finditer(held)), default=0)
        if end:
            yield held[:end]
            held = held[end:]
    yield held


def _look_into_part(path: Path, name: str, part: bytes, sheet: Sheet, unworked: bool) -> None:
    places = set(_AT.findall(part))
    rows, columns = [int(row) for _, row in places], [_number(letters) for letters, _ in places]
    _reach(path, name, sheet, max(rows, default=0), max(columns, default=0))
    # Most sheets have neither formula nor error: they are not looked at cell by cell.
    if not _FORMULA.search(part) and b't="e"' not in part:
        return
    for cell in _CELL.finditer(part):
        attributes, inside = cell[1], cell[2] or b""
        at, kind, value = _AT.search(attributes), _TYPE.search(attributes), _VALUE.search(inside)
        where = (at[1] + at[2]).decode() if at else "?"
        # A formula that gives an empty text has no value either, and says that it is a text.
        if _FORMULA.search(inside) and (unworked or (value is None and (kind is None or kind[1] != b"str"))):
            raise _not_worked_out(path, name, where)
        if at and value and kind and kind[1] == b"e":
            sheet.errors[int(at[2]) - 1, _number(at[1]) - 1] = value[1].decode("ascii", "replace")


def _number(letters: bytes) -> int:
    """A column's letters as its number: A is 1."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def column_letters(number: int) -> str:
    """A column's number as its letters: 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# A cell's tag, and what it shows where that is an error.
_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*?)?(/?)>(?:<text:p>(#[^<]*)</text:p>)?"
)
_CELL_BEGINS = b"<table:table-cell"
_NAME = re.compile(rb'\stable:name="([^"]*)"')
_COLUMNS_REPEATED = re.compile(rb'\stable:number-columns-repeated="(\d+)"')
_ROWS_REPEATED = re.compile(rb'\stable:number-rows-repeated="(\d+)"')


class _Cursor:
    """Where one is in a spreadsheet whose rows and cells are repeated by number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: dict[str, Sheet] = {}
        self.name = ""
        self.row, self.column, self.repeated = 0, 0, 1

    def go_on(self, tag: re.Match[bytes]) -> None:
        """Take in the next tag."""
        closing, kind, attributes, empty = tag[1], tag[2], tag[3] or b"", tag[4]
        if kind == b"table" and not closing:
            self.name, self.row = _text(_NAME, attributes), 0
            self.sheets[self.name] = Sheet()
        elif kind == b"table-row":
            if not closing:
                self.column, self.repeated = 0, _times(_ROWS_REPEATED, attributes)
            if closing or empty:
                self.row += self.repeated
        elif kind != b"table" and not closing:
            self._look_at(attributes, tag[5])

    def _look_at(self, attributes: bytes, shown: bytes | None) -> None:
        filled = b"office:value-type=" in attributes
        if b"table:formula=" in attributes and not filled:
            raise _not_worked_out(self.path, self.name, f"{column_letters(self.column + 1)}{self.row + 1}")
        sheet = self.sheets[self.name]
        if b'calcext:value-type="error"' in attributes:
            sheet.errors[self.row, self.column] = (shown or b"#ERROR").decode("utf-8", "replace")
        self.column += _times(_COLUMNS_REPEATED, attributes)
        # Empty cells are repeated to the edge of the sheet as a matter of course.
        if filled:
            _reach(self.path, self.name, sheet, self.row + self.repeated, self.column)


def _tags(content: IO[bytes]) -> Iterator[re.Match[bytes]]:
    """The tags of tables, rows and cells, read in parts that end before a cell begins."""
    held = b""
    while part := content.read(_PARTS):
        held += part
        end = max(held.rfind(_CELL_BEGINS), 0)
        yield from _TAG.finditer(held, 0, end)
        held = held[end:]
    yield from _TAG.finditer(held)


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _text(pattern: re.Pattern[bytes], attributes: bytes) -> str:
    found = pattern.search(attributes)
    return found[1].decode("utf-8", "replace") if found else ""


def _reach(path: Path, name: str, sheet: Sheet, rows: int, columns: int) -> None:
    """Note how far a sheet's cells reach, and refuse one that reaches too far to be held in memory."""
    sheet.rows, sheet.columns = max(sheet.rows, rows), max(sheet.columns, columns)
    if sheet.rows * sheet.columns > MOST_CELLS:
        raise SourceError(
            f"{path.name}: the sheet “{name}” reaches to row {sheet.rows:,} and column "
            f"{column_letters(sheet.columns)}, which is more than can be read.",
            "Delete the empty rows and columns beyond the table, or save the sheet as CSV.",
        )


def _not_worked_out(path: Path, name: str, where: str) -> SourceError:
    return SourceError(
        f"{path.name}: the formula in cell {where} of the sheet “{name}” was never worked out, "
        f"so its figure is not known.",
        _TO_DO,
    )
