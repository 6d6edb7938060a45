"""Records placed, and areas of a partnership's own counted, on real files: recomputed in plain Python, and equal."""

import gzip
import json
import time

import numpy as np
import pyproj
import pytest

from frankpledge import AreaKind, compute, find_indicator, open_warehouse, parse_period
from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.warehouse.gazetteer import Gazetteer
from frankpledge.warehouse.national_grid import to_grid
from frankpledge.workspace import init_workspace
from tests.reference.conftest import quiet
from tests.reference.counts import lsoas_of, months, rows

pytestmark = pytest.mark.real_data

HARROW, BARNET, BRENT = "E09000015", "E09000003", "E09000005"
LOOKUP = "lookup/LSOA11_LSOA21_LAD22_EW.csv.gz"
HIGH_STREET = (-0.3345, 51.5955)
TOWN_CENTRE = [(-0.3455, 51.5830), (-0.3295, 51.5840), (-0.3270, 51.5780), (-0.3330, 51.5765), (-0.3450, 51.5785)]
SEARCHES = "stopsearch_met/2022-02-metropolitan-stop-and-search.csv.gz"

DEFINITIONS = {
    "around.yaml": "title: Around\ncircle: {longitude: -0.3345, latitude: 51.5955, metres: 250}\n",
    "centre.yaml": "title: Centre\noutline: centre.geojson\n",
    "unit.yaml": f"title: Unit\nareas: [{HARROW}, {BARNET}, {BRENT}]\n",
}
PARTS = (
    "lookup",
    "population/lsoa21_population_mid2011_mid2022_EW.csv.gz",
    "geo/lsoa21_harrow_fullres.geojson.gz",
    "geo/ltla24_england_wales.geojson.gz",
)


