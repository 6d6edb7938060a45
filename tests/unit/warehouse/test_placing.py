"""How a record that comes without an area is placed: by which of what it has, and where it stays unplaced."""

import time

import duckdb
import numpy as np
import pytest
import shapely

from frankpledge.model.tables import TABLES
from frankpledge.warehouse.areas import area_code_sql
from frankpledge.warehouse.gazetteer import Gazetteer, plain_name_sql
from frankpledge.warehouse.national_grid import to_degrees
from frankpledge.warehouse.noticing import notice_records
from frankpledge.warehouse.placing import postcode_parts, take_records
from frankpledge.warehouse.putting import put_rows
from tests.conftest import BRENT, HARROW

# Two small areas of Harrow, one of Brent, one of 2011 that the second replaced.
OUTLINED, LOOSE, OF_BRENT, REPLACED = "E01002100", "E01002101", "E01000450", "E01002150"
SIDE = 1_000
CENTRES = {OUTLINED: (515_500, 189_500), LOOSE: (518_000, 189_500), OF_BRENT: (519_000, 189_500)}
WARD = "E05013542"


def square(west, south, side=SIDE, step=20):
    return shapely.segmentize(shapely.box(west, south, west + side, south + side), step)


def outline_row(code, shape, file):
    points = int(shapely.get_num_coordinates(shape))
    return {"area_code": code, "file": file, "points": points, "outline": shapely.to_wkb(shape)}


def member(child, parent, child_kind, parent_kind, vintage="24"):
    kinds = {"child_kind": child_kind, "parent_kind": parent_kind}
    return {"child": child, "parent": parent, **kinds, "vintage": vintage}


@pytest.fixture
def con():
    """An open build in memory that knows the areas above, a few postcodes and a few places (all invented)."""
    con = duckdb.connect()
    for table in TABLES:
        con.execute(table.ddl())
    authorities = {OUTLINED: HARROW, LOOSE: HARROW, OF_BRENT: BRENT}
    put_rows(con, "area_member", [member(one, lad, "lsoa", "authority") for one, lad in authorities.items()])
    put_rows(con, "area_member", [member(REPLACED, LOOSE, "lsoa", "lsoa", "21"), member(LOOSE, WARD, "lsoa", "ward")])
    put_rows(con, "area_member", [member(WARD, HARROW, "ward", "authority")])
    put_rows(con, "area_name", [{"code": WARD, "name": "North Ward", "vintage": 24}])
    put_rows(
        con,
        "centroid",
        [{"load_id": 0, "area_code": code, "easting": x, "northing": y} for code, (x, y) in CENTRES.items()],
    )
    put_rows(
        con,
        "boundary",
        [
            outline_row(OUTLINED, square(515_000, 189_000), "fine"),
            # Super-generalised: a corner every kilometre, and half a kilometre wrong.
            outline_row(OF_BRENT, square(516_000, 189_000, step=SIDE), "coarse"),
            outline_row(HARROW, shapely.box(514_000, 188_000, 518_400, 191_000), "authorities"),
            outline_row(BRENT, shapely.box(518_400, 188_000, 522_000, 191_000), "authorities"),
        ],
    )
    postcodes = [("HA11AA", 518_010, 189_510, LOOSE), ("HA11AB", 515_510, 189_510, None), ("HA11AC", 519_000, 189_500,
                 OF_BRENT), ("NW11AA", 519_000, 189_500, OF_BRENT), ("NW11AB", 515_500, 189_500, OUTLINED)]  # fmt: skip
    put_rows(
        con,
        "postcode",
        [
            {"load_id": 0, "postcode": code, "easting": x, "northing": y, "area_code": area, "quality": "building"}
            for code, x, y, area in postcodes
        ],
    )
    here, there = (515_400, 189_400), (518_000, 189_500)
    places = [
        ("Harrow Station", "station", here),
        ("Long Lane", "road", here),
        ("Twice Stop", "bus stop", here),
        ("Twice Stop", "bus stop", (515_420, 189_400)),
        ("Two Parks", "park", here),
        ("Two Parks", "park", there),
        ("Brent Park", "park", (519_000, 189_500)),
    ]
    put_rows(
        con,
        "place_name",
        [{"load_id": 0, "name": name, "kind": kind, "easting": x, "northing": y} for name, kind, (x, y) in places],
    )
    yield con
    con.close()


