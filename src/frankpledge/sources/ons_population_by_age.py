"""Mid-year population estimates by single year of age, and by sex where the file has it.

Four layouts: a row a small area and a column a year of age (persons; or females and males, ``F0`` and ``M0``);
the series for authorities (MYEB1: code, name, country, sex, age, ``population_2011``…); and Nomis (a row a
count). Of the first, persons by small area have been seen; the others are made from the publisher's own
documentation. A file of the first layout says its year in its name alone (``mid2020``).

A workbook may have titles above its table, on any of its sheets; the first sheet with such a table is read.

Years of age are single ones up to 89; ``age/90`` is 90 and over. Small areas of 2011 are no part of the wards
and authorities of today's look-ups: where such a file names their authorities, those have the sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from frankpledge.geography import AreaKind
from frankpledge.provenance import RawFile
from frankpledge.sources.ons_lookups import code_columns
from frankpledge.sources.parts.judging import NOT_A_CODE, Judged, counted_area_sql, is_code_sql, judge, said_sql
from frankpledge.sources.parts.measures import whole_number_sql
from frankpledge.sources.reading.notes import note
from frankpledge.sources.reading.tables import HEADING_WITHIN, column_names, header, literal, one_row, quoted
from frankpledge.sources.reading.workbooks import first_rows_of_sheets, is_workbook
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

SOURCE = Source(
    slug="ons-population-by-age",
    title="Mid-year population estimates by age",
    publisher="Office for National Statistics",
    dataset="ons-population-by-age",
    licence=OGL_3,
    cadence="yearly, about eighteen months after mid-year",
    leans=True,
    looks_like="a CSV with a column of area codes and a column a year of age (0 to 90+); or ladcode23, sex, age, "
    "population_2011…; or Nomis with GEOGRAPHY_CODE, C_AGE_NAME and OBS_VALUE",
    stage=Stage.PEOPLE,
    caveats=(
        "Estimates by small area and age are experimental, and those of before 2022 rest on the Census of 2011.",
        "Releases are not to be mixed: the years 2012 to 2020 were revised after the Census of 2021.",
    ),
)

_OLDEST = 90
_AGES = _OLDEST + 1
_WIDE = re.compile(r"(?P<sex>[fm]?)(?P<age>\d{1,2})\+?", re.IGNORECASE)
_SEXES = {"": "all", "f": "female", "m": "male"}
_AREA = re.compile(r"(lsoa|ward|wd|lad|ltla|area)?[ _]*(20\d\d)?[ _]*codes?", re.IGNORECASE)
_SERIES_AREA = re.compile(r"ladcode\d{2}", re.IGNORECASE)
_SERIES_YEAR = re.compile(r"population_(\d{4})", re.IGNORECASE)
_NOMIS = ("GEOGRAPHY_CODE", "C_AGE_NAME", "OBS_VALUE", "DATE_NAME")
# It gives a year at a time, each as last revised: together they are one release.
_NOMIS_RELEASE = "nomis"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class _Wide:
    """A table with a column a year of age: the areas' codes, their authorities' where it has them, and the cells."""

    area: str
    authority: str | None
    cells: dict[str, tuple[str, int]]
    total: str | None


@dataclass(frozen=True)
class _Place:
    """Where in a file the table is: sheet and row of its heading, for a workbook; and what stands above it."""

    columns: tuple[str, ...]
    sheet: str | None = None
    header_row: int | None = None
    title: str = ""


def recognises(sample: Sample) -> bool:
    """A table in one of the layouts, on any sheet of a workbook."""
    return sample.form == "table" and _is_ours(sample.columns) or any(_places_in(sample.sheets))


def _is_ours(columns: tuple[str, ...]) -> bool:
    return _wide(columns) is not None or _is_series(columns) or set(columns) >= set(_NOMIS)


def _places_in(sheets: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[_Place]:
    """The first such table of each sheet."""
    for sheet, rows in sheets.items():
        for number, row in enumerate(rows, 1):
            columns = tuple(column_names(row))
            if _is_ours(columns):
                title = " ".join(cell for above in rows[: number - 1] for cell in above)
                yield _Place(columns, sheet, number, f"{sheet} {title}")
                break


def _place_of(con: duckdb.DuckDBPyConnection, file: RawFile) -> _Place:
    if not is_workbook(file.path):
        return _Place(tuple(header(file.path)))
    first, *others = _places_in(first_rows_of_sheets(file.path, HEADING_WITHIN))
    if others:
        names = ", ".join(f"“{one.sheet}”" for one in others)
        note(
            con, "sheets", f"has tables of ages on several sheets: “{first.sheet}” was read, not {names}.", len(others)
        )
    return first


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """Residents by area, year, sex and single year of age."""
    place = _place_of(con, file)
    wide = _wide(place.columns)
    if wide is not None:
        judged = _read_wide(con, file, place, wide)
    elif _is_series(place.columns):
        judged = _read_series(con, file, place)
    else:
        judged = _read_nomis(con, file, place)
    _add_persons(con)
    _add_totals(con)
    if wide is not None and wide.authority:
        _add_authorities(con)
    (last,) = one_row(con, "SELECT max(year) FROM aged")
    return judged.tidied(
        Rows("population", _PARTS),
        release=_NOMIS_RELEASE if set(place.columns) >= set(_NOMIS) else f"mid-{last}" if last else "",
    )


def _wide(columns: tuple[str, ...]) -> _Wide | None:
    found = {column: heading for column in columns if (heading := _WIDE.fullmatch(column))}
    cells = {
        column: (_SEXES[heading["sex"].lower()], int(heading["age"]))
        for column, heading in found.items()
        if int(heading["age"]) <= _OLDEST
    }
    codes = code_columns(columns)
    smallest = min(codes, key=lambda one: (one.kind is not AreaKind.LSOA, one.kind is not AreaKind.WARD), default=None)
    area = smallest.column if smallest else next((one for one in columns if _AREA.fullmatch(one)), None)
    if area is None or len(cells) % _AGES or not cells:
        return None
    authority = next((one.column for one in codes if one.kind is AreaKind.AUTHORITY and one.column != area), None)
    total = next((one for one in columns if one.lower() in ("total_population", "total", "all ages")), None)
    # Of females and males the total is of both, whatever it is called.
    return _Wide(area, authority, cells, total)


def _year_of(file: RawFile, place: _Place) -> str | None:
    """The year that the table's title names (“Mid-2022”), else the file's name; the areas' own year is left aside."""
    for words in (place.title, file.name):
        bare = re.sub(r"(lsoa|lad|wd|oa|ward)s?[ _-]*(20)?\d\d", "", words, flags=re.IGNORECASE)
        if years := _YEAR.findall(bare):
            return str(years[0])
    return None


