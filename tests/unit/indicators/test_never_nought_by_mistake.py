"""Ways in which something missing once looked like nought, each of them shut."""

import gzip

import pytest

from frankpledge.geography import AreaKind
from tests.conftest import BARNET, HARROW, LONDON, ask, ask_one, build_quietly, open_warehouse, rows

BURGLARY = ("BURGLARY", "DOMESTIC BURGLARY", "Harrow")
COUNTS = "area_code,area_name,month,offence,count,invented\n"
INCIDENTS = "reference,offence,from,to,area_code,area_name,reported_for,place,flags,invented\n"


def partner_file(folder, name, heading, lines):
    path = folder / name
    path.write_bytes(gzip.compress((heading + "".join(f"{line}\n" for line in lines)).encode()))
    return path


def test_area_of_another_kind_is_missing(workspace, files):
    build_quietly(workspace, files.boroughs(rows=[(*BURGLARY, 10)]))

    warehouse = open_warehouse(workspace)
    answer = ask(warehouse, "burglary", [LONDON, "E05013542"], "2018-01", kind=AreaKind.AUTHORITY)
    warehouse.close()

    assert [one.numerator for one in answer.estimates] == [None, None]
    assert "this area is a region" in answer.estimates[0].method


def test_table_that_lost_a_row_is_complete_for_nobody(workspace, files):
    path = files.boroughs(rows=[(*BURGLARY, 10), ("BURGLARY", "DOMESTIC BURGLARY", "Barnet", 7)])
    path.write_bytes(path.read_bytes() + b"ROBBERY,ROBBERY OF PERS")
    build_quietly(workspace, path)

    warehouse = open_warehouse(workspace)
    found = [ask_one(warehouse, "burglary", area, "2018-01") for area in (HARROW, BARNET)]
    kinds = rows(warehouse, "SELECT kind FROM quality")
    warehouse.close()

    assert all(one.missing and "could not be read" in one.method for one in found)
    assert "refused rows" in kinds


def test_month_without_a_column_is_missing(workspace, files):
    build_quietly(workspace, files.boroughs(months=("2018-01", "2018-02", "2018-04"), rows=[(*BURGLARY, 10)]))

    warehouse = open_warehouse(workspace)
    found = {
        month: ask_one(warehouse, "burglary", HARROW, month).numerator for month in ("2018-02", "2018-03", "2018-04")
    }
    warehouse.close()

    assert found == {"2018-02": 10, "2018-03": None, "2018-04": 10}


def test_offence_that_later_files_of_records_do_not_hold_is_missing(workspace, tmp_path):
    def incidents(year, offence):
        return [f"{year}-{n},{offence},{year}-0{1 + n % 9}-03,,E05013542,Belmont,{HARROW},,,no" for n in range(30)]

    build_quietly(
        workspace,
        partner_file(tmp_path, "2017.csv", INCIDENTS, incidents(2017, "crime/robbery")),
        partner_file(tmp_path, "2018.csv", INCIDENTS, incidents(2018, "crime/drugs/possession")),
    )

    warehouse = open_warehouse(workspace)
    state = rows(
        warehouse,
        """
        SELECT path, first_month // 12 FROM coverage JOIN offence USING (offence_id) WHERE state = 'absent' ORDER BY ALL
        """,
    )
    warehouse.close()

    assert state == [("crime/drugs/possession", 2017), ("crime/robbery", 2018)]


def test_every_offence_counted_must_be_held_in_the_month(workspace, tmp_path):
    def counts(year, offence):
        return [f"{HARROW},Harrow,{year}-{month:02},{offence},10,no" for month in range(1, 13)]

    build_quietly(
        workspace,
        partner_file(
            tmp_path,
            "2017.csv",
            COUNTS,
            [*counts(2017, "crime/vehicle/theft-of"), *counts(2017, "crime/vehicle/theft-from")],
        ),
        partner_file(tmp_path, "2018.csv", COUNTS, counts(2018, "crime/vehicle/theft-from")),
    )

    warehouse = open_warehouse(workspace)
    found = [ask_one(warehouse, "vehicle-crime", HARROW, year).numerator for year in ("2017", "2018")]
    warehouse.close()

    assert found == [240, None]


@pytest.mark.parametrize("first", ["total-offences", "burglary"])
def test_answers_do_not_depend_on_the_order_of_questions(workspace, tmp_path, first):
    build_quietly(workspace, partner_file(tmp_path, "b.csv", COUNTS, [f"{HARROW},Harrow,2018-01,crime/burglary,5,no"]))

    warehouse = open_warehouse(workspace)
    ask_one(warehouse, first, HARROW, "2018-01")
    found = [ask_one(warehouse, slug, HARROW, "2018-01").numerator for slug in ("burglary", "total-offences")]
    warehouse.close()

    assert found == [5, None]
