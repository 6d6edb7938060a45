"""Several releases of one dataset: by how much they differ, which months are not final, and what adds up to what."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.quality.finding import SEVERAL, Finding, Seriousness, own_areas
from frankpledge.warehouse.quality.words import change, counted, listed, own_first, span

CARE = Seriousness.CARE

# An authority whose count differs by less between two releases is not named.
LEAST_CHANGE = 0.01
# Counts that agree to this are the same: a crime or two was moved.
SAME = 0.002
# A year of months at the least, so that a difference is more than a month's late entries.
ENOUGH_MONTHS = 12
# How many of the newest months in common are looked at for late entries.
NEWEST = 3


@dataclass(frozen=True)
class Pair:
    """Two releases of one dataset, the older first, and the months that both hold."""

    dataset: str
    older: str
    newer: str
    older_id: int
    newer_id: int
    first: int
    last: int


def find_revisions(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about releases."""
    con.execute(_AUTHORITY_MONTH)
    yield from _several(con)
    for pair in _pairs(con):
        yield from _areas_differ(con, pair)
        yield from _newest_differ(con, pair)
    yield from _provisional(con)
    yield from _parts_and_whole(con)
    con.execute("DROP TABLE authority_month")


# Crimes by series, authority and month; `whole` where the authority has a row of its own, and is no sum of parts.
_AUTHORITY_MONTH = """
    CREATE OR REPLACE TEMP TABLE authority_month AS
    SELECT cube.series_id, placement.counted_in AS authority_id, cube.month,
           bool_or(placement.area_id = placement.counted_in) AS whole, CAST(sum(count) AS BIGINT) AS count
    FROM monthly_count AS cube JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = cube.area_id AND placement.kind = 'authority'
    WHERE path LIKE 'crime/%' GROUP BY ALL
"""


def _several(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT dataset, string_agg(release, ', ' ORDER BY release), count(*) FROM series
        WHERE first_month IS NOT NULL GROUP BY dataset HAVING count(*) > 1 ORDER BY dataset
    """).fetchall()
    for dataset, releases, number in rows:
        sentence = (
            f"Held in {number} releases ({releases}). The newest that covers what is asked for is read; they are never "
            "mixed unless a definition declares it. Pin one in partnership.yaml to hold to it."
        )
        yield Finding("several releases", dataset, releases, sentence, Seriousness.KNOW, "frankpledge sources", number)


def _pairs(con: duckdb.DuckDBPyConnection) -> list[Pair]:
    rows = con.execute("""
        WITH held AS (SELECT * FROM series WHERE series_id IN (SELECT series_id FROM authority_month))
        SELECT older.dataset, older.release, newer.release, older.series_id, newer.series_id,
               greatest(older.first_month, newer.first_month), least(older.last_month, newer.last_month)
        FROM held AS older JOIN held AS newer ON newer.dataset = older.dataset AND newer.release > older.release
        WHERE greatest(older.first_month, newer.first_month) <= least(older.last_month, newer.last_month)
        ORDER BY ALL
    """).fetchall()
    return [Pair(*row) for row in rows]


def _sums(con: duckdb.DuckDBPyConnection, pair: Pair, by: str) -> list[tuple[str, int, int]]:
    """What both releases count over their months in common, by name of authority or by month."""
    rows = con.execute(
        f"""
        SELECT {by}, CAST(coalesce(sum(count) FILTER (series_id = $older), 0) AS BIGINT),
               CAST(coalesce(sum(count) FILTER (series_id = $newer), 0) AS BIGINT)
        FROM authority_month JOIN area ON area.area_id = authority_id
        WHERE series_id IN ($older, $newer) AND month BETWEEN $first AND $last GROUP BY ALL ORDER BY 1
        """,
        {"older": pair.older_id, "newer": pair.newer_id, "first": pair.first, "last": pair.last},
    ).fetchall()
    return [(name, older, newer) for name, older, newer in rows if older and newer]


def _areas_differ(con: duckdb.DuckDBPyConnection, pair: Pair) -> Iterator[Finding]:
    """Authorities whose counts differ between two releases: for moved borders, not for late entries."""
    areas = {name: (older, newer) for name, older, newer in _sums(con, pair, "area.name")}
    differing = {name: both for name, both in areas.items() if abs(both[1] - both[0]) >= LEAST_CHANGE * both[0]}
    if not differing:
        return
    by_size = sorted(differing, key=lambda name: -abs(differing[name][1] / differing[name][0] - 1))
    mine = own_areas(con)
    ordered = own_first([name for name in by_size if name in mine], mine) + [one for one in by_size if one not in mine]
    names = listed(
        f"{name} {differing[name][0]:,} → {differing[name][1]:,} ({change(*differing[name])})" for name in ordered
    )
    whole = [sum(both[side] for both in areas.values()) for side in (0, 1)]
    sentence = (
        f"Releases {pair.older} and {pair.newer} differ in the months both hold ({span(pair.first, pair.last)}): "
        f"{counted(whole[0], 'crime')} against {whole[1]:,} in all ({change(*whole)}), and by 1% or more in "
        f"{len(differing)} of {counted(len(areas), 'authority', 'authorities')}{_in_years(con, pair)}: {names}."
    )
    look = f"frankpledge show total-offences --year {(pair.last - 11) // 12} --pin {pair.dataset}={pair.older}"
    yield Finding("revised areas", pair.dataset, f"{pair.older}, {pair.newer}", sentence, CARE, look, len(differing))


def _in_years(con: duckdb.DuckDBPyConnection, pair: Pair) -> str:
    """In how many of the whole years in common most authorities differ: a thing of one year, or of nearly all."""
    rows = con.execute(
        """
        SELECT month // 12 AS year, authority_id, sum(count) FILTER (series_id = $older) AS older,
               sum(count) FILTER (series_id = $newer) AS newer
        FROM authority_month WHERE series_id IN ($older, $newer) AND month BETWEEN $first AND $last
        GROUP BY ALL HAVING count(DISTINCT month) = 12 AND older > 0 AND newer > 0
        """,
        {"older": pair.older_id, "newer": pair.newer_id, "first": pair.first, "last": pair.last},
    ).fetchall()
    years: dict[int, list[bool]] = defaultdict(list)
    for year, _, older, newer in rows:
        years[year].append(abs(newer - older) >= LEAST_CHANGE * older)
    differing = [year for year, judged in years.items() if 2 * sum(judged) > len(judged)]
    return f" (in {len(differing)} of {len(years)} whole years most of them do)" if len(years) > 1 and differing else ""


def _newest_differ(con: duckdb.DuckDBPyConnection, pair: Pair) -> Iterator[Finding]:
    """The newest months in common, which were revised after the older release."""
    months = _sums(con, pair, "month")
    if len(months) <= NEWEST:
        return
    newest, before = months[-NEWEST:], months[:-NEWEST]
    changes = [abs(newer - older) / older for _, older, newer in newest]
    usual = statistics.median(abs(newer - older) / older for _, older, newer in before)
    if max(changes) <= max(2 * usual, 1 / 10_000):
        return
    said = listed(
        f"{span(int(month), int(month))} {older:,} → {newer:,} ({change(older, newer)})"
        for month, older, newer in newest
    )
    sentence = (
        f"The newest months of release {pair.older} were revised by release {pair.newer}: {said}; of the earlier "
        "months "
        f"half differ by no more than {100 * usual:.2f}%. The newest months of any release are still to be revised."
    )
    subject = f"{pair.older}, {pair.newer}"
    yield Finding(
        "revised months", pair.dataset, subject, sentence, CARE, "table series: provisional_from", len(newest)
    )


def _provisional(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT dataset, arg_max(release, last_month), max(provisional_from), max(last_month) FROM series
        WHERE provisional_from IS NOT NULL AND last_month IS NOT NULL GROUP BY dataset ORDER BY dataset
    """).fetchall()
    for dataset, release, first, last in rows:
        sentence = f"{span(first, last)} of release {release} will still be revised: figures of these are provisional."
        look = "table series: provisional_from"
        yield Finding("provisional months", dataset, release, sentence, Seriousness.KNOW, look, last - first + 1)


