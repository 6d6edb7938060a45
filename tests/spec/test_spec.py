"""The table reader itself: a specification that could pass without checking is worse than none."""

import re
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Doubled:
    twice: int


TABLE = """
area | count
-----+------
E01  |    12
E02  |     0
"""


def double(count):
    return Doubled(twice=2 * count)


def test_spec_right_answers(spec):
    spec(TABLE, double, {"E01": {"twice": 24}, "E02": {"twice": 0}})


@pytest.mark.parametrize(
    "expected",
    [
        {"E01": {"twice": 24}, "E02": {"twice": 1}},
        {"E01": {"twice": 24}},
        {"E01": {"twice": 24}, "E02": {"twice": 0}, "E03": {"twice": 0}},
        {"E01": {"twice": 24}, "E02": {}},
        {"E01": {"twice": 24}, "E02": None},
        {},
    ],
    ids=["wrong number", "row unanswered", "answer without a row", "no field", "none for some", "nothing"],
)
def test_spec_refuses_wrong_answers(spec, expected):
    with pytest.raises(AssertionError):
        spec(TABLE, double, expected)


def test_spec_compares_within_the_tolerance_only(spec):
    table = "area | count\n---+---\nE01 | 1"

    spec(table, lambda count: count / 3, {"E01": 0.33}, within=0.005)
    with pytest.raises(AssertionError):
        spec(table, lambda count: count / 3, {"E01": 0.32}, within=0.005)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("area | count\n---+---", "at least one row"),
        ("area | count\nE01 | 1\nE02 | 2", "must be a rule"),
        ("area | count\n---+---\nE01 | 1\nE01 | 2", "same name"),
    ],
)
def test_spec_refuses_malformed_tables(spec, table, complaint):
    with pytest.raises(AssertionError, match=re.escape(complaint)):
        spec(table, double, {"E01": {"twice": 2}})


def test_spec_columns_gives_missing_values_as_none(spec_columns):
    spec_columns("month | values\n---+---\n1 | 3\n2 | -\n3 | 1.5", list_of_values, {"1": 3, "2": None, "3": 1.5})


def list_of_values(values):
    assert values == [3, None, 1.5]
    return values
