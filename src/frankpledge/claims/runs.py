"""Runs of values in a sentence, each with its label: “Eastholm 8.4, Westholm 7.1 and Northholm 5.0”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.statements import LEVELS, Sentence


@dataclass(frozen=True)
class Run:
    """Values of one unit in a row, with nothing but labels between them.

    Attributes
    ----------
    values
        Two or more, in order.
    labels
        Of each value, as printed; empty where it has none.
    """

    unit: Unit
    values: tuple[Quantity, ...]
    labels: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where the first value stands."""
        return self.values[0].start

    @property
    def end(self) -> int:
        """Where the last value ends."""
        return self.values[-1].end


_ASIDE = re.compile(r"\s?\([^()]*\)")
_SEPARATES = re.compile(r",\s|;\s|\s(?:and|plus)\s|\s&\s")
# What tells more of one value than its name.
_TELLS = re.compile(
    r"\b(?:was|were|is|are|had|has|have|saw|rose|fell|increased|decreased|compared|from|than|while|whereas|of\swh\w+|of\sthe(?:se|m)|"
    r"which|who|but|against|up|down|per|average|followed|(?<!and\s)(?<!or\s)over|targets?\sof|together|making|total)\b|\.\s",
    re.IGNORECASE,
)
_LONGEST = 70
# A name, a group in quotation marks, an age, a time of day or a year at the end of what stands before a value.
_LAST_LABEL = re.compile(
    r"(?:[“\"‘](?P<quoted>[^“”\"]{1,60})[”\"’]|(?P<name>(?:[A-Z][\w’'-]*|noon|midnight|\d{1,2}(?:[ap]m|[–-]\d{2}|\+)?|(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?)"
    r"(?:[\s-](?:[A-Z][\w’'-]*|and|the|of|on|upon|to|in|with|\d{1,2}[ap]m|noon|midnight|Other|other|(?<=and\s)over|(?<=or\s)over|\d{2}\+?))*))"
    r"\s?(?:at|with|of|is|was|has|had|recorded|[:(–=-])?\s?\(?£?$"
)
_BEHIND = re.compile(
    r"^\s?\(?(?:(?:[a-z]+\s){0,3}(?:in|for|from|across)\s(?:the\s)?|were\s|)(?P<label>[“\"]?[^,;:().%]{2,60}?)[”\"]?\s?\)?$"
)
# Where the last label ends: a mark, or a verb that is told of all.
_ENDING = (
    r"[,;:.](?!\d)|\)|\s(?:was|were|is|are|had|has|come|comes|came|makes?|made|gives?|together|between|bring|brings|in\s(?:all|total)|"
    r"altogether)\b"
)
_ENDS, _ENDS_OR_TIME = re.compile(_ENDING), re.compile(rf"{_ENDING}|\sin\s20\d\d\b")
_AT_END = re.compile(r"[,;]?\s*(?:\band|\bplus|&)?\s*$")


def runs(sentence: Sentence) -> Iterator[Run]:
    """The runs of a sentence, those of two values too; a run ends where words tell more than a name."""
    stated = {id(one.by) for one in sentence.changes}
    for unit in LEVELS:
        values = [one for one in sentence.quantities if one.unit is unit and id(one) not in stated]
        held: list[Quantity] = []
        for one in values:
            if held and not _goes_on(sentence, held[-1], one):
                yield from _run(sentence, unit, held)
                held = []
            held.append(one)
        yield from _run(sentence, unit, held)


def _goes_on(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    between = _ASIDE.sub("", f"{sentence.text[one.end : other.start]}")
    between = re.sub(r"\($|^[^()]*\)(?=[,;\s])", "", between) if between.count("(") != between.count(")") else between
    joined = _SEPARATES.search(sentence.text[one.end : other.start])
    return bool(joined) and len(between) <= _LONGEST and not _TELLS.search(between)


def _run(sentence: Sentence, unit: Unit, values: list[Quantity]) -> Iterator[Run]:
    if len(values) < 2:
        return
    before = [_before(sentence, values[at - 1].end if at else 0, one.start) for at, one in enumerate(values)]
    behind = [_behind(sentence.text[one.end : follows.start]) for one, follows in pairwise(values)]
    behind.append(_behind(_up_to_its_end(sentence.text[values[-1].end :], timed=_is_time(behind[-1]))))
    if not before[0] and before[1]:
        before[0] = _last_words(sentence.text[: values[0].start], len(before[1].split()))
    told = before if sum(map(bool, before)) >= sum(map(bool, behind)) else behind
    yield Run(unit, tuple(values), tuple(told))


# “41,390 (27.8%)”: the end of a number is no label.
_A_NUMBER = re.compile(r"\d{1,3}")


def _before(sentence: Sentence, start: int, end: int) -> str:
    found = _LAST_LABEL.search(sentence.text[start:end])
    label = (found["quoted"] or found["name"] or "").strip() if found else _last_part(sentence.text[start:end])
    return "" if _A_NUMBER.fullmatch(label) else label


def _last_part(text: str) -> str:
    """Of words without a capital, all since the last that separates."""
    parts = re.split(r",\s|;\s|:\s|\s(?:and|plus)\s|\s\(|\)\s?", re.sub(r"[\s(:–£-]+$", "", text))
    last = parts[-1].strip(" ,;(").removeprefix("and ").strip() if len(parts) > 1 else ""
    return last if len(last) < _LONGEST and last not in _JOINTS else ""


_JOINTS = ("and", "plus", "or")


def _last_words(text: str, many: int) -> str:
    """As many words as the labels of the others have."""
    return " ".join(re.sub(r"[\s(:–£-]+$", "", text).split()[-many:])


# “181,893 male residents (49%).”
_BEHIND_WORDS = re.compile(r"^(\s[a-z][a-z\s-]*)\s\([^()]*\)")


def _up_to_its_end(text: str, *, timed: bool) -> str:
    """What stands behind the last value, as far as it may be its label; a time ends it unless times are the labels."""
    text = _BEHIND_WORDS.sub(r"\1", text).removeprefix(" (")
    ends = (_ENDS if timed else _ENDS_OR_TIME).search(text)
    return text[: ends.start()] if ends else text


def _is_time(label: str) -> bool:
    return bool(re.match(r"^(?:FY)?(?:19|20)?\d\d", label))


def _behind(text: str) -> str:
    told = _AT_END.sub("", text)
    # “201,452 female residents (51%)”; but of “36 (2017/18)” the bracket is the label.
    found = _BEHIND.match(_ASIDE.sub("", told)) or _BEHIND.match(told)
    return found["label"].strip('“”" ') if found else ""
