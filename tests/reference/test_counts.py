"""Indicator values recomputed from the raw files in plain Python, and equal."""

import pytest

from frankpledge import AreaKind, compute, find_indicator, open_warehouse, parse_period
from tests.reference.counts import lsoas_of, street_count, wide_count

pytestmark = pytest.mark.real_data

OLD = "mps_borough/mps_borough_historical_201004-202107_oldformat.csv.gz"
NEW = "mps_borough/mps_borough_historical_201004-202210.csv.gz"
RECENT = "mps_borough/mps_borough_recent24_202211-202410.csv.gz"
WARDS = "mps_datastore/recorded-crime-ward-historical.csv.gz"
LOOKUP = "lookup/LSOA11_LSOA21_LAD22_EW.csv.gz"


def estimate(workspace, indicator, kind, area, period, **pinned):
    warehouse = open_warehouse(workspace)
    answer = compute(
        warehouse,
        find_indicator(indicator),
        kind,
        [area],
        [parse_period(period)],
        pinned={name.replace("_", "-"): release for name, release in pinned.items()},
    )
    warehouse.close()
    return answer.estimates[0]


BOROUGH_CASES = [
    # indicator, area, name, period, first, last, file, release, publisher's words
    ("total-offences", "E09000015", "Harrow", "2018", "2018-01", "2018-12", NEW, "2022-10", None),
    ("burglary", "E09000003", "Barnet", "2017", "2017-01", "2017-12", OLD, "2021-07",
     ("Burglary Business and Community", "Domestic Burglary")),
    ("residential-burglary", "E09000015", "Harrow", "FY2018-19", "2018-04", "2019-03", NEW, "2022-10",
     ("BURGLARY IN A DWELLING",)),
    ("violence-with-injury", "E09000005", "Brent", "2018-Q2", "2018-04", "2018-06", OLD, "2021-07",
     ("Violence with Injury",)),
    ("robbery", "E09000028", "Southwark", "R12-2024-06", "2023-07", "2024-06", RECENT, "2024-10",
     ("ROBBERY OF BUSINESS PROPERTY", "ROBBERY OF PERSONAL PROPERTY")),
    ("theft-of-vehicles", "E09000015", "Harrow", "2018", "2018-01", "2018-12", OLD, "2021-07",
     ("Theft or Taking of a Motor Vehicle",)),
    ("theft-from-vehicles", "E09000017", "Hillingdon", "2020", "2020-01", "2020-12", NEW, "2022-10",
     ("THEFT FROM A VEHICLE",)),
    ("drug-offences", "E09000009", "Ealing", "2018", "2018-01", "2018-12", OLD, "2021-07",
     ("Drug Trafficking", "Possession of Drugs")),
    ("possession-of-weapons", "E09000015", "Harrow", "2018-07", "2018-07", "2018-07", NEW, "2022-10",
     ("POSSESSION OF WEAPONS",)),
]  # fmt: skip


@pytest.mark.parametrize("case", BOROUGH_CASES, ids=lambda case: f"{case[0]}-{case[2]}-{case[3]}")
def test_borough_count_equals_plain_sum(harrow, data, case):
    indicator, area, name, period, first, last, file, release, words = case

    def wanted(row):
        borough = row.get("LookUp_BoroughName") or row.get("BoroughName")
        return borough == name and (words is None or row["MinorText"] in words)

    found = estimate(harrow, indicator, AreaKind.AUTHORITY, area, period, mps_borough=release)

    assert found.numerator == wide_count(data / file, wanted, first, last)
    assert found.numerator > 0


def test_ward_count_equals_plain_sum(harrow, data):
    def wanted(row):
        return row["WardCode"] == "E05013546" and row["MajorText"] == "BURGLARY"

    found = estimate(harrow, "burglary", AreaKind.WARD, "E05013546", "2017")

    assert found.area_name == "Greenhill"
    assert found.numerator == wide_count(data / WARDS, wanted, "2017-01", "2017-12")


STREET_CASES = [
    ("total-offences", "Luton", "E06000032", "R12-2023-04", lambda row: row["Crime type"] != "Anti-social behaviour"),
    ("anti-social-behaviour", "Bedford", "E06000055", "R12-2022-04",
     lambda row: row["Crime type"] == "Anti-social behaviour"),
    ("vehicle-crime", "Central Bedfordshire", "E06000056", "2022", lambda row: row["Crime type"] == "Vehicle crime"),
]  # fmt: skip


@pytest.mark.parametrize("case", STREET_CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_street_count_equals_plain_count(bedfordshire, data, case):
    indicator, _, area, period, wanted = case
    span = {
        "R12-2023-04": ("2022-05", "2023-04"),
        "R12-2022-04": ("2021-05", "2022-04"),
        "2022": ("2022-01", "2022-12"),
    }
    lsoas = lsoas_of(data / LOOKUP, area)

    found = estimate(bedfordshire, indicator, AreaKind.AUTHORITY, area, period)

    assert found.numerator == street_count(data / "street_bedfordshire", lsoas, wanted, *span[period])
    assert found.numerator > 0