@pytest.fixture(scope="module")
def workspace(data, tmp_path_factory):
    """Harrow in 2017, with a circle, a drawn town centre and a group of boroughs; and a month of searches."""
    workspace, _ = init_workspace(tmp_path_factory.mktemp("placing") / "harrow", (HARROW,))
    folder = workspace.definitions / "areas"
    folder.mkdir()
    for name, text in DEFINITIONS.items():
        (folder / name).write_text(f"schema: 1\n{text}", encoding="utf-8")
    ring = [*TOWN_CENTRE, TOWN_CENTRE[0]]
    (folder / "centre.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    street = sorted((data / "street_london").glob("2017-*.csv.gz"))
    add_files(workspace, [*(data / part for part in PARTS), *street, data / SEARCHES], quiet)
    build(workspace, quiet)
    return workspace


@pytest.fixture(scope="module")
def warehouse(workspace):
    opened = open_warehouse(workspace)
    yield opened
    opened.close()


def count(warehouse, indicator, slug, period="2017"):
    answer = compute(
        warehouse, find_indicator(indicator), AreaKind.OWN, [f"own:{slug}"], [parse_period(period)], pinned={}
    )
    return answer.estimates[0].numerator


def crimes(data, kind):
    """Every record of a kind in the street files of 2017."""
    for month in months("2017-01", "2017-12"):
        for path in (data / "street_london").glob(f"{month}-*-street.csv.gz"):
            yield from (row for row in rows(path) if row["Crime type"] == kind)


_TO_GRID = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


def within(row, metres):
    """Whether a record lies within so many metres of the High Street, by Pythagoras."""
    if not row["Longitude"]:
        return False
    x, y = _TO_GRID.transform(float(row["Longitude"]), float(row["Latitude"]))
    middle_x, middle_y = _TO_GRID.transform(*HIGH_STREET)
    return (x - middle_x) ** 2 + (y - middle_y) ** 2 <= metres**2


def lies_in(x, y, ring):
    """Whether a point lies in a ring: a ray to the east crosses it an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


@pytest.mark.parametrize(
    ("indicator", "kind"), [("burglary", "Burglary"), ("anti-social-behaviour", "Anti-social behaviour")]
)
def test_circle_holds_the_records_within_250_metres(warehouse, data, indicator, kind):
    expected = sum(within(row, 250) for row in crimes(data, kind))

    assert expected > 0
    assert count(warehouse, indicator, "around") == expected


def test_drawn_town_centre_holds_the_records_inside_its_outline(warehouse, data):
    expected = sum(
        lies_in(float(row["Longitude"]), float(row["Latitude"]), TOWN_CENTRE)
        for row in crimes(data, "Burglary")
        if row["Longitude"]
    )

    assert expected > 50
    assert count(warehouse, "burglary", "centre") == expected


def test_command_unit_is_the_sum_of_its_boroughs(warehouse, data):
    small_areas = set().union(*(lsoas_of(data / LOOKUP, area) for area in (HARROW, BARNET, BRENT)))
    expected = sum(row["LSOA code"] in small_areas for row in crimes(data, "Burglary"))

    assert count(warehouse, "burglary", "unit") == expected


def test_searches_without_a_small_area_lie_in_the_outline_of_the_one_they_are_placed_in(warehouse, data):
    with gzip.open(data / "geo/lsoa21_harrow_fullres.geojson.gz", "rt", encoding="utf-8") as file:
        outlines = {one["properties"]["lsoa21cd"]: rings(one["geometry"]) for one in json.load(file)["features"]}
    points = [(float(row["Longitude"]), float(row["Latitude"])) for row in rows(data / SEARCHES) if row["Longitude"]]
    near = [(x, y) for x, y in points if -0.42 < x < -0.25 and 51.54 < y < 51.65]
    expected = {code: sum(any(lies_in(*point, ring) for ring in outline) for point in near)
                for code, outline in outlines.items()}  # fmt: skip

    found = warehouse.con.execute(
        "SELECT code, count(*) FROM incident JOIN load USING (load_id) JOIN area USING (area_id) "
        "WHERE load.source = 'police-uk-stop-search' AND match = 'point' GROUP BY ALL"
    ).fetchall()

    if not found:
        pytest.skip("no source of stop and search is here yet")
    assert dict(found) == {code: number for code, number in expected.items() if number}
    assert sum(expected.values()) > 100


def rings(geometry):
    """Outer rings of a polygon or of several: those of Harrow have no holes."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    assert all(len(polygon) == 1 for polygon in polygons)
    return [polygon[0][:-1] for polygon in polygons]


def test_placing_agrees_with_the_publisher_as_often_as_the_documentation_says(warehouse, data):
    gazetteer = Gazetteer(warehouse.con, (HARROW,))
    found = warehouse.con.execute(
        "SELECT DISTINCT longitude, latitude, code FROM incident JOIN load USING (load_id) JOIN area USING (area_id) "
        "WHERE load.source = 'police-uk-street' AND longitude IS NOT NULL AND month < 24210"
    ).fetchnumpy()
    eastings, northings = to_grid(found["longitude"], found["latitude"])
    given = np.asarray(found["code"], dtype=str)
    heirs, authority = {}, {}
    for row in rows(data / LOOKUP):
        heirs.setdefault(row["LSOA11CD"], set()).add(row["LSOA21CD"])
        authority[row["LSOA11CD"]] = authority[row["LSOA21CD"]] = row["LAD22CD"]

    started = time.process_time()
    outlined, nearest = gazetteer.inside(eastings, northings), gazetteer.small_areas(eastings, northings)
    assert time.process_time() - started < 5, f"{len(given)} points"

    def right(places, among):
        return np.mean(
            [place in heirs.get(code, {code}) for place, code in zip(places[among], given[among], strict=True)]
        )

    of_harrow = np.array([authority.get(code) == HARROW for code in given])
    placed = (nearest != "") & ~of_harrow
    assert right(outlined, of_harrow) > 0.97
    if gazetteer.centres.weighted:
        assert right(nearest, placed) > 0.70
        same = [authority[one] == authority.get(code) for one, code in zip(nearest[placed], given[placed], strict=True)]
        assert np.mean(same) > 0.97
