"""What must be true of a warehouse before it is made current. A failure here is our mistake, not the data's."""

from __future__ import annotations

import duckdb

from frankpledge.sources.reading.tables import one_row
from frankpledge.warehouse.areas import is_drawn_sql

# Each query counts what must not be.
_CHECKS = {
    "the cube counts every record that has an area, once": f"""
        SELECT coalesce(sum(abs(records - coalesce(counted, 0))), 0) FROM (
            SELECT load_id, count(area_id) AS records FROM incident WHERE load_id >= $since GROUP BY load_id
        ) LEFT JOIN (
            SELECT load_id, sum(count) AS counted FROM monthly_count JOIN offence USING (offence_id)
            WHERE load_id >= $since AND path NOT LIKE 'flagged/%' AND NOT {is_drawn_sql("area_id")} GROUP BY load_id
        ) USING (load_id)
    """,
    "no count is negative": "SELECT count(*) FROM monthly_count WHERE load_id >= $since AND count < 1",
    "every area is counted in one area of a kind at most": """
        SELECT count(*) FROM (SELECT area_id, kind FROM placement GROUP BY ALL HAVING count(*) > 1)
    """,
    "rows read are rows kept and rows refused": """
        SELECT count(*) FROM load WHERE load_id >= $since AND rows_read <> rows_kept + (
            SELECT count(DISTINCT row) FROM refused_row WHERE refused_row.load_id = load.load_id)
    """,
    "an area has one population a year and series": """
        SELECT count(*) FROM (SELECT series_id, area_code, year, part FROM population GROUP BY ALL HAVING count(*) > 1)
    """,
    "every count lies in a series": "SELECT count(*) FROM monthly_count ANTI JOIN series USING (series_id)",
}


def check_warehouse(con: duckdb.DuckDBPyConnection, since: int = 0) -> None:
    """Run every check.

    Parameters
    ----------
    since
        Number of the first file whose rows are new; those before it were checked when they came.

    Raises
    ------
    AssertionError
        Naming the check that failed and by how much.
    """
    for promise, query in _CHECKS.items():
        (off,) = one_row(con, query.replace("$since", str(since)))
        if off:
            raise AssertionError(f"check failed: {promise} (off by {off})")
