"""Thirty values of indicators recomputed from the publishers' files in plain Python, and equal.

Counts exactly, rates and shares to one part in a thousand million. Nothing of ours is used but the asking: what
each indicator counts, and whom it is per, is written out here a second time from the publishers' own words.
"""

import csv
import datetime
import math
from functools import lru_cache
from zoneinfo import ZoneInfo

import pyproj
import pytest

from frankpledge import AreaKind, compute, find_indicator, open_warehouse, parse_period
from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.workspace import init_workspace
from tests.reference.conftest import quiet
from tests.reference.counts import lsoas_of, months, rows, street_count, wide_count

pytestmark = pytest.mark.real_data

HARROW, BARNET, BRENT, LUTON, BEDFORD = "E09000015", "E09000003", "E09000005", "E06000032", "E06000055"
GREENHILL, SMALL = "E05013546", "E01002227"
NAMES = {HARROW: "Harrow", BARNET: "Barnet", BRENT: "Brent"}
YEAR = ("2024-01", "2024-12")

BOROUGHS = "mps_borough/mps_borough_historical_201004-202210.csv.gz"
WARDS = "mps_datastore/recorded-crime-ward.csv.gz"
SMALL_AREAS = "mps_datastore/recorded-crime-lsoa.csv.gz"
DASHBOARD = "mps_datastore/monthly-crime-dashboard.csv.gz"
BUSINESS = "mps_datastore/business-crime-offences.csv.gz"
LOOKUP = "lookup/LSOA11_LSOA21_LAD22_EW.csv.gz"
CENTRES = "lookup/LSOA21_PWC_EW.csv.gz"
BEDFORDSHIRE = "street_bedfordshire"


@pytest.fixture(scope="module")
def london(harrow):
    """Everything of the Metropolitan Police, with people and look-ups."""
    warehouse = open_warehouse(harrow)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def beds(bedfordshire):
    """Bedfordshire, of which all the police publish is held."""
    warehouse = open_warehouse(bedfordshire)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def built(data, tmp_path_factory):
    """Open warehouses of a few of the files."""
    opened = []

    def make(*paths):
        workspace, _ = init_workspace(tmp_path_factory.mktemp("thirty") / "harrow", (HARROW,))
        add_files(workspace, paths, quiet)
        build(workspace, quiet)
        opened.append(open_warehouse(workspace))
        return opened[-1]

    yield make
    for warehouse in opened:
        warehouse.close()


@pytest.fixture(scope="module")
def deprivation(data, built):
    """Three editions of the Indices of Deprivation."""
    return built(data / "lookup", data / "deprivation")


@pytest.fixture(scope="module")
def searched(data, built):
    """Searches in Bedfordshire, without outlines of its authorities: placed by the nearest centre of a small area."""
    searches = sorted((data / BEDFORDSHIRE).glob("*-stop-and-search.csv.gz"))
    return built(*searches, data / "lookup", data / "population/derived_lad24_population_mid2011_mid2022_EW.csv")


@lru_cache(maxsize=8)
def kept(path):
    """Every row of a file that several tests read."""
    return tuple(rows(path))


def asked(warehouse, indicator, area, period):
    """The one thing of ours: the question."""
    kind = {"E05": AreaKind.WARD, "E01": AreaKind.LSOA}.get(area[:3], AreaKind.AUTHORITY)
    return compute(warehouse, find_indicator(indicator), kind, [area], [parse_period(period)], pinned={}).estimates[0]


def check(found, count, of=None, per=None):
    """Count and denominator exactly; the rate or share of them to 1e-9."""
    assert found.numerator == count > 0
    if of is not None:
        assert found.denominator == of
        assert math.isclose(found.value, per * count / of, rel_tol=1e-9)


def people(data, area, year):
    """Residents of an authority or ward in the middle of a year."""
    kind = "ward" if area.startswith("E05") else "lad"
    column = "WD24CD" if kind == "ward" else "LAD24CD"
    with (data / f"population/derived_{kind}24_population_mid2011_mid2022_EW.csv").open(encoding="utf-8-sig") as file:
        return next(int(row[f"mid_{year}"]) for row in csv.DictReader(file) if row[column] == area)


def boroughs(data, area, first, last, *minor):
    """Crimes of a borough in the table to October 2022; all of them where no category is named."""
    return wide_count(
        data / BOROUGHS,
        lambda row: row["BoroughName"] == NAMES[area] and (not minor or row["MinorText"] in minor),
        first,
        last,
    )


