"""Highest and lowest against what they are of: a list in the sentence, or a table of the section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from frankpledge.claims.documents import ReadDocument, Section, place_of
from frankpledge.claims.grammar.numbers import DIGITS, number_of
from frankpledge.claims.grammar.times import YEAR
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.populations import NAME
from frankpledge.claims.statements import Sentence

SLUG = "superlative"
_LABEL = rf"(?P<label>{NAME}|{YEAR}(?:/\d\d)?|FY\d\d)"
_VALUE = rf"(?P<value>{DIGITS})(?:%|\sper\s[\d,]+)?"
# “Eastholm (8.4)”, “Eastholm 8.4”, “2021: 1,464”, “8.4 in Eastholm”.
_LISTS = (
    re.compile(rf"(?:^|[,:;(]\s|\b(?:were|was|are|is|and|by)\s){_LABEL}\s?(?:\(|:\s|\s|at\s|with\s){_VALUE}(?=\)|,|;|\.(?!\d)|\sand\b)"),
    re.compile(rf"(?<![\w.,]){_VALUE}\s(?:in|for)\s{_LABEL}(?=,|;|\)|\.(?!\d)|\sand\b)"),
)  # fmt: skip
_ORDER = ("", "second", "third", "fourth", "fifth")
_RANK = r"(?:(?P<nth>second|third|fourth|fifth|2nd|3rd|4th|5th)[\s-])?(?P<end>highest|lowest|largest|smallest)"
_LEAST = 3
_NTH = {"2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Ranks that the values beside them do not bear out."""
    for section in document.sections:
        for sentence in section.sentences:
            listed = _listed(sentence.text)
            if len(listed) >= _LEAST:
                yield from _compared(sentence, listed)
            else:
                yield from _in_tables(section, sentence)


def _listed(text: str) -> dict[str, float]:
    """Label → value, of a list of three or more in one form."""
    for pattern in _LISTS:
        found = {one["label"]: number_of(one["value"]).value for one in pattern.finditer(text)}
        if len(found) >= _LEAST:
            return found
    return {}


def _compared(sentence: Sentence, values: Mapping[str, float]) -> Iterator[Tested]:
    for label in values:
        name = re.escape(label)
        said = re.search(
            rf"\b{name}\s(?:was\s|is\s|being\s|had\s|has\s|recorded\s)?(?:the\s)?{_RANK}\b(?!\s[a-z]+\s(?:rate|number)\sof)",
            sentence.text,
        )
        said = said or re.search(rf"\b(?:the\s){_RANK}\s(?:was|is|being|in|rate\swas\sin)\s{name}\b", sentence.text)
        if said:
            yield _ranked(sentence, label, values, said["nth"] or "", said["end"])


_OF_TABLE = re.compile(
    rf"\b(?P<label>{NAME})\s(?:has|had|recorded|saw|continues\sto\shave)\sthe\s{_RANK}\srate\s[^.;]{{0,60}}?\b(?:in|during)\s(?P<year>{YEAR})\b"
)


def _in_tables(section: Section, sentence: Sentence) -> Iterator[Tested]:
    """“Eastholm has the lowest rate in 2018”, against the one column of a table that has rates of that year."""
    for said in _OF_TABLE.finditer(sentence.text):
        for table in section.tables:
            columns = [
                at
                for at in table.columns
                if said["year"] in table.headers[at] and re.search(r"\brate\b", table.headers[at], re.IGNORECASE)
            ]
            if len(columns) != 1 or said["label"] not in table.labels:
                continue
            rows = zip(table.labels, table.cells, strict=True)
            values = {label: cell.value for label, cells in rows if (cell := cells[columns[0]]) is not None}
            # Of the areas, and not of the whole they lie in.
            areas = {
                label: value
                for label, value in values.items()
                if not re.search(r"London|England|average|total|region", label, re.IGNORECASE)
            }
            if len(areas) >= _LEAST and said["label"] in areas:
                yield _ranked(sentence, said["label"], areas, said["nth"] or "", said["end"])


def _ranked(sentence: Sentence, label: str, values: Mapping[str, float], nth: str, end: str) -> Tested:
    down = end in ("highest", "largest")
    ordered = sorted(values.values(), reverse=down)
    at = _ORDER.index(_NTH.get(nth, nth))
    fits = at < len(ordered) and values[label] == ordered[at]
    figures = (label, *(f"{one:g}" for one in [values[label]]))
    first = next(name for name, value in values.items() if value == ordered[min(at, len(ordered) - 1)])
    rank, best = f"{nth} {end}".strip(), ordered[min(at, len(ordered) - 1)]
    words = f"Of {len(values)} values the {rank} is that of {first} ({best:g}); {label} has {values[label]:g}."
    objection = Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, "", 0.85)
    return Tested(place_of(sentence), figures, None if fits else objection)
