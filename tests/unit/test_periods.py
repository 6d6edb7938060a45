"""The grammar of periods: five forms, and what each of them can be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.errors import UserError
from frankpledge.periods import (
    days_in_month,
    month_number,
    month_text,
    month_words,
    one_month,
    parse_period,
    rolling_year,
)

MONTHS = st.integers(min_value=1950 * 12, max_value=2100 * 12)


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2018", "2018-01", "2018-12", "2018"),
        ("2018-07", "2018-07", "2018-07", "July 2018"),
        ("2018-Q1", "2018-01", "2018-03", "January to March 2018"),
        ("2018-Q4", "2018-10", "2018-12", "October to December 2018"),
        ("FY2018-19", "2018-04", "2019-03", "April 2018 to March 2019"),
        ("FY1999-00", "1999-04", "2000-03", "April 1999 to March 2000"),
        ("R12-2023-04", "2022-05", "2023-04", "12 months to April 2023"),
        ("R12-2023-12", "2023-01", "2023-12", "12 months to December 2023"),
        ("R12-2023-01", "2022-02", "2023-01", "12 months to January 2023"),
    ],
)
def test_period_each_form(text, first, last, words):
    period = parse_period(text)

    assert (month_text(period.first), month_text(period.last)) == (first, last)
    assert period.words() == words
    assert str(period) == period.text == text


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2018", "2017"),
        ("2018-02", "2017-02"),
        ("2018-Q3", "2017-Q3"),
        ("FY2018-19", "FY2017-18"),
        ("FY1999-00", "FY1998-99"),
        ("FY2000-01", "FY1999-00"),
        ("R12-2023-04", "R12-2022-04"),
    ],
)
def test_year_before_is_twelve_months_earlier(text, before):
    period = parse_period(text)

    earlier = period.year_before()

    assert earlier.text == before
    assert (earlier.first, earlier.last) == (period.first - 12, period.last - 12)


def test_years_before_goes_back_several():
    assert parse_period("FY2003-04").years_before(5).text == "FY1998-99"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "2018-13",
        "2018-00",
        "2018-7",
        "2018-Q5",
        "2018-Q0",
        "FY2018-20",
        "FY2018-18",
        "FY2018",
        "R12-2023-13",
        "R12-2023",
        "R6-2023-04",
        "2018 to 2019",
        "201807",
        "last year",
        "-2018",
    ],
)
def test_period_that_is_none_is_refused_with_the_forms(text):
    with pytest.raises(UserError) as refused:
        parse_period(text)

    assert f"“{text}” is not a period" in refused.value.happened
    for form in ("2018", "2018-07", "2018-Q1", "FY2018-19", "R12-2023-04"):
        assert form in refused.value.to_do
        parse_period(form)


def test_period_spaces_around_it_are_no_matter():
    assert parse_period(" 2018-Q1\n") == parse_period("2018-Q1")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", 2018),
        ("FY2018-19", 2018),
        ("R12-2023-04", 2022),
        ("R12-2023-05", 2022),
        ("R12-2023-06", 2023),
        ("R12-2023-07", 2023),
        ("2018-Q1", 2018),
        ("2018-12", 2018),
    ],
)
def test_year_is_where_most_months_lie_and_the_later_of_two_halves(text, year):
    assert parse_period(text).year == year


@pytest.mark.parametrize(
    ("month", "days"),
    [("2018-02", 28), ("2020-02", 29), ("1900-02", 28), ("2000-02", 29), ("2018-04", 30), ("2018-12", 31)],
)
def test_days_in_month_with_leap_years(month, days):
    assert days_in_month(parse_period(month).first) == days


def test_month_thirteen_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="no month 13"):
        month_number(2018, 13)


def test_month_in_words():
    assert month_words(month_number(2018, 7)) == "July 2018"


@given(MONTHS)
def test_month_text_reads_back(number):
    period = one_month(number)

    assert parse_period(month_text(number)) == period
    assert list(period.months) == [number]


@given(MONTHS)
def test_rolling_year_reads_back_and_has_twelve_months(number):
    period = rolling_year(number)

    assert parse_period(period.text) == period
    assert len(period.months) == 12
    assert period.months[-1] == number


@given(st.integers(min_value=1950, max_value=2098))
def test_four_quarters_make_the_year(year):
    quarters = [month for quarter in range(1, 5) for month in parse_period(f"{year}-Q{quarter}").months]

    assert quarters == list(parse_period(str(year)).months)
