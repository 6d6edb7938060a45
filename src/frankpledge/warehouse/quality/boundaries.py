"""Areas that were drawn anew: wards between elections, small areas between Censuses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.warehouse.quality.finding import SEVERAL, Finding, Seriousness, own_areas
from frankpledge.warehouse.quality.words import counted, listed, own_first
from frankpledge.warehouse.vintages import ELSEWHERE_TOO, NONE_OF_THEM

CARE = Seriousness.CARE
LOOK = "table coverage"


def find_boundary_breaks(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about boundaries."""
    yield from _wards(con)
    yield from _small_areas(con)
    yield from _not_counted(con)


# Wards of each authority for which counts are held, by the year of the look-up; only look-ups name all wards there are.
_WARDS = """
    WITH counted AS (
        SELECT DISTINCT placement.counted_in AS area_id
        FROM (SELECT DISTINCT area_id FROM coverage WHERE state = 'complete')
        JOIN placement USING (area_id) WHERE placement.kind = 'authority'
    )
    SELECT authority.name, CAST(member.vintage AS INTEGER), list(DISTINCT member.child)
    FROM area_member AS member JOIN load USING (load_id)
    JOIN area AS authority ON authority.code = member.parent SEMI JOIN counted ON counted.area_id = authority.area_id
    WHERE member.child_kind = 'ward' AND member.parent_kind = 'authority' AND load.source = 'ons-lookups'
    GROUP BY ALL ORDER BY ALL
"""


def _wards(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    wards: dict[str, dict[int, set[str]]] = defaultdict(dict)
    for name, vintage, codes in con.execute(_WARDS).fetchall():
        wards[name][vintage] = set(codes)
    redrawn: dict[tuple[int, int], dict[str, tuple[set[str], set[str]]]] = defaultdict(dict)
    for name, by_vintage in wards.items():
        order = sorted(by_vintage)
        for before, after in zip(order, order[1:], strict=False):
            if by_vintage[before] != by_vintage[after]:
                redrawn[before, after][name] = by_vintage[before], by_vintage[after]
    for (before, after), authorities in sorted(redrawn.items()):
        come = {code for old, new in authorities.values() for code in new - old}
        gone = {code for old, new in authorities.values() for code in old - new}
        since = _first_known(con, come, before) or after
        names = listed(
            f"{name} ({len(authorities[name][0])}, then {len(authorities[name][1])})"
            for name in own_first(list(authorities), own_areas(con))
        )
        sentence = (
            f"Wards were drawn anew between 20{before} and 20{since}, with the elections in May, in "
            f"{counted(len(authorities), 'authority', 'authorities')} with counts: {names}. "
            f"{_same_names(con, gone, come)}A ward before and after is not the same area: only figures that their "
            "publisher, or a best fit, has put to one set of wards are compared."
        )
        look = "tables area_member and area_name; docs/how-to/use-your-own-areas.md"
        subject = f"wards of 20{before} and 20{since}"
        yield Finding("boundary break", SEVERAL, subject, sentence, CARE, look, len(authorities))


def _first_known(con: duckdb.DuckDBPyConnection, codes: set[str], before: int) -> int | None:
    """The first year in which most of the new wards are known by any file held, look-up or map."""
    rows = con.execute(
        """
        SELECT vintage FROM area_name WHERE list_contains(?, code) AND vintage > ?
        GROUP BY vintage HAVING count(DISTINCT code) > ? ORDER BY vintage LIMIT 1
        """,
        [sorted(codes), before, len(codes) / 2],
    ).fetchall()
    return int(rows[0][0]) if rows else None


def _same_names(con: duckdb.DuckDBPyConnection, gone: set[str], come: set[str]) -> str:
    """How many names stand for other ground now."""
    rows = con.execute(
        """
        SELECT old.name FROM area_name AS old JOIN area_name AS new ON new.name = old.name
        JOIN area_member AS was ON was.child = old.code AND was.parent_kind = 'authority'
        JOIN area_member AS now ON now.child = new.code AND now.parent_kind = 'authority' AND now.parent = was.parent
        WHERE list_contains($gone, old.code) AND list_contains($come, new.code) GROUP BY ALL ORDER BY ALL
        """,
        {"gone": sorted(gone), "come": sorted(come)},
    ).fetchall()
    if not rows:
        return ""
    words = "One name stays and stands" if len(rows) == 1 else f"{len(rows):,} names stay and stand"
    return f"{words} for other ground ({rows[0][0]}). " if len(rows) == 1 else f"{words} for other ground. "


def _small_areas(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Small areas of 2011 that were split or merged for 2021, in authorities with counts."""
    ((old, new, changed),) = con.execute("""
        WITH counted AS (
            SELECT DISTINCT placement.counted_in AS authority_id
            FROM (SELECT DISTINCT area_id FROM coverage WHERE state = 'complete')
            JOIN placement USING (area_id) WHERE placement.kind = 'authority'
        ),
        pair AS (
            SELECT DISTINCT member.child, member.parent FROM area_member AS member JOIN area ON area.code = member.child
            JOIN placement ON placement.area_id = area.area_id AND placement.kind = 'authority'
            SEMI JOIN counted ON counted.authority_id = placement.counted_in
            WHERE member.child_kind = 'lsoa' AND member.parent_kind = 'lsoa'
        )
        SELECT count(DISTINCT child), count(DISTINCT parent),
               count(DISTINCT child) FILTER (child <> parent) FROM pair
    """).fetchall()
    if changed:
        sentence = (
            f"{changed:,} of the {old:,} small areas of 2011 in authorities with counts were split or merged for 2021 "
            f"({new:,} now). Counts by either are placed in one set of wards and authorities; between small areas of "
            "the "
            "two years nothing is compared."
        )
        look = "table area_member, from small area to small area"
        yield Finding("boundary break", SEVERAL, "small areas of 2011 and 2021", sentence, CARE, look, changed)


def _not_counted(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Small areas that only one Census has, in months that a file counts by the other's, or partly so."""
    rows = con.execute(
        f"""
        SELECT series.dataset, count(DISTINCT area_id) FILTER (coverage.state = 'absent'),
               count(DISTINCT area_id) FILTER (coverage.state = 'partial')
        FROM coverage JOIN series USING (series_id)
        WHERE ends_with(reason, '{NONE_OF_THEM}') OR starts_with(reason, '{ELSEWHERE_TOO}')
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    for dataset, none, some in rows:
        parts = []
        if none:
            parts.append(
                f"{counted(none, 'small area')} that only one Census has "
                f"{'is' if none == 1 else 'are'} missing in months whose files count by the other's."
            )
        if some:
            parts.append(
                f"Of {counted(some, 'small area')} split or merged between the two, a few records of some months "
                f"stand under the other Census's codes: {'it is' if some == 1 else 'they are'} missing there, not low."
            )
        sentence = " ".join([*parts, "Wards and authorities have every record."])
        yield Finding("other small areas", dataset, "small areas of 2011 and 2021", sentence, CARE, LOOK, none + some)
