"""What the templates for partners' own files have in common: each row is kept, or refused with a reason.

Not a source itself: `partner_incidents`, `partner_people`, `partner_counts` and `partner_population` are.
The text of a refused row of people or incidents is never kept: it may hold what must not be held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from frankpledge.geography import KIND_OF_PREFIX, AreaKind
from frankpledge.provenance import RawFile
from frankpledge.sources.reading import header, literal, one_row, quoted, ragged_rows_sql, stage_table
from frankpledge.sources.source import Rows, Tidied

PUBLISHER = "the partner who sent it"
LICENCE = "not for publication beyond the partnership"

# Any look-up of areas that is added knows better which ward lies where, and what it is called.
VINTAGE = 1

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Template:
    """The columns of a template.

    Attributes
    ----------
    needed
        Columns by which it is recognised.
    optional
        Column → what stands there where it is left out or empty.
    worked_out
        SQL of further columns, from the columns of the file (alias ``line``) and of `join`.
    join
        SQL that joins what they need.
    wrong
        SQL that is true of a row that cannot be used → why, in words.
    personal
        Whether a refused row's text must not be kept.
    """

    needed: tuple[str, ...]
    wrong: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    worked_out: str = "NULL AS nothing_more"
    join: str = ""
    personal: bool = False


_INVENTED = {"lower(invented) NOT IN ('', 'yes', 'no')": "“invented” is neither yes nor no"}


def stage(con: duckdb.DuckDBPyConnection, file: RawFile, template: Template) -> None:
    """Make the temporary table ``partner_row``: a file's rows, their lines, and why any cannot be used."""
    stage_table(con, "partner_line", file.path)
    con.execute(f"CREATE OR REPLACE TEMP TABLE partner_ragged AS {ragged_rows_sql(file.path)}")
    cases = " ".join(f"WHEN {wrong} THEN {literal(why)}" for wrong, why in {**template.wrong, **_INVENTED}.items())
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE partner_row AS
        SELECT *, CASE {cases} END AS reason FROM (
            SELECT line.*, {template.worked_out} FROM ({_lines(file, template)}) AS line {template.join}
        )
    """)


def _lines(file: RawFile, template: Template) -> str:
    held = set(header(file.path))
    optional = {"invented": "", **template.optional}
    columns = [f"trim(coalesce({quoted(name)}, '')) AS {quoted(name)}" for name in template.needed]
    for name, default in optional.items():
        given = f"nullif(trim({quoted(name)}), '')" if name in held else "NULL"
        columns.append(f"coalesce({given}, {literal(default)}) AS {quoted(name)}")
    return f"SELECT file_line AS row, {', '.join(columns)} FROM partner_line"


def refuse_repeats(con: duckdb.DuckDBPyConnection, keys: Sequence[str], where: str = "true") -> None:
    """Refuse rows that say again what another row of the file has said.

    What an earlier file has said is another matter: there the newer file corrects the older.

    Parameters
    ----------
    keys
        Columns of ``partner_row`` that together say what a row is of.
    where
        SQL of the rows that are judged.
    """
    names = ", ".join(quoted(key) for key in keys)
    con.execute(f"""
        UPDATE partner_row SET reason = 'it stands in the file already' WHERE row IN (
            SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY {names} ORDER BY row) AS nth
                             FROM partner_row WHERE reason IS NULL AND {where}) WHERE nth > 1)
    """)


def tidied(
    con: duckdb.DuckDBPyConnection,
    template: Template,
    rows: tuple[Rows, ...],
    release: str,
    months: tuple[int | None, int | None] = (None, None),
) -> Tidied:
    """What became of a staged file."""
    kept, split, invented = one_row(
        con, "SELECT count(*) FILTER (reason IS NULL), count(*), bool_or(lower(invented) = 'yes') FROM partner_row"
    )
    (ragged,) = one_row(con, "SELECT count(*) FROM partner_ragged")
    text = "NULL::VARCHAR" if template.personal else "{}"
    return Tidied(
        release=release,
        rows=rows,
        rows_read=split + ragged,
        rows_kept=kept,
        refused=f"SELECT row, reason, {text.format('CAST(partner_row AS VARCHAR)')} AS text FROM partner_row "
        f"WHERE reason IS NOT NULL UNION ALL SELECT row, reason, {text.format('text')} FROM partner_ragged",
        first_month=months[0],
        last_month=months[1],
        invented=bool(invented),
    )


def is_area_sql(text: str, *kinds: AreaKind) -> str:
    """SQL that is true of the code of an area, of one of these kinds where any are given."""
    prefixes = [literal(prefix) for prefix, kind in KIND_OF_PREFIX.items() if not kinds or kind in kinds]
    return f"(regexp_full_match({text}, '[EWK][0-9]{{8}}') AND left({text}, 3) IN ({', '.join(prefixes)}))"


NAMED = Rows(
    "area_name",
    f"SELECT area_code AS code, max(area_name) AS name, {VINTAGE} AS vintage FROM partner_row "
    "WHERE reason IS NULL AND area_name <> '' AND area_code <> '' GROUP BY area_code",
)
"""The names that the rows give to their areas."""
