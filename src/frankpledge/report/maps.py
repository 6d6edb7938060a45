"""Maps as SVG: hexagons or outlines, shaded by value, with a key and a text alternative inside."""

from __future__ import annotations

from frankpledge.model.document import Map, plain_text
from frankpledge.report.drawing import picture
from frankpledge.report.frames import Frame
from frankpledge.report.map_classes import classes_of
from frankpledge.report.map_key import class_key, numbered_key
from frankpledge.report.map_outlines import draw_outlines
from frankpledge.report.map_tiles import draw_tiles

_GAP = 12.0


def map_svg(shaded: Map, frame: Frame) -> str:
    """Draw a map; it is as tall as it needs to be."""
    classes = classes_of(shaded)
    room = float(frame.width) - 2
    key, top = class_key(shaded, classes, room)
    draw = draw_tiles if shaded.kind == "tiles" else draw_outlines
    drawn, height, unnamed = draw(shaded, classes, room)
    below = top + _GAP + height + _GAP
    names, tall = numbered_key(unnamed, room, below)
    body = f'{key}<g transform="translate(1 {top + _GAP:.1f})">{drawn}</g>{names}'
    return picture(frame.width, below + tall, shaded.title, plain_text(shaded.alt), body)
