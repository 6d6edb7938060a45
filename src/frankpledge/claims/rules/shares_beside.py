"""Shares printed behind their counts, all of one whole: “91,200 women (51%) and 87,900 men (94%)”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence

SLUG = "share-of-whole"
_WORDS = r"(?:\s[^‹›.;()]|‹A\d+›|[^‹›.;()]){0,60}?"
_BESIDE = re.compile(
    rf"‹N(\d+)›(?:\s[a-z-]+){{0,5}}\s?\(\s?‹P(\d+)›\s?\)|‹P(\d+)›{_WORDS}\s?\(\s?‹N(\d+)›(?:\s[a-z]+){{0,2}}\s?\)"
    rf"|‹F(\d+)›{_WORDS}\s?\(\s?‹N(\d+)›(?:\s[a-z]+){{0,2}}\s?\)"
)
# “202 of the 1,453 respondents (14%)”: what is in front of the share is its whole.
_OF_THOSE = re.compile(r"\bof\s(?:those|these|them|which|whom)\b[^;.]*$")
_A_WHOLE = re.compile(r"\b(?:of|from|among)\s(?:the\s|all\s|these\s|those\s|a\stotal\sof\s)*$")
_ALL = 100.0
_MOST_FIT = 0.6
_MOST_ITEMS = 40


@dataclass(frozen=True)
class _Item:
    """A count with its share."""

    part: Quantity
    share: Quantity
    sentence: Sentence

    @property
    def whole(self) -> Between:
        """What the count would be such a share of."""
        # “A quarter” is told of what lies near it.
        loose = 3.0 if self.share.unit is Unit.SHARE else 0.0
        low, high = self.share.low - loose, self.share.high + loose
        return Between(_ALL * self.part.low / max(high, 0.01), _ALL * self.part.high / max(low, 0.01))


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Shares that are of another whole than those beside them, or than the total told before them."""
    for section in document.sections:
        for sentences in _passages(section.sentences):
            yield from _of_all(sentences)
            for items, near in _groups(sentences):
                yield from _compared(items, _whole(items, _totals(near, items)))


# “73 serious offences (13% of all offences)”, “114 other offences, 21.2% of all offences”.
_OF_ALL = re.compile(r"‹N(\d+)›(?:\s(?:[a-z-]+|‹[UD]›)){1,9}(?:\s\(|,\s(?:or\s)?)‹P(\d+)›\sof\s(all\s[a-z]+)\b")


def _of_all(sentences: Sequence[Sentence]) -> Iterator[Tested]:
    """Two parts with their shares of all there are, which cannot be of one number."""
    found = [
        (_Item(sentence.quantities[int(one[1])], sentence.quantities[int(one[2])], sentence), one[3])
        for sentence in sentences
        for one in _OF_ALL.finditer(sentence.tagged.text)
    ]
    for (first, of_first), (second, of_second) in combinations(found[:_MOST_ITEMS], 2):
        if of_first != of_second:
            continue
        # The one that says less exactly what all are is rather the wrong one.
        less, more = sorted((first, second), key=lambda item: item.whole.high / item.whole.low, reverse=True)
        figures = (less.share.printed, less.part.printed)
        yield Tested(
            place_of(less.sentence), figures, None if less.whole.meets(more.whole) else _objection(less, more.whole)
        )


def _groups(sentences: Sequence[Sentence]) -> Iterator[tuple[list[_Item], Sequence[Sentence]]]:
    """Shares that are of one whole: those of a sentence that has a total of its own, and the rest of the passage."""
    rest: list[_Item] = []
    for sentence in sentences:
        items = list(_items(sentence))
        if _totals([sentence], items):
            yield items, [sentence]
        else:
            rest += items
    yield rest, sentences


def _compared(items: Sequence[_Item], whole: Between | None) -> Iterator[Tested]:
    for item in items if whole else ():
        assert whole is not None
        figures = (item.share.printed, item.part.printed)
        fits = item.whole.meets(whole)
        if fits or 0.02 < item.part.value / whole.middle <= 1:
            yield Tested(place_of(item.sentence), figures, None if fits else _objection(item, whole))


def _passages(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    held: list[Sentence] = []
    for one in sentences:
        if held and held[-1].passage is not one.passage:
            yield held
            held = []
        held.append(one)
    if held:
        yield held


def _items(sentence: Sentence) -> Iterator[_Item]:
    stated = [one.by for one in sentence.changes]
    for found in _BESIDE.finditer(sentence.tagged.text):
        part = sentence.quantities[int(found[1] or found[4] or found[6])]
        share = sentence.quantities[int(found[2] or found[3] or found[5])]
        whole = _A_WHOLE.search(sentence.text[: part.start])
        before = sentence.text[: part.start]
        if (
            not whole
            and not _OF_THOSE.search(before)
            and share not in stated
            and part not in stated
            and part.value > 0
            and 0 < share.value < _ALL
        ):
            yield _Item(part, share, sentence)


def _totals(sentences: Sequence[Sentence], items: Sequence[_Item]) -> list[Quantity]:
    """Counts that may be the whole: larger than every part, and no part themselves."""
    if not items:
        return []
    parts, most = [item.part for item in items], max(item.part.value for item in items)
    return [
        one
        for sentence in sentences
        for one in sentence.quantities
        if one.unit is Unit.COUNT and one not in parts and one.value >= most
    ]


def _whole(items: Sequence[_Item], totals: Sequence[Quantity]) -> Between | None:
    """The one whole that most items are of; None where that cannot be told."""
    candidates = [_rounded(one) for one in totals] if totals else [item.whole for item in items]
    fitting = [(sum(item.whole.meets(one) for item in items), one) for one in candidates]
    if not fitting:
        return None
    times, best = max(fitting, key=lambda one: one[0])
    enough = (
        times >= (1 if totals else 3) and times >= _MOST_FIT * len(items)
        if len(items) > 2
        else times >= 1 and bool(totals)
    )
    return best if enough and len(items) > 1 else None


def _rounded(total: Quantity) -> Between:
    """A total with the room that noughts at its end leave: 171,000 may be 170,535."""
    noughts = len(f"{total.value:.0f}") - len(f"{total.value:.0f}".rstrip("0"))
    half = 0.5 * 10**noughts if noughts > 1 else 0.0
    return Between(total.low - half, total.high + half)


def _objection(item: _Item, whole: Between) -> Objection:
    actual = _ALL * item.part.value / whole.middle
    return Objection(
        Kind.ERROR,
        SLUG,
        item.sentence.text,
        place_of(item.sentence),
        (item.share.printed, item.part.printed),
        f"{item.part.printed} of {as_words(whole.middle, 0)} is {as_words(actual, 1)}%, not {item.share.printed}, "
        "as the shares beside it are worked out.",
        "",
        0.8,
    )
