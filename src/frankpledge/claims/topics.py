"""What a section is about, and whether a sentence in it may be about something else."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from frankpledge.claims.documents import Section
from frankpledge.claims.grammar.nouns import GENERAL
from frankpledge.claims.grammar.numbers import WORDS
from frankpledge.claims.grammar.quantities import Quantity, Unit
from frankpledge.claims.statements import Sentence

_WORD = re.compile(r"[A-Za-z][a-z’'-]{2,}")
# Words of any sentence about any figure; no topic.
_PLAIN_WORDS = """
    the and for from with was were has had have been are its his her their our this that these those there which who
    whom when where while than then not all any each every both but into over under between among during since until
    before after per year years month months quarter quarters twelve period time week day rate rates number numbers
    total totals figure figures count counts volume offence offences crime crimes incident incidents report reports
    record recorded recording records case cases call calls referral referrals people person resident residents
    population area areas borough district city town county council neighbouring neighbours similar group families
    stands stood stand had see saw seen compared compares comparison come came closed made makes make equates gives
    ending ended end financial calendar annual annually year-on-year previous last latest now still also just only
    about around expressed across here out one two three four five six seven eight nine ten published overall whole
    against more fewer less most highest lowest higher lower increase increased decrease decreased rise rose risen fall
    fell fallen reduction change changed received admission admissions attendance attendances complaint complaints
    average averaged averages averaging mean means median typical typically handle handled dealt
    officers services partners
    quick facts key findings finding headline headlines summary glance section table chart figure
    applications application level levels victims victim episodes young call-outs exclusions
"""
_MONTHS = {name.lower() for names in (calendar.month_name, calendar.month_abbr) for name in names}
_PLAIN = frozenset(_PLAIN_WORDS.split()) | _MONTHS

_AGAIN = 3


def topic_of(section: Section, own: str) -> frozenset[str]:
    """The words of a section's heading and of its tables' captions, and those of what it counts again and again."""
    texts = [section.heading, *(table.source.caption for table in section.tables)]
    return (frozenset(stem for text in texts for stem in stems(text)) | _mostly_counted(section)) - frozenset(
        own.split()
    )


def _mostly_counted(section: Section) -> frozenset[str]:
    """The words behind the counts of most sentences that have any: “cases heard by the MARAC”."""
    counted = [
        {stem for one in sentence.quantities if one.unit is Unit.COUNT for stem in stems(_UP_TO.split(one.of)[0])}
        for sentence in section.sentences
    ]
    counted = [words for words in counted if words]
    times = Counter(stem for words in counted for stem in words)
    return frozenset(stem for stem, number in times.items() if number >= _AGAIN and 2 * number > len(counted))


def speaks_of(text: str, topic: frozenset[str], names: re.Pattern[str] | None) -> bool:
    """Whether most words of a sentence that tell what it is about, but for names, are of a topic, or it has none."""
    words = stems(names.sub(" ", text) if names else text)
    return not words or _mostly(words, topic)


def share_a_topic(one: str, other: str) -> bool:
    """Whether two sentences share a word for what they are about, or one has none."""
    of_one, of_other = set(stems(one)), set(stems(other))
    return not of_one or not of_other or bool(of_one & of_other)


def speaks_of_others(text: str, topic: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a sentence has words that other sections are about, and none of its own section's."""
    words = set(stems(text))
    return bool(words & others) and not words & topic


# Where the words for what is counted end.
_UP_TO = re.compile(r"\b(?:in|during|for|were|was|are|is|compared|between|per|which|that|this|than)\b")


def counts_topic(sentence: Sentence, one: Quantity, topic: frozenset[str], names: re.Pattern[str]) -> bool:
    """Whether the words behind a count, or, where it has none, those since the last one before it, are of the topic."""
    # “A&E attendances for assault”: where the first words tell nothing, those behind “for” do.
    behind = stems(names.sub(" ", _UP_TO.split(one.of)[0])) or stems(names.sub(" ", one.of.partition("(")[0]))
    if behind:
        return _mostly(behind, topic)
    last = max((other.end for other in sentence.quantities if other.end <= one.start and other.time is None), default=0)
    before = stems(
        re.split(r";|\.\s|,\s(?=[a-z])|\bwhile\b|\band\b", names.sub(" ", sentence.text[last : one.start]))[-1]
    )
    if not before:
        # A bare number is of what its clause is about.
        before = stems(names.sub(" ", sentence.text[: one.start].rpartition(";")[2]))
    return not before or _mostly(before, topic)


_THEFTS = {"theft-of", "theft-from"}


def _mostly(words: Iterable[str], topic: frozenset[str]) -> bool:
    shared = topic.intersection(words)
    other_theft = not _THEFTS.isdisjoint(words) and not _THEFTS.isdisjoint(topic) and _THEFTS.isdisjoint(shared)
    return 2 * len(shared) > len(set(words)) and not other_theft


_THEFT = re.compile(r"\bthefts?\s(from|of)\b", re.IGNORECASE)


# Rules that compare sentences ask it of each again and again.
@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The words of a text that tell what it is about, without their endings."""
    # Theft from a vehicle is one offence, and theft of it another.
    words = (word.lower() for word in _WORD.findall(_THEFT.sub(r"theft-\1", text)))
    told = (word for word in words if word not in _PLAIN and word not in WORDS)
    return tuple(stem for stem in map(_stem, told) if stem not in GENERAL)


def _stem(word: str) -> str:
    return re.sub(r"ies$", "y", re.sub(r"(?:’s|'s)$", "", word)).rstrip("s")
