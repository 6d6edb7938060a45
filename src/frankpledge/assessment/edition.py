"""An edition: a folder that never changes, with the documents and the evidence behind every figure in them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from frankpledge.assessment.answers import answers_of
from frankpledge.assessment.editions import EVIDENCE
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.definition import hash_of
from frankpledge.duties.definition import read_duties
from frankpledge.errors import NotHeldError
from frankpledge.model.document import Document, figures_of
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, shortest_identifiers
from frankpledge.model.schema import SCHEMA_VERSION
from frankpledge.report.writing import CHARTS_FOLDER, CSV_FOLDER
from frankpledge.workspace import Workspace


def document_kind(enquiry: Enquiry) -> str:
    """What an edition has in common with the last: the make-up, and what it is about, whatever the period."""
    return "-".join(filter(None, (enquiry.definition.slug, enquiry.subject.slug)))


def edition_hash(enquiry: Enquiry) -> str:
    """What an edition is named by: the question, what is held back, and the edition it is set beside, if it is."""
    beside = enquiry.last.edition if enquiry.last and enquiry.looks_back else ""
    return _short_hash(
        [question_hash(enquiry), json.dumps(sorted(enquiry.held_back)), json.dumps(sorted(enquiry.rests_on)), beside]
    )


def question_hash(enquiry: Enquiry) -> str:
    """The data, the make-up, the definitions, the look, the period, and for whom."""
    parts = [
        enquiry.warehouse.key,
        enquiry.definition.hash,
        enquiry.subject.slug,
        enquiry.plan.hash if enquiry.plan else "",
        *(indicator.hash for indicator in enquiry.indicators.values()),
        repr(enquiry.partnership),
        enquiry.wording.hash,
        enquiry.period.text,
        json.dumps(dict(sorted(enquiry.pinned.items()))),
        enquiry.prepared,
        str(enquiry.audience),
        enquiry.template,
        *(hash_of(path) for path in sorted((enquiry.workspace.prose / enquiry.definition.slug).glob("*.md"))),
        enquiry.since,
        metadata.version("frankpledge"),
    ]
    return _short_hash(parts)


def _short_hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


@contextmanager
def new_edition(workspace: Workspace, document: Document, enquiry: Enquiry) -> Iterator[Path]:
    """A folder to write an edition's documents into, which becomes the edition when all is written.

    Each run has a passing folder of its own, so that two runs for two audiences never share a file. An
    edition that is there already is left as it is: the same name means the same evidence.
    """
    final = edition_folder(workspace, document)
    passing = final.with_name(f".{final.name}.{os.getpid()}.incoming")
    shutil.rmtree(passing, ignore_errors=True)
    passing.mkdir(parents=True)
    try:
        yield passing
        evidence = json.dumps(_evidence(document, enquiry), indent=1, ensure_ascii=False)
        (passing / EVIDENCE).write_text(evidence + "\n", encoding="utf-8")
        if not final.exists():
            passing.rename(final)
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def edition_folder(workspace: Workspace, document: Document) -> Path:
    """Where an edition is kept."""
    return workspace.editions / f"{document.slug}-{document.edition}"


def put_out(workspace: Workspace, edition: Path) -> list[Path]:
    """Copy an edition's documents to the output folder, in place of the last ones."""
    # The folders of tables and pictures are one document's: those of another would be taken for this one's.
    for name in (CSV_FOLDER, CHARTS_FOLDER):
        shutil.rmtree(workspace.output / name, ignore_errors=True)
    kept = [path for path in sorted(edition.rglob("*")) if path.is_file() and path.name != EVIDENCE]
    return [_copy(path, workspace.output / path.relative_to(edition)) for path in kept]


