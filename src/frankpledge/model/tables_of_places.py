"""The tables of areas and places: what they are called, where they lie, what lies in what."""

from __future__ import annotations

from frankpledge.model.schema import AREA, FROM, LOAD, Column, TableSchema

PLACES = (
    TableSchema(
        "area",
        "an area by its GSS code",
        (
            AREA,
            Column("code", "VARCHAR", "GSS code"),
            Column("name", "VARCHAR", "name in the newest file that names it"),
            Column("kind", "VARCHAR", "region, force, authority, ward, lsoa…"),
        ),
    ),
    TableSchema(
        "area_name",
        "a name that a file gives to an area",
        (
            FROM,
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
            FROM,
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
            AREA,
            Column("kind", "VARCHAR", "kind of the area it is counted in"),
            Column("counted_in", "UINTEGER", "area_id of that area"),
        ),
    ),
    TableSchema(
        "drawn_area",
        "an area that the partnership drew or listed itself",
        (
            AREA,
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
            AREA,
            Column("member", "UINTEGER", "area_id of the part"),
            Column("peopled", "BOOLEAN", "true where its residents are the drawn area's: each lives in one such part"),
        ),
    ),
    TableSchema(
        "drawn_cover",
        "an area that must be complete for a drawn one to be",
        (AREA, Column("part", "VARCHAR", "GSS code of that area")),
    ),
    TableSchema(
        "postcode",
        "where a postcode is",
        (
            LOAD,
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
            LOAD,
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
            LOAD,
            Column("area_code", "VARCHAR", "GSS code"),
            Column("easting", "DOUBLE", "National Grid, metres"),
            Column("northing", "DOUBLE", "National Grid, metres"),
        ),
    ),
    TableSchema(
        "boundary",
        "the outline of an area",
        (
            FROM,
            Column("area_code", "VARCHAR", "GSS code"),
            Column("file", "VARCHAR", "file it came from, which names the vintage"),
            Column("points", "INTEGER", "how many points draw it: more is finer"),
            Column("outline", "BLOB", "WKB, British National Grid, metres"),
        ),
    ),
)
