"""Stops and searches, from data.police.uk: one file a force and month, each search with its moment and its point.

The moment is in Greenwich time: a search at 23:41 on 30 April is one of 1 May in Bedfordshire, and the force
publishes it with May. Two searches in one minute make two rows alike: nothing is ever removed for being the
same. The file says nowhere which force it is of, and gives no small area: a search is placed by its point.
"""

from __future__ import annotations

import re

import duckdb

from frankpledge.periods import month_text
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.points import LATITUDE, LONGITUDE, NUMBERS
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.tables import label_sql, one_row, ragged_rows_sql, stage_table
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

FAMILY = "police-uk-stop-search"

SOURCE = Source(
    slug="police-uk-stop-search",
    title="Stop and search",
    publisher="Home Office, data.police.uk",
    dataset="police-uk-stop-search",
    licence=OGL_3,
    cadence="monthly, about two months after the month",
    looks_like="a CSV with the columns Type, Date, Object of search, Outcome and Outcome linked to object of search",
    issue=Issue.MONTHLY,
    steady=False,
    caveats=(
        "How many searches there are says what the police did, not how much crime there was.",
        "Points are snapped before publication; a search without one is kept, but counted in no area.",
        "Some forces, the Metropolitan Police among them, never say whether the outcome was linked to the object of "
        "the search: there it is not known how often what was looked for was found.",
    ),
)

_COLUMNS = ("Type", "Date", "Latitude", "Longitude", "Legislation", "Object of search", "Outcome")
_LINKED = "Outcome linked to object of search"
# The archive's own way of naming files; the files themselves never say whose they are.
_NAME = re.compile(r"(?:19|20)\d{2}-\d{2}-(?P<force>[a-z-]+)-stop-and-search\b")
_SMALL = ("and", "of")


def recognises(sample: Sample) -> bool:
    """A table with the columns of a file of searches."""
    return sample.form == "table" and sample.has(*_COLUMNS, _LINKED)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """One record for each search; a row without a moment cannot be used."""
    rows = stage_table(con, "search_line", file.path)
    con.execute(_STAGE)
    kept, first, last = one_row(con, _SUMMARY)
    force = force_in_name(file.name)
    if not force:
        note(con, "force not named", _NOT_NAMED)
    (mirrored,) = one_row(con, _MIRRORED)
    if mirrored:
        note(con, "mirrored points", f"has {mirrored:,} searches {_MIRRORED_WORDS}", mirrored)
    return Tidied(
        release=month_text(last) if last is not None else "",
        rows=(Rows("incident", _RECORDS), Rows("series_offence", f"{_TOLD} UNION ALL {_FLAGS_TOLD}")),
        rows_read=rows,
        rows_kept=kept,
        refused=f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}",
        unknown_labels="SELECT DISTINCT object AS label FROM search_row WHERE NOT known AND month IS NOT NULL",
        first_month=first,
        last_month=last,
        force=force,
    )


def force_in_name(name: str) -> str:
    """The force in the name of a file of the archive, as a label; empty where the file was renamed.

    >>> force_in_name("2022-02-devon-and-cornwall-stop-and-search.csv.gz")
    'Devon and Cornwall'
    """
    found = _NAME.search(name)
    if not found:
        return ""
    words = found["force"].split("-")
    return " ".join(word if word in _SMALL else word.capitalize() for word in words)


_NOT_NAMED = (
    "does not say which police force it is of, and its name was changed, so that no area can be called complete for "
    "its month, nor the month be known again. Give it the name it has at data.police.uk, such as "
    "2022-02-metropolitan-stop-and-search.csv."
)

# East of Greenwich, beyond nearly all other searches of the file, and as far as those are west.
_MIRRORED = """
    SELECT count(*) FROM search_row, (
        SELECT quantile_cont(longitude, 0.1) AS west, quantile_cont(longitude, 0.9) AS east,
               quantile_cont(latitude, 0.02) AS south, quantile_cont(latitude, 0.98) AS north FROM search_row
    ) WHERE longitude > 0 AND east < 0 AND -longitude BETWEEN west - 0.1 AND east + 0.1
      AND latitude BETWEEN south AND north
"""
_MIRRORED_WORDS = (
    "whose longitude seems to lack its minus sign: they lie as far east of Greenwich as the others lie west. "
    "They are counted where their points are, which is outside the force."
)

