"""What tables of harm weights have in common: a row an offence, and one or more numbers that weigh it.

Not a source itself: `ons_crime_severity`, `police_activity`, `home_office_costs` and `own_weights` are.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.reading.tables import header, literal, one_row, ragged_rows_sql, stage_table
from frankpledge.sources.source import Rows, Tidied


@dataclass(frozen=True)
class Scheme:
    """One way to weigh offences, as a table has it.

    Attributes
    ----------
    name
        Whose weights, and of what.
    weight, offence, code, category
        SQL from the table's columns; `code` and `category` may be left out.
    needs
        Columns without which the table does not have it.
    named
        SQL of the column that names the set, where the table holds several; `name` is then for nobody.
    every
        False where an offence need not have this weight: one left empty is then no mistake.
    """

    name: str
    weight: str
    offence: str
    needs: tuple[str, ...]
    code: str = "NULL::VARCHAR"
    category: str = "NULL::VARCHAR"
    every: bool = True
    named: str = ""


def tidy_weights(con: duckdb.DuckDBPyConnection, file: RawFile, schemes: tuple[Scheme, ...]) -> Tidied:
    """The weights of each scheme that a table has; the temporary table ``weighed`` holds them, and those refused."""
    rows = stage_table(con, "weight_line", file.path)
    held = set(header(file.path))
    having = [scheme for scheme in schemes if set(scheme.needs) <= held]
    con.execute("CREATE OR REPLACE TEMP TABLE weighed AS " + " UNION ALL ".join(_weighed(scheme) for scheme in having))
    (kept,) = one_row(con, _KEPT)
    return Tidied(
        release="",
        rows=(Rows("harm_weight", _WEIGHTS),),
        rows_read=rows,
        rows_kept=kept,
        refused=f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}",
    )


def _weighed(scheme: Scheme) -> str:
    name = f"trim({scheme.named})" if scheme.named else literal(scheme.name)
    return f"""
        SELECT file_line, {name} AS scheme, trim({scheme.code}) AS code,
               trim({scheme.offence}) AS offence, nullif(trim({scheme.category}), '') AS category,
               TRY_CAST(replace(trim({scheme.weight}), ',', '') AS DOUBLE) AS weight,
               CASE WHEN coalesce(scheme, '') = '' THEN 'no set of weights is named'
                    WHEN coalesce(offence, '') = '' THEN 'no offence is named'
                    WHEN weight IS NULL THEN 'the weight is “' || coalesce({scheme.weight}, '') || '”, not a number'
                    END AS reason
        FROM weight_line {"" if scheme.every else f"WHERE coalesce(trim({scheme.weight}), '') <> ''"}
    """


_KEPT = """
    SELECT (SELECT count(*) FROM weight_line)
         - (SELECT count(DISTINCT file_line) FROM weighed WHERE reason IS NOT NULL)
"""

_WEIGHTS = """
    SELECT scheme, nullif(code, '') AS code, offence, category, weight
    FROM weighed WHERE reason IS NULL ORDER BY scheme, file_line
"""

_REFUSED = """
    SELECT file_line AS row, reason, NULL::VARCHAR AS text FROM weighed WHERE reason IS NOT NULL
"""
