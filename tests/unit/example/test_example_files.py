"""The example's files: the same each time, complete, adding up, and plainly invented."""

import re
from collections import Counter

import pytest
import yaml

from frankpledge.example import example_partnership, write_example_files
from frankpledge.example.wards import WARDS
from frankpledge.workspace import MARKER, read_partnership
from tests.unit.example.reading import rows_of

HARROW, LONDON, CITY = "E09000015", "E12000007", "E09000001"
MONTHS = [f"{year}-{month:02d}" for year in range(2012, 2024) for month in range(1, 13)][3:-3]
FLAGGED = ("knife-crime", "gun-crime", "domestic-abuse", "hate-crime", "artifice-burglary", "aggravated-burglary")


def test_two_runs_give_the_same_bytes(example_files, tmp_path):
    again = {path.name: path for path in write_example_files(tmp_path, lambda words: None)}
    first = {path.name: path for path in example_files}
    assert again.keys() == first.keys()
    for name, path in again.items():
        assert path.read_bytes() == first[name].read_bytes(), name


def test_files_are_small(example_files):
    assert sum(path.stat().st_size for path in example_files) < 20_000_000


def test_every_row_says_that_it_is_invented(example_files):
    for path in example_files:
        assert {row["invented"] for row in rows_of(path)} == {"yes"}, path.name


def test_every_borough_has_every_month_and_the_city_none(read_back):
    found = {(area, month) for area, offence, month in read_back.counts if offence.startswith("crime/")}
    boroughs = {area for area, _ in found}
    assert len(boroughs) == 32
    assert CITY not in boroughs
    assert found == {(area, month) for area in boroughs for month in MONTHS}


def test_every_ward_has_every_month(read_back):
    found = {(ward, month) for ward, _, month in read_back.incidents}
    assert found == {(ward, month) for ward in WARDS for month in MONTHS}


def test_counts_of_harrow_are_its_incidents(read_back):
    records = Counter()
    for (_, offence, month), count in read_back.incidents.items():
        records[offence, month] += count
    counts = {key[1:]: count for key, count in read_back.counts.items() if key[0] == HARROW}
    assert {key: count for key, count in counts.items() if not key[0].startswith("flagged")} == dict(records)


def test_flagged_counts_of_harrow_are_its_flags(read_back):
    records = Counter()
    for (_, flag, month), count in read_back.flagged.items():
        if flag in FLAGGED:
            records[f"flagged/{flag}", month] += count
    counts = {key[1:]: count for key, count in read_back.counts.items() if key[0] == HARROW}
    assert {key: count for key, count in counts.items() if key[0].startswith("flagged")} == dict(records)


def test_references_are_unique(read_back):
    assert len(set(read_back.references)) == len(read_back.references)


@pytest.mark.parametrize("year", range(2011, 2024))
def test_populations_add_up(read_back, year):
    residents = {area: count for (area, at), count in read_back.residents.items() if at == year}
    assert sum(residents[ward] for ward in WARDS) == residents[HARROW]
    assert sum(count for area, count in residents.items() if area.startswith("E09")) == residents[LONDON]
    assert CITY not in residents


def test_people_are_codes_who_come_back_and_stand_on_both_sides(example_files, read_back):
    people, roles, sexes = Counter(), {}, {}
    references = set(read_back.references)
    for path in example_files:
        if "people" in path.name:
            for row in rows_of(path):
                assert re.fullmatch(r"P-\d{6}", row["person"])
                assert row["reference"] in references
                people[row["person"], row["role"]] += 1
                roles.setdefault(row["person"], set()).add(row["role"])
                sexes.setdefault(row["person"], set()).add(row["sex"])
    assert sum(count > 1 for (_, role), count in people.items() if role == "victim") > 1000
    assert sum(count > 1 for (_, role), count in people.items() if role == "suspect") > 1000
    assert sum(len(both) == 2 for both in roles.values()) > 1000
    # Whoever comes back stays who they are.
    assert not any({"female", "male"} <= found for found in sexes.values())


def test_something_is_not_recorded_but_not_much(example_files):
    path = next(path for path in example_files if path.name == "example-people-2018.csv.gz")
    rows = list(rows_of(path))
    for column in ("age_band", "sex", "ethnicity", "injury", "relationship"):
        share = sum(row[column] == "not recorded" for row in rows if row["role"] == "victim") / len(rows)
        assert 0 < share < 0.5, column


def test_places_are_plainly_invented(example_files):
    path = next(path for path in example_files if path.name == "example-incidents-2018.csv.gz")
    plain = re.compile(r"(Example|Sample|Invented|Pretend|Made-up|Imagined|Fictional|Specimen) [A-Z]\w+ [A-Z]\w+")
    assert all(plain.fullmatch(row["place"]) for row in rows_of(path))


def test_partnership_is_harrows_under_a_plain_name(tmp_path):
    (tmp_path / MARKER).write_text(example_partnership(), encoding="utf-8")
    partnership = read_partnership(tmp_path / MARKER, "example")
    assert partnership.name == "Safer Harrow (example, invented records)"
    assert partnership.areas == (HARROW,)
    assert len(partnership.neighbours) == 4
    assert set(partnership.left_out) == {CITY}
    assert partnership.pinned == {}
    assert yaml.safe_load(example_partnership())["schema"] == 1
