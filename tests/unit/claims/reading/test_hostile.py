"""Files that are meant to do harm, or are not what they are called: refused with a sentence, or read without harm."""

import zipfile

import pytest
from pypdf import PdfWriter

from frankpledge.claims.reading import gathering, pdf_pages, read_published
from frankpledge.claims.reading.gathering import MOST_CELLS
from frankpledge.errors import SourceError
from tests.unit.claims.reading.documents import (
    assembled,
    cell,
    drawn,
    open_document,
    packed,
    paragraph,
    printed,
    read_as,
    stream,
    word_file,
)

ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1016
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def refused(path):
    """The sentences with which a file is refused, the first with its name and the second with what to do."""
    with pytest.raises(SourceError) as caught:
        read_published(path)
    assert path.name in caught.value.happened
    assert caught.value.happened.endswith(".")
    assert caught.value.to_do.endswith(".")
    return str(caught.value)


def written(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("strategy.docx", b"", "empty"),
        ("strategy.txt", bytes(range(256)) * 40, "no text"),
        ("strategy.txt", b"MZ\x90\x00\x03\x00" + b"\x00\x01" * 900, "no text"),
        ("strategy.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "a picture"),
        ("strategy.pdf", b"\xff\xd8\xff\xe0" + b"\x00" * 90, "a picture"),
        ("strategy.docx", b"{\\rtf1 Burglary}", "Rich Text"),
        ("strategy.txt", b"\x1f\x8b\x08\x00", "an archive"),
        ("page.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        ("feed.html", b"<?xml version='1.0'?><rss/>", "XML"),
        ("strategy.txt", b" \n\n\t\n", "no text that can be read"),
        ("strategy.md", b"\n", "no text that can be read"),
        ("page.html", b"<html><body><script>9</script>", "no text that can be read"),
    ],
)
def test_file_that_is_no_document_is_named_for_what_it_is(tmp_path, name, content, why):
    assert why in refused(written(tmp_path / name, content))


def test_text_that_is_longer_than_any_is_not_read(tmp_path):
    path = tmp_path / "strategy.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    assert "80 MB" in refused(path)


def test_text_of_more_lines_than_any_is_refused(tmp_path):
    assert "1,000,000 lines" in refused(written(tmp_path / "strategy.txt", b"\t12\n" * 1_000_001))


def test_text_of_more_paragraphs_than_any_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path / "strategy.txt", b"\n\n".join(b"There were %d." % at for at in range(1_001)))
    assert len(read_published(path).blocks) == 1_001
    monkeypatch.setattr(gathering, "MOST_PASSAGES", 1_000)

    assert "1,000 paragraphs" in refused(path)


def test_text_of_more_characters_than_any_is_refused(tmp_path, monkeypatch):
    paths = [
        word_file(tmp_path / "a.docx", paragraph("It fell.") * 200),
        open_document(tmp_path / "b.odt", "<text:p>It fell.</text:p>" * 200),
        written(tmp_path / "c.html", b"<html><table>" + b"<tr><td>It fell.<td>1" * 200),
        printed(tmp_path / "d.pdf", "It fell. " * 200),
    ]
    monkeypatch.setattr(gathering, "MOST_CHARACTERS", 1_000)

    assert all("1,000 characters" in refused(path) for path in paths)


def test_line_of_a_million_numbers_is_read(tmp_path):
    path = written(tmp_path / "strategy.txt", b" ".join(b"%d" % at for at in range(1_000_000)))

    assert read_published(path).blocks[0].text.endswith("999999")


@pytest.mark.parametrize(
    "text",
    [
        "[footnoteRef:1][1: " * 100_000,
        "".join(f"[footnoteRef:{at}]" for at in range(999)) + "".join(f"[{at}: " for at in range(999)) * 90,
        "[" * 500_000,
        "*a" * 500_000,
        "a" + " " * 1_000_000 + ".",
        "." * 1_000_000 + "x5",
        "\ta\n" * 20_000,
        "\ta\n\n" * 50_000,
        "Quick Facts:\n" * 50_000,
        "a b\n" * 200_000,
        "1. A\n" * 50_000,
    ],
    ids=range(11),
)
def test_text_that_is_made_to_take_for_ever_takes_a_moment(tmp_path, text):
    assert read_published(written(tmp_path / "strategy.txt", f"It fell.\n\n{text}".encode())).blocks