def placed(con, home=(HARROW,), **given):
    """The area and the match of one record that has these columns."""
    record = {"month": 24216, "offence_id": 1, "area_code": ""} | given
    columns = ", ".join(f"{value!r} AS {name}" for name, value in record.items())
    con.execute("DELETE FROM incident")
    assert take_records(con, f"SELECT {columns}", 3, Gazetteer(con, home)) == 1
    return con.execute(f"SELECT {area_code_sql('area_id')}, match FROM incident").fetchone()


def at(easting, northing):
    longitude, latitude = to_degrees([easting], [northing])
    return {"longitude": float(longitude[0]), "latitude": float(latitude[0])}


def test_area_of_the_publisher_stays_whatever_else_the_record_has(con):
    assert placed(con, area_code=REPLACED, postcode="HA1 1AC", **at(515_500, 189_500)) == (REPLACED, None)


def test_point_in_a_full_resolution_outline(con):
    assert placed(con, **at(515_990, 189_010)) == (OUTLINED, "point")


def test_point_in_a_super_generalised_outline_goes_to_the_nearest_centre(con):
    # It lies in what is drawn as Brent's, and is a kilometre nearer to the other.
    assert placed(con, **at(516_900, 189_500)) == (LOOSE, "nearest centre")


def test_point_just_outside_an_outline_does_not_belong_to_it_though_its_centre_is_nearest(con):
    assert placed(con, **at(516_010, 189_500)) == (LOOSE, "nearest centre")


def test_point_nearest_to_a_centre_of_a_neighbour_stays_in_the_authority_it_lies_in(con):
    con.execute("UPDATE centroid SET easting = 521_800 WHERE area_code = ?", [OF_BRENT])

    # 800 metres from a centre of Harrow, but well within Brent.
    assert placed(con, **at(518_800, 189_500)) == (OF_BRENT, "nearest centre")


def test_point_far_from_anybody_is_unplaced(con):
    assert placed(con, **at(540_000, 189_500)) == (None, None)


@pytest.mark.parametrize("point", [(0.0, 0.0), (51.58, -0.33), (200.0, 95.0)], ids=["null island", "swapped", "none"])
def test_point_that_is_no_place_is_unplaced(con, point):
    assert placed(con, longitude=point[0], latitude=point[1]) == (None, None)


def test_easting_and_northing_become_degrees(con):
    assert placed(con, easting=515_500, northing=189_500) == (OUTLINED, "point")
    longitude, latitude = con.execute("SELECT longitude, latitude FROM incident").fetchone()
    assert (longitude, latitude) == pytest.approx(tuple(at(515_500, 189_500).values()))


@pytest.mark.parametrize("postcode", ["HA1 1AA", "ha11aa", "1 Invented Road, Harrow, HA1 1AA "])
def test_full_postcode_however_it_is_written(con, postcode):
    assert placed(con, postcode=postcode) == (LOOSE, "postcode")


def test_postcode_without_a_small_area_in_the_directory_is_placed_by_its_point(con):
    assert placed(con, postcode="HA1 1AB") == (OUTLINED, "postcode")


def test_postcode_tells_better_than_the_nearest_centre_and_worse_than_an_outline(con):
    assert placed(con, postcode="HA1 1AC", **at(517_900, 189_500)) == (OF_BRENT, "postcode")
    assert placed(con, postcode="HA1 1AC", **at(515_500, 189_500)) == (OUTLINED, "point")


def test_outward_postcode_goes_to_the_authority_of_most_of_its_postcodes_and_to_no_small_area(con):
    assert placed(con, postcode="HA1") == (HARROW, "outward postcode")


def test_postcode_that_is_not_held_goes_by_its_outward_part(con):
    assert placed(con, postcode="HA1 9ZZ") == (HARROW, "outward postcode")


