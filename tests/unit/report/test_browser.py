"""The web page in a real browser: no sideways scroll, the skip link first, the warning on each printed page."""

from __future__ import annotations

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(browser, folder):
    opened = []

    def open_at(width):
        page = browser.new_page(viewport={"width": width, "height": 800})
        opened.append(page)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((folder / "river-crossings-2018.html").as_uri())
        return page

    yield open_at
    for page in opened:
        page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_page_never_scrolls_sideways(open_page, width):
    page = open_page(width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_page_asks_nobody_for_anything(open_page):
    asked = open_page(1280).asked
    assert [address for address in asked if not address.startswith(("data:", "file:"))] == []


def test_narrow_page_shows_narrow_pictures(open_page):
    wide, narrow = (open_page(width).evaluate("document.querySelector('img').naturalWidth") for width in (1280, 320))
    assert (wide, narrow) == (680, 288)


def test_skip_link_is_the_first_stop_and_leads_to_the_text(open_page):
    page = open_page(768)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_wide_table_can_be_reached_and_scrolled_by_keyboard(open_page):
    page = open_page(320)
    region = page.locator("[aria-labelledby=table-2-title]")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert region.evaluate("region => region.scrollLeft") > 0


def test_figure_in_the_text_leads_to_its_row(open_page):
    page = open_page(1280)
    page.locator("a.source-link").first.click()
    assert page.evaluate("document.querySelector('tr:target th').textContent.trim()") == "F-BEZJ"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_every_printed_page_keeps_its_warning(open_page, tmp_path):
    printed = tmp_path / "printed.pdf"
    open_page(1280).pdf(path=printed, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", printed, "-"], capture_output=True, check=True).stdout.decode()
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 3
    assert all("The numbers in this document are made up." in page for page in pages)
