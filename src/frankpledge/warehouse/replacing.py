"""What gives way when a file says again what an earlier one said: a release, a month, a count, a record.

The one added last stands, and what it replaced is said. Nothing is ever counted twice, and nothing
that a newer file leaves out is taken away with what it corrects, but for a whole release or month.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.reading.tables import one_row
from frankpledge.sources.source import Issue, Source, Stage, Tidied
from frankpledge.warehouse.noticing import notice

# What is counted: all that goes when another file takes a file's place.
_COUNTING = (
    "incident", "involvement", "monthly_count", "published_value", "stated_coverage", "series_offence", "noticed",
    "harm_weight", "followed_person",
)  # fmt: skip

# What is noticed of a file that took the place of another, or of some of its rows.
GAVE_WAY = (
    "release twice", "month twice", "release shrunk", "month shrunk", "revised counts", "revised records",
)  # fmt: skip

# What is restated comes with a few rows more or fewer. One with a fifth fewer is a part of what was there.
LEAST_OF_BEFORE = 0.8


def take_place(
    con: duckdb.DuckDBPyConnection, source: Source, tidied: Tidied, keys: tuple[int, int], file: RawFile
) -> None:
    """Where a file restates a whole release, or a month of a force, the one added last stands alone.

    Populations of one release come in several files, by kind of area, so there only the areas, years and
    parts that the new file has go.
    """
    if source.stage is Stage.PEOPLE:
        _clear_people(con, tidied, keys[1])
    if source.stage is not Stage.COUNTS:
        return
    found = _same(source, tidied, keys[1])
    if found is None:
        return
    where, values, kind, why = found
    query = f"SELECT load_id, file, rows_kept FROM load WHERE {where} AND NOT replaced ORDER BY load_id"
    for older_id, older, records in con.execute(query, values).fetchall():
        for table in _COUNTING:
            con.execute(f"DELETE FROM {table} WHERE load_id = ?", [older_id])
        con.execute("UPDATE load SET replaced = true WHERE load_id = ?", [older_id])
        newer = tidied.rows_read if tidied.rows_kept is None else tidied.rows_kept
        sentence = f"{older} ({records:,} rows) and {file.name} ({newer:,}) {why}; the one added last is counted."
        if newer < LEAST_OF_BEFORE * records:
            sentence += f" It has far fewer rows: where it is only a part, “frankpledge remove {file.name}” and build."
            kind = kind.replace("twice", "shrunk")
        notice(con, keys[0], kind, older, records, sentence=sentence)


def _same(source: Source, tidied: Tidied, series_id: int) -> tuple[str, list[object], str, str] | None:
    """Which files a file takes the place of, as SQL with its values, and what to say of it."""
    if source.issue is Issue.WHOLE:
        return "series_id = ?", [series_id], "release twice", f"are both release {tidied.release}"
    if not tidied.force:
        return None
    month: list[object] = [source.slug, tidied.force, tidied.first_month, tidied.last_month]
    where = "source = ? AND force = ? AND first_month = ? AND last_month = ?"
    return where, month, "month twice", "hold the same force and month"


def _clear_people(con: duckdb.DuckDBPyConnection, tidied: Tidied, series_id: int) -> None:
    of_series = f"FROM population WHERE series_id = {series_id}"
    # Of most releases there is one file: to look is quicker than to compare all of it with nothing.
    if not con.execute(f"SELECT 1 {of_series} LIMIT 1").fetchall():
        return
    for rows in tidied.rows:
        if rows.table == "population":
            con.execute(
                f"DELETE {of_series} "
                f"AND (area_code, year, part) IN (SELECT (area_code, year, part) FROM ({rows.query}))"
            )


def replace_cells(con: duckdb.DuckDBPyConnection, load_id: int, series_id: int) -> None:
    """Counts that the temporary table ``counted`` gives anew replace those of earlier files."""
    (replaced,) = one_row(
        con,
        f"""
        DELETE FROM monthly_count WHERE series_id = {series_id} AND (month, area_id, offence_id) IN (
            SELECT month, area_id, offence_id FROM counted)
        """,
    )
    if replaced:
        notice(con, load_id, "revised counts", "", replaced)


def replace_records(con: duckdb.DuckDBPyConnection, load_id: int, series_id: int) -> list[int]:
    """Records that a file gives anew (same reference, same offence) replace those of earlier files.

    Returns
    -------
    Files that lost a record, to be counted anew.
    """
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE given_anew AS
        SELECT older.load_id, older.reference, older.offence_id, count(*) AS records
        FROM incident AS older JOIN load ON load.load_id = older.load_id AND load.series_id = {series_id}
        WHERE older.load_id <> {load_id} AND (older.reference, older.offence_id) IN (
            SELECT reference, offence_id FROM incident WHERE load_id = {load_id} AND reference IS NOT NULL)
        GROUP BY ALL
    """)
    (replaced,) = one_row(con, "SELECT coalesce(sum(records), 0) FROM given_anew")
    if not replaced:
        return []
    con.execute("""
        DELETE FROM incident WHERE (load_id, reference, offence_id) IN (
            SELECT load_id, reference, offence_id FROM given_anew)
    """)
    notice(con, load_id, "revised records", "", int(replaced))
    return [number for (number,) in con.execute("SELECT DISTINCT load_id FROM given_anew ORDER BY ALL").fetchall()]


def replace_people(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """A person's part in an incident, given anew, replaces what an earlier file said of it."""
    key = "reference, role, person"
    con.execute(f"DELETE FROM involvement WHERE ({key}) IN (SELECT ({key}) FROM ({query}))")


def replace_followed(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """A person followed, given anew from the same day, replaces what an earlier file knew of them."""
    key = "person, cohort, began"
    con.execute(f"DELETE FROM followed_person WHERE ({key}) IN (SELECT ({key}) FROM ({query}))")


def replace_values(con: duckdb.DuckDBPyConnection, query: str, series_id: int) -> None:
    """Values published anew for the same area, measure and months replace those of earlier files."""
    of_series = f"FROM published_value WHERE series_id = {series_id}"
    again = f"(SELECT DISTINCT measure FROM ({query}))"
    # A file of other measures, which many a release comes in, is not compared value by value.
    if not con.execute(f"SELECT 1 {of_series} LIMIT 1").fetchall():
        return
    if con.execute(f"SELECT 1 FROM (SELECT DISTINCT measure {of_series}) WHERE measure IN {again} LIMIT 1").fetchall():
        key = "area_code, measure, first_month, last_month"
        con.execute(f"DELETE {of_series} AND ({key}) IN (SELECT ({key}) FROM ({query}))")


# Many files may make one release of these, and only the newest release is of any use. Names of places are
# published area by area, each with a date of its own: there the same place said twice does no harm.
_OF_PLACES = ("postcode", "centroid")


def keep_newest_places(con: duckdb.DuckDBPyConnection, source: Source, tidied: Tidied) -> None:
    """Of postcodes and centroids, keep those of a dataset's newest release alone."""
    for rows in tidied.rows:
        if rows.table in _OF_PLACES:
            con.execute(
                f"""
                DELETE FROM {rows.table} WHERE load_id IN (
                    SELECT load_id FROM load WHERE dataset = ? AND release < (
                        SELECT max(release) FROM load WHERE dataset = ?))
                """,
                [source.dataset, source.dataset],
            )
