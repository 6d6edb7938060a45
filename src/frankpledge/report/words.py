"""Small phrases several formats print alike: dates, measures, symbols, list of sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from frankpledge.disclosure import Audience
from frankpledge.errors import UserError
from frankpledge.model.document import Cell
from frankpledge.model.estimate import Status
from frankpledge.model.figure import SUPPRESSED_TEXT, Figure, Measure
from frankpledge.periods import MONTH_NAMES, parse_period

# The symbols that government spreadsheets put in place of a number.
MISSING_SYMBOL = "[x]"
INVENTED = "Invented data"
NOTE_WORDS = {"invented": INVENTED, "caution": "Caution", "information": "Please note"}
AUDIENCE_WORDS = {
    Audience.BOARD: "The partnership’s board only",
    Audience.PARTNERS: "The partnership’s members only",
    Audience.PUBLIC: "Everyone",
}
MEASURE_WORDS = {
    Measure.COUNT: "number",
    Measure.RATE: "rate",
    Measure.LOW: "lower end of the range for the rate",
    Measure.HIGH: "upper end of the range for the rate",
    Measure.POPULATION: "population",
    Measure.COUNT_CHANGE: "change in the number",
    Measure.RATE_CHANGE: "change in the rate",
    Measure.PERCENT_CHANGE: "change per cent",
    Measure.RANK: "place in order",
    Measure.RANK_LOW: "first of the places it may hold",
    Measure.RANK_HIGH: "last of the places it may hold",
    Measure.SHARE: "share",
    Measure.SHRUNK: "rate with chance allowed for",
    Measure.SHRUNK_LOW: "lower end of the range with chance allowed for",
    Measure.SHRUNK_HIGH: "upper end of the range with chance allowed for",
    Measure.MEAN: "mean",
    Measure.SUM_OF_PARTS: "sum of the parts",
    Measure.REST: "what is left of the whole",
    Measure.DIFFERENCE: "difference",
    Measure.TARGET: "target",
    Measure.PRINTED_COUNT: "number as first printed",
    Measure.PRINTED_RATE: "rate as first printed",
    Measure.PRINTED_CHANGE: "change as first printed",
    Measure.SHARE_LOW: "lower end of the range for the share",
    Measure.SHARE_HIGH: "upper end of the range for the share",
    Measure.LEAST: "least the share may be",
    Measure.MOST: "most the share may be",
    Measure.RATIO: "ratio",
    Measure.RATIO_LOW: "lower end of the range for the ratio",
    Measure.RATIO_HIGH: "upper end of the range for the ratio",
    Measure.RATIO_LEAST: "least the ratio may be",
    Measure.RATIO_MOST: "most the ratio may be",
    Measure.AMOUNT: "amount",
    Measure.AMOUNT_LOW: "lower end of the range for the amount",
    Measure.AMOUNT_HIGH: "upper end of the range for the amount",
    Measure.COUNT_LOW: "lower end of the range for the number",
    Measure.COUNT_HIGH: "upper end of the range for the number",
    Measure.EXPECTED: "number expected",
    Measure.EXPECTED_LOW: "lower end of the range for the number expected",
    Measure.EXPECTED_HIGH: "upper end of the range for the number expected",
    Measure.CENTRE: "middle of the control chart",
    Measure.LIMIT_LOW: "lower limit of the control chart",
    Measure.LIMIT_HIGH: "upper limit of the control chart",
    Measure.POINTS_LOW: "lower end of the range for the difference",
    Measure.POINTS_HIGH: "upper end of the range for the difference",
    Measure.P_VALUE: "p",
    Measure.SCORE: "score as a candidate for priority, from 0 to 100",
    Measure.SCORE_PART: "score from 0 to 4 on one criterion",
}


def day_words(day: str) -> str:
    """A day as a person writes it.

    >>> day_words("2018-11-05")
    '5 November 2018'
    """
    when = date.fromisoformat(day)
    return f"{when.day} {MONTH_NAMES[when.month]} {when.year}"


def period_words(text: str) -> str:
    """A period in words; what is not a period of our grammar is left as it is written."""
    try:
        return parse_period(text).words()
    except UserError:
        return text


def cell_text(cell: Cell) -> str:
    """A cell of a table as printed: a short symbol where there is no number."""
    if isinstance(cell, str):
        return cell
    return SUPPRESSED_TEXT if cell.status is Status.SUPPRESSED else number_or_symbol(cell)


def number_or_symbol(figure: Figure) -> str:
    """The number, or the symbol for "not available"."""
    return MISSING_SYMBOL if figure.value is None else figure.text


def decimals_of(figure: Figure) -> int:
    """With how many decimals a figure is printed; none when there is no number."""
    if figure.value is None:
        return 0
    return len(figure.text.rstrip("%").partition(".")[2])


def symbol_notes(figures: Iterable[Figure]) -> tuple[str, ...]:
    """What the symbols among some figures mean, a sentence each; nothing when there are none."""
    seen = tuple(figures)
    notes = []
    if any(one.status is Status.SUPPRESSED for one in seen):
        notes.append(f"{SUPPRESSED_TEXT} means a number is withheld, so that nobody can be identified.")
    if any(one.value is None and one.status is not Status.SUPPRESSED for one in seen):
        notes.append(f"{MISSING_SYMBOL} means a number is not available.")
    if any(one.status is Status.ROUNDED for one in seen):
        notes.append("Some numbers are rounded to protect people’s privacy and may not add up to totals.")
    return tuple(notes)


def distinct(texts: Iterable[str]) -> str:
    """Each text once, in order, with semicolons between."""
    return "; ".join(dict.fromkeys(text for text in texts if text))
