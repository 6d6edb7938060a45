"""Text as a reader sees it, and what a line of it looks like: a heading, an item of a list, a caption.

Looks alone decide nothing that matters: a heading only sets what the text below it is about.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


# What takes no room on the page, what only turns the writing round, and letters drawn as one.
_NOT_SEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_DRAWN_AS_ONE = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_SEEN_AS = {**_NOT_SEEN, **_DRAWN_AS_ONE, 0x2011: "-"}
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789", _RAISED, "[]()")
# The mark of a footnote; after a unit of length it is a square or a cube.
_NOTE_MARK = re.compile(rf"(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bmm)[{_RAISED}]+(?:[,–-][{_RAISED}]+)*")
# Of a list of contents: the dots that lead to the page number, and that number.
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,})[ .…]*\d{0,4}$")
_LONGEST_LEADER, _ENDS_OF_LEADERS = 300, tuple("0123456789.…")
# The last ones are bullets of the fonts Symbol and Wingdings, which have no letters of their own.
_BULLET = re.compile("[•·▪▫◦‣∙●○■□➢►\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076]\\s*|(?:[-–—*]|o(?=\\s+[A-Z]))\\s+")
_LETTERED = re.compile(r"\(?(?:[a-z]|[ivx]{2,4})[.)]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s+(?=\S)")
# Of a heading also without a stop, before a capital: “2.1 Burglary”, not “2.1 million”.
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]\s+|\s+(?=[A-Z]))")
_CAPTION = re.compile(
    r"(?:Table|Figure|Fig\.?|Chart|Graph|Map)\s+[A-Z]?\d{1,3}(?:[.\-]\d{1,2})?(?:\s*[:.–—-]|\s+[A-Z]|$)"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d{4}|\d{1,2})\b)?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FINISHED = (".", "!", "?", ":", ";")
# A shorter line may stand by itself, unfinished though it looks.
_LEAST_UNFINISHED = 60
LONGEST_HEADING = 90
_MOST_WORDS = 14
# A caption is a line or two.
_LONGEST_CAPTION = 300
# With a colon, a line is a label when it is no sentence that leads into a list: “Going forward:”.
_MOST_WORDS_OF_LABEL = 6
_LEADS_ON = words(
    """a about an and are as at by comprise comprises comprising following follows for from has have in include included
    includes including is nearly of on or over than that the these this to under was were which with"""
)
_SENTENCE_WITHIN = re.compile(r"[a-z)][.!?]\s+[A-Z]")


def as_read(text: str) -> str:
    """Text as a reader sees it: one space where there are several, without what takes no room and marks of notes."""
    if not text.isascii():
        text = _NOTE_MARK.sub("", text.translate(_SEEN_AS))
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = " ".join(text.split())
    # Looked for in the end alone: a page of dots would take for ever.
    led = _LEADER.search(text, max(len(text) - _LONGEST_LEADER, 0)) if text[-1:] in _ENDS_OF_LEADERS else None
    return text[: led.start()].rstrip() if led else text


def raised(text: str) -> str:
    """Text that is printed above the line: the mark of a note, so that it is no digit of the number before it."""
    return text.translate(_RAISE)


def without_mark(text: str) -> str | None:
    """An item of a list without its bullet, number or letter; None of what is no item."""
    for mark in (_BULLET, _LETTERED, _NUMBERED):
        found = mark.match(text)
        if found:
            return text[found.end() :]
    return None


def number_of(text: str) -> str:
    """The number that a line begins with, “2.1” of “2.1 Burglary”; empty where none."""
    found = _NUMBER.match(text)
    return found[1] if found else ""


def bulleted(text: str) -> bool:
    """Whether a line begins with a bullet or a letter in the place of one."""
    return bool(_BULLET.match(text) or _LETTERED.match(text))


def is_caption(text: str) -> bool:
    """Whether a line is the caption of a table or picture: “Figure 2: Burglary by month”, not “Figure 2 shows”."""
    return len(text) <= _LONGEST_CAPTION and _CAPTION.match(text) is not None


def has_figures(text: str) -> bool:
    """Whether a line has numbers other than years and the one it begins with."""
    found = _NUMBER.match(text)
    return any(letter.isdigit() for letter in _YEARS.sub("", text[found.end() :] if found else text))


def may_head(text: str) -> bool:
    """Whether a line, by itself, could be a heading: short, begun with a capital, without an end or figures."""
    return (
        len(text) <= LONGEST_HEADING
        and len(text.split()) <= _MOST_WORDS
        and text[-1:] not in (".", ";", ",", "!", ":", "-", "–", "—")
        and (text[:1].isupper() or text[:1].isdigit())
        and _WORD.search(text) is not None
        and not text.startswith("Source")
        and not _SENTENCE_WITHIN.search(text)
        and not has_figures(text)
    )


def leads_on(text: str) -> bool:
    """Whether a line ends as a sentence does that is not at its end: “averages at nearly”."""
    return text.removesuffix(":").rpartition(" ")[2].lower() in _LEADS_ON


def is_label(text: str) -> bool:
    """Whether a line is a label with its colon: “Objectives:”, not “The plan will include:”."""
    if not text.endswith(":") or len(text.split()) > _MOST_WORDS_OF_LABEL:
        return False
    return may_head(text[:-1].rstrip()) and not leads_on(text)


def in_capitals(text: str) -> bool:
    """Whether a line is printed in capitals, and is more than an abbreviation."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 5 and text.isupper() and len(letters) > 0.6 * len(text)


def goes_on(text: str, after: str) -> bool:
    """Whether a paragraph is a sentence broken off that the one after it goes on with, in a small letter."""
    return (
        len(text) > _LEAST_UNFINISHED
        and not text.rstrip().endswith(_FINISHED)
        and after[:1].islower()
        and not after.startswith(("http", "www"))
    )


def is_contents(text: str) -> bool:
    """Whether a line is the title of a list of contents."""
    return text.strip().lower() in ("contents", "table of contents", "contents page", "list of contents")


def is_led_to_a_page(text: str) -> bool:
    """Whether a line is one of a list of contents, with dots that lead to a page number."""
    return _LEADER.search(text, max(len(text) - _LONGEST_LEADER, 0)) is not None
