"""A partner's judged rows as rows of the warehouse: records, tallies, counts, shares, people, followed, residents.

Every query reads the temporary tables ``partner_row`` (see `frankpledge.sources.partners.judging.schema`) and
``partner_counted`` (row, area_code, first, last, path, value, low, high, status), which `stage_counts` makes.
"""

from __future__ import annotations

import duckdb

from frankpledge.model.tables import FACTORS
from frankpledge.periods import month_text
from frankpledge.sources.partners.personal import place_words
from frankpledge.sources.partners.template import NOT_RECORDED, Column, Template
from frankpledge.sources.reading.tables import literal, one_row, quoted
from frankpledge.sources.source import Rows

# Any look-up of areas that is added knows better which ward lies where, and what it is called.
VINTAGE = 1
USABLE = "FROM partner_row WHERE reason IS NULL"

Months = tuple[int | None, int | None]


def rows_of(con: duckdb.DuckDBPyConnection, template: Template) -> tuple[tuple[Rows, ...], str, Months]:
    """What a staged file brings to the warehouse: its rows, its release and the months it covers."""
    if template.becomes == "people":
        return (Rows("involvement", _INVOLVED),), "", (None, None)
    if template.becomes == "followed":
        # Offences are known for longer than people began, and that is how new a file is.
        first, last = one_row(con, f"SELECT min(began_first), max(known_until_last) {USABLE}")
        return (Rows("followed_person", _FOLLOWED),), month_text(last) if last else "", (first, last)
    if template.becomes == "population":
        (last,) = one_row(con, f"SELECT max(year) {USABLE}")
        residents = f"SELECT area_code, year, 'residents' AS part, residents AS number {USABLE}"
        return (Rows("population", residents), *_named(template)), f"mid-{last}" if last else "", (None, None)
    months = _months(con, template)
    if months[0] is None or months[1] is None:
        return (), "", months
    make = {"records": _records, "tally": _tally, "counts": _counts, "shares": _shares}[template.becomes]
    rows = make(con, template, months[0], months[1])
    return (*rows, *_named(template)), month_text(months[1]), months


def _months(con: duckdb.DuckDBPyConnection, template: Template) -> Months:
    """The first and last month of the rows that can be used.

    A record that corrects one of an earlier file says nothing of which months this file is complete for.
    """
    first, last = quoted(f"{template.when}_first"), quoted(f"{template.when}_last")
    anew = "SELECT NULL::BIGINT AS row LIMIT 0"
    if template.becomes == "records" and template.has("reference"):
        anew = f"""
            SELECT held.row FROM partner_row AS held JOIN offence ON offence.path = held.paths[1]
            JOIN incident USING (offence_id) JOIN load ON load.load_id = incident.load_id
             AND load.source = {literal(template.slug)}
            WHERE incident.reference = hash(held.reference)"""
    first_month, last_month = one_row(
        con,
        f"""
        WITH anew AS ({anew})
        SELECT coalesce(min({first}) FILTER (row NOT IN (FROM anew)), min({first})),
               coalesce(max({last}) FILTER (row NOT IN (FROM anew)), max({last})) {USABLE}
        """,
    )
    return first_month, last_month


def _area(template: Template) -> str:
    """SQL of the closest area that a row names."""
    return f"coalesce({', '.join(quoted(name) for name in template.area)})"


def _field(template: Template, name: str, sql: str = "") -> str:
    """SQL of a column, or of nothing where the template has none of that name."""
    return (sql or quoted(name)) if template.has(name) else "NULL"


