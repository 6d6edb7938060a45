"""Which area each small area is counted in, when look-ups of several years are held."""

import pytest

from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import areas_within
from tests.conftest import BARNET, HARROW, LONDON, MET, crime, rows, small_areas

NEW = small_areas(HARROW)
PINNER_OLD, EDGWARE_OLD = "E05000285", "E05000286"
PINNER, EDGWARE = "E05013542", "E05013543"
KEPT, SPLIT, MERGED_ONE, MERGED_TWO, FOREIGN, LOST = (f"E0100900{number}" for number in range(1, 7))


@pytest.fixture(scope="module")
def warehouse(place, built):
    """Small areas of 2011 in wards of 2017, and those of 2021 in wards of 2024 with the same names."""
    workspace, files = place
    old = (KEPT, SPLIT, MERGED_ONE, MERGED_TWO, FOREIGN, LOST)
    return built(
        workspace,
        files.csv(
            "old.csv",
            ["LSOA11CD", "WD17CD", "WD17NM", "LAD17CD"],
            [
                [
                    code,
                    PINNER_OLD if code in (KEPT, LOST) else EDGWARE_OLD,
                    "Pinner" if code in (KEPT, LOST) else "Edgware",
                    HARROW,
                ]
                for code in old
            ],
        ),
        files.successors(
            rows=[
                (KEPT, KEPT, HARROW),
                (SPLIT, NEW[0], HARROW),
                (SPLIT, NEW[1], HARROW),
                (MERGED_ONE, NEW[2], HARROW),
                (MERGED_TWO, NEW[2], HARROW),
                (FOREIGN, NEW[3], HARROW),
                (FOREIGN, NEW[4], BARNET),
            ]
        ),
        files.best_fit(
            rows=[
                (KEPT, EDGWARE, "Edgware", HARROW),
                (NEW[0], PINNER, "Pinner", HARROW),
                (NEW[1], EDGWARE, "Edgware", HARROW),
                (NEW[2], PINNER, "Pinner", HARROW),
                (NEW[3], PINNER, "Pinner", HARROW),
                (NEW[4], "E05013628", "Barnet Vale", BARNET),
            ]
        ),
        files.population(
            column="LSOA21CD", years=(2018,), people={NEW[0]: 900, NEW[1]: 1600, NEW[3]: 700, NEW[4]: 1500}
        ),
        files.street(crimes=[crime(code) for code in (*old, *NEW[:5])]),
    )


def counted_in(warehouse, kind):
    return dict(
        rows(
            warehouse,
            """SELECT part.code, whole.code FROM placement JOIN area AS part USING (area_id)
               JOIN area AS whole ON whole.area_id = counted_in WHERE placement.kind = ? AND part.kind = 'lsoa'""",
            kind,
        )
    )


def test_small_area_that_both_know_lies_where_the_newest_says(warehouse):
    assert counted_in(warehouse, "ward")[KEPT] == EDGWARE


def test_small_area_that_was_split_lies_where_most_of_its_residents_are(warehouse):
    assert counted_in(warehouse, "ward")[SPLIT] == EDGWARE
    assert counted_in(warehouse, "authority")[FOREIGN] == BARNET


def test_small_areas_that_were_merged_lie_where_the_new_one_does(warehouse):
    assert [counted_in(warehouse, "ward")[code] for code in (MERGED_ONE, MERGED_TWO)] == [PINNER, PINNER]


def test_small_area_that_no_newer_look_up_knows_stays_in_its_old_ward(warehouse):
    assert counted_in(warehouse, "ward")[LOST] == PINNER_OLD


def test_every_area_is_counted_in_one_of_a_kind_and_in_itself(warehouse):
    assert rows(
        warehouse, "SELECT count(*) FROM (FROM placement SELECT area_id, kind GROUP BY ALL HAVING count(*) > 1)"
    ) == [0]
    assert rows(
        warehouse,
        "SELECT count(*) FROM area ANTI JOIN placement ON placement.area_id = area.area_id AND "
        "placement.counted_in = area.area_id AND placement.kind = area.kind",
    ) == [0]


def test_authority_lies_in_its_region_and_force_without_any_look_up(warehouse):
    (place,) = rows(
        warehouse,
        """SELECT list_sort(list(whole.code)) FROM placement JOIN area AS part USING (area_id)
           JOIN area AS whole ON whole.area_id = counted_in
           WHERE part.code = ? AND placement.kind IN ('region', 'force')""",
        HARROW,
    )

    assert place == [LONDON, MET]


def test_wards_listed_have_each_name_once_where_every_small_area_has_a_successor(workspace, files, built):
    old = files.csv(
        "old.csv",
        ["LSOA11CD", "WD17CD", "WD17NM", "LAD17CD"],
        [[code, PINNER_OLD, "Pinner", HARROW] for code in (KEPT, SPLIT)],
    )
    successors = files.successors(rows=[(KEPT, KEPT, HARROW), (SPLIT, NEW[0], HARROW), (SPLIT, NEW[1], HARROW)])
    newest = files.best_fit(rows=[(code, PINNER, "Pinner", HARROW) for code in (KEPT, *NEW[:2])])
    street = files.street(crimes=[crime(code) for code in (KEPT, SPLIT, *NEW[:2])])

    warehouse = built(workspace, old, successors, newest, street)

    assert areas_within(warehouse, AreaKind.WARD, [HARROW]) == [PINNER]
    assert rows(
        warehouse,
        "SELECT sum(count) FROM monthly_count JOIN placement USING (area_id) JOIN area ON area.area_id = counted_in "
        "WHERE placement.kind = 'ward' AND code = ?",
        PINNER,
    ) == [4]
