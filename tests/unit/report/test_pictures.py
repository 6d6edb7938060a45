"""Charts and maps: that they have text, that it fits, that colour is never alone."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import vl_convert

from frankpledge.disclosure import Audience, release
from frankpledge.report.axes import bottom_labels, scale_for
from frankpledge.report.chart_layers import spread
from frankpledge.report.drawing import HATCH
from frankpledge.report.fonts import FAMILY
from frankpledge.report.frames import NARROW, WIDE
from frankpledge.report.lettering import width, wrap
from frankpledge.report.map_classes import classes_of
from frankpledge.report.map_tiles import Lattice
from frankpledge.report.palette import (
    CATEGORICAL,
    READABLE,
    SEQUENTIAL,
    contrast,
    header_colour,
    ink_on,
    shades,
)
from frankpledge.report.pictures import png_of, svg_of

from .documents import (
    bar_chart,
    document,
    line_chart,
    missing_figure,
    months,
    outline_map,
    rate_figure,
    tile_map,
)

SVG = "{http://www.w3.org/2000/svg}"


def given(block):
    return release(document(blocks=(block,)), Audience.PUBLIC).value.blocks[0]


def tree(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - we drew it ourselves


def texts(svg):
    return ["".join(element.itertext()).strip() for element in tree(svg).iter(f"{SVG}text")]


EVERY_PICTURE = [
    line_chart(),
    line_chart(1),
    line_chart(4, 8),
    bar_chart(),
    bar_chart(12),
    tile_map(),
    outline_map(),
]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
@pytest.mark.parametrize("block", EVERY_PICTURE, ids=lambda block: block.slug)
def test_picture_has_text_in_our_font(block, frame):
    svg = svg_of(given(block), frame)
    assert len([text for text in texts(svg) if text]) > 5
    assert FAMILY in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("block", EVERY_PICTURE, ids=lambda block: block.slug)
def test_letters_are_drawn_and_not_left_out(block):
    # Where the family is missing the engine draws no text and raises nothing: then this would be equal.
    drawn, bare = (
        png_of(given(block)),
        re.sub(r"<text.*?</text>", "", svg_of(given(block), WIDE), flags=re.DOTALL),
    )
    assert drawn != bytes(vl_convert.svg_to_png(bare, scale=2))
    assert drawn.startswith(b"\x89PNG")


def test_chart_does_not_carry_unrounded_values():
    point = line_chart().lines[0].points[3]
    assert str(point.value)[:8] not in svg_of(line_chart(), WIDE)
    assert "aria-label" not in svg_of(line_chart(), WIDE)


def test_gap_in_a_line_is_not_joined():
    drawn = svg_of(line_chart(2), WIDE)
    broken = [path for path in re.findall(r' d="([^"]+)"', drawn) if path.count("M") == 2 and path.count("L") > 20]
    assert len(broken) == 1


def test_bars_are_told_by_words_and_triangles():
    svg = svg_of(bar_chart(), WIDE)
    shown = texts(svg)
    for words in (
        "Above the mean",
        "Below the mean",
        "Near the mean",
        "Mean of the 24 months: 1,007.3",
        "Mean",
    ):
        assert words in shown


def test_bar_without_a_value_has_a_symbol():
    chart = bar_chart(12)
    points = (missing_figure(0, "2017-01"), *chart.lines[0].points[1:])
    shown = svg_of(replace(chart, lines=(replace(chart.lines[0], points=points),), mean=None, marks=()), WIDE)
    assert "[x]" in texts(shown)


def test_long_names_go_to_a_key_and_short_ones_to_the_ends():
    names = texts(svg_of(line_chart(3), NARROW))
    assert "Upper Wobbleham" in names
    short = line_chart(2, 6)
    renamed = replace(
        short, lines=tuple(replace(line, name=name) for line, name in zip(short.lines, "AB", strict=True))
    )
    assert {"A", "B"} <= set(texts(svg_of(renamed, WIDE)))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([], (0.0, 1.0)),
        ([0.0], (0.0, 1.0)),
        ([-4.0, 4.0], (-4.0, -2.0, 0.0, 2.0, 4.0)),
        ([0.2], (0, 0.05, 0.1, 0.15, 0.2)),
    ],
)
def test_scale_holds_all_values_and_nought(values, ticks):
    assert scale_for(values).ticks == pytest.approx(ticks)


@pytest.mark.parametrize("count", [1, 6, 12, 24, 36, 60, 120])
@pytest.mark.parametrize("room", [230, 620])
def test_month_labels_never_meet(count, room):
    labels = bottom_labels(months(2014, count), room)
    places = sorted(labels)
    spacing = room / count
    for one, other in zip(places, places[1:], strict=False):
        half = (max(width(text, 14) for text in labels[one]) + max(width(text, 14) for text in labels[other])) / 2
        assert (other - one) * spacing >= half


def test_labels_that_are_not_months_are_thinned():
    labels = bottom_labels(tuple(str(year) for year in range(2000, 2020)), 230)
    assert list(labels.values())[0] == ["2000"]
    assert len(labels) < 8


@pytest.mark.parametrize("places", [[1.0, 2.0, 3.0], [98.0, 99.0, 100.0], [50.0, 10.0, 50.0, 52.0]])
def test_labels_at_line_ends_keep_apart(places):
    moved = sorted(spread(places, 18, 100))
    assert all(other - one >= 18 for one, other in zip(moved, moved[1:], strict=False))
    assert moved[-1] <= 100


@pytest.mark.parametrize("block", [tile_map(), tile_map(33, 8), outline_map()], ids=["tiles", "many", "outlines"])
@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_map_text_stays_inside_the_picture(block, frame):
    svg = svg_of(given(block), frame)
    for element in tree(svg).iter(f"{SVG}text"):
        size, x = float(element.get("font-size")), float(element.get("x"))
        wide = width(element.text, size, element.get("font-weight") == "bold")
        left = x - wide / 2 if element.get("text-anchor") == "middle" else x
        assert left >= -1
        assert left + wide <= frame.width + 1
        assert size >= 11


@pytest.mark.parametrize("block", [tile_map(), tile_map(33, 8), outline_map()], ids=["tiles", "many", "outlines"])
@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_every_place_is_named_on_the_map_or_in_its_key(block, frame):
    shown = " ".join(texts(svg_of(given(block), frame)))
    for place in block.places:
        assert all(word in shown for word in place.name.split())


def test_map_has_title_description_and_hatching():
    svg = svg_of(given(tile_map()), WIDE)
    assert "<title>Crossings are highest in the south</title>" in svg
    assert "<desc>Values run from low in the north" in svg
    assert svg.count(f'fill="{HATCH}"') == 3
    assert "No data [x], withheld [c]" in texts(svg)


def test_classes_are_written_as_they_are_printed():
    classes = classes_of(given(tile_map()))
    assert classes.words == ("10.00 to 14.99", "15.00 to 19.99", "20.00 to 24.99", "25.00 or more")


def test_class_goes_by_the_printed_number():
    nearly = replace(rate_figure(), value=14.998)
    classes = classes_of(given(tile_map()))
    assert nearly.text == "15.00"
    assert classes.shade(nearly) == classes.shades[1]
    assert classes.shade(replace(nearly, value=3.0)) == classes.shades[0]


def test_map_without_breaks_has_one_class():
    svg = svg_of(given(replace(tile_map(), breaks=())), WIDE)
    assert "10.03 or more" in texts(svg)


def test_text_fits_a_hexagon_only_inside_its_edges():
    lattice = Lattice(side=60, left=0, top=0)
    assert lattice.holds(90, 30)
    assert not lattice.holds(104, 30)
    assert not lattice.holds(90, 110)


def test_wrap_breaks_between_words_only():
    assert wrap("Upper Wobbleham on Sea", 10, 60) == ["Upper", "Wobbleham", "on Sea"]


def test_text_can_be_read_on_every_shade():
    assert all(contrast(ink_on(fill), fill) >= READABLE for fill in (*SEQUENTIAL, *shades(9)))
    assert all(contrast(colour, "#ffffff") >= 3 for colour in CATEGORICAL)


def test_pale_partnership_colour_is_not_used_behind_white_text():
    assert header_colour("#12436D") == "#12436D"
    assert contrast(header_colour("#ffee00"), "#ffffff") >= READABLE


@pytest.mark.parametrize("block", [tile_map(), outline_map()], ids=["tiles", "outlines"])
def test_the_place_a_map_is_about_has_a_dark_border(block):
    marked = replace(block, marked=block.places[1].code)
    border = 'fill="none" stroke="#0b0c0c" stroke-width="3.5"'
    assert svg_of(given(marked), WIDE).count(border) == 1
    assert border not in svg_of(given(block), WIDE)
