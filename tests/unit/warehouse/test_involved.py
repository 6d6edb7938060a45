"""Victims and suspects counted from records: parts of groups, what is missing, and a second way of counting."""

from collections import defaultdict

import pytest

from frankpledge.errors import DefinitionError
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.involved import read_involved
from tests.conftest import BRENT, HARROW, add_all, ask_one, build_quietly, rows

INCIDENTS = ("reference", "offence", "from", "area_code", "reported_for", "flags")
PEOPLE = ("reference", "role", "person", "age_band", "sex", "ethnicity", "injury", "relationship")
ASSAULT, RAPE = "crime/violence-and-sexual/violence/with-injury", "crime/violence-and-sexual/sexual/rape"


def incident(number, month="2018-07", offence=ASSAULT, area=HARROW, flags=""):
    return (f"C{number}", offence, f"{month}-14", "", area, flags)


def person(
    number, role="victim", code=None, age="25-34", sex="female", ethnicity="indian", injury="minor", to="partner"
):
    return (f"C{number}", role, code or f"P{number}", age, sex, ethnicity, injury, to)


@pytest.fixture
def warehouse_of(workspace, files, built):
    def make(incidents, *people):
        paths = [files.csv(f"people-{number}.csv", PEOPLE, lines) for number, lines in enumerate(people)]
        return built(workspace, files.csv("crimes.csv", INCIDENTS, incidents), *paths)

    return make


def values(warehouse, measure, area=HARROW):
    found = rows(
        warehouse,
        "SELECT first_month - 24222, CAST(value AS INTEGER) FROM published_value "
        "WHERE measure = ? AND area_code = ? AND last_month = first_month ORDER BY 1",
        measure,
        area,
    )
    return dict(found)


def test_people_are_counted_by_group_and_part_in_months_of_their_incidents(warehouse_of):
    warehouse = warehouse_of(
        [
            incident(1, flags="domestic-abuse"),
            incident(2),
            incident(3, "2018-09", offence=RAPE),
            incident(4, "2018-10"),
        ],
        [
            person(1, age="18-24"),
            person(1, "suspect", "S1", age="", sex="male"),
            person(2, sex="male", ethnicity="white british", injury="serious", to="stranger"),
            person(3, age="under 18"),
        ],
    )

    # July to September: October has an incident, and nobody of it.
    assert values(warehouse, "victims/violence") == {0: 2, 1: 0, 2: 0}
    assert values(warehouse, "victims/violence/female") == {0: 1, 1: 0, 2: 0}
    assert values(warehouse, "victims/violence/under-25") == {0: 1, 1: 0, 2: 0}
    assert values(warehouse, "victims/violence/white") == {0: 1, 1: 0, 2: 0}
    assert values(warehouse, "victims/violence/moderate-to-serious-injury") == {0: 1, 1: 0, 2: 0}
    assert values(warehouse, "victims/domestic-abuse/partner-or-former-partner") == {0: 1, 1: 0, 2: 0}
    assert values(warehouse, "victims/rape/under-25/female") == {0: 0, 1: 0, 2: 1}
    assert values(warehouse, "suspects/violence/male") == {0: 1, 1: 0, 2: 0}
    assert values(warehouse, "suspects/violence/no-injury") == {}, (
        "how badly somebody was hurt is told of victims alone"
    )


def test_shown_share_is_of_all_with_those_not_recorded_and_adds_months(warehouse_of):
    incidents = [incident(number, f"2018-0{7 + number % 2}", flags="domestic-abuse") for number in range(10)]
    people = [person(number, sex="female" if number < 6 else "male" if number < 9 else "") for number in range(10)]
    warehouse = warehouse_of(incidents, people)

    both = ask_one(warehouse, "domestic-abuse-victims-female", HARROW, "2018-07")
    assert (both.numerator, both.denominator) == (3, 5)
    assert both.series.dataset == "partner-people"


@pytest.mark.parametrize(
    ("age", "young"), [("18-24", 1), ("under 25", 1), ("25-34", 0), ("65+", 0), ("", 0), ("24-24", 1)]
)
def test_ages_are_told_by_their_band(warehouse_of, age, young):
    warehouse = warehouse_of([incident(1)], [person(1, age=age)])

    assert values(warehouse, "victims/violence/under-25") == {0: young}


