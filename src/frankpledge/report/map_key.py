"""The key of a map: its classes above it, and below it the names of places too small for their own."""

from __future__ import annotations

import math

from frankpledge.model.document import Map, Place
from frankpledge.report.drawing import Lettering, number, text_line
from frankpledge.report.lettering import widest, width, wrap
from frankpledge.report.map_classes import NO_DATA, Classes, no_data_words
from frankpledge.report.palette import GREY
from frankpledge.report.words import cell_text

SIZE = 14
ROW = 24
_SWATCH = 22
_BETWEEN = 18


def class_key(shaded: Map, classes: Classes, room: float) -> tuple[str, float]:
    """Draw the classes in rows; return the drawing and its height."""
    entries = list(zip(classes.shades, classes.words, strict=True))
    absent = no_data_words(shaded)
    if absent:
        entries.append((NO_DATA, absent))
    drawn, x, y = [], 0.0, 0.0
    for shade, words in entries:
        wide = _SWATCH + 6 + width(words, SIZE)
        if x and x + wide > room:
            x, y = 0.0, y + ROW
        drawn.append(_swatch(x, y, shade.fill))
        drawn.append(text_line(words, x + _SWATCH + 6, y + 15, Lettering(SIZE, anchor="start")))
        x += wide + _BETWEEN
    return "".join(drawn), y + ROW


def _swatch(x: float, y: float, fill: str) -> str:
    return (
        f'<rect x="{number(x + 0.5)}" y="{number(y + 1.5)}" width="{_SWATCH}" height="17" '
        f'fill="{fill}" stroke="{GREY}"/>'
    )


def numbered_key(places: list[Place], room: float, top: float) -> tuple[str, float]:
    """Number, name and value of each place, in as many columns as fit; the drawing and its height."""
    if not places:
        return "", 0.0
    entries = [f"{at}  {place.name}: {cell_text(place.figure)}" for at, place in enumerate(places, 1)]
    columns = max(1, int(room // (widest(entries, SIZE) + _BETWEEN)))
    rows = math.ceil(len(entries) / columns)
    if columns == 1:
        return _single_column(entries, room, top)
    drawn = [
        text_line(entry, at // rows * room / columns, top + 15 + at % rows * ROW, Lettering(SIZE, anchor="start"))
        for at, entry in enumerate(entries)
    ]
    return "".join(drawn), rows * ROW


def _single_column(entries: list[str], room: float, top: float) -> tuple[str, float]:
    drawn, y = [], 0.0
    for entry in entries:
        for line in wrap(entry, SIZE, room):
            drawn.append(text_line(line, 0, top + 15 + y, Lettering(SIZE, anchor="start")))
            y += 18
        y += ROW - 18
    return "".join(drawn), y
