"""Counts of police tables recomputed from the raw files in plain Python, and equal; what must not be added is not."""

import csv
import datetime
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from frankpledge import open_warehouse
from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.workspace import init_workspace
from tests.reference.conftest import quiet
from tests.reference.counts import lsoas_of, months, rows, wide_count

pytestmark = pytest.mark.real_data

DASHBOARD = "mps_datastore/monthly-crime-dashboard.csv.gz"
BUSINESS = "mps_datastore/business-crime-offences.csv.gz"
SMALL_AREAS = "mps_datastore/recorded-crime-lsoa.csv.gz"
WARDS = "mps_datastore/recorded-crime-ward.csv.gz"
BOROUGHS = "mps_borough/mps_borough_recent24_202211-202410.csv.gz"
FORCES = "harm/prc-pfa-201718_new.csv"
LOOKUPS = (
    "lookup/LSOA11_LSOA21_LAD22_EW.csv.gz",
    "lookup/LSOA21_WD24_LAD24_EW.csv.gz",
    "lookup/ltla24_csp24_pfa24.csv.gz",
)
HARROW, LUTON = "E09000015", "E06000032"


@pytest.fixture(scope="module")
def built(data, tmp_path_factory):
    """Open warehouses, each of some of the files."""
    opened = []

    def make(*parts):
        workspace, _ = init_workspace(tmp_path_factory.mktemp("police") / "open", (HARROW,))
        taken = add_files(workspace, [data / part for part in parts], quiet)
        assert {added.outcome for added in taken} == {"added"}, [added for added in taken if added.outcome != "added"]
        build(workspace, quiet)
        opened.append(open_warehouse(workspace))
        return opened[-1]

    yield make
    for warehouse in opened:
        warehouse.close()


@pytest.fixture(scope="module")
def met(built):
    return built(DASHBOARD, BUSINESS, SMALL_AREAS, WARDS, BOROUGHS, *LOOKUPS)


@pytest.fixture(scope="module")
def bedfordshire(built):
    return built("street_bedfordshire", *LOOKUPS, "lookup/LSOA21_PWC_EW.csv.gz")


@pytest.fixture(scope="module")
def harm(built):
    return built("harm")


def counted(warehouse, dataset, authority, first, last, *paths):
    """The sum of the cube for an authority, months and the places that lie at or below some paths."""
    below = " OR ".join(f"path = '{path}' OR starts_with(path, '{path}/')" for path in paths)
    (found,) = warehouse.con.execute(
        f"""
        SELECT coalesce(sum(count), 0) FROM monthly_count
        JOIN series USING (series_id) JOIN offence USING (offence_id)
        JOIN placement ON placement.area_id = monthly_count.area_id AND placement.kind = 'authority'
        JOIN area ON area.area_id = placement.counted_in
        WHERE dataset = ? AND code = ? AND month BETWEEN ? AND ? AND ({below})
        """,
        [dataset, authority, number(first), number(last)],
    ).fetchone()
    return found


def number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def dashboard(data, sort, kind, measure, first, last, borough="Harrow"):
    return sum(
        int(row["count"])
        for row in rows(data / DASHBOARD)
        if row["area_type"] == sort
        and (row["borough_snt"] == borough or row["borough_snt"].startswith(f"{borough} "))
        and row["crime_subtype"].lower() == kind.lower()
        and row["measure"] == measure
        and first <= row["month_year"][:7] <= last
    )


@pytest.mark.parametrize(
    ("kind", "measure", "path", "known"),
    [
        ("Knife Crime", "Offences", "flagged/knife-crime", 205),
        ("Domestic Abuse", "Offences", "flagged/domestic-abuse", 1850),
        ("Hate crime", "Offences", "flagged/hate-crime", 395),
        ("Racist Crime", "Offences", "flagged/hate-crime-racist", 346),
        ("Knife Crime", "Positive Outcomes", "positive-outcome/knife-crime", None),
        ("TNO Victim Based", "Offences", "total-notifiable/victim-based", 14448),
    ],
)
def test_dashboard_of_a_borough_equals_plain_sum_and_so_do_its_teams(met, data, kind, measure, path, known):
    plain = dashboard(data, "Borough", kind, measure, "2023-01", "2023-12")

    assert counted(met, "mps-dashboard", HARROW, "2023-01", "2023-12", path) == plain > 0
    assert counted(met, "mps-dashboard-wards", HARROW, "2023-01", "2023-12", path) == plain
    assert dashboard(data, "Safer Neighbourhood Teams", kind, measure, "2023-01", "2023-12") == plain
    assert known in (None, plain)