def test_outward_postcode_that_two_authorities_share_evenly_is_unplaced(con):
    assert placed(con, postcode="NW1") == (None, None)


def test_outward_postcode_is_not_the_beginning_of_a_longer_one(con):
    con.execute("UPDATE postcode SET postcode = 'HA119AA' WHERE postcode = 'HA11AA'")

    assert placed(con, postcode="HA11") == (HARROW, "outward postcode")
    assert Gazetteer(con, [HARROW]).authority_of_outward("HA1") is None, "one of two postcodes left is not most"


def test_postcode_is_not_kept(con):
    placed(con, postcode="HA1 1AA")

    columns = [name for name, *_ in con.execute("DESCRIBE incident").fetchall()]
    assert not {"postcode", "easting", "northing"} & set(columns)
    assert con.execute("SELECT longitude, latitude, place FROM incident").fetchone() == (None, None, None)
    assert "arriving" not in [name for (name,) in con.execute("SHOW TABLES").fetchall()]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Harrow Station", (OUTLINED, "name")),
        ("On or near HARROW STATION", (OUTLINED, "name")),
        ("Twice Stop", (OUTLINED, "name")),
        ("Long Lane", (HARROW, "name")),
        ("North Ward", (WARD, "name")),
        ("Two Parks", (None, None)),
        ("Brent Park", (None, None)),
        ("Nowhere", (None, None)),
        ("Harrow Station, Long Lane", (OUTLINED, "name")),
        ("Long Lane, Harrow", (HARROW, "name")),
    ],
    ids=["station", "police.uk", "two stops of one small area", "road", "ward", "two parks", "elsewhere", "unknown",
         "a place in an address", "a road in an address"],
)  # fmt: skip
def test_place_name(con, place, expected):
    assert placed(con, place=place) == expected


def test_two_roads_of_one_name_are_two_places(con):
    con.execute("INSERT INTO place_name VALUES (0, 'Long Lane', 'road', 518000, 189500)")

    assert placed(con, place="Long Lane") == (None, None)


def test_authority_it_is_reported_for_is_told_by_before_half_a_postcode_and_after_all_else(con):
    assert placed(con, within=BRENT, postcode="HA1") == (BRENT, None)
    assert placed(con, within=BRENT, place="Nowhere") == (BRENT, None)
    assert placed(con, within=HARROW, postcode="HA1 1AA") == (LOOSE, "postcode")
    assert placed(con, within=HARROW, place="Harrow Station") == (OUTLINED, "name")


def test_name_is_looked_for_in_the_authority_it_is_reported_for(con):
    con.execute("INSERT INTO place_name VALUES (0, 'Harrow Station', 'station', 519000, 189500)")
    both = (HARROW, BRENT)

    assert placed(con, both, place="Harrow Station") == (None, None)
    assert placed(con, both, place="Harrow Station", within=HARROW) == (OUTLINED, "name")
    assert placed(con, both, place="Harrow Station", within=BRENT) == (OF_BRENT, "name")
    assert placed(con, both, place="Brent Park", within=HARROW) == (HARROW, None)


def test_record_with_nothing_is_kept_and_counted_nowhere(con):
    assert placed(con, place="") == (None, None)
    assert con.execute("SELECT count(*) FROM incident").fetchone() == (1,)


def test_nothing_is_placed_where_nothing_is_known_of_where_things_are(con):
    for table in ("centroid", "boundary", "postcode", "place_name", "area_name", "area_member"):
        con.execute(f"DELETE FROM {table}")

    assert placed(con, postcode="HA1 1AA", place="Harrow Station", **at(515_500, 189_500)) == (None, None)


