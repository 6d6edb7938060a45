"""Charts and maps as pictures, each drawn once however many formats show it."""

from __future__ import annotations

import base64
from functools import lru_cache

import vl_convert

from frankpledge.model.document import Chart, Map
from frankpledge.report import fonts
from frankpledge.report.charts import chart_svg
from frankpledge.report.frames import WIDE, Frame
from frankpledge.report.maps import map_svg

# Enough for the pictures of two long documents; a map is about 10 kB.
_KEPT = 256
# Two pixels for one: 200 dots to the inch at the width of a page, where three took twice as long to pack.
_PNG_SCALE = 2


@lru_cache(maxsize=_KEPT)
def svg_of(block: Chart | Map, frame: Frame) -> str:
    """The picture as SVG."""
    return chart_svg(block, frame) if isinstance(block, Chart) else map_svg(block, frame)


@lru_cache(maxsize=_KEPT)
def png_of(block: Chart | Map) -> bytes:
    """The wide picture as PNG, for formats that cannot be trusted with SVG."""
    fonts.register()
    return bytes(vl_convert.svg_to_png(svg_of(block, WIDE), scale=_PNG_SCALE))


def data_address(block: Chart | Map, frame: Frame) -> str:
    """The picture as an address that holds the whole of it, for a page that asks nobody for anything."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg_of(block, frame).encode()).decode("ascii")
