"""Plain text: passages, boxes, notes and tables of what is left when the format is taken away."""

import pytest

from frankpledge.claims.reading import read_published
from tests.unit.claims.reading.documents import read_as

LONG = "This is a sentence that is long enough to be the text of a paragraph, whatever stands above it or below it."


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "strategy.txt"
    path.write_bytes(text.encode(encoding))
    return read_published(path)


def lines(document):
    return [block.place.line for block in document.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_read_in_whatever_encoding_and_with_whatever_line_ends(tmp_path, encoding, end):
    found = read(tmp_path, f"It fell – by £146.{end}{end}It rose.", encoding)

    assert read_as(found) == [("paragraph", "It fell – by £146."), ("paragraph", "It rose.")]
    assert lines(found) == [1, 3]


def test_short_line_is_a_heading_where_there_is_something_to_head(tmp_path):
    text = f"Councillor A Person\nPortfolio Holder\n\nBurglary\n{LONG}\n\nGoing forward:\n· One\n\nROBBERY\n- Two"

    found = read(tmp_path, text)

    assert [(one.kind, one.level) for one in found.passages()] == [
        ("paragraph", 0),
        ("paragraph", 0),
        ("heading", 3),
        ("paragraph", 0),
        ("heading", 4),
        ("item", 0),
        ("heading", 1),
        ("item", 0),
    ]
    assert found.blocks[-1].place.words() == "line 11, under “ROBBERY”"


def test_short_lines_with_figures_are_none(tmp_path):
    found = read(tmp_path, f"High harm crime\n\nKnife crime rose by 24.1%\n\n250 per month\n\n{LONG}")

    assert [kind for kind, _ in read_as(found)] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_numbered_line_is_a_heading_alone_and_an_item_among_others(tmp_path):
    found = read(
        tmp_path, f"2. Introduction\n\n{LONG}\n\n2.1 Burglary\n\n{LONG}\n\n1. Prevent it\n2. Enforce the law\n"
    )

    assert [(one.kind, one.text, one.level) for one in found.passages() if one.text != LONG] == [
        ("heading", "2. Introduction", 1),
        ("heading", "2.1 Burglary", 2),
        ("item", "Prevent it", 0),
        ("item", "Enforce the law", 0),
    ]


def test_marks_of_a_dump_are_read_for_what_they_mean(tmp_path):
    text = (
        "3. [bookmark: _Toc12]Burglary\n\n[image: ]Burglary by month\n\n[image: a.png]\n\n"
        f"[bookmark: _Toc13]{LONG}\n\n**Robbery**\n\n"
        "In the *Public Attitude Survey*¹⁶ 5% of [all people](#) said so. Monthly*\n"
    )

    found = read(tmp_path, text)

    assert read_as(found) == [
        ("heading", "3. Burglary"),
        ("caption", "Burglary by month"),
        ("paragraph", LONG),
        ("heading", "Robbery"),
        ("paragraph", "In the Public Attitude Survey 5% of all people said so. Monthly*"),
    ]
    assert found.unread == ("2 pictures: what is shown there is not in the text.",)


def test_footnotes_follow_their_paragraph_and_keep_their_brackets(tmp_path):
    text = (
        "Of 248,880 people[footnoteRef:1] half are women.[footnoteRef:2] [1:  ONS ]  [2: See [the list\n"
        "of sources] here] \nAfter it [3: no note].\n"
    )

    found = read(tmp_path, text)

    assert read_as(found) == [
        ("paragraph", "Of 248,880 people half are women."),
        ("note", "ONS"),
        ("note", "See [the list of sources] here"),
        ("paragraph", "After it [3: no note]."),
    ]
    assert lines(found) == [1, 1, 1, 3]


def test_bracket_that_is_never_closed_is_text(tmp_path):
    found = read(tmp_path, "Of people[footnoteRef:1] half. [1: never closed\n")

    assert read_as(found) == [("paragraph", "Of people half. [1: never closed")]


def test_sentence_that_a_footnote_tears_apart_is_whole_again(tmp_path):
    torn = "Levels of female genital mutilation have been recorded in Harrow, presenting at around 415"

    found = read(tmp_path, f"{torn}\n\n¹⁴ A note on it\n\nhealth service attendances.\n")

    assert read_as(found) == [("paragraph", f"{torn} health service attendances."), ("note", "A note on it")]


def test_lines_that_were_broken_to_a_width_are_joined(tmp_path):
    text = (
        "Between 2017 and 2018 the number of recorded burglaries fell by\n"
        "146 in the borough, and in the region it rose. There were more\n"
        "Offences in Brent.\n"
        "A new paragraph.\n"
    )

    assert [text for _, text in read_as(read(tmp_path, text))] == [
        "Between 2017 and 2018 the number of recorded burglaries fell by 146 in the borough, and in the region it "
        "rose. There were more Offences in Brent.",
        "A new paragraph.",
    ]


def test_box_begins_at_the_end_of_the_line_before_it(tmp_path):
    box = "Quick Facts:\t\t [image: ]\n2018: 966 offences,\n 3.88 per 1,000  \n"

    found = read(tmp_path, f"{LONG}{box}\nKnife crime Quick Facts:   \n2018: 239\n")

    assert read_as(found) == [
        ("paragraph", LONG),
        ("box", "Quick Facts:"),
        ("box", "2018: 966 offences,"),
        ("box", "3.88 per 1,000"),
        ("heading", "Knife crime"),
        ("box", "Quick Facts:"),
        ("box", "2018: 239"),
    ]
    assert lines(found) == [1, 1, 2, 3, 5, 5, 6]


def test_box_that_is_spaced_out_ends_with_its_short_lines(tmp_path):
    found = read(tmp_path, f"Drugs: FindingsQuick Facts:\n\t\t  \n2018: 573\n\n2017: 539\n\nA rise\n\n{LONG}\n")

    assert [kind for kind, _ in read_as(found)] == ["heading", "box", "box", "box", "box", "paragraph"]


CELLS = """\
\tBurglary
\t2017
\t2018
\tRate
Change

\t
\tOffences
\tRate
\tOffences
\tRate
\t

\tBarnet
\t4038
\t10.41
\t4432
\t11.43
\t1.02

\t
London average
\t
91,777
\t
10.40
\t
97,643
\t
11.06
\t
0.66



After it.
"""


def test_table_with_a_cell_on_each_line_is_put_together(tmp_path):
    found = read(tmp_path, f"{LONG}\n{CELLS}")

    (table,) = found.tables()
    assert table.rows == (
        ("Burglary", "2017", "2017", "2018", "2018", "Rate Change"),
        ("Burglary", "Offences", "Rate", "Offences", "Rate", "Rate Change"),
        ("Barnet", "4038", "10.41", "4432", "11.43", "1.02"),
        ("London average", "91,777", "10.40", "97,643", "11.06", "0.66"),
    )
    assert table.lines == (2, 8, 15, 22)
    assert table.place.line == 2
    assert read_as(found)[-1] == ("paragraph", "After it.")
    assert found.unread == ()


def test_headings_over_pairs_of_columns_are_told_without_a_second_row(tmp_path):
    rows = ["Offence\n\t2016\n\t2017\n\tChange", "Firearms\n\t5\n\t13.5%\n\t3\n\t7.0%\n\t3.1%"]

    (table,) = read(tmp_path, "\n\n".join(f"\t{row}" for row in rows)).tables()

    assert table.rows[0] == ("Offence", "2016", "2016", "2017", "2017", "Change")


def test_row_whose_cells_cannot_be_told_apart_is_in_each_place_and_said(tmp_path):
    rows = ["Offence\n\tOffenders\n\tVictims", "Firearms\n\t5\n\t6\n\t7", "Knives\n\t8\n\t9\n\t10"]

    found = read(tmp_path, "\n\n".join(f"\t{row}" for row in rows))

    (table,) = found.tables()
    assert set(table.rows[0]) == {"Offence Offenders Victims"}
    assert table.rows[2] == ("Knives", "8", "9", "10")
    assert found.unread == ("Line 1: the cells of this row are fewer than the columns; which stand where is not told.",)


def test_cells_with_paragraphs_of_their_own_are_one(tmp_path):
    text = (
        "\tMandatory\n\tLocal\n\tWhen\n\n\tSexual violence\n\nHate crime\n\n\n\tBurglary\n\t\n\n"
        "\tDrugs\n\tVehicles\n\nRobbery\n\tJune\n\n\n\nAfter it."
    )

    found = read(tmp_path, text)

    assert read_as(found) == [
        (
            ("Mandatory", "Local", "When"),
            ("Sexual violence Hate crime", "Burglary", ""),
            ("Drugs", "Vehicles Robbery", "June"),
        ),
        ("paragraph", "After it."),
    ]


def test_lines_that_begin_with_a_tab_and_are_no_table_are_text(tmp_path):
    found = read(tmp_path, "\tViolence Against Women and Girls\n\tHate Crime\n\n\n\n\n\tObjective: to train all staff.")

    assert [kind for kind, _ in read_as(found)] == ["paragraph", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "Area\t2017\t2018\nHarrow\t2,386\t2,240\nBrent\t3,359\t3,721\n",
        "| Area | 2017 | 2018 |\n|------|-----:|-----:|\n| Harrow | 2,386 | 2,240 |\n| **Brent** | 3,359 | 3,721 |\n",
        "Area | 2017 | 2018\nHarrow | 2,386 | 2,240\nBrent | 3,359 | 3,721\n",
    ],
)
def test_table_with_a_row_on_each_line(tmp_path, text):
    found = read(tmp_path, f"Table 1: Burglary\n{text}\n{LONG}")

    (table,) = found.tables()
    assert table.rows == (("Area", "2017", "2018"), ("Harrow", "2,386", "2,240"), ("Brent", "3,359", "3,721"))
    assert table.caption == "Table 1: Burglary"
    assert table.lines[0] == 2
    assert len(table.lines) == 3


def test_one_line_with_a_bar_is_no_table(tmp_path):
    assert read_as(read(tmp_path, "Mobility Index | Data of 2017 is here.")) == [
        ("paragraph", "Mobility Index | Data of 2017 is here.")
    ]
