"""A figure's identifier and the way it is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.model.estimate import Status
from frankpledge.model.figure import Figure, Measure, ordinal, shortest_identifiers


def figure(value=1.0, measure=Measure.COUNT, *, period="2018", area="E09000015", status=Status.FINAL, **more):
    return Figure("burglary", area, period, more.pop("against", ""), measure, value, status, **more)


def test_identifier_stands_for_what_not_for_how_much():
    assert figure(1).identifier == figure(2, status=Status.PROVISIONAL, unsigned=True).identifier


def test_identifier_is_the_same_on_every_machine_and_day():
    assert figure().identifier == "F-FFD0P5QZ"


@pytest.mark.parametrize(
    "other",
    [
        figure(measure=Measure.RATE),
        figure(period="2017"),
        figure(area="E09000003"),
        figure(against="2017"),
        Figure("robbery", "E09000015", "2018", "", Measure.COUNT, 1, Status.FINAL),
    ],
)
def test_identifier_changes_with_all_it_stands_for(other):
    assert other.identifier != figure().identifier


def test_identifier_can_be_read_aloud():
    for year in range(1900, 2100):
        assert re.fullmatch(r"F-[0-9A-HJKMNP-TV-Z]{8}", figure(period=str(year)).identifier)


def test_shortest_identifiers_each_find_one_figure():
    figures = tuple(figure(period=f"{year}-{month:02d}") for year in range(1900, 2100) for month in range(1, 13))

    short = shortest_identifiers(figures)

    assert len(short) == len(figures)
    assert all(len(beginning) >= len("F-") + 4 for beginning in short.values())
    assert any(len(beginning) > len("F-") + 4 for beginning in short.values()), "too few figures to test anything"
    whole = sorted(short)
    for identifier, beginning in short.items():
        assert [one for one in whole if one.startswith(beginning)] == [identifier]


def test_shortest_identifiers_of_one_figure_and_of_none():
    assert shortest_identifiers(()) == {}
    assert shortest_identifiers((figure(), figure())) == {figure().identifier: figure().identifier[:6]}


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (13939, Measure.COUNT, "13,939"),
        (0, Measure.COUNT, "0"),
        (56.0078, Measure.RATE, "56.01"),
        (0.004, Measure.RATE, "0.00"),
        (40, Measure.COUNT_CHANGE, "+40"),
        (-40, Measure.COUNT_CHANGE, "−40"),
        (-1234, Measure.COUNT_CHANGE, "−1,234"),
        (0, Measure.COUNT_CHANGE, "0"),
        (-0.004, Measure.RATE_CHANGE, "0.00"),
        (0.004, Measure.RATE_CHANGE, "0.00"),
        (-0.005001, Measure.RATE_CHANGE, "−0.01"),
        (-0.04, Measure.PERCENT_CHANGE, "0.0%"),
        (12.345, Measure.PERCENT_CHANGE, "+12.3%"),
        (-12.345, Measure.PERCENT_CHANGE, "−12.3%"),
        (3, Measure.RANK, "3rd"),
        (12.55, Measure.MEAN, "12.6"),
    ],
)
def test_text_of_each_measure(value, measure, text):
    assert figure(value, measure).text == text


@pytest.mark.parametrize(("value", "text"), [(-40, "40"), (40, "40"), (0, "0")])
def test_change_without_its_sign(value, text):
    assert figure(value, Measure.COUNT_CHANGE, unsigned=True).text == text


def test_figure_without_value_or_withheld():
    assert figure(None, status=Status.MISSING).text == "not available"
    assert figure(3, status=Status.SUPPRESSED).text == "[c]"


PLACES = (Measure.RANK, Measure.RANK_LOW, Measure.RANK_HIGH)


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9),
    st.sampled_from([one for one in Measure if one not in PLACES]),
)
def test_text_never_has_a_hyphen_or_the_sign_of_nothing(value, measure):
    text = figure(value, measure).text

    assert "-" not in text
    if not text.strip("+−0.,%"):
        assert text[0] not in "+−"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (22, "22nd"),
        (33, "33rd"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
    ],
)
def test_ordinal(number, text):
    assert ordinal(number) == text
