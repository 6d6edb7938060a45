"""Counts by quarter, year or month that pass smoothly from level to level and add up to what was printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from frankpledge.example.sharing import share_out
from frankpledge.example.timeline import LAST
from frankpledge.periods import Period, month_number, parse_period

FIRST_YEAR = 2016
"""Returns of partners begin here: two years before the one that the example assesses first."""

MONTH, QUARTER, YEAR = 1, 3, 12
"""How many months a period of a return has."""

# What a count of this size scatters by from one period to the next, beside chance.
_OWN_UPS_AND_DOWNS = 0.05

Levels = Mapping[int, float]
"""Year → level of a whole year; between the years that have one it passes over on a straight line."""

Counts = dict[str, int]
"""Period, as written → count, in order of time."""


def periods_of(months: int) -> tuple[Period, ...]:
    """Every month (1), quarter (3) or year (12) of the returns that had ended when the example ends."""
    first = month_number(FIRST_YEAR, 1)
    starts = range(first, LAST - months + 2, months)
    return tuple(parse_period(_text(start, months)) for start in starts)


def _text(start: int, months: int) -> str:
    year, month = divmod(start, 12)
    if months == 1:
        return f"{year}-{month + 1:02d}"
    return f"{year}-Q{month // 3 + 1}" if months == 3 else str(year)


def spread(levels: Levels, months: int, printed: Mapping[str, float], rng: np.random.Generator) -> Counts:
    """Counts by month, quarter or year, each printed period's own total exact.

    Parameters
    ----------
    levels
        Of a whole year.
    months
        How many months each period has: 1, 3 or 12.
    printed
        Period → count. One that is not made of whole periods, or that overlaps one held to already, is passed over.
    """
    periods = periods_of(months)
    middles = [(one.first + one.last + 1) / 24 for one in periods]
    expected = np.interp(middles, [year + 0.5 for year in levels], list(levels.values())) * months / 12
    weights = expected * np.exp(rng.normal(0, _OWN_UPS_AND_DOWNS, len(periods)))
    counts = rng.poisson(weights)
    held: set[int] = set()
    for text, total in printed.items():
        within = _within(periods, parse_period(text))
        if within and not held & set(within):
            counts[within] = share_out(round(total), np.maximum(weights[within], 0.1))
            held |= set(within)
    return {one.text: int(count) for one, count in zip(periods, counts, strict=True)}


def part_of(whole: Counts, percent: Levels, printed: Mapping[str, float], rng: np.random.Generator) -> Counts:
    """A part of a count in each of its periods, of which printed periods have the printed percentage.

    Parameters
    ----------
    percent
        Year → percentage.
    printed
        Period → percentage.
    """
    periods = tuple(parse_period(text) for text in whole)
    wholes = np.array(list(whole.values()), dtype=np.int64)
    middles = [(one.first + one.last + 1) / 24 for one in periods]
    chance = np.interp(middles, [year + 0.5 for year in percent], list(percent.values())) / 100
    parts = rng.binomial(wholes, chance)
    for text, printed_percent in printed.items():
        within = _within(periods, parse_period(text))
        total = int(wholes[within].sum())
        if total:
            parts[within] = share_out(round(total * printed_percent / 100), np.maximum(wholes[within], 1e-9))
    return {text: int(part) for text, part in zip(whole, parts, strict=True)}


def by_quarter(by_month: Counts) -> Counts:
    """Counts by month added up to those of the quarters that had ended."""
    months = {parse_period(text).first: count for text, count in by_month.items()}
    return {one.text: sum(months[month] for month in one.months) for one in periods_of(QUARTER)}


def _within(periods: Sequence[Period], span: Period) -> list[int]:
    """The places of the periods that fill a span; none where they do not."""
    places = [at for at, one in enumerate(periods) if span.first <= one.first and one.last <= span.last]
    filled = sum(periods[at].last - periods[at].first + 1 for at in places)
    return places if filled == span.last - span.first + 1 else []
