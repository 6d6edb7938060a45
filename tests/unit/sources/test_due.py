"""Information periods of SI 2007/1831, and when what is of them is due."""

import datetime

import pytest

from frankpledge.errors import NotHeldError
from frankpledge.periods import month_number
from frankpledge.sources.partners.due import PRESCRIBED, data_set, information_period, periods_to_disclose

FIRES = "fire-incidents"


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "month", "words", "due"),
    [
        (2007, 7, "July 2007 to September 2007", "2007-12-31"),
        (2007, 9, "July 2007 to September 2007", "2007-12-31"),
        (2007, 10, "October 2007 to December 2007", "2008-03-31"),
        (2008, 1, "January 2008 to March 2008", "2008-06-30"),
        (2018, 12, "October 2018 to December 2018", "2019-03-31"),
        (2023, 6, "April 2023 to June 2023", "2023-09-30"),
    ],
)
def test_period_is_due_by_the_end_of_the_next(year, month, words, due):
    period = information_period(month_number(year, month))

    assert period.words() == words
    assert period.due == day(due)


def test_there_is_no_period_before_july_2007():
    assert information_period(month_number(2007, 6)) is None


@pytest.mark.parametrize(
    ("today", "periods"),
    [("2007-06-30", 0), ("2007-09-30", 0), ("2007-10-01", 1), ("2007-12-31", 1), ("2008-01-01", 2), ("2008-10-01", 5)],
)
def test_a_period_is_to_be_disclosed_once_it_has_ended(today, periods):
    assert len(periods_to_disclose(FIRES, day(today))) == periods


def test_what_is_due_today_is_late_tomorrow():
    (period,) = periods_to_disclose(FIRES, day("2007-12-31"))

    assert not period.is_late(day("2007-12-31"))
    assert period.is_late(day("2008-01-01"))


def test_periods_that_end_before_a_month_can_be_left_out():
    found = periods_to_disclose(FIRES, day("2018-08-15"), since=month_number(2018, 1))

    assert [one.words() for one in found] == ["January 2018 to March 2018", "April 2018 to June 2018"]


def test_slip_in_the_name_of_a_data_set_is_no_answer():
    with pytest.raises(NotHeldError, match="fire-incident”.*Write one of: police-incidents"):
        periods_to_disclose("fire-incident", day("2018-08-15"))


def test_each_holder_has_its_data_sets():
    assert {one.holder for one in PRESCRIBED} == {"police", "fire and rescue", "council", "health"}
    assert len({one.slug for one in PRESCRIBED}) == len(PRESCRIBED)
    assert data_set("council-exclusions").what == "pupils excluded from school"
