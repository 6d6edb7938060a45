"""Building: whole or not at all, named by what went in, three kept."""

import os
import time

import duckdb
import pytest

from frankpledge.errors import WorkspaceError
from frankpledge.warehouse import build as building_room
from frankpledge.warehouse import reference
from frankpledge.warehouse.build import build, build_key
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.shelf import (
    building,
    clear_away,
    current_file,
    current_key,
    point_to,
    put_on_shelf,
    warehouse_file,
)
from tests.conftest import add_all, build_quietly, rows


def table(files, count, name=None):
    """A table with one count, of a month of its own and so a release of its own."""
    rows_of = [("BURGLARY", "DOMESTIC BURGLARY", "Harrow", count)]
    return files.boroughs(name or f"{count}.csv", months=(f"2018-{count:02d}",), rows=rows_of)


def shelf(workspace):
    return sorted(path.name for path in workspace.warehouses.iterdir() if path.name != ".lock")


def test_build_of_nothing_says_what_to_do(workspace):
    with pytest.raises(WorkspaceError, match="frankpledge add"):
        build(workspace, lambda step: None)

    with pytest.raises(WorkspaceError, match="frankpledge build"):
        current_file(workspace)


def test_build_tells_each_step_and_makes_the_warehouse_current(workspace, files):
    add_all(workspace, table(files, 1), files.population())
    steps = []

    made = build(workspace, steps.append)

    assert [(step.words, step.done, step.total, step.rows) for step in steps] == [
        ("Reading population.csv", 0, 2, 0),
        ("Reading 1.csv", 1, 2, 3),
        ("Working out areas, counts and coverage", 2, 2, 4),
    ]
    assert made.fresh and made.rows == 4
    assert current_key(workspace) == made.key == made.path.stem
    assert shelf(workspace) == sorted([f"{made.key}.duckdb", "current"])


def test_build_again_with_nothing_new_does_nothing(workspace, files):
    first = build_quietly(workspace, table(files, 1))
    written = first.path.stat().st_mtime_ns

    again = build(workspace, lambda step: pytest.fail("nothing is to be read"))

    assert (again.key, again.fresh) == (first.key, False)
    assert first.path.stat().st_mtime_ns == written


def test_same_inputs_have_the_same_key_and_any_other_another(workspace, files, monkeypatch):
    add_all(workspace, table(files, 1))
    held = workspace.raw_files()
    before = build_key(workspace, held)
    assert before == build_key(workspace, held)
    keys = {before}

    add_all(workspace, table(files, 2))
    keys.add(build_key(workspace, workspace.raw_files()))
    own = workspace.definitions / "sources"
    own.mkdir()
    (own / "own.yaml").write_text("schema: 1\nfamily: own\nlabels: []\n")
    keys.add(build_key(workspace, held))
    (own / "own.yaml").write_text("schema: 1\nfamily: own\n")
    keys.add(build_key(workspace, held))
    monkeypatch.setattr(building_room, "SCHEMA_VERSION", 99)
    keys.add(build_key(workspace, held))

    assert len(keys) == 5


def test_definition_of_the_workspace_is_used_and_kept_on_record(workspace, files, built):
    own = workspace.definitions / "sources"
    own.mkdir()
    (own / "metropolitan-police.yaml").write_text(
        'schema: 1\nfamily: metropolitan-police\nlabels:\n  - {label: "DOMESTIC BURGLARY", offence: crime/robbery}\n'
    )

    warehouse = built(workspace, table(files, 1))

    assert rows(warehouse, "SELECT path FROM monthly_count JOIN offence USING (offence_id)") == ["crime/robbery"]
    used = dict(rows(warehouse, "SELECT file, hash FROM definition_used"))
    assert set(used) >= {"definitions/areas.yaml", "sources/metropolitan-police.yaml", "sources/police-uk.yaml"}


def test_same_files_in_another_folder_give_the_same_answers(workspace, files, built, tmp_path):
    warehouse = built(workspace, table(files, 7), files.population())
    copied = tmp_path / "elsewhere"
    os.rename(workspace.folder, copied)

    again = build_quietly(type(workspace)(copied))

    assert (again.key, again.fresh) == (warehouse.key, False)


