"""Areas a partnership draws or lists: what may be written, what each is made of, and what is counted in it."""

import json

import numpy as np
import pytest

from frankpledge.errors import DefinitionError, UserError
from frankpledge.geography import AreaKind
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.drawn_areas import read_drawn_area
from frankpledge.warehouse.national_grid import to_grid
from tests.conftest import (
    BARNET,
    BRENT,
    HARROW,
    KINDS,
    add_all,
    ask,
    ask_one,
    build_quietly,
    crime,
    files_in,
    full_month,
    make_workspace,
    rows,
    small_areas,
    ward,
    wards_of,
)

AREAS = small_areas(HARROW)
CIRCLE = "circle: {longitude: -0.335, latitude: 51.565, metres: 250}"


def draw(workspace, slug, text, title="Invented place"):
    """Write one area's definition."""
    folder = workspace.definitions / "areas"
    folder.mkdir(exist_ok=True)
    path = folder / f"{slug}.yaml"
    path.write_text(f"schema: 1\ntitle: {title}\n{text}\n", encoding="utf-8")
    return path


def geojson(workspace, name, ring, **more):
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    text = json.dumps({"type": "FeatureCollection", "features": [feature], **more})
    (workspace.definitions / "areas").mkdir(exist_ok=True)
    (workspace.definitions / "areas" / name).write_text(text, encoding="utf-8")


SQUARE = [[-0.34, 51.56], [-0.33, 51.56], [-0.33, 51.57], [-0.34, 51.57], [-0.34, 51.56]]
BOW_TIE = [[-0.34, 51.56], [-0.33, 51.57], [-0.33, 51.56], [-0.34, 51.57], [-0.34, 51.56]]
METRES = [[515_000, 189_000], [516_000, 189_000], [516_000, 190_000], [515_000, 189_000]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: estate", "line 1: it says nowhere where the area is"),
        (f"areas: [{HARROW}]\n{CIRCLE}", "“areas” and “circle”"),
        ("areas: []", "line 3: “areas” is empty"),
        ("areas: [S12000036]", "line 3: “S12000036” is not an area of England or Wales"),
        ("areas: [E12000007]", "line 3: E12000007 is a region"),
        (f"areas: [{HARROW}, {AREAS[0]}]", "line 3: “areas” holds areas of several kinds"),
        ("circle: {easting: -0.33, northing: 51.58, metres: 250}", "line 3: -0.33, 51.58 are degrees"),
        ("circle: {longitude: 515000, latitude: 189000, metres: 250}", "line 3: 515000, 189000 are metres"),
        ("circle: {longitude: 51.58, latitude: -0.33, metres: 250}", "longitude and latitude seem to be exchanged"),
        ("circle: {longitude: -3.19, latitude: 55.95, metres: 250}", "does not lie in England or Wales"),
        ("circle: {easting: 515000, northing: 189000, metres: 0}", "a circle of 0 metres"),
        ("circle: {easting: 515000, northing: 189000, metres: 250, miles: 1}", "“miles” is not known here"),
        ("outline: POLYGON ((0 0", "line 3: “outline” is not an outline that can be read"),
        ("outline: POINT (515000 189000)", "line 3: the outline encloses nothing"),
        ("outline: POLYGON ((2.3 48.8, 2.4 48.8, 2.4 48.9, 2.3 48.8))", "does not lie in England or Wales"),
        ("outline: nothing.geojson", "line 3: there is no file nothing.geojson"),
        ("outline: ../../partnership.yaml", "there is no file partnership.yaml beside"),
        (f"{CIRCLE}\npeople: some", "line 4: “people” is “some”"),
    ],
)
def test_mistake_is_told_by_file_and_line(workspace, text, said):
    with pytest.raises(DefinitionError) as told:
        read_drawn_area(draw(workspace, "invented-place", text))

    assert told.value.happened.startswith("invented-place.yaml, line ")
    assert said in told.value.happened
    assert told.value.to_do


@pytest.mark.parametrize("slug", ["e09000015", "Town Centre", "town--centre"])
def test_name_of_the_file_is_the_name_of_the_area(workspace, slug):
    with pytest.raises(DefinitionError, match="Name the file"):
        read_drawn_area(draw(workspace, slug, CIRCLE))


def test_map_whose_coordinates_are_not_what_it_says(workspace):
    geojson(workspace, "metres.geojson", METRES)
    said_grid = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}
    geojson(workspace, "degrees.geojson", SQUARE, **said_grid)

    with pytest.raises(DefinitionError, match="says that its coordinates are degrees, and they are metres"):
        read_drawn_area(draw(workspace, "one", "outline: metres.geojson"))
    with pytest.raises(DefinitionError, match="says that its coordinates are metres, and they are degrees"):
        read_drawn_area(draw(workspace, "two", "outline: degrees.geojson"))


