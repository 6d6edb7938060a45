"""Dates, years and periods as people write them, each with the months it covers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_SHORT_YEAR = r"[’'‘]?\d\d"
# Each is tried in turn where the one before has left the text alone: the longer first.
_FORMS = {
    "day": rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<m>{MONTH}),?\s(?P<y>{YEAR})\b",
    "american": rf"(?P<m>{MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<y>{YEAR})\b",
    "iso": rf"\b(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d>\d\d)\b",
    "slashed": rf"\b(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>{YEAR}|\d\d)\b",
    "month": rf"\b(?P<m>{MONTH})\s+(?:of\s)?(?P<y>{YEAR})\b",
    "short month": rf"\b(?P<m>{MONTH})\s?[-\s]?(?P<y>{_SHORT_YEAR})\b(?!\s?(?:%|per\b|"
    rf"percent|,\d|years?\b|months?\b|people|offences|\d))",
    "financial short": r"\bFY\s?[’']?(?P<y>\d\d)(?!\d|\s?[/–-]\s?\d)",
    "quarter": rf"\bQ(?P<q>[1-4])\b(?:[,\s]*(?:of\s)?(?P<y>{YEAR})(?:\s?[/–-]\s?(?P<end>\d\d(?:\d\d)?))?)?",
    "financial": rf"\b(?:FY\s?)?(?P<y>{YEAR})\s?[/–-]\s?(?P<end>(?:19|20)\d\d|\d\d?)\b(?![,.]\d)",
    "day of month": rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<m>{MONTH})\b(?!\s?[’']?\d)",
    "year": rf"(?:(?<=\b[a-z]{{3}}-)|(?<![\d£,./-]))(?P<y>{YEAR})(?![\d%]|,\d{{3}}|\.\d|/\d)",
}

FULL_DAYS = ("day", "american", "slashed", "iso")
DAYS = (*FULL_DAYS, "day of month")


@dataclass(frozen=True)
class Time:
    """A day, month, quarter, year or financial year that a text names.

    Attributes
    ----------
    start, end
        Where in the text.
    form
        How it is written: ``day``, ``month``, ``financial``, ``quarter``, ``year``…
    first, last
        Month numbers (see `frankpledge.periods.month_number`) that it covers; None where the text names none that is.
    day
        Of a date.
    """

    start: int
    end: int
    form: str
    first: int | None
    last: int | None
    day: int | None = None

    @property
    def known(self) -> bool:
        """Whether it is a time that there is."""
        return self.first is not None


def times(text: str) -> Iterator[Time]:
    """The times a text names, in order; none overlaps another."""
    taken: list[Time] = []
    for form, pattern in _FORMS.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if all(found.end() <= one.start or found.start() >= one.end for one in taken):
                taken.append(_time(form, found))
    yield from sorted(taken, key=lambda one: one.start)


def _time(form: str, found: re.Match[str]) -> Time:
    groups = found.groupdict()
    months = _months(form, groups)
    day = int(groups["d"]) if groups.get("d") else None
    first, last = months if months else (None, None)
    if day is not None and first is not None and not 1 <= day <= _days_in(first, "y" in groups):
        first = last = None
    return Time(found.start(), found.end(), form, first, last, day)


def _days_in(month: int, year_known: bool) -> int:
    year, number = divmod(month, 12)
    return calendar.monthrange(year if year_known else 2000, number + 1)[1]


def _months(form: str, groups: dict[str, str | None]) -> tuple[int, int] | None:
    year = _year(groups.get("y"))
    if form == "day of month":
        month = _MONTHS[(groups["m"] or "").lower().rstrip(".")]
        return month - 1, month - 1
    if form == "financial" and year is not None:
        end = groups["end"] or ""
        expected = str(year + 1)
        if end in (expected, expected[2:], expected[3:]):
            return 12 * year + 3, 12 * year + 14
        later = int(end) if len(end) == 4 else year // 100 * 100 + int(end)
        # A span of years, such as a strategy's: 2023-26.
        return (12 * year, 12 * later + 11) if later > year else None
    if form == "financial short" and year is not None:
        # FY18 is the year that ends in March 2018.
        return 12 * year - 9, 12 * year + 2
    if form == "quarter":
        return _quarter(int(groups["q"] or 1), year, bool(groups["end"])) if year is not None else None
    if year is None:
        return None
    if form == "year":
        return 12 * year, 12 * year + 11
    written = (groups["m"] or "").lower().rstrip(".")
    month = int(written) if written.isdigit() else _MONTHS[written]
    return (12 * year + month - 1,) * 2 if 1 <= month <= 12 else None


def _quarter(quarter: int, year: int, financial: bool) -> tuple[int, int]:
    first = 12 * year + 3 * (quarter - 1) + (3 if financial else 0)
    return first, first + 2


def _year(written: str | None) -> int | None:
    if not written:
        return None
    digits = int(written.strip("’'‘"))
    return digits if digits > 99 else 2000 + digits
