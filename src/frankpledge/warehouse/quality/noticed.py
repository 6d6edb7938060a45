"""What was noticed of single files, added up over all files of a force or of a dataset."""

from __future__ import annotations

from collections import Counter, defaultdict

import duckdb


def noticed_by_force(con: duckdb.DuckDBPyConnection, kind: str) -> dict[str, list[tuple[str, int, int]]]:
    """Dataset → force (empty where a file is no one force's), number and among how many, of one kind of notice."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for dataset, force, number, among in _every(con, kind):
        if number:
            found[dataset].append((force, number, among))
    return found


def noticed(con: duckdb.DuckDBPyConnection, kind: str) -> list[tuple[str, int, int]]:
    """Dataset, number and among how many, of one kind of notice; all forces together, those that have none as well."""
    numbers, records = Counter[str](), Counter[str]()
    for dataset, _, number, among in _every(con, kind):
        numbers[dataset] += number
        records[dataset] += among
    return [(dataset, number, records[dataset]) for dataset, number in numbers.items() if number]


def _every(con: duckdb.DuckDBPyConnection, kind: str) -> list[tuple[str, str, int, int]]:
    return con.execute(
        """
        SELECT dataset, load.force, CAST(sum(number) AS BIGINT), CAST(coalesce(sum(among), 0) AS BIGINT)
        FROM noticed JOIN load USING (load_id) WHERE noticed.kind = ? GROUP BY ALL ORDER BY ALL
        """,
        [kind],
    ).fetchall()
