"""How old each feed is, against how often it is published; “now” is the day the newest file was added."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from frankpledge.periods import month_number, month_words
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.quality.finding import Finding, Seriousness
from frankpledge.warehouse.quality.words import counted

# The first word of a cadence → months from the newest month of a feed to the day it is in hand, and then some:
# two months to publish a month's crimes, and two more to fetch them.
USUAL_LAG = {"daily": 4, "monthly": 4, "quarterly": 8, "yearly": 26}
# Feeds that come as partners agree have no lag of their own; other cadences (a Census) are not judged at all.
AGREED = "as agreed"


def find_lag(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """The newest month of each feed, and whether a newer one is to be had."""
    cadences = {one.source.dataset: one.source.cadence for one in all_sources().values()}
    now = newest_day(con)
    rows = con.execute("""
        SELECT series.dataset, max(series.last_month) FROM series
        WHERE last_month IS NOT NULL AND NOT invented GROUP BY dataset ORDER BY dataset
    """).fetchall()
    for dataset, last in rows:
        if now is None or dataset not in cadences:
            continue
        cadence = cadences[dataset]
        lag = month_number(*now) - last
        how_often = cadence.split(",")[0].split()[0]
        usual = USUAL_LAG.get(how_often)
        since = (
            f"The newest month held is {month_words(last)}, {counted(lag, 'month')} before the newest file was added"
        )
        if usual is not None and lag > usual:
            sentence = f"{since} ({month_words(month_number(*now))}). It is published {cadence}: look for newer files."
            yield Finding("behind", dataset, month_words(last), sentence, Seriousness.CARE, "frankpledge fetch", lag)
        elif lag >= 0 and (usual is not None or cadence.startswith(AGREED)):
            sentence = f"{since}. How often it comes: {cadence}."
            yield Finding("newest month", dataset, month_words(last), sentence, Seriousness.KNOW, "table series", lag)


def newest_day(con: duckdb.DuckDBPyConnection) -> tuple[int, int] | None:
    """Year and month in which the newest file was added; None where there is none."""
    ((newest,),) = con.execute("SELECT max(added) FROM load").fetchall()
    return (int(newest[:4]), int(newest[5:7])) if newest else None
