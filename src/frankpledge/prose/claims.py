"""Words of direction beside figures: does the finding still bear them out?

A clause is judged where it says one thing of one indicator in one area, with a figure of it in place. What cannot be
told is left alone: a build that fails for a good sentence teaches people to write no figures at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from frankpledge.findings.sentences import change_sentence
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import plain_text
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Finding, Verdict
from frankpledge.periods import Period, parse_period
from frankpledge.prose.asked import Asked
from frankpledge.prose.markdown import Passage
from frankpledge.prose.problems import Problem
from frankpledge.prose.sentences import A_REFERENCE, REFERENCE, REST, SETTLED, Stretch, blotted, clauses, sentences


class Direction(StrEnum):
    """What a word says of a change."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True)
class _Word:
    """A word of direction in a clause: where, which way, and whether it is denied."""

    start: int
    end: int
    text: str
    direction: Direction
    denied: bool


_BORNE_OUT = {
    Direction.UP: frozenset({Verdict.ROSE}),
    Direction.DOWN: frozenset({Verdict.FELL}),
    Direction.SAME: frozenset({Verdict.NO_CLEAR_CHANGE}),
}
_CHANGES = (Measure.COUNT_CHANGE, Measure.RATE_CHANGE, Measure.PERCENT_CHANGE)
_LEVELS = (Measure.COUNT, Measure.RATE)

