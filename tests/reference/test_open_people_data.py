"""Populations, Census topics and deprivation from the files as published, recomputed in plain Python."""

import csv
from collections import defaultdict

import pytest

from frankpledge import open_warehouse
from frankpledge.sources.registry import all_sources, sample_of
from tests.reference.conftest import built_from
from tests.reference.counts import rows

pytestmark = pytest.mark.real_data

HARROW = "E09000015"
FOLDERS = ("population", "deprivation", "lookup")

SOURCE_OF = {
    "derived_lad24_population_mid2011_mid2022_EW.csv": "ons-population",
    "derived_ward24_population_mid2011_mid2022_EW.csv": "ons-population",
    "lsoa21_population_mid2011_mid2022_EW.csv.gz": "ons-population",
    "lsoa11_population_mid2020_single_year_age_London_Beds.csv.gz": "ons-population-by-age",
    "disability21_lsoa21_ew_London_Beds_GM.csv.gz": "ons-census-topic",
    "ethnicity21_lsoa21_London_Beds_GM.csv.gz": "ons-census-topic",
    "household_tenure21_lsoa21_London_Beds_GM.csv.gz": "ons-census-topic",
    "household_type21_lsoa21_London_Beds_GM.csv.gz": "ons-census-topic",
    "lsoa21_households_census2021_EW.csv.gz": "ons-census-topic",
    "london-borough-profiles.csv": "london-borough-profiles",
    "LSOA21_PWC_EW.csv.gz": "ons-centroids",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    opened = open_warehouse(built_from(tmp_path_factory.mktemp("people") / "harrow", (HARROW,), *FOLDERS))
    yield opened
    opened.close()


def part(warehouse, dataset, area, year, name):
    query = """
        SELECT number FROM population JOIN series USING (series_id)
        WHERE dataset = ? AND area_code = ? AND year = ? AND part = ?
    """
    (found,) = warehouse.con.execute(query, [dataset, area, year, name]).fetchall()
    return found[0]


def published(warehouse, area, measure):
    query = "SELECT value FROM published_value WHERE area_code = ? AND measure = ?"
    (found,) = warehouse.con.execute(query, [area, measure]).fetchall()
    return found[0]


def small_areas_of(data, column, code):
    return {one["LSOA21CD"] for one in rows(data / "lookup" / "LSOA21_WD25_LAD25_EW.csv.gz") if one[column] == code}


def test_every_file_is_known_by_exactly_one_source(data):
    for folder in FOLDERS:
        for path in sorted((data / folder).iterdir()):
            sample = sample_of(path)
            claims = [slug for slug, one in all_sources().items() if one.recognises(sample)]
            usual = {"deprivation": "imd", "lookup": "ons-lookups"}.get(folder)
            assert claims == [SOURCE_OF.get(path.name, usual)], path.name


def test_nothing_is_refused_but_the_row_that_is_of_no_area(warehouse):
    refused = warehouse.con.execute("SELECT file, reason FROM refused_row JOIN load USING (load_id)").fetchall()

    assert refused == [("london-borough-profiles.csv", "“Nat” is not the code of an area")]


def test_residents_aged_10_to_17(warehouse, data):
    path = data / "population" / "lsoa11_population_mid2020_single_year_age_London_Beds.csv.gz"
    ages = range(10, 18)
    plain = sum(int(one[str(age)]) for one in rows(path) for age in ages if one["LAD22CD"] == HARROW)

    found = sum(part(warehouse, "ons-population-by-age", HARROW, 2020, f"residents/age/{age}") for age in ages)

    assert found == plain == 24_710


def test_households(warehouse, data):
    lsoas = small_areas_of(data, "LAD25CD", HARROW)
    path = data / "population" / "lsoa21_households_census2021_EW.csv.gz"
    plain = sum(int(one["total_households"]) for one in rows(path) if one["lsoa21_code"] in lsoas)

    assert part(warehouse, "ons-census-2021", HARROW, 2021, "households") == plain == 89_651


def test_share_of_asian_residents(warehouse, data):
    held = defaultdict(int)
    for one in rows(data / "population" / "ethnicity21_lsoa21_London_Beds_GM.csv.gz"):
        if one["LAD24CD"] == HARROW:
            held[one["ethnic_group"].split(",")[0]] += int(one["n"])

    asian = part(warehouse, "ons-census-2021", HARROW, 2021, "ethnicity/asian")
    everybody = part(warehouse, "ons-census-2021", HARROW, 2021, "ethnicity")

    assert (asian, everybody) == (held["Asian"], sum(held.values()))
    # The Census as published for Harrow: 45.2%.
    assert round(100 * asian / everybody, 1) == 45.2


def test_social_renting_of_a_ward(warehouse, data):
    ward = "E05013542"
    lsoas = small_areas_of(data, "WD25CD", ward)
    path = data / "population" / "household_tenure21_lsoa21_London_Beds_GM.csv.gz"
    plain = sum(
        int(one["n"]) for one in rows(path) if one["lsoa21_code"] in lsoas and one["tenure"].startswith("Social rented")
    )

    assert lsoas
    assert part(warehouse, "ons-census-2021", ward, 2021, "households/tenure/social-rented") == plain


@pytest.mark.parametrize(("edition", "file"), [(2019, "imd2019_england_lsoa11"), (2025, "imd2025_england_lsoa21")])
def test_deprivation_of_a_small_area(warehouse, data, edition, file):
    area = "E01002100"
    (plain,) = [one for one in rows(data / "deprivation" / f"{file}.csv.gz") if area in one.values()]

    for heading, path in (
        ("IMD_decile", "imd/decile"),
        ("Crime_rank", "crime/rank"),
        ("Income_decile", "income/decile"),
    ):
        assert published(warehouse, area, f"deprivation/{edition}/{path}") == float(plain[heading])


def test_ranks_of_an_edition_are_of_all_small_areas_of_england(warehouse):
    query = "SELECT count(*), min(value), max(value) FROM published_value WHERE measure = ?"
    found = {
        edition: warehouse.con.execute(query, [f"deprivation/{edition}/imd/rank"]).fetchone()
        for edition in (2015, 2019, 2025)
    }

    assert found == {2015: (32_844, 1, 32_844), 2019: (32_844, 1, 32_844), 2025: (33_755, 1, 33_755)}


def test_profile_of_the_borough(warehouse, data):
    with (data / "population" / "london-borough-profiles.csv").open(encoding="utf-8-sig") as file:
        (plain,) = [one for one in csv.DictReader(file) if one["Code"] == HARROW]

    assert published(warehouse, HARROW, "borough-profile/median-house-price") == float(plain["Median_House_Price_2014"])


def test_every_small_area_has_a_centroid(warehouse, data):
    query = "SELECT count(*), count(DISTINCT area_code) FROM centroid"

    assert warehouse.con.execute(query).fetchone() == (35_672, 35_672)
