"""Empty templates for partners to fill in: CSV, XLSX with choices to pick from, ODS; each with one invented row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from odfdo import Document, Row, Table

from frankpledge.errors import SourceError
from frankpledge.sources.partners.template import BECOMES, KINDS, Column, Template

ROWS, GUIDE = "Rows", "How to fill this in"
_NUMBERS = ("whole", "number", "count", "year", "easting", "northing")
# A list of choices longer than this is refused by Excel when it stands in the cell's rule.
_LONGEST_LIST = 255
_LAST_ROW = 5000


def write_blank(template: Template, folder: Path, form: str) -> Path:
    """Write an empty template into a folder, which is made if it is not there.

    Parameters
    ----------
    form
        ``csv``, ``xlsx`` or ``ods``.

    Raises
    ------
    SourceError
        When a file of that name is there already.
    """
    path = folder / f"{template.slug}.{form}"
    if path.exists():
        raise SourceError(f"{path} is there already.", "Move it away, or choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    _WRITERS[form](template, path)
    return path


def guide(template: Template) -> list[list[str]]:
    """What each column holds, as rows of text under their heading."""
    rows = [["Column", "Required", "What it holds", "What may stand there", "Example (invented)"]]
    return rows + [
        [column.name, required(column), column.holds, allowed(column), column.example] for column in template.columns
    ]


def required(column: Column) -> str:
    """Whether a column must be there, in words."""
    if column.filled:
        return "yes, in every row"
    return "yes; a cell may be empty" if column.needed else "no"


def allowed(column: Column) -> str:
    """What may stand in a column's cells, in words."""
    if column.kind in ("choice", "diagnosis") and column.choices:
        return ", ".join(column.choices)
    words = KINDS[column.kind]
    if column.areas:
        words += f": {' or '.join(str(kind) for kind in column.areas)}"
    return f"{words}, at most {column.most} letters" if column.kind in ("text", "word") else words


def _introduction(template: Template) -> list[str]:
    lines = [
        f"{template.title}. One row is {template.row}; {BECOMES[template.becomes]}.",
        "Keep the heading as it is. Replace the invented row; leave “invented” empty in your own rows.",
    ]
    if template.personal:
        lines.append("No names, addresses, dates of birth, telephone numbers: a row that holds one is not taken.")
    return lines


def _write_csv(template: Template, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in template.columns])
        writer.writerow([column.example for column in template.columns])


def _write_xlsx(template: Template, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(ROWS)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(template.columns):
            # As text, or a spreadsheet would make dates of its own of months and codes.
            sheet.set_column(at, at, max(12, len(column.name) + 2), None if column.kind in _NUMBERS else text)
            sheet.write_string(0, at, column.name, bold)
            _write_example(sheet, at, column)
            choices = _choices(column)
            if choices and len(",".join(choices)) <= _LONGEST_LIST:
                rule = {"validate": "list", "source": choices, "error_title": column.name,
                        "error_message": "Choose one of the list."}  # fmt: skip
                sheet.data_validation(1, at, _LAST_ROW, at, rule)
        explained = book.add_worksheet(GUIDE)
        for number, line in enumerate(_introduction(template)):
            explained.write_string(number, 0, line)
        start = len(_introduction(template)) + 1
        for number, row in enumerate(guide(template)):
            for at, cell in enumerate(row):
                explained.write_string(start + number, at, cell, bold if number == 0 else None)
        explained.set_column(0, 4, 28)


def _write_example(sheet: xlsxwriter.worksheet.Worksheet, at: int, column: Column) -> None:
    if column.kind in _NUMBERS and column.example:
        sheet.write_number(1, at, float(column.example))
    else:
        sheet.write_string(1, at, column.example)


def _choices(column: Column) -> list[str]:
    if column.kind == "yes-no":
        return ["yes", "no"]
    return list(column.choices) if column.kind == "choice" else []


def _write_ods(template: Template, path: Path) -> None:
    document = Document("spreadsheet")
    document.body.clear()
    heading, example = ([getattr(column, part) for column in template.columns] for part in ("name", "example"))
    document.body.append(_table(ROWS, [heading, example]))
    document.body.append(_table(GUIDE, [*([line] for line in _introduction(template)), *guide(template)]))
    document.save(str(path))


def _table(name: str, rows: list[list[str]]) -> Table:
    table = Table(name)
    for values in rows:
        row = Row()
        row.set_values(values)
        table.append_row(row)
    return table


_WRITERS: dict[str, Callable[[Template, Path], None]] = {"csv": _write_csv, "xlsx": _write_xlsx, "ods": _write_ods}
FORMS = tuple(_WRITERS)
