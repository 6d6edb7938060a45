"""The typeface of every format, shipped with the package so that no machine draws charts without text.

Liberation Sans has the widths of Arial: what is measured and drawn here fits where Arial is used.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst
import vl_convert

FAMILY = "Liberation Sans"
# Our own first, so that the same words break at the same place on every machine that draws them.
FAMILIES = f"{FAMILY}, Arial, Helvetica, sans-serif"
FOLDER = Path(__file__).parent / "fonts"


@cache
def register() -> None:
    """Tell the chart engine of our fonts; where a family is missing it draws no text and says nothing."""
    vl_convert.register_font_directory(str(FOLDER))


@cache
def for_typst() -> typst.Fonts:
    """Our fonts alone, for Typst: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
