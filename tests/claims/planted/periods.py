"""Years as documents have them (calendar, financial, rolling) and the ways they are printed."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random

MONTHS = tuple(calendar.month_name)[1:]


class Year(StrEnum):
    """Kinds of year."""

    CALENDAR = "calendar"
    FINANCIAL = "financial"
    ROLLING = "rolling"


@dataclass(frozen=True)
class Period:
    """Twelve months, by the year and month they end in."""

    kind: Year
    year: int
    month: int

    def before(self, years: int = 1) -> Period:
        """So many years earlier."""
        return replace(self, year=self.year - years)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def first(self) -> date:
        """Its first day."""
        day = date(self.year - 1, self.month, 1) + timedelta(days=31)
        return day.replace(day=1)

    def months(self) -> list[str]:
        """Names of its months, in order."""
        return [MONTHS[(self.month + step) % 12] for step in range(12)]


@dataclass(frozen=True)
class PeriodStyle:
    """How a document prints its periods: in a sentence after “in”, and over a column."""

    sentence: str
    column: str

    def said(self, period: Period) -> str:
        """As it stands in a sentence, after “in”."""
        return written(self.sentence, period)

    def headed(self, period: Period) -> str:
        """As it stands over a column."""
        return written(self.column, period)


def written(pattern: str, period: Period) -> str:
    """A pattern with a period in it."""
    name = MONTHS[period.month - 1]
    return pattern.format(
        year=period.year,
        start=period.year - 1,
        short=f"{period.year % 100:02d}",
        start_short=f"{(period.year - 1) % 100:02d}",
        month=name,
        abbreviated=name[:3],
    )


SENTENCES = {
    Year.CALENDAR: ["{year}"] * 5 + ["the calendar year {year}"],
    Year.FINANCIAL: ["{start}/{short}"] * 4 + ["{start}-{short}"] * 3 + ["the year to March {year}", "FY{short}"],
    Year.ROLLING: [
        "the twelve months to {month} {year}",
        "the 12 months to {month} {year}",
        "the year to {month} {year}",
        "the year ending {month} {year}",
        "the twelve months ending {month} {year}",
        "the 12 months up to {month} {year}",
        "the twelve months to the end of {month} {year}",
    ],
}
_COLUMNS = {
    Year.CALENDAR: ["{year}"],
    Year.FINANCIAL: ["{start}/{short}", "{start}-{short}", "FY{short}"],
    Year.ROLLING: ["Year to {month} {year}", "12 months to {abbreviated} {year}", "{abbreviated} {year}"],
}


def period_style(rng: Random, kind: Year) -> PeriodStyle:
    """A way of printing, the same in column and sentence where both are short."""
    sentence = rng.choice(SENTENCES[kind])
    columns = _COLUMNS[kind]
    return PeriodStyle(sentence, sentence if sentence in columns else rng.choice(columns))


def latest_period(rng: Random) -> tuple[Period, date]:
    """A period at random, and the day of a document that could tell of it."""
    kind = rng.choice([Year.CALENDAR, Year.FINANCIAL, Year.FINANCIAL, Year.ROLLING])
    month = {Year.CALENDAR: 12, Year.FINANCIAL: 3}.get(kind, rng.choice([2, 5, 6, 8, 9, 9, 10, 11]))
    period = Period(kind, rng.randint(2012, 2024), month)
    day = period.last + timedelta(days=rng.randint(50, 240))
    while day.weekday() > 4:
        day += timedelta(days=1)
    return period, day


def day_text(day: date, pattern: str = "{d} {month} {y}") -> str:
    """A day as printed."""
    d = day.day
    suffix = "th" if 10 < d < 14 else {1: "st", 2: "nd", 3: "rd"}.get(d % 10, "th")
    return pattern.format(
        d=d,
        dd=f"{d:02d}",
        th=f"{d}{suffix}",
        month=MONTHS[day.month - 1],
        mon=MONTHS[day.month - 1][:3],
        m=f"{day.month:02d}",
        y=day.year,
        weekday=calendar.day_name[day.weekday()],
    )