def _records(con: duckdb.DuckDBPyConnection, template: Template, first: int, last: int) -> list[Rows]:
    when = template.when
    closest, *wider = (quoted(name) for name in template.area)
    postcode = next((quoted(one.name) for one in template.of_kind("postcode")), "NULL")
    address = _without_household(_field(template, "place"))
    place = _read_as_places(address) if template.personal else address
    incidents = f"""
        SELECT {quoted(when + "_first")} AS month, offence_id,
               {_field(template, "reference", "hash(reference)")}::UBIGINT AS reference,
               {closest} AS area_code, {wider[0] if wider else "NULL"}::VARCHAR AS within,
               {place} AS place, {address} AS address,
               {_postcode_of(postcode, _field(template, "place"))}::VARCHAR AS postcode,
               {_field(template, "easting")}::DOUBLE AS easting,
               {_field(template, "northing")}::DOUBLE AS northing,
               -- A date alone tells the month, not the hour.
               CASE WHEN {quoted(when + "_timed")} THEN date_trunc('hour', {quoted(when)}) END AS hour,
               {_field(template, "to")}::TIMESTAMP AS ended, raised AS flags
        FROM partner_row JOIN offence ON offence.path = paths[1] WHERE reason IS NULL
    """
    return [Rows("incident", incidents), *_coverage(template, first, last), *_members(template)]


# What of an address tells the household: flat and number before a road, and a postcode wherever it stands.
_HOUSEHOLD = r"(?i)^\s*((flat|apartment|apt|room|unit)\s+\w+\s*)?([0-9]+[a-z]?(\s*[-–/]\s*[0-9]+[a-z]?)?(\s+|$))?"
_POSTCODE = r"(?i)[,\s]*\b([A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2})\b"
# Somebody's house is no place.
_SOMEBODYS = r"(?i)[''’]s? (house|home|flat)\b"


def _without_household(place: str) -> str:
    """SQL of an address without the number of the house and the postcode."""
    parts = f"string_split(regexp_replace(({place})::VARCHAR, '{_POSTCODE}', '', 'g'), ',')"
    bare = f"list_transform({parts}, lambda part: trim(regexp_replace(part, '{_HOUSEHOLD}', '')))"
    return f"nullif(array_to_string(list_filter({bare}, lambda part: part <> ''), ', '), '')"


def _read_as_places(address: str) -> str:
    """SQL of the parts of an address that end as names of streets and places do: of the others nobody can be sure."""
    ends = rf"(?i)\b({'|'.join(sorted(place_words()))})$"
    is_place = f"regexp_matches(part, '{ends}') AND NOT regexp_matches(part, '{_SOMEBODYS}')"
    # A number behind the road is a house's too.
    parts = (
        rf"list_transform(string_split({address}, ', '), lambda part: regexp_replace(part, '\s+[0-9]+[A-Za-z]?$', ''))"
    )
    return f"nullif(array_to_string(list_filter({parts}, lambda part: {is_place}), ', '), '')"


def _postcode_of(postcode: str, place: str) -> str:
    """SQL of a row's postcode: half of one gives way to a whole one in its address."""
    in_address = f"nullif(regexp_extract(({place})::VARCHAR, '{_POSTCODE}', 1), '')"
    return f"coalesce(CASE WHEN length({postcode}) > 4 THEN {postcode} END, {in_address}, {postcode})"


def _coverage(template: Template, first: int, last: int) -> list[Rows]:
    """Complete for each area that reports, from the first to the last month, for all that the file tells apart."""
    reporting = quoted(template.area[-1])
    stated = f"""
        SELECT DISTINCT {reporting} AS area_code, NULL::USMALLINT AS offence_id, {first} AS first_month,
               {last} AS last_month, 'complete' AS state, '' AS reason
        {USABLE} AND {reporting} IS NOT NULL
    """
    told_apart = f"SELECT offence_id FROM offence WHERE {_is_among(template.paths())}"
    if template.of_kind("path"):
        told_apart = "SELECT DISTINCT offence_id FROM partner_row JOIN offence ON path = paths[1] WHERE reason IS NULL"
    return [Rows("stated_coverage", stated), Rows("series_offence", told_apart)]