def test_archive_that_unpacks_to_more_than_it_may_is_not_unpacked(tmp_path):
    word = word_file(tmp_path / "bomb.docx", "", members={"word/media/a.png": b"\x00" * 90_000_000})
    libre = open_document(tmp_path / "bomb.odt", "", members={"Pictures/a.png": b"\x00" * 90_000_000})

    assert "would unpack" in refused(word)
    assert "would unpack" in refused(libre)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_unfolded(tmp_path, encoding):
    word = word_file(tmp_path / "a.docx", paragraph("&b;"), before=ENTITIES)
    inside = f"{ENTITIES}<w:document xmlns:w='x'><w:body/></w:document>".encode(encoding)
    coded = word_file(tmp_path / "b.docx", "", members={"word/document.xml": inside})
    libre = open_document(tmp_path / "c.odt", "<text:p>&b;</text:p>", before=ENTITIES)

    assert all("declares entities" in refused(path) for path in (word, coded, libre))


def test_entities_of_a_page_are_left_as_they_are(tmp_path):
    page = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///secret">]><html><body><p>It fell. &a;</p>'

    assert read_as(read_published(written(tmp_path / "page.html", page)))[-1] == ("paragraph", "It fell. &a;")


def test_file_of_more_marks_than_any_is_refused(tmp_path):
    word = word_file(tmp_path / "a.docx", "<w:p/>" * 2_000_001)
    page = written(tmp_path / "b.html", b"<html>" + b"<p>" * 2_000_001)

    assert all("2,000,000 marks" in refused(path) for path in (word, page))


@pytest.mark.parametrize("deep", [300, 30_000])
def test_nesting_deeper_than_any_is_refused(tmp_path, deep):
    word = word_file(tmp_path / "a.docx", "<w:sdt><w:sdtContent>" * deep + "</w:sdtContent></w:sdt>" * deep)
    tables = word_file(tmp_path / "b.docx", "<w:tbl><w:tr><w:tc>" * deep + "</w:tc></w:tr></w:tbl>" * deep)
    libre = open_document(tmp_path / "c.odt", "<text:section>" * deep + "</text:section>" * deep)

    assert all("nests deeper" in refused(path) for path in (word, tables, libre))


def test_page_that_nests_deep_is_read_and_that_nests_deeper_is_refused(tmp_path):
    deep = written(tmp_path / "a.html", b"<html><body>" + b"<div>" * 1_000 + b"It fell." + b"</div>" * 1_000)
    deeper = written(tmp_path / "b.html", b"<html><body>" + b"<div>" * 90_000 + b"It fell.")

    assert read_as(read_published(deep)) == [("paragraph", "It fell.")]
    assert "nest deeper" in refused(deeper)


def test_text_in_tables_within_tables_is_read_without_end_of_room(tmp_path):
    inner = paragraph("It fell.")
    for _ in range(50):
        inner = f"<w:tbl><w:tr>{cell(inner + paragraph('a'))}{cell('b')}</w:tr></w:tbl>"

    found = read_published(word_file(tmp_path / "strategy.docx", inner))

    assert len(list(found.tables())) == 50
    assert "It fell." in str(found.blocks)


