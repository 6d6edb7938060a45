"""Shares of a whole, the youth cohort, provision, and the definition of serious violence, as a document tells them."""

import pytest

from frankpledge.assessment.assess import make_document
from frankpledge.assessment.blocks.shares import part_name
from frankpledge.assessment.definition import About, find_assessment
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.serious_violence import find_serious_violence
from frankpledge.assessment.subject import Subject
from frankpledge.disclosure import Audience, release
from frankpledge.errors import DefinitionError
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import BulletList, Heading, Note, Paragraph, Table, plain_text
from frankpledge.model.tables import FACTORS
from frankpledge.periods import parse_period
from tests.conftest import HARROW, months_of

SEX = ("non-domestic-serious-violence-victims-male", "non-domestic-serious-violence-victims-female")
WHOLE = "victims/serious-violence-not-domestic"
MAKE_UP = f"""\
schema: 1
title: What is needed
subtitle: "{{period}}"
audience: board
headline: burglary
sections:
  - blocks: [serious-violence-definition, youth-cohort, provision]
  - title: Shares
    indicators: [{", ".join(SEX)}]
    blocks: [shares-table]
  - title: Parts
    indicators: [{", ".join(SEX)}]
    blocks: [parts-table]
"""
COUNTS = [
    (HARROW, "Harrow", year, measure, count)
    for year, counts in {"2017": (100, 60, 30), "2018": (120, 80, 30)}.items()
    for measure, count in zip((WHOLE, f"{WHOLE}/male", f"{WHOLE}/female"), counts, strict=True)
]
OUTPUTS = [
    (HARROW, "Harrow", quarter, "Invented mentoring", "Young people mentored", achieved, 10)
    for quarter, achieved in {"2017-Q4": 7, "2018-Q2": 11, "2018-Q3": 12}.items()
]
TRAINED = [(HARROW, "Harrow", "2018-Q1", "Knives", 2, 31, 20)]


def followed(number):
    serious = number % 2
    factors = ["yes" if serious or number % 3 == 0 else "no", *["no"] * (len(FACTORS) - 1)]
    again = "2017-09-01" if serious else ""
    return (
        f"YP-{number}",
        "youth violence",
        "2017-05-10",
        again,
        "2019-03-31",
        "yes" if serious else "no",
        HARROW,
        *factors,
    )


