"""The Metropolitan Police's monthly dashboard: domestic abuse, hate, knife, gun and other crime across offences.

One sheet stacks two sorts of area, boroughs and neighbourhood teams (wards), and two measures, offences and
positive outcomes: a plain sum counts everything twice or four times. The rows of boroughs are one series here
and those of teams another (`mps_dashboard_wards`); what has a positive outcome has places in the tree of its
own. Kinds overlap (a racist assault with a knife is in three of them), so each stands by itself. Rows of
nought are left out by the publisher.
"""

from __future__ import annotations

import duckdb

from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.mps_wide import AIRPORTS_APART, NEW_RECORDING_SYSTEM, runs_of_months
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.tables import (
    is_month_sql,
    label_sql,
    month_sql,
    one_row,
    ragged_rows,
    ragged_rows_sql,
    stage_table,
)
from frankpledge.sources.source import OGL_2, Rows, Sample, Source, Tidied

FAMILY = "mps-dashboard"
WARDS = "mps-dashboard-wards"

OVERLAP = "Kinds overlap: one crime can be of several, hate-crime strands among them, and they must not be added."
OUTCOMES = (
    "A positive outcome is counted in the month it was reached, so that outcomes over offences of a month can be "
    "more than 100%."
)

SOURCE = Source(
    slug="mps-dashboard",
    title="Monthly dashboard by borough",
    publisher="Metropolitan Police Service",
    dataset="mps-dashboard",
    licence=OGL_2,
    cadence="monthly",
    looks_like="a CSV with the columns month_year, area_type, borough_snt, area_code, crime_type, crime_subtype, "
    "measure, count and refresh_date",
    caveats=(
        OVERLAP,
        OUTCOMES,
        "The City of London, which has its own police force, is not in it.",
        "The publisher leaves out rows of nought: in a month that is in the file, no row is nought.",
    ),
    provisional_months=2,
    labels=FAMILY,
    areas="E09",
    breaks=(AIRPORTS_APART, NEW_RECORDING_SYSTEM),
)

_COLUMNS = (
    "month_year", "area_type", "borough_snt", "area_name", "area_code", "crime_type", "crime_subtype", "measure",
    "count", "refresh_date",
)  # fmt: skip


def recognises(sample: Sample) -> bool:
    """A table with the columns of the dashboard."""
    return sample.form == "table" and sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Counts by month, borough and kind, and beside them those by ward."""
    rows = stage_table(con, "dashboard_line", file.path)
    con.execute(_STAGE)
    kept, first, last, refreshed = one_row(con, _SUMMARY)
    _tell(con)
    return Tidied(
        release=refreshed or (month_text(last) if last is not None else ""),
        rows=(
            *_series("authority", "", con, file),
            *_series("ward", WARDS, con, file),
            Rows("area_name", _WARD_NAMES),
            Rows("area_member", _WARD_MEMBERS),
        ),
        rows_read=rows,
        rows_kept=kept,
        refused=f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}",
        first_month=first,
        last_month=last,
    )


_KIND = "CASE line.area_type WHEN 'Borough' THEN 'authority' WHEN 'Safer Neighbourhood Teams' THEN 'ward' END"
_MONTH = "left(line.month_year, 7)"


def _named(column: str) -> str:
    """SQL of the area that a name stands for: a borough, or London where a row is of no borough."""
    return f"(SELECT code FROM named_area WHERE named_area.name = {label_sql(column)})"


_CODE = f"""
    CASE WHEN regexp_full_match(line.area_code, 'E0[59][0-9]{{6}}') THEN line.area_code
         ELSE coalesce({_named("line.area_name")}, {_named("line.borough_snt")}) END
"""

_STAGE = f"""
    CREATE OR REPLACE TEMP TABLE dashboard AS
    SELECT judged.*, CASE
        WHEN month IS NULL THEN 'the month is “' || coalesce(month_year, '') || '”, which is none'
        WHEN kind IS NULL THEN '“' || coalesce(area_type, '') || '” is neither Borough nor Safer Neighbourhood Teams'
        WHEN area_code IS NULL THEN 'the area is not known'
        WHEN offence_id IS NULL THEN 'what is counted, “' || coalesce(written, '')
             || '”, is not known: add it to definitions/sources/mps-dashboard.yaml'
        WHEN count IS NULL THEN 'the count is “' || coalesce(cell, '') || '”, not a whole number' END AS reason
    FROM (
        SELECT line.file_line AS row, line.month_year, line.area_type, line.refresh_date, line.crime_type,
               line.measure, line.measure || ' / ' || line.crime_subtype AS written, line."count" AS cell,
               line.area_name, line.borough_snt, {_KIND} AS kind,
               CASE WHEN {is_month_sql(_MONTH)} THEN {month_sql(_MONTH)} END AS month,
               -- A row of boroughs is of a borough or of London, a row of teams of a ward or of London.
               CASE WHEN left(placed.code, 3) = 'E12' OR left(placed.code, 3) = CASE {_KIND}
                    WHEN 'authority' THEN 'E09' ELSE 'E05' END THEN placed.code END AS area_code,
               label.offence_id,
               CASE WHEN regexp_full_match(trim(line."count"), '[0-9]+') THEN CAST(trim(line."count") AS INTEGER) END
                   AS count
        FROM dashboard_line AS line
        JOIN (SELECT line.file_line, {_CODE} AS code FROM dashboard_line AS line) AS placed USING (file_line)
        LEFT JOIN label ON label.family = '{FAMILY}'
          AND label.label = {label_sql("line.measure || ' / ' || line.crime_subtype")}
    ) AS judged
