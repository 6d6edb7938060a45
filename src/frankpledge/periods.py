"""Periods of whole months, in the one grammar used in commands, definitions, files and addresses.

    2018          a calendar year
    2018-07       a month
    2018-Q1       a calendar quarter (January to March)
    FY2018-19     a financial year (April 2018 to March 2019)
    R12-2023-04   twelve months to the end of April 2023

A month is held as one whole number, ``year * 12 + month - 1``, so that months can be counted.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from frankpledge.errors import UserError

MONTH_NAMES = tuple(calendar.month_name)

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_FINANCIAL = re.compile(r"FY(\d{4})-(\d{2})")
_ROLLING = re.compile(r"R12-(\d{4})-(\d{2})")


def month_number(year: int, month: int) -> int:
    """The whole number a month is held as.

    >>> month_number(2018, 7)
    24222
    """
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month} in a year")
    return year * 12 + month - 1


def month_text(number: int) -> str:
    """A month as it is written in files: ``2018-07``.

    >>> month_text(24222)
    '2018-07'
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_words(number: int) -> str:
    """A month as a person says it: ``July 2018``."""
    return f"{MONTH_NAMES[number % 12 + 1]} {number // 12}"


def days_in_month(number: int) -> int:
    """How many days a month has, leap years included."""
    return calendar.monthrange(number // 12, number % 12 + 1)[1]


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months, both ends included.

    Attributes
    ----------
    first, last
        Month numbers (see `month_number`).
    text
        As it is written in the grammar.
    """

    first: int
    last: int
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def months(self) -> range:
        """The month numbers in it, in order."""
        return range(self.first, self.last + 1)

    @property
    def year(self) -> int:
        """The calendar year most of its months lie in; the later one where they are even."""
        middle = (self.first + self.last + 1) // 2
        return middle // 12

    def year_before(self) -> Period:
        """The same months one year earlier, which is what a year's figures are compared with."""
        return self.years_before(1)

    def years_before(self, years: int) -> Period:
        """The same months `years` years earlier."""
        return parse_period(_shift(self.text, years))

    def words(self) -> str:
        """The period as it is printed: ``January to March 2018``, ``12 months to April 2023``."""
        if _YEAR.fullmatch(self.text):
            return self.text
        if _ROLLING.fullmatch(self.text):
            return f"12 months to {month_words(self.last)}"
        if self.first == self.last:
            return month_words(self.first)
        start = MONTH_NAMES[self.first % 12 + 1]
        if self.first // 12 != self.last // 12:
            start += f" {self.first // 12}"
        return f"{start} to {month_words(self.last)}"


def _shift(text: str, years: int) -> str:
    """Rewrite every year in a period's text, the two figures of a financial year's end included."""
    financial = _FINANCIAL.fullmatch(text)
    if financial:
        start = int(financial[1]) - years
        return f"FY{start:04d}-{(start + 1) % 100:02d}"
    return re.sub(r"\d{4}", lambda found: f"{int(found[0]) - years:04d}", text, count=1)


def parse_period(text: str) -> Period:
    """Read a period in the grammar of this module.

    Raises
    ------
    UserError
        When the text is none of the five forms, or names a month that does not exist.

    >>> parse_period("R12-2023-04").months == parse_period("R12-2023-04").months
    True
    >>> parse_period("FY2018-19").words()
    'April 2018 to March 2019'
    """
    written = text.strip()
    for pattern, ends in _FORMS:
        found = pattern.fullmatch(written)
        months = ends(*(int(part) for part in found.groups())) if found else None
        if months:
            return Period(months[0], months[1], written)
    raise UserError(
        f"“{text}” is not a period.",
        "Write 2018, 2018-07, 2018-Q1, FY2018-19 or R12-2023-04 (twelve months to April 2023).",
    )


def spanning(first: int, last: int) -> Period | None:
    """The period of a first and a last month number; None where the grammar has none.

    >>> spanning(24216, 24227).text, spanning(24216, 24218).text, spanning(24219, 24230).text
    ('2018', '2018-Q1', 'FY2018-19')
    """
    year, month = divmod(first, 12)
    forms = (
        f"{year:04d}", f"{year:04d}-{month + 1:02d}", f"{year:04d}-Q{month // 3 + 1}",
        f"FY{year:04d}-{(year + 1) % 100:02d}", f"R12-{month_text(last)}",
    )  # fmt: skip
    return next((one for one in map(parse_period, forms) if (one.first, one.last) == (first, last)), None)


def rolling_year(last: int) -> Period:
    """The twelve months that end with a month number."""
    return Period(last - 11, last, f"R12-{month_text(last)}")


def one_month(number: int) -> Period:
    """The period of a single month number."""
    return Period(number, number, month_text(number))


def _calendar_year(year: int) -> tuple[int, int]:
    return month_number(year, 1), month_number(year, 12)


def _single_month(year: int, month: int) -> tuple[int, int] | None:
    if not 1 <= month <= 12:
        return None
    return month_number(year, month), month_number(year, month)


def _quarter(year: int, quarter: int) -> tuple[int, int]:
    first = month_number(year, quarter * 3 - 2)
    return first, first + 2


def _financial_year(year: int, ending: int) -> tuple[int, int] | None:
    if (year + 1) % 100 != ending:
        return None
    return month_number(year, 4), month_number(year + 1, 3)


def _rolling(year: int, month: int) -> tuple[int, int] | None:
    single = _single_month(year, month)
    return (single[0] - 11, single[0]) if single else None


_FORMS = (
    (_YEAR, _calendar_year),
    (_MONTH, _single_month),
    (_QUARTER, _quarter),
    (_FINANCIAL, _financial_year),
    (_ROLLING, _rolling),
)