def test_part_that_a_band_may_or_may_not_be_of_is_missing_in_that_month_and_the_whole_is_not(warehouse_of):
    incidents = [incident(1), incident(2, "2018-08"), incident(3, "2018-09")]
    warehouse = warehouse_of(incidents, [person(1, age="18-24"), person(2, age="18-30"), person(3, age="65+")])

    assert values(warehouse, "victims/violence/under-25") == {0: 1, 2: 0}
    assert values(warehouse, "victims/violence/aged-65-and-over") == {0: 0, 1: 0, 2: 1}
    assert values(warehouse, "victims/violence") == {0: 1, 1: 1, 2: 1}


def test_month_whose_people_were_not_sent_is_missing_and_not_nought(warehouse_of):
    incidents = [incident(number, f"2018-{1 + number % 12:02}") for number in range(48)]
    people = [person(number) for number in range(48) if number % 12 != 5]
    warehouse = warehouse_of(incidents, people)

    counted = values(warehouse, "victims/violence")
    assert counted == {month: 4 for month in range(-6, 6) if month != -1}


def test_month_in_which_a_group_has_no_victim_of_many_incidents_is_missing_for_that_group(warehouse_of):
    incidents = [incident(number, f"2018-{1 + number % 8:02}") for number in range(64)]
    incidents.append(incident(99, "2018-03", offence="crime/robbery"))
    people = [person(number) for number in range(64) if number % 8 != 2] + [person(99)]
    warehouse = warehouse_of(incidents, people)

    assert -4 not in values(warehouse, "victims/violence")
    assert values(warehouse, "victims/robbery")[-4] == 1


def test_person_counts_once_an_incident_however_many_offences_and_again_in_another(warehouse_of):
    several = [incident(1), incident(1, offence="crime/violence-and-sexual/violence/homicide"), incident(2)]
    warehouse = warehouse_of(several, [person(1, code="P1"), person(2, code="P1")])

    assert values(warehouse, "victims/violence") == {0: 2}


def test_group_with_too_few_known_victims_is_missing_and_suspects_are_not(warehouse_of):
    incidents = [incident(number) for number in range(10)]
    people = [person(number) for number in range(7)] + [person(8, "suspect", "S8")]
    warehouse = warehouse_of(incidents, people)

    assert values(warehouse, "victims/violence") == {}
    assert values(warehouse, "suspects/violence") == {0: 1}
    assert values(warehouse, "victims/robbery") == {}, "of an offence that no record is of nothing is known"


def test_another_authority_without_people_is_missing(warehouse_of):
    warehouse = warehouse_of([incident(1), incident(2, area=BRENT)], [person(1)])

    assert values(warehouse, "victims/violence") == {0: 1}
    assert values(warehouse, "victims/violence", BRENT) == {}


def test_people_given_anew_are_counted_anew_however_the_warehouse_was_built(workspace, files, warehouse_of):
    first = warehouse_of([incident(1), incident(2)], [person(1), person(2)])
    assert values(first, "victims/violence/female") == {0: 2}

    add_all(workspace, files.csv("corrected.csv", PEOPLE, [person(2, sex="male")]))
    build_quietly(workspace)
    added_to = open_warehouse(workspace)

    assert values(added_to, "victims/violence/female") == {0: 1}
    assert values(added_to, "victims/violence/male") == {0: 1}
    added_to.close()


