"""Parts against their total, in a sentence: “16 people: 2 adults and 14 minors”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.statements import Sentence

SLUG = "parts-of-total"
# What says that all parts follow; “including” and “of which” do not.
_PART = r"(?:[^‹›.;]|‹[UD]›){0,50}‹%s\d+›\)?(?:\s?\(‹P\d+›\))?"
_AND = r"(?:[^‹›.;]|‹[TAL]\d+›|‹[UD]›){0,60}?(?:,\s(?:and\s)?|\sand\s|\splus\s)"
_LISTS = tuple(
    (letter, re.compile(pattern))
    for letter in "NM"
    for part in [_PART % letter]
    for pattern in (
        # “16 people: 2 adults and 14 minors”, “£3m, comprising …”.
        rf"‹{letter}(?P<total>\d+)›(?:[^‹›.;:()]|‹[TAL]\d+›){{0,70}}?(?:\s?:\s|\s[–—-]\s|\s\(|,?\s(?:comprising|comprises|comprised\sof|"
        rf"consisting\sof|made\sup\sof|which\scomprised|which\scomprises|split\sbetween|broken\sdown\s(?:as|into)|divided\sinto|"
        rf"namely)\s)(?P<parts>(?:{part}{_AND})+{part})",
        # “2 adults and 14 minors, a total of 16”, “bring the total to £3m”.
        rf"(?P<parts>(?:{part}{_AND})+{part})(?:[^‹›.;]|‹[TAL]\d+›){{0,40}}?\b(?:(?:a|in)\stotal\s(?:of|–|-|:)|making(?:\sa\stotal\sof)?|"
        rf"(?:brings?|bringing|took|takes|taking)\sthe\stotal\s(?:[^‹›.;]|‹[TAL]\d+›){{0,30}}?to)\s[^‹›.;]{{0,12}}‹{letter}(?P<total>\d+)›",
        # “Female 159, male 147 and not recorded 99: 405 offences altogether”.
        rf"(?P<parts>(?:{part}{_AND})+{part}):?\s(?:[^‹›.;]{{0,12}})‹{letter}(?P<total>\d+)›\s(?:[a-z]+\s){{0,3}}(?:altogether|in\sall|in\stotal)\b",
        # “The year’s 2,505 admissions fell as follows: …”.
        rf"‹{letter}(?P<total>\d+)›(?:[^‹›.;:()]|‹[TAL]\d+›|‹[UD]›){{0,40}}\sas\sfollows:\s(?P<parts>(?:{part}{_AND})+{part})",
    )
)
_FEWEST = 3
_NO_PARTS = re.compile(
    r"\b(?:including|of\swhich|up\sfrom|down\sfrom|compared|from|than|against|per|average|target)\b|‹[UD]›\s(?:by|from|to)"
)
_TAG = re.compile(r"‹[NM](\d+)›")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Totals that their parts do not add up to."""
    for sentence in document.sentences:
        tagged = sentence.tagged.text
        for letter, pattern in _LISTS:
            # A total and two parts at the least.
            if tagged.count(f"‹{letter}") < _FEWEST:
                continue
            for found in pattern.finditer(tagged):
                if "‹T" in found["parts"] or "‹A" in found["total"]:
                    continue  # a series of years, not parts
                beyond = tagged[found.end() :].partition(". ")[0]
                if not _NO_PARTS.search(found["parts"]) and f"‹{letter}" not in beyond:
                    yield from _compared(sentence, found)


def _compared(sentence: Sentence, found: re.Match[str]) -> Iterator[Tested]:
    total = sentence.quantities[int(found["total"])]
    parts = [sentence.quantities[int(at)] for at in _TAG.findall(found["parts"])]
    if any(one.hedge is not Hedge.EXACT for one in (total, *parts)) or max(one.value for one in parts) >= total.value:
        return
    low, high = sum(one.low for one in parts), sum(one.high for one in parts)
    figures = (total.printed, *(one.printed for one in parts))
    fits = total.low <= high and low <= total.high
    yield Tested(place_of(sentence), figures, None if fits else _objection(sentence, total, parts))


def _objection(sentence: Sentence, total: Quantity, parts: list[Quantity]) -> Objection:
    added = sum(one.value for one in parts)
    return Objection(
        Kind.ERROR,
        SLUG,
        sentence.text,
        place_of(sentence),
        (total.printed, *(one.printed for one in parts)),
        f"{' + '.join(one.printed for one in parts)} is {as_words(added)}, not {total.printed}.",
        f"A part of {as_words(total.value - added)} is missing, or one of the numbers is wrong.",
        0.8,
    )
