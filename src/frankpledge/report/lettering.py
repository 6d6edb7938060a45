"""How wide words are, so that nothing is drawn that does not fit.

Widths are read from the font files themselves: a table of averages would let a name with many wide
letters run out of its hexagon.
"""

from __future__ import annotations

import struct
from functools import cache

from frankpledge.report.fonts import FOLDER

# The width of a letter the font does not have, in ems: that of its widest digit, and a little more.
_UNKNOWN = 0.6


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is in the unit of `size`.

    >>> width("ii", 10) < width("MM", 10)
    True
    """
    advances = _advances(bold)
    return size * sum(advances.get(ord(letter), _UNKNOWN) for letter in text)


def wrap(text: str, size: float, limit: float, bold: bool = False) -> list[str]:
    """Break a text between words into lines no wider than `limit`; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def widest(lines: list[str], size: float, bold: bool = False) -> float:
    """The width of the widest line."""
    return max((width(line, size, bold) for line in lines), default=0.0)


@cache
def _advances(bold: bool) -> dict[int, float]:
    """Code point → width in ems, from the font's ``cmap`` and ``hmtx`` tables."""
    data = (FOLDER / f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf").read_bytes()
    tables = _tables(data)
    (per_em,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    widths = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * glyph)[0] for glyph in range(count)]
    return {letter: widths[min(glyph, count - 1)] / per_em for letter, glyph in _glyphs(data, tables["cmap"]).items()}


def _tables(data: bytes) -> dict[str, int]:
    """Table name → where it starts."""
    (count,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(count))
    return {name.decode("ascii"): offset for name, _, offset, _ in entries}


def _glyphs(data: bytes, start: int) -> dict[int, int]:
    """Code point → glyph, from the Windows Unicode subtable (format 4), which every such font has."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    entries = [struct.unpack_from(">HHL", data, start + 4 + 8 * index) for index in range(count)]
    table = start + next(offset for platform, encoding, offset in entries if (platform, encoding) == (3, 1))
    (double,) = struct.unpack_from(">H", data, table + 6)
    segments = double // 2
    found: dict[int, int] = {}
    for index in range(segments):
        found.update(_segment(data, table + 14, segments, index))
    return found


def _segment(data: bytes, ends: int, segments: int, index: int) -> dict[int, int]:
    """One run of code points of a format 4 table."""
    starts, deltas, offsets = (ends + 2 + 2 * segments * part for part in (1, 2, 3))
    (last,) = struct.unpack_from(">H", data, ends + 2 * index)
    (first,) = struct.unpack_from(">H", data, starts + 2 * index)
    (delta,) = struct.unpack_from(">H", data, deltas + 2 * index)
    (offset,) = struct.unpack_from(">H", data, offsets + 2 * index)
    assert not offset, "our fonts number their letters in order; others may need the glyph array read too"
    return {letter: (letter + delta) & 0xFFFF for letter in range(first, last + 1)}