def test_match_quality_of_a_file_is_written_down(con):
    con.execute("INSERT INTO offence (offence_id, path) VALUES (1, 'crime/burglary')")
    columns = "24216 AS month, 1 AS offence_id, NULL AS area_code"
    query = f"SELECT {columns}, postcode FROM (VALUES ('HA1 1AA'), ('HA1 1AB'), ('HA1'), (NULL)) AS given (postcode)"
    take_records(con, query, 3, Gazetteer(con, [HARROW]))

    notice_records(con, {3})
    notice_records(con, {3})

    found = con.execute(
        "SELECT kind, subject, number, among FROM noticed WHERE kind = 'placed' ORDER BY ALL"
    ).fetchall()
    assert found == [("placed", "outward postcode", 1, 4), ("placed", "postcode", 2, 4)]


def test_files_noticed_at_once_are_noticed_like_each_alone(con):
    con.execute("INSERT INTO offence (offence_id, path) VALUES (1, 'crime/burglary'), (2, 'disorder/street')")
    for load_id, seed in ((3, 0.1), (4, 0.7), (5, 0.4)):
        con.execute(f"SELECT setseed({seed})")
        con.execute(f"""
            INSERT INTO incident BY NAME
            SELECT {load_id} AS load_id, 24216 AS month, 1 + CAST(random() AS INTEGER) AS offence_id,
                   CASE WHEN random() < 0.8 THEN CAST(random() * 90 AS INTEGER) END AS reference,
                   CASE WHEN random() < 0.9 THEN 1 END AS area_id,
                   CAST(random() * 5 AS INTEGER) AS longitude, 51 AS latitude,
                   'Invented Road ' || CAST(random() * 60 AS INTEGER) AS place,
                   CASE WHEN random() < 0.3 THEN 'knife' WHEN random() < 0.2 THEN 'knife unheard' END AS flags,
                   CASE WHEN random() < 0.2 THEN 'postcode' END AS match
            FROM range(400)
        """)
    for load_id in (3, 4, 5):
        notice_records(con, {load_id})
    alone = con.execute("SELECT * FROM noticed ORDER BY ALL").fetchall()

    notice_records(con, {3, 4, 5})

    assert con.execute("SELECT * FROM noticed ORDER BY ALL").fetchall() == alone
    # Two kinds of offence, thirty commonest places, and a finding of nearly every kind of each of three files.
    assert len(alone) > 3 * 35


def test_records_keep_their_order_and_their_number(con):
    columns = "24216 AS month, 1 AS offence_id, NULL AS area_code"
    query = f"SELECT {columns}, range AS reference, 'HA1 1AA' AS postcode FROM range(5000)"

    assert take_records(con, query, 3, Gazetteer(con, [HARROW])) == 5000
    assert con.execute("SELECT reference FROM incident").fetchall() == [(number,) for number in range(5000)]


def test_fifteen_thousand_points_are_placed_in_well_under_a_second(con):
    spread = np.random.default_rng(1).uniform([514_000, 188_000], [520_000, 191_000], (15_000, 2))
    longitudes, latitudes = to_degrees(*spread.T)
    con.execute("CREATE TABLE given AS SELECT unnest(?) AS longitude, unnest(?) AS latitude",
                [longitudes.tolist(), latitudes.tolist()])  # fmt: skip
    gazetteer = Gazetteer(con, [HARROW])
    started = time.process_time()

    take_records(
        con, "SELECT 24216 AS month, 1 AS offence_id, NULL AS area_code, longitude, latitude FROM given", 3, gazetteer
    )

    # Generous: it takes a tenth of this.
    assert time.process_time() - started < 2
    assert con.execute("SELECT count(*) FROM incident WHERE area_id IS NULL").fetchone() == (0,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("HA3 5DQ", ("HA3", "5DQ")),
        ("sw1a1aa", ("SW1A", "1AA")),
        ("E1", ("E1", "")),
        ("Unit E1", ("", "")),
        ("", ("", "")),
    ],
)
def test_postcode_parts(text, parts):
    assert postcode_parts(text) == parts


@pytest.mark.parametrize("name", ["On or near St. John’s Road", "st johns road", "ST JOHN'S  ROAD."])
def test_plain_names_differ_in_nothing_but_letters(con, name):
    assert con.execute(f"SELECT {plain_name_sql('$1')}", [name]).fetchone() == ("st johns road",)