@pytest.fixture(scope="module")
def needs(place, built):
    workspace, files = place
    warehouse = built(
        workspace,
        files.boroughs(
            months=months_of("2017", "2018", "2021"), rows=[("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 10)]
        ),
        files.population(),
        files.csv("counts.csv", ("area_code", "area_name", "period", "measure", "value"), COUNTS),
        files.csv(
            "outputs.csv", ("area_code", "area_name", "period", "project", "output", "achieved", "target"), OUTPUTS
        ),
        files.csv(
            "training.csv",
            (
                "area_code",
                "area_name",
                "period",
                "course",
                "training_sessions",
                "people_trained",
                "people_more_confident",
            ),
            TRAINED,
        ),
        files.csv(
            "followed.csv",
            ("person", "cohort", "began", "offended_again", "known_until", "serious", "reported_for", *FACTORS),
            [followed(number) for number in range(40)],
        ),
    )
    folder = workspace.definitions / "assessments"
    folder.mkdir()
    (folder / "needs.yaml").write_text(MAKE_UP, encoding="utf-8")
    return workspace, warehouse


def made(needs, audience=Audience.BOARD, period="2018"):
    workspace, warehouse = needs
    enquiry = Enquiry(
        workspace=workspace,
        warehouse=warehouse,
        partnership=workspace.partnership(),
        definition=find_assessment("needs", workspace.definitions),
        subject=Subject(About.PARTNERSHIP, "", "Safer Harrow"),
        indicators={slug: find_indicator(slug) for slug in ("burglary", *SEX)},
        profiled={},
        wording=read_wording(),
        period=parse_period(period),
        pinned={},
        prepared="2019-02-15",
        audience=audience,
    )
    return release(make_document(enquiry), audience).value


@pytest.fixture(scope="module")
def document(needs):
    return made(needs)


def table(document, slug, number=0):
    return [one for one in document.blocks if isinstance(one, Table) and one.slug.startswith(slug)][number]


def cells(table):
    return [[plain_text((cell,)) for cell in row] for row in table.rows]


def said(document):
    texts = [plain_text(one.runs) for one in document.blocks if isinstance(one, Paragraph | Note)]
    return texts + [plain_text(item) for one in document.blocks if isinstance(one, BulletList) for item in one.items]


def test_shares_of_one_whole_stand_in_one_table(document):
    assert [row[:3] for row in cells(table(document, "shares-"))] == [
        ["Who are men or boys", "60", "60.00"],
        ["Who are women or girls", "30", "30.00"],
    ]
    assert table(document, "shares-").title.startswith("Shares of victims of serious violence")


def test_parts_that_do_not_overlap_leave_a_rest(document):
    rest = cells(table(document, "shares-", 1))[-1]
    assert rest[:2] == ["In none of these, or not recorded", "10"]
    assert rest[3] == "10"


def test_the_name_of_a_part_leaves_its_whole_out():
    assert part_name(find_indicator("serious-violence-robbery")) == "Robbery"


def test_the_cohort_sets_serious_reoffenders_beside_the_rest(document):
    first = cells(table(document, "youth-cohort"))[0]
    assert first[0] == "Excluded or suspended"
    assert first[1] == "100.00"
    assert first[-1] == "more often"
    assert any("40 young people of Harrow" in one for one in said(document))


def test_the_cohort_is_rounded_for_the_public(needs):
    public = said(made(needs, Audience.PUBLIC))
    assert any("40 young people" in one for one in public)
    row = cells(table(made(needs, Audience.PUBLIC), "youth-cohort"))[0]
    assert row[-1] == "no clear difference"


def test_a_cohort_that_is_not_held_is_a_named_gap(needs):
    assert any("Nobody followed after serious violence is held" in one for one in said(made(needs, period="2021")))


def test_provision_tells_what_was_sent_for_the_period_beside_what_was_agreed(document):
    (row,) = cells(table(document, "provision-projects"))
    assert row == ["Invented mentoring", "Young people mentored", "April 2018 to September 2018", "23", "20"]
    (course,) = cells(table(document, "provision-training"))
    assert course[2:] == ["2", "31", "20"]


def test_the_packaged_definition_says_that_nobody_has_decided_it(document):
    words = " ".join(said(document))
    assert "Decided by: Nobody yet" in words
    assert "after 2018" in words
    assert "It holds: homicide;" in words


def test_a_partnerships_own_definition_has_versions(tmp_path):
    folder = tmp_path / "serious-violence"
    folder.mkdir()
    versions = [
        f"  - {{from: {year}-01, decided_by: The board, decided_on: {day}, offences: [{offence}], measure: a/b}}"
        for year, day, offence in ((2020, "2019-12-02", "robbery"), (2016, "2015-12-01", "homicide"))
    ]
    text = "\n".join(["schema: 1", "title: Ours", "versions:", *versions])
    (folder / "ours.yaml").write_text(text, encoding="utf-8")
    definition = find_serious_violence(tmp_path)
    assert definition.in_force(parse_period("2018")).offences == ("homicide",)
    assert definition.in_force(parse_period("2021")).decided_on == "2 December 2019"
    assert definition.in_force(parse_period("2010")).offences == ("homicide",)


def test_a_definition_without_a_version_is_refused(tmp_path):
    folder = tmp_path / "serious-violence"
    folder.mkdir()
    (folder / "ours.yaml").write_text("schema: 1\ntitle: Ours\nversions: []\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="no version"):
        find_serious_violence(tmp_path)


def test_headings_stand_in_order(document):
    headings = [one.text for one in document.blocks if isinstance(one, Heading) and one.level == 1]
    assert headings[:3] == [
        "What is counted as serious violence",
        "The young people behind serious violence",
        "What projects and training delivered",
    ]