"""

_SUMMARY = """
    SELECT count(*) FILTER (reason IS NULL), min(month) FILTER (reason IS NULL), max(month) FILTER (reason IS NULL),
           max(refresh_date) FILTER (regexp_full_match(refresh_date, '[0-9]{4}-[0-9]{2}-[0-9]{2}'))
    FROM dashboard
"""

_REFUSED = """
    SELECT row, reason, CAST(line AS VARCHAR) AS text
    FROM dashboard JOIN dashboard_line AS line ON line.file_line = dashboard.row WHERE reason IS NOT NULL
"""


def _series(kind: str, dataset: str, con: duckdb.DuckDBPyConnection, file: RawFile) -> tuple[Rows, ...]:
    """Counts, coverage and kinds of one sort of area."""
    months = [month for (month,) in con.execute(_MONTHS, [kind]).fetchall()]
    rows = [
        Rows("counted", _COUNTED.format(kind=kind), dataset),
        Rows("series_offence", _TOLD.format(kind=kind), dataset),
    ]
    if months:
        rows.append(Rows("stated_coverage", _covered(kind, months, ragged_rows(con, file.path)), dataset))
    return tuple(rows)


_MONTHS = "SELECT DISTINCT month FROM dashboard WHERE reason IS NULL AND kind = ? ORDER BY month"

_COUNTED = """
    SELECT month, area_code, offence_id, CAST(sum(count) AS INTEGER) AS count
    FROM dashboard WHERE reason IS NULL AND kind = '{kind}' GROUP BY ALL
"""

# A kind that is nought all over is left out of one sort of area as of the other.
_TOLD = "SELECT DISTINCT offence_id FROM dashboard WHERE reason IS NULL AND '{kind}' IN (SELECT kind FROM dashboard)"

# Wards that were done away with, and under which a crime is still booked now and then.
_REPLACED = "'%(NOT ACTIVE)%'"


def _covered(kind: str, months: list[int], lost: int) -> str:
    """Complete for every area and kind in each run of months: rows of nought are left out.

    But where a whole group of kinds (hate crime, offences) has not one row in a month, it was not published.
    A row that could not be split is somebody's count, and nobody can say whose.
    """
    runs = ", ".join(f"({first}, {last})" for first, last in runs_of_months(months))
    reason = f"{lost} rows of the file could not be read: get it again" if lost else ""
    whole = f"""
        SELECT area_code, NULL::USMALLINT AS offence_id, run.first_month, run.last_month,
               CASE WHEN replaced OR {lost} > 0 THEN 'partial' ELSE 'complete' END AS state,
               CASE WHEN replaced THEN 'the ward was replaced by others, and few crimes are still booked to it'
                    ELSE '{reason}' END AS reason
        FROM (SELECT area_code, bool_and(coalesce(area_name LIKE {_REPLACED}, false)) AS replaced
              FROM dashboard WHERE kind = '{kind}' AND area_code IS NOT NULL GROUP BY area_code),
             (VALUES {runs}) AS run(first_month, last_month)
    """
    return f"{whole} UNION ALL {_NOT_PUBLISHED.format(kind=kind)} UNION ALL {_UNREADABLE.format(kind=kind)}"


_NOT_PUBLISHED = """
    SELECT area_code, offence_id, month, month, 'absent', 'nothing of its kind was published for the month'
    FROM (SELECT DISTINCT area_code FROM dashboard WHERE kind = '{kind}' AND area_code IS NOT NULL),
         (SELECT DISTINCT crime_type, measure, offence_id FROM dashboard WHERE reason IS NULL)
    JOIN (
        SELECT crime_type, measure, month
        FROM (SELECT DISTINCT crime_type, measure FROM dashboard WHERE reason IS NULL),
             (SELECT DISTINCT month FROM dashboard WHERE reason IS NULL)
        EXCEPT SELECT crime_type, measure, month FROM dashboard WHERE reason IS NULL AND kind = '{kind}'
    ) USING (crime_type, measure)