def _parts_and_whole(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Whether what a publisher counts by parts adds up to what it counts by authority, release by release."""
    publishers = {one.source.dataset: one.source.publisher for one in all_sources().values()}
    partial = {one.source.dataset for one in all_sources().values() if one.source.part_of_offences}
    rows = con.execute(
        """
        WITH kind AS (SELECT series_id, bool_and(whole) AS whole FROM authority_month GROUP BY series_id),
        span AS (SELECT series.*, kind.whole FROM series JOIN kind USING (series_id))
        SELECT part.dataset, part.release, whole.dataset, whole.release, part.series_id, whole.series_id,
               greatest(part.first_month, whole.first_month) AS first, least(part.last_month, whole.last_month) AS last
        FROM span AS part JOIN span AS whole ON whole.whole AND NOT part.whole
        WHERE last - first + 1 >= ? ORDER BY ALL
        """,
        [ENOUGH_MONTHS],
    ).fetchall()
    for part, part_release, whole, release, part_id, whole_id, first, last in rows:
        if publishers.get(part) != publishers.get(whole) or {part, whole} & partial:
            continue
        pair = Pair(whole, release, part_release, whole_id, part_id, first, last)
        areas = _sums(con, pair, "area.name")
        differences = {name: abs(newer - older) / older for name, older, newer in areas}
        if not differences:
            continue
        yield _adds_up(part, pair, differences)


def _adds_up(part: str, pair: Pair, differences: dict[str, float]) -> Finding:
    most = max(differences, key=lambda name: (differences[name], name))
    what = f"The parts in {part} ({pair.newer})"
    where = f"{pair.dataset} in release {pair.older}, {span(pair.first, pair.last)}"
    middle = statistics.median(differences.values())
    if differences[most] <= SAME:
        sentence = f"{what} add up to {where}, to within {100 * SAME:.1f}% of every authority."
        return Finding("parts and whole", SEVERAL, f"{part}, {pair.dataset}", sentence, Seriousness.KNOW, "", 0)
    beyond = sum(one > SAME for one in differences.values())
    sentence = (
        f"{what} do not add up to {where}: {beyond} of {counted(len(differences), 'authority', 'authorities')} "
        "differ, by "
        f"{100 * middle:.1f}% in the middle of them and {100 * differences[most]:.1f}% at most ({most}). A ward's "
        "share "
        "of its borough is to be worked out within one release."
    )
    return Finding("parts and whole", SEVERAL, f"{part}, {pair.dataset}", sentence, CARE, "table monthly_count", beyond)