def test_second_way_of_counting_agrees(warehouse_of):
    areas, ages = (HARROW, BRENT), ("10-17", "18-24", "25-34", "65+", "")
    incidents = [
        incident(n, f"2018-{1 + n % 9:02}", ASSAULT if n % 3 else "crime/robbery", areas[n % 2],
                 "domestic-abuse" if n % 5 == 0 else "")
        for n in range(300)
    ]  # fmt: skip
    people = [
        person(n, code=f"P{n % 37}", age=ages[n % 5], sex=("female", "male", "")[n % 3]) for n in range(300) if n % 11
    ]
    warehouse = warehouse_of(incidents, people)

    expected = defaultdict(int)
    by_number = {row[0]: row for row in incidents}
    for reference, role, _, age, sex, *_ in people:
        _, offence, day, _, area, flags = by_number[reference]
        groups = [name for name, so in (("robbery", offence == "crime/robbery"), ("violence", offence == ASSAULT),
                                        ("domestic-abuse", flags)) if so]  # fmt: skip
        parts = ["", *([sex] if sex else []), *(["under-25"] if age in ("10-17", "18-24") else [])]
        for group in groups:
            for part in parts:
                expected[f"{role}s/{group}/{part}".rstrip("/"), area, int(day[5:7]) - 7] += 1
    for group in ("robbery", "violence", "domestic-abuse"):
        for part in ("", "/female", "/male", "/under-25"):
            for area in areas:
                counted = values(warehouse, f"victims/{group}{part}", area)
                assert counted == {month: expected[f"victims/{group}{part}", area, month] for month in range(-6, 3)}


def test_who_lives_in_another_authority_than_the_incidents_lives_elsewhere(workspace, files, built):
    homes = (HARROW, "Harrow", BRENT, "brent", "elsewhere", "not recorded", "")
    incidents = [incident(number) for number in range(7)] + [incident(9, area=BRENT)]
    lines = [(*person(number), home) for number, home in enumerate(homes)] + [(*person(9), "London Borough of Harrow")]
    people = files.csv("people.csv", (*PEOPLE, "lives_in"), lines)
    warehouse = built(workspace, files.csv("crimes.csv", INCIDENTS, incidents), people)

    assert values(warehouse, "victims/violence/living-here") == {0: 2}
    assert values(warehouse, "victims/violence/living-elsewhere") == {0: 3}
    assert values(warehouse, "victims/violence/living-elsewhere", BRENT) == {0: 1}
    share = ask_one(warehouse, "violence-victims-living-elsewhere", HARROW, "2018-07")
    assert (share.numerator, share.denominator) == (3, 5), "of those whose home is recorded"


def test_file_without_homes_does_not_have_nobody_living_elsewhere(workspace, files, built):
    incidents = [incident(1), incident(2, "2018-08"), incident(3, "2018-08")]
    before = files.csv("before.csv", PEOPLE, [person(1)])
    after = files.csv("after.csv", (*PEOPLE, "lives_in"), [(*person(2), HARROW), (*person(3), "")])
    warehouse = built(workspace, files.csv("crimes.csv", INCIDENTS, incidents), before, after)

    assert values(warehouse, "victims/violence") == {0: 1, 1: 2}
    assert values(warehouse, "victims/violence/living-elsewhere") == {1: 0}
    assert ask_one(warehouse, "violence-victims-living-elsewhere", HARROW, "2018-07").missing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups:\n  - {group: mine}", "line 3: it is not said which incidents are of it."),
        ("parts:\n  - {part: mine}", "line 3: it is not said who is of it."),
        ("parts:\n  - {part: mine, ages: young}", "line 3: “ages” is not from one age to another."),
        ("together: [mine/yours]", "line 2: there is no part “mine”."),
    ],
)
def test_slip_in_a_definition_is_named_with_its_line(workspace, text, said):
    folder = workspace.definitions / "involved"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text(f"schema: 1\n{text}\n", encoding="utf-8")

    with pytest.raises(DefinitionError) as failed:
        read_involved(workspace.definitions)

    assert failed.value.happened == f"ours.yaml, {said}"


def test_partnership_adds_a_group_of_its_own(workspace, warehouse_of):
    folder = workspace.definitions / "involved"
    folder.mkdir(parents=True)
    group = f"{{group: serious-violence-not-domestic, offences: [{ASSAULT}], not_flagged: domestic-abuse}}"
    (folder / "ours.yaml").write_text(f"schema: 1\ngroups: [{group}]\n", encoding="utf-8")
    warehouse = warehouse_of([incident(1), incident(2, flags="domestic-abuse")], [person(1), person(2)])

    assert values(warehouse, "victims/serious-violence-not-domestic/female") == {0: 1}
    assert values(warehouse, "victims/domestic-abuse") == {0: 1}
