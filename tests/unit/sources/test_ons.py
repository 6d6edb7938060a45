"""Look-ups, populations and outlines of the Office for National Statistics, through a whole build."""

import pytest
import shapely

from tests.conftest import BARNET, BRENT, HARROW, MET, rows, small_areas, wards_of

NORTH, SOUTH = wards_of(HARROW)


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    return built(
        workspace,
        files.best_fit(authorities=(HARROW, BARNET), mark=True, zipped=True),
        files.successors(
            rows=[
                ("E01009001", small_areas(HARROW)[0], HARROW),
                ("E01009002", small_areas(HARROW)[1], HARROW),
                ("E01009002", small_areas(HARROW)[6], HARROW),
                ("S01000001", "S01000002", "S12000033"),
            ],
            mark=True,
        ),
        files.forces(
            rows=[
                (HARROW, "Harrow", "E22000001", "Harrow", MET, "Metropolitan Police"),
                ("E07000117", "Burnley", "E22000002", "Burnley", "E23000003", "Lancashire"),
            ]
        ),
        files.csv("plain.csv", ["lsoa11_code", "ward17_code"], [["E01009001", "E05000285"]]),
        files.csv(
            "people.csv",
            ["LAD24CD", "LAD24NM", "mid_2017", "mid_2018"],
            [
                [HARROW, "Harrow", 250_000, 251_000],
                [BARNET, "Barnet", "many", 390_000],
                ["S12000033", "Aberdeen", 1, 2],
                [BRENT, "Brent", 330_000, ""],
            ],
        ),
        files.csv(
            "small people.csv",
            ["lsoa21cd", "lsoa21nm", "area_sq_km", "mid_2018"],
            [
                *([lsoa, lsoa, 0.1, 1000 + number] for number, lsoa in enumerate(small_areas(HARROW))),
                *([lsoa, lsoa, 0.1, 2000] for lsoa in small_areas(BARNET)),
            ],
        ),
        files.outlines(codes=[NORTH], zipped=True),
        files.outlines("small.geojson", column="LSOA21CD", codes=small_areas(HARROW)),
    )


@pytest.mark.parametrize(
    ("file", "source", "release", "counts"),
    [
        ("lsoa21_wd24.csv", "ons-lookups", "2024", (20, 20, 0)),
        ("lsoa11_lsoa21.csv", "ons-lookups", "2022", (4, 4, 0)),
        ("ltla24_pfa24.csv", "ons-lookups", "2024", (2, 2, 0)),
        ("plain.csv", "ons-lookups", "2017", (1, 1, 0)),
        ("people.csv", "ons-population", "mid-2018", (4, 1, 3)),
        ("small people.csv", "ons-population", "mid-2018", (20, 20, 0)),
        ("wards.geojson", "ons-boundaries", "2024", (1, 1, 0)),
        ("small.geojson", "ons-boundaries", "2021", (10, 10, 0)),
    ],
)
def test_load_has_its_release_and_rows(warehouse, file, source, release, counts):
    (found,) = rows(
        warehouse, "SELECT source, release, rows_read, rows_kept, rows_refused FROM load WHERE file = ?", file
    )

    assert found == (source, release, *counts)


def test_look_up_pairs_go_from_the_smaller_area_to_the_larger(warehouse):
    pairs = rows(
        warehouse,
        "SELECT DISTINCT child_kind, parent_kind, vintage FROM area_member WHERE vintage <> '0' ORDER BY ALL",
    )

    assert pairs == [
        ("authority", "force", "24"),
        ("authority", "partnership", "24"),
        ("lsoa", "authority", "22"),
        ("lsoa", "authority", "24"),
        ("lsoa", "lsoa", "21"),
        ("lsoa", "ward", "17"),
        ("lsoa", "ward", "24"),
        ("partnership", "force", "24"),
        ("ward", "authority", "24"),
    ]


def test_look_up_leaves_the_rest_of_the_kingdom_aside(warehouse):
    assert rows(warehouse, "SELECT count(*) FROM area_member WHERE child LIKE 'S%' OR parent LIKE 'S%'") == [0]
    assert rows(warehouse, "SELECT count(*) FROM area WHERE code LIKE 'S%'") == [0]


def test_areas_are_named_by_the_look_up(warehouse):
    names = dict(rows(warehouse, "SELECT code, name FROM area"))

    # Two files of one year disagree; whichever stands, it is the same one whatever came first.
    assert names[NORTH] == "Ward 0"
    assert names["E07000117"] == "Burnley"
    assert names["E05000285"] == "E05000285", "a ward no file names goes by its code"


def test_population_row_that_is_no_number_is_refused_with_its_line(warehouse):
    found = rows(
        warehouse,
        "SELECT row, reason, text FROM refused_row JOIN load USING (load_id) WHERE file = 'people.csv' ORDER BY row",
    )

    assert [(line, reason) for line, reason, _ in found] == [
        (line, "a population is not a whole number") for line in (3, 4, 5)
    ]
    assert "many" in found[0][2]


def test_ragged_rows_of_look_ups_and_populations_are_refused_with_their_lines(workspace, files, built):
    people = files.bytes(
        "p.csv", b"LAD24CD,LAD24NM,mid_2018\nE09000015,Harrow,1\nE09000003,Barnet\nE09000005,Brent,many\n"
    )
    look_up = files.bytes("l.csv", b"LSOA21CD,WD24CD\nE01002100,E05013542\nE01002101\n")

    warehouse = built(workspace, people, look_up)

    found = rows(warehouse, "SELECT file, row, reason FROM refused_row JOIN load USING (load_id) ORDER BY file, row")
    assert found == [
        ("l.csv", 3, "the row does not split into the columns of the heading, or is not UTF-8 text"),
        ("p.csv", 3, "the row does not split into the columns of the heading, or is not UTF-8 text"),
        ("p.csv", 4, "a population is not a whole number"),
    ]
    assert rows(warehouse, "SELECT rows_read, rows_kept, rows_refused FROM load ORDER BY file") == [
        (2, 1, 1),
        (3, 1, 2),
    ]


def test_population_of_a_ward_and_an_authority_is_the_sum_of_its_small_areas_where_none_is_given(warehouse):
    people = dict(
        rows(
            warehouse,
            "SELECT area_code, number FROM population JOIN series USING (series_id) "
            "WHERE dataset = 'ons-population' AND year = 2018",
        )
    )

    assert people[NORTH] == sum(range(1000, 1005))
    assert people[SOUTH] == sum(range(1005, 1010))
    assert people[BARNET] == 20_000, "its own row was refused"
    assert people[HARROW] == 251_000, "the figure given for the whole stands"


def test_outlines_are_kept_in_metres_of_the_national_grid(warehouse):
    outlines = dict(rows(warehouse, "SELECT area_code, outline FROM boundary"))

    shape = shapely.from_wkb(bytes(outlines[NORTH]))
    west, south, east, north = shape.bounds
    assert 510_000 < west < east < 515_000
    assert 180_000 < south < north < 195_000
    assert 500_000 < shape.area < 1_200_000, "about 700 by 1,100 metres"


def test_ward_without_an_outline_is_joined_from_its_small_areas(warehouse):
    joined = rows(warehouse, "SELECT area_code, outline FROM boundary WHERE file = 'joined from small areas'")

    assert [code for code, _ in joined] == [SOUTH]
    small = [
        shapely.from_wkb(bytes(outline))
        for outline in rows(warehouse, "SELECT outline FROM boundary WHERE file = 'small.geojson'")
    ]
    assert shapely.from_wkb(bytes(joined[0][1])).area == pytest.approx(sum(one.area for one in small[5:]), rel=1e-6)
