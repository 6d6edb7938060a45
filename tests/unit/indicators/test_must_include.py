"""A total is never made of part of what it totals."""

import gzip

from tests.conftest import HARROW, ask_one, build_quietly, open_warehouse

HEAD = "area_code,area_name,month,offence,count,invented\n"
GROUPS = (
    "burglary",
    "damage",
    "drugs",
    "public-order",
    "robbery",
    "theft",
    "vehicle",
    "violence-and-sexual",
    "weapons",
)


def counts_of(folder, name, offences):
    lines = "".join(f"{HARROW},Harrow,2018-01,{path},5,no\n" for path in offences)
    path = folder / name
    path.write_bytes(gzip.compress((HEAD + lines).encode()))
    return path


def test_partners_file_of_one_offence_gives_no_total(workspace, tmp_path):
    build_quietly(workspace, counts_of(tmp_path, "burglary.csv", ["crime/burglary"]))

    warehouse = open_warehouse(workspace)
    total, burglary = (ask_one(warehouse, slug, HARROW, "2018-01") for slug in ("total-offences", "burglary"))
    warehouse.close()

    assert burglary.numerator == 5
    assert total.missing


def test_partners_file_of_every_group_gives_a_total(workspace, tmp_path):
    build_quietly(workspace, counts_of(tmp_path, "all.csv", [f"crime/{group}" for group in GROUPS]))

    warehouse = open_warehouse(workspace)
    total = ask_one(warehouse, "total-offences", HARROW, "2018-01")
    warehouse.close()

    assert total.numerator == 5 * len(GROUPS)


def test_part_of_burglary_is_not_burglary(workspace, tmp_path):
    build_quietly(workspace, counts_of(tmp_path, "homes.csv", ["crime/burglary/residential"]))

    warehouse = open_warehouse(workspace)
    homes, burglary = (ask_one(warehouse, slug, HARROW, "2018-01") for slug in ("residential-burglary", "burglary"))
    warehouse.close()

    assert homes.numerator == 5
    assert burglary.missing
