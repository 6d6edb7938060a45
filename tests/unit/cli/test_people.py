"""The command that tells who victims and suspects are, as a person runs it."""

import pytest

from tests.conftest import BRENT, HARROW, build_quietly
from tests.unit.findings.test_people import CENSUS, INCIDENTS, PEOPLE, RESIDENTS, incident, person


@pytest.fixture(scope="module")
def people_place(place):
    workspace, files = place
    suspects = [
        person(
            number,
            sex=("male", "female")[number % 5 == 0],
            ethnicity=("black", "white", "asian", "")[number % 4],
            home=(HARROW, HARROW, BRENT, "")[number % 4],
        )
        for number in range(50)
    ]
    victims = [person(number, "victim", age="10-17") for number in range(40)]
    thefts = [(f"T{number}", "crime/theft/shoplifting", "2018-07-02", "", HARROW, "") for number in range(4)]
    thieves = [(f"T{number}", *person(number)[1:]) for number in range(4)]
    build_quietly(
        workspace,
        files.csv("crimes.csv", INCIDENTS, [*(incident(number) for number in range(60)), *thefts]),
        files.csv("people.csv", PEOPLE, [*suspects, *victims, *thieves]),
        files.csv("ts021.csv", CENSUS, [RESIDENTS]),
    )
    return workspace.folder


def test_people_tells_shares_places_homes_and_groups(command, people_place):
    said = command("people", "violence-with-injury", "--role", "suspect", "--period", "2018-07", folder=people_place)

    assert said.code == 0
    assert "50 suspects are recorded with offences of violence with injury in Harrow, July 2018" in said.out
    assert "10 of the 60 records (17%) have no suspect recorded" in said.out
    assert "Not publishable as a finding is the place among the others of asian, black and white." in said.out
    assert "Of the suspects whose home is recorded 31.6% live in another authority" in said.out
    assert "Beside all others" in said.out and "Residents by ethnic group and age are not held" in said.out
    assert "a difference holds for" in said.out
    assert "Victims" not in said.out and "invented" not in said.out


def test_people_tells_both_roles_and_nothing_of_the_young_beside_all_ages(command, people_place):
    said = command("people", "violence-with-injury", "--period", "2018-07", folder=people_place)

    assert "Victims of offences of violence with injury" in said.out and "Suspects of offences" in said.out
    assert "No ethnic group is set beside residents: most of those counted are under 25" in said.out


def test_people_says_when_there_are_too_few_and_which_role_is_not_held(command, people_place):
    said = command("people", "shoplifting", "--year", "2018", folder=people_place)

    assert said.code == 0
    assert "4 suspects are recorded with" in said.out and "too few to say who they are" in said.out
    assert "No victims of" in said.out and "%" not in said.out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("burglary", "--year", "2018"), "No records of burglaries"),
        (("shoplifting", "--role", "victim", "--year", "2018"), "No victims of"),
        (("shoplifting",), "Which period?"),
        (("shoplifting", "--role", "witness", "--year", "2018"), "witness"),
    ],
)
def test_people_that_cannot_be_told_are_refused_in_words(command, people_place, asked, words):
    refused = command("people", *asked, folder=people_place)

    assert refused.code != 0 and words in refused.err and "Traceback" not in refused.err
