"""Blocks of patterns: where, when, who, again, what it amounts to, what is new; for whom, and what is not told."""

import pytest

from frankpledge.assessment.assess import make_document
from frankpledge.assessment.blocks import DOCUMENT_BLOCKS, INDICATOR_BLOCKS, TOGETHER_BLOCKS
from frankpledge.assessment.definition import About, find_assessment
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.releasing import release_of
from frankpledge.assessment.subject import Subject
from frankpledge.disclosure import Audience, release
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import Chart, Map, Note, Table, every_figure, plain_text
from frankpledge.model.estimate import Status
from frankpledge.model.figure import Measure
from frankpledge.periods import month_text, parse_period
from frankpledge.report.charts import chart_svg
from frankpledge.report.frames import Frame
from frankpledge.report.maps import map_svg
from tests.conftest import HARROW, months_of
from tests.unit.findings.test_followed import HEADINGS as FOLLOWED
from tests.unit.findings.test_followed import person as follow
from tests.unit.findings.test_harm import costs
from tests.unit.findings.test_hot_spots import FIRST, crimes_of, outline
from tests.unit.findings.test_people import ASSAULT, INCIDENTS, PEOPLE, person

SURVEY = ("area_code", "period", "survey", "question", "value", "low", "high", "sample")
UNSAFE = {"2016": (20, 18, 22, 900), "2017": (30, 27, 33, 900)}
MAKE_UP = f"""\
schema: 1
title: "Everything of {{subject}}"
subtitle: "{{period}}"
about: indicator
audience: partners
headline: subject
sections:
  - blocks: [new-signals, harm, followed]
  - title: Patterns
    indicators: [subject]
    each: [{", ".join(INDICATOR_BLOCKS)}]
  - title: Others
    indicators: [subject]
    blocks: [survey, other-agencies]
  - blocks: [not-measured, data-age, sources]
"""
ALONE = """\
schema: 1
title: When
subtitle: "{period}"
about: indicator
audience: partners
headline: subject
sections:
  - title: When it happens
    indicators: [subject]
    each: [hours]
  - title: Where it happens
    indicators: [subject]
    each: [hot-spots]
  - blocks: [not-measured]
"""


@pytest.fixture(scope="module")
def pattern_place(place, built):
    workspace, files = place
    months = range(FIRST, FIRST + 14)
    street = [files.street(f"{month}.csv", month=month_text(month), crimes=crimes_of(month, 6)) for month in months]
    counts = [30] * 24 + [30] * 11 + [90]
    rows = [("BURGLARY", "DOMESTIC BURGLARY", name, counts) for name in ("Harrow", "Barnet", "Brent")]
    rows += [("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", name, 3) for name in ("Harrow", "Barnet", "Brent")]
    injured = ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY")
    rows += [(*injured, name, 40) for name in ("Harrow", "Barnet", "Brent")]
    counted = files.boroughs(months=months_of("2015", "2016", "2017"), rows=rows)
    # Of sixty people two are women: fewer than partners may know.
    people = [person(n, sex="female" if n < 2 else "male", code=f"P{n // 2 if n > 50 else n}") for n in range(60)]
    crimes = [(f"C{n}", ASSAULT, "2017-07-15 21:30", "", HARROW, "") for n in range(60)]
    cohort = [follow(n, began="2017-03-10", known="2019-01-31", again="2017-06-01" if n < 8 else "") for n in range(30)]
    asked = [(HARROW, year, "Safety", "Feel unsafe", *value) for year, value in UNSAFE.items()]
    warehouse = built(
        workspace,
        files.best_fit(),
        files.forces(),
        files.population(),
        outline(files),
        counted,
        costs(files),
        files.csv("crimes.csv", INCIDENTS, crimes),
        files.csv("people.csv", PEOPLE, people),
        files.csv("followed.csv", FOLLOWED, cohort),
        files.csv("survey.csv", SURVEY, asked),
        *street,
    )
    folder = workspace.definitions / "assessments"
    folder.mkdir()
    (folder / "everything.yaml").write_text(MAKE_UP, encoding="utf-8")
    (folder / "alone.yaml").write_text(ALONE, encoding="utf-8")
    return workspace, warehouse


