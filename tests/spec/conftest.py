"""Specifications as tables: a few rows of input as text, the function, and the answer expected for each row.

The first column names the row. The others are given to the function by their headings: by `spec` one row at
a time, by `spec_columns` as whole columns, for functions that look at all rows together. A dash is a missing
value. An expected answer is a number, None, or a dictionary of the fields of a dataclass.

Every row must have its expected answer and every answer its row, so that a table cannot pass by being empty.
"""

from numbers import Real

import pytest


@pytest.fixture
def spec():
    """Check a function of one row at a time."""

    def check(table, function, expected, within=1e-9):
        rows = read_table(table)
        answers = {name: function(**inputs) for name, inputs in rows.items()}
        compare(answers, expected, within)

    return check


@pytest.fixture
def spec_columns():
    """Check a function of whole columns, which answers with one item for each row."""

    def check(table, function, expected, within=1e-9):
        rows = read_table(table)
        headings = next(iter(rows.values()))
        columns = {heading: [inputs[heading] for inputs in rows.values()] for heading in headings}
        answers = dict(zip(rows, function(**columns), strict=True))
        compare(answers, expected, within)

    return check


def read_table(table):
    """The rows of a table as a dictionary, by row name, of dictionaries by heading."""
    headings, rule, *rows = [line.split("|") for line in table.strip().splitlines()]
    assert set("".join(rule).strip()) <= {"-", "+"}, "The second line of a table must be a rule."
    assert rows, "A table must have at least one row."
    cells = [[cell.strip() for cell in row] for row in rows]
    names = [name for name, *_ in cells]
    assert len(set(names)) == len(names), "Two rows have the same name."
    inputs = [heading.strip() for heading in headings[1:]]
    return {name: dict(zip(inputs, map(read_cell, row), strict=True)) for name, *row in cells}


def read_cell(cell):
    if cell == "-":
        return None
    try:
        return int(cell)
    except ValueError:
        return float(cell)


def compare(answers, expected, within):
    assert list(answers) == list(expected), "The rows of the table and of the answers differ."
    for name, wanted in expected.items():
        if isinstance(wanted, dict):
            assert wanted, f"Nothing is expected of {name}."
            found = {field: getattr(answers[name], field) for field in wanted}
        else:
            found, wanted = {"answer": answers[name]}, {"answer": wanted}
        assert found == {field: near(value, within) for field, value in wanted.items()}, name


def near(value, within):
    return pytest.approx(value, rel=0, abs=within) if isinstance(value, Real) else value
