"""Charts and maps as pictures, each drawn once however many formats show it."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from threading import Lock

import typst

from frankpledge.model.document import Chart, Map
from frankpledge.report import fonts
from frankpledge.report.charts import chart_svg
from frankpledge.report.frames import WIDE, Frame
from frankpledge.report.maps import map_svg

# Enough for the pictures of two long documents; a map is about 10 kB.
_KEPT = 256
# Two and a half pixels for one: 250 dots to the inch at the width of a page.
_PNG_TIMES = 2.5
_DOTS = 96
_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


# Formats are written at the same time, and each wants the same pictures: the second waits for the first to draw.
_DRAWING = Lock()


def svg_of(block: Chart | Map, frame: Frame) -> str:
    """The picture as SVG."""
    with _DRAWING:
        return _drawn(block, frame)


@lru_cache(maxsize=_KEPT)
def _drawn(block: Chart | Map, frame: Frame) -> str:
    return chart_svg(block, frame) if isinstance(block, Chart) else map_svg(block, frame)


@lru_cache(maxsize=_KEPT)
def png_of(block: Chart | Map) -> bytes:
    """The wide picture as PNG, for formats that cannot be trusted with SVG.

    Typst makes it in a third of the time that vl-convert takes, and a third of the size.
    """
    return rendered(svg_of(block, WIDE), _PNG_TIMES)


def rendered(svg: str, times: float) -> bytes:
    """An SVG as PNG, so many pixels for each of its own."""
    return typst.compile(
        _PAGE,
        format="png",
        ppi=_DOTS * times,
        font_paths=fonts.for_typst(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
    )


def height_of(svg: str) -> float:
    """How tall an SVG says it is, in its own pixels."""
    found = re.search(r'<svg[^>]*?\sheight="([\d.]+)"', svg)
    assert found, "our pictures say how tall they are"
    return float(found[1])


def data_address(block: Chart | Map, frame: Frame) -> str:
    """The picture as an address that holds the whole of it, for a page that asks nobody for anything."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg_of(block, frame).encode()).decode("ascii")
