"""The counting expressions on a second engine (Sail, which speaks Spark Connect): the same integers, every one."""

import duckdb
import ibis
import pyarrow as pa
import pytest

from frankpledge.geography import AreaKind
from frankpledge.indicators.counting import Span, run_counts

AREAS = 400
OFFENCES = 9
FIRST, LAST = 24_200, 24_235


def tables() -> dict[str, pa.Table]:
    """A cube of two releases that overlap, with areas in wards, wards in authorities, and rows beyond any of them."""
    con = duckdb.connect()
    con.execute(f"""
        CREATE TABLE monthly_count AS
        SELECT CAST(hash(i) % 2 AS USMALLINT) AS series_id, CAST({FIRST} + hash(i, 1) % 36 AS INTEGER) AS month,
               CAST(hash(i, 2) % {AREAS + 1} AS UINTEGER) AS area_id,
               CAST(hash(i, 3) % {OFFENCES} AS USMALLINT) AS offence_id,
               CAST(1 + hash(i, 4) % 5 AS INTEGER) AS count
        FROM range(40000) AS rows(i);
        CREATE TABLE area AS
        SELECT CAST(i AS UINTEGER) AS area_id, 'X' || lpad(CAST(i AS VARCHAR), 5, '0') AS code
        FROM range(600) AS rows(i);
        -- Areas 0..399 lie in wards 400..439, those in authorities 500..509; area {AREAS} is a region of its own.
        CREATE TABLE placement AS
        SELECT area_id, 'ward' AS kind, CAST(400 + area_id % 40 AS UINTEGER) AS counted_in
        FROM area WHERE area_id < {AREAS}
        UNION ALL
        SELECT area_id, 'authority', CAST(500 + area_id % 10 AS UINTEGER) FROM area WHERE area_id < {AREAS}
        UNION ALL
        SELECT area_id, 'region', CAST({AREAS} AS UINTEGER) FROM area WHERE area_id <= {AREAS};
    """)
    return {name: con.table(name).to_arrow_table() for name in ("monthly_count", "area", "placement")}


@pytest.fixture(scope="module")
def held():
    return tables()


@pytest.fixture(scope="module")
def on_duckdb(held):
    con = ibis.duckdb.connect()
    for name, table in held.items():
        con.create_table(name, table)
    yield con
    con.disconnect()


@pytest.fixture(scope="module")
def on_sail(held, tmp_path_factory):
    from pyarrow import parquet
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    spark = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
    con = ibis.pyspark.connect(spark)
    folder = tmp_path_factory.mktemp("sail")
    for name, table in held.items():
        parquet.write_table(table, folder / f"{name}.parquet")
        con.read_parquet(str(folder / f"{name}.parquet"), table_name=name)
    yield con
    spark.stop()
    server.stop()


QUESTIONS = [
    (AreaKind.WARD, [0, 1, 2], [Span(0, FIRST, LAST)]),
    (AreaKind.AUTHORITY, list(range(OFFENCES)), [Span(1, FIRST, LAST)]),
    (AreaKind.AUTHORITY, [4], [Span(0, FIRST, FIRST + 17), Span(1, FIRST + 18, LAST)]),
    (AreaKind.REGION, list(range(OFFENCES)), [Span(0, FIRST, FIRST + 5)]),
]


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind, offences, spans", QUESTIONS)
def test_counts_agree(on_duckdb, on_sail, kind, offences, spans):
    here = run_counts(on_duckdb, offence_ids=offences, kind=kind, spans=spans)
    there = run_counts(on_sail, offence_ids=offences, kind=kind, spans=spans)

    assert here == there
    assert sum(count for months in here.values() for count in months.values()) > 0


def test_counts_are_those_of_a_plain_loop(on_duckdb, held):
    kind, offences, spans = QUESTIONS[2]
    counted_in = {
        row["area_id"]: row["counted_in"] for row in held["placement"].to_pylist() if row["kind"] == str(kind)
    }
    codes = {row["area_id"]: row["code"] for row in held["area"].to_pylist()}
    plain: dict[str, dict[int, int]] = {}
    for row in held["monthly_count"].to_pylist():
        in_span = any(s.series_id == row["series_id"] and s.first <= row["month"] <= s.last for s in spans)
        if in_span and row["offence_id"] in offences and row["area_id"] in counted_in:
            months = plain.setdefault(codes[counted_in[row["area_id"]]], {})
            months[row["month"]] = months.get(row["month"], 0) + row["count"]

    assert run_counts(on_duckdb, offence_ids=offences, kind=kind, spans=spans) == plain
