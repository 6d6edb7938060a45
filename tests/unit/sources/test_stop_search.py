"""Stops and searches of data.police.uk, through a whole build; every record is invented."""

import pytest

from frankpledge.periods import month_number
from frankpledge.sources.police_uk_stop_search import force_in_name
from tests.conftest import rows

COLUMNS = (
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
    "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
)  # fmt: skip
NAME = "2021-05-bedfordshire-stop-and-search.csv"
NO_ACTION = "A no further action disposal"


def search(looked_for="Controlled drugs", *, at="2021-05-14T10:05:00+00:00", of="Person search", outcome=NO_ACTION,
           linked="", longitude="-0.41", latitude="51.88", law="Misuse of Drugs Act 1971 (section 23)"):  # fmt: skip
    return [of, at, "False", "", latitude, longitude, "", "", "", "", law, looked_for, outcome, linked, ""]


MAY, APRIL = month_number(2021, 5), month_number(2021, 4)


@pytest.fixture
def build_searches(workspace, files, built):
    def make(*searches, name=NAME):
        return built(workspace, files.csv(name, COLUMNS, searches))

    return make


def test_local_month_counts_not_that_of_greenwich(build_searches):
    warehouse = build_searches(
        search(at="2021-04-30T23:41:00+00:00"), search(at="2021-04-30T22:41:00+00:00"), search(at="2021-05-01T00:10:00")
    )

    assert rows(warehouse, "SELECT month, CAST(hour AS VARCHAR) FROM incident ORDER BY ALL") == [
        (APRIL, "2021-04-30 23:00:00"),
        (MAY, "2021-05-01 00:00:00"),
        (MAY, "2021-05-01 00:00:00"),
    ]


def test_searches_that_look_alike_are_all_kept(build_searches):
    warehouse = build_searches(search(), search(), search())

    assert rows(warehouse, "SELECT count(*) FROM incident") == [3]


@pytest.mark.parametrize(
    ("looked_for", "path"),
    [
        ("Controlled drugs", "search/drugs"),
        ("Psychoactive substances", "search/drugs"),
        ("Offensive weapons", "search/weapons"),
        ("Firearms", "search/weapons"),
        ("Anything to threaten or harm anyone", "search/weapons"),
        ("Stolen goods", "search/stolen-goods"),
        ("Article for use in theft", "search/stolen-goods"),
        ("Fireworks", "search/other"),
        ("", "search/other"),
    ],
)
def test_what_was_looked_for(build_searches, looked_for, path):
    warehouse = build_searches(search(looked_for))

    assert rows(warehouse, "SELECT path FROM incident JOIN offence USING (offence_id)") == [path]


def test_object_nobody_has_mapped_is_counted_and_said(build_searches):
    warehouse = build_searches(search("A unicorn"))

    assert rows(warehouse, "SELECT path FROM incident JOIN offence USING (offence_id)") == ["search/other"]
    assert "A unicorn" in rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'unknown label'")[0]


@pytest.mark.parametrize(
    ("given", "flags"),
    [
        ({"linked": "True", "outcome": "Arrest"}, {"item-found", "search-with-outcome"}),
        ({"looked_for": "Firearms", "linked": "True", "outcome": "Arrest"},
         {"item-found", "weapon-found", "search-with-outcome", "weapon-search-with-outcome"}),
        ({"looked_for": "Firearms", "linked": "False", "outcome": "Arrest"},
         {"search-with-outcome", "weapon-search-with-outcome"}),
        # Something was found, and nothing came of it.
        ({"linked": "True", "outcome": NO_ACTION}, {"item-found"}),
        ({"outcome": "Nothing found - no further action"}, set()),
        ({"outcome": ""}, set()),
        ({"law": "Criminal Justice and Public Order Act 1994 (section 60)"}, {"search-without-suspicion"}),
    ],
)  # fmt: skip
def test_what_came_of_it_is_flagged(build_searches, given, flags):
    warehouse = build_searches(search(**given))

    (found,) = rows(warehouse, "SELECT flags FROM incident")

    assert set(found.split()) == flags | {"person-searched"}


@pytest.mark.parametrize(
    ("of", "flags"),
    [
        ("Person search", {"person-searched"}),
        ("Vehicle search", {"vehicle-searched"}),
        ("Person and Vehicle search", {"person-searched", "vehicle-searched"}),
    ],
)
def test_person_and_vehicle(build_searches, of, flags):
    assert set(rows(build_searches(search(of=of)), "SELECT flags FROM incident")[0].split()) == flags


TOLD = "SELECT path FROM series_offence JOIN offence USING (offence_id) WHERE path LIKE 'flagged/%found'"


def test_force_that_never_says_what_was_found_has_not_found_nothing(build_searches):
    assert rows(build_searches(search("Firearms"), search("Firearms", outcome="Arrest")), TOLD) == []


def test_force_that_says_what_was_found_tells_finds_apart(build_searches):
    told = rows(build_searches(search("Firearms"), search("Firearms", outcome="Arrest", linked="False")), TOLD)

    assert sorted(told) == ["flagged/item-found", "flagged/weapon-found"]


def test_search_without_a_point_is_kept(build_searches):
    warehouse = build_searches(search(longitude="", latitude=""), search(longitude="0.0", latitude="0.0"))

    assert rows(warehouse, "SELECT longitude, latitude, area_id FROM incident") == [(None, None, None)] * 2


def test_longitude_that_lacks_its_minus_sign_is_said(build_searches):
    west = [search(longitude=str(-0.40 - number / 1000)) for number in range(30)]

    warehouse = build_searches(*west, search(longitude="0.41"))

    (found,) = rows(warehouse, "SELECT number, sentence FROM quality WHERE kind = 'mirrored points'")
    assert found[0] == 1
    assert "seems to lack its minus sign" in found[1]


@pytest.mark.parametrize("at", ["yesterday", "", "2021-05-32T10:00:00+00:00"])
def test_row_without_a_moment_is_refused(build_searches, at):
    warehouse = build_searches(search(), search(at=at))

    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [(3, f"“{at}” is not a date and time")]


@pytest.mark.parametrize(
    ("name", "force"),
    [
        ("2021-05-bedfordshire-stop-and-search.csv", "Bedfordshire"),
        ("2022-02-metropolitan-stop-and-search.csv.gz", "Metropolitan"),
        ("2022-02-devon-and-cornwall-stop-and-search.csv", "Devon and Cornwall"),
        ("searches.csv", ""),
    ],
)
def test_force_is_in_the_name_alone(name, force):
    assert force_in_name(name) == force


def test_month_of_a_force_given_twice_counts_once(workspace, files, built):
    first = files.csv(NAME, COLUMNS, [search(), search()])
    again = files.csv("2021-05-bedfordshire-stop-and-search (1).csv", COLUMNS, [search()])

    warehouse = built(workspace, first, again)

    assert rows(warehouse, "SELECT count(*) FROM incident") == [1]


def test_file_that_was_renamed_says_so(build_searches):
    (sentence,) = rows(
        build_searches(search(), name="searches.csv"), "SELECT sentence FROM quality WHERE kind = 'force not named'"
    )

    assert sentence.startswith("searches.csv does not say which police force it is of")
