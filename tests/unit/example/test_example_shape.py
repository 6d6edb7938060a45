"""The example is shaped like the text of the strategies: which wards, which months, which way things go."""

from collections import Counter, defaultdict

import pytest

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.example.wards import WARDS
from tests.unit.example.reading import rows_of

HARROW = "E09000015"
CENTRAL = {"Greenhill", "Harrow on the Hill", "Marlborough"}
# Headstone of 2022 stands for Headstone North.
LOWEST = {"Pinner South", "Headstone", "Kenton East"}


def names(ranked):
    return {name for name, _ in ranked}


@pytest.mark.parametrize(("year", "highest"), [("2017", {"Greenhill", "Roxbourne", "Marlborough"}), ("2018", CENTRAL)])
def test_wards_with_most_and_least_crime(read_back, year, highest):
    ranked = read_back.wards("crime", year).most_common()
    assert names(ranked[:3]) == highest
    assert names(ranked[-3:]) == LOWEST


def test_wards_with_most_and_least_burglary(read_back):
    before, after = (read_back.wards("crime/burglary", year) for year in ("2017", "2018"))
    assert names(after.most_common(3)) == {"Greenhill", "Stanmore", "Belmont"}
    assert names(after.most_common()[-3:]) == {"West Harrow", "Headstone", "Kenton East"}
    for ward in ("Canons", "Edgware", "Harrow Weald"):
        assert after[ward] < before[ward]
    for ward in ("Rayners Lane", "Pinner"):
        assert after[ward] > before[ward]


def test_harrow_has_the_second_lowest_rate_and_fifth_lowest_number_of_2018(read_back):
    boroughs = {area for area, _, _ in read_back.counts}
    totals = {area: read_back.total(area, "crime", "2018") for area in boroughs}
    rates = {area: total / read_back.residents[area, 2018] for area, total in totals.items()}
    assert sorted(rates, key=rates.get).index(HARROW) == 1
    assert sorted(totals, key=totals.get).index(HARROW) == 4


def test_harrow_has_the_lowest_rate_of_sexual_offences(read_back):
    boroughs = {area for area, _, _ in read_back.counts}
    rates = {
        area: read_back.total(area, "crime/violence-and-sexual/sexual", "2018") / read_back.residents[area, 2018]
        for area in boroughs
    }
    assert min(rates, key=rates.get) == HARROW


def test_anti_social_behaviour_is_high_in_summer_and_october_low_in_winter(read_back):
    months = {
        (year, month): read_back.total(HARROW, "disorder/anti-social-behaviour", f"{year}-{month:02d}")
        for year in (2017, 2018)
        for month in range(1, 13)
    }
    mean = sum(months.values()) / 24
    above = {month for month in range(1, 13) if all(months[year, month] > mean for year in (2017, 2018))}
    assert above == {5, 6, 7, 10}
    assert all(months[year, month] < mean for year in (2017, 2018) for month in (1, 2))


def test_burglary_is_a_crime_of_winter(read_back):
    by_month = [
        sum(read_back.total(HARROW, "crime/burglary", f"{year}-{month:02d}") for year in range(2013, 2020))
        for month in range(1, 13)
    ]
    assert min(by_month[month - 1] for month in (11, 12, 1)) > max(by_month[month - 1] for month in (6, 7, 8))


def test_hate_crime_is_highest_in_june_july_and_october(read_back):
    by_month = {
        month: sum(read_back.total(HARROW, "flagged/hate-crime", f"{year}-{month:02d}") for year in range(2013, 2023))
        for month in range(1, 13)
    }
    assert set(sorted(by_month, key=by_month.get)[-3:]) == {6, 7, 10}


def test_april_2020_is_a_dip(read_back):
    before, dip, after = (read_back.total(HARROW, "crime", month) for month in ("2019-04", "2020-04", "2021-04"))
    assert dip < 0.85 * min(before, after)


@pytest.mark.parametrize(("month", "share"), [("2017-12", 50), ("2018-12", 22)])
def test_share_of_knife_crime_with_injury(example_files, month, share):
    path = next(path for path in example_files if path.name == f"example-incidents-{month[:4]}.csv.gz")
    flags = [row["flags"].split() for row in rows_of(path) if row["from"].startswith(month)]
    knife = [one for one in flags if "knife-crime" in one]
    assert round(100 * sum("knife-crime-with-injury" in one for one in knife) / len(knife)) == share


def test_tiles_are_one_a_ward_apart_and_connected():
    tiles = read_definition(PACKAGED / "tiles" / "harrow.yaml").entries("tiles")
    assert {tile.text("area"): tile.text("name") for tile in tiles} == WARDS
    cells = {(tile.whole("column"), tile.whole("row")) for tile in tiles}
    assert len(cells) == len(WARDS)
    reached, waiting = set(), [next(iter(cells))]
    while waiting:
        column, row = waiting.pop()
        reached.add((column, row))
        odd = row % 2
        around = {(column - 1, row), (column + 1, row)} | {
            (column + odd - left, row + step) for left in (0, 1) for step in (-1, 1)
        }
        waiting += (around & cells) - reached
    assert reached == cells


def test_a_quarter_of_suspects_and_a_tenth_of_victims_live_elsewhere_and_nobody_moves(example_files):
    homes, by_person = {"victim": Counter(), "suspect": Counter()}, defaultdict(set)
    for path in example_files:
        for row in rows_of(path) if "people" in path.name else ():
            home = row["lives_in"]
            homes[row["role"]][home if home in (HARROW, "not recorded") else "elsewhere"] += 1
            if home != "not recorded":
                by_person[row["person"]].add(home)

    for role, elsewhere, blank in (("victim", 0.10, 0.06), ("suspect", 0.25, 0.15)):
        counted = homes[role]
        assert counted["elsewhere"] / (counted["elsewhere"] + counted[HARROW]) == pytest.approx(elsewhere, abs=0.01)
        assert counted["not recorded"] / counted.total() == pytest.approx(blank, abs=0.01)
    assert {len(homes) for homes in by_person.values()} == {1}
