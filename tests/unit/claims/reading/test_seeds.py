"""Five documents as they were published, in the words of their tables and the lines they stand on."""

import pytest

from frankpledge.claims.published import PassageKind
from frankpledge.claims.reading import read_published


def table_at(document, line):
    return next(table for table in document.tables() if table.place.line == line)


@pytest.fixture(scope="module")
def strategy(seed):
    return read_published(seed("000"))


@pytest.fixture(scope="module")
def plan(seed):
    return read_published(seed("002"))


@pytest.mark.parametrize(
    ("line", "rows", "columns"),
    [(188, 8, 6), (280, 9, 7), (361, 2, 3), (458, 8, 7), (567, 8, 7), (836, 8, 7), (933, 6, 8), (1235, 5, 4)],
)
def test_tables_of_the_strategy_have_their_rows_and_columns(strategy, line, rows, columns):
    table = table_at(strategy, line)

    assert (len(table.rows), {len(row) for row in table.rows}) == (rows, {columns})
    assert len(table.lines) == rows


def test_strategy_has_no_other_tables_and_every_row_is_told(strategy):
    assert len(list(strategy.tables())) == 8
    assert not [sentence for sentence in strategy.unread if sentence.startswith("Line")]


@pytest.mark.parametrize(
    ("line", "row", "figures"),
    [
        (458, 5, ("2386", "9.59", "2240", "9.00", "-146", "-0.59")),
        (567, 7, ("1,651", "5.89", "1,667", "5.98", "16", "0.09")),
        (836, 7, ("2586", "0.29", "2429", "0.28", "-157", "-0.02")),
        (933, 4, ("3", "8.1%", "12", "27.9%", "11", "42.3%", "-14.4%")),
        (933, 5, ("37", "", "43", "", "26", "", "")),
        (1235, 2, ("25", "10", "75")),
    ],
)
def test_figures_of_the_strategy_stand_in_their_row(strategy, line, row, figures):
    assert table_at(strategy, line).rows[row][1:] == figures


@pytest.mark.parametrize("line", [188, 458, 567, 836])
def test_years_stand_over_their_columns(strategy, line):
    years, kinds = table_at(strategy, line).rows[:2]

    assert years[1:5] == ("2017", "2017", "2018", "2018")
    assert kinds[1:5] == ("Offences", "Rate", "Offences", "Rate")
    assert (years[0], years[-1]) == (kinds[0], kinds[-1])


def test_rows_of_the_strategy_know_their_lines(strategy):
    assert table_at(strategy, 458).lines == (458, 464, 472, 480, 488, 496, 504, 512)


@pytest.mark.parametrize("line", [133, 447, 537, 550, 647, 721, 730, 789, 815, 1354, 1423])
def test_quick_facts_are_boxes_line_by_line(strategy, line):
    found = [one for one in strategy.passages() if one.place.line == line]

    assert [one.kind for one in found] == [PassageKind.BOX]
    assert found[0].text.startswith("2018: ")


def test_footnotes_follow_the_paragraph_they_belong_to(strategy):
    notes = [one for one in strategy.passages() if one.kind is PassageKind.NOTE]

    assert len(notes) == 14
    assert [one.place.line for one in notes[:4]] == [60, 60, 60, 60]
    assert not any("footnoteRef" in one.text or "[bookmark" in one.text for one in strategy.passages())


@pytest.mark.parametrize("line", [14, 130, 443, 445, 555, 645, 720, 776, 779, 909, 1102, 1229, 1524])
def test_headings_of_the_strategy_are_known(strategy, line):
    assert PassageKind.HEADING in [one.kind for one in strategy.passages() if one.place.line == line]


@pytest.mark.parametrize("line", [390, 392, 396, 397, 404, 911, 1074, 1400])
def test_sentences_and_items_of_the_strategy_are_no_headings(strategy, line):
    assert PassageKind.HEADING not in [one.kind for one in strategy.passages() if one.place.line == line]


def test_burglary_text_stands_under_burglary(strategy):
    found = next(one for one in strategy.passages() if one.place.line == 451)

    assert found.place.heading.startswith("Burglary")
    assert "146" in found.text


def test_table_of_the_plan_is_whole(plan):
    table = table_at(plan, 432)

    assert (len(table.rows), {len(row) for row in table.rows}) == (19, {5})
    assert table.rows[1][1:4] == ("14074", "14968", "894")
    assert table.rows[12][1:] == ("391", "Expected in July. Estimate 410", "", "")


def test_table_of_many_words_keeps_its_columns(plan):
    table = table_at(plan, 879)

    assert (len(table.rows), {len(row) for row in table.rows}) == (18, {5})
    assert table.lines[:5] == (879, 885, 891, 903, 909)
    assert table.rows[4][1:3] == ("Legislation winter 2012.", "ASB")


def test_sentences_torn_by_footnotes_are_whole(seed):
    assessment = read_published(seed("004"))

    found = next(one for one in assessment.passages() if one.place.line == 287)
    assert "415 health service attendances" in found.text
    assert [one.kind for one in assessment.passages() if one.place.line == 291] == [PassageKind.NOTE]


def test_marks_of_markdown_are_gone(seed):
    for number in ("003", "004"):
        assert not any("**" in one.text or "](" in one.text for one in read_published(seed(number)).passages())


def test_items_of_the_newer_strategy_are_items(seed):
    found = read_published(seed("001"))

    assert {one.kind for one in found.passages() if one.place.line in (162, 184, 252)} == {PassageKind.ITEM}
    assert list(found.tables()) == []
