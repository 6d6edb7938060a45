"""Making a document: enquiry → blocks → held back where it must be → released → every format → edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from frankpledge.assessment.blocks import PLAN_BLOCKS
from frankpledge.assessment.blocks.lacking import nothing_measured
from frankpledge.assessment.definition import About, find_assessment
from frankpledge.assessment.edition import (
    document_kind,
    edition_folder,
    edition_hash,
    new_edition,
    put_out,
    question_hash,
)
from frankpledge.assessment.editions import last_edition
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.front_matter import front_matter
from frankpledge.assessment.left_open import Texts
from frankpledge.assessment.releasing import keep_release, read_releases, release_of, small_areas_of
from frankpledge.assessment.sections import Made, blocks_of, standing
from frankpledge.assessment.subject import WITHIN, Subject, find_subject
from frankpledge.assessment.summary import executive_summary
from frankpledge.disclosure import Audience, release
from frankpledge.disclosure.gate import PARTNERS_RECORDS, POLICIES
from frankpledge.disclosure.releases import DocumentRelease, hold_back, read_by, readers_of
from frankpledge.errors import NotHeldError
from frankpledge.findings.wording import read_wording
from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import check_pins, held_series
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator, find_indicators, read_indicators
from frankpledge.model.document import Document, every_figure, figures_of
from frankpledge.periods import Period, month_words
from frankpledge.plan.reading import find_plan
from frankpledge.provenance import sha256_of
from frankpledge.report.writing import write_all, write_to_read
from frankpledge.warehouse.connection import Warehouse, open_warehouse
from frankpledge.workspace import Workspace


@dataclass(frozen=True)
class Assessed:
    """What was made: the files, and the edition they are kept in."""

    files: tuple[Path, ...]
    edition: Path
    document: Document


def assess(
    workspace: Workspace,
    period: Period,
    *,
    prepared: str,
    pins: Mapping[str, str],
    tell: Callable[[str], None],
    slug: str = "strategic-assessment",
    of: str = "",
    audience: Audience | None = None,
    since: str = "",
    within: int = WITHIN,
) -> Assessed:
    """Write a document of a partnership and period, in every format, and keep its edition.

    Parameters
    ----------
    prepared
        The day it is made, ISO 8601: it is printed, and the age of the data is counted to it.
    pins
        Dataset → release, beside those the partnership pins.
    slug
        Which document.
    of
        What it is about, where it is not about the whole partnership: an area or an indicator by its name or code, or a
        place and what lies around it.
    audience
        Whom it is released to; the definition's own where not given.
    since
        The day of the last meeting, ISO 8601, for documents that say what is new since.
    within
        How many metres around a place count as there.

    Raises
    ------
    NotHeldError
        When the period's figures are not held for any of the partnership's areas.
    """
    with closing(open_warehouse(workspace)) as warehouse:
        tell("Asking the warehouse")
        enquiry = _enquiry(workspace, warehouse, period, prepared, pins, slug, of, audience, since, within)
        enquiry, document = _safe_beside_earlier(enquiry, read_releases(workspace.releases), tell)
        released = release(document, enquiry.audience)
        with new_edition(workspace, released.value, enquiry) as folder:
            write_all(released, folder, tell, workspace.word_template)
            summary = executive_summary(document, enquiry.wording)
            if summary:
                write_to_read(release(summary, enquiry.audience), folder, tell, workspace.word_template)
        keep_release(workspace.releases, release_of(enquiry, document))
        _tell_of_texts(enquiry.texts, tell)
    edition = edition_folder(workspace, released.value)
    return Assessed(tuple(put_out(workspace, edition)), edition, released.value)


def _tell_of_texts(texts: Texts, tell: Callable[[str], None]) -> None:
    for one in texts.typed:
        instead = f" Write {one.instead}." if one.instead else ""
        tell(f"{one.file}, line {one.line}: “{one.number}” is typed, and is no figure of the document.{instead}")
    if texts.wanted:
        folder = "/".join(texts.wanted[0].parent.parts[-2:])
        tell(f"Texts that the partnership is asked for, in {folder}:")
        tell("  " + ", ".join(path.name for path in texts.wanted))


def draft(
    workspace: Workspace,
    period: Period,
    *,
    prepared: str,
    slug: str,
    of: str = "",
    pins: Mapping[str, str] | None = None,
    audience: Audience | None = None,
    since: str = "",
    within: int = WITHIN,
) -> Document:
    """A document as it may be shown, of which nothing is written and nothing kept.

    Parameters and errors are those of `assess`.
    """
    with closing(open_warehouse(workspace)) as warehouse:
        enquiry = _enquiry(workspace, warehouse, period, prepared, pins or {}, slug, of, audience, since, within)
        enquiry, document = _safe_beside_earlier(enquiry, read_releases(workspace.releases), lambda _: None)
        return release(document, enquiry.audience).value


def _enquiry(
    workspace: Workspace,
    warehouse: Warehouse,
    period: Period,
    prepared: str,
    pins: Mapping[str, str],
    slug: str,
    of: str,
    audience: Audience | None,
    since: str,
    within: int,
) -> Enquiry:
    definition, partnership = find_assessment(slug, workspace.definitions), workspace.partnership()
    pinned = {**partnership.pinned, **pins}
    check_pins(warehouse, pinned)
    subject = find_subject(definition.about, of, warehouse, workspace, within)
    plan = find_plan(workspace)
    known = read_indicators(workspace.definitions) if plan else {}
    template = workspace.word_template
    enquiry = Enquiry(
        workspace,
        warehouse,
        partnership,
        definition,
        subject,
        _indicators(definition.indicators, subject, workspace),
        _indicators(definition.profile, subject, workspace),
        read_wording(workspace.definitions),
        period,
        pinned,
        prepared,
        audience or Audience(definition.audience),
        plan,
        {slug: known[slug] for slug in plan.named_indicators if slug in known} if plan else {},
        sha256_of(template) if template else "",
        since=since,
    )
    enquiry.last = last_edition(
        workspace.editions,
        make_up=definition.slug,
        definition=document_kind(enquiry),
        audience=enquiry.audience,
        prepared=prepared,
        question=question_hash(enquiry),
    )
    return enquiry


def _safe_beside_earlier(
    enquiry: Enquiry, earlier: Iterable[DocumentRelease], tell: Callable[[str], None]
) -> tuple[Enquiry, Document]:
    """The document, with as much withheld as it takes to give away no small count beside earlier ones."""
    kept, unchecked = tuple(earlier), frozenset[str]()
    while True:
        document = make_document(enquiry)
        new = release_of(enquiry, document)
        small_areas = small_areas_of(enquiry.warehouse, (*new.cells, *(cell for one in kept for cell in one.cells)))
        found = [
            hold_back(read_by(kept, reader), new, small_areas, POLICIES[PARTNERS_RECORDS].threshold[reader])
            for reader in readers_of(enquiry.audience)
        ]
        unchecked = unchecked.union(*(one.unchecked for one in found))
        cells = [(one.indicator, one.area_code, one.period, one.part) for held in found for one in held.cells]
        if not cells:
            break
        enquiry = enquiry.holding_back(cells)
    if enquiry.held_back:
        tell(f"Held back besides, for they would give away a small count: {len(enquiry.held_back):,} counts")
    if unchecked:
        tell(f"Counts of earlier documents that were revised since, and not subtracted from: {len(unchecked):,}")
    return enquiry, document


def _indicators(slugs: Sequence[str], subject: Subject, workspace: Workspace) -> dict[str, Indicator]:
    return find_indicators(map(subject.indicator, slugs), workspace.definitions)


def make_document(enquiry: Enquiry) -> Document:
    """The document of an enquiry, before it is released to anybody.

    Raises
    ------
    NotHeldError
        When nothing at all is held for the period.
    """
    enquiry.texts = Texts()
    made: Made = {}
    document = _draft(enquiry, made)
    if enquiry.looks_back:
        # What changed since the last edition is known when all else has been made; it may stand anywhere.
        enquiry.drafted = {one.identifier: one for one in figures_of(release(document, enquiry.audience).value)}
        document = _draft(enquiry, standing(enquiry.definition, made))
    _check_identifiers(document)
    return document


def _draft(enquiry: Enquiry, made: Made) -> Document:
    definition, partnership = enquiry.definition, enquiry.partnership
    first = [] if _measured(enquiry) else nothing_measured(enquiry)
    blocks, summary = blocks_of(enquiry, made)
    return Document(
        slug="-".join(filter(None, (definition.slug, enquiry.subject.file_name, enquiry.period.text))),
        title=_titled(definition.title, enquiry),
        subtitle=_titled(definition.subtitle, enquiry),
        partnership=partnership.name,
        period=enquiry.period.words(),
        prepared=enquiry.prepared,
        edition=edition_hash(enquiry),
        invented=_invented(enquiry),
        colour=partnership.colour,
        blocks=(*first, *blocks),
        front=front_matter(enquiry),
        summary=frozenset(len(first) + position for position in summary),
        brief=definition.brief,
    )


def _invented(enquiry: Enquiry) -> bool:
    """Whether any record behind it is made up, or any part of the plan that it tells of."""
    named = {name for section in enquiry.definition.all_sections() for name in section.blocks}
    of_plan = enquiry.plan is not None and enquiry.plan.invented and not named.isdisjoint(PLAN_BLOCKS)
    read = (*enquiry.shown_alone, *(one for answer in enquiry.answers for one in answer.estimates))
    return of_plan or any(one.invented for one in read)


def _titled(words: str, enquiry: Enquiry) -> str:
    return words.replace("{period}", enquiry.period.words()).replace("{subject}", enquiry.subject.name)


def _check_identifiers(document: Document) -> None:
    """One identifier must stand for one number; two would make `explain` answer for the wrong one."""
    values: dict[str, float | None] = {}
    for figure in every_figure(document):
        if values.setdefault(figure.identifier, figure.value) != figure.value:
            raise ValueError(f"{figure.identifier} stands for {values[figure.identifier]} and for {figure.value}")


def _measured(enquiry: Enquiry) -> bool:
    """Whether any crime or disorder is held for the period, or none need be: duties and a plan are told without.

    Raises
    ------
    NotHeldError
        When nothing is, and nothing describes the area either.
    """
    if not any(section.indicators for section in enquiry.definition.all_sections()):
        return True
    asked = [enquiry.comparison(indicator) for indicator in enquiry.indicators.values()]
    if _any_held(enquiry, asked):
        return True
    # Where other months are held, the period is the slip; an area without any is described as far as it can be.
    newest = _newest_month(enquiry)
    why = enquiry.comparison(enquiry.headline).of(enquiry.areas[0], enquiry.period).why_missing
    if not _ever_counted(enquiry) and _any_held(enquiry, [enquiry.profile(one) for one in enquiry.profiled.values()]):
        return False
    told = f" ({why})" if why and newest is None else ""
    held = f" The newest month held of its authorities is {month_words(newest)}." if newest is not None else ""
    elsewhere = enquiry.subject.about in (About.AREA, About.PLACE)
    name = enquiry.subject.name if elsewhere else enquiry.partnership.name
    raise NotHeldError(
        f"Nothing is held for {name} as a whole in {enquiry.period.words()}{told}.{held}",
        "See “frankpledge sources” for the months held, and add files that cover the period.",
    )


def _any_held(enquiry: Enquiry, answers: list[Answer]) -> bool:
    areas = enquiry.areas
    return any(not answer.of(code, enquiry.period).missing for answer in answers for code in areas)


def _newest_month(enquiry: Enquiry) -> int | None:
    """The newest month that any series of the headline indicator holds for authorities."""
    datasets = enquiry.headline.datasets.get(AreaKind.AUTHORITY, ()) if enquiry.kind is AreaKind.AUTHORITY else ()
    held = [one.last for dataset in datasets for one in held_series(enquiry.warehouse, dataset)]
    return max(held, default=None)


def _ever_counted(enquiry: Enquiry) -> bool:
    """Whether any series is complete for any month of the partnership's own areas."""
    return bool(
        enquiry.warehouse.con.execute(
            "SELECT 1 FROM coverage JOIN area USING (area_id) "
            "WHERE state = 'complete' AND list_contains(?, code) LIMIT 1",
            [list(enquiry.partnership.areas)],
        ).fetchall()
    )
