"""Figures that rest on few: areas with few residents, and offences with few events in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.geography import MANY_OF, AreaKind
from frankpledge.periods import month_words
from frankpledge.warehouse.quality.finding import SEVERAL, Finding, Seriousness
from frankpledge.warehouse.quality.words import listed

KNOW = Seriousness.KNOW

FEW_RESIDENTS = 1_000
# Below this a count's own chance is a third of it or more.
FEW_EVENTS = 10
YEAR = 12


def find_small_numbers(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about small denominators and small counts."""
    yield from _few_residents(con)
    yield from _few_events(con)


def _few_residents(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Areas with counts whose newest population is small."""
    rows = con.execute(
        """
        WITH newest AS (
            SELECT area_code, arg_max(number, year) AS residents FROM population
            WHERE part = 'residents' GROUP BY area_code
        )
        SELECT area.kind, area.name, newest.residents, count(*) OVER (PARTITION BY area.kind)
        FROM area JOIN newest ON newest.area_code = area.code
        WHERE area.area_id IN (SELECT area_id FROM monthly_count)
        QUALIFY residents < ? ORDER BY area.kind, residents, area.name
        """,
        [FEW_RESIDENTS],
    ).fetchall()
    small: dict[str, list[str]] = defaultdict(list)
    every: dict[str, int] = {}
    for kind, name, residents, number in rows:
        small[kind].append(f"{name} ({residents:,})")
        every[kind] = number
    for kind, names in small.items():
        sentence = (
            f"{len(names):,} of {every[kind]:,} {MANY_OF.get(AreaKind(kind), kind + 's')} with counts have fewer than "
            f"{FEW_RESIDENTS:,} "
            f"residents: {listed(names, 6)}. A rate by so few residents says little, least of all where people come to "
            "work, shop or travel."
        )
        look = "table population"
        yield Finding("few residents", SEVERAL, kind, sentence, KNOW, look, len(names))


# In the newest year of a dataset, for each kind of area its rows are of: how many areas have few of each group.
_EVENTS = """
    WITH newest AS (SELECT dataset, arg_max(series_id, last_month) AS series_id, max(last_month) AS last_month
                    FROM series WHERE last_month IS NOT NULL GROUP BY dataset),
    -- By number, not by name: there are millions of counts.
    grouped AS (SELECT offence_id, array_to_string(list_slice(string_split(path, '/'), 1, 2), '/') AS grp,
                       min(offence_id) OVER (PARTITION BY grp) AS group_id FROM offence),
    counted AS (
        SELECT series_id, area_id, group_id, sum(count) AS events
        FROM monthly_count AS cube JOIN newest USING (series_id) JOIN grouped USING (offence_id)
        WHERE cube.month BETWEEN newest.last_month - $year + 1 AND newest.last_month
        GROUP BY ALL
    ),
    of_kind AS (
        SELECT counted.*, kind FROM counted JOIN area USING (area_id) WHERE kind IN ('lsoa', 'ward', 'authority')
    ),
    areas AS (SELECT series_id, kind, count(DISTINCT area_id) AS areas FROM of_kind GROUP BY ALL)
    SELECT newest.dataset, kind, newest.last_month, areas.areas, grouped.grp,
           count(*) FILTER (events >= $few) AS enough
    FROM of_kind JOIN areas USING (series_id, kind) JOIN newest USING (series_id)
    JOIN grouped ON grouped.offence_id = of_kind.group_id GROUP BY ALL ORDER BY ALL
"""


def _few_events(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Groups of offences of which most areas have fewer than ten in a year."""
    groups: dict[tuple[str, str, int, int], dict[str, int]] = defaultdict(dict)
    for dataset, kind, last, areas, group, enough in con.execute(_EVENTS, {"year": YEAR, "few": FEW_EVENTS}).fetchall():
        groups[dataset, kind, last, areas][group] = enough
    for (dataset, kind, last, areas), found in groups.items():
        scarce = [group for group, enough in found.items() if 2 * enough < areas]
        if not scarce:
            continue
        which = "anything counted" if len(scarce) == len(found) and len(found) > 1 else f"each of: {listed(scarce, 6)}"
        who = f"most of the {areas:,} {MANY_OF[AreaKind(kind)]} have" if areas > 1 else "the one area with counts has"
        sentence = (
            f"In the 12 months to {month_words(last)} {who} fewer than {FEW_EVENTS} of {which}. Rates and changes that "
            "rest on so few are mostly chance."
        )
        yield Finding("few events", dataset, kind, sentence, KNOW, "frankpledge show: the interval", len(scarce))