def _read_wide(con: duckdb.DuckDBPyConnection, file: RawFile, place: _Place, wide: _Wide) -> Judged:
    year = _year_of(file, place)
    cells = dict(wide.cells)
    if wide.total:
        cells[wide.total] = ("all", -1)
    whole = {f"c{number}": whole_number_sql(quoted(column)) for number, column in enumerate(cells)}
    wrong = {f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code")}
    wrong |= {
        f"{name} IS NULL": literal(f"in “{column}” there is no whole number")
        for name, column in zip(whole, cells, strict=True)
    }
    if year is None:
        wrong = {
            "true": literal("the file does not say of which year it is: put the year in its name, as in “mid-2020”")
        }
    authority = f"trim({quoted(wide.authority)})" if wide.authority else "NULL::VARCHAR"
    area = {"area_code": f"trim({quoted(wide.area)})", "authority": authority}
    judged = judge(
        con,
        file.path,
        "people",
        area | whole,
        wrong,
        once=("area_code",),
        sheet=place.sheet,
        header_row=place.header_row,
    )
    kinds = ", ".join(f"('{name}', '{sex}', {age})" for name, (sex, age) in zip(whole, cells.values(), strict=True))
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE aged AS
        SELECT area_code, CAST({year or "NULL"} AS SMALLINT) AS year, kind.sex, kind.age,
               residents AS number
        FROM (SELECT area_code, {", ".join(whole)} FROM people WHERE reason IS NULL AND {counted_area_sql("area_code")})
        UNPIVOT (residents FOR name IN ({", ".join(whole)}))
        JOIN (VALUES {kinds}) AS kind(name, sex, age) USING (name)
    """)
    return judged


def _is_series(columns: tuple[str, ...]) -> bool:
    lower = {column.lower() for column in columns}
    areas = [column for column in columns if _SERIES_AREA.fullmatch(column)]
    return {"sex", "age"} <= lower and bool(areas) and any(_SERIES_YEAR.fullmatch(column) for column in columns)


def _read_series(con: duckdb.DuckDBPyConnection, file: RawFile, place: _Place) -> Judged:
    columns = place.columns
    by_lower = {column.lower(): quoted(column) for column in columns}
    area = next(quoted(column) for column in columns if _SERIES_AREA.fullmatch(column))
    years = {found[1]: column for column in columns if (found := _SERIES_YEAR.fullmatch(column))}
    whole = {f"y{year}": whole_number_sql(quoted(column)) for year, column in years.items()}
    judged = judge(
        con,
        file.path,
        "people",
        {"area_code": f"trim({area})", "sex": _sex_sql(by_lower["sex"]), "age": whole_number_sql(by_lower["age"])}
        | whole,
        {
            f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code"),
            "sex IS NULL": literal("“sex” is none of F, M, 1 and 2"),
            f"age IS NULL OR age > {_OLDEST}": literal("“age” is not a year of age from 0 to 90"),
        }
        | {f"y{year} IS NULL": literal(f"in “{column}” there is no whole number") for year, column in years.items()},
        once=("area_code", "sex", "age"),
        sheet=place.sheet,
        header_row=place.header_row,
    )
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE aged AS
        SELECT area_code, CAST(substr(mid, 2) AS SMALLINT) AS year, sex, age, number
        FROM (SELECT area_code, sex, age, {", ".join(whole)} FROM people
              WHERE reason IS NULL AND {counted_area_sql("area_code")})
        UNPIVOT (number FOR mid IN ({", ".join(whole)}))
    """)
    return judged