BOROUGH_RATES = [
    ("total-offences", HARROW, "2018", ("2018-01", "2018-12"), 2018, ()),
    ("burglary", BRENT, "2019", ("2019-01", "2019-12"), 2019,
     ("BURGLARY IN A DWELLING", "BURGLARY BUSINESS AND COMMUNITY")),
    ("shoplifting", BARNET, "FY2019-20", ("2019-04", "2020-03"), 2019, ("SHOPLIFTING",)),
    ("criminal-damage", HARROW, "2021-Q3", ("2021-07", "2021-09"), 2021, ("CRIMINAL DAMAGE",)),
    ("drug-possession", HARROW, "R12-2022-06", ("2021-07", "2022-06"), 2022, ("POSSESSION OF DRUGS",)),
    ("personal-robbery", BARNET, "2020", ("2020-01", "2020-12"), 2020, ("ROBBERY OF PERSONAL PROPERTY",)),
    ("violence-against-the-person", BRENT, "2021", ("2021-01", "2021-12"), 2021,
     ("VIOLENCE WITH INJURY", "VIOLENCE WITHOUT INJURY", "HOMICIDE")),
    ("sexual-offences", HARROW, "2019", ("2019-01", "2019-12"), 2019, ("RAPE", "OTHER SEXUAL OFFENCES")),
]  # fmt: skip


@pytest.mark.parametrize("case", BOROUGH_RATES, ids=lambda case: f"{case[0]}-{case[2]}")
def test_rate_of_a_borough(london, data, case):
    indicator, area, period, span, year, minor = case

    check(asked(london, indicator, area, period), boroughs(data, area, *span, *minor), people(data, area, year), 1000)


def test_residential_burglary_per_household(london, data):
    homes = small_area_sum(
        data / "population/lsoa21_households_census2021_EW.csv.gz", "lsoa21_code", "total_households"
    )

    burgled = boroughs(data, HARROW, "2021-01", "2021-12", "BURGLARY IN A DWELLING")

    check(asked(london, "residential-burglary-per-household", HARROW, "2021"), burgled, homes(data, HARROW), 1000)


def small_area_sum(path, code, column, wanted=lambda row: True):
    """How to add up a column of a table over the small areas of 2021 of an authority."""

    def of(data, authority):
        mine = {row["LSOA21CD"] for row in kept(data / LOOKUP) if row["LAD22CD"] == authority}
        return sum(int(row[column]) for row in rows(path) if row[code] in mine and wanted(row))

    return of


def test_share_of_burglary_that_is_of_premises(london, data):
    premises = boroughs(data, HARROW, "2018-01", "2018-12", "BURGLARY BUSINESS AND COMMUNITY")
    homes = boroughs(data, HARROW, "2018-01", "2018-12", "BURGLARY IN A DWELLING")

    check(asked(london, "business-and-community-burglary-share", HARROW, "2018"), premises, premises + homes, 100)


def test_rate_of_a_ward(london, data):
    count = wide_count(data / WARDS, lambda row: row["WardCode"] == GREENHILL and row["MajorText"] == "BURGLARY", *YEAR)

    check(asked(london, "burglary", GREENHILL, "2024"), count, people(data, GREENHILL, 2022), 1000)


def test_rate_of_a_small_area(london, data):
    count = wide_count(
        data / SMALL_AREAS,
        lambda row: row["LSOA Code"] == SMALL and row["Major Category"] == "VEHICLE OFFENCES",
        *YEAR,
    )
    residents = next(
        int(row["mid_2022"])
        for row in rows(data / "population/lsoa21_population_mid2011_mid2022_EW.csv.gz")
        if row["lsoa21cd"] == SMALL
    )

    check(asked(london, "vehicle-crime", SMALL, "2024"), count, residents, 1000)


def dashboard(data, name, first, last, *kinds, measure="Offences", sort="Borough"):
    """What the monthly dashboard counts for an area, in the rows of boroughs, or in those of teams."""
    return sum(
        int(row["count"])
        for row in kept(data / DASHBOARD)
        if row["area_type"] == sort
        and row["area_name"] == name
        and row["crime_subtype"].lower() in {kind.lower() for kind in kinds}
        and row["measure"] == measure
        and first <= row["month_year"][:7] <= last
    )


