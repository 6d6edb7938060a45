"""A user's first ten minutes: the demo, its documents opened, its figures asked."""

import csv
import json
import re
import subprocess
import sys
import zipfile

import page as page_validation
import pytest

from .looking import look_at

ASSESSMENT = "strategic-assessment-2018"


def frankpledge(folder, *arguments):
    command = [sys.executable, "-m", "frankpledge", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_demo_writes_every_format(demo):
    for ending in ("html", "docx", "pdf", "ods", "xlsx"):
        assert (demo / "output" / f"{ASSESSMENT}.{ending}").stat().st_size > 20_000
    assert len(list((demo / "output" / "csv").glob("*.csv"))) > 20
    pictures = {path.stem for path in (demo / "output" / "charts").glob("*.svg")}
    assert len(pictures) > 20 and pictures == {path.stem for path in (demo / "output" / "charts").glob("*.png")}


def test_pdf_is_accessible_by_the_standard(demo):
    path = demo / "output" / f"{ASSESSMENT}.pdf"

    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)

    assert report.is_compliant, report


def test_every_page_says_the_records_are_invented(demo):
    done = subprocess.run(
        ["pdftotext", "-layout", str(demo / "output" / f"{ASSESSMENT}.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    pages = done.stdout.rstrip("\f").split("\f")

    assert len(pages) > 20
    assert all("nvented" in text for text in pages)
    with zipfile.ZipFile(demo / "output" / f"{ASSESSMENT}.docx") as word:
        headers = [word.read(name).decode() for name in word.namelist() if re.match(r"word/header\d", name)]
    assert headers and all("nvented" in text for text in headers if "<w:t" in text)
    for path in (demo / "output" / "csv").glob("table-*.csv"):
        assert "nvented" in (demo / "output" / "csv" / "metadata.json").read_text(encoding="utf-8"), path


def test_documents_hold_no_slips(demo):
    text = (demo / "output" / f"{ASSESSMENT}.html").read_text(encoding="utf-8")
    seen = re.sub(r"<(style|svg|script).*?</\1>", " ", text, flags=re.DOTALL)
    seen = re.sub(r"<[^>]+>", " ", seen)

    for slip in (" nan ", "None", "Entry(", "{", "}", "0 of 0", "missing: missing", "Source: Source", "  None  "):
        assert slip not in seen, slip


@pytest.mark.slow
def test_any_printed_figure_can_be_explained(demo):
    with (demo / "output" / "csv" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 500
    for row in rows[:: len(rows) // 5]:
        identifier = next(iter(row.values()))
        done = frankpledge(demo, "explain", identifier)
        assert done.returncode == 0, done.stderr
        for words in ("Counts behind it", "sha256", "Warehouse", "definition"):
            assert words in done.stdout


def test_printed_totals_are_harrows(demo):
    done = frankpledge(demo, "show", "total-offences", "--year", "2018", "--json")
    found = {one["area_name"]: one["numerator"] for one in json.loads(done.stdout)}

    assert found["Harrow"] == 14_866 and found["London"] == 838_895
    assert found["City of London"] is None


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_page_passes_axe_and_fits_its_width(demo, browser, axe, width):
    # Where it is narrow most can be wrong, tables that move sideways for one; axe takes ten seconds of so long a page.
    seen = look_at(browser, axe if width == 320 else "", demo / "output" / f"{ASSESSMENT}.html", width)

    assert seen.violations == []
    assert seen.sideways <= 0
    assert seen.requests == 1, "the page must ask for nothing but itself"


@pytest.mark.browser
def test_axe_finds_what_is_wrong(browser, axe):
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc'>faint</p></body></html>")
    page.evaluate(axe)

    found = page.evaluate("axe.run()")
    page.close()

    assert {"image-alt", "html-has-lang"} <= {one["id"] for one in found["violations"]}
