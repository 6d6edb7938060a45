"""Each chart and map as a file of its own, SVG and PNG, that can be understood without the document.

Title, subtitle, notes and source are drawn inside the picture, and so is the warning that data is invented: a picture
is pasted into slides and letters, and nothing goes with it that is not in it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from frankpledge.disclosure import Released
from frankpledge.model.document import Chart, Document, Map, plain_text
from frankpledge.report import annex, words
from frankpledge.report.drawing import LEADING, Lettering, number, text_line
from frankpledge.report.fonts import FAMILIES
from frankpledge.report.frames import WIDE
from frankpledge.report.lettering import wrap
from frankpledge.report.palette import GREY, INK, PAPER
from frankpledge.report.pictures import height_of, rendered, svg_of
from frankpledge.report.reading import Part, Reading, read

# CSS pixels round the picture.
_MARGIN = 18.0
_ROOM = float(WIDE.width)
_WARNING_FILL = "#fff3bf"
_TITLE = Lettering(19, INK, bold=True, anchor="start")
_SUBTITLE = Lettering(14, GREY, anchor="start")
_MARKING = Lettering(13, INK, bold=True, anchor="start")
_WARNING = Lettering(13.5, INK, bold=True, anchor="start")
_SMALL = Lettering(12, GREY, anchor="start")
# Two pixels for one, so that letters stay sharp on paper and on fine screens.
_TIMES = 2.0
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write_pictures(released: Released[Document], folder: Path) -> list[Path]:
    """Write every chart and map into a folder, made if need be, named by its slug; say which files."""
    reading = read(released)
    written: list[Path] = []
    for name, block in _pictures(reading):
        folder.mkdir(parents=True, exist_ok=True)
        svg = standalone_svg(block, reading)
        drawn, dotted = folder / f"{name}.svg", folder / f"{name}.png"
        drawn.write_text(svg, encoding="utf-8", newline="\n")
        dotted.write_bytes(_with_words(rendered(svg, _TIMES), _told(block, reading)))
        written += [drawn, dotted]
    return written


def _pictures(reading: Reading) -> Iterator[tuple[str, Chart | Map]]:
    """Each chart and map with the name of its files; one that is shown twice has one pair of files."""
    seen: dict[str, Chart | Map] = {}
    for part in reading.exhibits:
        if isinstance(part.block, Chart | Map):
            yield from _named(part, part.block, seen)


def _named(part: Part, block: Chart | Map, seen: dict[str, Chart | Map]) -> Iterator[tuple[str, Chart | Map]]:
    earlier = seen.setdefault(block.slug, block)
    if earlier is block:
        yield block.slug, block
    elif earlier != block:
        yield f"{block.slug}-{part.anchor}", block


def standalone_svg(block: Chart | Map, reading: Reading) -> str:
    """The picture with all that must be known about it drawn above and below."""
    drawn = svg_of(block, WIDE)
    above = [*_warnings(reading), *_lines(block.title, _TITLE), *_lines(block.subtitle, _SUBTITLE)]
    below = [line for text in _under(block, reading) for line in _lines(text, _SMALL)]
    head, top = _column(above, _MARGIN)
    top += 10
    foot, bottom = _column(below, top + height_of(drawn) + 10)
    body = f'{head}<g transform="translate({number(_MARGIN)} {number(top)})">{drawn}</g>{foot}'
    return _whole(block, _ROOM + 2 * _MARGIN, bottom + _MARGIN, body)


def _whole(block: Chart | Map, width: float, height: float, body: str) -> str:
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} role="img" '
        f'xml:lang="en-GB" font-family={quoteattr(FAMILIES)}><title>{escape(block.title)}</title>'
        f"<desc>{escape(plain_text(block.alt))}</desc>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{body}</svg>\n'
    )


def _lines(text: str, look: Lettering) -> list[tuple[str, Lettering]]:
    return [(line, look) for line in wrap(text, look.size, _ROOM, look.bold)]


def _warnings(reading: Reading) -> list[tuple[str, Lettering]]:
    marking = _lines(reading.marking, _MARKING)
    if not reading.document.invented:
        return marking
    return [*marking, *_lines(f"{words.INVENTED}: the numbers in this picture are made up.", _WARNING)]


def _under(block: Chart | Map, reading: Reading) -> list[str]:
    """Symbols, notes, source, and what document the picture is from."""
    document = reading.document
    return [
        *words.symbol_notes(annex.exhibit_figures(block)),
        *(plain_text(note) for note in block.notes),
        f"Source: {block.source}",
        f"{document.partnership}: {document.title}, edition {document.edition}.",
    ]


def _column(lines: list[tuple[str, Lettering]], top: float) -> tuple[str, float]:
    """Lines one under the other from `top`, and where they end; a warning stands on its own colour."""
    drawn = []
    for text, look in lines:
        tall = look.size * (LEADING + 0.1)
        if look is _WARNING:
            drawn.append(
                f'<rect x="{number(_MARGIN)}" y="{number(top)}" width="{number(_ROOM)}" height="{number(tall + 6)}" '
                f'fill="{_WARNING_FILL}"/>'
            )
            drawn.append(text_line(text, _MARGIN + 8, top + look.size + 5, look))
            top += tall + 14
        else:
            drawn.append(text_line(text, _MARGIN, top + look.size, look))
            top += tall
    return "".join(drawn), top


def _told(block: Chart | Map, reading: Reading) -> dict[str, str]:
    """What the PNG says about itself, by the keywords of its standard."""
    told = {
        "Title": f"{block.title}. {block.subtitle}",
        "Description": plain_text(block.alt),
        "Source": block.source,
        "Author": reading.document.partnership,
    }
    warnings = [text for text, _ in _warnings(reading)]
    return {**told, "Warning": " ".join(warnings)} if warnings else told


def _with_words(png: bytes, told: dict[str, str]) -> bytes:
    """The PNG with texts inside (chunks ``iTXt``, after the header), which other programs read as its description."""
    header_end = len(_SIGNATURE) + 12 + struct.unpack_from(">L", png, len(_SIGNATURE))[0]
    chunks = b"".join(_text_chunk(keyword, text) for keyword, text in told.items())
    return png[:header_end] + chunks + png[header_end:]


def _text_chunk(keyword: str, text: str) -> bytes:
    # Keyword, not compressed, language, no translated keyword, text.
    data = keyword.encode("latin-1") + b"\0\0\0" + b"en-GB\0\0" + text.encode("utf-8")
    return struct.pack(">L", len(data)) + b"iTXt" + data + struct.pack(">L", zlib.crc32(b"iTXt" + data))
