"""The words of a PDF with their places. This is a program of its own, started by `pdf_pages`.

The library that reads PDFs is written in C, and a hostile file can make it take all the memory there is, or run for
ever; then this program ends, and not the one that asked. It imports nothing of ours, so that it starts at once.

It writes a line of JSON for each page, and in the last line says how the document ends: with its date, or in trouble.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

# Of virtual memory. A report of 300 pages with its pictures takes a tenth.
MOST_MEMORY = 2_000_000_000
# A report of 200 pages has some 100,000 words; a page of small print 2,000.
MOST_WORDS, MOST_WORDS_OF_A_PAGE, MOST_PAGES = 1_000_000, 20_000, 3_000
# Maps and charts are drawn of more pieces than this, and have no tables.
_MOST_PIECES, _MOST_RULES = 3_000, 6_000
_PASSWORD, _TOO_MUCH = "password", "too much"
_HYPHENS = "\u0002\u00ad\u2010\u2011"
_BOLD = ("bold", "black", "heavy", "demi")
_BOLD_WEIGHT = 600
_SHORTEST_RULE = 4.0
# How far from upright text may be before it counts as slanted, in quarters of a turn.
_SLANT = 0.1


class _Word:
    """Letters that stand together, in a page turned so that they run from left to right, with y downwards."""

    def __init__(self, turn: int, size: float, bold: bool, box: tuple[float, float, float, float]) -> None:
        self.letters: list[str] = []
        self.turn, self.size, self.bold = turn, size, bold
        self.left, self.top, self.right, self.bottom = box
        self._last_left = self.left

    def goes_on(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a letter at a place belongs to the word."""
        left, top, right, bottom = box
        height = self.bottom - self.top
        grown = (bottom - top) > 1.25 * height and abs(bottom - self.bottom) > 0.1 * height
        # Letters that are drawn as one, such as “ff”, have one place.
        near = left >= self._last_left - 0.1 * height and left - self.right <= 0.2 * height
        return near and not grown and min(bottom, self.bottom) - max(top, self.top) > 0

    def add(self, letter: str, box: tuple[float, float, float, float], raised: bool) -> None:
        """Take a letter; a small figure above the line is the mark of a note."""
        height = self.bottom - self.top
        small = box[3] - box[1] < 0.8 * height and box[3] < self.bottom - 0.1 * height
        self.right, self._last_left = max(self.right, box[2]), box[0]
        if letter in "0123456789" and (small or raised):
            self.letters.append("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(letter)])
            return
        self.letters.append(letter)
        self.top, self.bottom = min(self.top, box[1]), max(self.bottom, box[3])

    def written(self) -> list[Any]:
        """The word as it is handed over."""
        places = (self.left, self.top, self.right, self.bottom)
        return ["".join(self.letters), *(round(place, 1) for place in places), self.size, self.bold]


def _turned(turn: int, left: float, bottom: float, right: float, top: float, page: tuple[float, float]) -> Any:
    """A box of the page, turned by so many quarters and measured from above."""
    width, height = page
    if turn == 1:
        return bottom, left, top, right
    if turn == 2:
        return width - right, bottom, width - left, top
    if turn == 3:
        return height - top, width - right, height - bottom, width - left
    return left, height - top, right, height - bottom


class _Page:
    """Goes through the letters of a page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._size = page.get_size() if page.get_rotation() % 180 == 0 else page.get_size()[::-1]
        self._text = page.get_textpage()
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._font = ctypes.create_string_buffer(128)
        self.slanted = self.unknown = 0

    def words(self) -> list[_Word]:
        """The words of the page, in the order they are drawn in."""
        words: list[_Word] = []
        held: _Word | None = None
        for at in range(self._text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(self._text, at))
            if letter in _HYPHENS:
                letter = "-"
            if letter.isspace() or letter == "\u200b":
                held = None
                continue
            if not letter.isprintable() and not "\ue000" <= letter <= "\uf8ff":
                self.unknown += 1
                continue
            turn = held.turn if held else self._turn(at)
            if turn is None:
                self.slanted += 1
                continue
            box = self._place(at, turn)
            if held is None or not held.goes_on(box):
                held = _Word(turn, self._font_size(at), self._is_bold(at), box)
                words.append(held)
                if len(words) > MOST_WORDS_OF_A_PAGE:
                    raise _TooMuch
            held.add(letter, box, letter in "0123456789" and self._is_raised(at))
        return words

    def _place(self, at: int, turn: int) -> Any:
        pdfium.FPDFText_GetLooseCharBox(self._text, at, self._box)
        return _turned(turn, self._box.left, self._box.bottom, self._box.right, self._box.top, self._size)

    def _is_raised(self, at: int) -> bool:
        """Whether a figure is drawn above the line, by letters made for that, which are as tall as the rest."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._text, at, left, right, bottom, top)
        # Upright as it stands in the file; on pages that are turned, nothing is raised.
        height = self._box.top - self._box.bottom
        above, tall = bottom.value - self._box.bottom, top.value - bottom.value
        return bool(above > 0.4 * height and tall < 0.7 * height)

    def _turn(self, at: int) -> int | None:
        """How many quarters the page is to be turned for a letter to be upright; None of one that is slanted."""
        quarters = pdfium.FPDFText_GetCharAngle(self._text, at) / (math.pi / 2)
        return round(quarters) % 4 if abs(quarters - round(quarters)) < _SLANT else None

    def _font_size(self, at: int) -> float:
        pdfium.FPDFText_GetMatrix(self._text, at, self._matrix)
        scale = math.hypot(self._matrix.b, self._matrix.d)
        return float(round(pdfium.FPDFText_GetFontSize(self._text, at) * scale, 1))

    def _is_bold(self, at: int) -> bool:
        pdfium.FPDFText_GetFontInfo(self._text, at, self._font, len(self._font), None)
        name = self._font.value.decode("latin-1").lower()
        return any(one in name for one in _BOLD) or pdfium.FPDFText_GetFontWeight(self._text, at) >= _BOLD_WEIGHT

    def read(self) -> dict[str, Any]:
        """All that is wanted of the page."""
        words = self.words()
        turns = Counter(word.turn for word in words)
        turn = turns.most_common(1)[0][0] if turns else 0
        pieces = list(self._page.get_objects(max_depth=1))
        size = self._size if turn % 2 == 0 else self._size[::-1]
        return {
            "size": size,
            "words": [word.written() for word in words if word.turn == turn],
            "turned": sum(1 for word in words if word.turn != turn) + self.slanted,
            "unknown": self.unknown,
            "pieces": len(pieces),
            "pictures": [_share(piece, self._size) for piece in pieces if piece.type == pdfium.FPDF_PAGEOBJ_IMAGE],
            "rules": [[round(place, 1) for place in _turned(turn, *rule, self._size)] for rule in _rules_among(pieces)],
        }


def _share(piece: Any, page: tuple[float, float]) -> float:
    """How much of the page a picture takes."""
    left, bottom, right, top = piece.get_bounds()
    return float(round(abs((right - left) * (top - bottom)) / (page[0] * page[1]), 3))


def _rules_among(pieces: list[Any]) -> list[tuple[float, float, float, float]]:
    """The drawn lines of a page that may be those of tables; none where there are too many."""
    if len(pieces) > _MOST_PIECES:
        return []
    drawings = (piece for piece in pieces if piece.type == pdfium.FPDF_PAGEOBJ_PATH)
    rules = list(islice((rule for piece in drawings for rule in _rules(piece)), _MOST_RULES + 1))
    return rules if len(rules) <= _MOST_RULES else []


def _rules(piece: Any) -> Iterator[tuple[float, float, float, float]]:
    """The lines of a drawing that run along the edges of the page: left, bottom, right, top."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(piece, filled, stroked)
    number = pdfium.FPDFPath_CountSegments(piece)
    if not (filled.value or stroked.value) or number > _MOST_PIECES:
        return
    matrix, x, y = piece.get_matrix(), ctypes.c_float(), ctypes.c_float()
    begun = last = (0.0, 0.0)
    for at in range(number):
        segment = pdfium.FPDFPath_GetPathSegment(piece, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        lines = [(last, point)] if kind == pdfium.FPDF_SEGMENT_LINETO else []
        if pdfium.FPDFPathSegment_GetClose(segment):
            lines.append((point, begun))
        for (x0, y0), (x1, y1) in lines:
            along, across = max(abs(x1 - x0), abs(y1 - y0)), min(abs(x1 - x0), abs(y1 - y0))
            if along >= _SHORTEST_RULE and across < 1:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        begun, last = point if kind == pdfium.FPDF_SEGMENT_MOVETO else begun, point


class _TooMuch(Exception):
    """There is more of something than any document has."""


def _pages(document: Any) -> Iterator[dict[str, Any]]:
    if len(document) > MOST_PAGES:
        raise _TooMuch
    words = 0
    for page in document:
        read = _Page(page).read()
        words += len(read["words"])
        if words > MOST_WORDS:
            raise _TooMuch
        yield read
        page.close()


def _end(path: Path) -> dict[str, Any]:
    """Write the pages of a file; how it ended."""
    try:
        document = pypdfium2.PdfDocument(path)
        for page in _pages(document):
            sys.stdout.write(json.dumps(page) + "\n")
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        sealed = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        return {"trouble": _PASSWORD if sealed else str(error)}
    except (_TooMuch, MemoryError):
        return {"trouble": _TOO_MUCH}
    said = document.get_metadata_dict()
    return {"dated": said.get("ModDate") or said.get("CreationDate") or ""}


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such bound; there, time is bounded alone.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _bound_memory()
    sys.stdout.write(json.dumps(_end(Path(sys.argv[1]))) + "\n")
