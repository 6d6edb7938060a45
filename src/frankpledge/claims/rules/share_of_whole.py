"""A share against its part and whole, or the same in other words: “48 of the 678 (9%)”, “a third (26%)”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil

from frankpledge.claims.arithmetic import Between, as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.rates import Population, populations
from frankpledge.claims.statements import Sentence

SLUG = "share-of-whole"
_FEW = r"(?:[^‹›.;:()]|‹[TAL]\d+›){0,%d}?"
_OF = r"\b(?:of|out\sof|from)\s(?:the\s|all\s|these\s|those\s|a\stotal\s(?:of\s)?|a\scohort\sof\s|an?\s|some\s)*"
# Each names a part, a whole and a share, in the order of its groups.
_FORMS = (
    # “48 of the 678 people searched (7%)”, “48 (7%) of 678”.
    (re.compile(rf"‹N(\d+)›{_FEW % 30}{_OF}‹N(\d+)›{_FEW % 60}(?:\(\s?|,\sor\s|\sor\s|–\s|-\s)‹P(\d+)›"), (1, 2, 3)),
    (re.compile(rf"‹N(\d+)›{_FEW % 40}\s?\(‹P(\d+)›\)\s{_FEW % 40}{_OF}‹N(\d+)›"), (1, 3, 2)),
    # “7% (48 of 678)”, “36.4%, 12 re-offenders from a cohort of 33”.
    (re.compile(rf"‹P(\d+)›(?:{_FEW % 25}\(\s?|,\s(?:or\s)?)‹N(\d+)›{_FEW % 25}{_OF}‹N(\d+)›"), (2, 3, 1)),
    (re.compile(rf"‹P(\d+)›{_FEW % 25}\(\s?‹N(\d+)›\s?/\s?‹N(\d+)›"), (2, 3, 1)),
    # “67% of thefts were dealt with out of court (30 of 91)”, “60% of the 321 referrals (127)”.
    (re.compile(rf"‹P(\d+)›{_FEW % 80}\(\s?‹N(\d+)›\s(?:of|out\sof)\s(?:the\s|all\s)?‹N(\d+)›(?:\s[a-z]+){{0,2}}\s?\)"),
     (2, 3, 1)),
    (re.compile(rf"‹P(\d+)›\s{_OF}‹N(\d+)›(?:\s[a-z-]+){{0,4}}\s\(\s?‹N(\d+)›\s?\)"), (3, 2, 1)),
    # “Of those 79, 47 (60%)”.
    (re.compile(r"\bof\s(?:those|these)\s‹N(\d+)›,\s‹N(\d+)›\s\(‹P(\d+)›\)"), (2, 1, 3)),
    # “Of the 678 people searched, 48 (7%)”, “of 452 offences, 56, or 12.4%”.
    (re.compile(
        rf"\bof\s(?:the\s|all\s|these\s|a\stotal\sof\s)*‹N(\d+)›{_FEW % 80},\s{_FEW % 25}‹N(\d+)›{_FEW % 45}(?:\(|"
        rf",\sor\s)‹P(\d+)›"), (2, 1, 3)),
    # “Of which 48, a rate of 7%”, “48 of the 678 had one, which is 7%”.
    (re.compile(
        rf"‹N(\d+)›{_FEW % 30}{_OF}‹N(\d+)›{_FEW % 70},\s(?:an?|which\sis|"
        rf"that\sis|making|giving|representing)\s{_FEW % 25}‹P(\d+)›"), (1, 2, 3)),
    # “70 reports came from schools, that is 15% of the total of 472”.
    (re.compile(
        rf"‹N(\d+)›{_FEW % 70},?\s(?:that\sis|which\sis|or|representing)\s‹P(\d+)›\sof\s(?:the|"
        rf"a)\stotal\s{_FEW % 15}\bof\s‹N(\d+)›"), (1, 3, 2)),
)  # fmt: skip
_IN_WORDS = re.compile(
    r"‹F(\d+)›(?:[^‹›.;:()]|‹[TA]\d+›){0,80}?\(\s?‹P(\d+)›|‹P(\d+)›\s?\(\s?(?:or\s|about\s|nearly\s|around\s|almost\s)?‹F(\d+)›"
)
# A share in words is told of what lies near it.
_NEAR = 4.5
_ALL = 100.0


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Shares that are not their part of their whole."""
    known = populations(document)
    for sentence in document.sentences:
        yield from _of_counts(sentence)
        yield from _in_words(sentence)
        yield from _of_people(sentence)
        yield from _of_people_before(document, sentence)
        yield from _of_population(document, sentence, known)
        yield from _of_residents(sentence, known)