ALL_OFFENCES = ("TNO Victim Based", "TNO Non Victim Based")
DASHBOARD_RATES = [
    ("knife-crime", HARROW, "FY2023-24", ("2023-04", "2024-03"), "Knife Crime"),
    ("domestic-abuse", HARROW, "R12-2023-09", ("2022-10", "2023-09"), "Domestic Abuse"),
    ("racist-offences", BRENT, "2024", YEAR, "Racist Crime"),
    ("gun-crime", BARNET, "2023", ("2023-01", "2023-12"), "Gun Crime"),
    ("non-domestic-knife-injury-victims-under-25", HARROW, "R12-2023-09", ("2022-10", "2023-09"),
     "Knife Injury Victims (non DA 1-24)"),
]  # fmt: skip


@pytest.mark.parametrize("case", DASHBOARD_RATES, ids=lambda case: case[0])
def test_rate_of_what_cuts_across_offences(london, data, case):
    indicator, area, period, span, kind = case

    count = dashboard(data, NAMES[area], *span, kind)

    check(asked(london, indicator, area, period), count, people(data, area, 2022), 1000)


DASHBOARD_SHARES = [
    ("knife-crime-with-injury-share", "FY2023-24", ("2023-04", "2024-03"),
     ("Offences", "Knife Crime with Injury"), ("Knife Crime",)),
    ("domestic-abuse-with-injury", "R12-2023-09", ("2022-10", "2023-09"),
     ("Offences", "Domestic Abuse violence with injury"), ("Domestic Abuse",)),
    ("hate-crime-positive-outcomes", "2024", YEAR, ("Positive Outcomes", "Hate crime"), ("Hate crime",)),
    ("positive-outcomes", "FY2024-25", ("2024-04", "2025-03"),
     ("Positive Outcomes", *ALL_OFFENCES), ALL_OFFENCES),
]  # fmt: skip


@pytest.mark.parametrize("case", DASHBOARD_SHARES, ids=lambda case: case[0])
@pytest.mark.slow
def test_share_of_what_cuts_across_offences(london, data, case):
    indicator, period, span, (measure, *part), whole = case

    count = dashboard(data, "Harrow", *span, *part, measure=measure)

    check(asked(london, indicator, HARROW, period), count, dashboard(data, "Harrow", *span, *whole), 100)


def test_rate_of_a_ward_of_what_cuts_across_offences(london, data):
    count = dashboard(data, "Greenhill", *YEAR, "Domestic Abuse", sort="Safer Neighbourhood Teams")

    check(asked(london, "domestic-abuse", GREENHILL, "2024"), count, people(data, GREENHILL, 2022), 1000)


def test_hate_crime_per_disabled_resident(london, data):
    disabled = small_area_sum(
        data / "population/disability21_lsoa21_ew_London_Beds_GM.csv.gz",
        "lsoa21_code",
        "n",
        lambda row: row["disability"] == "Disabled under the Equality Act",
    )

    count = dashboard(data, "Harrow", *YEAR, "Disability Crime")

    check(asked(london, "disability-hate-crime", HARROW, "2024"), count, disabled(data, HARROW), 1000)


def test_crime_against_business_and_how_much_of_it_is_shoplifting(london, data):
    crimes = [
        (row["crime_group"], int(row["business_crime_offence_count"]))
        for row in rows(data / BUSINESS)
        if row["borough"] == "Harrow" and YEAR[0] <= row["date"][:7] <= YEAR[1]
        if row["crime_section"] not in ("NFIB FRAUD",)
    ]
    everything = sum(count for _, count in crimes)
    shops = sum(count for group, count in crimes if group == "SHOPLIFTING")

    check(asked(london, "business-crime", HARROW, "2024"), everything, people(data, HARROW, 2022), 1000)
    check(asked(london, "business-shoplifting-share", HARROW, "2024"), shops, everything, 100)


def test_share_of_residents_aged_65_and_over(london, data):
    mine = [
        row
        for row in rows(data / "population/lsoa11_population_mid2020_single_year_age_London_Beds.csv.gz")
        if HARROW in row.values()
    ]
    ages = [column for column in mine[0] if column.rstrip("+").isdigit()]
    old = sum(int(row[age]) for row in mine for age in ages if int(age.rstrip("+")) >= 65)

    check(
        asked(london, "residents-aged-65-and-over", HARROW, "2020"),
        old,
        sum(int(row[age]) for row in mine for age in ages),
        100,
    )


CENSUS_SHARES = [
    ("residents-black-asian-and-multi-ethnic", "ethnicity21_lsoa21_London_Beds_GM.csv.gz", "ethnic_group",
     lambda words: not words.startswith("White")),
    ("households-social-rented", "household_tenure21_lsoa21_London_Beds_GM.csv.gz", "tenure",
     lambda words: words.startswith("Social rented")),
]  # fmt: skip


