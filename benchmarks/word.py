"""A large table in Word: ours against python-docx, a cell at a time, as its documentation shows it."""

import io

import docx

from frankpledge.report import word_styles
from frankpledge.report.word_tables import Grid, add_table

ROWS, COLUMNS = 2_000, 8
# Asking for a cell walks the whole table: of 2,000 rows that takes minutes, so both sides are set beside each other on
# a few, where the difference is smallest.
FEW_ROWS = 50
HEADINGS = tuple(f"Heading {at}" for at in range(COLUMNS))


def ours(rows: str) -> int:
    """The table as documents have it: heading repeated, named, described, each cell in its style."""
    word = docx.Document()
    word_styles.set_styles(word, "#12436D")
    numeric = (False,) + (True,) * (COLUMNS - 1)
    add_table(word, Grid("A large table", HEADINGS, _rows(int(rows)), (60.0,) * COLUMNS, 9.0, numeric))
    return _cells(word)


def cell_by_cell(rows: str) -> int:
    """The same texts through ``table.cell(row, column)``."""
    word = docx.Document()
    table = word.add_table(rows=int(rows) + 1, cols=COLUMNS)
    for at, texts in enumerate((HEADINGS, *_rows(int(rows)))):
        for place, text in enumerate(texts):
            table.cell(at, place).text = text
    return _cells(word)


def _rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((f"Ward {at}", *(f"{at * place:,}" for place in range(1, COLUMNS))) for at in range(count))


def _cells(word: docx.document.Document) -> int:
    """Save, so that all is written, and count the cells, so that both did the same work."""
    file = io.BytesIO()
    word.save(file)
    return len(word.tables[0]._cells)