def _is_among(paths: list[str]) -> str:
    return f"path IN ({', '.join(literal(path) for path in paths)})" if paths else "false"


def _members(template: Template) -> list[Rows]:
    """The wards and small areas of a file lie in the authority that reports them.

    A crime can be reported for another authority than the one its ward lies in: most of them decide.
    """
    if len(template.area) < 2:
        return []
    part, whole = (quoted(name) for name in (template.area[0], template.area[-1]))
    members = f"""
        SELECT {part} AS child, mode({whole}) AS parent,
               CASE WHEN left({part}, 3) IN ('E05', 'W05') THEN 'ward' ELSE 'lsoa' END AS child_kind,
               'authority' AS parent_kind, '{VINTAGE}' AS vintage
        {USABLE} AND {part} IS NOT NULL AND {whole} IS NOT NULL GROUP BY {part}
    """
    return [Rows("area_member", members)]


def _tally(con: duckdb.DuckDBPyConnection, template: Template, first: int, last: int) -> list[Rows]:
    area, month = _area(template), quoted(f"{template.when}_first")
    # Noughts too: a corrected file may have none where an earlier one had some.
    counted = f"""
        WITH mine AS (SELECT offence_id, path FROM offence WHERE {_is_among(template.paths())}),
        area AS (SELECT DISTINCT {area} AS area_code {USABLE}),
        said AS (SELECT {area} AS area_code, {month} AS month, unnest(paths) AS path {USABLE})
        SELECT month.month, area.area_code, mine.offence_id, CAST(count(said.path) AS INTEGER) AS count
        FROM area, mine, (SELECT unnest(range({first}, {last + 1}))::INTEGER AS month) AS month
        LEFT JOIN said ON said.area_code = area.area_code AND said.month = month.month AND said.path = mine.path
        GROUP BY ALL
    """
    return [Rows("counted", counted), *_coverage(template, first, last)]