@pytest.fixture(scope="module")
def enquire(pattern_place):
    workspace, warehouse = pattern_place

    def make(slug="burglary", audience=Audience.PARTNERS, period="2017", document="everything"):
        indicator = find_indicator(slug)
        return Enquiry(
            workspace=workspace,
            warehouse=warehouse,
            partnership=workspace.partnership(),
            definition=find_assessment(document, workspace.definitions),
            subject=Subject(About.INDICATOR, slug, indicator.title),
            indicators={slug: indicator},
            profiled={},
            wording=read_wording(),
            period=parse_period(period),
            pinned={},
            prepared="2018-02-15",
            audience=audience,
        )

    return make


def of(enquiry, name):
    return INDICATOR_BLOCKS[name](enquiry, next(iter(enquiry.indicators.values())))


def told(block):
    """Every text of a block, its figures written out."""
    parts = [getattr(block, "runs", None), getattr(block, "alt", None), *getattr(block, "notes", ())]
    parts += [*getattr(block, "items", ()), *getattr(block, "rows", ())]
    return " ".join(plain_text(one) for one in parts if one)


def one_of(blocks, kind):
    return next(one for one in blocks if isinstance(one, kind))


def test_hot_spots_are_mapped_over_the_area_named_and_tested(enquire):
    blocks = of(enquire(), "hot-spots")

    shown, table = one_of(blocks, Map), one_of(blocks, Table)
    assert shown.places[0].name.startswith("Market Place") and shown.ground
    assert "Most records are at Market Place" in plain_text(shown.alt)
    assert "anonymous points" in told(shown)
    assert [column.title for column in table.columns] == ["Place", "2017", "2 months after", "What it has been"]
    assert "in the 2 months after" in told(blocks[-1])
    assert map_svg(shown, Frame(700, 400, False)).count("<path") > len(shown.places)


def test_hot_spots_now_tell_of_the_last_month_too(enquire):
    table = one_of(of(enquire(period="2017-12"), "hot-spots-now"), Table)

    assert [column.title for column in table.columns][1:3] == ["12 months to December 2017", "December 2017"]


def test_hours_are_charts_with_intervals_and_the_sentence(enquire):
    blocks = of(enquire("violence-with-injury"), "hours")

    days = one_of(blocks, Chart)
    assert [point.value for point in days.lines[0].points] == [0, 0, 0, 0, 0, 60, 0]
    assert len(days.ranges) == 7 and days.ranges[5][0].value < 60 < days.ranges[5][1].value
    assert "more than an even share falls on Saturday" in told(blocks[1])
    plain = chart_svg(days, Frame(700, 400, False))
    assert plain.count("<line") > 2


def test_what_is_not_held_is_one_note_where_it_stands_alone_and_named_at_the_end(enquire):
    document = make_document(enquire(document="alone"))

    note = one_of(document.blocks, Note)
    assert told(note).startswith("No records of burglaries with a time are held for 2017.")
    assert "Days and hours cannot be told of burglary." in " ".join(map(told, document.blocks))


def test_victims_and_suspects_below_the_threshold_are_withheld_and_so_is_what_gives_them_away(enquire):
    table = one_of(of(enquire("violence-with-injury"), "victims-and-suspects"), Table)
    rows = {row[0]: row for row in table.rows}

    assert [cell.text for cell in rows["Sex: female"][1:2]] == ["[c]"]
    assert rows["Sex: male"][1].status is Status.SUPPRESSED
    assert rows["Sex: female"][-1].status is Status.SUPPRESSED
    assert rows["Home: living here"][1].text == "60"
    assert "Relationship is recorded of nobody" in told(table)


def test_the_board_sees_what_is_held(enquire):
    table = one_of(of(enquire("violence-with-injury", Audience.BOARD), "victims-and-suspects"), Table)

    female = next(row for row in table.rows if row[0] == "Sex: female")
    assert [cell.text for cell in female[1:4]] == ["2", "0", "3.3%"]


def test_repeats_tell_people_and_say_why_the_rest_cannot_be_told(enquire):
    words = " ".join(map(told, of(enquire("violence-with-injury"), "repeats")))

    assert "60 suspects are recorded" in words
    assert "Repeat victims: cannot be told" in words
    assert "Repeat places: cannot be told" in words


