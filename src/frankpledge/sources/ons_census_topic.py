"""Any table of the Census of 2021 by topic (TS001, TS021…), in each of the layouts it is published in.

* In bulk, from Nomis: date, geography, geography code, and a column a category
  (``Ethnic group: White: Irish``). No real file of this layout has been seen.
* Made to order, from the Office for National Statistics: code and name of the area, code and name of the
  category, ``Observation``. No real file of this layout has been seen.
* As extracts pass it on: code of the area, ``total_residents`` or ``total_households``, the category, ``n``.

Counts of small areas were changed a little by the publisher so that nobody can be found in them: the sum of
an authority's small areas differs by a few from its own published count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.ons_lookups import code_columns
from frankpledge.sources.parts.census_paths import category_path, heading_path, is_known, sums, topic_of
from frankpledge.sources.parts.judging import NOT_A_CODE, Judged, counted_area_sql, is_code_sql, judge, said_sql
from frankpledge.sources.parts.measures import named_sql, whole_number_sql
from frankpledge.sources.reading.tables import header, literal, quoted
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-census-topic",
    title="Census 2021 tables by topic",
    publisher="Office for National Statistics",
    dataset="ons-census-2021",
    licence=OGL_3,
    cadence="every ten years",
    looks_like="a CSV of a Census table: “geography code” and a column a category; or area, category and Observation",
    stage=Stage.PEOPLE,
    caveats=(
        "Counts of small areas were changed a little by the publisher, so that sums of them differ by a few.",
        "Census Day was in a lockdown: students and workers were not all where they are in other years.",
    ),
)

_YEAR = 2021
_BULK = {"date", "geography", "geography code"}
_TOTALS = ("total_residents", "total_households")
_MADE_TO_ORDER = re.compile(r"(.+?)\s*\(\d+[a-z]? categories\)", re.IGNORECASE)
_NOT_WHOLE = "… is not a whole number"


@dataclass(frozen=True)
class Layout:
    """Where a table has what.

    Attributes
    ----------
    area
        Column of the areas' codes.
    variable
        What the table is about, in the publisher's words.
    cells
        Of a table with a column a category: column → path.
    category, count
        Of a table with a row a category: the column of the category, and that of the count.
    total
        Column of the table's total, beside the counts of categories.
    """

    area: str
    variable: str
    cells: dict[str, str] = field(default_factory=dict)
    category: str = ""
    count: str = ""
    total: str = ""

    @property
    def root(self) -> str:
        """The path of the whole that the table divides."""
        return topic_of(self.variable).path


def layout_of(columns: tuple[str, ...]) -> Layout | None:
    """The layout of a table, by its heading; None where it is no Census table."""
    if columns and set(columns) >= _BULK:
        return _bulk(columns)
    if "Observation" in columns:
        return _made_to_order(columns)
    return _extract(columns)


def _bulk(columns: tuple[str, ...]) -> Layout | None:
    cells: dict[str, str] = {}
    for column in columns:
        path = heading_path(column) if column not in _BULK else None
        # Two headings can come to one path; the first is the category's own.
        if path and path not in cells.values() and "per square" not in column.lower():
            cells[column] = path
    return Layout("geography code", next(iter(cells)).split(":")[0], cells) if cells else None


def _made_to_order(columns: tuple[str, ...]) -> Layout | None:
    variables = [column for column in columns if _MADE_TO_ORDER.fullmatch(column)]
    areas = [column for column in columns if column.endswith(" Code") and column.removesuffix(" Code") in columns]
    areas = [column for column in areas if column.removesuffix(" Code") not in variables]
    if len(variables) != 1 or len(areas) != 1:
        # Two variables crossed are another matter than a topic.
        return None
    return Layout(areas[0], variables[0], category=variables[0], count="Observation")


def _extract(columns: tuple[str, ...]) -> Layout | None:
    codes = [one.column for one in code_columns(columns)]
    total = next((column for column in _TOTALS if column in columns), None)
    if not codes or total is None:
        return None
    topic = next((column for column in columns if is_known(column)), "")
    if "n" in columns and topic:
        return Layout(codes[0], topic, category=topic, count="n", total=total)
    alone = total == "total_households" and set(columns) - set(codes) == {total}
    return Layout(codes[0], "Number of households", {total: "households"}) if alone else None


def recognises(sample: Sample) -> bool:
    """A table in one of the layouts."""
    return sample.tabular and layout_of(sample.columns) is not None


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Residents or households of each area, by category; sums that the table leaves out are made."""
    layout = layout_of(tuple(header(file.path)))
    assert layout is not None
    judged = _judge_columns(con, file, layout) if layout.cells else _judge_rows(con, file, layout)
    given = [path for (path,) in con.execute("SELECT DISTINCT part FROM census_count ORDER BY part").fetchall()]
    return judged.tidied(Rows("population", _with_sums(sums(given, layout.root))), release=str(_YEAR))