def stage_counts(con: duckdb.DuckDBPyConnection, template: Template) -> None:
    """Make ``partner_counted``: each count of each row by itself, with the interval a withheld or rounded one has."""
    columns = [column for column in template.columns if column.kind in ("count", "whole") and column.path]
    parts = " UNION ALL ".join(_counts_of(template, column) for column in columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE partner_counted AS {parts}")


def _counts_of(template: Template, column: Column) -> str:
    value = quoted(column.name)
    low, high, status = f"{value}::DOUBLE", f"{value}::DOUBLE", "'final'"
    if column.kind == "count":
        low, high, status = (quoted(f"{column.name}_{part}") for part in ("low", "high", "status"))
    if template.has("withheld_below"):
        high = f"CASE WHEN {value} IS NULL THEN coalesce({high}, withheld_below - 1) ELSE {high} END"
    if template.has("rounded_to"):
        # To the nearest 5: 40 stands for 38 to 42.
        rounded = f"{value} IS NOT NULL AND coalesce(rounded_to, 1) > 1"
        low = f"CASE WHEN {rounded} THEN greatest(0, {value} - rounded_to // 2) ELSE {low} END"
        high = f"CASE WHEN {rounded} THEN {value} + rounded_to // 2 ELSE {high} END"
        status = f"CASE WHEN {rounded} THEN 'rounded' ELSE {status} END"
    first, last = quoted(f"{template.when}_first"), quoted(f"{template.when}_last")
    return f"""
        SELECT row, reason, wrong, {_area(template)} AS area_code, {first} AS first, {last} AS last,
               {_path_sql(template, column.path)} AS path, {value}::DOUBLE AS value, {low} AS low, {high} AS high,
               {status} AS status
        FROM partner_row WHERE {value} IS NOT NULL OR {status} IS NOT NULL OR reason IS NOT NULL
    """


def _path_sql(template: Template, path: str) -> str:
    """SQL of a place in the tree, ``{column}`` in it filled from that column of the row."""
    parts = []
    for number, part in enumerate(path.replace("}", "{").split("{")):
        parts.append(f"replace({quoted(part)}, ' ', '-')" if number % 2 else literal(part))
    return " || ".join(part for part in parts if part != "''")


# A month's exact count of what the tree knows; all else is a value as it was given.
_MONTHLY = "first = last AND status = 'final'"


def _counts(con: duckdb.DuckDBPyConnection, template: Template, first: int, last: int) -> list[Rows]:
    stage_counts(con, template)
    cube = f"FROM partner_counted JOIN offence USING (path) WHERE reason IS NULL AND {_MONTHLY}"
    values = f"""
        SELECT area_code, path AS measure, first AS first_month, last AS last_month, value, low, high, status,
               NULL::INTEGER AS sample
        FROM partner_counted WHERE reason IS NULL AND area_code IS NOT NULL AND path IS NOT NULL
         AND NOT ({_MONTHLY} AND path IN (SELECT path FROM offence))
    """
    # Offence by offence, because another partner's file of the same series may hold others. What cannot be
    # read, or was withheld, is absent, not nought.
    covered = f"""
        SELECT area_code, offence_id, (SELECT min(first) {cube}) AS first_month,
               (SELECT max(last) {cube}) AS last_month, 'complete' AS state, '' AS reason
        FROM (SELECT DISTINCT area_code {cube}), (SELECT DISTINCT offence_id {cube})
        UNION ALL
        SELECT DISTINCT area_code, offence_id, first, last, 'absent', 'a count in the file could not be read'
        FROM partner_counted JOIN offence USING (path)
        WHERE reason IS NOT NULL AND area_code IS NOT NULL AND first = last
          AND list_contains({_list_of(template)}, wrong)
        UNION ALL
        SELECT DISTINCT area_code, offence_id, first, last, 'absent', 'its sender withheld the count'
        FROM partner_counted JOIN offence USING (path)
        WHERE reason IS NULL AND first = last AND status <> 'final'
    """
    return [
        Rows("counted", f"SELECT first AS month, area_code, offence_id, CAST(value AS INTEGER) AS count {cube}"),
        Rows("published_value", values),
        Rows("stated_coverage", covered),
        Rows("series_offence", f"SELECT DISTINCT offence_id {cube}"),
    ]


def _list_of(template: Template) -> str:
    return "[" + ", ".join(literal(one.name) for one in template.of_kind("count", "whole")) + "]"


def _shares(con: duckdb.DuckDBPyConnection, template: Template, first: int, last: int) -> list[Rows]:
    period = template.when
    shares = f"""
        SELECT {_area(template)} AS area_code, {_path_sql(template, template.path)} AS measure,
               {quoted(period + "_first")} AS first_month, {quoted(period + "_last")} AS last_month, value,
               low, high, 'final' AS status, sample
        {USABLE}
    """
    return [Rows("published_value", shares)]


def _named(template: Template) -> list[Rows]:
    """The names that the rows give to their areas."""
    if not template.has("area_name"):
        return []
    names = f"""
        SELECT area_code AS code, max(area_name) AS name, {VINTAGE} AS vintage {USABLE}
         AND area_name IS NOT NULL AND area_code IS NOT NULL GROUP BY area_code
    """
    return [Rows("area_name", names)]


_DETAILS = ("age_band", "sex", "ethnicity", "injury", "relationship", "lives_in")
_RECORDED = ", ".join(f"coalesce({name}, '{NOT_RECORDED}') AS {name}" for name in _DETAILS)
_INVOLVED = f"SELECT hash(reference) AS reference, role, person, {_RECORDED} {USABLE}"
_FOLLOWED = f"""
    SELECT reported_for AS area_code, person, cohort, CAST(began AS DATE) AS began,
           CAST(offended_again AS DATE) AS offended_again, CAST(known_until AS DATE) AS known_until, serious,
           {", ".join(FACTORS)}
    {USABLE}
"""
