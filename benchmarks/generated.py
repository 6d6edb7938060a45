"""Crimes in the shape of data.police.uk, generated, of any number of rows; and the look-ups that place them."""

from pathlib import Path

import duckdb

ROWS_A_MONTH = 500_000  # about what England and Wales record in a month
SMALL_AREAS = 35_000
SMALL_AREAS_A_WARD = 5
WARDS_AN_AUTHORITY = 21
FORCE = "Example Police"

KINDS = (
    ("Violence and sexual offences", 30),
    ("Anti-social behaviour", 20),
    ("Public order", 8),
    ("Vehicle crime", 8),
    ("Other theft", 7),
    ("Criminal damage and arson", 8),
    ("Shoplifting", 6),
    ("Burglary", 4),
    ("Drugs", 3),
    ("Other crime", 2),
    ("Bicycle theft", 1),
    ("Robbery", 1),
    ("Possession of weapons", 1),
    ("Theft from the person", 1),
)


def months(rows: int) -> list[str]:
    """As many months as hold the rows, to December 2022, the last year there are populations of."""
    count = max(1, rows // ROWS_A_MONTH)
    last = 2022 * 12 + 11
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - count + 1, last + 1)]


def write_crimes(folder: Path, rows: int) -> list[Path]:
    """One CSV a month."""
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    bag = [name for name, weight in KINDS for _ in range(weight)]
    con.execute("CREATE TABLE kind AS SELECT unnest(?) AS name, generate_subscripts(?, 1) - 1 AS place", [bag, bag])
    paths = []
    for number, month in enumerate(months(rows)):
        path = folder / f"{month}-example-street.csv"
        paths.append(path)
        if path.exists():
            continue
        con.execute(f"""
            COPY (
                SELECT CASE WHEN kind.name = 'Anti-social behaviour' THEN ''
                            ELSE sha256(CAST(i AS VARCHAR)) END AS "Crime ID",
                       '{month}' AS "Month", '{FORCE}' AS "Reported by", '{FORCE}' AS "Falls within",
                       -3 + (hash(i, 5) % 400000) / 100000.0 AS "Longitude",
                       51 + (hash(i, 6) % 300000) / 100000.0 AS "Latitude",
                       'On or near Example Street ' || (hash(i, 7) % 60000) AS "Location",
                       CASE WHEN hash(i, 8) % 33 = 0 THEN '' ELSE
                           'E01' || lpad(CAST(hash(i, 9) % {SMALL_AREAS} AS VARCHAR), 6, '0') END AS "LSOA code",
                       'Example ' || (hash(i, 9) % {SMALL_AREAS}) AS "LSOA name", kind.name AS "Crime type",
                       'Under investigation' AS "Last outcome category", '' AS "Context"
                FROM range({number * ROWS_A_MONTH}, {(number + 1) * ROWS_A_MONTH}) AS rows(i)
                JOIN kind ON kind.place = hash(i, 10) % {len(bag)}
            ) TO '{path}' (HEADER)
        """)
    con.close()
    return paths


def write_places(folder: Path) -> list[Path]:
    """The look-up of small areas to wards and authorities, and populations."""
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute(f"""
        CREATE TABLE place AS
        SELECT 'E01' || lpad(CAST(i AS VARCHAR), 6, '0') AS LSOA21CD, 'Example ' || i AS LSOA21NM,
               'E05' || lpad(CAST(i // {SMALL_AREAS_A_WARD} AS VARCHAR), 6, '0') AS WD24CD,
               'Ward ' || (i // {SMALL_AREAS_A_WARD}) AS WD24NM,
               'E07' || lpad(CAST(i // {SMALL_AREAS_A_WARD * WARDS_AN_AUTHORITY} AS VARCHAR), 6, '0') AS LAD24CD,
               'Authority ' || (i // {SMALL_AREAS_A_WARD * WARDS_AN_AUTHORITY}) AS LAD24NM,
               1000 + hash(i) % 1500 AS mid_2020
        FROM range({SMALL_AREAS}) AS rows(i)
    """)
    lookup, people = folder / "lookup.csv", folder / "people.csv"
    con.execute(f"COPY (SELECT * EXCLUDE mid_2020 FROM place) TO '{lookup}' (HEADER)")
    con.execute(
        f"COPY (SELECT LSOA21CD, LSOA21NM, mid_2020, mid_2020 AS mid_2021, mid_2020 AS mid_2022 FROM place) "
        f"TO '{people}' (HEADER)"
    )
    con.close()
    return [lookup, people]
