"""The Word file, opened again by python-docx and as XML."""

from __future__ import annotations

import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from frankpledge.disclosure import Audience, release
from frankpledge.model.document import BulletList, Heading, Paragraph
from frankpledge.report.word import write_word
from frankpledge.report.word_furniture import bookmark_name

from .documents import document


@pytest.fixture(scope="module")
def path(folder):
    return folder / "river-crossings-2018.docx"


@pytest.fixture(scope="module")
def word(path):
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def xml(path):
    return zipfile.ZipFile(path).read("word/document.xml").decode()


def test_title_language_and_partnership_are_in_the_properties(word):
    about = word.core_properties
    assert about.title == "River crossings assessment 2018"
    assert about.language == "en-GB"
    assert about.author == "Kingsbridge and Chatterford Ferry Partnership"


def test_headings_have_heading_styles(word):
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "1 Summary",
        "2 Crossings over the years",
        "3 Crossings by district",
        "Glossary",
        "A Where each figure comes from",
    ]


def test_no_theme_font_is_left_to_win_over_ours(path):
    styles = zipfile.ZipFile(path).read("word/styles.xml").decode()
    assert "Theme=" not in re.sub(r"w:theme\w*=", "", " ".join(re.findall(r"<w:rFonts[^>]*>", styles)))
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)) == {"en-GB"}


def test_pictures_have_alternative_text(word):
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(described) == 4
    assert all(len(text) > 20 for text in described)


def test_tables_repeat_their_heading_and_say_what_they_are(word, xml):
    assert len(word.tables) == 4
    for table in word.tables:
        first = table._tbl.tr_lst[0]
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")) is not None
        assert properties.find(qn("w:tblDescription")) is not None
        names = [child.tag for child in properties]
        assert names.index(qn("w:tblLook")) < names.index(qn("w:tblCaption"))
    assert "w:gridSpan" not in xml
    assert "w:vMerge" not in xml


def test_table_holds_what_the_document_has(word):
    table = word.tables[0]
    cells = table._cells
    assert [cell.text for cell in cells[:4]] == ["Kind", "Crossings", "Change", "State of the bank"]
    assert [cell.text for cell in cells[4:8]] == ["Toll bridge", "1,234", "−10", "Open"]
    assert word.tables[1].rows[6]._tr.findall(f".//{qn('w:b')}")


def test_captions_count_themselves(xml):
    assert xml.count("SEQ Table") == 2
    assert xml.count("SEQ Figure") == 4


def test_links_inside_the_document_arrive(xml):
    anchors = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', xml))
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert anchors
    assert anchors <= set(names)
    assert len(names) == len(set(names))
    numbers = re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)
    assert len(numbers) == len(set(numbers))


def test_long_bookmarks_stay_apart():
    one, other = (bookmark_name("a-heading-of-many-words-that-goes-on-and-on-" + end) for end in "ab")
    assert one != other
    assert len(one) <= 40


def test_header_says_invented_and_footer_counts_pages(word):
    assert "Invented data" in word.sections[0].header.paragraphs[0].text
    assert word.sections[1].header.is_linked_to_previous
    assert "NUMPAGES" in word.sections[0].footer._element.xml


def test_real_document_has_no_such_header(tmp_path):
    real = document(invented=False, blocks=(Heading(1, "Only words"),))
    write_word(release(real, Audience.PUBLIC), tmp_path / "real.docx")
    word = docx.Document(str(tmp_path / "real.docx"))
    assert "Invented" not in word.sections[0].header._element.xml
    assert not word.tables


def test_board_copy_is_marked_in_its_header(tmp_path):
    write_word(release(document(), Audience.BOARD), tmp_path / "board.docx")
    section = docx.Document(str(tmp_path / "board.docx")).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL – SENSITIVE: for the board"
    assert section.footer.paragraphs[0].text == "OFFICIAL – SENSITIVE: for the board"


def test_glossary_explains_the_words_that_occur(word):
    explained = [p.text for p in word.paragraphs if p.style.name == "Glossary"]
    assert explained == ["[c]: A number that is withheld.", "Rate: How many for every 1,000 people."]


def test_contents_are_filled_in_and_in_the_style_word_updates(word, xml):
    entries = [p.text for p in word.paragraphs if p.style.name == "toc 1"]
    assert entries[0].endswith("1 Summary")
    assert entries[-1].endswith("A Where each figure comes from")
    assert "TOC " in xml


def test_annex_lies_on_its_side(word):
    last = word.sections[-1]
    assert last.page_width > last.page_height


def test_what_announces_a_list_stays_with_it(tmp_path):
    blocks = (
        Heading(1, "Crossings"),
        Paragraph(("Why each is so:",)),
        BulletList((("It rained.",),)),
        Paragraph(("So.",)),
    )
    write_word(release(document(blocks=blocks), Audience.PUBLIC), tmp_path / "kept.docx")

    kept = {
        one.text: one.paragraph_format.keep_with_next for one in docx.Document(str(tmp_path / "kept.docx")).paragraphs
    }

    assert kept["Why each is so:"] is True
    assert kept["So."] is None
