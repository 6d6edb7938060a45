"""Which of two values of a sentence is the earlier, told by the times and words that stand about each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frankpledge.claims.grammar.nouns import nouns
from frankpledge.claims.grammar.quantities import Quantity, Unit

_NOW = re.compile(
    r"\b(?:now|this\s(?:year|quarter|month|wave|time)|latest|today|current(?:ly)?|the\s(?:next|following)|next\s(?:year|quarter|month))\b"
)
_THEN = re.compile(
    r"\b(?:previous(?:ly)?|prior|preceding|last\s(?:year|quarter|month|time|wave|survey)|baseline|earlier|(?:there|it)\shad\sbeen|"
    r"(?:year|quarter|month|wave|survey|period)\s(?:before|ago)|before\sthat)\b"
)
# What ends that which is told of the first of two values.
_ENDS = re.compile(r";|\.\s|,\s(?!\d)|\sand\s|\sthan\s|‹[UD]›|\sfrom\s|\sagainst\s|\scompared\s")
_TIME = re.compile(r"‹T(\d+)›")
_LONGEST_APART = 160
# “12 re-offenders from a cohort of 33”: a part and its whole.
_A_WHOLE = re.compile(r"\b(?:cohort|sample|total|base|group|out)\sof\s(?:the\s)?$")
# Two values of two places are no earlier and later one.
_OF_A_PLACE = re.compile(r"\b(?:london|england|average|national(?:ly)?|neighbour\w*|target|region|similar)\b")


def earlier_and_later(text: str, found: Sequence[Quantity], one: int, other: int) -> tuple[int, int] | None:
    """The numbers of two values, the earlier first; None where what stands about them does not say.

    Parameters
    ----------
    text
        The tagged sentence.
    found
        Its quantities.
    one, other
        Which two, in the order in which they stand.
    """
    if not _of_one_thing(found[one], found[other]):
        return None
    first, second = (re.search(rf"‹[A-Z]{at}›", text) for at in (one, other))
    assert first is not None and second is not None
    end = _ENDS.search(text, first.end(), second.start())
    between = text[first.end() : second.start()]
    if end is None or len(between) > _LONGEST_APART or _OF_A_PLACE.search(between) or _A_WHOLE.search(between):
        return None
    about_first, about_second = text[: end.start()], text[end.start() :]
    moments = [_moment(about, found, tag) for about, tag in ((about_first, first[0]), (about_second, second[0]))]
    # A value without a time is told of no other than “now” or “the year before” is not.
    if moments[0] == moments[1] or {moments[0][0], moments[1][0]} == {0} and (0, 0) in moments:
        return None
    return (one, other) if moments[0] < moments[1] else (other, one)


_WORDS = r"(?:\s[a-z&’'-]+){0,8}?"
# “2020/21: 238”, “238 offences were recorded in 2020/21”, “in 2020/21 there were 238”.
_BESIDE = (
    re.compile(
        r"‹T(?P<time>\d+)›(?:\s?[:–—-]\s?|\s(?:saw|had|stood\sat|was|closed\swith)\s)(?:[a-z]+\s){0,2}‹[A-Z](?P<value>\d+)›"
    ),
    re.compile(
        rf"‹[A-Z](?P<value>\d+)›{_WORDS}\s(?:in|during|for)\s(?:the\s)?(?:[a-z]+\s|‹L\d+›\s){{0,5}}‹T(?P<time>\d+)›"
    ),
    re.compile(
        r"^(?:[^‹›.;]{0,30}\s)?(?:in|during|for)\s(?:the\s)?(?:[a-z]+\s|‹L\d+›\s){0,5}‹T(?P<time>\d+)›,?[^‹›();]{0,80}‹[A-Z](?P<value>\d+)›"
    ),
)


def times_beside(text: str, found: Sequence[Quantity]) -> dict[int, Quantity]:
    """Number of a value → the time that stands beside it with nothing between that either could belong to instead."""
    told: dict[int, Quantity] = {}
    for pattern in _BESIDE:
        for one in pattern.finditer(text):
            told.setdefault(int(one["value"]), found[int(one["time"])])
    return told


def _of_one_thing(one: Quantity, other: Quantity) -> bool:
    """Whether two counts may be of the same; a number without a noun may be of anything."""
    if one.unit is Unit.RATE:
        return one.per == other.per or None in (one.per, other.per)
    of_one, of_other = nouns(one), nouns(other)
    return not of_one or not of_other or bool(of_one & of_other)


def _moment(about: str, found: Sequence[Quantity], tag: str) -> tuple[int, int]:
    """Before all that is named, its month, or after all; (0, 0) where no time is told."""
    if _THEN.search(about):
        return (-1, 0)
    if _NOW.search(about):
        return (1, 0)
    at = about.index(tag)
    named = [(abs(one.start() - at), found[int(one[1])].time) for one in _TIME.finditer(about)]
    months = [time.first for _, time in sorted(named, key=lambda one: one[0]) if time is not None]
    return (0, months[0] or 0) if months else (0, 0)


# A value and the time it is told of, with no more than a mark, or “in”, between.
TIME_AS_LABEL = re.compile(r"‹T(\d+)›(?:\s?[:–—-]\s?|,\s)‹[NM](\d+)›")
_TIME_BEHIND = re.compile(
    r"‹[NM](\d+)›(?:\s[a-z&’'-]+){0,5}\s(?:in|during|for)\s(?:the\s)?(?:‹L\d+›\s|year\s)?(?:[a-z]+\s){0,4}‹T(\d+)›"
)


def times_with_values(text: str) -> list[tuple[int, int]]:
    """The numbers of each time and the count directly beside it, in a tagged sentence: “2022/23 – 671 thefts”."""
    found = [(int(one[1]), int(one[2])) for one in TIME_AS_LABEL.finditer(text)]
    return found + [(int(one[2]), int(one[1])) for one in _TIME_BEHIND.finditer(text)]


def months_of_time(time: Quantity | None) -> tuple[int, int] | None:
    """The first and last month of a time that is told; None where none is, or none that is known."""
    if time is None or time.time is None or time.time.first is None or time.time.last is None:
        return None
    return time.time.first, time.time.last
