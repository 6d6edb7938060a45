"""PDFs: lines, paragraphs, headings and tables, put together again from where the words stand."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from frankpledge.claims.reading import read_published
from tests.unit.claims.reading.documents import assembled, drawn, printed, read_as, stream

LONG = "The partnership compared what was recorded in both years and found that little had changed in the borough. " * 3
PLAIN = "#set text(size: 10pt)\n"
PAGE = (
    "#set page(margin: 2cm, header: [Safer Anywhere], footer: context [Page #counter(page).display() of 9])\n"
    "#set text(size: 10pt)\n"
)


def read(tmp_path, text, page=PAGE):
    return read_published(printed(tmp_path / "strategy.pdf", page + text))


def test_headings_paragraphs_and_items_are_told_apart(tmp_path):
    found = read(
        tmp_path,
        f"= Crime\n{LONG}\n\nIt fell by 146.\n== Burglary in 2018\n- First with a text\n- Second\n#pagebreak()\n"
        f"*Violent crime*\n\n{LONG}\n",
    )

    assert read_as(found) == [
        ("heading", "Crime"),
        ("paragraph", LONG.strip()),
        ("paragraph", "It fell by 146."),
        ("heading", "Burglary in 2018"),
        ("item", "First with a text"),
        ("item", "Second"),
        ("heading", "Violent crime"),
        ("paragraph", LONG.strip()),
    ]
    assert [one.level for one in found.passages() if one.kind == "heading"] == [1, 2, 3]
    assert [one.place.page for one in found.passages()] == [1, 1, 1, 1, 1, 1, 2, 2]


def test_running_headings_and_page_numbers_are_left_out(tmp_path):
    found = read(tmp_path, f"It fell by 1. {LONG}#pagebreak()It fell by 2. {LONG}#pagebreak()Last of all. {LONG}")

    assert [text[:13] for _, text in read_as(found)] == ["It fell by 1.", "It fell by 2.", "Last of all. "]


def test_words_parted_at_the_end_of_a_line_are_whole_again(tmp_path):
    page = (
        "#set page(width: 7cm, height: auto, margin: 1cm)\n#set par(justify: true)\n"
        '#set text(size: 10pt, lang: "en", hyphenate: true)\n'
    )
    text = (
        "Notwithstanding considerable administrative reorganisation, the partnership's community-based prevention "
        "programme contributed substantially to neighbourhood confidence in 2018-19 throughout participating "
        "organisations, and community-based work goes on."
    )
    pdf = printed(tmp_path / "raw.pdf", page + text)
    assert "\u00ad\n" in PdfReader(pdf).pages[0].extract_text()

    ((_, read_back),) = read_as(read_published(pdf))

    assert read_back.replace("’", "'") == text


def test_sentence_goes_on_over_the_page_and_its_footnote_follows(tmp_path):
    page = "#set page(width: 12cm, height: 6cm, margin: 1cm)\n#set text(size: 10pt)\n"
    text = f"Burglary fell.#footnote[Metropolitan Police Service.] {LONG}{LONG}"

    found = read(tmp_path, text, page)

    assert [kind for kind, _ in read_as(found)] == ["paragraph", "note"]
    assert read_as(found)[1] == ("note", "Metropolitan Police Service.")
    assert read_as(found)[0][1] == f"Burglary fell. {LONG}{LONG}".strip()


def test_columns_are_read_one_after_the_other(tmp_path):
    page = (
        "#set page(columns: 2, width: 18cm, height: 10cm, margin: 1cm)\n#set text(size: 10pt)\n"
        '#place(top + center, scope: "parent", float: true, text(size: 18pt, weight: "bold")[Safety Strategy])\n'
    )

    found = read(tmp_path, f"= Burglary\n{LONG}{LONG}\n#colbreak()\n= Robbery\n{LONG}", page)

    assert read_as(found) == [
        ("heading", "Safety Strategy"),
        ("heading", "Burglary"),
        ("paragraph", f"{LONG}{LONG}".strip()),
        ("heading", "Robbery"),
        ("paragraph", LONG.strip()),
    ]


ROWS = (
    ("Barnet", "4,038", "10.41", "4,432", "11.43"),
    ("Brent", "3,359", "10.21", "3,721", "11.31"),
    ("Possession of an offensive weapon in a public place", "2,386", "9.59", "2,240", "9.00"),
    ("Ealing", "3,040", "8.87", "3,018", "8.81"),
)


def set_table(stroke, head=""):
    cells = "".join(f"[{text}]," for row in ROWS for text in row)
    head = head or (
        "table.cell(rowspan: 2)[Area], table.cell(colspan: 2)[2017], table.cell(colspan: 2)[2018],"
        "[Offences], [Rate], [Offences], [Rate],"
    )
    return (
        f"#table(columns: (4cm, auto, auto, auto, auto), stroke: {stroke}, align: (left, right, right, right, right),"
        f"{head}{cells})"
    )


@pytest.mark.parametrize("stroke", ["1pt", "0.5pt + gray"])
def test_drawn_table_keeps_rows_columns_and_merged_cells(tmp_path, stroke):
    found = read(tmp_path, f"Table 1: Burglary\n\n{set_table(stroke)}\n\n{LONG}", PLAIN)

    (table,) = found.tables()
    assert table.rows == (
        ("Area", "2017", "2017", "2018", "2018"),
        ("Area", "Offences", "Rate", "Offences", "Rate"),
        *ROWS,
    )
    assert table.caption == "Table 1: Burglary"
    assert (table.place.page, table.place.paragraph) == (1, 2)
    assert read_as(found)[-1] == ("paragraph", LONG.strip())


def test_table_without_lines_is_put_together_where_figures_stand_below_each_other(tmp_path):
    head = (
        "[], table.cell(colspan: 2, align: center)[2017], table.cell(colspan: 2, align: center)[2018],"
        "[Area], [Offences], [Rate], [Offences], [Rate],"
    )

    found = read(tmp_path, f"{LONG}\n\n{set_table('none', head)}\n\n{LONG}")

    (table,) = found.tables()
    assert table.rows == (
        ("", "2017", "2017", "2018", "2018"),
        ("Area", "Offences", "Rate", "Offences", "Rate"),
        *ROWS,
    )
    assert [kind for kind, *_ in read_as(found)][0] == "paragraph"
    assert read_as(found)[-1] == ("paragraph", LONG.strip())


def test_table_that_goes_on_over_the_page_is_one(tmp_path):
    rows = "".join(f"[Ward {at}], [{at * 11}], [{at * 7}]," for at in range(1, 80))

    found = read(tmp_path, f"#table(columns: 3, table.header[Ward][2017][2018], {rows})")

    (table,) = found.tables()
    assert table.rows[:2] == (("Ward", "2017", "2018"), ("Ward 1", "11", "7"))
    assert len(table.rows) == 80
    assert table.place.page == 1


def test_words_in_columns_that_are_no_table_are_not_put_together(tmp_path):
    box = "#box(width: 4cm)[Violence without injury decreased by 0.8% in the year to December]"

    found = read(tmp_path, f"{box} {box.replace('0.8', '2.0')} {box.replace('0.8', '34.1')}\n")

    assert list(found.tables()) == []
    assert "decreased by 34.1% in the" in " ".join(text for _, text in read_as(found))


def test_list_of_contents_is_left_out(tmp_path):
    found = read(tmp_path, f"#outline()\n#pagebreak()\n= Burglary\n{LONG}\n= Robbery\n{LONG}")

    assert [text for kind, text in read_as(found) if kind != "paragraph"] == ["Contents", "Burglary", "Robbery"]
    assert [text for kind, text in read_as(found) if kind == "paragraph"] == [LONG.strip()] * 2


def test_page_that_lies_on_its_side_is_read_upright(tmp_path):
    page = "#set page(flipped: true, margin: 2cm)\n#set text(size: 10pt)\n"
    upright = printed(tmp_path / "upright.pdf", f"{page}= Burglary\n{LONG}\n{set_table('1pt')}")
    writer = PdfWriter(clone_from=upright)
    for one in writer.pages:
        one.rotate(90)
    writer.write(tmp_path / "turned.pdf")

    assert read_as(read_published(tmp_path / "turned.pdf")) == read_as(read_published(upright))


def test_text_on_end_is_said_not_to_be_read(tmp_path):
    found = read(tmp_path, f"{LONG}#rotate(90deg, reflow: true)[Number of offences]", PLAIN)

    assert read_as(found) == [("paragraph", LONG.strip())]
    assert found.unread == ("Page 1 is not read where the text stands on end or aslant.",)


IMAGE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    b"stream\n\x80\nendstream"
)


def test_scanned_pages_are_named(tmp_path):
    text, scan = b"BT /F1 10 Tf 50 700 Td (Burglary fell by 146 in the year.) Tj ET", b"q 595 0 0 842 0 0 cm /I Do Q"
    resources = b"/Resources<</Font<</F1 8 0 R>>/XObject<</I 9 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R" + resources + b">>"
    path = assembled(
        tmp_path / "scanned.pdf",
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 4 0 R]/Count 4>>",
            page % 6,
            page % 7,
            page % 7,
            stream(text),
            stream(scan),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            IMAGE,
        ],
    )

    found = read_published(path)

    assert read_as(found) == [("paragraph", "Burglary fell by 146 in the year.")]
    assert found.unread == ("Pages 2 to 4 are scanned or drawn, without text that can be read.",)


def test_uneven_spacing_of_recognised_text_is_evened_out(tmp_path):
    lines = (
        "Between 2017 and 2018, the number of burglaries in the",
        "borough decreased by 146, as was recorded by the police.",
    )
    content, chance = b"", (0, 1.4, -0.9, 0.6, -1.2)
    for row, line in enumerate(lines):
        x = 50.0
        for at, word in enumerate(line.split()):
            y = 700 - 14 * row + chance[at % 5]
            content += f"BT /F1 {10 + 0.4 * (at % 2)} Tf {x} {y} Td ({word}) Tj ET\n".encode()
            x += 5.9 * len(word) + 3.2 + abs(chance[at % 5])

    assert read_as(read_published(drawn(tmp_path / "recognised.pdf", content))) == [("paragraph", " ".join(lines))]


def test_day_it_was_made_is_told(tmp_path):
    found = read(tmp_path, f"#set document(date: datetime(year: 2019, month: 5, day: 6))\n{LONG}")

    assert found.dated.isoformat() == "2019-05-06"


def test_file_is_known_by_what_it_is(tmp_path):
    path = printed(tmp_path / "strategy.pdf", LONG)
    path.rename(tmp_path / "strategy.docx")

    assert read_as(read_published(tmp_path / "strategy.docx")) == [("paragraph", LONG.strip())]


def test_own_password_is_not_asked_for_where_none_is_needed(tmp_path):
    writer = PdfWriter(clone_from=BytesIO(printed(tmp_path / "open.pdf", LONG).read_bytes()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "strategy.pdf")

    assert read_as(read_published(tmp_path / "strategy.pdf")) == [("paragraph", LONG.strip())]
