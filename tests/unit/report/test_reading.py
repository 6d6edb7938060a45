"""Numbers, anchors and the annex that all formats share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frankpledge.disclosure import Audience, release
from frankpledge.model.document import Column, FrontMatter, Heading, Paragraph
from frankpledge.report.grids import as_table, distinct_titles, flat_titles, groups
from frankpledge.report.reading import read

from .documents import bar_chart, count_figure, document, outline_map, wide_table


def test_read_refuses_what_has_not_been_released():
    with pytest.raises(TypeError, match="Released"):
        read(document())


def test_read_refuses_a_released_value_that_is_no_document(released):
    with pytest.raises(TypeError, match="Released"):
        read(type("Other", (), {"value": released.value})())


def test_headings_are_numbered_to_the_second_level(reading):
    headings = [(part.number, part.block.text) for part in reading.parts if isinstance(part.block, Heading)]
    assert headings == [
        ("1", "Summary"),
        ("1.1", "What to read first"),
        ("2", "Crossings over the years"),
        ("2.1", "Month by month"),
        ("", "A deeper heading"),
        ("3", "Crossings by district"),
    ]


def test_tables_and_figures_are_counted_apart(reading):
    numbers = [part.number for part in reading.exhibits]
    assert numbers == ["Figure 1", "Figure 2", "Table 1", "Figure 3", "Figure 4", "Table 2"]


def test_headings_of_the_same_words_have_anchors_of_their_own():
    again = document(blocks=(Heading(1, "Contents"), Heading(1, "Contents"), Heading(1, "£")))
    parts = read(release(again, Audience.BOARD)).parts
    assert [part.anchor for part in parts] == ["contents-2", "contents-3", "section"]


def test_annex_lists_each_figure_once(reading):
    identifiers = [row.identifier for group in reading.annex for row in group.rows]
    assert len(identifiers) == len(set(identifiers))
    assert reading.annex[0].title == "Figures in the text"
    assert [group.anchor for group in reading.annex[1:]] == ["table-1", "table-2"]


def test_annex_row_of_a_change_writes_both_estimates(reading):
    row = next(row for row in reading.annex[0].rows if row.printed == "5.1%")
    assert row.numerator == "1,234 and 1,300"
    assert "against 2017" in row.what
    assert row.release == "2021-07; mid-2018"


def test_withheld_count_is_nowhere_in_the_annex(reading):
    rows = [row for group in reading.annex for row in group.rows if "Greenwick" in row.what]
    assert rows
    assert {row.printed for row in rows} == {"[c]"}
    assert {row.numerator for row in rows} == {""}


def test_document_without_figures_has_an_empty_annex():
    bare = read(release(document(blocks=(Paragraph(("Words.",)),)), Audience.BOARD))
    assert bare.annex == ()
    assert bare.sources == ()


def test_cover_says_whom_it_is_for():
    cover = dict(read(release(document(), Audience.BOARD)).cover)
    assert cover["For"] == "The partnership’s board only"
    assert cover["Prepared"] == "5 September 2021"


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PARTNERS])
def test_document_not_for_everyone_is_marked(audience):
    assert read(release(document(), audience)).marking.startswith("OFFICIAL")


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PARTNERS])
def test_document_not_for_everyone_without_a_marking_is_not_written(audience):
    with pytest.raises(ValueError, match="has no marking"):
        read(release(document(front=FrontMatter()), audience))


def test_glossary_holds_the_words_that_occur_in_the_order_of_the_alphabet(reading):
    assert [term.word for term in reading.glossary] == ["[c]", "Rate"]


def test_word_inside_another_is_not_explained():
    blocks = (Paragraph(("The strategy was separated from the ", "pirates.")),)
    assert read(release(document(blocks=blocks), Audience.PUBLIC)).glossary == ()


def test_cover_says_how_new_the_data_is(reading):
    assert dict(reading.cover)["Data to"].startswith("December 2018")


def test_document_for_everyone_is_not_marked(reading):
    assert reading.marking == ""


def test_groups_of_columns():
    assert groups(wide_table()) == (
        ("", 1),
        ("12 months of 2016", 3),
        ("12 months of 2017", 3),
        ("12 months of 2018", 3),
    )
    assert flat_titles(wide_table())[1] == "12 months of 2016: Number"


def test_columns_of_the_same_title_are_told_apart():
    columns = [Column("Area")] + [Column(title, True, "2018") for title in ("Number", "printed", "Rate", "printed")]
    table = replace(wide_table(), columns=tuple(columns), rows=())
    assert distinct_titles(table) == (
        "Area",
        "2018: Number",
        "2018: Number, printed",
        "2018: Rate",
        "2018: Rate, printed",
    )


def test_chart_told_as_a_table_has_its_marks():
    table = as_table(bar_chart(12))
    assert [column.title for column in table.columns] == ["Period", "Crossings", "Against the mean"]
    assert len(table.rows) == 12
    assert {row[2] for row in table.rows} <= {"Above", "Below", "Near"}


def test_map_told_as_a_table_goes_from_high_to_low():
    rows = as_table(outline_map()).rows
    values = [row[1].value for row in rows if row[1].value is not None]
    assert values == sorted(values, reverse=True)
    assert rows[-1][1].value is None


def test_figure_met_in_text_and_table_is_listed_under_the_text():
    same = count_figure(0, "2018-01")
    blocks = (
        Paragraph((same,)),
        *(block for block in document().blocks if getattr(block, "slug", "") == "kinds"),
    )
    groups_of = read(release(document(blocks=blocks), Audience.BOARD)).annex
    assert [len(group.rows) for group in groups_of] == [1, 5]
