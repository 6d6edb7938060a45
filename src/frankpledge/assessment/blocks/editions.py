"""What is another number now than in the last edition: told by the document itself, before anybody finds out."""

from __future__ import annotations

from frankpledge.assessment.editions import EditionChanges, KeptEdition, Revision
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.figure import SUPPRESSED_TEXT, Figure, Measure
from frankpledge.periods import parse_period

# What a reader takes in; a release that restates everything would else fill a hundred pages.
_MOST_LISTED = 40
# Rates, changes and places follow from what was counted.
_COUNTED = (Measure.COUNT, Measure.POPULATION)


def changes_since_last(enquiry: Enquiry) -> list[Block]:
    """How many figures are new, gone and revised since the last edition for the same readers, with the revised counts.

    What is withheld now is counted among the revised, and its earlier number is not repeated.
    """
    changes = enquiry.changes_since_last()
    if changes is None or enquiry.last is None:
        return []
    wording = enquiry.wording
    blocks: list[Block] = [
        Heading(1, wording.word("edition titles", "section")),
        Paragraph(_counted(enquiry, enquiry.last, changes)),
    ]
    listed = _listed(changes, enquiry.drafted)
    if not listed:
        return blocks
    shown = listed[:_MOST_LISTED]
    notes = () if len(shown) == len(listed) else (_cut_off(enquiry, len(shown), len(listed)),)
    return [*blocks, _table(enquiry, shown, notes)]


def _counted(enquiry: Enquiry, last: KeptEdition, changes: EditionChanges) -> Runs:
    return enquiry.wording.sentence(
        "editions",
        "counted" if changes.revised else "none revised",
        edition=last.edition,
        document=last.title,
        prepared=parse_period(last.prepared[:7]).words(),
        revised=f"{len(changes.revised):,}",
        new=f"{len(changes.new):,}",
        gone=f"{len(changes.gone):,}",
    )


def _cut_off(enquiry: Enquiry, shown: int, all_of_them: int) -> Runs:
    return enquiry.wording.sentence("editions", "cut off", shown=f"{shown:,}", all=f"{all_of_them:,}")


def _listed(changes: EditionChanges, drafted: dict[str, Figure]) -> list[tuple[Revision, Figure]]:
    """The revised counts that may be shown, those that moved most first."""
    listed = [
        (one, drafted[one.later.identifier])
        for one in changes.revised
        if one.later.measure in _COUNTED and one.later.text != SUPPRESSED_TEXT
    ]
    return sorted(listed, key=lambda pair: -pair[0].size)


def _table(enquiry: Enquiry, listed: list[tuple[Revision, Figure]], notes: tuple[Runs, ...]) -> Table:
    word = enquiry.wording.word
    titles = ("what", "place", "period", "earlier", "now", "earlier release", "release")
    return Table(
        slug="changes-since-last",
        title=word("edition titles", "table"),
        columns=tuple(Column(word("edition titles", title), title in ("earlier", "now")) for title in titles),
        rows=tuple(_row(enquiry, revision, figure) for revision, figure in listed),
        source=word("edition titles", "source"),
        notes=notes,
    )


def _row(enquiry: Enquiry, revision: Revision, figure: Figure) -> tuple[Cell, ...]:
    indicator = enquiry.every_indicator.get(figure.indicator)
    return (
        indicator.title if indicator else figure.indicator,
        revision.later.area_name,
        parse_period(figure.period).words(),
        revision.earlier.text,
        figure,
        "; ".join(revision.earlier.releases),
        "; ".join(revision.later.releases),
    )
