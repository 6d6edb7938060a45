"""What must not be held of anybody: names, dates of birth, telephone numbers, e-mail addresses, whole postcodes.

Looked for in every cell of text of a table that is about people. What is found refuses the row; what it said
is not kept, nor shown. A machine cannot know every name: the templates ask for as little text as can be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile

from frankpledge.definition import PACKAGED, read_definition

_EMAIL = re.compile(r"\S+@\S+\.\S")
_PHONE = re.compile(r"(?:\+44|\(?\b0)(?:[\s()-]*\d){9,10}\b")
_MOBILE = re.compile(r"\+44\d{9,10}|07\d{9}")
# Letters, a hyphen, figures: what nearly every code looks like, and nothing else does.
_PLAIN_CODE = re.compile(r"[A-Za-z]{1,5}-?\d{1,12}")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_NATIONAL_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}(?: ?\d{2}){3} ?[A-D]\b", re.IGNORECASE)
_NHS = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
# An address for e-mail that is written so that no machine shall know it.
_SPELT_EMAIL = re.compile(r"\b\S+ (?:at|\(at\)|\[at\]) \S+ (?:dot|\(dot\)|\[dot\]) \S+", re.IGNORECASE)
_DATE = re.compile(
    rf"\b\d{{1,2}}([/.-])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? "
    rf"(?:{_MONTHS})[a-z]* (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|sir|prof|rev)\b\.? [A-Z]", re.IGNORECASE)
# What stands before the name in “outside …'s”.
_BEFORE = {"at", "behind", "by", "for", "from", "home", "in", "near", "of", "opposite", "outside", "the", "to"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def found_in_text(text: str, whole_postcodes: bool) -> str | None:
    """What a text holds that must not be held, in words; None where nothing is seen.

    Parameters
    ----------
    whole_postcodes
        Whether a whole postcode is allowed.
    """
    if _EMAIL.search(text) or _SPELT_EMAIL.search(text):
        return "an e-mail address"
    if _NATIONAL_INSURANCE.search(text):
        return "a National Insurance number"
    if any(_is_nhs_number(found[0]) for found in _NHS.finditer(text)):
        return "an NHS number"
    if _PHONE.search(text):
        return "a telephone number"
    if _DATE.search(text):
        return "a date"
    if not whole_postcodes and _POSTCODE.search(text):
        return "a whole postcode"
    return "a name" if any(_is_name(part) for part in re.split(r"[,;/]", text)) else None


def _is_nhs_number(text: str) -> bool:
    """Whether ten figures are an NHS number: the last checks the others (NHS Data Dictionary, “NHS number”)."""
    figures = [int(letter) for letter in text if letter.isdigit()]
    check = 11 - sum(figure * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)) % 11
    return figures[9] == check % 11 and check != 10


def reads_as_people(text: str) -> bool:
    """Whether a text reads as somebody's name, e-mail address or telephone number."""
    return found_in_text(text, whole_postcodes=True) in ("an e-mail address", "a telephone number", "a name")


def written_as_name(text: str) -> bool:
    """Whether a text is written as names are, two to four words with capitals; so are many names of places."""
    words = _WORD.findall(text)
    if any(letter.isdigit() for letter in text) or not 2 <= len(words) <= 4:
        return False
    return all(word[0].isupper() for word in words) and words[-1].lower() not in place_words()


def names_people(heading: str) -> bool:
    """Whether a heading says that people stand below it: “Caller”, and not “Kind of caller”."""
    words = _words_of(heading)
    return not names_things(heading) and any(word in words for word in _listed("person_headings"))


def names_things(heading: str) -> bool:
    """Whether a heading says that what stands below it is no person."""
    words = _words_of(heading)
    return any(word in words for word in _listed("thing_headings"))


def names_birth(heading: str) -> bool:
    """Whether a heading is of dates of birth, which no date of a record may be taken from."""
    return not {"birth", "dob", "born"}.isdisjoint(_words_of(heading))


def _words_of(heading: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(heading.replace("_", " "))}


def found_in_code(code: str) -> str | None:
    """What the code of a person or record is that it must not be, in words; None where nothing is seen."""
    if _PLAIN_CODE.fullmatch(code):
        return None
    if _EMAIL.search(code):
        return "an e-mail address"
    if _MOBILE.fullmatch(re.sub(r"[\s()-]", "", code)):
        return "a telephone number"
    if _DATE.search(code):
        return "a date"
    # A code has a figure in it, and no word of a name has.
    return None if any(letter.isdigit() for letter in code) else "a name"


def _is_name(text: str) -> bool:
    """Whether a text reads as the name of a person, and not of a street or place."""
    words = list(dropwhile(_BEFORE.__contains__, (word.lower() for word in _WORD.findall(text))))
    if not words or words[-1] in place_words():
        return False
    if _TITLE.search(text):
        return True
    return 2 <= len(words) <= 4 and not any(letter.isdigit() for letter in text) and words[0] in _first_names()


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(_listed("first_names"))


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """The words with which the name of a street or place ends."""
    return frozenset(_listed("place_words"))


@lru_cache(maxsize=4)
def _listed(key: str) -> tuple[str, ...]:
    return tuple(
        word for line in read_definition(PACKAGED / "personal" / "names.yaml").texts(key) for word in line.split()
    )