@pytest.mark.parametrize("case", CENSUS_SHARES, ids=lambda case: case[0])
def test_share_counted_by_the_census(london, data, case):
    indicator, file, column, wanted = case
    path = data / "population" / file
    asked_of = {"Does not apply"}

    part = small_area_sum(path, "lsoa21_code", "n", lambda row: row[column] not in asked_of and wanted(row[column]))
    whole = small_area_sum(path, "lsoa21_code", "n", lambda row: row[column] not in asked_of)

    check(asked(london, indicator, HARROW, "2021"), part(data, HARROW), whole(data, HARROW), 100)


@pytest.mark.parametrize(
    ("indicator", "file", "column", "year"),
    [
        ("deprivation-2019", "imd2019_england_lsoa11.csv.gz", "IMD_rank", "2019"),
        ("deprivation-decile-2019", "imd2019_england_lsoa11.csv.gz", "IMD_decile", "2019"),
        ("deprivation-2025", "imd2025_england_lsoa21.csv.gz", "IMD_rank", "2025"),
    ],
)
def test_deprivation_of_a_small_area(deprivation, data, indicator, file, column, year):
    printed = next(row[column] for row in rows(data / "deprivation" / file) if SMALL in row.values())

    found = asked(deprivation, indicator, SMALL, year)

    assert (found.value, found.numerator, found.method) == (float(printed), None, "as published")


STREET = [
    ("anti-social-behaviour", LUTON, "2022", ("2022-01", "2022-12"), "Anti-social behaviour"),
    ("bicycle-theft", BEDFORD, "2022-Q2", ("2022-04", "2022-06"), "Bicycle theft"),
]


@pytest.mark.parametrize("case", STREET, ids=lambda case: case[0])
def test_rate_of_what_street_files_record(beds, data, case):
    indicator, area, period, span, kind = case

    count = street_count(
        data / BEDFORDSHIRE, lsoas_of(data / LOOKUP, area), lambda row: row["Crime type"] == kind, *span
    )

    check(asked(beds, indicator, area, period), count, people(data, area, 2022), 1000)


@pytest.mark.parametrize(
    ("indicator", "area", "words"),
    [
        ("outcomes-charged", BEDFORD, ("Suspect charged", "Suspect charged as part of another case", "Charged")),
        ("outcomes-no-suspect", LUTON, ("Investigation complete; no suspect identified",)),
    ],
)
def test_share_of_outcomes(beds, data, indicator, area, words):
    mine = lsoas_of(data / LOOKUP, area)
    outcomes = [
        row["Outcome type"]
        for month in months("2022-01", "2022-12")
        for row in rows(data / BEDFORDSHIRE / f"{month}-bedfordshire-outcomes.csv.gz")
        if row["LSOA code"] in mine
    ]

    check(asked(beds, indicator, area, "2022"), sum(one in words for one in outcomes), len(outcomes), 100)


@pytest.fixture(scope="module")
def searches_in_luton(data):
    """Searches of 2022 by local time whose nearest centre of a small area is one of Luton's."""
    to_grid = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    mine = {row["LSOA21CD"] for row in kept(data / LOOKUP) if row["LAD22CD"] == LUTON}
    near = [
        (float(row["x"]), float(row["y"]), row["LSOA21CD"])
        for row in rows(data / CENTRES)
        if 480_000 < float(row["x"]) < 540_000 and 200_000 < float(row["y"]) < 270_000
    ]
    found = []
    for path in sorted((data / BEDFORDSHIRE).glob("*-stop-and-search.csv.gz")):
        for row in rows(path):
            local = datetime.datetime.fromisoformat(row["Date"]).astimezone(ZoneInfo("Europe/London"))
            if local.year != 2022 or not row["Longitude"]:
                continue
            x, y = to_grid.transform(float(row["Longitude"]), float(row["Latitude"]))
            if min(near, key=lambda one: (one[0] - x) ** 2 + (one[1] - y) ** 2)[2] in mine:
                found.append(row)
    return found


def test_rate_of_stop_and_search(searched, data, searches_in_luton):
    check(asked(searched, "stop-and-search", LUTON, "2022"), len(searches_in_luton), people(data, LUTON, 2022), 1000)


def test_find_rate_of_searches_for_weapons(searched, searches_in_luton):
    armed = [
        row["Outcome linked to object of search"] == "True"
        for row in searches_in_luton
        if row["Object of search"] in ("Offensive weapons", "Firearms", "Anything to threaten or harm anyone")
    ]

    check(asked(searched, "weapon-searches-found", LUTON, "2022"), sum(armed), len(armed), 100)