def _sex_sql(cell: str) -> str:
    """Of females, of males, or of all; the publisher wrote 1 for males and 2 for females until 2021."""
    word = f"lower(trim({cell}))"
    return (
        f"CASE WHEN {word} IN ('f', '2', 'female', 'females') THEN 'female' "
        f"WHEN {word} IN ('m', '1', 'male', 'males') THEN 'male' "
        f"WHEN {word} IN ('total', 'persons', 'all persons', 'all') THEN 'all' END"
    )


def _read_nomis(con: duckdb.DuckDBPyConnection, file: RawFile, place: _Place) -> Judged:
    columns = place.columns
    sex = next((quoted(column) for column in ("GENDER_NAME", "SEX_NAME", "C_SEX_NAME") if column in columns), "'Total'")
    measure = "lower(MEASURES_NAME)" if "MEASURES_NAME" in columns else "'value'"
    judged = judge(
        con,
        file.path,
        "people",
        {
            "area_code": "trim(GEOGRAPHY_CODE)",
            "year": "TRY_CAST(regexp_extract(DATE_NAME, '(19|20)[0-9]{2}') AS SMALLINT)",
            "sex": _sex_sql(sex),
            "words": "trim(C_AGE_NAME)",
            "age": "CASE WHEN lower(C_AGE_NAME) LIKE 'all ages' THEN -1 WHEN regexp_full_match(lower(C_AGE_NAME), "
            "'aged? [0-9]{1,2}[+]?') THEN CAST(regexp_extract(C_AGE_NAME, '[0-9]+') AS INTEGER) END",
            "measure": measure,
            "number_of": whole_number_sql("OBS_VALUE"),
        },
        {
            f"NOT {is_code_sql('area_code')}": said_sql(NOT_A_CODE, "area_code"),
            "year IS NULL": literal("“DATE_NAME” names no year"),
            "sex IS NULL": literal("the sex is none of Total, Male and Female"),
            "measure = 'value' AND number_of IS NULL": literal("“OBS_VALUE” is not a whole number"),
        },
        once=("area_code", "year", "sex", "words", "measure"),
        sheet=place.sheet,
        header_row=place.header_row,
    )
    # Bands of ages (“Aged 16 to 64”) and percentages can be made from the rest.
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE aged AS SELECT area_code, year, sex, age, number_of AS number FROM people
        WHERE reason IS NULL AND measure = 'value' AND age BETWEEN -1 AND {_OLDEST} AND {counted_area_sql("area_code")}
    """)
    return judged


def _add_persons(con: duckdb.DuckDBPyConnection) -> None:
    """Persons, where the file has females and males."""
    con.execute("""
        INSERT INTO aged
        SELECT area_code, year, 'all', age, CAST(sum(number) AS INTEGER) FROM aged AS part WHERE sex <> 'all'
          AND NOT EXISTS (FROM aged AS whole WHERE whole.sex = 'all' AND whole.area_code = part.area_code
                          AND whole.year = part.year AND whole.age = part.age)
        GROUP BY area_code, year, age HAVING count(*) = 2
    """)


def _add_totals(con: duckdb.DuckDBPyConnection) -> None:
    """Residents of all ages, where the file has every age and no total."""
    con.execute(f"""
        INSERT INTO aged
        SELECT area_code, year, sex, -1, CAST(sum(number) AS INTEGER) FROM aged AS part WHERE age >= 0
          AND NOT EXISTS (FROM aged AS whole WHERE whole.age = -1 AND whole.area_code = part.area_code
                          AND whole.year = part.year AND whole.sex = part.sex)
        GROUP BY area_code, year, sex HAVING count(*) = {_AGES}
    """)


def _add_authorities(con: duckdb.DuckDBPyConnection) -> None:
    """Sums by the authorities that the file names, where a look-up says that none of their small areas is left out."""
    con.execute(_AUTHORITIES)


# A look-up to small areas of 2021 knows those of 2011 as what they came from; an older one has no others.
_AUTHORITIES = """
    INSERT INTO aged
    WITH old AS (
        SELECT DISTINCT child FROM area_member WHERE child_kind = 'lsoa'
          AND (parent_kind = 'lsoa' OR CAST(vintage AS INTEGER) BETWEEN 11 AND 20)
    ),
    known AS (
        SELECT DISTINCT member.parent AS authority, member.child FROM area_member AS member JOIN old USING (child)
        WHERE member.parent_kind = 'authority'
    ),
    given AS (SELECT DISTINCT area_code AS child, authority FROM people WHERE reason IS NULL),
    whole AS (
        SELECT authority FROM known WHERE authority IN (SELECT authority FROM given)
        GROUP BY authority HAVING count(*) = count(*) FILTER (child IN (SELECT child FROM given))
    )
    SELECT given.authority, year, sex, age, CAST(sum(number) AS INTEGER)
    FROM aged JOIN given ON given.child = aged.area_code WHERE given.authority IN (SELECT authority FROM whole)
    GROUP BY ALL
"""

_PARTS = """
    SELECT area_code, year, number,
           'residents' || CASE sex WHEN 'all' THEN '' ELSE '/' || sex END
                       || CASE age WHEN -1 THEN '' ELSE '/age/' || age END AS part
    FROM aged ORDER BY part, year, area_code
"""
