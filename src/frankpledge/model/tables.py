"""The warehouse's tables, declared once: the build, the checks and the reference page read these.

Whole numbers wherever a query groups or joins: codes and labels are looked up at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = 2


@dataclass(frozen=True)
class Column:
    """A column: name, DuckDB type, what it holds. `null` says whether it may be empty."""

    name: str
    type: str
    holds: str
    null: bool = False


@dataclass(frozen=True)
class TableSchema:
    """A table: name, what one row is, columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def ddl(self) -> str:
        """The statement that makes it."""
        columns = ", ".join(
            f"{column.name} {column.type}{'' if column.null else ' NOT NULL'}" for column in self.columns
        )
        return f"CREATE TABLE {self.name} ({columns})"


_SERIES = Column("series_id", "USMALLINT", "which series (dataset in one release)")
_LOAD = Column("load_id", "USMALLINT", "which file it came from")
_FROM = Column("load_id", "USMALLINT", "which file it came from; empty for what the package brings", null=True)
_MONTH = Column("month", "INTEGER", "month number: year × 12 + month − 1")
_OFFENCE = Column("offence_id", "USMALLINT", "which offence")
_AREA = Column("area_id", "UINTEGER", "which area")

TABLES = (
    TableSchema(
        "load",
        "a file taken in",
        (
            _LOAD,
            Column("series_id", "USMALLINT", "series its rows belong to"),
            Column("source", "VARCHAR", "slug of the source that recognised it"),
            Column("dataset", "VARCHAR", "dataset it belongs to"),
            Column("release", "VARCHAR", "which issue of the dataset the file is"),
            Column("file", "VARCHAR", "its name when it was given"),
            Column("sha256", "VARCHAR", "hash of its bytes"),
            Column("publisher", "VARCHAR", "who published it"),
            Column("licence", "VARCHAR", "under which licence"),
            Column("policy", "VARCHAR", "disclosure policy of the source"),
            Column("added", "VARCHAR", "when it was added, ISO 8601, UTC"),
            Column("invented", "BOOLEAN", "true when its records are made up"),
            Column("replaced", "BOOLEAN", "true when a file added later stands in its place"),
            Column("force", "VARCHAR", "police force whose area it covers, where a file is one force's"),
            Column("first_month", "INTEGER", "earliest month in it", null=True),
            Column("last_month", "INTEGER", "latest month in it", null=True),
            Column("rows_read", "BIGINT", "rows in the file, its heading aside"),
            Column("rows_kept", "BIGINT", "rows that entered the warehouse"),
            Column("rows_refused", "BIGINT", "rows that did not, each in refused_row"),
        ),
    ),
    TableSchema(
        "built_with",
        "what the warehouse was built with besides files: one that differs is built anew",
        (Column("hash", "VARCHAR", "of the definitions, of the code that builds, and of the schema"),),
    ),
    TableSchema(
        "series",
        "a dataset in one release",
        (
            _SERIES,
            Column("dataset", "VARCHAR", "dataset"),
            Column("release", "VARCHAR", "refresh date the file states, else its last month"),
            Column("first_month", "INTEGER", "earliest month", null=True),
            Column("last_month", "INTEGER", "latest month", null=True),
            Column("provisional_from", "INTEGER", "first month still likely to be revised", null=True),
            Column("policy", "VARCHAR", "disclosure policy"),
            Column("invented", "BOOLEAN", "true when its records are made up"),
        ),
    ),
    TableSchema(
        "area",
        "an area by its GSS code",
        (
            _AREA,
            Column("code", "VARCHAR", "GSS code"),
            Column("name", "VARCHAR", "name in the newest file that names it"),
            Column("kind", "VARCHAR", "region, force, authority, ward, lsoa…"),
        ),
    ),
    TableSchema(
        "area_name",
        "a name that a file gives to an area",
        (
            _FROM,
            Column("code", "VARCHAR", "GSS code"),
            Column("name", "VARCHAR", "name", null=True),
            Column("vintage", "INTEGER", "year of the areas, two figures: the newest name stands"),
        ),
    ),
    TableSchema(
        "named_area",
        "a name by which publishers' files call an area",
        (Column("name", "VARCHAR", "name, in capitals"), Column("code", "VARCHAR", "GSS code")),
    ),
    TableSchema(
        "area_member",
        "an area that lies in another, as a look-up file says",
        (
            _FROM,
            Column("child", "VARCHAR", "GSS code of the part"),
            Column("parent", "VARCHAR", "GSS code of the whole"),
            Column("child_kind", "VARCHAR", "kind of the part"),
            Column("parent_kind", "VARCHAR", "kind of the whole"),
            Column("vintage", "VARCHAR", "columns of the look-up, which name the years"),
        ),
    ),
    TableSchema(
        "placement",
        "the one area of a kind that another area is counted in",
        (
            _AREA,
            Column("kind", "VARCHAR", "kind of the area it is counted in"),
            Column("counted_in", "UINTEGER", "area_id of that area"),
        ),
    ),
    TableSchema(
        "drawn_area",
        "an area that the partnership drew or listed itself",
        (
            _AREA,
            Column("code", "VARCHAR", "own: and its name"),
            Column("sort", "VARCHAR", "estate, town-centre, beat… in the partnership's own word", null=True),
            Column("made_of", "VARCHAR", "kind of the areas it is a sum of: lsoa, ward or authority"),
            Column("peopled", "BOOLEAN", "false when it has no residents to speak of"),
            Column("outline", "BLOB", "WKB, British National Grid; empty where it is listed", null=True),
            Column("said", "VARCHAR", "what to know of how it was made; empty where there is nothing", null=True),
        ),
    ),
    TableSchema(
        "drawn_member",
        "an area whose counts are part of a drawn one's",
        (
            _AREA,
            Column("member", "UINTEGER", "area_id of the part"),
            Column("peopled", "BOOLEAN", "true where its residents are the drawn area's: each lives in one such part"),
        ),
    ),
    TableSchema(
        "drawn_cover",
        "an area that must be complete for a drawn one to be",
        (_AREA, Column("part", "VARCHAR", "GSS code of that area")),
    ),
    TableSchema(
        "offence",
        "a kind of crime or disorder, by its place in the tree",
        (
            _OFFENCE,
            Column("path", "VARCHAR", "crime/burglary/residential"),
        ),
    ),
    TableSchema(
        "label",
        "a publisher's word for an offence",
        (
            Column("family", "VARCHAR", "which list of labels"),
            Column("label", "VARCHAR", "the word, in capitals, “&” written out"),
            _OFFENCE,
        ),
    ),
    TableSchema(
        "series_offence",
        "an offence that a file tells apart",
        (_LOAD, _SERIES, _OFFENCE),
    ),
    TableSchema(
        "incident",
        "a crime or incident",
        (
            _LOAD,
            _MONTH,
            _OFFENCE,
            Column("reference", "UBIGINT", "hash of the publisher's identifier; empty for most ASB", null=True),
            Column("area_code", "VARCHAR", "area it is counted in; empty for one that could not be placed", null=True),
            Column("longitude", "DOUBLE", "degrees, snapped by the publisher", null=True),
            Column("latitude", "DOUBLE", "degrees, snapped by the publisher", null=True),
            Column("place", "VARCHAR", "street or place as the publisher words it", null=True),
            Column("outcome", "VARCHAR", "last outcome known", null=True),
            Column("hour", "TIMESTAMP", "start, where the record is dated to the hour", null=True),
            Column("ended", "TIMESTAMP", "end, where the record says from when to when", null=True),
            Column(
                "match",
                "VARCHAR",
                "how it was placed, where not by its publisher: point, postcode, nearest centre…",
                null=True,
            ),
            Column("flags", "VARCHAR", "domestic, knife, gun, hate…, separated by spaces", null=True),
        ),
    ),
    TableSchema(
        "involvement",
        "a victim or suspect of an incident, by code",
        (
            _LOAD,
            Column("reference", "UBIGINT", "the incident"),
            Column("role", "VARCHAR", "victim or suspect"),
            Column("person", "VARCHAR", "code; never a name"),
            Column("age_band", "VARCHAR", "years; “not recorded” is a value"),
            Column("sex", "VARCHAR", "as recorded; “not recorded” is a value"),
            Column("ethnicity", "VARCHAR", "as recorded; “not recorded” is a value"),
            Column("injury", "VARCHAR", "none, minor, moderate, serious or fatal; “not recorded” is a value"),
            Column("relationship", "VARCHAR", "to the other party: partner, family…; “not recorded” is a value"),
        ),
    ),
    TableSchema(
        "monthly_count",
        "the cube: how many of an offence in an area in a month; no row inside complete coverage is nought",
        (_LOAD, _SERIES, _MONTH, _AREA, _OFFENCE, Column("count", "INTEGER", "how many")),
    ),
    TableSchema(
        "published_value",
        "a value somebody else worked out: a count by quarter or year, a rounded count, a share in a survey, a score",
        (
            _LOAD,
            _SERIES,
            Column("area_code", "VARCHAR", "GSS code"),
            Column("measure", "VARCHAR", "what it is, by its place in the tree: survey/police-do-a-good-job"),
            Column("first_month", "INTEGER", "from"),
            Column("last_month", "INTEGER", "to, included"),
            Column("value", "DOUBLE", "the value as published; empty when it was withheld", null=True),
            Column("low", "DOUBLE", "the least it can be: of a rounded or withheld count, or a survey", null=True),
            Column("high", "DOUBLE", "the most it can be", null=True),
            Column("status", "VARCHAR", "final, provisional, rounded, suppressed or missing"),
            Column("sample", "INTEGER", "how many were asked, for a survey", null=True),
        ),
    ),
    TableSchema(
        "population",
        "residents or households of an area, or a part of them",
        (
            Column("load_id", "USMALLINT", "which file it came from; empty for a sum of parts", null=True),
            _SERIES,
            Column("area_code", "VARCHAR", "GSS code"),
            Column("year", "SMALLINT", "mid-year, or year of the Census"),
            Column("part", "VARCHAR", "residents, residents/age/17, households, religion/muslim…"),
            Column("number", "INTEGER", "estimate, or count"),
        ),
    ),
    TableSchema(
        "harm_weight",
        "how much harm an offence stands for",
        (
            _LOAD,
            Column("scheme", "VARCHAR", "whose weights"),
            Column("code", "VARCHAR", "Home Office code of the offence", null=True),
            Column("offence", "VARCHAR", "the offence, as the publisher words it"),
            Column("category", "VARCHAR", "what police.uk counts it under", null=True),
            Column("weight", "DOUBLE", "harm of one, in the scheme's own unit"),
        ),
    ),
    TableSchema(
        "postcode",
        "where a postcode is",
        (
            _LOAD,
            Column("postcode", "VARCHAR", "in capitals, without spaces"),
            Column("easting", "INTEGER", "National Grid, metres"),
            Column("northing", "INTEGER", "National Grid, metres"),
            Column("area_code", "VARCHAR", "LSOA of 2021 it lies in", null=True),
            Column("quality", "VARCHAR", "how exact the point is: building, street or area"),
        ),
    ),
    TableSchema(
        "place_name",
        "a place that people know by its name",
        (
            _LOAD,
            Column("name", "VARCHAR", "what it is called"),
            Column("kind", "VARCHAR", "station, bus stop, park, road, suburb…"),
            Column("easting", "INTEGER", "National Grid, metres"),
            Column("northing", "INTEGER", "National Grid, metres"),
        ),
    ),
    TableSchema(
        "centroid",
        "the point that stands for a small area: where its residents are, on the whole",
        (
            _LOAD,
            Column("area_code", "VARCHAR", "GSS code"),
            Column("easting", "DOUBLE", "National Grid, metres"),
            Column("northing", "DOUBLE", "National Grid, metres"),
        ),
    ),
    TableSchema(
        "boundary",
        "the outline of an area",
        (
            _FROM,
            Column("area_code", "VARCHAR", "GSS code"),
            Column("file", "VARCHAR", "file it came from, which names the vintage"),
            Column("points", "INTEGER", "how many points draw it: more is finer"),
            Column("outline", "BLOB", "WKB, British National Grid, metres"),
        ),
    ),
    TableSchema(
        "stated_coverage",
        "what a file says of itself: for which months, areas and offences it is complete",
        (
            _LOAD,
            _SERIES,
            Column("area_code", "VARCHAR", "area"),
            Column("offence_id", "USMALLINT", "offence; empty for all", null=True),
            Column("first_month", "INTEGER", "from"),
            Column("last_month", "INTEGER", "to, included"),
            Column("state", "VARCHAR", "complete, partial or absent"),
            Column("reason", "VARCHAR", "why, in words"),
        ),
    ),
    TableSchema(
        "coverage",
        "for which months, areas and offences a series is complete, and where it is not",
        (
            _SERIES,
            Column("area_id", "UINTEGER", "area; empty for all areas of the series", null=True),
            Column("offence_id", "USMALLINT", "offence; empty for all", null=True),
            Column("first_month", "INTEGER", "from"),
            Column("last_month", "INTEGER", "to, included"),
            Column("state", "VARCHAR", "complete, partial or absent"),
            Column("reason", "VARCHAR", "why, in words"),
        ),
    ),
    TableSchema(
        "correction",
        "coverage that somebody corrected by hand",
        (
            Column("line", "INTEGER", "its line in definitions/corrections.yaml"),
            Column("dataset", "VARCHAR", "of which dataset"),
            Column("area_code", "VARCHAR", "GSS code; empty for every area", null=True),
            Column("offence", "VARCHAR", "path; empty for every offence", null=True),
            Column("first_month", "INTEGER", "from"),
            Column("last_month", "INTEGER", "to, included"),
            Column("state", "VARCHAR", "complete, partial or absent"),
            Column("why", "VARCHAR", "why, in words"),
            Column("who", "VARCHAR", "who says so"),
            Column("day", "VARCHAR", "when it was said, ISO 8601"),
            Column("areas", "INTEGER", "how many areas' coverage it changed; 0 where it changes nothing"),
        ),
    ),
    TableSchema(
        "refused_row",
        "a row that could not be used",
        (
            _LOAD,
            Column("row", "BIGINT", "line of the file, its heading being line 1"),
            Column("reason", "VARCHAR", "why, in words"),
            Column("text", "VARCHAR", "the row; empty where it may hold personal data", null=True),
        ),
    ),
    TableSchema(
        "noticed",
        "something noticed while a file was read",
        (
            _LOAD,
            Column("kind", "VARCHAR", "what sort of finding"),
            Column("subject", "VARCHAR", "of what"),
            Column("number", "BIGINT", "how many rows it touches", null=True),
            Column("among", "BIGINT", "of how many", null=True),
            Column("sentence", "VARCHAR", "what it is, where that cannot be said of several files at once", null=True),
        ),
    ),
    TableSchema(
        "quality",
        "something an analyst should know before using the data",
        (
            Column("kind", "VARCHAR", "what sort of finding"),
            Column("dataset", "VARCHAR", "of which dataset"),
            Column("subject", "VARCHAR", "which file, area or period"),
            Column("number", "BIGINT", "how many rows or areas it touches", null=True),
            Column("sentence", "VARCHAR", "what it is and what it means"),
            Column("seriousness", "UTINYINT", "1 misleads, 2 to be compared with care, 3 worth knowing", null=True),
            Column("look", "VARCHAR", "where more stands: a table, a command, a file", null=True),
        ),
    ),
    TableSchema(
        "published_figure",
        "a figure somebody printed in a document",
        (
            Column("document", "VARCHAR", "slug of the document"),
            Column("title", "VARCHAR", "title of the document"),
            Column("section", "VARCHAR", "where in it"),
            Column("place", "VARCHAR", "table, quick facts or text"),
            Column("indicator", "VARCHAR", "indicator's slug"),
            Column("area_code", "VARCHAR", "GSS code", null=True),
            Column("people", "VARCHAR", "the part of the population it is of; empty for all", null=True),
            Column("period", "VARCHAR", "as in the grammar of periods"),
            Column("against", "VARCHAR", "period it is compared with", null=True),
            Column("measure", "VARCHAR", "count, rate-per-1000, count-change…"),
            Column("value", "DOUBLE", "the figure"),
            Column("printed", "VARCHAR", "the figure as printed"),
            Column("contradicted", "VARCHAR", "what the document says elsewhere, and why it is wrong", null=True),
        ),
    ),
    TableSchema(
        "definition_used",
        "a definition the warehouse was built with",
        (
            Column("file", "VARCHAR", "folder and name"),
            Column("hash", "VARCHAR", "short hash of its text"),
        ),
    ),
)
