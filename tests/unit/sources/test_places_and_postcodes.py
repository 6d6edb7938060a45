"""Postcodes, place names, stops and centroids: invented points in the publishers' layouts."""

import csv

import pytest

from frankpledge.sources.registry import recognise, sample_of
from tests.conftest import HARROW, rows, small_areas

HERE = small_areas(HARROW)[0]

OLD = ["pcd", "pcd2", "pcds", "dointr", "doterm", "oseast1m", "osnrth1m", "osgrdind", "lsoa11", "lsoa21"]
NEW = ["pcd7", "pcd8", "pcds", "dointr", "doterm", "east1m", "north1m", "gridind", "lsoa11cd", "lsoa21cd", "lad25cd"]


def postcode(name, begun, ended, east, north, exact, lsoa):
    return [name.replace(" ", ""), name, name, begun, ended, east, north, exact, lsoa, lsoa]


DIRECTORY = [
    postcode("HA1 1AA", "198001", "", "515000", "0188000", "1", HERE),
    postcode("HA1 1AB", "198001", "202405", "515100", "188100", "8", HERE),
    postcode("HA1 1AC", "202501", "", "", "", "9", HERE),
    postcode("AB1 0AA", "198001", "199606", "385386", "801193", "1", "S01006514"),
    postcode("HA1 1AD", "198001", "", "here", "188000", "4", HERE),
    postcode("Harrow", "198001", "", "515000", "188000", "1", HERE),
    postcode("HA1 1AA", "198001", "", "1", "1", "1", HERE),
]


@pytest.mark.parametrize("header", [OLD, [name.upper() for name in OLD], NEW], ids=["2024", "capitals", "2025"])
def test_postcodes_of_england_and_wales_have_a_point_those_ended_among_them(workspace, files, built, header):
    made = [row + [HARROW] * (len(header) - len(row)) for row in DIRECTORY]

    warehouse = built(workspace, files.csv("onspd.csv", header, made))

    assert rows(warehouse, "SELECT * EXCLUDE (load_id) FROM postcode ORDER BY postcode") == [
        ("HA11AA", 515000, 188000, HERE, "building"),
        ("HA11AB", 515100, 188100, HERE, "area"),
    ]
    assert rows(warehouse, "SELECT row FROM refused_row ORDER BY row") == [6, 7, 8]
    assert rows(warehouse, "SELECT release FROM load") == ["2025-01"]


def os_row(name, local_type, x="515000", y="188000", country="England", other=""):
    address = "http://data.ordnancesurvey.co.uk/id/4000000074545701"
    row = ["osgb4000000074545701", address, name, "", other, "", "other", local_type, x, y, "1", "2"]
    return row + [""] * 17 + [country, "http://x", "", "", ""]


OS_ROWS = [
    os_row("Kingsfield Recreation Ground", "Urban Greenspace"),
    os_row("Station Road", "Named Road"),
    os_row("Cardiff", "City", other="Caerdydd", country="Wales"),
    os_row("HA1 1AA", "Postcode"),
    os_row("Kilmarnock", "Town", country="Scotland"),
    os_row("Nowhere", "Hamlet", x="east"),
]


def os_file(files, *before):
    path = files.folder / "TQ08.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([*before, *OS_ROWS])
    return path


@pytest.mark.parametrize("heading", [[], [["ID", "NAMES_URI", *(f"C{number}" for number in range(32))]]])
def test_named_places_are_read_the_first_row_among_them(workspace, files, built, heading):
    warehouse = built(workspace, os_file(files, *heading))

    assert rows(warehouse, "SELECT name, kind, easting, northing FROM place_name ORDER BY name") == [
        ("Caerdydd", "city", 515000, 188000),
        ("Cardiff", "city", 515000, 188000),
        ("Kingsfield Recreation Ground", "park", 515000, 188000),
        ("Station Road", "road", 515000, 188000),
    ]
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [
        (6 + len(heading), "it has no point of the National Grid")
    ]
    assert rows(warehouse, "SELECT rows_read, rows_kept FROM load") == [(6, 5)]


STOPS = ["ATCOCode", "CommonName", "Indicator", "Easting", "Northing", "StopType", "ModificationDateTime", "Status"]


def test_stops_have_the_kinds_people_know(workspace, files, built):
    table = files.csv(
        "Stops.csv",
        STOPS,
        [
            ["9100HROW", "Harrow-on-the-Hill Rail Station", "", 515300, 188100, "RLY", "2024-03-01T00:00:00", "active"],
            ["940GZZLUHOH", "Harrow-on-the-Hill Underground Station", "", 515300, 188100, "MET", "", "active"],
            ["940GZZCRWMB", "Wimbledon", "", 524800, 170600, "MET", "", "active"],
            ["490000001", "Station Road", "Stop H", 515400, 188500, "BCT", "", "active"],
            ["490000002", "Old Road", "", 515400, 188500, "BCT", "", "inactive"],
            ["490000003", "Entrance", "", 515400, 188500, "RSE", "", "active"],
            ["490000004", "No Point", "", "", "", "BCT", "", "active"],
            ["490000001", "Station Road", "Stop H", 515400, 188500, "BCT", "", "active"],
        ],
    )

    warehouse = built(workspace, table)

    assert rows(warehouse, "SELECT name, kind FROM place_name ORDER BY name") == [
        ("Harrow-on-the-Hill Rail Station", "station"),
        ("Harrow-on-the-Hill Underground Station", "station"),
        ("Station Road", "bus stop"),
        ("Wimbledon", "tram stop"),
    ]
    assert rows(warehouse, "SELECT row FROM refused_row ORDER BY row") == [8, 9]
    assert rows(warehouse, "SELECT release FROM load") == ["2024-03-01"]


def test_centroids_are_points_of_the_national_grid_never_degrees(workspace, files, built):
    table = files.csv(
        "pwc.csv",
        ["FID", "LSOA21CD", "GlobalID", "x", "y"],
        [[1, HERE, "a", 515000.5, 188000.25], [2, small_areas(HARROW)[1], "b", -0.33, 51.58], [3, "Harrow", "c", 1, 1]],
        mark=True,
    )

    warehouse = built(workspace, table)

    assert rows(warehouse, "SELECT area_code, easting, northing FROM centroid") == [(HERE, 515000.5, 188000.25)]
    assert rows(warehouse, "SELECT row, reason FROM refused_row ORDER BY row") == [
        (3, "x and y are no point of the National Grid, in metres"),
        (4, "“Harrow” is not the code of an area"),
    ]


@pytest.mark.parametrize("header", [OLD, NEW])
def test_directory_of_postcodes_is_no_look_up_of_areas(files, header):
    path = files.csv("onspd.csv", header, [])

    assert recognise(sample_of(path)).slug == "ons-postcodes"