def _judge_columns(con: duckdb.DuckDBPyConnection, file: RawFile, layout: Layout) -> Judged:
    columns = ", ".join(quoted(column) for column in layout.cells)
    cells = f"""
        SELECT row, area_code, heading, cell, {whole_number_sql("cell")} AS count
        FROM (SELECT row, area_code, {columns} FROM census WHERE reason IS NULL AND {counted_area_sql("area_code")})
        UNPIVOT INCLUDE NULLS (cell FOR heading IN ({columns}))
    """
    not_whole = f"""
        SELECT row, 'in “' || heading || '” stands “' || coalesce(cell, '') || '”, which is no whole number'
               AS reason FROM ({cells}) WHERE count IS NULL
    """
    judged = judge(
        con,
        file.path,
        "census",
        {"area_code": f"trim({quoted(layout.area)})"} | {column: quoted(column) for column in layout.cells},
        {f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code")},
        once=("area_code",),
        cells=not_whole,
    )
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE census_count AS SELECT area_code, named.part, count AS number
        FROM ({cells}) JOIN {named_sql(layout.cells)} AS named(heading, part) USING (heading) WHERE count IS NOT NULL
    """)
    return judged


def _judge_rows(con: duckdb.DuckDBPyConnection, file: RawFile, layout: Layout) -> Judged:
    topic = topic_of(layout.variable)
    total = whole_number_sql(quoted(layout.total)) if layout.total else "NULL::INTEGER"
    judged = judge(
        con,
        file.path,
        "census",
        {
            "area_code": f"trim({quoted(layout.area)})",
            "words": f"trim({quoted(layout.category)})",
            "written": quoted(layout.count),
            "count": whole_number_sql(quoted(layout.count)),
            "total": total,
        },
        {
            f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code"),
            "words IS NULL OR words = ''": literal("it names no category"),
            "count IS NULL": said_sql(_NOT_WHOLE, "written"),
        },
        once=("area_code", "words"),
    )
    found = con.execute("SELECT DISTINCT words FROM census WHERE reason IS NULL ORDER BY ALL").fetchall()
    paths = {words: category_path(topic, words) for (words,) in found} or {"": topic.path}
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE census_count AS
        SELECT area_code, named.part, CAST(sum(count) AS INTEGER) AS number
        FROM census JOIN {named_sql(paths)} AS named(words, part) USING (words)
        WHERE reason IS NULL AND {counted_area_sql("area_code")} GROUP BY ALL
        UNION ALL
        SELECT area_code, '{topic.path}', max(total) FROM census
        WHERE reason IS NULL AND total IS NOT NULL AND {counted_area_sql("area_code")} GROUP BY area_code
    """)
    return judged


def _with_sums(pairs: list[tuple[str, str]]) -> str:
    query = f"SELECT area_code, {_YEAR} AS year, part, number FROM census_count"
    if not pairs:
        return f"{query} ORDER BY part, area_code"
    made = ", ".join(f"({literal(above)}, {literal(part)})" for above, part in pairs)
    # A sum is made of all its parts, or not at all.
    return f"""
        WITH made AS (SELECT * FROM (VALUES {made}) AS pair(above, part)),
        whole AS (SELECT above, count(*) AS parts FROM made GROUP BY above)
        {query}
        UNION ALL
        SELECT area_code, {_YEAR}, above, CAST(sum(number) AS INTEGER)
        FROM census_count JOIN made USING (part) JOIN whole USING (above)
        GROUP BY area_code, above, parts HAVING count(*) = parts
        ORDER BY part, area_code
    """
