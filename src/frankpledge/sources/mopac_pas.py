"""Public Attitude Survey of the Mayor's Office for Policing and Crime: shares by borough, twelve months to a quarter.

Made from the layout of the tables on the London Datastore (Date, Borough, Survey, Measure, Proportion, MPS); no
real file has been seen. Each figure is of the twelve months to its date, so that neighbouring quarters share
nine months. Shares are weighted; how many were asked is in few of the tables, and only where it is there does
a share have an interval, which is then a little too narrow, for it knows nothing of the weights.
"""

from __future__ import annotations

import duckdb

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.periods import MONTH_NAMES
from frankpledge.provenance import RawFile
from frankpledge.sources.parts.judging import Judged, judge, said_sql
from frankpledge.sources.parts.measures import named_sql, number_sql, slug, whole_number_sql
from frankpledge.sources.reading.tables import header, literal, one_row, quoted
from frankpledge.sources.source import OGL_3, Issue, Rows, Sample, Source, Tidied

SOURCE = Source(
    slug="mopac-pas",
    title="Public Attitude Survey",
    publisher="Mayor's Office for Policing and Crime",
    dataset="mopac-pas",
    licence=OGL_3,
    cadence="quarterly",
    looks_like="a CSV or workbook with the columns Date, Borough, Measure and Proportion",
    issue=Issue.MONTHLY,
    seen=False,
    caveats=(
        "Each figure is of twelve months: neighbouring quarters share nine of them.",
        "About 400 people are asked in a borough in a year: differences of a few percentage points are noise.",
    ),
)

_NEEDED = {"date", "borough", "measure", "proportion"}
_BASES = ("unweighted-base", "base", "base-size", "sample", "sample-size", "n", "number-of-respondents")
_POLICE = "E23000001"
_LONDON = "E12000007"
_ROLLING = 12

# Of the normal distribution, for 95 of 100.
_Z = 1.959964


def recognises(sample: Sample) -> bool:
    """A table of shares by date, borough and measure."""
    return sample.tabular and {slug(column) for column in sample.columns} >= _NEEDED


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A published value for each borough, quarter and measure: ``survey/police-do-a-good-job``."""
    columns = {slug(column): quoted(column) for column in header(file.path)}
    judged = _judge(con, file, columns)
    first, last = one_row(con, "SELECT min(month), max(month) FROM attitude WHERE reason IS NULL")
    return judged.tidied(
        Rows("published_value", _values(con)), months=(first - _ROLLING + 1 if first is not None else None, last)
    )


def _judge(con: duckdb.DuckDBPyConnection, file: RawFile, columns: dict[str, str]) -> Judged:
    base = next((columns[name] for name in _BASES if name in columns), "NULL::VARCHAR")
    # A borough is known by its name, which stands among the names by which publishers call areas.
    borough = f"trim({columns['borough']})"
    code = f"(SELECT any_value(code) FROM named_area WHERE name = replace(upper({borough}), '&', 'AND'))"
    return judge(
        con,
        file.path,
        "attitude",
        {
            "borough": borough,
            "area_code": code,
            "month": _month_sql(f"trim({columns['date']})"),
            "survey": f"trim({columns['survey']})" if "survey" in columns else "''",
            "measure": f"trim({columns['measure']})",
            "share": _share_sql(columns["proportion"]),
            "police": _share_sql(columns["mps"]) if "mps" in columns else "NULL::DOUBLE",
            "sample": whole_number_sql(base),
        },
        {
            "area_code IS NULL": said_sql("there is no borough …", "borough"),
            "month IS NULL": literal("the date is none, such as 31/12/2023 or Dec 2023"),
            "measure IS NULL OR measure = ''": literal("it names no measure"),
            "share IS NULL OR share NOT BETWEEN 0 AND 1": literal(
                "the proportion is not between 0 and 1, or 0% and 100%"
            ),
        },
        once=("area_code", "month", "survey", "measure"),
    )


def _share_sql(cell: str) -> str:
    """SQL of a share from ``0.67``, ``67%`` or ``67``."""
    number = number_sql(f"replace({cell}, '%', '')")
    return f"CASE WHEN contains({cell}, '%') OR {number} > 1 THEN {number} / 100 ELSE {number} END"


def _month_sql(text: str) -> str:
    """SQL of a month number from ``2023-12-31``, ``31/12/2023`` or ``Dec 2023``; null where it is none."""
    short = ", ".join(literal(name[:3].lower()) for name in MONTH_NAMES[1:])
    date = f"coalesce(TRY_CAST(left({text}, 10) AS DATE), TRY_CAST(TRY_STRPTIME({text}, '%d/%m/%Y') AS DATE))"
    named = f"list_position([{short}], lower(left({text}, 3)))"
    year = f"TRY_CAST(right({text}, 4) AS INTEGER)"
    return f"coalesce(year({date}) * 12 + month({date}) - 1, {year} * 12 + nullif({named}, 0) - 1)"


def _values(con: duckdb.DuckDBPyConnection) -> str:
    found = con.execute("SELECT DISTINCT survey, measure FROM attitude WHERE reason IS NULL").fetchall()
    named = _named()
    paths = {f"{survey or ''}|{words}": survey_path(survey or "", words, named) for survey, words in found}
    whole = "sample > 0 AND share IS NOT NULL"
    middle = f"(share + {_Z}^2 / (2 * sample)) / (1 + {_Z}^2 / sample)"
    reach = f"{_Z} * sqrt(share * (1 - share) / sample + {_Z}^2 / (4 * sample^2)) / (1 + {_Z}^2 / sample)"
    return f"""
        SELECT area_code, named.path AS measure, month - {_ROLLING - 1} AS first_month, month AS last_month,
               share AS value, CASE WHEN {whole} THEN greatest({middle} - {reach}, 0) END AS low,
               CASE WHEN {whole} THEN least({middle} + {reach}, 1) END AS high, 'final' AS status, sample
        FROM (
            SELECT area_code, month, survey, measure, share, sample FROM attitude WHERE reason IS NULL
            UNION ALL
            -- What the table has for the whole force stands beside every borough: it is London's as well.
            SELECT unnest(['{_POLICE}', '{_LONDON}']), month, survey, measure, max(police), NULL FROM attitude
            WHERE reason IS NULL AND police BETWEEN 0 AND 1 GROUP BY month, survey, measure
        ) AS stated JOIN {named_sql(paths or {"": ""})} AS named(words, path)
          ON named.words = coalesce(stated.survey, '') || '|' || stated.measure
        ORDER BY named.path, area_code, month
    """


def _named() -> dict[str, str]:
    entries = read_definition(PACKAGED / "sources" / "survey-measures.yaml").entries("measures")
    return {slug(entry.text("words")): entry.text("name") for entry in entries}


def survey_path(survey: str, measure: str, named: dict[str, str]) -> str:
    """The path of a question: those of another survey than this one stand under its name.

    >>> survey_path("PAS", "Trust MPS", {"trust-mps": "trust-in-police"})
    'survey/trust-in-police'
    """
    bare, of = slug(measure), slug(survey)
    return "/".join(["survey", *([of] if of not in ("", "pas") else []), named.get(bare, bare)])