def _of_counts(sentence: Sentence) -> Iterator[Tested]:
    seen: set[int] = set()
    yield from _of_the_same(sentence)
    for pattern, order in _FORMS:
        for found in pattern.finditer(sentence.tagged.text):
            part, whole, share = (sentence.quantities[int(found[group])] for group in order)
            if int(found[order[2]]) in seen or not 0 < part.value <= whole.value or _is_change(sentence, share):
                continue
            seen.add(int(found[order[2]]))
            fits = Between(share.low, share.high).meets(_share(part, whole))
            figures = (share.printed, part.printed, whole.printed)
            yield Tested(place_of(sentence), figures, None if fits else _objection(sentence, part, whole, share))


# “87 of 321 young people (27%) had been excluded and 130 (40%) were known to social care”.
_AND_ANOTHER = re.compile(
    rf"‹N(\d+)›{_FEW % 20}\s(?:of|out\sof)\s(?:the\s|all\s)*‹N(\d+)›{_FEW % 50}"
    rf"\(‹P(\d+)›\)(?:[^‹›.;()]){{0,70}}(?:,|\sand)\s‹N(\d+)›\s\(‹P(\d+)›\)"
)


def _of_the_same(sentence: Sentence) -> Iterator[Tested]:
    """A second part of one whole, where the first part is its share of it."""
    for found in _AND_ANOTHER.finditer(sentence.tagged.text):
        first, whole, share, part, told = (sentence.quantities[int(found[at])] for at in range(1, 6))
        right = Between(share.low, share.high).meets(_share(first, whole))
        if right and 0 < part.value <= whole.value:
            fits = Between(told.low, told.high).meets(_share(part, whole))
            figures = (told.printed, part.printed, whole.printed)
            yield Tested(place_of(sentence), figures, None if fits else _objection(sentence, part, whole, told))


def _share(part: Quantity, whole: Quantity) -> Between:
    return Between(_ALL * part.low / whole.high, _ALL * part.high / max(whole.low, 1.0))


def _is_change(sentence: Sentence, share: Quantity) -> bool:
    return any(one.by is share for one in sentence.changes)


def _objection(sentence: Sentence, part: Quantity, whole: Quantity, share: Quantity) -> Objection:
    actual = _ALL * part.value / whole.value
    return Objection(
        Kind.ERROR,
        SLUG,
        sentence.text,
        place_of(sentence),
        (share.printed, part.printed, whole.printed),
        f"{part.printed} of {whole.printed} is {as_words(actual, 1)}%, not {share.printed}.",
        _suggestion(part, whole, share),
        0.92,
    )


def _suggestion(part: Quantity, whole: Quantity, share: Quantity) -> str:
    stated = Between(share.low, share.high)
    if part.value < whole.value and stated.meets(Between.of(_ALL * (whole.value - part.value) / whole.value)):
        return "It is the share of the rest."
    for times, words in ((10, "ten times"), (0.1, "a tenth of")):
        if stated.meets(Between.of(times * _ALL * part.value / whole.value)):
            return f"The point is in the wrong place: it is {words} what it should be."
    return f"{as_words(_ALL * part.value / whole.value, 1)}%, if both counts are right."


def _in_words(sentence: Sentence) -> Iterator[Tested]:
    for found in _IN_WORDS.finditer(sentence.tagged.text):
        told, share = (sentence.quantities[int(at)] for at in (found[1] or found[4], found[2] or found[3]))
        if told.value:
            figures = (share.printed, told.printed)
            words = f"{told.printed.capitalize()} is {as_words(told.value, 1)}%, not {share.printed}."
            objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.85)
            yield Tested(place_of(sentence), figures, None if _as_told(told, share) else objection)


def _as_told(told: Quantity, share: Quantity) -> bool:
    if told.hedge is Hedge.OVER:
        return share.high > told.value
    if told.hedge is Hedge.UNDER:
        return share.low < told.value
    return abs(share.value - told.value) <= _NEAR


# “65% of 45 victims”: of so few, only some per cents can be.
_OF_FEW = re.compile(
    r"‹P(\d+)›\s(?:of|out\sof)\s(?:the\s|all\s|these\s|those\s)*‹N(\d+)›\s(?!respondents|residents|responses|households)(?:[a-z-]+\s){0,3}"
    r"(?:people|victims|children|clients|offenders|suspects|women|men|cases|users|perpetrators|participants|pupils|students|families)"
)
_FEW_PEOPLE = 100


def _of_people(sentence: Sentence) -> Iterator[Tested]:
    for found in _OF_FEW.finditer(sentence.tagged.text):
        share, whole = sentence.quantities[int(found[1])], sentence.quantities[int(found[2])]
        if not 1 < whole.value < _FEW_PEOPLE or Hedge.EXACT not in (share.hedge, whole.hedge):
            continue
        yield _of_few(sentence, share, whole)


