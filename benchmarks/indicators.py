"""All indicators that street records can answer: ours from the cube, by hand in SQL over rows, and in pandas.

The work: by month, ward and authority, each indicator's counts; rolling twelve months and the year
before by authority; rates; ranks. All three give the same counts, which are compared.
"""

from pathlib import Path

import duckdb

from frankpledge import AreaKind, compute, find_indicator, open_warehouse
from frankpledge.indicators.counting import run_counts
from frankpledge.periods import rolling_year
from frankpledge.statistics.comparison import rank_ranges
from frankpledge.workspace import Workspace

KINDS = {
    "total-offences": "NOT IN ('Anti-social behaviour')",
    "burglary": "IN ('Burglary')",
    "robbery": "IN ('Robbery')",
    "vehicle-crime": "IN ('Vehicle crime')",
    "drug-offences": "IN ('Drugs')",
    "anti-social-behaviour": "IN ('Anti-social behaviour')",
    "possession-of-weapons": "IN ('Possession of weapons')",
}


def ours(folder: str) -> dict[str, int]:
    """From the warehouse's cube, with intervals and plausible ranks beside."""
    warehouse = open_warehouse(Workspace(Path(folder)))
    (last,) = warehouse.con.execute("SELECT max(last_month) FROM series").fetchone()
    authorities = [
        row[0]
        for row in warehouse.con.execute(
            "SELECT code FROM area WHERE kind = 'authority' AND code LIKE 'E07%'"
        ).fetchall()
    ]
    totals = {}
    for slug in KINDS:
        indicator = find_indicator(slug)
        periods = [rolling_year(last - 12), rolling_year(last)]
        answer = compute(warehouse, indicator, AreaKind.AUTHORITY, authorities, periods, pinned={})
        now = [one for one in answer.at(periods[1]) if not one.missing]
        rank_ranges([one.numerator for one in now], [one.denominator for one in now], draws=2_000)
        selection = answer.selection
        wards = run_counts(warehouse.ibis, offence_ids=selection.offence_ids, kind=AreaKind.WARD, spans=selection.spans)
        totals[slug] = sum(one.numerator for one in now)
        totals[f"{slug} by ward"] = sum(count for months in wards.values() for count in months.values())
    warehouse.close()
    return totals


def by_hand(folder: str, places: str) -> dict[str, int]:
    """DuckDB SQL over the rows, written by hand, shared parts made once."""
    con = duckdb.connect()
    con.execute("SET threads = 2")
    con.execute(f"CREATE TABLE place AS SELECT * FROM read_csv('{places}/lookup.csv')")
    con.execute(f"CREATE TABLE people AS SELECT LSOA21CD, mid_2022 FROM read_csv('{places}/people.csv')")
    con.execute(f"""
        CREATE TABLE monthly AS
        SELECT "Month" AS month, "LSOA code" AS lsoa, "Crime type" AS kind, count(*) AS n
        FROM '{folder}/*.parquet' WHERE "LSOA code" <> '' GROUP BY ALL
    """)
    con.execute("""
        CREATE TABLE placed AS SELECT month, WD24CD AS ward, LAD24CD AS authority, kind, n
        FROM monthly JOIN place ON lsoa = LSOA21CD;
        CREATE TABLE ward AS SELECT month, ward, kind, sum(n) AS n FROM placed GROUP BY ALL;
        CREATE TABLE authority AS SELECT month, authority, kind, sum(n) AS n FROM placed GROUP BY ALL;
        CREATE TABLE residents AS
        SELECT LAD24CD AS authority, sum(mid_2022) AS residents FROM people JOIN place USING (LSOA21CD) GROUP BY ALL;
    """)
    totals = {}
    for slug, kinds in KINDS.items():
        rows = con.execute(f"""
            WITH m AS (SELECT month, authority, sum(n) AS n FROM authority WHERE kind {kinds} GROUP BY ALL),
            rolling AS (
                SELECT month, authority, sum(n) OVER w AS n,
                       lag(n, 12) OVER (PARTITION BY authority ORDER BY month) AS ago
                FROM m WINDOW w AS (PARTITION BY authority ORDER BY month ROWS 11 PRECEDING)
            )
            SELECT authority, n, 1000.0 * n / residents AS rate, rank() OVER (ORDER BY n / residents) AS place
            FROM rolling JOIN residents USING (authority) WHERE month = (SELECT max(month) FROM m)
        """).fetchall()
        totals[slug] = int(sum(row[1] for row in rows))
        wards = con.execute(f"SELECT ward, month, sum(n) FROM ward WHERE kind {kinds} GROUP BY ALL").fetchall()
        totals[f"{slug} by ward"] = int(sum(row[2] for row in wards))
    return totals


def in_pandas(folder: str, places: str) -> dict[str, int]:
    """pandas, with categories."""
    import pandas as pd

    columns = ["Month", "LSOA code", "Crime type"]
    rows = pd.concat(pd.read_parquet(path, columns=columns) for path in sorted(Path(folder).glob("*.parquet")))
    rows = rows.astype("category")
    place = pd.read_csv(f"{places}/lookup.csv")
    people = pd.read_csv(f"{places}/people.csv")
    monthly = rows.groupby(columns, observed=True).size().rename("n").reset_index()
    monthly = monthly.merge(place, left_on="LSOA code", right_on="LSOA21CD")
    residents = people.merge(place, on="LSOA21CD").groupby("LAD24CD")["mid_2022"].sum()
    totals = {}
    for slug, kinds in KINDS.items():
        name = kinds.split("'")[1]
        kept = monthly[(monthly["Crime type"] != name) if kinds.startswith("NOT") else (monthly["Crime type"] == name)]
        wards = kept.groupby(["WD24CD", "Month"], observed=True)["n"].sum()
        by_month = kept.groupby(["LAD24CD", "Month"], observed=True)["n"].sum().unstack(fill_value=0).sort_index(axis=1)
        year = by_month.T.rolling(12).sum().T.iloc[:, -1]
        (1000 * year / residents).rank()
        totals[slug] = int(year.sum())
        totals[f"{slug} by ward"] = int(wards.sum())
    return totals
