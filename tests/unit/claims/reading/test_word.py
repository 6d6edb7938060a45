"""Word files: what a reader sees, in order, and where each piece is to be found again."""

import docx
import pytest
from docx.oxml.ns import qn

from frankpledge.claims.reading import read_published
from frankpledge.claims.reading.word import numbered_paragraphs, paragraphs_of_cells
from tests.unit.claims.reading.documents import cell, paragraph, read_as, word_file


def style(identifier, name, more=""):
    named = f'<w:name w:val="{name}"/>{more}'
    return f'<w:style w:type="paragraph" w:styleId="{identifier}">{named}</w:style>'


def outlined(level):
    return f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'


TWO = '<w:gridSpan w:val="2"/>'
STYLES = (
    style("H1", "heading 1", outlined(0))
    + style("Ours", "Council title", '<w:basedOn w:val="H1"/>')
    + style("Deep", "Deep", outlined(2))
    + style("Cap", "caption")
    + style("T1", "toc 1")
    + style("LB", "List Bullet")
    + style("Loop", "Loop", '<w:basedOn w:val="Loop"/>')
)


def styled(text, style):
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def read(tmp_path, body, **parts):
    return read_published(word_file(tmp_path / "strategy.docx", body, styles=STYLES, **parts))


def test_headings_are_known_by_style_by_what_it_is_based_on_and_by_level(tmp_path):
    body = styled("One", "H1") + styled("Two", "Ours") + styled("Three", "Deep") + styled("Four", "Loop")
    direct = paragraph("Five", '<w:outlineLvl w:val="4"/>')
    bodily = paragraph("Six", '<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>')

    found = read(tmp_path, body + direct + bodily)

    assert [(one.text, one.level) for one in found.passages()] == [
        ("One", 1),
        ("Two", 1),
        ("Three", 3),
        ("Four", 0),
        ("Five", 5),
        ("Six", 0),
    ]


def test_what_stands_under_a_heading_says_so_and_a_higher_one_ends_it(tmp_path):
    body = styled("Crime", "H1") + styled("Burglary", "Deep") + paragraph("It fell.") + styled("Health", "H1")

    places = [one.place for one in read(tmp_path, body).passages()]

    assert [place.heading for place in places] == ["", "Crime", "Burglary", ""]
    assert [place.paragraph for place in places] == [1, 2, 3, 4]


def test_bold_line_is_a_heading_and_a_bold_sentence_is_not(tmp_path):
    body = paragraph("Violent crime", run="<w:b/>") + paragraph("Burglary fell by 12.", run="<w:b/>")
    body += paragraph("Robbery", run='<w:b w:val="0"/>')

    assert [kind for kind, _ in read_as(read(tmp_path, body))] == ["heading", "paragraph", "paragraph"]


