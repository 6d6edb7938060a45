"""What stands in one cell of a partner's file: judged by its column's kind, once for each text that occurs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from frankpledge.errors import UserError
from frankpledge.geography import GSS_CODE, KIND_OF_PREFIX, AreaKind
from frankpledge.periods import month_number, parse_period
from frankpledge.sources.partners.mapping import area_code
from frankpledge.sources.partners.personal import found_in_code, found_in_text
from frankpledge.sources.partners.pseudonyms import is_pseudonym
from frankpledge.sources.partners.template import ELSEWHERE, NOT_RECORDED, Column

Value = tuple[object, ...]


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be used: what it is, to follow “column” *is*, and what to write instead."""

    what: str
    right: str

    def words(self, column: str) -> str:
        """The problem as the reason why a row is refused. It never shows what stands in the cell."""
        return f"“{column}” is {self.what}; write {self.right}"


@dataclass(frozen=True)
class Setting:
    """What a cell is judged against, besides its column.

    Attributes
    ----------
    paths
        Places in the tree that are known.
    day
        The day the file was added: nothing in it can lie after it.
    personal
        Whether the table is about people.
    whole_postcodes
        Whether text may hold a whole postcode.
    flags
        Flags that something is counted under.
    dates
        How the sender writes dates, where that is not as templates have them.
    """

    paths: frozenset[str]
    day: datetime.date
    personal: bool = False
    whole_postcodes: bool = True
    flags: frozenset[str] = frozenset()
    dates: str = ""


@dataclass(frozen=True)
class Kind:
    """What cells of a kind become: fields (suffix of the column's name → type), and how a text is judged."""

    fields: Mapping[str, pa.DataType]
    judge: Callable[[str, Column, Setting], Value | Problem]


# Spreadsheets make the first day of a month of it.
_MONTH = re.compile(r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?:-01)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?")
_WHOLE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_BELOW = re.compile(r"<\s?(\d{1,3})")
_WITHHELD = {"*", "c", "[c]", "x", "[x]", "suppressed", "withheld"}
_PATH = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")
_CODE = re.compile(r"[A-Za-z0-9/_. -]{1,40}")
_BAND = re.compile(r"\d{1,3}-\d{1,3}|under \d{1,3}|\d{1,3}(?: and over|\+)|" + NOT_RECORDED)
_DIAGNOSIS = re.compile(r"([A-Z]\d\d)\.?[0-9X]{0,2}")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
_MOST_EAST, _MOST_NORTH = 700_000, 1_300_000


def _area(text: str, column: Column, setting: Setting) -> Value | Problem:
    code = text.upper()
    kind = KIND_OF_PREFIX.get(code[:3]) if GSS_CODE.fullmatch(code) else None
    if kind is None or (column.areas and kind not in column.areas):
        return Problem(f"not the code of {_an_area(column.areas)}", _AREA_EXAMPLES[(column.areas or _ANY)[0]])
    return (code,)


_ANY = (AreaKind.AUTHORITY,)
_AREA_EXAMPLES = {
    AreaKind.AUTHORITY: "nine letters and figures, such as E09000015 for Harrow",
    AreaKind.WARD: "nine letters and figures, such as E05013546",
    AreaKind.LSOA: "nine letters and figures, such as E01002142",
}
_AREA_WORDS = {AreaKind.AUTHORITY: "an authority", AreaKind.WARD: "a ward", AreaKind.LSOA: "a small area"}


def _an_area(kinds: tuple[AreaKind, ...]) -> str:
    return " or ".join(_AREA_WORDS.get(kind, str(kind)) for kind in kinds) or "an area"


def _home(text: str, column: Column, setting: Setting) -> Value | Problem:
    """The code of the authority somebody lives in, a name being looked up; or that it is elsewhere or not recorded."""
    word = " ".join(text.lower().split())
    if word in (ELSEWHERE, NOT_RECORDED):
        return (word,)
    code = area_code(text).upper()
    if GSS_CODE.fullmatch(code) and KIND_OF_PREFIX.get(code[:3]) is AreaKind.AUTHORITY:
        return (code,)
    return Problem("not an authority of England or Wales", f"its code or name, such as Harrow, or {ELSEWHERE}")


def _month(text: str, column: Column, setting: Setting) -> Value | Problem:
    found = _MONTH.fullmatch(text)
    if not found:
        return Problem("not a month", _as_written(setting, "2018-07"))
    number = month_number(int(found[1]), int(found[2]))
    return (number, number) if number <= _month_of(setting.day) else _AFTER


