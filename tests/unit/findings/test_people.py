"""Who victims and suspects are: shares with what is not recorded, places, homes, and groups beside residents."""

import pytest

from frankpledge.errors import NotHeldError
from frankpledge.findings.people import find_people
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import parse_period
from frankpledge.statistics.cohorts import disproportion
from frankpledge.statistics.shares import PlaceRange, recorded_share
from tests.conftest import BRENT, HARROW

INCIDENTS = ("reference", "offence", "from", "area_code", "reported_for", "flags")
PEOPLE = ("reference", "role", "person", "age_band", "sex", "ethnicity", "injury", "relationship", "lives_in")
ASSAULT = "crime/violence-and-sexual/violence/with-injury"
JULY = parse_period("2018-07")
# Nomis in bulk: Harrow's residents by ethnic group, invented.
CENSUS = ("date", "geography", "geography code", *(
    f"Ethnic group: {words}" for words in (
        "Total: All usual residents", "Asian, Asian British or Asian Welsh",
        "Black, Black British, Black Welsh, Caribbean or African", "Mixed or Multiple ethnic groups", "White",
        "Other ethnic group",
    )
))  # fmt: skip
RESIDENTS = ("2021", "Harrow", HARROW, 1000, 450, 100, 50, 350, 50)


def incident(number, flags="", month="2018-07"):
    return (f"C{number}", ASSAULT, f"{month}-14", "", HARROW, flags)


def person(number, role="suspect", code=None, age="35-44", sex="male", ethnicity="white", to="", home=HARROW):
    return (f"C{number}", role, code or f"P{number}", age, sex, ethnicity, "", to, home)


@pytest.fixture
def people_of(workspace, files, built):
    def make(people, incidents=None, role="suspect", indicator="violence-with-injury", census=()):
        incidents = incidents or [incident(number) for number in range(60)]
        paths = [files.csv("crimes.csv", INCIDENTS, incidents), files.csv("people.csv", PEOPLE, people)]
        paths += [files.csv("ts021.csv", CENSUS, census)] if census else []
        return find_people(built(workspace, *paths), find_indicator(indicator), HARROW, JULY, role)

    return make


def part(found, name):
    return next(one for one in found.parts if one.part == name)


def test_what_is_not_recorded_bounds_a_share(people_of):
    found = people_of([person(number, sex=("female", "male", "male", "")[number % 4]) for number in range(40)])

    female = part(found, "female")
    assert (female.count, female.may_be, female.not_recorded) == (10, 0, 10)
    assert female.share == recorded_share(10, 30, 40)
    assert (female.share.least, female.share.most) == (0.25, 0.5)
    assert female.estimate.denominator == 30 and female.estimate.policy == "partners-records"


def test_band_that_is_partly_of_a_part_may_be_of_it(people_of):
    ages = ["10-17"] * 4 + ["18-30"] * 5 + ["40-50"] * 6 + ["45-54"] * 2 + [""] * 3
    found = people_of([person(number, age=age) for number, age in enumerate(ages)])

    young = part(found, "under-25")
    assert (young.count, young.may_be, young.not_recorded) == (4, 5, 3)
    assert young.share == recorded_share(4, 12, 20)
    assert young.place is None, "ages overlap, and are in no order"
    assert part(found, "none-of-these").count == 2, "nobody of them may be of a part"


def test_order_of_parts_is_told_only_as_far_as_blanks_and_chance_let_it(people_of):
    groups = ["white"] * 40 + ["black"] * 6 + ["mixed"] * 5 + [""] * 5
    found = people_of([person(number, ethnicity=one) for number, one in enumerate(groups)])

    assert part(found, "white").place == PlaceRange(1, 1)
    assert part(found, "black").place == PlaceRange(2, 5)
    assert part(found, "asian").place == PlaceRange(2, 5), "none is known, and five may be"


def test_recorded_as_something_that_is_no_part_is_shown(people_of):
    words = ["partner"] * 5 + ["stranger"] * 5 + ["family"] * 4
    found = people_of([person(number, to=to) for number, to in enumerate(words)])

    rest = [one for one in found.parts if one.part == "none-of-these" and one.told_by == "relationship"]
    assert [one.count for one in rest] == [4] and rest[0].place is None
    assert part(found, "stranger").share.value == pytest.approx(5 / 14)


