"""Taking a file about people: what need not be known is left out, codes are replaced, the rest is sealed.

Only the columns of the file's template are kept. Codes of people and references become keyed pseudonyms. A row
with a cell that is not what its column holds is not kept at all, only its line and the reason: such a cell may
hold anything. What is kept never lies on the disk unsealed; the file that was given stays where it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from frankpledge.errors import SourceError
from frankpledge.keys import KeyFolder, key_folder, key_name
from frankpledge.provenance import RawFile, now, sha256_of
from frankpledge.sources.partner_sources import LICENCE, PUBLISHER, setting_of
from frankpledge.sources.partners.judging import Judging, Line, batches, reason
from frankpledge.sources.partners.mapping import Mapping, unmapped
from frankpledge.sources.partners.pseudonyms import pseudonym
from frankpledge.sources.partners.reading import SEALED_BESIDES, Given, read_given
from frankpledge.sources.partners.sealing import seal
from frankpledge.sources.partners.template import Template
from frankpledge.sources.reading.careful import Row
from frankpledge.sources.reading.disk import room_for
from frankpledge.workspace import Workspace

CODES = ("reference", "person")
YEARS_KEPT = 2


@dataclass(frozen=True)
class Care:
    """Who answers for a file about people, and the day by which it is to be destroyed; empty for what is usual."""

    owner: str = ""
    destroy_by: datetime.date | None = None


USUAL_CARE = Care()


@dataclass
class _Outcome:
    """What became of the rows so far."""

    kept: int = 0
    refused: int = 0
    first: str = ""


def seal_personal(
    workspace: Workspace, path: Path, template: Template, mapping: Mapping | None, care: Care
) -> tuple[RawFile, str]:
    """Keep what may be kept of a file about people, sealed.

    Returns
    -------
    Its record, and what a person should know of it, in words.

    Raises
    ------
    SourceError
        When no row of it can be kept.
    WorkspaceError
        When the keys are missing, or others may read them.
    """
    keys = key_folder(workspace.folder)
    earlier = next((file.code_key for file in workspace.raw_files() if file.sealed), "")
    code_key = keys.pseudonym_key(earlier)
    owner = care.owner or workspace.partnership().name
    destroy_by = care.destroy_by or _two_years_on()
    record = RawFile(
        path=path,
        name=path.name,
        source=template.slug,
        sha256=sha256_of(path),
        size=path.stat().st_size,
        added=now(),
        publisher=PUBLISHER,
        dataset=template.dataset,
        licence=LICENCE,
        sealed=True,
        owner=owner,
        destroy_by=destroy_by.isoformat(),
        code_key=key_name(code_key),
        mapping=mapping.slug if mapping else "",
    )
    given = read_given(path, mapping)
    outcome = _Outcome()
    with room_for(workspace.folder, f"{path.name} was not taken; what was added before it is kept."):
        file = workspace.keep_sealed(
            record, lambda to: _seal(to, keys, record, template, given, code_key, outcome, workspace.definitions)
        )
    left_out = unmapped(mapping, path) if mapping else template.beyond(given.heading)
    return file, _words(file, outcome, left_out, chosen=care.destroy_by is not None)


def _seal(
    to: Path,
    keys: KeyFolder,
    record: RawFile,
    template: Template,
    given: Given,
    code_key: bytes,
    outcome: _Outcome,
    definitions: Path,
) -> None:
    day = datetime.datetime.fromisoformat(record.added).date()
    judging = Judging(template, given.heading, setting_of(template, day, definitions, given.dates))
    tables = (_depersonalised(judging, lines, code_key, outcome) for lines in batches(given.lines))
    seal(to, keys.make(record.sha256), record.sha256, _schema(template), tables)
    if not outcome.kept:
        keys.destroy(record.sha256)
        raise SourceError(
            f"{record.name}: not one of its {outcome.refused:,} rows can be kept. The first: {outcome.first}."
            if outcome.refused
            else f"{record.name} has a heading and no rows.",
            f"“frankpledge validate {record.name}” says what is wrong, row by row.",
        )


def _schema(template: Template) -> pa.Schema:
    line, aside = SEALED_BESIDES
    columns = [(column.name, pa.string()) for column in template.columns]
    return pa.schema([(line, pa.int64()), (aside, pa.string()), *columns])


def _depersonalised(judging: Judging, lines: Sequence[Line], code_key: bytes, outcome: _Outcome) -> pa.RecordBatch:
    """Some rows as they may be kept: those that can be used, and of the others line and reason."""
    reasons: dict[int, str] = {}
    for one in judging.look(lines).wrong:
        reasons.setdefault(one.line, reason(one))
    usable = [line for line in lines if isinstance(line, Row) and line.line not in reasons]
    outcome.kept += len(usable)
    outcome.refused += len(reasons)
    outcome.first = outcome.first or next((f"line {line}, {why}" for line, why in reasons.items()), "")
    numbers = [line.line for line in usable]
    columns = [pa.array([*numbers, *reasons], pa.int64()), pa.array([*[""] * len(usable), *reasons.values()])]
    for column, texts in judging.cells(usable).items():
        if judging.template.column(column).kind in CODES:
            texts = _coded(texts, judging.template.column(column).kind, code_key)
        columns.append(pa.array([*texts, *[""] * len(reasons)], pa.string()))
    return pa.RecordBatch.from_arrays(columns, schema=_schema(judging.template))


def _coded(texts: Sequence[str], of: str, code_key: bytes) -> list[str]:
    codes = {text: pseudonym(code_key, of, text) if text else "" for text in set(texts)}
    return [codes[text] for text in texts]


def _two_years_on() -> datetime.date:
    today = datetime.datetime.now(datetime.UTC).date()
    try:
        return today.replace(year=today.year + YEARS_KEPT)
    except ValueError:
        # From the 29th of February.
        return today.replace(year=today.year + YEARS_KEPT, day=28)


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def _words(file: RawFile, outcome: _Outcome, left_out: Sequence[str], chosen: bool) -> str:
    return " ".join(_sentences(file, outcome, left_out, chosen))


def _sentences(file: RawFile, outcome: _Outcome, left_out: Sequence[str], chosen: bool) -> Iterator[str]:
    yield f"Kept without names, and sealed: {_rows(outcome.kept)}."
    if outcome.refused:
        yield f"Refused: {_rows(outcome.refused)}; “frankpledge validate” says why."
    if left_out:
        yield f"Left out, for no template asks for them: “{'”, “'.join(left_out)}”."
    day = datetime.date.fromisoformat(file.destroy_by)
    usual = "" if chosen else f", in {YEARS_KEPT} years, for no day was named"
    yield f"{file.owner} answers for it until it is destroyed, by {day.day} {day:%B %Y}{usual}."
    yield "The file you gave is where it was: it is yours to destroy."