def _period(text: str, column: Column, setting: Setting) -> Value | Problem:
    written = f"{text[:4]}-{text[4:]}" if re.fullmatch(r"\d{6}", text) else text.upper()
    try:
        period = parse_period(written)
    except UserError:
        return Problem("not a period", "it as 2018-07, 2018-Q3, 2018, FY2018-19 or R12-2018-09")
    return (period.first, period.last) if period.first <= _month_of(setting.day) else _AFTER


def _as_written(setting: Setting, example: str) -> str:
    return f"it as {setting.dates}, as its mapping says" if setting.dates else f"it as {example}"


_AFTER = Problem("after the day the file was added", "the day, month or period it was")


def _month_of(day: datetime.date) -> int:
    return month_number(day.year, day.month)


def _moment(text: str, column: Column, setting: Setting) -> Value | Problem:
    # A time with a zone would be an hour out in summer, so none is taken.
    try:
        moment = datetime.datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        return Problem("not a date, or a date and time", _as_written(setting, "2018-07-14 or 2018-07-14T22:00"))
    if moment.date() > setting.day + datetime.timedelta(days=1):
        return _AFTER
    month = month_number(moment.year, moment.month)
    return (moment, ":" in text, month, month)


def _year(text: str, column: Column, setting: Setting) -> Value | Problem:
    if not re.fullmatch(r"(?:19|20)\d\d", text):
        return Problem("not a year", "it as 2018")
    return (int(text),)


def _whole(text: str, column: Column, setting: Setting) -> Value | Problem:
    return (int(text),) if _WHOLE.fullmatch(text) else Problem("not a whole number", "figures only, such as 12")


def _number(text: str, column: Column, setting: Setting) -> Value | Problem:
    bare = text.removesuffix("%").strip()
    return (float(bare),) if _NUMBER.fullmatch(bare) else Problem("not a number", "figures only, such as 62.5")


def _count(text: str, column: Column, setting: Setting) -> Value | Problem:
    bare = text.replace(",", "")
    if _WHOLE.fullmatch(bare):
        return (float(bare), float(bare), float(bare), "final")
    below = _BELOW.fullmatch(text)
    if below and int(below[1]) > 0:
        return (None, 0.0, float(below[1]) - 1, "suppressed")
    if text.lower() in _WITHHELD:
        return (None, 0.0, None, "suppressed")
    return Problem("not a whole number", "figures only, such as 12; * or <5 where it is withheld")


YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _yes_no(text: str, column: Column, setting: Setting) -> Value | Problem:
    if text.lower() in YES_NO:
        return (YES_NO[text.lower()],)
    return Problem("neither yes nor no", "one of the two, or nothing")


def _choice(text: str, column: Column, setting: Setting) -> Value | Problem:
    word = " ".join(text.lower().split())
    return (word,) if word in column.choices else Problem("none of its words", f"one of: {', '.join(column.choices)}")


def _path(text: str, column: Column, setting: Setting) -> Value | Problem:
    if text.lower() in setting.paths:
        return (text.lower(),)
    return Problem(
        "not one of the paths that templates accept", "one from the list of offences, such as crime/burglary"
    )


def _measure(text: str, column: Column, setting: Setting) -> Value | Problem:
    if _PATH.fullmatch(text.lower()):
        return (text.lower(),)
    return Problem("not a place in the tree", "lower-case words joined by hyphens and strokes, such as crime/burglary")


def _code(text: str, column: Column, setting: Setting) -> Value | Problem:
    if setting.personal and is_pseudonym(text):
        return (text,)
    found = found_in_code(text) if setting.personal else None
    if found:
        return Problem(f"{found}, or reads as one, and not a code", "a code, such as V-004512")
    if setting.personal and not _CODE.fullmatch(text):
        return Problem("not a code", "letters, figures and hyphens, such as V-004512")
    return (text,)


def _band(text: str, column: Column, setting: Setting) -> Value | Problem:
    if _BAND.fullmatch(text.lower()):
        return (text.lower(),)
    return Problem("not a band of years", "it as 25-34, under 10 or 65 and over")


def _flags(text: str, column: Column, setting: Setting) -> Value | Problem:
    """Flags as they are counted: “Knife Crime” and “knifecrime” are ``knife-crime``."""
    known = {_joined(flag): flag for flag in setting.flags}
    flags = []
    for part in re.split(r"[,;]", text):
        whole = known.get(_joined(part))
        words = [whole] if whole else re.sub(r"[^a-z0-9-]+", " ", part.lower()).split()
        flags += [known.get(_joined(word), word) for word in words]
    # A record may carry any number of flags that are known; what else stands there is text like any other.
    others = " ".join(flag for flag in flags if flag not in setting.flags)
    return _clean(others, column, setting) or (" ".join(flags),)


