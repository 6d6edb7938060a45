"""Rows that can be used and should be looked at: each doubt, and what is not doubted."""

import datetime

import pytest

from frankpledge.sources.partner_sources import setting_of
from frankpledge.sources.partners.doubting import Doubting, KnownAreas
from frankpledge.sources.partners.judging import Judging
from frankpledge.sources.partners.template import find_template, known_paths
from frankpledge.sources.reading.careful import Row
from tests.conftest import BRENT, HARROW

WARD = "E05013546"
KNOWN = KnownAreas(
    names={HARROW: "Harrow", BRENT: "Brent", WARD: "Greenhill"},
    authority_of={HARROW: HARROW, BRENT: BRENT, WARD: HARROW},
    middles={HARROW: (515_000, 189_000)},
)
RIGHT = {"reference": "A1", "from": "2024-02-01", "call_type": "noise", "area_code": WARD, "reported_for": HARROW}


def doubts(template, *rows, known=KNOWN):
    """Line, column and what is doubtful, of rows given as column → text."""
    found = find_template(template)
    judging = Judging(found, list(rows[0]), setting_of(found, datetime.date(2026, 1, 1), None))
    looked = judging.look([Row(line, list(row.values())) for line, row in enumerate(rows, 2)])
    assert not looked.wrong
    return [
        (one.line, one.column, one.problem.what) for one in Doubting(found, known, known_paths()).doubtful_in(looked)
    ]


@pytest.mark.parametrize(
    ("differs", "column", "words"),
    [
        ({"area_code": "E05099999"}, "area_code", "a code that is in no look-up held here"),
        ({"reported_for": BRENT}, "area_code", "not an area of “reported_for”"),
        ({"easting": "189000", "northing": "515000"}, "easting",
         "far off, as if it and “northing” had changed places"),
        ({"easting": "300000", "northing": "600000"}, "easting", "far from the area it is reported for"),
    ],
)  # fmt: skip
def test_each_doubt_is_said_of_its_column(differs, column, words):
    assert doubts("asb-calls", RIGHT | differs) == [(2, column, words)]


@pytest.mark.parametrize(
    "row",
    [
        RIGHT,
        RIGHT | {"easting": "514000", "northing": "190000"},
        # No look-up of small areas is held: their codes cannot be told from others.
        RIGHT | {"area_code": "E01002142"},
        # Nothing tells where Brent is.
        RIGHT | {"area_code": "", "reported_for": BRENT, "easting": "189000", "northing": "515000"},
    ],
)
def test_what_is_right_or_cannot_be_told_is_not_doubted(row):
    assert doubts("asb-calls", row) == []


def test_nothing_known_nothing_doubted():
    assert doubts("asb-calls", RIGHT | {"area_code": "E05099999"}, known=KnownAreas()) == []


def test_a_measure_that_nearly_has_a_known_name_is_doubted():
    row = {"area_code": HARROW, "period": "2024-Q1", "measure": "crime/burgulary", "value": "4"}
    other = row | {"measure": "delivery/mentoring/sessions"}

    assert doubts("counts-by-period", row, other) == [
        (2, "measure", "a measure that no definition names"),
    ]


@pytest.mark.parametrize(
    ("periods", "lines"),
    [
        (("2024-Q1", "2024-Q2"), []),
        (("2024-Q1", "2024"), [3]),
        (("2024", "2024-05", "2025"), [3]),
    ],
)
def test_periods_that_overlap_are_doubted_within_what_a_row_is_of(periods, lines):
    row = {"area_code": HARROW, "period": "", "marac_cases": "9", "repeat_cases": "2"}
    elsewhere = row | {"area_code": BRENT, "period": "2024"}

    found = doubts("marac-return", *(row | {"period": one} for one in periods), elsewhere)

    assert [(line, column) for line, column, _ in found] == [(line, "period") for line in lines]
