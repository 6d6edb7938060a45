"""The claimant count: people who claim benefits because they are out of work, by month, from Nomis.

Made from the publisher's documented layout; no real file has been seen. Counts are rounded to the nearest
five, so that each lies within two of what is printed; a percentage is as printed.
"""

from __future__ import annotations

import duckdb

from frankpledge.periods import MONTH_NAMES
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.judging import NOT_A_CODE, Judged, counted_area_sql, is_code_sql, judge, said_sql
from frankpledge.sources.parts.measures import bare_number_sql, named_sql, number_sql, slug
from frankpledge.sources.reading.tables import header, is_month_sql, literal, month_sql, one_row, quoted
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="claimant-count",
    title="Claimant count",
    publisher="Office for National Statistics, from Nomis",
    dataset="claimant-count",
    licence=OGL_3,
    cadence="monthly, about two weeks after the month",
    looks_like="a CSV from Nomis with the columns DATE (or date), GEOGRAPHY_CODE (or geography code), OBS_VALUE "
    "(or value), and the words “claimant count”",
    issue=Issue.MONTHLY,
    provisional_months=1,
    seen=False,
    caveats=(
        "Counts are rounded to the nearest five.",
        "Universal Credit asks more people to look for work than the benefits before it did: the count is no measure "
        "of unemployment.",
    ),
)

_DATE, _AREA, _VALUE = ("date",), ("geography-code",), ("obs-value", "value", "claimant-count")
_WORDS = {"measure": "measure-name", "sex": "gender-name", "age": "age-name"}
_ALL = ("total", "all", "all-persons", "persons", "all-categories-age-16", "all-categories-age-16-and-over", "all-ages")
_MEASURES = {
    "claimant-count": "claimants",
    "claimants-as-a-proportion-of-residents-aged-16-64": "percent-of-residents-aged-16-64",
}
# Within two of what is printed, and never below nought.
_ROUNDED = 2


def _columns(columns: tuple[str, ...]) -> dict[str, str] | None:
    """What is asked for → its column; None where it is not there."""
    by_slug = {slug(column): column for column in columns}
    found = {}
    for what, names in (("date", _DATE), ("area", _AREA), ("value", _VALUE)):
        held = [by_slug[name] for name in names if name in by_slug]
        if not held:
            return None
        found[what] = held[0]
    return found | {what: by_slug[name] for what, name in _WORDS.items() if name in by_slug}


def recognises(sample: Sample) -> bool:
    """A table with a date, an area and a value, that says it is of claimants."""
    said = " ".join([*sample.columns, *sample.first_row.values()]).lower()
    return sample.tabular and "claimant" in said and _columns(sample.columns) is not None


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A published value for each area and month: ``claimant-count/claimants/female/aged-18-24``."""
    columns = _columns(tuple(header(file.path)))
    assert columns is not None
    judged = _judge(con, file, columns)
    first, last = one_row(con, "SELECT min(month), max(month) FROM claimant WHERE reason IS NULL")
    return judged.tidied(Rows("published_value", _values(con)), months=(first, last))


def _judge(con: duckdb.DuckDBPyConnection, file: RawFile, columns: dict[str, str]) -> Judged:
    text = {what: f"trim({quoted(columns[what])})" if what in columns else "''" for what in _WORDS}
    value = quoted(columns["value"])
    return judge(
        con,
        file.path,
        "claimant",
        {
            "area_code": f"trim({quoted(columns['area'])})",
            "month": _month_sql(f"trim({quoted(columns['date'])})"),
            **text,
            "written": value,
            "value": number_sql(value),
        },
        {
            f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code"),
            "month IS NULL": literal("the date is not a month, such as 2023-05 or May 2023"),
            f"value IS NULL AND {bare_number_sql('written')} NOT IN ('', '-', '*', '!')": literal(
                "the value is not a number"
            ),
        },
        once=("area_code", "month", "measure", "sex", "age"),
    )


def _month_sql(text: str) -> str:
    """SQL of a month number from ``2023-05`` or ``May 2023``; null where it is neither."""
    names = ", ".join(literal(name.lower()) for name in MONTH_NAMES[1:])
    named = f"list_position([{names}], lower(split_part({text}, ' ', 1)))"
    year = f"TRY_CAST(split_part({text}, ' ', 2) AS INTEGER)"
    return f"CASE WHEN {is_month_sql(text)} THEN {month_sql(text)} ELSE {year} * 12 + {named} - 1 END"


def _values(con: duckdb.DuckDBPyConnection) -> str:
    kinds = con.execute("SELECT DISTINCT measure, sex, age FROM claimant WHERE reason IS NULL").fetchall()
    paths = {"|".join(words or "" for words in kind): claimant_path(*kind) for kind in kinds} or {"": ""}
    counted = "(measure = '' OR lower(measure) = 'claimant count')"
    return f"""
        SELECT area_code, named.path AS measure, month AS first_month, month AS last_month, value,
               CASE WHEN {counted} AND value IS NOT NULL THEN greatest(value - {_ROUNDED}, 0) END AS low,
               CASE WHEN {counted} THEN value + {_ROUNDED} END AS high,
               CASE WHEN value IS NULL THEN 'suppressed' WHEN {counted} THEN 'rounded' ELSE 'final' END AS status,
               NULL::INTEGER AS sample
        FROM claimant JOIN {named_sql(paths)} AS named(words, path)
          ON named.words = coalesce(measure, '') || '|' || coalesce(sex, '') || '|' || coalesce(age, '')
        WHERE reason IS NULL AND {counted_area_sql("area_code")} ORDER BY named.path, area_code, month
    """


def claimant_path(measure: str, sex: str, age: str) -> str:
    """The path of a measure of claimants, of a sex and an age where it is not of all.

    >>> claimant_path("Claimant count", "Female", "Aged 18-24")
    'claimant-count/claimants/female/aged-18-24'
    """
    parts = [slug(part or "") for part in (sex, age)]
    what = slug(measure) or "claimant-count"
    return "/".join(["claimant-count", _MEASURES.get(what, what), *(one for one in parts if one and one not in _ALL)])