def _joined(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _text(text: str, column: Column, setting: Setting) -> Value | Problem:
    return _clean(text, column, setting) or (text,)


def _word(text: str, column: Column, setting: Setting) -> Value | Problem:
    word = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if not word:
        return Problem("not a word", "letters and figures")
    return _clean(text, column, setting) or (word,)


def _clean(text: str, column: Column, setting: Setting) -> Problem | None:
    """What is wrong with a free text, if anything."""
    if len(text) > column.most:
        return Problem(f"longer than {column.most} letters", "no more than that")
    found = found_in_text(text, setting.whole_postcodes) if setting.personal else None
    return Problem(f"text that holds {found}, or what reads as one", "it without that") if found else None


def _diagnosis(text: str, column: Column, setting: Setting) -> Value | Problem:
    found = _DIAGNOSIS.fullmatch(text.upper())
    if found:
        for span in column.choices:
            first, _, last = span.partition("-")
            if first <= found[1] <= (last or first):
                return (span,)
    return Problem("none of the diagnoses asked for", f"a code (ICD-10) from {', '.join(column.choices)}")


def _outward(text: str, column: Column, setting: Setting) -> Value | Problem:
    if _POSTCODE.fullmatch(text.upper()):
        return Problem("a whole postcode", "its first half only, such as HA1")
    return (text.upper(),) if _OUTWARD.fullmatch(text.upper()) else Problem("not half a postcode", "it as HA1")


def _postcode(text: str, column: Column, setting: Setting) -> Value | Problem:
    """A whole postcode, also at the end of an address; or its first half, which tells the authority at best."""
    capitals = " ".join(text.upper().split())
    if found := _POSTCODE.fullmatch(capitals.rpartition(",")[2].strip()):
        return (found[1] + found[2],)
    return (capitals,) if _OUTWARD.fullmatch(capitals) else Problem("not a postcode", "it as HA1 2AA, or HA1 alone")


def _easting(text: str, column: Column, setting: Setting) -> Value | Problem:
    return _metres(text, "east", "514000", _MOST_EAST)


def _northing(text: str, column: Column, setting: Setting) -> Value | Problem:
    return _metres(text, "north", "189000", _MOST_NORTH)


def _metres(text: str, way: str, example: str, most: int) -> Value | Problem:
    if _NUMBER.fullmatch(text) and 0 < float(text) < most:
        return (round(float(text)),)
    return Problem(f"not metres {way} on the National Grid", f"them as {example}")


_TEXT = {"": pa.string()}
_MONTHS = {"_first": pa.int32(), "_last": pa.int32()}

VALUES: dict[str, Kind] = {
    "area": Kind(_TEXT, _area),
    "home": Kind(_TEXT, _home),
    "month": Kind(_MONTHS, _month),
    "period": Kind(_MONTHS, _period),
    "moment": Kind({"": pa.timestamp("us"), "_timed": pa.bool_(), **_MONTHS}, _moment),
    "year": Kind({"": pa.int16()}, _year),
    "whole": Kind({"": pa.int32()}, _whole),
    "number": Kind({"": pa.float64()}, _number),
    "count": Kind({"": pa.float64(), "_low": pa.float64(), "_high": pa.float64(), "_status": pa.string()}, _count),
    "yes-no": Kind({"": pa.bool_()}, _yes_no),
    "choice": Kind(_TEXT, _choice),
    "path": Kind(_TEXT, _path),
    "measure": Kind(_TEXT, _measure),
    "reference": Kind(_TEXT, _code),
    "person": Kind(_TEXT, _code),
    "band": Kind(_TEXT, _band),
    "flags": Kind(_TEXT, _flags),
    "text": Kind(_TEXT, _text),
    "word": Kind(_TEXT, _word),
    "diagnosis": Kind(_TEXT, _diagnosis),
    "outward": Kind(_TEXT, _outward),
    "postcode": Kind(_TEXT, _postcode),
    "easting": Kind({"": pa.int32()}, _easting),
    "northing": Kind({"": pa.int32()}, _northing),
}
"""Kind of column → what its cells become."""


def judge_cell(text: str, column: Column, setting: Setting) -> Value | Problem:
    """What a cell becomes, or why it cannot be used.

    An empty cell becomes nothing at all, unless the column says what it stands for, or must be filled.
    """
    text = text.strip()
    if not text:
        if column.filled:
            return Problem("empty", f"what the column holds, such as {column.example}")
        if not column.empty:
            return (None,) * len(VALUES[column.kind].fields)
        text = column.empty
    return VALUES[column.kind].judge(text, column, setting)
