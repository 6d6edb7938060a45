"""Charts and maps as files of their own: everything a reader needs is inside."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from frankpledge.disclosure import Audience, release
from frankpledge.report.lettering import width
from frankpledge.report.picture_files import standalone_svg, write_pictures
from frankpledge.report.reading import read

from .documents import bar_chart, document, line_chart, tile_map

SVG = "{http://www.w3.org/2000/svg}"


def texts_of(png):
    """Keyword → text of the chunks that hold texts, each checked against its sum."""
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack_from(">L", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">L", png, at + 8 + length)[0] == zlib.crc32(kind + data)
        if kind == b"iTXt":
            keyword, _, rest = data.partition(b"\0")
            found[keyword.decode()] = rest.rpartition(b"\0")[2].decode("utf-8")
        at += length + 12
    return found


def size_of(png):
    return struct.unpack_from(">LL", png, 16)


def test_each_picture_has_two_files_named_by_its_slug(folder):
    assert sorted(path.name for path in (folder / "charts").iterdir()) == [
        f"crossings-{name}.{ending}" for name in ("by-month", "outlines", "tiles", "trend") for ending in ("png", "svg")
    ]


def test_svg_says_all_that_must_be_known(folder):
    root = ElementTree.parse(folder / "charts" / "crossings-trend.svg").getroot()  # noqa: S314 - we drew it
    assert root.find(f"{SVG}title").text == "Crossings have risen since 2015"
    assert root.find(f"{SVG}desc").text.startswith("Crossings in Kingsbridge and Chatterford rise to ")
    drawn = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    for words in (
        "Invented data: the numbers in this picture are made up.",
        "Crossings have risen since 2015",
        "Crossings per 1,000 people in the 12 months to each month",
        "No ferries ran from May to July 2016.",
        "Source: Ferry Board",
        "edition 9f3a1c07",
    ):
        assert words in drawn


def test_png_is_twice_as_large_and_says_what_it_shows(folder):
    png = (folder / "charts" / "crossings-tiles.png").read_bytes()
    root = ElementTree.parse(folder / "charts" / "crossings-tiles.svg").getroot()  # noqa: S314 - we drew it
    assert size_of(png) == tuple(pytest.approx(2 * float(root.get(side)), abs=2) for side in ("width", "height"))
    told = texts_of(png)
    assert told["Description"] == "Values run from low in the north to high in the south."
    assert told["Title"] == "Crossings are highest in the south. Crossings per 1,000 people, 2018"
    assert "made up" in told["Warning"]


def test_real_picture_for_everyone_carries_no_warning(tmp_path):
    write_pictures(release(document(invented=False, blocks=(tile_map(),)), Audience.PUBLIC), tmp_path)
    assert "made up" not in (tmp_path / "crossings-tiles.svg").read_text(encoding="utf-8")
    assert "Warning" not in texts_of((tmp_path / "crossings-tiles.png").read_bytes())


def test_picture_of_a_marked_document_is_marked():
    reading = read(release(document(), Audience.BOARD))
    assert reading.marking in standalone_svg(bar_chart(), reading)


def test_long_words_stay_inside_the_picture():
    wordy = replace(line_chart(), title="A title of very many words " * 9, source="A source of very many words " * 20)
    reading = read(release(document(blocks=(wordy,)), Audience.PUBLIC))
    root = ElementTree.fromstring(standalone_svg(reading.parts[0].block, reading))  # noqa: S314 - we drew it
    for one in root.findall(f"{SVG}text"):
        assert width(one.text, float(one.get("font-size")), bold=one.get("font-weight") == "bold") <= 681


def test_same_picture_twice_is_written_once_and_another_of_its_name_apart(tmp_path):
    other = replace(bar_chart(), title="Another of the same name")
    blocks = (bar_chart(), bar_chart(), other)
    written = write_pictures(release(document(blocks=blocks), Audience.PUBLIC), tmp_path)
    assert [path.name for path in written if path.suffix == ".svg"] == [
        "crossings-by-month.svg",
        "crossings-by-month-figure-3.svg",
    ]


def test_document_without_pictures_has_no_folder_of_them(tmp_path):
    assert write_pictures(release(document(blocks=()), Audience.PUBLIC), tmp_path / "charts") == []
    assert not (tmp_path / "charts").exists()


@pytest.mark.parametrize("make", [line_chart, tile_map])
@pytest.mark.parametrize("alt", [(), ("",), (" ",)])
def test_picture_without_alternative_text_cannot_be_made(make, alt):
    with pytest.raises(ValueError, match="crossings-.* has no alternative text"):
        replace(make(), alt=alt)