"""

_UNREADABLE = """
    SELECT DISTINCT area_code, offence_id, month, month, 'absent', 'a count in the file could not be read'
    FROM dashboard
    WHERE kind = '{kind}' AND count IS NULL AND area_code IS NOT NULL AND offence_id IS NOT NULL AND month IS NOT NULL
"""

# Any look-up of areas that is added knows better what a ward is called, and where it lies.
_WARD_NAMES = """
    SELECT area_code AS code, mode(area_name) AS name, 1 AS vintage
    FROM dashboard WHERE reason IS NULL AND kind = 'ward' AND area_code LIKE 'E05%' AND area_name <> ''
    GROUP BY area_code
"""

_WARD_MEMBERS = f"""
    SELECT area_code AS child, arg_max(borough.code, rows) AS parent, 'ward' AS child_kind,
           'authority' AS parent_kind, '1' AS vintage
    FROM (
        SELECT area_code, borough_snt, count(*) AS rows FROM dashboard
        WHERE reason IS NULL AND kind = 'ward' AND area_code LIKE 'E05%' GROUP BY ALL
    )
    JOIN named_area AS borough
      ON borough.code LIKE 'E09%' AND starts_with({label_sql("borough_snt")}, borough.name || ' ')
    GROUP BY area_code
"""


def _tell(con: duckdb.DuckDBPyConnection) -> None:
    """Note what would deceive a person who opened the file in a spreadsheet."""
    boroughs, wards, outcomes = one_row(con, _STACKED)
    if boroughs and wards:
        note(con, "stacked counts", _STACKED_WORDS.format(boroughs=boroughs, wards=wards, outcomes=outcomes))
    if boroughs and wards and boroughs != wards:
        note(con, "parts and whole", f"counts {boroughs:,} in boroughs and {wards:,} in neighbourhood teams.")
    hate, strands = one_row(con, _STRANDS)
    if strands > hate:
        note(con, "overlapping kinds", _STRANDS_WORDS.format(strands=strands, hate=hate), strands - hate)
    for words, others in con.execute(_LABELS).fetchall():
        note(con, "label changed", f"writes “{words}” in other places {others}. They are counted as one.")
    refreshed = con.execute(_REFRESHED).fetchall()
    if len(refreshed) > 1:
        dates = "; ".join(f"{groups} on {date}" for date, groups in refreshed)
        note(
            con, "several refresh dates", f"was refreshed at different times: {dates}. The last one names the release."
        )


_STACKED = """
    SELECT coalesce(sum(count) FILTER (kind = 'authority'), 0), coalesce(sum(count) FILTER (kind = 'ward'), 0),
           coalesce(sum(count) FILTER (kind = 'authority' AND path LIKE 'positive-outcome/%'), 0)
    FROM dashboard JOIN offence USING (offence_id) WHERE reason IS NULL
"""
_STACKED_WORDS = (
    "stacks the same counts twice, {boroughs:,} by borough and {wards:,} by neighbourhood team, and {outcomes:,} of "
    "each are positive outcomes, not offences. They are kept apart."
)

_STRANDS = """
    SELECT coalesce(sum(count) FILTER (path = 'flagged/hate-crime'), 0),
           coalesce(sum(count) FILTER (starts_with(path, 'flagged/hate-crime-')), 0)
    FROM dashboard JOIN offence USING (offence_id) WHERE reason IS NULL AND kind = 'authority'
"""
_STRANDS_WORDS = (
    "has {strands:,} hate crimes by strand, where {hate:,} were recorded in all: strands overlap, and are never added."
)

# Offences and positive outcomes of one kind have the same last part of their path.
_LABELS = """
    SELECT names[1], array_to_string(list_transform(names[2:], lambda name: '“' || name || '”'), ' and ')
    FROM (
        SELECT list_sort(list(DISTINCT name)) AS names FROM (
            SELECT DISTINCT regexp_extract(path, '[^/]+$') AS kind_of,
                   crime_type || ', ' || substr(written, length(measure) + 4) AS name
            FROM dashboard JOIN offence USING (offence_id) WHERE reason IS NULL
        ) GROUP BY kind_of HAVING count(DISTINCT name) > 1
    ) ORDER BY ALL
"""

_REFRESHED = """
    SELECT refresh_date, CASE WHEN count(DISTINCT crime_type) > 3 THEN 'most of it'
           ELSE string_agg(DISTINCT crime_type, ', ' ORDER BY crime_type) END
    FROM dashboard WHERE reason IS NULL GROUP BY refresh_date ORDER BY refresh_date
"""
