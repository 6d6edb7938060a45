"""Reading workbooks (XLSX, XLS, ODS) as rows of text, each cell as a CSV would have it.

A workbook is looked into before it is read (see `cells` and `archives`): one that has a password, that would
not fit into memory, or that holds a formula nobody has worked out is refused with a sentence.
"""

from __future__ import annotations

import datetime
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from frankpledge.errors import SourceError
from frankpledge.sources.reading.cells import Place, errors_in
from frankpledge.sources.reading.formats import Form, damaged, form_of, has_password

# Of MS-XLS: the record that begins a workbook, the one that it may be changed by nobody, and FilePass.
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_HALF_A_SECOND = 500_000


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by what is in it."""
    return form_of(path) is Form.WORKBOOK


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook, in its order.

    Raises
    ------
    SourceError
        When the workbook cannot be used.
    """
    with _opened(path) as (book, _):
        return list(book.sheet_names)


def sheet_rows(path: Path, sheet: str, limit: int | None = None) -> list[list[str]]:
    """The rows of a sheet as text, from row 1 and column A on, empty ones among them.

    Whole numbers have no “.0”, dates are ISO (``2018-07-14``, or ``2018-07-14T22:35`` where there is a time),
    true and false are ``yes`` and ``no``, an error is what the cell shows (``#N/A``), and an empty cell is "".

    Parameters
    ----------
    limit
        How many rows at most; all of them without one.

    Raises
    ------
    SourceError
        When the workbook cannot be used, or has no such sheet.
    """
    with _opened(path) as (book, errors):
        if sheet not in book.sheet_names:
            raise SourceError(f"{path.name} has no sheet “{sheet}”.", f"It has: {', '.join(book.sheet_names)}.")
        return list(islice(_rows(book, sheet, errors), limit))


def first_rows_of_sheets(path: Path, limit: int) -> dict[str, list[list[str]]]:
    """Sheet → its first rows, as `sheet_rows` gives them; the workbook is opened once."""
    with _opened(path) as (book, errors):
        return {sheet: list(islice(_rows(book, sheet, errors), limit)) for sheet in book.sheet_names}


@contextmanager
def _opened(path: Path) -> Iterator[tuple[CalamineWorkbook, dict[str, dict[Place, str]]]]:
    try:
        errors = errors_in(path)
        # Given as a stream, for the reader would go by the file's name.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            yield book, errors
    except PasswordError as error:
        raise has_password(path) from error
    except CalamineError as error:
        raise has_password(path) if _is_encrypted(path) else damaged(path, error) from error
    except BaseException as error:
        # The reader panics at some damaged workbooks, which is no ordinary error.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(path, error) from error


def _is_encrypted(path: Path) -> bool:
    """Whether an old workbook (XLS) is encrypted, which its reader cannot tell from damage."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _FILE_PASS.search(content) is not None


def _rows(book: CalamineWorkbook, name: str, errors: dict[str, dict[Place, str]]) -> Iterator[list[str]]:
    sheet = book.get_sheet_by_name(name)
    shown = errors.get(name, {})
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False)):
        row = [_text(cell) for cell in cells]
        for place in [place for place in shown if place[0] == number] if shown else ():
            row[place[1]] = shown[place]
        yield row


def _text(cell: object) -> str:
    """A cell as a CSV would have it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return _moment(cell)
    if isinstance(cell, datetime.time):
        return _clock(datetime.datetime.combine(datetime.date.min, cell))
    if isinstance(cell, datetime.timedelta):
        return _duration(cell)
    return str(cell)


def _moment(moment: datetime.datetime) -> str:
    """A date, with the time where there is one."""
    clock = _clock(moment)
    rounded = _rounded(moment)
    return rounded.date().isoformat() if clock == "00:00" else f"{rounded.date().isoformat()}T{clock}"


def _clock(moment: datetime.datetime) -> str:
    """A time of day, with the seconds where there are any."""
    rounded = _rounded(moment)
    return rounded.strftime("%H:%M:%S" if rounded.second else "%H:%M")


def _duration(duration: datetime.timedelta) -> str:
    """A length of time in hours and minutes, which may be more than a day."""
    hours, rest = divmod(round(duration.total_seconds()), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _rounded(moment: datetime.datetime) -> datetime.datetime:
    """To the second: a workbook keeps times as fractions of a day, which miss by a little."""
    return (moment + datetime.timedelta(microseconds=_HALF_A_SECOND)).replace(microsecond=0)
