"""Records of a document checked again from the printed strings alone.

A record holds where some values within the intervals of its strings make it true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.claims.planted.model import Relation, Stated
from tests.claims.planted.rereading import Interval, Unreadable, day, period, read, rounded

_UP = "rose rise rises risen rising up more higher above increased increase increases increasing grew grown growing"
_UP_WORDS = set((_UP + " climbed went_up gone_up greater larger upward").split())
_DOWN = "fell fall falls fallen falling down fewer lower below decreased decrease decreases decreasing dropped dropping"
_DOWN_WORDS = set(
    (_DOWN + " less drop decline declined went_down gone_down reduced reduction reductions smaller downward").split()
)
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def _meet(mine: Interval, theirs: Interval) -> bool:
    """Whether two intervals touch; a hair is given for binary fractions."""
    return mine[0] <= theirs[1] + 1e-6 and theirs[0] <= mine[1] + 1e-6


def _spread(make: Callable[..., float], *intervals: Interval) -> Interval:
    """Least and most a function gives at the ends of its intervals."""
    values = [make()] if not intervals else []
    if intervals:
        ends: list[list[float]] = [[]]
        for interval in intervals:
            ends = [[*done, end] for done in ends for end in interval]
        values = [make(*one) for one in ends]
    return min(values), max(values)


def _one(record: Stated, name: str) -> str:
    return record.printed[name][0]


def _loose(text: str) -> Interval:
    """Of a figure that is made from others: a percentage or rate of whole numbers was rounded to them."""
    return rounded(text)


def _difference(record: Stated) -> bool:
    before, after = read(_one(record, "before")), read(_one(record, "after"))
    made = _spread(lambda a, b: b - a, before, after)
    if "signed" in record.printed:
        return _meet(made, read(_one(record, "signed")))
    size = read(_one(record, "difference"))
    return _meet(made, size) or _meet((-made[1], -made[0]), size)


def _percent(record: Stated) -> bool:
    before, after = read(_one(record, "before")), read(_one(record, "after"))
    made = _spread(lambda a, b: (b - a) / a * 100, before, after)
    if "signed" in record.printed:
        return _meet(made, _loose(_one(record, "signed")))
    size = _loose(_one(record, "percent"))
    return _meet(made, size) or _meet((-made[1], -made[0]), size)


_RATIOS = {
    "more than doubled": (2, 3),
    "almost doubled": (1.8, 2),
    "almost halved": (0.5, 0.56),
    "more than halved": (0.3, 0.5),
    "more than trebled": (3, 4),
    "fallen by three quarters": (0.23, 0.27),
}


def _ratio(record: Stated) -> bool:
    low, high = _RATIOS[_one(record, "word")]
    return low <= read(_one(record, "after"))[0] / read(_one(record, "before"))[0] <= high


def _direction(record: Stated) -> bool:
    word = _one(record, "word").lower().removesuffix(" than").replace(" ", "_")
    before, after = read(_one(record, "before")), read(_one(record, "after"))
    assert word in _UP_WORDS | _DOWN_WORDS, word
    return after[1] > before[0] if word in _UP_WORDS else after[0] < before[1]


def _rate(record: Stated) -> bool:
    count, people = read(_one(record, "count")), read(_one(record, "people"))
    per = read(_one(record, "per"))[0]
    return _meet(_spread(lambda c, p: c / p * per, count, people), _loose(_one(record, "rate")))


def _share(record: Stated) -> bool:
    part, whole = read(_one(record, "part")), read(_one(record, "whole"))
    return _meet(_spread(lambda p, w: p / w * 100, part, whole), _loose(_one(record, "share")))


def _hundred(record: Stated) -> bool:
    shares = [_loose(text) for text in record.printed["share"]]
    return sum(low for low, _ in shares) <= 100.001 and sum(high for _, high in shares) >= 99.999


def _total(record: Stated) -> bool:
    parts = [read(text) for text in record.printed["part"]]
    return _meet((sum(low for low, _ in parts), sum(high for _, high in parts)), read(_one(record, "total")))


def _average(record: Stated) -> bool:
    over = float(_one(record, "over"))
    texts = record.printed.get("total") or record.printed["value"]
    whole = sum(read(text)[0] for text in texts)
    return _meet((whole / over, whole / over), _loose(_one(record, "average")))


_ORDINALS = ["", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]


def _extreme(record: Stated) -> bool:
    """Ties are nobody’s fault: the one named may share its place."""
    name, word = _one(record, "name"), _one(record, "word")
    names, values = record.printed["names"], [read(text)[0] for text in record.printed["values"]]
    first, _, end = word.rpartition(" ")
    place = _ORDINALS.index(first) if first in _ORDINALS else 0
    lowest = "lowest" in word or word in ("quietest month", "low point")
    ordered = sorted(values, reverse=not lowest)
    assert end
    return values[names.index(name)] == ordered[place]


def _multiple(record: Stated) -> bool:
    high, low = (_loose(_one(record, name)) for name in ("high", "low"))
    return _meet(_spread(lambda a, b: a / b, high, low), read(_one(record, "times")))


def _points(record: Stated) -> bool:
    before, after, move = (_loose(_one(record, name)) for name in ("before", "after", "difference"))
    if "point" in _one(record, "unit") or _one(record, "unit") == "pp":
        made = _spread(lambda a, b: b - a, read(_one(record, "before")), read(_one(record, "after")))
    else:
        made = _spread(lambda a, b: (b - a) / a * 100, before, after)
    return _meet(made, move) or _meet((-made[1], -made[0]), move)


def _past(record: Stated) -> bool:
    return day(_one(record, "day")) <= day(_one(record, "document"))


def _weekday(record: Stated) -> bool:
    return f"{day(_one(record, 'day')):%A}" == _one(record, "weekday")


def _order(record: Stated) -> bool:
    earlier, later = _one(record, "earlier"), _one(record, "later")
    try:
        return day(earlier) < day(later)
    except Unreadable:
        return period(earlier) < period(later)


def _lookup(record: Stated) -> bool:
    said = period(_one(record, "label"))
    labels = [period(text) for text in record.printed["labels"]]
    figure = read(_one(record, "figure"))
    fit = [read(value) for label, value in zip(labels, record.printed["values"], strict=True) if label == said]
    return any(_meet(figure, value) for value in fit)


def _span(record: Stated) -> bool:
    length, unit, ends = read(_one(record, "length"))[0], _one(record, "unit"), record.printed["ends"]
    if unit in ("weeks", "days"):
        days = (day(ends[1]) - day(ends[0])).days
        return length in ((days + 1, days) if unit == "days" else (days / 7, (days + 1) / 7))
    if unit == "months":
        return length == _MONTHS.index(ends[1]) - _MONTHS.index(ends[0]) + 1
    years = period(ends[1]) - period(ends[0])
    return length == years + 1 if unit == "financial years" else length in (years, years + 1)


def _same(record: Stated) -> bool:
    """All meet each other; whole percentages and rates may be rounded forms of finer ones."""
    texts = record.printed["figure"]
    rough = any(mark in text for text in texts for mark in (".", "%", "per")) or len({len(t) for t in texts}) > 3
    intervals = [rounded(text) if rough else read(text) for text in texts]
    return all(_meet(a, b) for a in intervals for b in intervals)


_CHECKS: dict[Relation, Callable[[Stated], bool]] = {
    Relation.DIFFERENCE: _difference,
    Relation.PERCENT: _percent,
    Relation.RATIO: _ratio,
    Relation.DIRECTION: _direction,
    Relation.RATE: _rate,
    Relation.SHARE: _share,
    Relation.HUNDRED: _hundred,
    Relation.TOTAL: _total,
    Relation.AVERAGE: _average,
    Relation.EXTREME: _extreme,
    Relation.MULTIPLE: _multiple,
    Relation.POINTS: _points,
    Relation.SPAN: _span,
    Relation.PAST: _past,
    Relation.ORDER: _order,
    Relation.WEEKDAY: _weekday,
    Relation.LOOKUP: _lookup,
    Relation.SAME: _same,
}


def holds(record: Stated) -> bool:
    """Whether a record is true of what is printed; what cannot be read is not."""
    try:
        return _CHECKS[record.relation](record)
    except Unreadable:
        return False


def contradicted(records: Iterable[Stated]) -> list[Stated]:
    """Records that are not true."""
    return [record for record in records if not holds(record)]
