"""The postcode directory: where each postcode is, those no longer used among them, for incidents are older than it.

Made from the publisher's documented layout; no real file has been seen. Headings changed in 2025
(``oseast1m`` became ``east1m``, ``lsoa21`` ``lsoa21cd``), and both are known, in capitals or not. Only
postcodes of England and Wales are kept; those that the publisher has no point for are left aside.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.parts.judging import judge
from frankpledge.sources.parts.measures import whole_number_sql
from frankpledge.sources.reading.tables import header, literal, one_row, quoted
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-postcodes",
    title="Postcode directory",
    publisher="Office for National Statistics; contains OS data © Crown copyright and database right, "
    "Royal Mail data © Royal Mail copyright and database right",
    dataset="ons-postcodes",
    licence=OGL_3,
    cadence="quarterly",
    looks_like="a CSV with the columns pcds, oseast1m (or east1m), osnrth1m (or north1m) and lsoa21 (or lsoa21cd)",
    stage=Stage.PEOPLE,
    seen=False,
    caveats=("A postcode's point is that of one of its buildings, or of several on average.",),
)

_NAMES = {
    "postcode": ("pcds", "pcd2", "pcd", "pcd8", "pcd7"),
    "easting": ("oseast1m", "east1m"),
    "northing": ("osnrth1m", "north1m"),
    "exact": ("osgrdind", "gridind"),
    "lsoa21": ("lsoa21", "lsoa21cd"),
    "lsoa11": ("lsoa11", "lsoa11cd"),
    "begun": ("dointr",),
    "ended": ("doterm",),
}
_NEEDED = ("postcode", "easting", "northing")

# The publisher's indicator of how exact the point is; 9 says that there is none.
_QUALITY = """CASE WHEN exact IN ('1', '2') THEN 'building' WHEN exact IN ('3', '4') THEN 'street' ELSE 'area' END"""
_OURS = "coalesce(regexp_full_match(lsoa21, '[EW]01[0-9]{6}') OR regexp_full_match(lsoa11, '[EW]01[0-9]{6}'), false)"


def _columns(columns: tuple[str, ...]) -> dict[str, str]:
    """What is asked for → the column that has it."""
    by_lower = {column.lower(): column for column in columns}
    found = {what: [by_lower[name] for name in names if name in by_lower] for what, names in _NAMES.items()}
    return {what: names[0] for what, names in found.items() if names}


def recognises(sample: Sample) -> bool:
    """A table of postcodes with a point and a small area for each."""
    found = _columns(sample.columns)
    return sample.tabular and set(_NEEDED) <= set(found) and bool({"lsoa21", "lsoa11"} & set(found))


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A point for each postcode of England and Wales."""
    found = _columns(tuple(header(file.path)))
    text = {what: f"trim({quoted(found[what])})" if what in found else "NULL::VARCHAR" for what in _NAMES}
    text["postcode"] = f"upper(replace({quoted(found['postcode'])}, ' ', ''))"
    text |= {what: whole_number_sql(quoted(found[what])) for what in ("easting", "northing")}
    judged = judge(
        con,
        file.path,
        "directory",
        text,
        {
            "NOT coalesce(regexp_full_match(postcode, '[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}'), false)": literal(
                "it is not a postcode"
            ),
            f"{_OURS} AND coalesce(exact, '') <> '9' AND (easting IS NULL OR northing IS NULL)": literal(
                "the postcode has no point, though it says that there is one"
            ),
        },
        once=("postcode",),
    )
    (newest,) = one_row(con, "SELECT max(greatest(coalesce(begun, ''), coalesce(ended, ''))) FROM directory")
    return judged.tidied(Rows("postcode", _POINTS), release=_month(newest or ""))


def _month(newest: str) -> str:
    """The month in which a postcode was last begun or ended, which is about when the file was made."""
    return f"{newest[:4]}-{newest[4:6]}" if len(newest) == 6 else newest


_POINTS = f"""
    SELECT postcode, easting, northing, CASE WHEN lsoa21 LIKE '_01%' THEN lsoa21 END AS area_code, {_QUALITY} AS quality
    FROM directory WHERE reason IS NULL AND {_OURS} AND easting IS NOT NULL AND coalesce(exact, '') <> '9'
    ORDER BY postcode
"""
