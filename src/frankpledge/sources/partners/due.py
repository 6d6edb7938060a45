"""What the law says partners must send each other, and by when: SI 2007/1831.

Section 17A of the Crime and Disorder Act 1998 and the Crime and Disorder (Prescribed Information) Regulations
2007 oblige police, fire, councils and health to disclose, electronically and without names, what the schedule
lists. It is of *information periods*, the consecutive three months from 1 July 2007 on, and is to be disclosed
by the end of the period that follows (regulation 3). What lies in a data set was read in the regulations as
they were made in 2007; those who hold it have changed their names since.

Pure: days in, periods out. Whether anything has arrived is for others to say.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from frankpledge.errors import NotHeldError
from frankpledge.periods import days_in_month, month_number, month_words

FIRST_MONTH = month_number(2007, 7)
MONTHS = 3


@dataclass(frozen=True)
class DataSet:
    """A description of information in the schedule.

    Attributes
    ----------
    slug
        By which templates say that they answer it.
    holder
        Who has to disclose it.
    title
        In a few words.
    what
        In words.
    paragraph
        Of the schedule.
    """

    slug: str
    holder: str
    title: str
    what: str
    paragraph: str


PRESCRIBED = (
    DataSet(
        "police-incidents", "police", "Incidents", "anti-social behaviour, transport and public safety incidents", "1"
    ),
    DataSet("police-crimes", "police", "Crimes", "crimes of nine classes, by sub-category", "2"),
    DataSet(
        "fire-incidents",
        "fire and rescue",
        "Fires and other incidents",
        "deliberate primary fires, those in vehicles, deliberate secondary fires, violence against employees, "
        "fires in dwellings without a smoke alarm, malicious calls",
        "3",
    ),
    DataSet(
        "council-anti-social-behaviour", "council", "Anti-social behaviour", "anti-social behaviour incidents", "4"
    ),
    DataSet("council-environmental-crime", "council", "Environmental crime", "environmental crime", "4"),
    DataSet("council-racial-incidents", "council", "Racial incidents", "racial incidents", "4"),
    DataSet("council-road-collisions", "council", "Road traffic collisions", "road traffic collisions", "4"),
    DataSet("council-exclusions", "council", "Exclusions from school", "pupils excluded from school", "4"),
    DataSet(
        "health-admissions",
        "health",
        "Admissions to hospital",
        "admissions to hospital for assault (X85 to Y09), substance use (F10 to F19), the toxic effect of alcohol "
        "(T51) and alcohol found in the blood or by its effect (Y90, Y91)",
        "5",
    ),
    DataSet(
        "health-domestic-abuse",
        "health",
        "Admissions for domestic abuse",
        "admissions to hospital in respect of domestic abuse",
        "5",
    ),
    DataSet("health-ambulance-calls", "health", "Ambulance calls", "ambulance calls to crime and disorder", "5"),
)


@dataclass(frozen=True, order=True)
class InformationPeriod:
    """Three months, and the day by which what is of them is to be disclosed.

    Attributes
    ----------
    first, last
        Month numbers, both included.
    due
        The last day on which it is in time.
    """

    first: int
    last: int
    due: datetime.date

    def words(self) -> str:
        """As a person says it: ``July 2018 to September 2018``."""
        return f"{month_words(self.first)} to {month_words(self.last)}"

    def is_late(self, day: datetime.date) -> bool:
        """Whether what has not been disclosed by the end of a day is late."""
        return day > self.due


def data_set(slug: str) -> DataSet:
    """The data set of a slug.

    Raises
    ------
    NotHeldError
        When the regulations have none such.
    """
    for one in PRESCRIBED:
        if one.slug == slug:
            return one
    names = ", ".join(one.slug for one in PRESCRIBED)
    raise NotHeldError(f"“{slug}” is no data set of SI 2007/1831.", f"Write one of: {names}.")


def information_period(month: int) -> InformationPeriod | None:
    """The information period a month lies in; None before the first.

    >>> str(information_period(month_number(2018, 8)).due)
    '2018-12-31'
    """
    if month < FIRST_MONTH:
        return None
    first = month - (month - FIRST_MONTH) % MONTHS
    return InformationPeriod(first, first + MONTHS - 1, _last_day(first + 2 * MONTHS - 1))


def periods_to_disclose(slug: str, day: datetime.date, since: int = FIRST_MONTH) -> list[InformationPeriod]:
    """The information periods of a data set that have ended before a day, oldest first.

    Each is to be disclosed: by now where `InformationPeriod.is_late`, soon where not.

    Parameters
    ----------
    since
        Month number: periods that end before it are left out.

    Raises
    ------
    NotHeldError
        When the regulations have no such data set.
    """
    # All data sets have the same periods today; a slip in the name must not look like an answer.
    data_set(slug)
    last_ended = month_number(day.year, day.month) - 1
    found = (information_period(month) for month in range(FIRST_MONTH, last_ended + 1, MONTHS))
    return [one for one in found if one is not None and since <= one.last <= last_ended]


def _last_day(month: int) -> datetime.date:
    return datetime.date(month // 12, month % 12 + 1, days_in_month(month))