def _copy(path: Path, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
    return to


def _evidence(document: Document, enquiry: Enquiry) -> dict[str, Any]:
    figures = figures_of(document)
    asked = enquiry.every_indicator
    short = shortest_identifiers(figures)
    estimates: dict[str, dict[str, Any]] = {}
    for figure in figures:
        for one in figure.behind:
            estimates[_key(one)] = one.as_row() | {
                "part": one.part,
                "population": str(one.population) if one.population else None,
                "population_dataset": one.population.dataset if one.population else None,
                "population_release": one.population.release.partition(", ")[0] if one.population else None,
                # What a partner sent that no indicator reads, and people who are followed, are of nothing else.
                "of": asked[one.indicator].denominator.words if one.indicator in asked else "",
                "definition": one.definition,
                "invented": one.invented,
            }
    return {
        "schema": SCHEMA_VERSION,
        "document": document.slug,
        "title": document.title,
        "edition": document.edition,
        "definition": document_kind(enquiry),
        "audience": str(enquiry.audience),
        "question": question_hash(enquiry),
        "prepared": document.prepared,
        "warehouse": enquiry.warehouse.key,
        "answers": answers_of(enquiry, read_duties(enquiry.workspace.definitions)),
        "pinned": dict(enquiry.pinned),
        "files": _manifest(enquiry),
        "definitions": {one.slug: _definition_record(one) for one in enquiry.every_indicator.values()},
        "estimates": estimates,
        "figures": [_figure_record(figure, short) for figure in figures],
    }


def _definition_record(indicator: Any) -> dict[str, Any]:
    return {
        "title": indicator.title,
        "hash": indicator.hash,
        "offences": [*indicator.offences, *indicator.published],
        "less": list(indicator.less),
        "rate": indicator.per,
        "caveats": list(indicator.caveats),
    }


def _figure_record(figure: Figure, short: dict[str, str]) -> dict[str, Any]:
    return {
        "identifier": figure.identifier,
        "short": short[figure.identifier],
        "indicator": figure.indicator,
        "area_code": figure.area_code,
        "period": figure.period,
        "part": figure.part,
        "against": figure.against,
        "measure": figure.measure.value,
        "value": figure.value,
        "text": figure.signed.text,
        "status": figure.status.value,
        "behind": [_key(one) for one in figure.behind],
    }


def _key(one: Estimate) -> str:
    key = f"{one.indicator}|{one.area_code}|{one.period}|{one.series}|{one.population}"
    return f"{key}|{one.part}" if one.part else key


def _manifest(enquiry: Enquiry) -> list[dict[str, Any]]:
    cursor = enquiry.warehouse.con.execute(
        """
        SELECT load.dataset, series.release AS series, load.release, file, sha256, publisher, licence, added, rows_read,
               rows_kept, rows_refused, load.invented
        FROM load JOIN series USING (series_id) ORDER BY load_id
        """
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Explained:
    """A printed figure with all that is behind it, as its edition keeps it."""

    figure: dict[str, Any]
    estimates: list[dict[str, Any]]
    definition: dict[str, Any] | None
    files: list[dict[str, Any]]
    edition: dict[str, Any]


def explain_figure(workspace: Workspace, identifier: str) -> list[Explained]:
    """Find a figure by its identifier, or any beginning of it, in every edition that has it, newest first.

    Raises
    ------
    NotHeldError
        When no edition has it, or several figures begin so.
    """
    wanted = identifier.strip().upper()
    wanted = wanted if wanted.startswith("F-") else f"F-{wanted}"
    paths = sorted(workspace.editions.glob(f"*/{EVIDENCE}"), key=lambda path: path.stat().st_mtime, reverse=True)
    printed: list[Explained] = []
    for path in paths:
        evidence = json.loads(path.read_text(encoding="utf-8"))
        found = [one for one in evidence["figures"] if one["identifier"].startswith(wanted)]
        if len(found) > 1:
            raise NotHeldError(
                f"{wanted} begins {len(found)} figures: {', '.join(one['identifier'] for one in found[:6])}.",
                "Give one more letter.",
            )
        printed += [_explained(one, evidence) for one in found]
    if not printed:
        raise NotHeldError(
            f"No edition here has a figure {wanted}.",
            "Identifiers are in each document's last pages and in output/csv/figures.csv.",
        )
    return printed


def _explained(figure: dict[str, Any], evidence: dict[str, Any]) -> Explained:
    estimates = [evidence["estimates"][key] for key in figure["behind"]]
    read = {(one["dataset"], release) for one in estimates for release in str(one["release"]).split(" + ")}
    read |= {(one["population_dataset"], one["population_release"]) for one in estimates}
    files = [one for one in evidence["files"] if (one["dataset"], one["series"]) in read]
    return Explained(figure, estimates, evidence["definitions"].get(figure["indicator"]), files, evidence)
