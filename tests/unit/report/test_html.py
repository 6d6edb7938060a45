"""The web page: opened with a parser and held to what a reader needs."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import pytest

from frankpledge.disclosure import Audience, release
from frankpledge.report.html import html_of, write_html
from frankpledge.report.reading import read

from .documents import document
from .golden import assert_golden

VOID = {"meta", "img", "source", "link", "br"}


class Page(HTMLParser):
    """Every element with its attributes and text, in order."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, **dict(attrs), "text": ""}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, *tags):
        return [element for element in self.elements if element["tag"] in tags]


@pytest.fixture(scope="module")
def text(reading):
    return html_of(reading)


@pytest.fixture(scope="module")
def page(text):
    page = Page(text)
    assert not page.open, "everything opened is closed"
    return page


def test_page_has_a_language_a_title_and_one_main_heading(page):
    assert page.all("html")[0]["lang"] == "en-GB"
    title = "River crossings assessment 2018 – Kingsbridge and Chatterford Ferry Partnership"
    assert page.all("title")[0]["text"] == title
    assert len(page.all("h1")) == 1


def test_heading_levels_are_never_skipped(page):
    levels = [int(element["tag"][1]) for element in page.all("h1", "h2", "h3", "h4", "h5")]
    in_main = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in zip(in_main, in_main[1:], strict=False))


def test_identifiers_are_unique_and_links_arrive(page):
    identifiers = [element["id"] for element in page.elements if "id" in element]
    assert len(identifiers) == len(set(identifiers))
    targets = {element["href"] for element in page.all("a")}
    assert all(target.startswith("#") and target[1:] in identifiers for target in targets)
    labels = [element["aria-labelledby"] for element in page.elements if "aria-labelledby" in element]
    assert set(labels) <= set(identifiers)


def test_skip_link_comes_first(page):
    first = page.all("a")[0]
    assert (first["class"], first["href"]) == ("skip", "#main")


def test_pictures_have_alternative_text_and_two_widths(page):
    pictures = page.all("img")
    assert len(pictures) == 4
    assert all(len(picture["alt"]) > 20 for picture in pictures)
    assert len(page.all("source")) == 4
    assert all(len(page.all("details")) >= 4 for _ in pictures)
    svg = base64.b64decode(pictures[0]["src"].partition(",")[2]).decode()
    assert svg.startswith("<svg")


def test_tables_have_captions_scopes_and_regions(page):
    # Two tables, four pictures told as tables, and the annex: text, two tables, sources.
    assert len(page.all("table")) == len(page.all("caption")) == 10
    assert all("scope" in heading for heading in page.all("th"))
    regions = [element for element in page.elements if element.get("role") == "region"]
    assert len(regions) == len(page.all("table"))
    assert all(region["tabindex"] == "0" for region in regions)
    over = [heading["text"] for heading in page.all("th") if heading["scope"] == "colgroup"]
    assert over == ["12 months of 2016", "12 months of 2017", "12 months of 2018"]


def test_figure_in_text_leads_to_its_row(page):
    link = next(element for element in page.all("a") if element.get("class") == "source-link")
    row = next(element for element in page.all("tr") if element.get("id") == link["href"][1:])
    assert link["text"] == "1,234"
    assert "River crossings, number, Kingsbridge and Chatterford, 2018" in row["text"]


def test_figures_are_data_with_identifiers(page):
    figures = page.all("data")
    assert len(figures) > 300
    assert all(figure["title"].startswith("F-") for figure in figures)
    assert {figure["value"] for figure in figures if figure["text"] in {"[c]", "[x]"}} == {""}


def test_markup_in_text_is_text(page, text):
    assert "&lt;b&gt;words&lt;/b&gt;" in text
    assert not page.all("b", "script")


def test_page_asks_nobody_for_anything(page, text):
    assert not page.all("script", "link", "iframe")
    sources = [element[name] for element in page.elements for name in ("src", "srcset") if name in element]
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert "url(" not in text
    assert "@import" not in text


def test_notes_are_told_by_a_word(page):
    words = [element["text"] for element in page.all("strong") if element.get("class") == "word"]
    assert words == ["Invented data", "Caution", "Please note"]


def test_banner_only_when_invented(text):
    real = html_of(read(release(document(invented=False), Audience.PUBLIC)))
    assert 'class="banner"' in text
    assert 'class="banner"' not in real


def test_page_for_the_board_is_marked(text):
    board = html_of(read(release(document(), Audience.BOARD)))
    for place in ("header", "footer"):
        assert "OFFICIAL – SENSITIVE: for the board" in Page(board).all(place)[0]["text"]
    assert 'class="marking"' not in text


def test_page_is_the_golden_one(tmp_path):
    """Text and structure, without pictures and style: short enough for a person to read a change in it."""
    blocks = tuple(block for block in document().blocks if getattr(block, "slug", "") != "crossings-by-district")
    small = release(document(blocks=blocks), Audience.PUBLIC)
    write_html(small, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
    text = re.sub(r"<details>.*?</details>", "<details></details>", text, flags=re.DOTALL)
    text = re.sub(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", "data:", text)
    assert_golden("page.html", text.encode())
