"""Female genital mutilation, as the NHS has recorded it: women and girls, and attendances, by quarter.

Made from what the publisher says of its files; no real file has been seen, so that more than one heading is
known for each column. Counts are rounded before publication: 5 stands for 1 to 7, any other number is to the
nearest five. The same woman can be in several quarters: numbers of women must not be added up over time.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.judging import Judged, counted_area_sql, judge
from frankpledge.sources.parts.measures import named_sql, number_sql, slug
from frankpledge.sources.reading.tables import header, literal, one_row, quoted
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="nhs-fgm",
    title="Female genital mutilation",
    publisher="NHS England (formerly NHS Digital)",
    dataset="nhs-fgm",
    licence=OGL_3,
    cadence="quarterly",
    looks_like="a CSV with a period (Reporting_Period, or its start and end), an organisation’s code, a measure that "
    "names FGM or “newly recorded”, and a value",
    issue=Issue.MONTHLY,
    seen=False,
    caveats=(
        "Counts are rounded: 5 stands for 1 to 7, any other number is to the nearest five.",
        "Women and girls can be in several quarters: quarters must not be added up.",
        "Newly recorded means recorded for the first time, not that it was done lately.",
    ),
)

_NAMES = {
    "area": ("geography-code", "ons-code", "la-code", "local-authority-code", "org-code", "organisation-code", "code"),
    "period": ("reporting-period", "period", "quarter", "time-period"),
    "start": ("reporting-period-start", "start-date", "period-start"),
    "end": ("reporting-period-end", "end-date", "period-end"),
    "year": ("year", "financial-year", "reporting-year"),
    "measure": ("measure", "measure-name", "metric", "indicator", "data-item"),
    "value": ("value", "measure-value", "count", "total", "number"),
}
_SAYS = ("fgm", "genital mutilation", "newly recorded", "newly_recorded")
_MEASURES = {
    "newly-recorded": "newly-recorded",
    "total-attendances": "attendances",
    "attendances": "attendances",
    "distinct-individuals": "individuals",
    "individuals": "individuals",
}
_WITHHELD = ("*", "-", "c")
_LEAST, _MOST = 1, 7


def _columns(columns: tuple[str, ...]) -> dict[str, str]:
    """What is asked for → the column that has it."""
    by_slug = {slug(column): column for column in columns}
    found = {what: [by_slug[name] for name in names if name in by_slug] for what, names in _NAMES.items()}
    return {what: names[0] for what, names in found.items() if names}


def recognises(sample: Sample) -> bool:
    """A table of a period, an organisation, a measure and a value that says what it is of."""
    found = set(_columns(sample.columns))
    said = " ".join([*sample.columns, *sample.first_row.values()]).lower()
    timed = "period" in found or {"start", "end"} <= found
    return sample.tabular and timed and {"area", "measure", "value"} <= found and any(words in said for words in _SAYS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A published value for each area, quarter and measure, with the numbers it can stand for."""
    columns = _columns(tuple(header(file.path)))
    judged = _judge(con, file, columns)
    first, last = one_row(con, "SELECT min(first_month), max(last_month) FROM fgm WHERE reason IS NULL")
    return judged.tidied(Rows("published_value", _values(con)), months=(first, last))


def _judge(con: duckdb.DuckDBPyConnection, file: RawFile, columns: dict[str, str]) -> Judged:
    first, last = _months_sql(columns)
    value = quoted(columns["value"])
    withheld = ", ".join(literal(sign) for sign in _WITHHELD)
    return judge(
        con,
        file.path,
        "fgm",
        {
            "area_code": f"trim({quoted(columns['area'])})",
            "first_month": first,
            "last_month": last,
            "measure": f"trim({quoted(columns['measure'])})",
            "written": f"trim({value})",
            "value": number_sql(value),
        },
        {
            "first_month IS NULL OR last_month IS NULL OR last_month < first_month": literal(
                "the period is not known: dates, or a quarter such as 2023-24 Q1"
            ),
            "measure IS NULL OR measure = ''": literal("it names no measure"),
            f"value IS NULL AND coalesce(lower(written), '') NOT IN ({withheld})": literal("the value is not a number"),
            "value < 0": literal("the value is less than nought"),
        },
        once=("area_code", "first_month", "last_month", "measure"),
    )


def _months_sql(columns: dict[str, str]) -> tuple[str, str]:
    """SQL of the first and the last month of a row, from dates, or from a financial year and its quarter."""
    if "start" in columns and "end" in columns:
        return _month_of_date(quoted(columns["start"])), _month_of_date(quoted(columns["end"]))
    period = quoted(columns["period"])
    text = f"coalesce({quoted(columns['year'])}, '') || ' ' || {period}" if "year" in columns else period
    year = f"TRY_CAST(regexp_extract({text}, '(20[0-9]{{2}})') AS INTEGER)"
    quarter = f"TRY_CAST(regexp_extract(lower({text}), '(?:q|quarter) ?([1-4])', 1) AS INTEGER)"
    first = f"({year} * 12 + 3 + 3 * ({quarter} - 1))"
    return first, f"({first} + 2)"


def _month_of_date(cell: str) -> str:
    """SQL of the month number of a date, written 2023-04-01 or 01/04/2023."""
    text = f"trim({cell})"
    date = f"coalesce(TRY_CAST(left({text}, 10) AS DATE), TRY_CAST(TRY_STRPTIME({text}, '%d/%m/%Y') AS DATE))"
    return f"(year({date}) * 12 + month({date}) - 1)"


def _values(con: duckdb.DuckDBPyConnection) -> str:
    found = con.execute("SELECT DISTINCT measure FROM fgm WHERE reason IS NULL").fetchall()
    paths = {words: fgm_path(words) for (words,) in found} or {"": ""}
    return f"""
        SELECT area_code, named.path AS measure, first_month, last_month, value,
               CASE WHEN value = 5 THEN {_LEAST} WHEN value IS NOT NULL THEN greatest(value - 2, 0) END AS low,
               CASE WHEN value = 5 THEN {_MOST} WHEN value = 0 THEN 0 ELSE value + 2 END AS high,
               CASE WHEN value IS NULL THEN 'suppressed' ELSE 'rounded' END AS status, NULL::INTEGER AS sample
        FROM fgm JOIN {named_sql(paths)} AS named(words, path) ON named.words = fgm.measure
        WHERE reason IS NULL AND {counted_area_sql("area_code")} ORDER BY named.path, area_code, first_month
    """


def fgm_path(measure: str) -> str:
    """The path of a measure.

    >>> fgm_path("Newly Recorded"), fgm_path("Total_Attendances")
    ('health/fgm/newly-recorded', 'health/fgm/attendances')
    """
    bare = slug(measure)
    return f"health/fgm/{_MEASURES.get(bare, bare)}"
