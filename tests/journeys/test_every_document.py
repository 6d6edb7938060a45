"""Each document in each format: to the standards, whole in other programs, and as it was when it was last read."""

import math
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import page as page_validation
import pytest
from python_calamine import CalamineWorkbook

from frankpledge.assessment.definition import read_assessments

from .conftest import ASKED
from .looking import look_at
from .outline import outline
from .reading_age import reading_age

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"
SLIPS = (r"\bnan\b", r"\bNone\b", r"\b0 of 0\b", r"[{}]", "missing: missing", "Source: Source", r"\binf\b", "  None  ")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_every_packaged_document_is_looked_at():
    assert set(ASKED) == set(read_assessments())


def test_pdf_is_accessible_by_the_standard(written):
    report = page_validation.validate_pdf(str(written.path("pdf")), profile=page_validation.ValidationProfile.PDF_UA_1)

    assert report.is_compliant, report


def test_no_slip_is_printed(written):
    text = outline(written.path("html"))

    for slip in SLIPS:
        assert not re.search(slip, text), (slip, re.search(f".*{slip}.*", text))


def test_text_and_structure_are_as_they_were(written):
    golden = GOLDEN / f"{written.name}.txt"
    made = outline(written.path("html"))
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(made, encoding="utf-8")

    assert made == golden.read_text(encoding="utf-8"), f"read what changed, then WRITE_GOLDEN=1: {golden.name}"


# A national daily is written for about fourteen; what residents are sent should be no harder.
READING_AGE = {"annual-report": 12, "tabled-update": 14, "ward-brief": 14}


def test_what_residents_read_is_plain(written):
    if written.name not in READING_AGE:
        pytest.skip("written for those who work on it")

    assert reading_age(outline(written.path("html"))) < READING_AGE[written.name]


def test_reading_age_tells_plain_from_hard():
    hard = "Multidisciplinary operationalisation necessitates comprehensive interorganisational accountability."

    assert reading_age("The dog ran to the shop and sat down.") < 8
    assert reading_age(hard) > 25


def test_workbook_and_spreadsheet_hold_the_same(written):
    workbook, spreadsheet = (CalamineWorkbook.from_path(written.path(ending)) for ending in ("xlsx", "ods"))

    assert workbook.sheet_names == spreadsheet.sheet_names
    for name in workbook.sheet_names:
        ours, theirs = (book.get_sheet_by_name(name).to_python() for book in (workbook, spreadsheet))
        ours, theirs = ([row for row in rows if any(cell != "" for cell in row)] for rows in (ours, theirs))
        assert len(ours) == len(theirs), name
        for row, other in zip(ours, theirs, strict=True):
            assert all(map(alike, row, other)), (name, row, other)


def alike(cell, other):
    """A workbook keeps fifteen digits of a number."""
    if isinstance(cell, float) and isinstance(other, float):
        return math.isclose(cell, other, rel_tol=1e-12)
    return cell == other


@pytest.mark.slow
def test_word_is_whole_in_another_program(written, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: sudo apt-get install libreoffice-writer")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "odt",
         "--outdir", str(tmp_path), str(written.path("docx"))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    (opened,) = tmp_path.glob("*.odt")
    ours = _part(written.path("docx"), "word/document.xml")
    with zipfile.ZipFile(opened) as parts:
        theirs, styles = (parts.read(name).decode() for name in ("content.xml", "styles.xml"))

    alts = [one.get("descr") for one in ours.iter() if one.tag.endswith("}docPr") and one.get("descr")]
    kept = re.findall(r"<svg:desc>(.*?)</svg:desc>", theirs, flags=re.DOTALL)
    assert len(alts) == len([one for one in ours.iter() if one.tag.endswith("}pic")])
    assert len(kept) == len(alts)
    headed = [table for table in ours.iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None]
    assert theirs.count("<table:table-header-rows>") == len(headed)
    sequences = [one for one in ours.iter() if one.tag in _FIELDS and "SEQ" in _instruction(one)]
    assert theirs.count("<text:sequence ") == len(sequences)
    for edge in _edges(written.path("docx")):
        assert edge in re.sub(r"<[^>]+>", "", styles), edge


def _part(path, name):
    with zipfile.ZipFile(path) as parts:
        return ElementTree.fromstring(parts.read(name))


_FIELDS = (f"{W}instrText", f"{W}fldSimple")


def _instruction(field):
    return field.get(f"{W}instr") or field.text or ""


def _edges(path):
    """The words of its headers and footers."""
    with zipfile.ZipFile(path) as parts:
        edges = [name for name in parts.namelist() if re.match(r"word/(header|footer)\d", name)]
    for name in edges:
        texts = ("".join(one.itertext()).strip() for one in _part(path, name).iter(f"{W}t"))
        # The number of a page is worked out anew by whoever opens it.
        yield from (text for text in texts if text and not text.isdigit())


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_page_passes_axe_and_fits_its_width(written, browser, axe, width):
    seen = look_at(browser, axe, written.path("html"), width)

    assert seen.violations == []
    assert seen.sideways <= 0