def test_hate_strands_overlap(met):
    whole = counted(met, "mps-dashboard", HARROW, "2023-01", "2023-12", "flagged/hate-crime")
    strands = [
        counted(met, "mps-dashboard", HARROW, "2023-01", "2023-12", f"flagged/hate-crime-{strand}")
        for strand in ("disability", "faith", "homophobic", "racist", "transphobic")
    ]

    assert sum(strands) > whole


# What no small area is told of.
NOT_BY_SMALL_AREA = ("SEXUAL OFFENCES", "FRAUD AND FORGERY", "NFIB FRAUD")
TOLD = (
    "crime/burglary", "crime/damage", "crime/drugs", "crime/other/against-society", "crime/public-order",
    "crime/robbery", "crime/theft", "crime/vehicle", "crime/violence-and-sexual/violence", "crime/weapons",
)  # fmt: skip
YEAR = ("2023-08", "2024-07")


def test_small_areas_wards_and_boroughs_are_plain_sums_and_nearly_agree(met, data):
    small = wide_count(
        data / SMALL_AREAS,
        lambda row: row["Borough"] == HARROW and row["Major Category"] not in NOT_BY_SMALL_AREA,
        *YEAR,
    )
    ward = wide_count(
        data / WARDS,
        lambda row: row["LookUp_BoroughName"] == "Harrow" and row["MajorText"] not in NOT_BY_SMALL_AREA,
        *YEAR,
    )
    borough = wide_count(
        data / BOROUGHS,
        lambda row: row["BoroughName"] == "Harrow" and row["MajorText"] not in NOT_BY_SMALL_AREA,
        *YEAR,
    )

    assert counted(met, "mps-lsoa", HARROW, *YEAR, *TOLD) == small
    assert counted(met, "mps-ward", HARROW, *YEAR, *TOLD) == ward
    assert counted(met, "mps-borough", HARROW, *YEAR, *TOLD) == borough
    assert small <= ward <= borough
    assert borough - small < 0.02 * borough


def test_sexual_offences_are_not_told_by_small_area(met):
    told = met.con.execute(
        "SELECT count(*) FROM series_offence JOIN series USING (series_id) JOIN offence USING (offence_id) "
        "WHERE dataset = 'mps-lsoa' AND path LIKE 'crime/violence-and-sexual/sexual%'"
    ).fetchone()

    assert told == (0,)


def test_business_crime_equals_plain_sum_of_days_and_is_no_crime_besides(met, data):
    plain = sum(
        int(row["business_crime_offence_count"])
        for row in rows(data / BUSINESS)
        if row["borough"] == "Harrow" and row["crime_group"] == "SHOPLIFTING" and row["date"].startswith("2024-")
    )
    shoplifting = "business-crime/theft/shoplifting"

    assert counted(met, "mps-business-crime", HARROW, "2024-01", "2024-12", shoplifting) == plain == 1894
    assert counted(met, "mps-business-crime", HARROW, "2024-01", "2024-12", "crime") == 0


@pytest.mark.parametrize("kind", ["stacked counts", "overlapping kinds", "label changed", "several refresh dates"])
def test_traps_of_the_dashboard_are_found(met, kind):
    assert met.con.execute("SELECT count(*) FROM quality WHERE kind = ?", [kind]).fetchone() > (0,)


def test_outcomes_of_an_authority_equal_plain_counts_and_are_no_crimes(bedfordshire, data):
    lsoas = lsoas_of(data / LOOKUPS[0], LUTON)
    charged = crimes = 0
    for month in months("2022-01", "2022-12"):
        folder = data / "street_bedfordshire"
        charged += sum(
            row["LSOA code"] in lsoas and row["Outcome type"].startswith("Suspect charged")
            for row in rows(folder / f"{month}-bedfordshire-outcomes.csv.gz")
        )
        crimes += sum(
            row["LSOA code"] in lsoas and row["Crime type"] != "Anti-social behaviour"
            for row in rows(folder / f"{month}-bedfordshire-street.csv.gz")
        )

    assert counted(bedfordshire, "police-uk-outcomes", LUTON, "2022-01", "2022-12", "outcome/charged") == charged > 0
    assert counted(bedfordshire, "police-uk-street", LUTON, "2022-01", "2022-12", "crime") == crimes
    assert counted(bedfordshire, "police-uk-outcomes", LUTON, "2022-01", "2022-12", "crime") == 0