# A participle before a noun (“increased patrols”) says nothing of a figure; followed by one of these it is a verb.
_AFTER = (
    r"(?=\s*(?:[,.;:)]|$|\(|\b(?:by|from|to|in|on|since|compared|over|between|again|during|this|for|with|at)\b|\w+ly\b|"
    rf"{REFERENCE}))"
)
# “Is up {figure}”, but not “made up {figure}”; “a {figure} rise”, but not “the {figure} rise to”.
_STANDS = r"(?:(?<=is\s)|(?<=was\s)|(?<=are\s)|(?<=were\s)|(?<=,\s))"
_AFTER_FIGURE = rf"(?<=[{REFERENCE}{REST}]\s)"
_NOT_BEFORE = r"(?:(?<=not\s)|(?<=n[’']t\s)|(?<=continued\sto\s))"
_COMPARED = r"(?=\s(?:in\s[^.;]*?)?than\b)"
_UP = (
    r"rose(?!\sto\sthe\b)|risen(?!\sto\sthe\b)|went\sup|gone\sup|grew|grown|climbed"
    rf"|(?:increased|doubled|trebled|tripled){_AFTER}|up(?=\s(?:by|from|on)\b)|{_STANDS}up(?=\s{REFERENCE})"
    rf"|(?:increase|rise)(?=\s(?:of|from|in|on)\b)|{_AFTER_FIGURE}(?:increase|rise)\b|{_NOT_BEFORE}(?:rise|increase|grow)\b"
    rf"|(?:was|were|is|are)\shigher{_COMPARED}|increasing|rising|more(?=\s[^.;]*?\bthan\sin\b)"
)
_DOWN = (
    r"fell(?!\sshort)|fallen(?!\sshort)|went\sdown|gone\sdown"
    rf"|(?:decreased|reduced|declined|dropped|halved){_AFTER}|down(?=\s(?:by|from|on)\b)|{_STANDS}down(?=\s{REFERENCE})"
    rf"|(?:decrease|fall|reduction|drop|decline)(?=\s(?:of|from|in|on)\b)"
    rf"|{_AFTER_FIGURE}(?:decrease|fall|reduction|drop|decline)\b|{_NOT_BEFORE}(?:fall|decrease|decline|drop)\b"
    rf"|(?:was|were|is|are)\slower{_COMPARED}|decreasing|falling|fewer(?=\s[^.;]*?\bthan\sin\b)"
)
_SAME = (
    r"no\s(?:clear\s|real\s|significant\s)?change|unchanged|(?:remained|stayed|held|was|were|is|are|been)\s(?:broadly\s|"
    r"largely\s)?(?:stable|steady|flat|level|the\s(?:same))|did\snot\schange|has\snot\schanged|have\snot\schanged"
)
_DIRECTIONS = {
    direction: re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    for direction, pattern in ((Direction.SAME, _SAME), (Direction.UP, _UP), (Direction.DOWN, _DOWN))
}
_DENIED = re.compile(
    r"(?:\b(?:not|never|neither|nor|no|without|hardly)\b|n[’']t)(?:\s\w+){0,2}\s*$",
    re.IGNORECASE,
)
# What is wished, feared, asked or said by others is no claim; nor is what ended, nor a step compared with a step.
_NO_CLAIM = re.compile(
    r"\b(?:will|would|should|could|may|might|must|can|shall|if|whether|aim|aims|aimed|target|targets|hope|hopes|expect|"
    r"expected|expects|forecast|predicted|likely|unlikely|say|says|said|feel|feels|felt|think|believe|believed|perceive|"
    r"perceived|perception|stopped|no\slonger|until|before\sit|(?<!continued\s)to\s(?:increase|rise|fall|reduce|decrease|drop|decline))\b"
    r"|\?",
    re.IGNORECASE,
)
# A comparison other than with the same months a year before.
_OTHER_TIME = re.compile(
    r"\b(?:(?:previous|last|past|preceding)\s(?:\w+\s)?(?:months?|quarters?|weeks?|decade|\w+\syears)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|several|many|\d+)\s(?:consecutive\s)?(?:years|months|quarters)"
    r"|decade|pandemic|baseline|on\saverage|average|peak|month\s(?:before|earlier)|quarter\s(?:before|earlier)"
    r"|than\s(?!(?:in\s)?(?:the\s)?(?:year|last\syear|previous\syear|(?:19|20)\d\d|a\syear)))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Before a figure that a word of direction leads to, and before a word that is said of the figure.
_LEADS_TO = re.compile(
    r"\b(?:by|to|from|of|at|was|were|with|and)\s(?:(?:about|around|nearly|almost|just|over|only|some|more\sthan|fewer\sthan|"
    r"less\sthan)\s)*$|[(:,]\s*$",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"\b(?:it|this|that|which|rate|rates|number|numbers|figure|figures|total|totals|count|counts|offences|crimes|level|"
    r"levels|incidents|there|and|or)\s*(?:in\s[\w\s]+?)?$",
    re.IGNORECASE,
)
_AUXILIARIES = re.compile(
    r"(?:\s*\b(?:has|have|had|was|were|is|are|did|not|also|again|clearly|slightly|sharply|then|been|neither|both|"
    r"therefore|be|an?|nor)\b|n[’']t)*\s*$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"[,(–—-]\s*(?:a|an|which\sis|that\sis|and)?\s*$", re.IGNORECASE)


def check_claims(passage: Passage, figures: Mapping[int, Figure], asked: Asked) -> Iterator[Problem]:
    """What a passage says of its figures and they do not bear out.

    Parameters
    ----------
    figures
        Where in the passage's text a reference begins → its figure.
    """
    text = blotted(passage)
    for sentence in sentences(text):
        for clause in clauses(sentence):
            within = {place: one for place, one in figures.items() if clause.start <= place < clause.end}
            if within and not _NO_CLAIM.search(clause.text):
                line = passage.line_at(min(within))
                yield from _check_change(clause, within, asked, line)
                yield from _check_place(clause, within, asked, line)


def _check_change(clause: Stretch, figures: Mapping[int, Figure], asked: Asked, line: int) -> Iterator[Problem]:
    judged = {place: one for place, one in figures.items() if one.measure in (*_CHANGES, *_LEVELS)}
    if len({(one.indicator, one.area_code) for one in judged.values()}) != 1:
        return
    figure = next(iter(judged.values()))
    indicator = asked.every_indicator[figure.indicator]
    others = [one for one in asked.every_indicator.values() if one is not indicator]
    said = [word for word in _words(clause.text) if _linked(clause, word, judged, indicator, others)]
    if len({word.direction for word in said if not word.denied}) > 1:
        return
    periods = _periods(clause, judged, asked)
    if not said or periods is None:
        return
    current, against = periods
    finding = asked.finding(figure.indicator, figure.area_code, current, against)
    for word in said:
        if not _borne_out(word, finding):
            yield _not_borne_out(word, finding, indicator, asked, line)
            return


def _borne_out(word: _Word, finding: Finding) -> bool:
    if word.denied:
        return finding.verdict not in (*_BORNE_OUT[word.direction], Verdict.CANNOT_COMPARE)
    return finding.verdict in _BORNE_OUT[word.direction] and _as_much(word.text, finding)


# “Doubled” is said of what came near to it.
_TIMES = {"doubled": (1.9, 2.5), "trebled": (2.8, 3.5), "tripled": (2.8, 3.5), "halved": (0.4, 0.53)}


def _as_much(word: str, finding: Finding) -> bool:
    """Whether a change is as large as the word has it; true of words that say nothing of that."""
    low, high = _TIMES.get(word.lower(), (0.0, float("inf")))
    now, then = finding.current.numerator, finding.against.numerator
    return not now or not then or low <= now / then <= high


def _not_borne_out(word: _Word, finding: Finding, indicator: Indicator, asked: Asked, line: int) -> Problem:
    may_be_said = plain_text(change_sentence(asked.wording, indicator, finding))
    said = f"not {word.text}" if word.denied else word.text
    verdict = asked.wording.word("verdicts", finding.verdict.value)
    return Problem(
        line,
        f"“{said}” is said of {indicator.noun} in {finding.current.area_name}, and the figures do not bear it out: the "
        f"verdict is “{verdict}”.",
        f"What may be said: {may_be_said}",
    )


def _words(text: str) -> list[_Word]:
    """The words of direction in a clause, in order."""
    found = [
        _Word(one.start(), one.end(), one[0], direction, _denied(text[: one.start()], direction))
        for direction, pattern in _DIRECTIONS.items()
        for one in pattern.finditer(text)
    ]
    # “Did not change” is one word; what stands in it is none of its own.
    return sorted((one for one in found if not any(_inside(one, other) for other in found)), key=lambda one: one.start)


def _inside(one: _Word, other: _Word) -> bool:
    return one is not other and other.start <= one.start and one.end <= other.end and other.text != one.text


def _denied(before: str, direction: Direction) -> bool:
    return direction is not Direction.SAME and bool(_DENIED.search(before))


def _linked(
    clause: Stretch, word: _Word, figures: Mapping[int, Figure], indicator: Indicator, others: Sequence[Indicator]
) -> bool:
    """Whether a word of direction is said of the figures: it leads to one, or its subject is what they count."""
    if word.text.lower() in ("more", "fewer"):
        return bool(re.match(rf"\s(?:\w+\s)?{re.escape(indicator.noun)}\b", clause.text[word.end :], re.IGNORECASE))
    places = sorted(place - clause.start for place in figures)
    following = [place for place in places if place >= word.end]
    between = clause.text[word.end : following[0]] if following else ""
    if following and _LEADS_TO.search(between) and not re.search(r"\b(?:after|following|despite)\b", between):
        return not _other_subject(clause.text[: word.start], indicator, others)
    before = _AUXILIARIES.sub("", clause.text[: word.start])
    if any(place < word.start for place in places):
        return bool(_ADDED.search(clause.text[: word.start])) or _is_subject(before, indicator)
    return bool(following) and _is_subject(before, indicator)


def _is_subject(before: str, indicator: Indicator) -> bool:
    """Whether what stands before a word of direction ends in what the indicator counts."""
    return bool(
        _SAID_OF.search(before) or _names(indicator).search(before) or re.search(rf"{A_REFERENCE}\)?,?\s*$", before)
    )


def _names(indicator: Indicator) -> re.Pattern[str]:
    """What is counted, then at most a place or a time."""
    own = "|".join(re.escape(name) for name in {indicator.noun, indicator.title, indicator.slug.replace("-", " ")})
    return re.compile(rf"\b(?:{own})s?\b(?:\s(?:in|across|for|at|of)\s[^,.;]*?|,[^.;]*,)?\s*$", re.IGNORECASE)


# Subjects that an indicator of crime is not, though a figure of it stand beside.
_SOMETHING_ELSE = re.compile(
    r"\b(?:patrols?|officers?|funding|budget|spending|staff|demand|confidence|satisfaction|population|awareness|visits|"
    r"cameras|sessions|training|reporting|trust|prices|cost|costs|risk|rank|place)\b[^,.;]*$",
    re.IGNORECASE,
)


def _other_subject(before: str, indicator: Indicator, others: Sequence[Indicator]) -> bool:
    """Whether a word of direction is said of something that the indicator does not count."""
    if _names(indicator).search(before):
        return False
    spoken = before.lower()
    named = any(one.noun.lower() in spoken or one.title.lower() in spoken for one in others)
    own = indicator.noun.lower() in spoken or indicator.title.lower() in spoken
    return bool(_SOMETHING_ELSE.search(before)) or (named and not own)


def _periods(clause: Stretch, figures: Mapping[int, Figure], asked: Asked) -> tuple[Period, Period] | None:
    """The period a clause is about and the one it compares it with; None where that cannot be told."""
    if _OTHER_TIME.search(clause.text):
        return None
    changes = {parse_period(one.period) for one in figures.values() if one.measure in _CHANGES}
    levels = {parse_period(one.period) for one in figures.values() if one.measure in _LEVELS}
    found = sorted(changes | levels)
    if len(changes) > 1 or len(found) > 2 or (changes and found[-1] not in changes):
        return None
    if len(found) == 2:
        current, against = found[1], found[0]
    elif not changes and found[0] < asked.period and _is_where_it_began(clause, min(figures)):
        current, against = asked.period, found[0]
    else:
        current, against = found[0], found[0].year_before()
    return _as_named(clause.text, current, against, sure=bool(changes) or len(found) == 2)


def _is_where_it_began(clause: Stretch, place: int) -> bool:
    """Whether the only figure of a clause is the one that something rose or fell from."""
    return bool(re.search(r"\b(?:from|on|than)\s$", clause.text[: place - clause.start]))


def _as_named(text: str, current: Period, against: Period, *, sure: bool) -> tuple[Period, Period] | None:
    """The periods of a clause beside the earlier calendar year that it names, if it names one.

    Parameters
    ----------
    sure
        Whether the figures themselves say which two periods are compared; then another year in the words is of
        something else, and nothing can be told.
    """
    named = _against_named(text, current)
    if named is None or named == against:
        return (current, against) if len(current.months) == len(against.months) else None
    return None if sure else (current, named)


def _against_named(text: str, current: Period) -> Period | None:
    """An earlier calendar year that a clause names, where it is about a calendar year itself."""
    if len(current.text) != 4:
        return None
    earlier = sorted({year for year in _YEAR.findall(text) if year < current.text})
    return parse_period(earlier[-1]) if len(earlier) == 1 else None


_EXTREME = re.compile(r"\b(second\s|third\s)?(highest|lowest)\b(?=[^.;]*?\b(?:in|of|across|among)\s)", re.IGNORECASE)


def _check_place(clause: Stretch, figures: Mapping[int, Figure], asked: Asked, line: int) -> Iterator[Problem]:
    """“The highest in London”, beside a rate or a place of one indicator and area."""
    found = _EXTREME.search(clause.text)
    placed = [one for one in figures.values() if one.measure in (Measure.RATE, Measure.RANK)]
    after = clause.text[found.end() :] if found else ""
    if not found or found[1] or not asked.region_name or asked.region_name.lower() not in after.lower():
        return
    if len({(one.indicator, one.area_code, one.period) for one in placed}) != 1 or SETTLED in clause.text:
        return
    figure = placed[0]
    rank = asked.rank(figure.indicator, figure.area_code, parse_period(figure.period), Measure.RANK)
    denied = _denied(clause.text[: found.start()], Direction.UP)
    if rank is None or rank.value is None or denied:
        return
    wanted = 1 if found[2].lower() == "lowest" else len(rank.behind)
    if round(rank.value) != wanted:
        yield Problem(
            line,
            f"“{found[2]}” is said of {asked.every_indicator[figure.indicator].noun}, and it is {rank.text} of "
            f"{len(rank.behind)} in {asked.region_name}, counted from the lowest rate.",
            "Write its place as a figure: {{ indicator / period / rank }}.",
        )
