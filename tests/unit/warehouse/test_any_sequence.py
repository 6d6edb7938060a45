"""However files come, a few at a time or all at once, in this order or that, the warehouse is the same."""

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.model.tables import TABLES
from frankpledge.sources.adding import add_files
from frankpledge.warehouse import build as building_room
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import BEDFORDSHIRE, HARROW, LUTON, crime, files_in, full_month, make_workspace, small_areas

COUNTS = "area_code,area_name,month,offence,count\n"
NOWHERE_ELSE = "E01033000"
PEOPLE = "reference,role,person,age_band,sex\n"
RECORDS = "reference,offence,from,area_code,reported_for,flags\n"


def given_files(folder):
    """Files of every sort; some say again what another has said, and then the one added last stands."""
    files = files_in(folder)
    burglary = [("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 3), ("BURGLARY", "DOMESTIC BURGLARY", "Barnet", 5)]
    first = small_areas(HARROW)
    return {
        "look-up": files.best_fit(),
        "people": files.population(),
        "outlines": files.outlines(),
        "table": files.boroughs("table.csv", months=("2018-01", "2018-02"), rows=burglary),
        "next table": files.boroughs("next.csv", months=("2018-01", "2018-02", "2018-03"), rows=burglary),
        # In an area that nothing else names, and that is gone when the file gives way.
        "january": files.street("january.csv", month="2018-01", crimes=[*full_month(), crime(NOWHERE_ELSE)]),
        "february": files.street("february.csv", month="2018-02", crimes=full_month()),
        "elsewhere": files.street(
            "elsewhere.csv", month="2018-01", force=BEDFORDSHIRE, crimes=[crime(one) for one in small_areas(LUTON)]
        ),
        "counts": files.bytes("counts.csv", f"{COUNTS}{HARROW},Harrow,2018-01,crime/robbery,4\n".encode()),
        "records": files.bytes(
            "records.csv",
            f"{RECORDS}A1,crime/weapons,2018-01-05T22:00,{first[0]},{HARROW},knife-crime\n"
            f"A2,crime/weapons,2018-01-06T22:00,{first[1]},{HARROW},\n"
            f"A3,crime/robbery,2018-02-06T22:00,{first[1]},{HARROW},\n".encode(),
        ),
        "involved": files.bytes(
            "involved.csv", f"{PEOPLE}A3,victim,V1,18-24,female\nA3,suspect,S1,18-24,male\n".encode()
        ),
        # From here on, each restates one above.
        "table anew": files.boroughs("table-anew.csv", months=("2018-01", "2018-02"), rows=burglary[:1]),
        "january anew": files.street("january-anew.csv", month="2018-01", crimes=full_month()[:40]),
        "counts anew": files.bytes("counts-anew.csv", f"{COUNTS}{HARROW},Harrow,2018-01,crime/robbery,0\n".encode()),
        "records anew": files.bytes(
            "records-anew.csv", f"{RECORDS}A1,crime/weapons,2018-01-05T22:00,{first[2]},{HARROW},\n".encode()
        ),
        "involved anew": files.bytes("involved-anew.csv", f"{PEOPLE}A3,victim,V1,18-24,male\n".encode()),
    }


RESTATED = 5
# Numbers that a build gives out as files come, and the moment of adding: not part of what a warehouse holds.
PASSING = {"load_id", "series_id", "added"}


def contents(workspace):
    """Every table's rows, files and series by name rather than by number."""
    warehouse = open_warehouse(workspace)
    try:
        files = dict(warehouse.con.execute("SELECT load_id, file FROM load").fetchall())
        series = dict(warehouse.con.execute("SELECT series_id, dataset || ' ' || release FROM series").fetchall())
        return {table.name: _rows(warehouse, table, files, series) for table in TABLES}
    finally:
        warehouse.close()


def _rows(warehouse, table, files, series):
    names = [column.name for column in table.columns]
    found = []
    for row in warehouse.con.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall():
        held = dict(zip(names, row, strict=True))
        where = (files.get(held.get("load_id")), series.get(held.get("series_id")))
        found.append(repr((where, [value for name, value in held.items() if name not in PASSING])))
    return sorted(found)


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        # One key for every workspace, so that one reference has one pseudonym in all of them.
        patch.setenv("FRANKPLEDGE_KEYS", str(tmp_path_factory.mktemp("keys")))
        yield given_files(tmp_path_factory.mktemp("pool"))


def warehouse_of(batches, *, every):
    """A workspace to which batches of files are added, built after each batch or only at the end."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder) / "harrow")
        for number, batch in enumerate(batches, 1):
            for path in batch:
                (added,) = add_files(workspace, [path], lambda one: None)
                assert added.outcome == "added", added.words
            if every or number == len(batches):
                build(workspace, lambda step: None)
        return contents(workspace)


def split(files, ends):
    """Files in batches that end where they are told to."""
    cuts = [0, *sorted(ends), len(files)]
    return [files[start:end] for start, end in itertools.pairwise(cuts) if start < end]


pytestmark = pytest.mark.slow
# Each costs seconds, and each run draws others.
few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(data=st.data())
def test_however_it_is_split_into_adds_and_builds_the_warehouse_is_the_same(pool, data):
    files = data.draw(st.permutations(list(pool.values())))
    ends = data.draw(st.sets(st.integers(1, len(files) - 1), max_size=4))

    assert warehouse_of(split(files, ends), every=True) == warehouse_of([files], every=False)


@few
@given(data=st.data())
def test_files_that_do_not_restate_one_another_may_come_in_any_order(pool, data):
    plain = list(pool.values())[:-RESTATED]
    files = data.draw(st.permutations(plain))
    ends = data.draw(st.sets(st.integers(1, len(files) - 1), max_size=3))

    assert warehouse_of(split(files, ends), every=True) == warehouse_of([plain], every=False)


def test_a_file_of_counts_is_added_and_nothing_else_is_read_again(pool, tmp_path, monkeypatch):
    workspace = make_workspace(tmp_path / "harrow")
    add_files(workspace, [pool["look-up"], pool["people"], pool["january"]], lambda one: None)
    build(workspace, lambda step: None)
    read = []
    load = building_room.load_file

    def overheard(number, one, *more):
        read.append(one.file.name)
        return load(number, one, *more)

    monkeypatch.setattr(building_room, "load_file", overheard)

    add_files(workspace, [pool["february"]], lambda one: None)
    build(workspace, lambda step: None)

    assert read == ["february.csv"]


def test_a_file_taken_away_is_gone_from_the_next_warehouse(pool, tmp_path):
    workspace = make_workspace(tmp_path / "harrow")
    add_files(workspace, [pool["look-up"], pool["january"], pool["february"]], lambda one: None)
    build(workspace, lambda step: None)

    (february,) = [file for file in workspace.raw_files() if file.name == "february.csv"]
    february.path.with_name(february.path.name + ".provenance.json").unlink()
    build(workspace, lambda step: None)

    assert contents(workspace) == warehouse_of([[pool["look-up"], pool["january"]]], every=False)


def test_an_area_that_gave_way_with_the_only_file_that_named_it_is_gone(pool):
    places, restated = [pool["look-up"], pool["people"]], [pool["january"], pool["january anew"]]

    step_by_step = warehouse_of([[*places, restated[0]], [restated[1]]], every=True)

    assert step_by_step == warehouse_of([[*places, *restated]], every=False)
    assert not any(NOWHERE_ELSE in row for row in step_by_step["area"])


def test_an_area_that_only_a_later_file_names_is_placed(pool):
    places = [pool["look-up"], pool["people"]]

    step_by_step = warehouse_of([[*places, pool["february"]], [pool["january"]]], every=True)

    assert any(NOWHERE_ELSE in row for row in step_by_step["area"])
    assert step_by_step == warehouse_of([[*places, pool["february"], pool["january"]]], every=False)