def _of_few(sentence: Sentence, share: Quantity, whole: Quantity) -> Tested:
    least, most = whole.value * share.number.low / _ALL, whole.value * share.number.high / _ALL
    figures = (share.printed, whole.printed)
    near = round(whole.value * share.value / _ALL)
    nearest = as_words(_ALL * near / whole.value, 1)
    words = f"No whole number of {whole.printed} is {share.printed}: {near} of them are {nearest}%."
    objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.7)
    return Tested(place_of(sentence), figures, None if ceil(least - 1e-9) <= most else objection)


# “The number aged 25 to 44 is 102,493, which is 28% of the population”, “19% of residents are under 16 (17,397)”.
_OF_RESIDENTS = (
    (re.compile(
        r"‹N(\d+)›,?\s(?:which\sis|that\sis|or|equal\sto|representing)\s‹P(\d+)›\sof\s(?:the|all|our)\s(?:[a-z]+\s)?"
        r"(?:population|residents)\b"), (1, 2)),
    (re.compile(
        r"‹P(\d+)›\sof\s(?:all\s|the\s|our\s)?(?:residents|population)(?:[^‹›.;()]|‹A\d+›){0,60}"
        r"\(‹N(\d+)›(?:\s(?:people|residents))?\)"), (2, 1)),
)  # fmt: skip


def _of_residents(sentence: Sentence, known: list[Population]) -> Iterator[Tested]:
    """A share of all residents beside its number, of the one population that the document prints."""
    values = [one.value for one in known]
    for pattern, (of_part, of_share) in _OF_RESIDENTS:
        for found in pattern.finditer(sentence.tagged.text):
            part, share = sentence.quantities[int(found[of_part])], sentence.quantities[int(found[of_share])]
            if not values or max(values) > 1.03 * min(values) or part.value >= min(values):
                continue
            whole = known[0]
            actual = _ALL * part.value / whole.value
            figures = (share.printed, part.printed, whole.printed)
            words = f"{part.printed} of {whole.printed} is {as_words(actual, 1)}%, not {share.printed}."
            objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.82)
            fits = Between(share.low - 0.02 * actual, share.high + 0.02 * actual).meets(Between.of(actual))
            yield Tested(place_of(sentence), figures, None if fits else objection)


# “41 young people … 58% of the young people”.
_OF_THE_PEOPLE = re.compile(
    r"‹P(\d+)›\sof\s(?:the|these|those)\s((?:[a-z-]+\s)?(?:people|victims|children|clients|offenders|suspects|women|men|cases|pupils|students|families))\b"
)


def _of_people_before(document: ReadDocument, sentence: Sentence) -> Iterator[Tested]:
    """A share of few people whose number the sentence before tells: only some per cents can be."""
    before = document.before(sentence)
    if before is None or before.passage is not sentence.passage:
        return
    for found in _OF_THE_PEOPLE.finditer(sentence.tagged.text):
        share = sentence.quantities[int(found[1])]
        wholes = [one for one in before.quantities if one.unit is Unit.COUNT and one.of.lower().startswith(found[2])]
        if len(wholes) == 1 and 1 < wholes[0].value < _FEW_PEOPLE and share.hedge is wholes[0].hedge is Hedge.EXACT:
            yield _of_few(sentence, share, wholes[0])


_OF_ALL = re.compile(
    r"^(?:this|that|which|it)\s(?:is|was|represents|represented|equates\sto|makes\sup|accounts\sfor)\s"
    r"(?:about\s|around\s|some\s)?‹P(\d+)›\sof\s"
    r"(?:the\s)?(?:total\s|local\s|borough[’']?s?\s|overall\s|entire\s|resident\s|[a-z]+[’']s\s)*population\b"
)


def _of_population(document: ReadDocument, sentence: Sentence, known: list[Population]) -> Iterator[Tested]:
    """A share of the population, of the count in the sentence before and the one population the document prints."""
    found, before = _OF_ALL.match(sentence.tagged.text), document.before(sentence)
    if (
        found is None
        or before is None
        or not known
        or max(one.value for one in known) > 1.03 * min(one.value for one in known)
    ):
        return
    share, counts = sentence.quantities[int(found[1])], [one for one in before.quantities if one.unit is Unit.COUNT]
    times = [one for one in before.quantities if one.unit is Unit.TIME]
    if len(counts) != 1 or times or counts[0].value < _LEAST_COUNT:
        return
    whole = known[0]
    actual = _ALL * counts[0].value / whole.value
    figures = (share.printed, counts[0].printed, whole.printed)
    words = f"{counts[0].printed} of {whole.printed} is {as_words(actual, 1)}%, not {share.printed}."
    objection = Objection(
        Kind.ERROR, SLUG, f"{before.text} {sentence.text}", place_of(sentence), figures, words, "", 0.8
    )
    fits = Between(share.low - 0.02 * actual, share.high + 0.02 * actual).meets(Between.of(actual))
    yield Tested(place_of(sentence), figures, None if fits else objection)


_LEAST_COUNT = 1000