def test_items_captions_and_lists_of_contents_are_told_by_style_and_number(tmp_path):
    numbered = paragraph("Second", '<w:numPr><w:numId w:val="3"/></w:numPr>')
    unnumbered = paragraph("Third", '<w:pStyle w:val="LB"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("Contents 12", "T1") + styled("First", "LB") + numbered + unnumbered + styled("Crime by year", "Cap")

    assert read_as(read(tmp_path, body)) == [
        ("item", "First"),
        ("item", "Second"),
        ("paragraph", "Third"),
        ("caption", "Crime by year"),
    ]


def test_text_is_read_as_it_is_seen(tmp_path):
    runs = (
        "<w:p><w:r><w:t>Bur</w:t><w:softHyphen/><w:t>glary\u00a0rose</w:t><w:tab/>"
        "<w:t>by  5</w:t><w:br/><w:t>%</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        "<w:r><w:t> over 100 m</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:instrText> PAGE 9 </w:instrText></w:r></w:p>"
    )

    assert read_as(read(tmp_path, runs)) == [("paragraph", "Burglary rose by 5 % over 100 m²")]


def test_what_is_put_in_is_read_and_what_is_struck_out_is_not(tmp_path):
    tracked = (
        "<w:p><w:r><w:t>There were </w:t></w:r><w:del><w:r><w:delText>2,244</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2,240</w:t></w:r></w:ins><w:r><w:t> offences.</w:t></w:r></w:p>"
    )
    moved = "<w:moveTo><w:p><w:r><w:t>Moved here.</w:t></w:r></w:p></w:moveTo>"
    joined = paragraph("A sentence ", "<w:rPr><w:del/></w:rPr>") + paragraph("in two.")
    rows = f"<w:tr>{cell('a')}{cell('b')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('c')}{cell('d')}</w:tr>"

    assert read_as(read(tmp_path, f"{tracked}{moved}{joined}<w:tbl>{rows}</w:tbl>")) == [
        ("paragraph", "There were 2,240 offences."),
        ("paragraph", "Moved here."),
        ("paragraph", "A sentence in two."),
        (("a", "b"),),
    ]


def test_merged_cells_are_repeated_in_each_place(tmp_path):
    down, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = (
        f"<w:tr>{cell('Area', down)}{cell('2017', TWO)}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('Offences')}{cell('Rate')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('1')}{cell('2')}</w:tr>"
    )

    assert read_as(read(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == [
        (("Area", "2017", "2017"), ("Area", "Offences", "Rate"), ("", "1", "2"))
    ]


def test_caption_above_is_the_tables_and_stays_a_passage(tmp_path):
    table = f"<w:tbl><w:tr>{cell('a')}{cell('1')}</w:tr></w:tbl>"
    body = styled("Burglary by area", "Cap") + table + paragraph("Table 2: Robbery") + table + table

    found = read(tmp_path, body)

    assert [table.caption for table in found.tables()] == ["Burglary by area", "Table 2: Robbery", ""]
    assert [one.text for one in found.passages()] == ["Burglary by area", "Table 2: Robbery"]


def test_table_within_a_table_follows_it_and_a_single_cell_is_a_box(tmp_path):
    inner = f"<w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell('a')}{cell(paragraph('b') + inner)}</w:tr></w:tbl>"
    box = f"<w:tbl><w:tr>{cell(paragraph('2018: 966') + paragraph('2017: 920'))}</w:tr></w:tbl>"

    assert read_as(read(tmp_path, outer + box)) == [
        (("a", "b"),),
        (("x", "y"),),
        ("box", "2018: 966"),
        ("box", "2017: 920"),
    ]


def test_table_that_arranges_the_page_is_read_as_its_text(tmp_path):
    left = styled("Burglary", "H1") + paragraph("It fell by 146.")
    body = f"<w:tbl><w:tr>{cell(left)}{cell('Beside it.')}</w:tr></w:tbl>"

    assert read_as(read(tmp_path, body)) == [
        ("heading", "Burglary"),
        ("paragraph", "It fell by 146."),
        ("paragraph", "Beside it."),
    ]


def test_text_box_is_read_once_after_its_paragraph(tmp_path):
    inside = f"<w:txbxContent>{paragraph('Quick facts')}{paragraph('2018: 966')}</w:txbxContent>"
    shape = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>Burglary fell.</w:t></w:r><w:r>{shape}</w:r></w:p>" + paragraph("After it.")

    assert read_as(read(tmp_path, body)) == [
        ("paragraph", "Burglary fell."),
        ("box", "Quick facts"),
        ("box", "2018: 966"),
        ("paragraph", "After it."),
    ]


def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path):
    body = (
        '<w:p><w:r><w:t>Of 248,880 people</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:t> half are women.</w:t><w:endnoteReference w:id="1"/></w:r></w:p>' + paragraph("After it.")
    )
    footnotes = (
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("line")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("ONS,")}{paragraph("2017")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("Nobody refers to it.")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="1">{paragraph("Census")}</w:endnote>'

    assert read_as(read(tmp_path, body, footnotes=footnotes, endnotes=endnotes)) == [
        ("paragraph", "Of 248,880 people half are women."),
        ("note", "ONS, 2017"),
        ("note", "Census"),
        ("paragraph", "After it."),
    ]


def test_what_only_wraps_is_looked_into_and_a_list_of_contents_is_not(tmp_path):
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Burglary 4')}</w:sdtContent></w:sdt>"
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"

    assert read_as(read(tmp_path, contents + control)) == [("paragraph", "In a control.")]


def test_pictures_charts_and_embedded_documents_are_named_as_unread(tmp_path):
    seen = (
        "<w:p><w:r><w:t>Look.</w:t><w:drawing><a:blip/></w:drawing><w:drawing><a:chart/></w:drawing></w:r></w:p>"
        "<w:altChunk/>"
    )

    assert read(tmp_path, seen).unread == (
        "1 chart: what is shown there is not in the text.",
        "1 embedded document: what is shown there is not in the text.",
        "1 picture: what is shown there is not in the text.",
    )


def test_day_it_was_last_saved_is_told(tmp_path):
    assert read(tmp_path, paragraph("Text.")).dated.isoformat() == "2019-05-06"


def test_file_of_python_docx_is_read_whatever_it_is_called(tmp_path):
    document = docx.Document()
    document.add_heading("Strategy", 0)
    document.add_heading("Burglary", 2)
    document.add_paragraph("It fell by 146.")
    document.add_paragraph("An item", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "In the margin"
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("Area", "2018", "Harrow", "2,240")):
        table.cell(*divmod(at, 2)).text = text
    document.save(tmp_path / "strategy.txt")

    found = read_published(tmp_path / "strategy.txt")

    assert read_as(found) == [
        ("heading", "Strategy"),
        ("heading", "Burglary"),
        ("paragraph", "It fell by 146."),
        ("item", "An item"),
        (("Area", "2018"), ("Harrow", "2,240")),
    ]
    assert [one.level for one in found.passages()] == [1, 2, 0, 0]


@pytest.fixture
def commented(tmp_path):
    """A file with all that is numbered, as it was read and as it is open to be commented on."""
    note = '<w:p><w:r><w:t>With a note.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    rows = f"<w:tr>{cell('Area')}{cell('2018', TWO)}</w:tr><w:tr>{cell('a')}{cell('b')}{cell('c')}</w:tr>"
    inside = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    box = f"<w:p><w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r></w:p>"
    body = f"{styled('Crime', 'H1')}<w:p/>{note}<w:tbl>{rows}</w:tbl>{box}{paragraph('Last.')}"
    path = word_file(
        tmp_path / "strategy.docx",
        body,
        styles=STYLES,
        footnotes=f'<w:footnote w:id="2">{paragraph("ONS")}</w:footnote>',
    )
    return read_published(path), docx.Document(str(path))


def written(element):
    return "".join(one.text for one in element.iter(qn("w:t")))


def test_each_number_is_found_again_in_the_open_file(commented):
    found, document = commented

    numbered = dict(numbered_paragraphs(document, "strategy.docx"))

    assert list(numbered) == [block.place.paragraph for block in found.blocks] == [1, 2, 3, 4, 5, 6]
    texts = {number: written(one) for number, one in numbered.items()}
    assert texts == {1: "Crime", 2: "With a note.", 3: "With a note.", 4: "Area", 5: "In a box.", 6: "Last."}


def test_each_cell_is_found_again_in_the_open_file(commented):
    _, document = commented

    cells = paragraphs_of_cells(document, "strategy.docx")

    texts = {place: written(one) for place, one in cells.items()}
    assert texts == {
        (4, 1, 1): "Area",
        (4, 1, 2): "2018",
        (4, 1, 3): "2018",
        (4, 2, 1): "a",
        (4, 2, 2): "b",
        (4, 2, 3): "c",
    }


def test_comment_can_be_made_on_what_was_found_again(commented, tmp_path):
    _, document = commented
    element = dict(numbered_paragraphs(document, "strategy.docx"))[6]
    last = next(one for one in document.paragraphs if one._p is element)
    document.add_comment(last.runs, text="Not so.", author="Checker")
    document.save(tmp_path / "commented.docx")

    assert read_as(read_published(tmp_path / "commented.docx"))[-1] == ("paragraph", "Last.")