def local_month(text):
    return datetime.datetime.fromisoformat(text).astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m")


def test_searches_and_finds_equal_plain_counts_by_local_month(bedfordshire, data):
    searches, weapons, found = Counter(), Counter(), Counter()
    for path in sorted((data / "street_bedfordshire").glob("*-stop-and-search.csv.gz")):
        for row in rows(path):
            month = local_month(row["Date"])
            armed = row["Object of search"] in ("Offensive weapons", "Firearms")
            searches[month] += 1
            weapons[month] += armed
            found[month] += armed and row["Outcome linked to object of search"] == "True"

    held = bedfordshire.con.execute(
        """
        SELECT month // 12 || '-' || lpad(CAST(month % 12 + 1 AS VARCHAR), 2, '0'), count(*),
               count(*) FILTER (path = 'search/weapons'),
               count(*) FILTER (list_contains(string_split(flags, ' '), 'weapon-found'))
        FROM incident JOIN offence USING (offence_id) WHERE path LIKE 'search/%' GROUP BY month
        """
    ).fetchall()

    assert {month: (count, armed, hits) for month, count, armed, hits in held} == {
        month: (searches[month], weapons[month], found[month]) for month in searches
    }
    assert (sum(searches.values()), sum(weapons.values())) == (7601, 1074)
    assert 0 < sum(found.values()) < 1074


def test_every_search_with_a_point_near_people_is_placed_and_none_twice(bedfordshire):
    cube, placed, lost = bedfordshire.con.execute(
        """
        SELECT (SELECT sum(count) FROM monthly_count JOIN offence USING (offence_id) WHERE path LIKE 'search/%'),
               count(area_id), count(*) FILTER (longitude IS NULL AND area_id IS NOT NULL)
        FROM incident JOIN offence USING (offence_id) WHERE path LIKE 'search/%'
        """
    ).fetchone()

    assert cube == placed > 5900
    assert lost == 0


def test_quarters_of_a_force_equal_plain_sums(harm, data):
    with (data / FORCES).open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    plain = Counter()
    for row in table:
        if row["Force_Name"] == "Metropolitan Police":
            plain[row["Financial_Quarter"], "all"] += int(row["Number_of_Offences"])
            burglary = row["Offence_Subgroup"] in ("Domestic burglary", "Non-domestic burglary")
            plain[row["Financial_Quarter"], "burglary"] += int(row["Number_of_Offences"]) * burglary
    values = dict(
        harm.con.execute(
            "SELECT (measure, first_month), value FROM published_value "
            "WHERE area_code = 'E23000001' AND measure IN ('crime', 'crime/burglary')"
        ).fetchall()
    )

    begins = {"1": number("2017-04"), "2": number("2017-07"), "3": number("2017-10"), "4": number("2018-01")}
    for quarter, month in begins.items():
        assert values["crime", month] == plain[quarter, "all"]
        assert values["crime/burglary", month] == plain[quarter, "burglary"] > 0
    assert plain["1", "all"] == 203_688


def test_weights_of_harm_are_those_of_the_files(harm):
    weights = dict(
        harm.con.execute(
            "SELECT (scheme, offence), weight FROM harm_weight WHERE category IS NULL OR code <> ''"
        ).fetchall()
    )

    assert weights["ons-crime-severity", "Murder"] == pytest.approx(7973.393423)
    assert weights["ons-crime-severity-by-code", "Murder"] == pytest.approx(7973.393423)
    assert weights["home-office-costs", "Homicide"] == 11960
    assert {kind for (kind,) in harm.con.execute("SELECT DISTINCT kind FROM quality").fetchall()} >= {
        "code twice", "dragged cells", "negative counts",
    }  # fmt: skip
