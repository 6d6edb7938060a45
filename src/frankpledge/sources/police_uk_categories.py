"""Which category of data.police.uk a Home Office offence code is counted under.

Kept as labels of their own (home-office-to-police-uk): with the mix of offences by code they say how much
harm one crime of a category stands for.
"""

from __future__ import annotations

import duckdb

from frankpledge.provenance import RawFile
from frankpledge.sources.police_uk_street import FAMILY as POLICE_UK
from frankpledge.sources.reading.tables import label_sql, one_row, ragged_rows_sql, stage_table
from frankpledge.sources.source import OGL_3, Rows, Sample, Source, Stage, Tidied

FAMILY = "home-office-to-police-uk"

SOURCE = Source(
    slug="police-uk-categories",
    title="Home Office codes by police.uk category",
    publisher="Home Office, data.police.uk",
    dataset="police-uk-categories",
    licence=OGL_3,
    cadence="once",
    looks_like="a CSV with the columns Offence_Code, Offence_Description, Offence_Subgroup and Police.uk_Cat",
    stage=Stage.PEOPLE,
)

_COLUMNS = ("Offence_Code", "Offence_Description", "Offence_Subgroup", "Police.uk_Cat")


def recognises(sample: Sample) -> bool:
    """A table of codes and categories."""
    return sample.form == "table" and sample.has(*_COLUMNS)


def tidy(con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    """A label for each code."""
    rows = stage_table(con, "category_line", file.path)
    con.execute(_STAGE)
    (kept,) = one_row(con, "SELECT count(*) FROM categorised WHERE offence_id IS NOT NULL")
    return Tidied(
        release="",
        rows=(Rows("label", _LABELS),),
        rows_read=rows,
        rows_kept=kept,
        refused=f"{_REFUSED} UNION ALL {ragged_rows_sql(file.path)}",
    )


_STAGE = f"""
    CREATE OR REPLACE TEMP TABLE categorised AS
    SELECT line.file_line, {label_sql('line."Offence_Code"')} AS code, line."Police.uk_Cat" AS category,
           known.offence_id
    FROM category_line AS line
    LEFT JOIN label AS known
      ON known.family = '{POLICE_UK}' AND known.label = {label_sql('line."Police.uk_Cat"')}
     AND coalesce(line."Offence_Code", '') <> ''
"""

_LABELS = f"""
    SELECT '{FAMILY}' AS family, code AS label, any_value(offence_id) AS offence_id
    FROM categorised WHERE offence_id IS NOT NULL GROUP BY code
"""

_REFUSED = """
    SELECT file_line AS row, CASE WHEN coalesce(code, '') = '' THEN 'no offence code is given'
           ELSE '“' || coalesce(category, '') || '” is no category of data.police.uk' END AS reason,
           NULL::VARCHAR AS text
    FROM categorised WHERE offence_id IS NULL
"""
