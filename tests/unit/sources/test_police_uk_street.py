"""Street files of data.police.uk, through a whole build."""

import pytest

from tests.conftest import (
    BARNET,
    BEDFORDSHIRE,
    HARROW,
    LUTON,
    crime,
    full_month,
    rows,
    small_areas,
)

HOME = small_areas(HARROW)
OF_FILE = "FROM incident JOIN load USING (load_id) WHERE file = ?"


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    january = [
        crime(HOME[0], "Anti-social behaviour"),
        crime(HOME[0], "Anti-social behaviour"),
        crime(HOME[0], "Burglary", reference="abc"),
        crime(HOME[0], "Robbery", reference="abc"),
        crime(HOME[0], "Burglary", reference="abd"),
        crime("", "Drugs", reference="abe", longitude="", latitude="", place="No Location"),
        crime(HOME[1], "Burglary", reference="abf", longitude="0.000000", latitude="0.000000"),
        crime(HOME[1], "Burglary", reference="abg", longitude="0.000100", latitude="51.500000"),
        crime("E01033000", "Burglary", reference="abh"),
        crime("S01006506", "Burglary", reference="abi"),
        crime(HOME[1], "burglary ", reference="abj"),
        crime(HOME[1], "Witchcraft", reference="abk"),
        crime(HOME[1], "Burglary", reference="abl") | {"Month": "January"},
        crime(HOME[1], "Burglary", reference="abm") | {"Month": ""},
    ]
    path = files.street("january.csv", crimes=january, mark=True, zipped=True)
    february = files.street("february.csv", month="2018-02", crimes=[crime(HOME[0], reference="xyz")])
    ragged = files.bytes(
        "march.csv", files.street("m.csv", month="2018-03", crimes=[crime(HOME[0])]).read_bytes() + b"one,two\n"
    )
    return built(workspace, path, february, ragged)


@pytest.mark.parametrize(
    ("file", "release", "counts"),
    [
        ("january.csv", "2018-01", (14, 12, 2)),
        ("february.csv", "2018-02", (1, 1, 0)),
        ("march.csv", "2018-03", (2, 1, 1)),
    ],
)
def test_load_has_its_month_force_and_rows(warehouse, file, release, counts):
    (found,) = rows(
        warehouse, "SELECT release, force, rows_read, rows_kept, rows_refused FROM load WHERE file = ?", file
    )

    assert found == (release, "Metropolitan Police Service", *counts)


def test_monthly_files_are_one_release_named_by_the_last(warehouse):
    assert rows(warehouse, "SELECT release FROM series WHERE dataset = 'police-uk-street'") == ["2018-03"]


def test_anti_social_behaviour_has_no_identifier_and_every_row_stays(warehouse):
    (found,) = rows(
        warehouse,
        f"SELECT count(*), count(reference) {OF_FILE} AND offence_id = "
        "(SELECT offence_id FROM offence WHERE path = 'disorder/anti-social-behaviour')",
        "january.csv",
    )

    assert found == (2, 0)
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'no identifier'")
    assert sentence.startswith("3 records have no identifier, 2 of them anti-social behaviour")


def test_crimes_that_share_an_identifier_all_stay(warehouse):
    found = rows(
        warehouse,
        f"SELECT count(*) {OF_FILE} GROUP BY reference HAVING count(*) > 1 AND reference IS NOT NULL",
        "january.csv",
    )

    assert found == [2]
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'shared identifier'")
    assert sentence.startswith("2 records share an identifier")


def test_record_without_place_is_kept_and_counted_nowhere_smaller(warehouse):
    assert rows(warehouse, f"SELECT count(*) {OF_FILE} AND area_id IS NULL AND match IS NULL", "january.csv") == [1]
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'no place'")
    assert sentence.startswith("1 of 14 records (7.1%) have no place")


def test_record_of_another_country_is_kept_said_and_not_placed_by_its_point(warehouse):
    (found,) = rows(
        warehouse, f"SELECT area_id, match, longitude IS NULL {OF_FILE} AND match IS NOT NULL", "january.csv"
    )

    assert found == (None, "elsewhere", False)
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'area elsewhere'")
    assert sentence.startswith("The area that 1 of 14 records give is no area of England or Wales")
    assert rows(warehouse, "SELECT count(*) FROM quality WHERE kind = 'placed here'") == [0]


