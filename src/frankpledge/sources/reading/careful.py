"""Reading a troubled table line by line: mixed line endings, other encodings, stray quotes, ragged rows.

Twenty times as slow as the engine's own reader, which is for tables without trouble. Each row comes with its
line in the file; each row that cannot be used comes with its line, the reason and the text: none is lost, and
a quotation mark that is never closed spoils its own line alone. A file of little else than such rows is given up
with a sentence (see `in_order`).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from frankpledge.errors import SourceError
from frankpledge.sources.reading.formats import beginning_of, open_bytes

RAGGED = "the row does not split into the columns of the heading, or is not UTF-8 text"
STRAY = "the row has a quotation mark that is not closed, or not opened"
# A cell of more lines than this is a quotation mark that was forgotten.
MOST_LINES = 200
# A line with as many commas as the heading is a row of its own, unless the table is so narrow that chance does it.
LEAST_TELLING = 3
# A file whose rows mostly do not split is read no further than this many of them: more than anybody looks through,
# and few enough that they are read in a second or two, and that a smaller file has each of them listed.
MOST_ASIDE = 100_000
# How many rows tell whether a file is in disorder from the start: they are read in a few milliseconds. Of fewer
# than the least, each is listed with its reason, which says more.
FIRST, LEAST_FIRST = 1_000, 100
# Of a file with some good rows the build keeps those; one with nearly none is of use to nobody.
NEARLY_ALL = 0.9

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20
_NOT_DECODED = re.compile("[\udc80-\udcff]")
NAMES = {"cp1252": "Windows-1252", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


@dataclass(frozen=True)
class Row:
    """A row that splits into the heading's columns, and the line it begins on."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class SetAside:
    """A row that does not, the line it begins on, why, and its text."""

    line: int
    reason: str
    text: str


def encoding_of_beginning(beginning: bytes) -> str:
    """How a text is encoded, by its beginning: a mark, else noughts at every other byte, else whether it is UTF-8."""
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    if beginning and b"\x00" in beginning:
        odd, even = beginning[1::2].count(0), beginning[0::2].count(0)
        # Western text as UTF-16 has a nought in nearly every other byte.
        if max(odd, even) > 0.4 * len(beginning) / 2 and min(odd, even) < 0.1 * len(beginning) / 2:
            return "utf-16-le" if odd > even else "utf-16-be"
    try:
        # The last letter may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return "utf-8" if _other_than_ascii(beginning.splitlines(), "utf-8") else "cp1252"
    return "utf-8"


def encoding_of(path: Path) -> str:
    """How a whole file is encoded.

    Windows-1252 is believed where not one line with other letters than ASCII is UTF-8, and all of them are
    Windows-1252; else single lines that are not UTF-8 are spoilt.
    """
    with open_bytes(path) as file:
        encoding = encoding_of_beginning(file.read(_BLOCK))
        if encoding not in ("utf-8", "cp1252"):
            return encoding
        file.seek(0)
        utf8 = windows = other = 0
        for line in file:
            if not line.isascii():
                utf8 += _decodes(line, "utf-8")
                windows += _decodes(line, "cp1252")
                other += 1
        return "cp1252" if other and not utf8 and windows == other else "utf-8"


def _other_than_ascii(lines: Iterable[bytes], encoding: str) -> bool:
    """Whether any line with other letters than ASCII decodes."""
    return any(not line.isascii() and _decodes(line, encoding) for line in lines)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def read_carefully(path: Path, encoding: str) -> Iterator[Row | SetAside]:
    """Each row of a table under its heading, blank lines aside.

    Raises
    ------
    OSError, EOFError
        When the file breaks off.
    SourceError
        When it is in disorder (see `in_order`).
    """
    with open_bytes(path) as opened:
        yield from in_order(path.name, _rows(_Lines(_text(opened, encoding))))


def in_order(name: str, rows: Iterable[Row | SetAside]) -> Iterator[Row | SetAside]:
    """The rows of a file, as they come.

    Raises
    ------
    SourceError
        When more than `MOST_ASIDE` of those so far, and more than half, do not split into the heading's columns.
    """
    aside, first = 0, None
    for number, row in enumerate(rows, 1):
        if isinstance(row, SetAside):
            first = first or row
            aside += 1
            if aside > MOST_ASIDE and 2 * aside > number:
                raise _disorder(name, first, aside, number)
        yield row


