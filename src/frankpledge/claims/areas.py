"""Of which area a sentence speaks: the document's own, or one that it is compared with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from frankpledge.claims.documents import ReadDocument
from frankpledge.definition import PACKAGED, read_definition

_NAME = r"[A-Z][a-z]{2,}(?:\s(?:and|upon|on|in|under|with)\s[A-Z][a-z]+|[\s-][A-Z][a-z]+){0,3}"
# Where a place is named: “in Eastholm”, “Eastholm had”, “Eastholm’s rate”.
_PLACE = re.compile(
    rf"\b(?i:in|across|for|of|than|with|to|from|by|and|both|between)\s(?:the\s)?({_NAME})|({_NAME})(?=\s(?:had|has|saw|recorded|reported)\b|[’']s?\s)"
)
_NO_PLACE = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Friday|Saturday|Sunday|"
    r"Police|Council|Community|Safety|Partnership|Strategy|Board|Crime|Violence|Act|Government|Home|Office|Met|Metropolitan|"
    r"Quarter|Year|Table|Figure|This|These|There|The|Public|Health|Census|Mayor|Safer|Asian|Black|White|Mixed|Other|English)\b"
)
_WIDER = re.compile(
    r"\b(?:London|England|Wales|nationally|national|regional|regionally|region|country|nationwide|similar\sareas|neighbour\w*)\b"
)


# “The third lowest rate in London”: said of one of its areas.
_RANKED_IN = re.compile(
    r"\b(?:lowest|highest|safest|largest|smallest)\s[^.;,]{0,40}?\b(?:in|of|across)\s(?:all\s)?(?:London|England|Wales|the\s(?:country|region))\b"
)


LONDON = "E12000007"


@lru_cache(maxsize=1)
def london_boroughs() -> Sequence[str]:
    """The names of London's boroughs, and of the City."""
    entry = read_definition(PACKAGED / "areas.yaml")
    return [one.text("name") for one in entry.entries("authorities") if one.text("region", "") == LONDON]


def places_named(document: ReadDocument) -> Counter[str]:
    """The first words of the places that sentences name, with how often."""
    return Counter(name for sentence in document.sentences for name in _named(sentence.text))


def own_area(document: ReadDocument) -> str:
    """The place that a document names most; the first of those it names as often, empty where it names none."""
    named = places_named(document)
    return named.most_common(1)[0][0] if named else ""


def speaks_of_another(text: str, own: str) -> bool:
    """Whether a sentence names a place that is not the document's own, or a wider one."""
    return wider(text) or any(name != own for name in _named(_RANKED_IN.sub("", text)))


def wider(text: str) -> bool:
    """Whether a sentence speaks of a region, the country or of places like the document's own."""
    return bool(_WIDER.search(_RANKED_IN.sub("", text)))


def _named(text: str) -> Iterator[str]:
    for found in _PLACE.finditer(text):
        name = found[1] or found[2]
        if not _NO_PLACE.match(name):
            yield name.split()[0]