def test_point_at_null_island_is_no_place_but_the_meridian_is(warehouse):
    points = rows(
        warehouse,
        f"SELECT longitude, latitude {OF_FILE} AND longitude BETWEEN -0.01 AND 0.01 ORDER BY longitude",
        "january.csv",
    )

    assert (0.0001, 51.5) in points
    assert all(latitude is None for longitude, latitude in points if longitude == 0)
    assert rows(warehouse, f"SELECT count(*) {OF_FILE} AND latitude < 49", "january.csv") == [0]


def test_another_countys_small_area_is_counted_there_and_scotlands_nowhere(warehouse):
    counted = dict(
        rows(warehouse, "SELECT code, sum(count) FROM monthly_count JOIN area USING (area_id) GROUP BY code")
    )

    assert counted["E01033000"] == 1
    assert "S01006506" not in counted
    assert counted[HOME[0]] == 7
    assert sum(counted.values()) == 14 - 2, "all but the one without place and the one in Scotland"


def test_label_in_another_case_is_the_same_and_an_unknown_one_is_counted_and_said(warehouse):
    paths = rows(
        warehouse,
        f"SELECT path {OF_FILE.replace('WHERE', 'JOIN offence USING (offence_id) WHERE')} "
        "AND area_id = (SELECT area_id FROM area WHERE code = ?) ORDER BY path",
        "january.csv",
        HOME[1],
    )

    assert paths == ["crime/burglary", "crime/burglary", "crime/burglary", "crime/unrecognised"]
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'unknown label'")
    assert "1 kinds of offence that are not known: Witchcraft" in sentence


def test_row_without_month_is_refused_with_its_line_and_text(warehouse):
    found = rows(
        warehouse,
        "SELECT row, reason, text FROM refused_row JOIN load USING (load_id) WHERE file = 'january.csv' ORDER BY row",
    )

    assert [(line, reason) for line, reason, _ in found] == [
        (14, "the month “January” is not a month"),
        (15, "the month “” is not a month"),
    ]
    assert "abl" in found[0][2]


def test_ragged_row_is_refused_with_its_line_and_text(warehouse):
    assert rows(
        warehouse, "SELECT row, reason, text FROM refused_row JOIN load USING (load_id) WHERE file = 'march.csv'"
    ) == [(3, "the row does not split into the columns of the heading, or is not UTF-8 text", "one,two")]


def test_same_force_and_month_twice_the_one_added_last_stands(workspace, files, built):
    older = files.street("z.csv", crimes=[crime(HOME[0]), crime(HOME[1])])
    newer = files.street("a.csv", crimes=[crime(HOME[2]), crime(HOME[2])])
    elsewhere = files.street("m.csv", force=BEDFORDSHIRE, crimes=[crime(small_areas(LUTON)[0])])

    warehouse = built(workspace, older, elsewhere, newer)

    assert rows(
        warehouse, "SELECT file, code FROM incident JOIN load USING (load_id) JOIN area USING (area_id) ORDER BY file"
    ) == [
        ("a.csv", HOME[2]),
        ("a.csv", HOME[2]),
        ("m.csv", small_areas(LUTON)[0]),
    ]
    assert rows(warehouse, "SELECT number, sentence FROM quality WHERE kind = 'month twice'") == [
        (2, "z.csv (2 rows) and a.csv (2) hold the same force and month; the one added last is counted."),
    ]


def test_file_without_rows_holds_nothing_and_stops_nothing(workspace, files, built):
    warehouse = built(
        workspace, files.street("empty.csv"), files.street("whole.csv", month="2018-02", crimes=[crime(HOME[0])])
    )

    assert rows(warehouse, "SELECT file, rows_read FROM load ORDER BY file") == [("empty.csv", 0), ("whole.csv", 1)]
    assert rows(warehouse, "SELECT release FROM series WHERE dataset = 'police-uk-street'") == ["2018-02"]


def test_full_month_is_what_the_tests_say_it_is():
    crimes = full_month((HARROW, BARNET))

    assert len(crimes) == 2 * 10 * 14
    assert len({one["LSOA code"] for one in crimes}) == 20
