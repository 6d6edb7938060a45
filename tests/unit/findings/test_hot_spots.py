"""Hot spots from a warehouse: found where they were put, named, tested on later months, and refused with the reason."""

import json

import numpy as np
import pytest
import shapely

from frankpledge.errors import NotHeldError
from frankpledge.findings.hot_spots import find_hot_spots
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import month_number, month_text, parse_period
from frankpledge.statistics.place.persistence import Persistence
from frankpledge.warehouse.national_grid import to_grid
from tests.conftest import HARROW, crime, small_areas

FIRST = month_number(2017, 1)
# Four kilometres by five, and the middle of a cluster in the north-east.
WEST, SOUTH, SIDE = -0.40, 51.55, 0.05
CLUSTER = (WEST + 0.035, SOUTH + 0.035)
OUTLINE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"LAD24CD": HARROW, "LAD24NM": "Harrow"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [WEST, SOUTH],
                        [WEST + SIDE, SOUTH],
                        [WEST + SIDE, SOUTH + SIDE],
                        [WEST, SOUTH + SIDE],
                        [WEST, SOUTH],
                    ]
                ],
            },
        }
    ],
}


def outline(files):
    return files.bytes("authorities.geojson", json.dumps(OUTLINE).encode())


def crimes_of(month, cluster):
    """Thirty burglaries all over the square, as many more as asked about one market, and one without a place."""
    random = np.random.default_rng(month)
    areas = small_areas(HARROW)
    spread = [
        crime(areas[number % 10], longitude=f"{x:.6f}", latitude=f"{y:.6f}", place=f"On or near Street {number}")
        for number, (x, y) in enumerate(random.uniform((WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (30, 2)))
    ]
    there = [
        crime(areas[0], longitude=f"{x:.6f}", latitude=f"{y:.6f}", place="On or near Market Place")
        for x, y in random.normal(CLUSTER, 0.0012, (cluster, 2))
    ]
    return [*spread, *there, crime(areas[1], longitude="", latitude="", place="No Location")]


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    months = range(FIRST, FIRST + 24)
    street = [
        files.street(f"{month}.csv", month=month_text(month), crimes=crimes_of(month, 6 if month < FIRST + 18 else 1))
        for month in months
    ]
    return built(workspace, files.best_fit(), files.forces(), outline(files), *street)


def spots_in(warehouse, period="2017", tested_on=0, slug="burglary"):
    return find_hot_spots(warehouse, find_indicator(slug), HARROW, parse_period(period), tested_on)


def test_cluster_is_found_and_named_by_its_street(warehouse):
    found = spots_in(warehouse)

    assert found.spots[0].name.startswith("Market Place")
    east, north = to_grid(*CLUSTER)
    assert abs(found.spots[0].easting - east) < 200 and abs(found.spots[0].northing - north) < 200
    assert found.spots[0].events >= 72 and found.spots[0].q_value <= 0.05


def test_records_without_a_place_are_counted_apart(warehouse):
    found = spots_in(warehouse)

    assert (found.placed, found.unplaced) == (12 * 36, 12)
    assert found.read.series.dataset == "police-uk-street"


def test_map_that_holds_is_said_to_hold(warehouse):
    found = spots_in(warehouse, tested_on=6)

    assert found.prediction.events == 6 * 36
    assert found.prediction.accuracy_low > 1
    assert found.spots[0].after >= 36


def test_map_of_what_has_gone_does_worse(warehouse):
    held = spots_in(warehouse, "2017-Q4", tested_on=6).prediction
    gone = spots_in(warehouse, "2018-Q2", tested_on=6).prediction

    assert gone.captured.value < held.captured.value


def test_year_before_is_set_beside(warehouse):
    first, second = spots_in(warehouse, "2017-Q2").spots[0], spots_in(warehouse, "2018-Q2").spots[0]

    assert first.before is None
    assert second.before >= 18


def test_what_a_spot_has_been_takes_a_year_of_quarters(warehouse):
    assert spots_in(warehouse, "2017-Q3").spots[0].persistence is None
    assert spots_in(warehouse, "2018-Q2").spots[0].persistence is Persistence.PERSISTENT


def test_points_that_each_have_one_event_are_no_concentration(warehouse):
    found = spots_in(warehouse)

    assert found.points == found.placed
    assert found.concentration.adjusted_gini == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"period": "2015"}, "No records of burglaries with a place are held"),
        ({"slug": "robbery"}, "No records of robberies with a place are held"),
        ({"period": "2018", "tested_on": 3}, "Not all of the 3 months after 2018 are held"),
    ],
)
def test_what_cannot_be_mapped_is_refused(warehouse, asked, words):
    with pytest.raises(NotHeldError, match=words):
        spots_in(warehouse, **asked)


def test_without_an_outline_the_land_is_where_records_lie(workspace, files, built, warehouse):
    street = [
        files.street(f"{month}.csv", month=month_text(month), crimes=crimes_of(month, 6))
        for month in range(FIRST, FIRST + 12)
    ]
    bare = built(workspace, files.best_fit(), files.forces(), *street)

    found = spots_in(bare)

    assert found.spots[0].name.startswith("Market Place")
    # Four kilometres by five and a half, and the quarter of a kilometre around.
    assert 19e6 < shapely.from_wkb(found.land).area < 30e6
    assert found.inside.sum() < found.inside.size
    assert spots_in(warehouse).land is None


def test_without_an_outline_and_with_few_records_there_is_no_map(workspace, files, built):
    street = files.street(month="2018-01", crimes=crimes_of(FIRST, 1)[:2])
    warehouse = built(workspace, files.best_fit(), files.forces(), street)

    with pytest.raises(NotHeldError, match="The outline of E09000015 is not held, and too few records"):
        spots_in(warehouse, "2018-01")