def test_three_warehouses_are_kept(workspace, files):
    workspace.warehouses.mkdir()
    for age, key in enumerate(("oldest", "older", "old")):
        path = warehouse_file(workspace, key)
        path.write_bytes(b"")
        os.utime(path, (age, age))

    made = build_quietly(workspace, table(files, 1))

    assert {path.stem for path in workspace.warehouses.glob("*.duckdb")} == {"older", "old", made.key}
    assert current_key(workspace) == made.key


def test_clear_away_never_takes_the_current_one(workspace):
    workspace.warehouses.mkdir()
    for age, key in enumerate(("current-one", "b", "c", "d", "e")):
        path = warehouse_file(workspace, key)
        path.write_bytes(b"")
        os.utime(path, (age, age))
    (workspace.warehouses / "current").write_text("current-one\n")

    clear_away(workspace)

    assert {path.stem for path in workspace.warehouses.glob("*.duckdb")} == {"current-one", "c", "d", "e"}


def test_what_a_build_cut_short_left_is_cleared_away(workspace, files):
    build_quietly(workspace, table(files, 1))
    spill = workspace.warehouses / "abc.building-1.spill"
    spill.mkdir()
    (spill / "block.tmp").write_bytes(b"x")
    for name in ("abc.building-1", "abc.building-1.wal", ".current.1"):
        (workspace.warehouses / name).write_bytes(b"x")

    made = build_quietly(workspace, table(files, 2))

    assert not [name for name in shelf(workspace) if "building" in name or name.startswith(".current")]
    assert current_key(workspace) == made.key


def test_second_builder_is_refused_with_a_sentence_and_may_follow(workspace, files):
    add_all(workspace, table(files, 1))

    with building(workspace), pytest.raises(WorkspaceError) as refused:
        build(workspace, lambda step: None)
    assert refused.value.happened == "Another build is under way here."
    assert refused.value.to_do == "Wait for it to end, then try again."

    assert build(workspace, lambda step: None).fresh


def test_build_that_fails_leaves_the_last_warehouse_answering(workspace, files, monkeypatch):
    before = build_quietly(workspace, table(files, 1))
    add_all(workspace, table(files, 2))

    def broken(con, since):
        raise AssertionError("check failed")

    with monkeypatch.context() as cut:
        cut.setattr(building_room, "check_warehouse", broken)
        with pytest.raises(AssertionError, match="check failed"):
            build(workspace, lambda step: None)

    assert current_key(workspace) == before.key
    warehouse = open_warehouse(workspace)
    assert rows(warehouse, "SELECT count FROM monthly_count") == [1]
    warehouse.close()
    after = build(workspace, lambda step: None)
    assert after.fresh and shelf(workspace) == sorted([f"{before.key}.duckdb", f"{after.key}.duckdb", "current"])


def test_reader_keeps_its_answer_while_a_new_warehouse_becomes_current(workspace, files, built):
    old = built(workspace, table(files, 1))

    new = built(workspace, table(files, 2))

    assert rows(old, "SELECT max(count) FROM monthly_count") == [1]
    assert rows(new, "SELECT max(count) FROM monthly_count") == [2]
    assert old.key != new.key


def test_pointer_names_the_old_warehouse_or_the_new_and_never_nothing(workspace):
    workspace.warehouses.mkdir()
    seen = set()
    ends = time.monotonic() + 0.3
    number = 0
    while time.monotonic() < ends:
        passing = workspace.warehouses / "passing"
        passing.write_bytes(b"")
        put_on_shelf(workspace, passing, f"key{number}")
        point_to(workspace, f"key{number}")
        number += 1
        seen.add(current_key(workspace))

    assert seen == {f"key{one}" for one in range(number)} and number > 1


def test_every_table_is_there_with_its_columns_in_order(workspace, files, built):
    from frankpledge.model.tables import TABLES

    warehouse = built(workspace, table(files, 1))

    for schema in TABLES:
        described = warehouse.con.execute(f"DESCRIBE {schema.name}").fetchall()
        assert [(row[0], row[1]) for row in described] == [(column.name, column.type) for column in schema.columns]
        assert [row[2] == "YES" for row in described] == [column.null for column in schema.columns]


def test_loading_reference_twice_is_the_same():
    found = []
    for _ in range(2):
        con = duckdb.connect()
        from frankpledge.model.tables import TABLES

        for schema in TABLES:
            con.execute(schema.ddl())
        reference.load_reference(con, None)
        found.append(
            [con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in ("offence", "label", "area_name")]
        )
        con.close()

    assert found[0] == found[1] and all(found[0])
