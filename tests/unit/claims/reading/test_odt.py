"""LibreOffice texts: what a reader sees, in order."""

import pytest
from odfdo import Document, Header, List, Paragraph, Table

from frankpledge.claims.reading import read_published
from frankpledge.errors import SourceError
from tests.unit.claims.reading.documents import open_document, read_as

STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    '<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Illustration"/>'
)


def read(tmp_path, body):
    return read_published(open_document(tmp_path / "strategy.odt", body, styles=STYLES))


def test_file_of_odfdo_is_read_whatever_it_is_called(tmp_path):
    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, "Crime"))
    document.body.append(Header(2, "Burglary"))
    text = Paragraph("Of 248,880 people half are women.")
    text.insert_note(after="people", note_id="n1", citation="1", body="ONS 2017")
    document.body.append(text)
    document.body.append(List(["One", "Two"]))
    table = Table("T", width=3, height=2)
    table.set_values([["Area", "2017", "2018"], ["Harrow", "2,386", "2,240"]])
    document.body.append(table)
    document.save(tmp_path / "strategy.docx")

    found = read_published(tmp_path / "strategy.docx")

    assert read_as(found) == [
        ("heading", "Crime"),
        ("heading", "Burglary"),
        ("paragraph", "Of 248,880 people half are women."),
        ("note", "ONS 2017"),
        ("item", "One"),
        ("item", "Two"),
        (("Area", "2017", "2018"), ("Harrow", "2,386", "2,240")),
    ]
    assert [one.level for one in found.passages()][:2] == [1, 2]
    assert found.blocks[2].place.heading == "Burglary"


def test_text_is_read_as_it_is_seen(tmp_path):
    body = (
        '<text:p>Burglary<text:s text:c="900000000"/>rose<text:tab/>by 5%<text:line-break/>in '
        '2011<text:span text:style-name="Up">12</text:span>.<text:span text:style-name="Gone"> 99</text:span>'
        "<office:annotation><text:p>A comment</text:p></office:annotation> And on.</text:p>"
        '<text:p><text:span text:style-name="B">Violent crime</text:span></text:p>'
    )

    assert read_as(read(tmp_path, body)) == [
        ("paragraph", "Burglary rose by 5% in 2011. And on."),
        ("heading", "Violent crime"),
    ]


def test_what_was_struck_out_and_what_is_made_of_the_text_is_not_read(tmp_path):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>2,244</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Burglary 4</text:p></text:index-body></text:table-of-content>"
        '<text:p>It fell<text:change text:change-id="c"/> by <text:change-start/>146<text:change-end/>.</text:p>'
        '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
        "<text:section><text:p>Shown.</text:p></text:section>"
    )

    assert read_as(read(tmp_path, body)) == [("paragraph", "It fell by 146."), ("paragraph", "Shown.")]


def test_cells_that_span_or_are_repeated_are_in_each_place(tmp_path):
    def cell(text, more=""):
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    down, across = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="2"'
    twice = 'table:number-columns-repeated="2"'
    body = (
        "<table:table><table:table-header-rows>"
        f"<table:table-row>{cell('Area', down)}{cell('2017', across)}{covered}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{covered}{cell('N')}{cell('Rate')}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='2'>{cell('x')}{cell('0', twice)}</table:table-row></table:table>"
    )

    assert read_as(read(tmp_path, body)) == [
        (("Area", "2017", "2017"), ("Area", "N", "Rate"), ("x", "0", "0"), ("x", "0", "0"))
    ]


def test_text_boxes_captions_and_pictures(tmp_path):
    body = (
        "<text:p>Burglary fell.<draw:frame><draw:text-box><text:p>Quick facts</text:p></draw:text-box></draw:frame>"
        "</text:p>"
        '<text:p text:style-name="P1">Burglary by month</text:p>'
        "<draw:frame><draw:image/></draw:frame>"
        "<text:p><draw:frame><draw:object/><draw:image/></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>2018: 966</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )

    found = read(tmp_path, body)

    assert read_as(found) == [
        ("paragraph", "Burglary fell."),
        ("box", "Quick facts"),
        ("caption", "Burglary by month"),
        ("box", "2018: 966"),
    ]
    assert found.unread == (
        "1 embedded object: what is shown there is not in the text.",
        "1 picture: what is shown there is not in the text.",
    )


def test_day_it_was_last_saved_is_told(tmp_path):
    assert read(tmp_path, "<text:p>Text.</text:p>").dated.isoformat() == "2020-07-08"


@pytest.mark.parametrize("kind", ["spreadsheet", "presentation"])
def test_other_documents_of_libreoffice_are_named(tmp_path, kind):
    path = open_document(tmp_path / "a.odt", "", members={"mimetype": f"application/vnd.oasis.opendocument.{kind}"})

    with pytest.raises(SourceError, match=kind):
        read_published(path)