def test_control_chart_has_limits_a_sign_and_what_the_last_month_says(enquire):
    blocks = of(enquire(), "control-chart")

    chart = one_of(blocks, Chart)
    assert [line.limit for line in chart.lines] == [False, True, True, True]
    assert chart.marks[-1] == "above" and chart.labels[-1] == "2017-12"
    assert chart.lines[3].points[-1].value < 90
    assert "December 2017 shows a change for the worse in burglaries" in told(blocks[1])
    assert "Sign of a rise" in chart_svg(chart, Frame(700, 400, False))


def test_months_that_end_before_the_period_are_no_chart_of_it(enquire):
    assert of(enquire("violence-with-injury", period="2018-01"), "control-chart") == []


def test_harm_weighs_by_verified_sets_alone(enquire):
    blocks = DOCUMENT_BLOCKS["harm"](enquire())

    assert "Altogether" in told(blocks[2]) and "At the prices of 2015-16" in told(blocks[2])
    robbery = next(row for row in one_of(blocks, Table).rows if row[0] == "Robbery")
    assert [getattr(cell, "text", cell) for cell in robbery[1:4]] == ["36", "4,343", "156,348"]


def test_followed_tells_who_offended_again(enquire):
    words = " ".join(map(told, DOCUMENT_BLOCKS["followed"](enquire())))

    assert "Of 30 followed for twelve months, 8 offended again within them: 26.7%" in words


def test_outcomes_are_a_gap_where_no_record_has_one(enquire):
    enquiry = enquire()

    assert of(enquiry, "outcomes") == []
    assert enquiry.untold[0].what == "outcomes"


def test_new_signals_are_rows_with_room_for_an_answer(enquire):
    table = one_of(DOCUMENT_BLOCKS["new-signals"](enquire()), Table)

    assert table.columns[-1].title == "Accepted / dismissed because / task"
    row = table.rows[0]
    assert row[1].startswith("Higher than usual: beyond a limit") and row[2].text == "90" and row[-1] == ""
    assert row[4] == "new this month"


def test_newest_figures_before_the_end_of_the_period_are_told(enquire):
    slug = "violence-with-injury"
    enquiry = enquire(slug, period="2018-03")

    table = one_of(TOGETHER_BLOCKS["other-agencies"](enquiry, [find_indicator(slug)]), Table)

    assert table.rows[0][3] == "12 months to December 2017" and table.rows[0][4].text == "480"
    assert enquiry.told_otherwise == {slug}


def test_residents_are_told_of_with_intervals_and_what_lies_apart(enquire):
    blocks = TOGETHER_BLOCKS["survey"](enquire(period="2018-03"), [find_indicator("feel-unsafe")])

    assert told(blocks[0]) == "Clearly changed in a year: feel unsafe rose."
    row = [getattr(cell, "text", cell) for cell in blocks[1].rows[0]]
    assert row == ["Feel unsafe (per cent)", "2017", "30.00", "27.00", "33.00", "20.00", "+10.00", "rose"]


@pytest.mark.parametrize("slug", ["burglary", "violence-with-injury"])
@pytest.mark.parametrize("audience", list(Audience))
def test_whole_document_passes_the_gate_with_every_part_kept_apart(enquire, slug, audience):
    enquiry = enquire(slug, audience)
    document = make_document(enquiry)

    released = release(document, audience).value
    # What the audience may not know was withheld already: the gate finds nothing to add.
    assert list(every_figure(released)) == list(every_figure(document))
    parts = {cell.part for cell in release_of(enquiry, document).cells}
    assert "suspects by sex: male" in parts or slug == "burglary"
    assert all(one.series is not None for figure in every_figure(document) for one in figure.behind if not one.missing)


def test_the_public_is_shown_no_exact_count_of_partners_records(enquire):
    document = make_document(enquire("violence-with-injury", Audience.PUBLIC))

    counts = [
        one.numerator for figure in every_figure(document) for one in figure.behind
        if one.policy != "open" and one.numerator is not None
    ]  # fmt: skip
    assert counts and all(count % 5 == 0 for count in counts)
    assert not any(
        figure.value is not None and figure.measure in (Measure.LEAST, Measure.MOST, Measure.RATIO)
        for figure in every_figure(document)
        if any(one.policy != "open" for one in figure.behind)
    )


def test_parts_of_one_area_and_period_have_figures_of_their_own(enquire):
    document = make_document(enquire("violence-with-injury"))

    of_parts = {figure.part for figure in every_figure(document) if figure.area_code == HARROW and figure.part}
    assert {"Monday", "suspects by sex: male", "suspects recorded"} <= of_parts
