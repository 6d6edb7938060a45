"""An open warehouse: read-only, cut off from files and network, and locked so."""

import duckdb
import pytest

from frankpledge.errors import WorkspaceError
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import rows


@pytest.fixture(scope="module")
def warehouse(place, built):
    workspace, files = place
    return built(workspace, files.boroughs())


@pytest.mark.parametrize(
    "statement",
    [
        "COPY area TO 'out.csv'",
        "COPY load FROM '/etc/hostname'",
        "EXPORT DATABASE 'out'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_blob('/etc/hostname')",
        "SELECT * FROM read_json('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_csv('http://127.0.0.1/x.csv')",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "CREATE SECRET s (TYPE s3)",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "SET memory_limit = '100GB'",
        "SET threads = 64",
        "PRAGMA threads = 64",
        "SET temp_directory = '/tmp'",
        "INSERT INTO quality VALUES ('a', 'b', 'c', 1, 'd')",
        "UPDATE monthly_count SET count = 0",
        "DELETE FROM load",
        "DROP TABLE load",
        "CREATE TABLE mine (a INTEGER)",
        "CREATE VIEW mine AS SELECT 1",
    ],
)
def test_statement_that_reaches_out_or_writes_fails(warehouse, statement, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(duckdb.Error):
        warehouse.con.execute(statement)

    assert list(tmp_path.iterdir()) == []
    assert rows(warehouse, "SELECT sum(count) FROM monthly_count") == [10]


def test_counting_expressions_share_the_locked_connection(warehouse):
    assert warehouse.ibis.raw_sql("SELECT count FROM monthly_count").fetchall() == [(10,)]
    with pytest.raises(duckdb.Error):
        warehouse.ibis.raw_sql("SELECT * FROM read_csv('/etc/hostname')")


def test_open_before_the_first_build_says_what_to_do(workspace):
    with pytest.raises(WorkspaceError) as refused:
        open_warehouse(workspace)

    assert "frankpledge build" in refused.value.to_do
