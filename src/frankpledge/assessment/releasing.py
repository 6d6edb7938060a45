"""Before a document leaves: does it give away, with itself or with earlier ones, what it withholds?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure.gate import OPEN, PARTNERS_RECORDS, POLICIES, Audience
from frankpledge.disclosure.releases import DocumentRelease, ReleasedCell, readers_of
from frankpledge.errors import WorkspaceError
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.offences import offence_paths, paths_under
from frankpledge.model.document import Document, every_figure
from frankpledge.model.estimate import Estimate, Status
from frankpledge.periods import parse_period
from frankpledge.warehouse.connection import Warehouse

SCHEMA = 1


def release_of(enquiry: Enquiry, document: Document) -> DocumentRelease:
    """What a document shows of partners' records.

    Open data are left out: they are out already, and whole. So are distinct people, who are in several months and areas
    and do not add up, so that nothing can be subtracted.
    """
    policy = POLICIES[PARTNERS_RECORDS]
    return DocumentRelease(
        document=document.slug,
        edition=document.edition,
        prepared=document.prepared,
        audience=enquiry.audience,
        threshold=policy.threshold[enquiry.audience],
        rounding=policy.rounding[enquiry.audience],
        cells=tuple(dict.fromkeys(cell for one in _shown(document) for cell in _cells(enquiry, one))),
    )


def small_areas_of(warehouse: Warehouse, cells: Iterable[ReleasedCell]) -> Mapping[str, frozenset[str]]:
    """Every area named → the areas that records in it are placed in."""
    rows = warehouse.con.execute(
        """
        SELECT whole.code, part.code FROM placement
        JOIN area AS part USING (area_id) JOIN area AS whole ON whole.area_id = placement.counted_in
        WHERE list_contains(?, whole.code)
        """,
        [list({one.area_code for one in cells})],
    ).fetchall()
    found: dict[str, set[str]] = {}
    for whole, part in rows:
        found.setdefault(whole, {whole}).add(part)
    return {code: frozenset(parts) for code, parts in found.items()}


def keep_release(folder: Path, released: DocumentRelease) -> None:
    """Write down what a document shows, unless it is nothing, or for the board alone: that binds nobody."""
    if released.cells and readers_of(released.audience):
        folder.mkdir(parents=True, exist_ok=True)
        record = {"schema": SCHEMA, **asdict(released)}
        text = json.dumps(record, indent=1, ensure_ascii=False)
        (folder / f"{released.name}.json").write_text(text + "\n", encoding="utf-8")


def read_releases(folder: Path) -> tuple[DocumentRelease, ...]:
    """Everything that was kept, the earliest first.

    Raises
    ------
    WorkspaceError
        If a file cannot be read: what it holds is out, and must not be forgotten without anybody knowing.
    """
    found = [_read(path) for path in sorted(folder.glob("*.json"))]
    return tuple(sorted(found, key=lambda one: (one.prepared, one.name)))


def _read(path: Path) -> DocumentRelease:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        cells = tuple(ReleasedCell(**{**one, "offences": tuple(one["offences"])}) for one in record.pop("cells"))
        return DocumentRelease(**{**record, "audience": Audience(record["audience"]), "cells": cells})
    except (ValueError, KeyError, TypeError) as problem:
        raise WorkspaceError(
            f"{path.name} in releases/, which says what a document has shown, cannot be read ({problem}).",
            "Put it back from a backup. If that document never left the partnership, delete the file.",
        ) from problem


def _shown(document: Document) -> Iterator[Estimate]:
    seen = set()
    for figure in every_figure(document):
        for one in figure.behind:
            key = one.indicator, one.area_code, one.period, one.part, one.series
            if one.policy != OPEN and one.status is not Status.MISSING and key not in seen:
                seen.add(key)
                yield one


def _cells(enquiry: Enquiry, estimate: Estimate) -> Iterator[ReleasedCell]:
    indicator = enquiry.every_indicator.get(estimate.indicator)
    # What no indicator reads is of people, who are not added up either.
    if indicator is None or not indicator.additive:
        return
    if estimate.part:
        yield from _cells_of_part(enquiry, indicator, estimate)
        return
    yield _cell(estimate, indicator.title, _counted(enquiry.warehouse, indicator), estimate.numerator)
    if indicator.denominator.against is Against.WHOLE:
        whole = tuple(paths_under(enquiry.warehouse, indicator.denominator.parts)) or indicator.denominator.parts
        words = f"{indicator.title}: {indicator.denominator.words}"
        yield _cell(estimate, words, whole, estimate.denominator)


def _cells_of_part(enquiry: Enquiry, indicator: Indicator, estimate: Estimate) -> Iterator[ReleasedCell]:
    """A part is a kind of its own: what is left of the whole without it is no number that a document shows."""
    counted = " + ".join(_counted(enquiry.warehouse, indicator))
    title = f"{indicator.title} ({estimate.part})"
    if estimate.numerator is not None or estimate.status is Status.SUPPRESSED:
        yield _cell(estimate, title, (f"{counted}: {estimate.part}",), estimate.numerator)
    if estimate.share:
        whole = f"{estimate.part}: all of whom it is recorded"
        yield _cell(estimate, f"{indicator.title} ({whole})", (f"{counted}: {whole}",), estimate.denominator)


def _counted(warehouse: Warehouse, indicator: Indicator) -> tuple[str, ...]:
    return tuple(offence_paths(warehouse, indicator)) or indicator.published


def _cell(estimate: Estimate, title: str, offences: tuple[str, ...], count: int | None) -> ReleasedCell:
    period = parse_period(estimate.period)
    return ReleasedCell(
        name=f"{title}, {estimate.area_name}, {period.words()}",
        indicator=estimate.indicator,
        area_code=estimate.area_code,
        period=estimate.period,
        dataset=estimate.series.dataset if estimate.series else "",
        first=period.first,
        last=period.last,
        offences=offences,
        count=count,
        part=estimate.part,
    )
