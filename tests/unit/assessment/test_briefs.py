"""Briefs: an area beside its kind, a place by its points, the latest for a meeting, what is news and may be asked."""

import json
import shutil
from dataclasses import replace
from functools import lru_cache

import pytest

from frankpledge.assessment.assess import make_document
from frankpledge.assessment.blocks import DOCUMENT_BLOCKS, INDICATOR_BLOCKS, TOGETHER_BLOCKS
from frankpledge.assessment.definition import About, find_assessment, read_assessments
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.subject import find_subject
from frankpledge.disclosure import Audience
from frankpledge.errors import NotHeldError, UserError
from frankpledge.findings.around import Spot, authorities_of, count_within, per_square_kilometre, records_within
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import BulletList, Heading, Map, Note, Paragraph, Table, every_figure, plain_text
from frankpledge.model.estimate import Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import parse_period
from frankpledge.warehouse.drawn_areas import circle
from frankpledge.warehouse.national_grid import to_grid
from tests.conftest import BARNET, BRENT, HARROW, crime, full_month, months_of, small_areas

# The middle of the first and of the last small area on the map.
CENTRE = ("-0.395", "51.565")
ELSEWHERE = ("-0.305", "51.565")
EASTING, NORTHING = (float(one[0]) for one in to_grid([float(CENTRE[0])], [float(CENTRE[1])]))
HERE = f"{EASTING:.0f} {NORTHING:.0f}"
WARD = "E05013542"
NAMES = tuple(f"Ward {number}" for number in range(5))
DEFINED = {
    "centre": f"title: The centre\ncircle: {{easting: {EASTING:.0f}, northing: {NORTHING:.0f}, metres: 300}}\n",
    "corner": f"title: The corner\nareas: {list(small_areas(HARROW)[:2])}\n",
}


def harrow(month):
    """Harrow's month: what happens in its first small area is at one point, all else at another; more in 2018."""
    busy = small_areas(HARROW)[0]
    more = 20 if month >= "2018" else 6
    rows = [
        {**one, "Longitude": (CENTRE if one["LSOA code"] == busy else ELSEWHERE)[0],
         "Latitude": (CENTRE if one["LSOA code"] == busy else ELSEWHERE)[1]}
        for one in full_month((HARROW,))
    ]  # fmt: skip
    return rows + [
        crime(busy, "Shoplifting", reference=f"more-{month}-{number}", longitude=CENTRE[0], latitude=CENTRE[1])
        for number in range(more)
    ]


