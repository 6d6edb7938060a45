"""What a document tells of the law, of what is not known, of what rose unasked, and of recommended priorities."""

import pytest

from frankpledge.assessment.assess import make_document
from frankpledge.assessment.definition import About, find_assessment
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.gaps import months_allowed
from frankpledge.assessment.subject import Subject
from frankpledge.disclosure import Audience
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import Heading, Note, Paragraph, Table, plain_text
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import parse_period
from tests.conftest import months_of

MAKE_UP = """\
schema: 1
title: All that looks round
subtitle: "{period}"
audience: board
headline: burglary
sections:
  - blocks: [regulation-check]
  - blocks: [emerging, recommended-priorities, intelligence-gaps, statutory-coverage, prescribed-information]
  - title: Burglary
    indicators: [burglary, knife-crime]
    each: [quick-facts, change-and-why]
"""
METHOD = """\
schema: 1
title: Ours
review: 2027-01
method: As we do.
least_share: 0.5
criteria:
  - {criterion: direction, weight: 2, title: Direction, how: So., bands: {rose: 4, no clear change: 2, fell: 0}}
  - {criterion: control, weight: 1, title: Local control, how: Judged.}
candidates:
  - {indicator: burglary, control: 4}
  - {indicator: robbery, control: 1}
  - {indicator: shoplifting, control: 1}
  - {indicator: knife-crime}
"""
DUTY = """\
schema: 1
title: A by-law
citation: By-law 1
applies: Here
read_in: the by-law
duties:
  - duty: looks-round
    authority: by-law 1
    who: the partnership
    what: Say what rose.
    due: {kind: yearly}
    begins: 2010-01-01
    verified: true
    within: looks-round
    blocks: [emerging]
  - duty: looks-ahead
    authority: by-law 2
    who: the partnership
    what: Say what will be.
    due: {kind: yearly}
    begins: 2010-01-01
    verified: true
    within: looks-round
    blocks: [hot-spots]
"""
REGISTER = """\
schema: 1
done:
  - {duty: public-meeting, done: 2018-11-05, seen: minutes}
"""


