"""The PDF: PDF/UA-1, and the words a reader would look for."""

from __future__ import annotations

import io
import re
import zlib

import pypdf
import pytest

from frankpledge.disclosure import Audience, release
from frankpledge.model.document import BulletList, Heading, Paragraph
from frankpledge.report.pdf import pdf_of, write_pdf
from frankpledge.report.reading import read
from frankpledge.report.widths import fit

from .documents import document, small_table, wide_table

page_validation = pytest.importorskip("page")


@pytest.fixture(scope="module")
def path(folder):
    return folder / "river-crossings-2018.pdf"


def streams(pdf):
    """Everything inside the file, unpacked."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, flags=re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_pdf_is_accessible_as_the_standard_asks(path):
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report.failures


def test_pdf_has_title_language_and_tags(path):
    inside = streams(path.read_bytes())
    assert b"en-GB" in inside
    assert b"River crossings assessment 2018" in inside or "River".encode("utf-16-be") in inside
    for tag in (b"/S /H1", b"/S /Table", b"/S /TH", b"/S /Figure", b"/S /TOC"):
        assert tag in inside or tag.replace(b" ", b"") in inside


def test_the_same_document_gives_the_same_file(released):
    reading = read(released)
    assert pdf_of(reading) == pdf_of(reading)


def test_text_is_never_read_as_markup(tmp_path):
    hostile = "#panic() *bold* $x$ <label> @ref \\ // [ ] { } `code`"
    blocks = (Heading(1, hostile), Paragraph((hostile,)))
    strange = release(document(title=hostile, blocks=blocks), Audience.PUBLIC)
    write_pdf(strange, tmp_path / "strange.pdf")
    assert (tmp_path / "strange.pdf").read_bytes().startswith(b"%PDF")


def test_document_that_is_not_invented_and_has_no_figures():
    plain = release(document(invented=False, blocks=(Heading(1, "Only"), Paragraph(("Words.",)))), Audience.BOARD)
    assert pdf_of(read(plain)).startswith(b"%PDF")


def pages(blocks):
    pdf = pypdf.PdfReader(io.BytesIO(pdf_of(read(release(document(blocks=blocks), Audience.PUBLIC)))))
    return [page.extract_text() for page in pdf.pages]


@pytest.mark.parametrize("lines", range(30, 40))
def test_what_announces_a_list_is_on_the_page_where_the_list_begins(lines):
    announced = (Paragraph(("Why each is so:",)), BulletList((("The bridge was shut.",), ("It rained.",))))

    found = pages((Heading(1, "Crossings"), *(Paragraph((f"Line {at}.",)) for at in range(lines)), *announced))

    (page,) = [page for page in found if "Why each is so:" in page]
    assert "The bridge was shut." in page


def titles(table):
    return tuple(column.title for column in table.columns)


def test_wide_table_fits_upright_in_letters_large_enough_to_read():
    layout = fit(wide_table(), titles(wide_table()), 482, 728)
    assert sum(layout.columns) <= 482.5
    assert layout.size >= 7.5
    assert not layout.sideways


def test_small_table_is_not_stretched():
    assert sum(fit(small_table(), titles(small_table()), 482, 728).columns) < 482


def test_table_too_wide_for_the_page_is_turned_on_its_side():
    turned = fit(wide_table(), titles(wide_table()), 250, 728)
    assert turned.sideways
    squeezed = fit(wide_table(), titles(wide_table()), 100, 200)
    assert sum(squeezed.columns) == pytest.approx(200, abs=1)


def test_a_brief_is_one_page_without_cover_contents_or_annex(tmp_path):
    blocks = (Heading(1, "Where it stands"), small_table())
    pages = {}
    for brief in (False, True):
        made = release(document(blocks=blocks, brief=brief), Audience.PUBLIC)
        write_pdf(made, tmp_path / f"{brief}.pdf")
        pages[brief] = len(re.findall(rb"/Type\s*/Page\b", streams((tmp_path / f"{brief}.pdf").read_bytes())))
        report = page_validation.validate_pdf(
            str(tmp_path / f"{brief}.pdf"), profile=page_validation.ValidationProfile.PDF_UA_1
        )
        assert report.is_compliant, report.failures
    assert pages == {False: 4, True: 1}