def test_table_of_more_cells_than_can_be_held_is_refused(tmp_path):
    span = "<w:gridSpan w:val='900000000'/>"
    word = word_file(tmp_path / "a.docx", f"<w:tbl><w:tr>{cell('1', span)}{cell('2')}</w:tr></w:tbl>")
    wide = "<w:gridSpan w:val='1000'/>"
    row = f"<w:tr>{cell('1', wide)}</w:tr>"
    rows = word_file(tmp_path / "b.docx", f"<w:tbl>{row * (MOST_CELLS // 1000 + 1)}</w:tbl>")
    cells = "<table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell/>"
    repeated = f"<table:table-row table:number-rows-repeated='999999999'>{cells}</table:table-row>"
    libre = open_document(tmp_path / "c.odt", f"<table:table>{repeated}</table:table>")
    wide = "<table:table-cell table:number-columns-repeated='999999999'><text:p>1</text:p></table:table-cell>"
    wider = open_document(
        tmp_path / "d.odt", f"<table:table><table:table-row>{wide}<table:table-cell/></table:table-row></table:table>"
    )
    cells = b"<html><table>" + b"<tr><td rowspan=60000 colspan=1000>1<td>2" * 2_100
    page = written(tmp_path / "e.html", cells)

    assert all("table" in refused(path) for path in (word, rows, libre, wider, page))


def test_many_numbers_in_a_table_are_read_and_more_are_refused(tmp_path, monkeypatch):
    page = written(tmp_path / "page.html", b"<html><table>" + b"".join(b"<tr><td>%d<td>1" % at for at in range(50_000)))
    marked = written(tmp_path / "strategy.md", b"| a | b |\n|---|---|\n" + b"| 1 | 2 |\n" * 60_000)
    (table,) = read_published(page).tables()
    assert len(table.rows) == 50_000
    monkeypatch.setattr(gathering, "MOST_CELLS", 99_999)

    assert "99,999 cells" in refused(page)
    assert "lines and marks" in refused(marked)


@pytest.mark.parametrize("text", ["[" * 20_000, ">" * 190_000 + "a", "- " * 90_000 + "a", "*a **b " * 30_000])
def test_markdown_that_is_made_to_take_for_ever_ends(tmp_path, text):
    path = written(tmp_path / "strategy.md", f"It fell.\n\n{text}".encode())

    assert read_published(path).blocks[0].text == "It fell."


def test_document_with_macros_is_read_and_none_is_run(tmp_path):
    path = word_file(
        tmp_path / "strategy.docm",
        paragraph("It fell."),
        main=MACROS,
        members={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"},
    )

    found = read_published(path)

    assert read_as(found) == [("paragraph", "It fell.")]
    assert found.unread == ("It carries macros: none of them is run.",)


def test_document_under_a_password_says_so(tmp_path):
    sealed = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 90
    )
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    libre = open_document(
        tmp_path / "b.odt", "", members={"META-INF/manifest.xml": manifest, "content.xml": "\x01\x02"}
    )
    newer = open_document(tmp_path / "c.odt", "", members={"encrypted-package": "\x01"})
    writer = PdfWriter(clone_from=printed(tmp_path / "open.pdf", "It fell."))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "d.pdf")

    paths = (written(tmp_path / "a.docx", sealed), libre, newer, tmp_path / "d.pdf")
    assert all("password" in refused(path) for path in paths)


def test_office_before_2007_is_named(tmp_path):
    old = OLD + "WordDocument".encode("utf-16-le")

    assert "before 2007" in refused(written(tmp_path / "strategy.docx", old))


@pytest.mark.parametrize(
    ("member", "named"),
    [("xl/workbook.xml", "a workbook"), ("ppt/presentation.xml", "a presentation"), ("photos/a.png", "an archive")],
)
def test_other_archives_are_named(tmp_path, member, named):
    said = refused(packed(tmp_path / "strategy.docx", {"[Content_Types].xml": "<Types/>", member: "<a/>"}))

    assert f"strategy.docx is {named}" in said


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_file_that_breaks_off_is_damaged(tmp_path, share):
    whole = {
        "a.docx": word_file(tmp_path / "whole.docx", paragraph("It fell.") * 90),
        "b.odt": open_document(tmp_path / "whole.odt", "<text:p>It fell.</text:p>" * 90),
        "c.pdf": printed(tmp_path / "whole.pdf", "It fell."),
    }

    for name, path in whole.items():
        content = path.read_bytes()
        broken = written(tmp_path / name, content[: int(share * len(content))])
        if name != "c.pdf":
            assert "damaged" in refused(broken)
            continue
        # What is left of a PDF may be enough to read it.
        try:
            assert read_as(read_published(broken)) == [("paragraph", "It fell.")]
        except SourceError as error:
            assert "c.pdf" in error.happened


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"word/document.xml": "<w:document"}, "does not hold together"),
        ({"word/document.xml": ""}, "does not hold together"),
        ({"word/document.xml": "<a/>"}, "has no text"),
        ({"word/styles.xml": "\x00"}, "no text that can be read"),
        ({"[Content_Types].xml": "<Types/>"}, "has no text"),
        ({"[Content_Types].xml": "no XML"}, "does not hold together"),
    ],
)
def test_word_file_that_does_not_hold_together_is_refused(tmp_path, members, why):
    assert why in refused(word_file(tmp_path / "strategy.docx", "", members=members))