def test_who_comes_back_counts_each_time_and_widens_the_interval(people_of):
    codes = ["P-0001"] * 10 + [f"P-{number + 10}" for number in range(20)]
    found = people_of(
        [person(number, code=code, sex="female" if number < 15 else "male") for number, code in enumerate(codes)]
    )

    assert (found.involved, found.persons) == (30, 21)
    # Kish: 30 records of clusters of ten and of one are worth 30² / (10² + 20) = 7.5.
    assert part(found, "female").share == recorded_share(15, 30, 30, excess=30 / 7.5)


def test_fewer_than_ten_people_are_too_few_to_say(people_of):
    found = people_of([person(number, code=f"P{number % 9}") for number in range(20)])

    assert found.persons == 9 and found.parts == () and found.not_beside == "too few"


def test_share_recorded_of_fewer_than_ten_is_too_few_to_say(people_of):
    found = people_of([person(number, ethnicity="white" if number < 9 else "") for number in range(20)])

    assert part(found, "white").too_few and not part(found, "male").too_few


def test_records_with_nobody_are_counted(people_of):
    found = people_of([person(number) for number in range(12)])

    assert (found.records.incidents, found.records.with_somebody) == (60, 12)


def test_homes_elsewhere_have_bounds_for_those_not_recorded(people_of):
    homes = [HARROW] * 15 + [BRENT] * 3 + ["elsewhere"] * 2 + [""] * 5
    found = people_of([person(number, home=home) for number, home in enumerate(homes)])

    away = part(found, "living-elsewhere")
    assert (away.count, away.not_recorded) == (5, 5)
    assert (away.share.value, away.share.least, away.share.most) == (0.25, 0.2, 0.4)
    assert (found.elsewhere, found.home_not_recorded) == (5, 5)


def test_flagged_offences_are_read_from_their_records(people_of):
    incidents = [incident(number, "domestic-abuse" if number < 12 else "") for number in range(30)]
    found = people_of([person(number) for number in range(30)], incidents, indicator="domestic-abuse")

    assert (found.records.incidents, found.involved) == (12, 12)


def test_other_months_are_not_read(people_of):
    incidents = [incident(number, month="2018-07" if number < 11 else "2018-08") for number in range(30)]

    assert people_of([person(number) for number in range(30)], incidents).involved == 11


def test_role_that_nobody_has_is_refused(people_of):
    with pytest.raises(NotHeldError, match="No victims of offences of violence with injury are held for July 2018"):
        people_of([person(number) for number in range(12)], role="victim")


# Ethnic groups beside residents


def test_groups_are_set_beside_the_residents_of_each_without_those_who_live_elsewhere(people_of):
    groups = ["black"] * 20 + ["white"] * 20 + [""] * 5
    rows = [person(number, ethnicity=one) for number, one in enumerate(groups)]
    rows += [person(number, ethnicity="asian", home=BRENT) for number in range(45, 55)]
    found = people_of(rows, census=[RESIDENTS])

    black = next(one for one in found.beside if one.part == "black")
    assert found.not_beside == "" and found.elsewhere == 10
    assert (black.counted, black.residents, str(black.population)) == (20, 100, "ons-census-2021 (2021)")
    assert black.found == disproportion(20, 100, 20, 900, not_recorded=5)
    assert [one.part for one in found.beside if one.holds] == ["asian", "black"]


def test_difference_that_the_not_recorded_could_undo_does_not_hold(people_of):
    groups = ["black"] * 10 + ["white"] * 20 + [""] * 28
    found = people_of([person(number, ethnicity=one) for number, one in enumerate(groups)], census=[RESIDENTS])

    black = next(one for one in found.beside if one.part == "black")
    assert black.found.low > 1 and not black.holds


@pytest.mark.parametrize("age", ["10-17", "18-24", "18-34", ""])
def test_people_not_known_to_be_grown_up_are_not_set_beside_all_ages(people_of, age):
    rows = [person(number, age=age if number % 2 else "35-44") for number in range(40)]

    found = people_of(rows, census=[RESIDENTS])

    assert found.beside == () and found.not_beside == "young"


def test_without_a_census_nothing_is_set_beside(people_of):
    assert people_of([person(number) for number in range(20)]).not_beside == "not held"


def test_groups_recorded_of_too_few_are_not_set_beside(people_of):
    rows = [person(number, ethnicity="white" if number < 9 else "") for number in range(30)]

    assert people_of(rows, census=[RESIDENTS]).not_beside == "too few"
