"""What must be true of a warehouse before it is made current. A failure here is our mistake, not the data's."""

from __future__ import annotations

import duckdb

# Each query counts what must not be.
_CHECKS = {
    "the cube counts every record that has an area, once": """
        SELECT abs((SELECT coalesce(sum(count), 0) FROM monthly_count) - (
            SELECT coalesce(sum(count), 0) FROM counted JOIN area ON area.code = counted.area_code
        ) - (SELECT count(*) FROM incident JOIN area ON area.code = incident.area_code))
    """,
    "no count is negative": "SELECT count(*) FROM monthly_count WHERE count < 1",
    "every area is counted in one area of a kind at most": """
        SELECT count(*) FROM (SELECT area_id, kind FROM placement GROUP BY ALL HAVING count(*) > 1)
    """,
    "rows read are rows kept and rows refused": """
        SELECT count(*) FROM load WHERE rows_read <> rows_kept + (
            SELECT count(DISTINCT row) FROM refused_row WHERE refused_row.load_id = load.load_id)
    """,
    "an area has one population a year and series": """
        SELECT count(*) FROM (SELECT series_id, area_code, year FROM population GROUP BY ALL HAVING count(*) > 1)
    """,
    "every count lies in a series": "SELECT count(*) FROM monthly_count ANTI JOIN series USING (series_id)",
}


def check_warehouse(con: duckdb.DuckDBPyConnection) -> None:
    """Run every check.

    Raises
    ------
    AssertionError
        Naming the check that failed and by how much.
    """
    for promise, query in _CHECKS.items():
        row = con.execute(query).fetchone()
        assert row is not None
        if row[0] != 0:
            raise AssertionError(f"check failed: {promise} (off by {row[0]})")