@pytest.mark.parametrize("flipped", range(12))
def test_word_file_with_a_byte_changed_is_read_or_refused(tmp_path, flipped):
    content = bytearray(word_file(tmp_path / "whole.docx", paragraph("It fell by 146.") * 20).read_bytes())
    content[len(content) * flipped // 12] ^= 0xFF

    try:
        read_published(written(tmp_path / "strategy.docx", bytes(content)))
    except SourceError as error:
        assert "strategy.docx" in error.happened


def test_member_that_says_it_is_smaller_than_it_is_is_damaged(tmp_path):
    path = word_file(tmp_path / "strategy.docx", paragraph("It fell.") * 2_000)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    content = path.read_bytes().replace(size.to_bytes(4, "little"), (90).to_bytes(4, "little"))

    assert "damaged" in refused(written(path, content))


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>"


@pytest.mark.slow
def test_pdf_that_draws_itself_many_times_over_is_ended_from_outside(tmp_path):
    forms = [stream(b"/X Do " * 10, FORM % (7 + at)) for at in range(30)]
    path = drawn(tmp_path / "bomb.pdf", b"/X Do", [*forms, stream(b"q Q", FORM % 6)], b"/XObject<</X 6 0 R>>")

    assert "more in it than can be read" in refused(path)


def test_pdf_of_more_pages_words_or_time_than_any_is_refused(tmp_path, monkeypatch):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    kids = b"<</Type/Pages/Kids[%s]/Count 9000>>" % (b"3 0 R " * 9_000)
    pages = assembled(tmp_path / "pages.pdf", [b"<</Type/Catalog/Pages 2 0 R>>", kids, page])
    text = b"BT /F1 10 Tf 50 700 Td " + b"".join(b"(%d ) Tj " % at for at in range(60_000)) + b"ET"
    words = drawn(tmp_path / "words.pdf", text)

    assert "more in it than can be read" in refused(pages)
    assert "more in it than can be read" in refused(words)
    monkeypatch.setattr(pdf_pages, "MOST_SECONDS", 0.001)
    assert "more in it than can be read" in refused(printed(tmp_path / "time.pdf", "It fell."))


def test_pdf_that_is_none_inside_is_damaged(tmp_path):
    assert "damaged" in refused(written(tmp_path / "strategy.pdf", b"%PDF-1.7\n" + b"rubbish " * 900))


def test_pdf_without_text_says_why(tmp_path):
    drawing = b"10 10 m 500 800 l S"

    assert "Page 1 is scanned or drawn" in refused(drawn(tmp_path / "drawn.pdf", drawing))
    assert "no text that can be read" in refused(drawn(tmp_path / "blank.pdf", b""))


def test_pdf_of_many_lines_and_strewn_words_is_read_in_a_moment(tmp_path):
    lines = b"".join(b"%d %d m %d %d l S " % (at % 500, at % 800, (at * 7) % 500, at % 800) for at in range(20_000))
    strewn = b"".join(
        b"BT /F1 %d Tf %d %d Td (%d) Tj ET " % (4 + at % 30, at * 37 % 560, at * 91 % 800, at) for at in range(9_000)
    )

    found = read_published(drawn(tmp_path / "map.pdf", lines + strewn))

    assert sum(len(block.text) for block in found.passages()) > 9_000 or list(found.tables())
