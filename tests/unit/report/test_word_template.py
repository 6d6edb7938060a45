"""A council's own template: its look is kept, its words are not, and one with programs in it is refused."""

from __future__ import annotations

import shutil
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from frankpledge.disclosure import Audience, release
from frankpledge.errors import WorkspaceError
from frankpledge.report.word import write_word

from .documents import bar_chart, document, small_table


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A council's: its own typeface and page, a first page of its own, a confidential text, no style for bullets."""
    path = tmp_path_factory.mktemp("templates") / "word.docx"
    word = docx.Document()
    word.styles["Normal"].font.name = "Georgia"
    word.styles["Heading 1"].font.size = Pt(31)
    for name in ("List Bullet", "Caption"):
        word.styles[name].delete()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(216), Mm(279)
    section.left_margin = section.right_margin = Mm(30)
    section.header.paragraphs[0].text = "Anytown Council"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Anytown Council, first page"
    word.settings.element.append(parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="rId1"/>'))
    paragraph = word.add_paragraph("Secret words of the council")
    word.add_comment(paragraph.runs, text="Secret comment", author="An Officer")
    word.core_properties.keywords = "secret keyword"
    word.core_properties.author = "An Officer"
    word.save(str(path))
    return path


@pytest.fixture(scope="module")
def written(template, tmp_path_factory):
    path = tmp_path_factory.mktemp("of-template") / "board.docx"
    write_word(release(document(), Audience.BOARD), path, template)
    return path


@pytest.fixture(scope="module")
def word(written):
    return docx.Document(str(written))


def test_look_of_the_template_is_kept(word):
    assert word.styles["Normal"].font.name == "Georgia"
    assert word.styles["Heading 1"].font.size == Pt(31)
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (216, 30)
    assert section.header.paragraphs[0].text == "Anytown Council"


def test_text_is_in_the_styles_that_every_template_has(word):
    used = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Title", "Normal", "Heading 1", "Heading 2", "List Bullet", "Caption"} <= used
    assert "Body Text" not in used
    assert {word.styles[table.style.name].name for table in word.tables} == {"Table Grid"}


def test_styles_that_it_lacks_are_made_in_its_own_typeface(word):
    assert word.styles["Caption"].font.name is None
    assert word.styles["Note caution"].base_style.name == "Normal"
    numbered = word.styles["List Bullet"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    lists = {one.get(qn("w:numId")) for one in word.part.numbering_part.element.findall(qn("w:num"))}
    assert numbered.get(qn("w:val")) in lists


def test_every_kind_of_page_is_marked(word):
    section = word.sections[0]
    for edge in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        assert "OFFICIAL – SENSITIVE: for the board" in [paragraph.text for paragraph in edge.paragraphs]
    assert section.first_page_header.paragraphs[0].text == "Anytown Council, first page"
    assert "NUMPAGES" in section.footer._element.xml
    # The annex goes on as the page before it, and begins no document.
    assert not word.sections[-1].different_first_page_header_footer


def test_nothing_that_the_template_said_goes_out(written):
    with zipfile.ZipFile(written) as inside:
        whole = b"".join(inside.read(name) for name in inside.namelist()).decode("utf-8", errors="replace")
    for secret in ("Secret words", "Secret comment", "An Officer", "secret keyword", "attachedTemplate"):
        assert secret not in whole


def test_pictures_and_tables_fit_between_its_margins(word):
    room = Mm(216) - 2 * Mm(30)
    assert all(shape.width <= room + 10 for shape in word.inline_shapes)
    for table in word.tables[:2]:
        columns = table._tbl.tblGrid.findall(qn("w:gridCol"))
        assert sum(int(column.get(qn("w:w"))) for column in columns) * 635 <= room + 9000


def test_headings_that_count_themselves_get_no_second_number(template, tmp_path):
    counting = docx.Document(str(template))
    counting.styles["Heading 1"].element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
    )
    counting.save(str(tmp_path / "word.docx"))
    small = release(document(blocks=document().blocks[:1]), Audience.PUBLIC)
    write_word(small, tmp_path / "out.docx", tmp_path / "word.docx")
    headings = [p.text for p in docx.Document(str(tmp_path / "out.docx")).paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "Summary"


def test_bare_template_without_page_or_lists_will_do(tmp_path):
    word = docx.Document()
    for style in [one for one in word.styles if one.type == WD_STYLE_TYPE.PARAGRAPH and one.name != "Normal"]:
        style.delete()
    for relation in [key for key, one in word.part.rels.items() if one.reltype.endswith("/numbering")]:
        del word.part.rels[relation]
    word.element.body.remove(word.element.body.sectPr)
    word.save(str(tmp_path / "word.docx"))
    small = release(document(blocks=(*document().blocks[:6], bar_chart(), small_table())), Audience.PUBLIC)
    write_word(small, tmp_path / "out.docx", tmp_path / "word.docx")
    again = docx.Document(str(tmp_path / "out.docx"))
    assert [p for p in again.paragraphs if p.style.name == "List Bullet"]
    assert round(again.sections[0].page_width.mm) == 210


def put_in(template, path, name, content):
    shutil.copyfile(template, path)
    with zipfile.ZipFile(path, "a") as inside:
        inside.writestr(name, content)
    return path


def test_template_with_macros_is_refused(template, tmp_path):
    path = put_in(template, tmp_path / "word.docm", "word/vbaProject.bin", b"program")
    with pytest.raises(WorkspaceError, match="word.docm holds macros.*save it as"):
        write_word(release(document(), Audience.PUBLIC), tmp_path / "out.docx", path)


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_broken_template_is_refused(tmp_path, content):
    path = tmp_path / "word.docx"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="cannot be read as a Word document"):
        write_word(release(document(), Audience.PUBLIC), tmp_path / "out.docx", path)


def test_document_cut_off_inside_is_refused(template, tmp_path):
    path = tmp_path / "word.docx"
    with zipfile.ZipFile(template) as whole, zipfile.ZipFile(path, "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name)[: 200 if name == "word/document.xml" else None])
    with pytest.raises(WorkspaceError, match="cannot be read as a Word document"):
        write_word(release(document(), Audience.PUBLIC), tmp_path / "out.docx", path)


def test_template_of_another_kind_is_refused(template, tmp_path):
    path = tmp_path / "word.dotx"
    with zipfile.ZipFile(template) as whole, zipfile.ZipFile(path, "w") as other:
        for name in whole.namelist():
            told = whole.read(name).replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main")
            other.writestr(name, told)
    with pytest.raises(WorkspaceError, match="word.dotx is no Word document of the kind .docx"):
        write_word(release(document(), Audience.PUBLIC), tmp_path / "out.docx", path)
