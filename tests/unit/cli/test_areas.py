"""Areas of one's own at the command line: listed, checked, and asked for like any other."""

import csv
import io

import pytest

from tests.conftest import HARROW, build_quietly, full_month, small_areas, wards_of

LISTED = f"schema: 1\ntitle: The Invented Estate\nkind: estate\nareas: [{', '.join(small_areas(HARROW)[:2])}]\n"


def write(workspace, name, text):
    folder = workspace.definitions / "areas"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def with_estate(workspace, files):
    """Harrow, with an estate of two small areas of it."""
    write(workspace, "invented-estate.yaml", LISTED)
    people = files.population(column="LSOA21CD", people=dict.fromkeys(small_areas(HARROW), 1500))
    build_quietly(workspace, files.best_fit(), people, files.street(crimes=full_month((HARROW,))))
    return workspace.folder


def test_no_areas_of_ones_own_says_where_to_write_one(command, workspace):
    done = command("areas", folder=workspace.folder)

    assert done.code == 0
    assert "definitions/areas" in done.out


def test_areas_are_listed_before_and_after_they_are_built(command, workspace, files):
    write(workspace, "invented-estate.yaml", LISTED)

    before = command("areas", folder=workspace.folder)
    people = files.population(column="LSOA21CD", people=dict.fromkeys(small_areas(HARROW), 1500))
    build_quietly(workspace, files.best_fit(), people, files.street(crimes=full_month((HARROW,))))
    after = command("areas", folder=workspace.folder)

    assert "own:invented-estate" in before.out and "not built yet" in before.out
    assert "frankpledge build" in before.err
    assert "2 small areas" in after.out and "3,000 (2018)" in after.out
    assert after.err == ""


def test_every_mistake_is_told_at_once(command, workspace):
    write(workspace, "invented-estate.yaml", LISTED)
    write(workspace, "one.yaml", "schema: 1\ntitle: One\nareas: []\n")
    write(workspace, "two.yaml", "schema: 1\ntitle: Two\n")

    done = command("areas", folder=workspace.folder)

    assert done.code == 1
    assert "The Invented Estate" in done.out
    assert "! one.yaml, line 3" in done.err and "! two.yaml, line 1" in done.err
    assert "2 of 3 areas cannot be used" in done.err


def test_show_by_own(command, with_estate):
    done = command("show", "burglary", "--by", "own", "--period", "2018-01", folder=with_estate)

    assert "The Invented Estate" in done.out
    assert "0.67" in done.out, "two for 3,000 residents"
    assert "Areas of your own: each is the sum of the areas it lists." in done.out


def test_area_of_ones_own_needs_no_kind(command, with_estate):
    given = ("--area", "own:invented-estate", "--period", "2018-01", "--csv")
    done = command("show", "burglary", *given, folder=with_estate)

    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["area_code"], row["numerator"]) == ("own:invented-estate", "2")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--by", "ward", "--area", "own:invented-estate"), "is of the kind own"),
        (("--area", "own:invented-estate", "--area", HARROW), "one kind at a time"),
        (("--area", "own:nowhere"), "No area own:nowhere is known here"),
        (("--area", "own:"), "is not the code of an area"),
    ],
)
def test_wrong_area_says_what_to_do(command, with_estate, given, said):
    done = command("show", "burglary", "--period", "2018-01", *given, folder=with_estate)

    assert done.code == 1
    assert said in done.err


def test_asking_by_own_where_there_are_none_says_what_to_do(command, workspace, files):
    build_quietly(workspace, files.boroughs())

    done = command("show", "burglary", "--by", "own", "--period", "2018-01", folder=workspace.folder)

    assert done.code == 1
    assert "definitions/areas" in done.err


def test_wards_say_of_which_year_they_are_and_whether_counts_were_fitted_to_them(command, with_estate):
    done = command("show", "burglary", "--by", "ward", "--period", "2018-01", folder=with_estate)

    assert "Wards: 2 as of 2024; each small area is counted whole in the ward that holds most of it" in done.out


def test_wards_counted_by_their_publisher_are_not_called_fitted(command, workspace, files):
    burglary = [("BURGLARY", words, "North", wards_of(HARROW)[0], "Harrow", 2)
                for words in ("DOMESTIC BURGLARY", "BURGLARY BUSINESS AND COMMUNITY")]  # fmt: skip
    build_quietly(workspace, files.wards(rows=burglary), files.best_fit())

    done = command("show", "burglary", "--by", "ward", "--period", "2018-01", folder=workspace.folder)

    assert "Wards: 1 as of 2024; counted by ward by the publisher." in done.out


def test_small_areas_of_2011_are_said(command, workspace, files):
    old, new = "E01009001", small_areas(HARROW)[0]
    successors = files.successors(rows=[(old, new, HARROW)])
    build_quietly(workspace, files.best_fit(), successors, files.street(crimes=full_month((HARROW,))))

    asked = ("show", "burglary", "--by", "lsoa", "--period", "2018-01", "--area", new)
    assert "2011" not in command(*asked, folder=workspace.folder).out
    assert "1 of them are of 2011" in command(*asked, "--area", old, folder=workspace.folder).out
