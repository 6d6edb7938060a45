"""A name that is spelt otherwise once: Malborough, where all other places have Marlborough."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from frankpledge.claims.areas import london_boroughs
from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.published import Passage, PassageKind, Place, PublishedTable
from frankpledge.claims.runs import runs

SLUG = "malformed"
_NAME = re.compile(r"(?<![\w’'-])[A-Z][a-z]{7,}(?![\w-])")
_LEAST_TIMES = 2
# Of two such names one is rather the plural, the people or the adverb of the other.
_ENDINGS = ("s", "es", "ly", "al", "er", "ed", "ing", "n", "d")


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Names met once that differ by one letter from one that is met more often."""
    yield from _lists(document)
    yield from _boroughs(document)
    yield from _wards(document)
    places = _places(document)
    times = Counter(name for name, _, _ in places)
    lower = Counter(word for _, text, _ in _texts(document) for word in re.findall(r"\b[a-z]{8,}\b", text))
    for name, text, place in places:
        if times[name] != 1 or lower[name.lower()]:
            continue
        for other in times:
            if times[other] >= _LEAST_TIMES and not lower[other.lower()] and _one_letter_off(name, other):
                # What one list gives two values are two.
                if _has_a_value(text, name) and _has_a_value(text, other):
                    continue
                words = f"“{name}” stands nowhere else; “{other}” stands {times[other]} times."
                quote = text[:300]
                yield objected(Objection(Kind.ERROR, SLUG, quote, place, (name,), words, f"{other}?", 0.7))


def _has_a_value(text: str, name: str) -> bool:
    return bool(re.search(rf"\d\s(?:for|in)\s{re.escape(name)}\b|\b{re.escape(name)}[:,]?\s\(?\d", text))


def _lists(document: ReadDocument) -> Iterator[Tested]:
    """A list of names that is the one before it but for a letter in one of them."""
    for section in document.sections:
        listed = [
            (run.labels, sentence)
            for sentence in section.sentences
            for run in runs(sentence)
            if len(run.labels) >= _LEAST_LISTED and all(run.labels)
        ]
        for (first, _), (second, at) in zip(listed, listed[1:], strict=False):
            differ = [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]]
            if len(first) == len(second) and len(differ) == 1 and _one_letter_off(*differ[0]):
                right, wrong = differ[0]
                words = f"“{wrong}” stands where the list before has “{right}”; the other names are the same."
                place = at.passage.place
                yield objected(Objection(Kind.ERROR, SLUG, at.text, place, (wrong,), words, f"{right}?", 0.8))


# “The London Borough of …”: there are thirty-two, and the City.
_BOROUGH = re.compile(r"\b[Ll]ondon\s[Bb]orough\sof\s((?:[A-Z][a-z]+)(?:(?:\s(?:and|upon|&|of)\s|\s)[A-Z][a-z]+)*)")


def _boroughs(document: ReadDocument) -> Iterator[Tested]:
    """A London borough that there is not, where what is named begins with one that there is."""
    known = {_plain(name) for name in london_boroughs()}
    for _, text, place in _texts(document):
        for found in _BOROUGH.finditer(text):
            name = _plain(found[1])
            # “The London Borough of Harrow and the police” are two; what “&” joins is one.
            nearest = next((one for one in known if name.startswith(f"{one} and ")), "")
            if name not in known and nearest and "&" in found[1]:
                words = f"There is no London Borough of {found[1]}; there is one of {nearest.title()}."
                figures = (found[0],)
                yield objected(
                    Objection(Kind.ERROR, SLUG, text[:300], place, figures, words, f"{nearest.title()}?", 0.8)
                )


def _plain(name: str) -> str:
    return name.replace("&", "and").lower()


_LEAST_LISTED = 3
_COMPASS = re.compile(r"\b([A-Z][a-z]{3,})\s(North|South|East|West|Central)\b")
_TWO_WORDS = re.compile(r"\b([A-Z][a-z]{3,})\s([A-Z][a-z]+)\b")


def _wards(document: ReadDocument) -> Iterator[Tested]:
    """A ward named once, where the document divides its name otherwise: “Headfield Park” beside North and South."""
    texts = list(_texts(document))
    parts: dict[str, set[str]] = defaultdict(set)
    for _, text, _ in texts:
        for found in _COMPASS.finditer(text):
            parts[found[1]].add(found[2])
    times = Counter(found[0] for _, text, _ in texts for found in _TWO_WORDS.finditer(text))
    for _, text, place in texts:
        for found in _TWO_WORDS.finditer(text) if re.search(r"\b[Ww]ards?\b", text) else ():
            known = parts.get(found[1], set())
            if len(known) >= _LEAST_TIMES and found[2] not in known and times[found[0]] == 1 and found[2] in _OF_PLACES:
                ways = " and ".join(f"{found[1]} {one}" for one in sorted(known))
                words = f"“{found[0]}” stands nowhere else; the document has {ways}."
                yield objected(Objection(Kind.ERROR, SLUG, text[:300], place, (found[0],), words, "", 0.65))


_OF_PLACES = (
    "Park",
    "Hill",
    "Green",
    "Heath",
    "Town",
    "Village",
    "Common",
    "Wood",
    "Vale",
    "End",
    "North",
    "South",
    "East",
    "West",
)


def _texts(document: ReadDocument) -> Iterator[tuple[str, str, Place]]:
    for block in document.published.blocks:
        if isinstance(block, Passage) and block.kind is not PassageKind.HEADING:
            yield "", block.text, block.place
        elif isinstance(block, PublishedTable):
            yield from (("", text, block.place) for row in block.rows for text in dict.fromkeys(row))


def _places(document: ReadDocument) -> list[tuple[str, str, Place]]:
    """Every capitalised word inside a passage: at its beginning any word is capitalised."""
    return [
        (found[0], text, place)
        for _, text, place in _texts(document)
        for found in _NAME.finditer(text)
        if not re.search(r"(?:^|[.!?:•]\s*[“‘\"(]*)$", text[: found.start()])
    ]


def _one_letter_off(name: str, other: str) -> bool:
    one, two = sorted((name.lower(), other.lower()), key=len)
    if one[0] != two[0] and len(one) == len(two):
        return False
    if two.startswith(one) and two[len(one) :] in _ENDINGS:
        return False
    if len(two) - len(one) == 1:
        return any(two[:at] + two[at + 1 :] == one for at in range(len(two)))
    if len(one) != len(two):
        return False
    differ = [at for at in range(len(one)) if one[at] != two[at]]
    swapped = (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == two[differ[1]]
        and one[differ[1]] == two[differ[0]]
    )
    return len(differ) == 1 or swapped