def check_in_order(path: Path) -> None:
    """Look whether the first rows of a CSV split into the columns of its heading; no more of it is read.

    Raises
    ------
    SourceError
        When nearly all of them do not.
    """
    beginning = beginning_of(path, _BLOCK)
    text = _text(io.BytesIO(beginning), encoding_of_beginning(beginning))
    rows = list(islice(_rows(_Lines(text)), FIRST))
    aside = [row for row in rows if isinstance(row, SetAside)]
    if len(rows) >= LEAST_FIRST and len(aside) > NEARLY_ALL * len(rows):
        raise _disorder(path.name, aside[0], len(aside), len(rows))


def _disorder(name: str, first: SetAside, aside: int, rows: int) -> SourceError:
    """Its text is not shown: it may be about people."""
    return SourceError(
        f"{name} cannot be read: {aside:,} of its first {rows:,} rows are not in order. The first of them is in line "
        f"{first.line:,}: {first.reason}.",
        "Look at that line beside the heading, and ask whoever sent the file for it as CSV with commas, or as XLSX.",
    )


def _rows(lines: _Lines) -> Iterator[Row | SetAside]:
    width = 0
    for number, line in lines:
        if not line.strip("\r\n"):
            continue
        row = _row(lines, number, line, width)
        if width:
            yield row
        else:
            width = len(row.cells) if isinstance(row, Row) else line.count(",") + 1


class _Lines:
    """Lines with their numbers, which may be handed back to be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = enumerate(lines, 1)
        self._again: deque[tuple[int, str]] = deque()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        return self._again.popleft() if self._again else next(self._lines)

    def hand_back(self, lines: list[tuple[int, str]]) -> None:
        self._again.extendleft(reversed(lines))


def _text(opened: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines of a file, each with its ending, whichever of the three it is."""
    # What is not UTF-8 is carried along, to be set aside; the other encodings have been found to decode.
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    try:
        with io.TextIOWrapper(opened, encoding=encoding, errors=errors, newline="") as file:
            first = next(file, "")
            yield from chain([first.removeprefix("\ufeff")], file)
    except zlib.error as error:
        raise OSError(f"the file is damaged: {error}") from error


def _row(lines: _Lines, number: int, line: str, width: int) -> Row | SetAside:
    """The row that begins on a line; `width` is how many cells it must have, 0 where that is not known yet."""
    if not line.isascii() and _NOT_DECODED.search(line):
        return SetAside(number, RAGGED, _shown(line))
    cells = _cells(line)
    if cells is None:
        cells = _over_lines(lines, line, width)
    if cells is None:
        return SetAside(number, STRAY, _shown(line))
    if width and len(cells) != width:
        return SetAside(number, RAGGED, _shown(line))
    return Row(number, cells)


def _over_lines(lines: _Lines, line: str, width: int) -> list[str] | None:
    """The cells of a row one of whose cells goes over several lines; None where its quotation mark is a stray one.

    The lines that were looked at in vain are handed back, for they are rows of their own.
    """
    held: list[tuple[int, str]] = []
    if line.count('"') % 2:
        for number, more in lines:
            held.append((number, more))
            if '"' in more:
                text = line + "".join(text for _, text in held)
                cells = _cells(text)
                if cells is not None:
                    return cells
                if not _is_open(text):
                    break
            if len(held) == MOST_LINES or _NOT_DECODED.search(more) or _is_row(more, width):
                break
    lines.hand_back(held)
    return None


def _is_open(text: str) -> bool:
    """Whether a row's quotation marks may yet be paired by more lines: where every line has a stray one, they cannot.

    Without asking, each of them would be read two hundred times over.
    """
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _is_row(line: str, width: int) -> bool:
    """Whether a line within quotation marks is plainly a row by itself."""
    return width >= LEAST_TELLING and '"' not in line and line.count(",") == width - 1


def _cells(text: str) -> list[str] | None:
    """The cells of a row; None where its quotation marks do not pair."""
    if '"' not in text:
        return text.rstrip("\r\n").split(",")
    try:
        (cells,) = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError):
        return None
    return cells


def _shown(line: str) -> str:
    """A line as it is kept among refused rows."""
    return line.rstrip("\r\n").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