def test_file_that_is_no_map_is_told(workspace):
    draw(workspace, "other", CIRCLE)

    with pytest.raises(DefinitionError, match=r"other\.yaml cannot be read as a map"):
        read_drawn_area(draw(workspace, "one", "outline: other.yaml"))


def test_outline_is_the_same_in_degrees_in_metres_and_in_a_file(workspace):
    geojson(workspace, "square.geojson", SQUARE)
    degrees = ", ".join(f"{x} {y}" for x, y in SQUARE)
    metres = ", ".join(f"{x} {y}" for x, y in zip(*to_grid(*np.array(SQUARE).T), strict=True))
    texts = ("square.geojson", f"POLYGON (({degrees}))", f"MULTIPOLYGON ((({metres})))")

    areas = [read_drawn_area(draw(workspace, f"place-{n}", f"outline: {text}")) for n, text in enumerate(texts)]

    assert [round(area.outline.area) for area in areas] == [round(areas[0].outline.area)] * 3
    assert 770_000 < areas[0].outline.area < 772_000, "0.01 degrees each way, at 51.56° north"


def test_outline_that_crosses_itself_is_made_valid_and_said(workspace):
    geojson(workspace, "tie.geojson", BOW_TIE)

    area = read_drawn_area(draw(workspace, "tie", "outline: tie.geojson"))

    assert area.outline.is_valid
    assert 380_000 < area.outline.area < 390_000, "two triangles: half the square"
    assert "crosses itself" in area.said[0]


# One build for the rest. Each small area of Harrow is a square of 0.01 degrees, beside the next; each has every kind of
# crime once at the middle of the third square, but for those below.
MIDDLE = {"longitude": "-0.375", "latitude": "51.565"}
BURGLARIES = [("-0.3350", "51.5650"), ("-0.3330", "51.5650"), ("-0.3350", "51.5672"), ("-0.3314", "51.5650"),
              ("-0.3350", "51.5673"), ("-0.3340", "51.5666")]  # fmt: skip


def in_circle(longitude, latitude):
    """By Pythagoras."""
    (east, east_of_middle), (north, north_of_middle) = to_grid([float(longitude), -0.335], [float(latitude), 51.565])
    return (east - east_of_middle) ** 2 + (north - north_of_middle) ** 2 <= 250**2


def street_crimes():
    usual = [{**one, "Longitude": MIDDLE["longitude"], "Latitude": MIDDLE["latitude"]} for one in full_month((HARROW,))]
    here = [crime(AREAS[0], longitude=x, latitude=y) for x, y in BURGLARIES]
    return [*usual, *here, crime(AREAS[6], longitude="", latitude=""), *full_month((BARNET,))]


DRAWN = {
    "around": CIRCLE,
    "square": "outline: square.geojson",
    "two-squares": f"areas: [{AREAS[0]}, {AREAS[1]}]",
    "one-ward": f"areas: [{wards_of(HARROW)[0]}]",
    "unit": f"kind: command-unit\nareas: [{HARROW}, {BARNET}]",
    "wide-unit": f"areas: [{HARROW}, {BRENT}]",
    "empty": "circle: {longitude: -0.3301, latitude: 51.5699, metres: 10}\npeople: none",
    "unknown": "areas: [E01033333]",
}


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    geojson(workspace, "square.geojson", SQUARE)
    for slug, text in DRAWN.items():
        draw(workspace, slug, text, title=f"The {slug}")
    return built(workspace, *country(files))