@pytest.fixture(scope="module")
def briefed(place, built):
    workspace, files = place
    (workspace.definitions / "areas").mkdir()
    for slug, text in DEFINED.items():
        (workspace.definitions / "areas" / f"{slug}.yaml").write_text(f"schema: 1\n{text}", encoding="utf-8")
    lookup = [
        (lsoa, f"E050135{42 + number // 2}", NAMES[number // 2], HARROW)
        for number, lsoa in enumerate(small_areas(HARROW))
    ] + [
        (lsoa, f"E050{start + number // 5}", f"{lad} {number // 5}", lad)
        for lad, start in ((BARNET, 13600),)
        for number, lsoa in enumerate(small_areas(lad))
    ]
    people = {HARROW: 250_000, BARNET: 390_000, BRENT: 330_000} | {
        lsoa: 1_500 for lad in (HARROW, BARNET) for lsoa in small_areas(lad)
    }
    streets = [files.street(f"{month}.csv", month=month, crimes=harrow(month)) for month in months_of("2017", "2018")]
    warehouse = built(
        workspace,
        files.best_fit(rows=lookup),
        files.population(people={code: people[code] for code in (HARROW, BARNET, BRENT)}),
        files.population(
            "small.csv", column="LSOA21CD", people={c: n for c, n in people.items() if c[1] == "0" and c[2] == "1"}
        ),
        files.outlines("small.geojson", codes=small_areas(HARROW), column="LSOA21CD"),
        files.outlines(codes=[f"E050135{number}" for number in range(42, 47)]),
        *streets,
    )
    return workspace, warehouse


@pytest.fixture(scope="module")
def asked(briefed):
    """An enquiry by a document's slug and what it is of; all of them of one open warehouse, which remembers."""
    workspace, warehouse = briefed

    def of_period(slug, of="", period="2018", within=250, since="", audience=None):
        definition = find_assessment(slug)
        subject = find_subject(definition.about, of, warehouse, workspace, within)
        named, described = (
            {one: find_indicator(one) for one in map(subject.indicator, slugs)}
            for slugs in (definition.indicators, definition.profile)
        )
        return Enquiry(
            workspace, warehouse, workspace.partnership(), definition, subject, named, described, read_wording(),
            parse_period(period), {}, "2019-03-01", audience or Audience(definition.audience), since=since,
        )  # fmt: skip

    return of_period


@pytest.fixture(scope="module")
def write(asked):
    """A document as it is made, each once."""
    return lru_cache(lambda *of, **more: make_document(asked(*of, **more)))


def under(document, title):
    """The blocks of a section, those within it included."""
    blocks = document.blocks
    start = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.text == title)
    level = blocks[start].level
    rest = blocks[start + 1 :]
    end = next((at for at, one in enumerate(rest) if isinstance(one, Heading) and one.level <= level), len(rest))
    return list(rest[:end])


def table(blocks):
    return next(block for block in blocks if isinstance(block, Table))


def row(shown, title):
    """A row of a table by its first cell: column (and its group) → cell as printed."""
    cells = next(one for one in shown.rows if one[0] == title)
    names = [f"{column.group} {column.title}".strip() for column in shown.columns]
    return {name: plain_text((cell,)) for name, cell in zip(names, cells, strict=True)}


def said(blocks):
    """Every sentence of some blocks."""
    runs = [one for block in blocks if isinstance(block, BulletList) for one in block.items]
    runs += [block.runs for block in blocks if isinstance(block, Note | Paragraph)]
    return [plain_text(one) for one in runs]


def test_a_ward_stands_beside_all_wards_with_a_rate_that_chance_is_taken_out_of(write):
    beside = table(under(write("ward-brief", "Ward 0"), "Beside the others"))
    shoplifting = row(beside, "Shoplifting")

    # Two small areas with one a month each, and twenty more in one of them; six in the year before.
    assert shoplifting["2018 Number"] == "264"
    assert shoplifting["2017 Number"] == "96"
    assert shoplifting["Change Number"] == "+168"
    assert shoplifting["Change Clear change?"] == "rose"
    assert shoplifting["2018 Rate"] == "88.00"
    # All five wards together, by the same source.
    assert shoplifting["All wards of Harrow Rate"] == "24.00"
    likely = float(shoplifting["Rate, chance allowed for Likely"])
    assert 24 < likely < 88


def test_a_ward_is_found_among_those_of_the_partnership_and_marked_on_the_map(write):
    made = write("ward-brief", "ward 0")
    (shown,) = [block for block in made.blocks if isinstance(block, Map)]
    assert shown.marked == WARD
    assert "Ward 0, with a dark border" in plain_text(shown.alt)
    assert made.slug == f"ward-brief-{WARD}-2018"
    assert made.title == "Ward 0: area brief"


def test_what_a_ward_is_known_for_is_where_it_stands_apart(write):
    known = under(write("ward-brief", "Ward 0"), "What the area is known for")
    (paragraph,) = [plain_text(block.runs) for block in known if isinstance(block, Paragraph)]
    assert paragraph.startswith("Ward 0 does not stand apart from the others in")


@pytest.mark.parametrize("of", ["Harrow", "own:centre", "own:corner"])
def test_an_authority_and_an_area_of_ones_own_have_the_same_brief(write, of):
    made = write("ward-brief", of)
    shoplifting = row(table(under(made, "Beside the others")), "Shoplifting")
    expected = {"Harrow": "360", "own:centre": "252", "own:corner": "264"}
    assert shoplifting["2018 Number"] == expected[of]
    assert ":" not in made.slug
    assert not any(isinstance(block, Map) for block in made.blocks) or of == "Harrow"


def test_each_figure_says_how_old_it_is(write):
    ages = table(under(write("ward-brief", "Ward 0"), "How old each figure is"))
    assert row(ages, "Burglary")["Newest month"] == "December 2018"
    assert row(ages, "Burglary")["Days since it ended"] == "60"


def test_a_kind_of_area_that_has_no_brief_is_refused(briefed):
    workspace, warehouse = briefed
    with pytest.raises(UserError, match="is of the kind lsoa"):
        find_subject(About.AREA, small_areas(HARROW)[0], warehouse, workspace)
    with pytest.raises(UserError, match="No area E05099999 is known here"):
        find_subject(About.AREA, "E05099999", warehouse, workspace)


def test_a_place_counts_what_lies_within_the_circle_and_nothing_else(write):
    shown = table(under(write("place-brief", HERE, within=250), "What is recorded"))
    shoplifting = row(shown, "Shoplifting")
    assert (shoplifting["2017 Number"], shoplifting["2018 Number"]) == ("84", "252")
    # A circle of 250 metres is 0.196 of a square kilometre.
    assert 1_281 < float(shoplifting["2018 Rate"].replace(",", "")) < 1_286
    assert shoplifting["Change Clear change?"] == "rose"


def test_a_place_may_be_an_area_drawn_on_the_map_and_not_a_list(write, briefed):
    shown = table(under(write("place-brief", "The centre"), "What is recorded"))
    assert row(shown, "Shoplifting")["2018 Number"] == "252"
    workspace, warehouse = briefed
    with pytest.raises(UserError, match="has no outline"):
        find_subject(About.PLACE, "own:corner", warehouse, workspace)


def test_a_place_warns_of_anonymous_points(write):
    warned = " ".join(said(under(write("place-brief", HERE, within=250), "Read this first")))
    assert "anonymous points, each for a street or so" in warned
    assert "Partners' records are not counted around a place" in warned
    for_partners = said(under(write("place-brief", HERE, within=250, audience=Audience.PARTNERS), "Read this first"))
    assert "Partners' records are not counted" not in " ".join(for_partners)


@pytest.mark.parametrize(
    ("words", "problem", "message"),
    [
        ("HA1 2XF", NotHeldError, "Where the postcode HA1 2XF lies is not held here"),
        ("900000 188500", UserError, "does not lie in England or Wales"),
        ("Nowhere Street", UserError, "is no place here"),
        ("", UserError, "about one place, and none is named"),
    ],
)
def test_a_place_that_cannot_be_found_says_what_to_give(briefed, words, problem, message):
    workspace, warehouse = briefed
    with pytest.raises(problem, match=message):
        find_subject(About.PLACE, words, warehouse, workspace)


def test_a_place_without_records_is_refused_and_not_counted_as_nought(write):
    with pytest.raises(NotHeldError, match="no records of it that have a point are held for this place"):
        write("place-brief", "450000 250000")


def test_records_within_are_counted_only_where_policy_allows(briefed):
    _, warehouse = briefed
    spot = Spot("here", "Here", circle(EASTING, NORTHING, 100))
    assert authorities_of(warehouse, spot)[0] == HARROW
    assert (
        len(records_within(warehouse, spot))
        == sum(14 + (20 if year == "2018" else 6) for year in ("2017", "2018")) * 12
    )
    answer = count_within(
        warehouse, find_indicator("burglary"), spot, [parse_period("2018")], pinned={}, policies=frozenset()
    )
    assert answer.estimates[0].missing
    assert "no records of it that have a point" in answer.estimates[0].why_missing


def test_a_count_that_is_missing_has_no_rate_by_area(briefed):
    _, warehouse = briefed
    spot = Spot("here", "Here", circle(EASTING, NORTHING, 100))
    (one,) = count_within(
        warehouse, find_indicator("burglary"), spot, [parse_period("2010")], pinned={}, policies=frozenset({"open"})
    ).estimates
    assert one.missing
    assert per_square_kilometre(replace(one, denominator=5), 1_000_000).value is None


def test_the_tabled_update_has_each_measure_with_its_newest_month(write):
    shown = table(write("tabled-update").blocks)
    burglary = row(shown, "Shoplifting")
    assert burglary["Newest month"] == "December 2018"
    assert burglary["In that month"] == "30"
    assert burglary["Twelve months To that month"] == "360"
    assert burglary["Twelve months The twelve before"] == "192"
    assert burglary["Change Clear change?"] == "rose"
    assert "Domestic abuse" in " ".join(plain_text(note) for note in shown.notes)


def test_the_update_for_scrutiny_tells_news_from_noise_and_asks_few_questions(write):
    made = write("scrutiny-update", since="2018-09-20")
    news = " ".join(said(under(made, "News: what changed by more than chance")))
    noise = " ".join(said(under(made, "Noise: what says nothing yet")))
    assert "Shoplifting in Harrow rose by 168" in news
    assert "burglary" in noise and "shoplifting" not in noise.lower()
    asked = said(under(made, "Questions the committee may ask"))
    # What is reported and policed more is asked about otherwise than what happened more.
    assert any("was more reported and found" in one and "shoplifting" in one for one in asked)
    assert len(asked) <= 8


def test_months_that_have_ended_since_the_last_meeting_are_new(write):
    made = write("scrutiny-update", since="2018-09-20")
    new = row(table(under(made, "What is new")), "Shoplifting")
    assert new["New months"] == "September 2018 to December 2018"
    assert (new["In the newest"], new["A year before that"]) == ("30", "16")
    assert "No document of the partnership made before 20 September 2018" in said(under(made, "What was revised"))[0]


def test_without_the_day_of_the_last_meeting_it_is_asked_for(write):
    assert "add --since" in said(under(write("scrutiny-update"), "Since the last meeting"))[0]


@pytest.fixture
def earlier_edition(briefed):
    """An edition of before the meeting, for one test alone: the others are told that there is none."""
    folder = briefed[0].editions / "strategic-assessment-2017-0000000000"
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


def test_a_count_that_an_earlier_edition_had_otherwise_is_listed(write, earlier_edition):
    identified = [
        (Figure("burglary", HARROW, period, "", Measure.COUNT, value, Status.FINAL), value)
        for period, value in (("2017", 999), ("2018", 120), ("2017-01", None))
    ]
    printed = [
        {
            "identifier": one.identifier, "indicator": one.indicator, "area_code": HARROW, "period": one.period,
            "against": "", "measure": "count", "text": one.text, "value": value, "behind": ["a"],
        }
        for one, value in identified
    ]  # fmt: skip
    behind = {
        "area_code": HARROW, "area_name": "Harrow", "dataset": "police-uk-street", "release": "2018-12",
        "population_dataset": None, "population_release": None,
    }  # fmt: skip
    evidence = {
        "document": "strategic-assessment-2017", "title": "Strategic assessment", "edition": "0000000000",
        "prepared": "2018-05-01", "estimates": {"a": behind}, "figures": printed,
    }  # fmt: skip
    (earlier_edition / "figures.json").write_text(json.dumps(evidence), encoding="utf-8")

    made = write("scrutiny-update", since="2018-09-21")

    revised = table(under(made, "What was revised"))
    (only,) = revised.rows
    assert [plain_text((cell,)) for cell in only] == ["Burglary, Harrow", "2017", "999", "120", "−879"]


def test_a_crime_type_has_a_brief(write):
    made = write("crime-brief", "shoplifting")
    assert made.title == "Shoplifting: brief"
    assert made.brief
    assert any(figure.measure is Measure.COUNT_CHANGE for figure in every_figure(made))


PROTECTED = (
    "Age",
    "Disability",
    "Gender reassignment",
    "Marriage and civil partnership",
    "Pregnancy and maternity",
    "Race",
    "Religion or belief",
    "Sex",
    "Sexual orientation",
)


def test_the_equality_draft_names_every_protected_characteristic_and_asks_for_what_is_not_recorded(write):
    made = write("equality-impact-assessment")
    titles = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert [one for one in titles if one in PROTECTED] == list(PROTECTED)
    definition = read_assessments()["equality-impact-assessment"]
    asked = {section.title: section.asks for section in definition.all_sections()}
    assert all(asked[title] for title in PROTECTED)
    assert "Nothing is held here on: Muslim residents" in " ".join(said(under(made, "Religion or belief")))


def test_briefs_are_for_whom_they_should_be():
    found = read_assessments()
    assert {
        slug: (found[slug].about, found[slug].audience) for slug in ("ward-brief", "place-brief", "tabled-update")
    } == {
        "ward-brief": (About.AREA, "public"),
        "place-brief": (About.PLACE, "public"),
        "tabled-update": (About.PARTNERSHIP, "partners"),
    }


@pytest.mark.parametrize(("about", "of"), [(About.AREA, "Ward 0"), (About.PLACE, "The centre"), (About.AREA, "Harrow")])
def test_every_block_may_stand_in_a_document_about_an_area_or_a_place(asked, about, of):
    enquiry = asked("ward-brief" if about is About.AREA else "place-brief", of)
    shoplifting = enquiry.named("shoplifting")
    for make in DOCUMENT_BLOCKS.values():
        assert isinstance(make(enquiry), list)
    for make_of in INDICATOR_BLOCKS.values():
        assert isinstance(make_of(enquiry, shoplifting), list)
    for make_together in TOGETHER_BLOCKS.values():
        assert isinstance(make_together(enquiry, [shoplifting]), list)