@pytest.fixture(scope="module")
def enquiry(place, built):
    workspace, files = place
    boroughs = ("Harrow", "Barnet", "Brent")
    rows = [("BURGLARY", "DOMESTIC BURGLARY", name, [60] * 12 + [100] * 12) for name in boroughs]
    rows += [("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", name, 5) for name in boroughs]
    rows += [("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", name, [20] * 12 + [60] * 12) for name in boroughs]
    rows += [("THEFT", "SHOPLIFTING", name, [30] * 24) for name in boroughs]
    warehouse = built(workspace, files.boroughs(months=months_of("2017", "2018"), rows=rows), files.population())
    for folder, name, text in (
        ("assessments", "looks-round", MAKE_UP),
        ("priorities", "method", METHOD),
        ("duties", "by-law", DUTY),
    ):
        (workspace.definitions / folder).mkdir()
        (workspace.definitions / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (workspace.folder / "duties.yaml").write_text(REGISTER, encoding="utf-8")
    return Enquiry(
        workspace=workspace,
        warehouse=warehouse,
        partnership=workspace.partnership(),
        definition=find_assessment("looks-round", workspace.definitions),
        subject=Subject(About.PARTNERSHIP, "", "Safer Harrow"),
        indicators={slug: find_indicator(slug) for slug in ("burglary", "knife-crime")},
        profiled={},
        wording=read_wording(),
        period=parse_period("2018"),
        pinned={},
        prepared="2019-07-15",
        audience=Audience.BOARD,
    )


@pytest.fixture(scope="module")
def document(enquiry):
    return make_document(enquiry)


@pytest.fixture(scope="module")
def tables(document):
    return {block.slug: block for block in document.blocks if isinstance(block, Table)}


def texts(table):
    return [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows]


def test_what_rose_outside_the_headings_is_told_and_what_has_a_heading_is_not(tables):
    rows = texts(tables["emerging-E09000015"])

    assert ["Robbery", "240", "720", "+480", "+200.0%"] in rows
    assert not [row for row in rows if row[0] in ("Burglary", "Shoplifting")]


def test_regulations_are_checked_against_sections_that_come_after(tables, document):
    rows = texts(tables["regulation-check"])

    assert rows == [
        ["Say what rose.", "By-law 1, by-law 1", "Emerging issues"],
        ["Say what will be.", "By-law 1, by-law 2", "Not yet"],
    ]
    assert isinstance(document.blocks[0], Heading) and document.blocks[0].text.startswith("What the regulations ask")


def test_candidates_are_placed_by_the_method_with_ties_and_every_part(tables):
    rows = {row[0]: row for row in texts(tables["recommended-priorities-E09000015"])}

    # Burglary: (2 × 4 + 1 × 4) ÷ 3 = 4 of 4; robbery: (8 + 1) ÷ 3 = 3; shoplifting: (4 + 1) ÷ 3 = 1⅔.
    assert rows["Burglary"][:5] == ["Burglary", "1", "100", "4", "4"]
    assert rows["Robbery"][:5] == ["Robbery", "2", "75", "4", "1"]
    assert rows["Shoplifting"][:5] == ["Shoplifting", "3", "42", "2", "1"]


def test_a_score_is_a_figure_with_its_estimates_behind_it(tables):
    scores = [
        cell
        for row in tables["recommended-priorities-E09000015"].rows
        for cell in row
        if isinstance(cell, Figure) and cell.measure is Measure.SCORE
    ]
    assert len(scores) == 3
    assert all(len(one.behind) == 2 for one in scores)


def test_it_is_recommended_and_not_decided_and_what_is_not_counted_is_named(document):
    words = " ".join(plain_text(block.runs) for block in document.blocks if isinstance(block, Note | Paragraph))
    lists = " ".join(plain_text(item) for block in document.blocks for item in getattr(block, "items", ()))

    assert "no decision" in words
    assert "not counted here for the period: Knife crime" in lists


def test_feeds_of_which_nothing_is_held_name_what_they_would_tell_and_whom_to_ask(tables):
    rows = {row[0]: row for row in texts(tables["feeds-not-held"])}

    assert rows["Monthly dashboard by borough"][1:] == ["Knife crime", "Metropolitan Police Service"]


def test_gaps_say_what_records_lack_and_which_feed_is_late(tables):
    rows = texts(tables["intelligence-gaps"])
    kinds = [row[0] for row in rows]

    assert "Repeats not known" in kinds and "Times not known" in kinds
    (late,) = [row for row in rows if row[0] == "Late feed"]
    assert "newest month held of “Recorded crime by borough” is December 2018" in late[1]


@pytest.mark.parametrize(
    ("cadence", "months"),
    [("monthly; under SI 2007/1831, each quarter", 3), ("quarterly", 6), ("once", None), ("as agreed with", None)],
)
def test_how_old_a_feed_may_be_goes_by_its_cadence(cadence, months):
    assert months_allowed(cadence, {"monthly": 3, "quarterly": 6}) == months


def test_the_reason_of_a_clear_change_is_asked_for(document):
    titles = [block.text for block in document.blocks if isinstance(block, Heading)]
    asked = [plain_text(block.runs) for block in document.blocks if isinstance(block, Note)]

    assert titles.count("What changed, and why") == 1
    assert any("is for the partnership to say" in one for one in asked)


def test_coverage_reads_the_register_and_says_what_was_not_verified(tables):
    rows = {row[0]: row for row in texts(tables["duties-si-2007-1830"])}
    meeting = next(row for what, row in rows.items() if what.startswith("Hold one or more public meetings"))
    protocol = next(row for what, row in rows.items() if what.startswith("Have a protocol"))

    assert meeting[2:] == ["Met", "Last done on 5 November 2018: minutes. Due again by 5 November 2019."]
    assert "[not verified]" in protocol[1] and protocol[2] == "Not told"
    assert not [what for what in rows if "county" in what]


def test_prescribed_information_has_a_column_a_quarter_and_says_what_is_missing(tables):
    table = tables["prescribed-information"]

    assert [column.title for column in table.columns[2:]] == [
        "due 30 June 2018", "due 30 September 2018", "due 31 December 2018", "due 31 March 2019"
    ]  # fmt: skip
    assert all(row[2:] == ["missing"] * 4 for row in texts(table))


def test_another_register_makes_another_edition(enquiry, document):
    path = enquiry.workspace.folder / "duties.yaml"
    path.write_text(REGISTER.replace("minutes", "other minutes"), encoding="utf-8")
    try:
        again = make_document(enquiry.holding_back([]))
    finally:
        path.write_text(REGISTER, encoding="utf-8")

    assert again.edition != document.edition