# Without a zone it is taken for the time on the clock.
_LOCAL = """
    CASE WHEN regexp_matches(line."Date", '([+-][0-9]{2}:?[0-9]{2}|Z)$')
         THEN TRY_CAST(line."Date" AS TIMESTAMPTZ) AT TIME ZONE 'Europe/London'
         ELSE TRY_CAST(line."Date" AS TIMESTAMP) END
"""
_OBJECT = "coalesce(nullif(trim(line.\"Object of search\"), ''), 'Not recorded')"

_STAGE = f"""
    CREATE OR REPLACE TEMP TABLE search_row AS
    SELECT searched.* EXCLUDE (local), CAST(year(local) * 12 + month(local) - 1 AS INTEGER) AS month,
           date_trunc('hour', local) AS hour, known.offence_id IS NOT NULL AS known,
           coalesce(known.offence_id, (SELECT offence_id FROM offence WHERE path = 'search/other')) AS offence_id,
           coalesce(offence.path = 'search/weapons', false) AS for_weapon
    FROM (
        SELECT line.file_line, line."Date" AS written, {_LOCAL} AS local, {_OBJECT} AS object,
               {LONGITUDE} AS longitude, {LATITUDE} AS latitude,
               nullif(trim(line."Outcome"), '') AS outcome,
               coalesce(outcome, 'false') <> 'False' AND NOT contains(lower(outcome), 'no further action') AS acted,
               coalesce(lower(trim(line."{_LINKED}")) = 'true', false) AS found,
               coalesce(trim(line."{_LINKED}"), '') <> '' AS found_told,
               coalesce(contains(lower(line."Legislation"), 'section 60'), false) AS without_suspicion,
               contains(lower(line."Type"), 'person') AS of_person,
               contains(lower(line."Type"), 'vehicle') AS of_vehicle
        FROM (SELECT *, {NUMBERS} FROM search_line) AS line
    ) AS searched
    LEFT JOIN label AS known ON known.family = '{FAMILY}' AND known.label = {label_sql("searched.object")}
    LEFT JOIN offence ON offence.offence_id = known.offence_id
"""

_SUMMARY = "SELECT count(*) FILTER (month IS NOT NULL), min(month), max(month) FROM search_row"

# Flag → which searches carry it, and where a file tells of it at all.
_FLAGS = {
    "item-found": ("found", "bool_or(found_told)"),
    "weapon-found": ("found AND for_weapon", "bool_or(found_told)"),
    "search-with-outcome": ("acted", "bool_or(outcome IS NOT NULL)"),
    "weapon-search-with-outcome": ("acted AND for_weapon", "bool_or(outcome IS NOT NULL)"),
    "search-without-suspicion": ("without_suspicion", "bool_or(without_suspicion)"),
    "person-searched": ("of_person", "bool_or(of_person IS NOT NULL)"),
    "vehicle-searched": ("of_vehicle", "bool_or(of_person IS NOT NULL)"),
}

_FLAG_WORDS = ", ".join(f"CASE WHEN {carried} THEN '{flag}' END" for flag, (carried, _) in _FLAGS.items())

_RECORDS = f"""
    SELECT month, offence_id, NULL AS area_code, longitude, latitude, outcome, hour,
           nullif(concat_ws(' ', {_FLAG_WORDS}), '') AS flags
    FROM search_row WHERE month IS NOT NULL ORDER BY file_line
"""

# Those of the file alone, for no force uses all the words there are.
_TOLD = "SELECT DISTINCT offence_id FROM search_row WHERE month IS NOT NULL"

# A force that never says whether the object was found has not found nothing: the file then tells no finds apart.
_FLAGS_TOLD = " UNION ALL ".join(
    f"SELECT offence_id FROM offence WHERE path = 'flagged/{flag}' AND (SELECT coalesce({told}, false) FROM search_row)"
    for flag, (_, told) in _FLAGS.items()
)

_REFUSED = """
    SELECT file_line AS row, '“' || coalesce(written, '') || '” is not a date and time' AS reason,
           CAST(line AS VARCHAR) AS text
    FROM search_row JOIN search_line AS line USING (file_line) WHERE search_row.month IS NULL
"""
