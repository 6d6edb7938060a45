"""Every template as a source of its own: how its files are recognised, and made rows of the warehouse."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from frankpledge.provenance import RawFile
from frankpledge.sources.partners.judging import Judging, batches, schema
from frankpledge.sources.partners.reading import opened, template_of_sample
from frankpledge.sources.partners.tables import rows_of
from frankpledge.sources.partners.template import Template, all_templates, known_paths
from frankpledge.sources.partners.values import Setting
from frankpledge.sources.reading.tables import one_row
from frankpledge.sources.source import Issue, Recognise, Sample, Source, Stage, Tidied, Tidy

PUBLISHER = "the partner who sent it"
LICENCE = "not for publication beyond the partnership"


def _source(template: Template) -> Source:
    names = [column.name for column in template.columns]
    return Source(
        slug=template.slug,
        title=template.title,
        publisher=PUBLISHER,
        dataset=template.dataset,
        licence=LICENCE,
        cadence=template.cadence,
        looks_like=f"a CSV or workbook with the columns {', '.join(names[:-1])} and {names[-1]}",
        stage=Stage.PEOPLE if template.becomes == "population" else Stage.COUNTS,
        issue=Issue.MONTHLY,
        leans=True,
        caveats=template.caveats,
        sensitivity=template.sensitivity,
        policy="open" if template.becomes == "population" else "partners-records",
        part_of_offences=template.becomes in ("records", "tally", "counts"),
    )


def _recognises(slug: str, sample: Sample) -> bool:
    found = template_of_sample(sample)
    return found is not None and found.slug == slug


def _tidy(slug: str, con: duckdb.DuckDBPyConnection, file: RawFile) -> Tidied:
    template = all_templates()[slug]
    _stage(con, file, template)
    rows, release, (first, last) = rows_of(con, template)
    read, kept, invented = one_row(
        con, "SELECT count(*), count(*) FILTER (reason IS NULL), bool_or(invented) FROM partner_row"
    )
    return Tidied(
        release=release,
        rows=rows,
        rows_read=read,
        rows_kept=kept,
        refused="SELECT row, reason, text FROM partner_row WHERE reason IS NOT NULL",
        first_month=first,
        last_month=last,
        invented=bool(invented),
    )


def _stage(con: duckdb.DuckDBPyConnection, file: RawFile, template: Template) -> None:
    """Make the temporary table ``partner_row``: a file's rows judged, batch by batch."""
    day = datetime.datetime.fromisoformat(file.added).date()
    _put(con, schema(template).empty_table(), "CREATE OR REPLACE TEMP TABLE partner_row AS")
    with opened(file) as given:
        setting = setting_of(template, day, file.workspace / "definitions", given.dates)
        judging = Judging(template, given.heading, setting)
        for lines in batches(given.lines):
            _put(con, pa.Table.from_batches([judging.judge(lines)]), "INSERT INTO partner_row")


def _put(con: duckdb.DuckDBPyConnection, table: pa.Table, into: str) -> None:
    con.register("partner_batch", table)
    con.execute(f"{into} SELECT * FROM partner_batch")
    con.unregister("partner_batch")


def setting_of(template: Template, day: datetime.date, definitions: Path | None, dates: str = "") -> Setting:
    """What a template's cells are judged against.

    Parameters
    ----------
    definitions
        The workspace's own; None where there is no workspace.
    dates
        How the sender writes dates, where a mapping says so.
    """
    return Setting(
        paths=_paths(template, definitions),
        day=day,
        personal=template.personal,
        # Where half a postcode is asked for, the whole may stand nowhere.
        whole_postcodes=not template.of_kind("outward"),
        flags=_flags(definitions) if template.of_kind("flags") else frozenset(),
        dates=dates,
    )


def _flags(definitions: Path | None) -> frozenset[str]:
    """Flags that something is counted under, as rows name them."""
    return frozenset(path.removeprefix(_FLAGGED) for path in known_paths(definitions) if path.startswith(_FLAGGED))


_FLAGGED = "flagged/"


def _paths(template: Template, definitions: Path | None) -> frozenset[str]:
    """The paths that a template's rows may name: what carries a flag says so in its flags, so records name none."""
    if not template.of_kind("path"):
        return frozenset()
    known = known_paths(definitions)
    records = template.becomes == "records"
    return frozenset(path for path in known if not (records and path.startswith(_FLAGGED)))


SOURCES: dict[str, tuple[Source, Recognise, Tidy]] = {
    slug: (_source(template), partial(_recognises, slug), partial(_tidy, slug))
    for slug, template in all_templates().items()
}
"""Slug → source, how it recognises, how it tidies: of every template."""