def country(files):
    people = {code: 100 + number for number, code in enumerate((*AREAS, *small_areas(BARNET)))}
    return (
        files.best_fit(),
        files.outlines(codes=AREAS, column="LSOA21CD"),
        files.population(column="LSOA21CD", people=people),
        files.street(crimes=street_crimes()),
        files.wards(rows=[("BURGLARY", "DOMESTIC BURGLARY", "North", wards_of(HARROW)[0], "Harrow", 70),
                          ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", "North", wards_of(HARROW)[0], "Harrow", 7)]),
        files.boroughs(rows=[("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 300),
                             ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", "Harrow", 30),
                             ("BURGLARY", "DOMESTIC BURGLARY", "Brent", 500),
                             ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", "Brent", 50)]),
    )  # fmt: skip


def own(warehouse, slug, indicator="burglary", **more):
    return ask_one(warehouse, indicator, f"own:{slug}", "2018-01", kind=AreaKind.OWN, **more)


def test_circle_counts_the_points_within_its_reach(warehouse):
    inside = sum(in_circle(*point) for point in BURGLARIES)

    assert 0 < inside < len(BURGLARIES)
    # And one record without a point, of the small area whose middle lies in the circle.
    assert own(warehouse, "around").numerator == inside + 1


def test_outline_counts_its_points_and_records_without_a_point_by_their_small_area(warehouse):
    # The seventh small area's square: all six points lie in it, and one record of it has no point; its usual
    # crimes have a point elsewhere.
    assert own(warehouse, "square").numerator == 6 + 1
    assert own(warehouse, "square").denominator == 106


def test_listed_small_areas_count_by_the_publishers_code_wherever_the_point_lies(warehouse):
    assert own(warehouse, "two-squares").numerator == 1 + len(BURGLARIES) + 1
    assert own(warehouse, "two-squares").denominator == 100 + 101


def test_listed_ward_is_read_from_the_dataset_of_wards(warehouse):
    estimate = own(warehouse, "one-ward")

    assert (estimate.numerator, estimate.series.dataset) == (77, "mps-ward")
    assert estimate.denominator == sum(range(100, 105))


def test_group_of_authorities_is_read_from_the_dataset_of_authorities(warehouse):
    estimate = own(warehouse, "wide-unit")

    assert (estimate.numerator, estimate.series.dataset) == (880, "mps-borough")


def test_group_is_missing_where_one_of_its_authorities_is(warehouse):
    # The table of boroughs has no Barnet; the street file has both.
    assert own(warehouse, "unit").series.dataset == "police-uk-street"
    pinned = ask_one(warehouse, "anti-social-behaviour", "own:wide-unit", "2018-01", kind=AreaKind.OWN)
    assert pinned.missing
    assert pinned.method.endswith("Brent: no data held for January 2018")


def test_area_that_ward_counts_cannot_tell_is_missing_and_never_nought(warehouse):
    answer = ask(warehouse, "residential-burglary", ["own:around"], "2018-01", kind=AreaKind.OWN)

    assert answer.estimates[0].missing
    assert "not told for small areas" in answer.estimates[0].method


def test_circle_with_no_small_area_in_it_counts_points_and_has_no_rate(warehouse):
    estimate = own(warehouse, "empty")

    assert (estimate.numerator, estimate.denominator) == (0, None)
    assert estimate.method.startswith("count only")


def test_area_listing_what_is_not_known_is_missing(warehouse):
    assert own(warehouse, "unknown").missing
    said = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'own area' AND subject = 'own:unknown'")
    assert said == ["unknown.yaml, line 3: E01033333 is not known here."]


def test_residents_that_hardly_fit_are_said(warehouse):
    (said,) = rows(warehouse, "SELECT said FROM drawn_area WHERE code = 'own:around'")

    assert "around.yaml, line 3" in said
    assert "25% of both together is common" in said, "a circle of 0.196 km² in a square of 0.771"


def test_nothing_of_a_drawn_area_is_counted_in_a_ward_or_authority(warehouse):
    ours = rows(warehouse, "SELECT area_id FROM drawn_area")
    assert sorted(
        rows(warehouse, "SELECT area_id, kind, counted_in FROM placement WHERE list_contains(?, area_id)", ours)
    ) == sorted((one, "own", one) for one in ours)
    burglaries = 10 + len(BURGLARIES) + 1
    assert ask_one(warehouse, "anti-social-behaviour", HARROW, "2018-01").numerator == 10
    street = rows(
        warehouse,
        """SELECT sum(count) FROM monthly_count JOIN placement USING (area_id) JOIN area ON area.area_id = counted_in
           JOIN series USING (series_id) JOIN offence USING (offence_id)
           WHERE placement.kind = 'authority' AND code = ? AND dataset = 'police-uk-street'
             AND path = 'crime/burglary'""",
        HARROW,
    )
    assert street == [burglaries]


def test_numbers_follow_the_names_above_every_official_area(warehouse):
    found = rows(warehouse, "SELECT area_id, code FROM drawn_area ORDER BY area_id")

    assert found == [(400_000_000 + n, f"own:{slug}") for n, slug in enumerate(sorted(DRAWN))]


def drawn_contents(workspace):
    """What a warehouse holds of drawn areas, files by name."""
    warehouse = open_warehouse(workspace)
    found = rows(
        warehouse,
        """SELECT area.code, file, month, path, count FROM monthly_count JOIN area USING (area_id)
           JOIN load USING (load_id) JOIN offence USING (offence_id) WHERE area.kind = 'own' ORDER BY ALL""",
    )
    found += rows(
        warehouse, "SELECT area_code, year, part, number FROM population WHERE area_code LIKE 'own:%' ORDER BY 1, 2"
    )
    warehouse.close()
    return found


def test_files_added_one_by_one_give_what_all_at_once_give(tmp_path):
    once, stepwise = (make_workspace(tmp_path / name) for name in ("once", "stepwise"))
    files = files_in(tmp_path / "given")
    february = files.street("february.csv", month="2018-02", crimes=street_crimes()[::-1])
    revised = files.street(
        "revised.csv", month="2018-01", crimes=[*full_month((HARROW, BARNET)), *street_crimes()[:150]]
    )
    for workspace in (once, stepwise):
        geojson(workspace, "square.geojson", SQUARE)
        for slug, text in DRAWN.items():
            draw(workspace, slug, text)

    build_quietly(once, *country(files), february, revised)
    build_quietly(stepwise, *country(files))
    build_quietly(stepwise, february)
    build_quietly(stepwise, revised)

    assert drawn_contents(stepwise) == drawn_contents(once)
    assert len(drawn_contents(once)) > 50


def test_changing_an_area_or_its_outline_or_its_name_builds_anew(workspace, files):
    geojson(workspace, "square.geojson", SQUARE)
    path = draw(workspace, "square", "outline: square.geojson")
    keys = [build_quietly(workspace, files.best_fit(), files.street(crimes=full_month((HARROW,)))).key]

    geojson(workspace, "square.geojson", BOW_TIE)
    keys.append(build(workspace, lambda step: None).key)
    path.rename(path.with_name("bow-tie.yaml"))
    keys.append(build(workspace, lambda step: None).key)
    path.with_name("bow-tie.yaml").unlink()
    keys.append(build(workspace, lambda step: None).key)

    assert len(set(keys)) == 4
    assert drawn_contents(workspace) == []


def test_area_of_2011_and_of_2021_stand_for_each_other(workspace, files, built):
    """Small areas that were split or merged are counted where most of their residents are, whichever is listed."""
    old_split, old_one, old_two = "E01009001", "E01009002", "E01009003"
    draw(workspace, "by-old", f"areas: [{old_split}]")
    draw(workspace, "by-new", f"areas: [{AREAS[1]}]")
    draw(workspace, "half-of-a-merger", f"areas: [{old_one}]")
    successors = files.successors(
        rows=[
            (old_split, AREAS[0], HARROW),
            (old_split, AREAS[1], HARROW),
            (old_one, AREAS[2], HARROW),
            (old_two, AREAS[2], HARROW),
        ]
    )
    people = files.population(column="LSOA21CD", people={AREAS[0]: 600, AREAS[1]: 900, AREAS[2]: 1000})
    crimes = [*full_month((HARROW,)), crime(old_split), crime(old_split), crime(old_one)]
    warehouse = built(workspace, files.best_fit(), successors, people, files.street(crimes=crimes))

    found = {slug: own(warehouse, slug) for slug in ("by-old", "by-new", "half-of-a-merger")}

    assert {slug: (one.numerator, one.denominator) for slug, one in found.items()} == {
        # Both parts, and what was published under the old code.
        "by-old": (2 + 2, 1500),
        # The larger part takes what was published under the old code.
        "by-new": (1 + 2, 900),
        # Half of what a small area of today is made of is not that small area: nothing published by the new code
        # could be told apart, and nought would be wrong.
        "half-of-a-merger": (None, None),
    }
    said = dict(rows(warehouse, "SELECT subject, sentence FROM quality WHERE kind = 'own area'"))
    assert list(said) == ["own:half-of-a-merger"]
    assert f"listed alone: {old_one}" in said["own:half-of-a-merger"]


def test_part_of_a_split_area_says_whose_records_are_not_in_it(workspace, files, built):
    old = "E01009001"
    draw(workspace, "smaller-part", f"areas: [{AREAS[0]}]")
    successors = files.successors(rows=[(old, AREAS[0], HARROW), (old, AREAS[1], HARROW)])
    people = files.population(column="LSOA21CD", people={AREAS[0]: 600, AREAS[1]: 900})
    warehouse = built(workspace, files.best_fit(), successors, people, files.street(crimes=full_month((HARROW,))))

    (said,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'own area'")
    assert said.startswith(f"smaller-part.yaml, line 3: records published by the small areas of 2011 {old} are not")


def test_mistake_in_a_definition_stops_the_build_and_leaves_the_last_warehouse(workspace, files):
    add_all(workspace, files.best_fit(), files.street(crimes=full_month((HARROW,), KINDS[:2])))
    key = build(workspace, lambda step: None).key
    draw(workspace, "wrong", "areas: []")

    with pytest.raises(UserError, match=r"wrong\.yaml, line 3"):
        build(workspace, lambda step: None)

    assert (workspace.warehouses / "current").read_text().strip() == key
    assert ward(1) == wards_of(HARROW)[0]
