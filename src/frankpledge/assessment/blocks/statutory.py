"""What the law asks: how far each duty is met, which data sets arrived, and which section answers which regulation."""

from __future__ import annotations

import datetime

from frankpledge.assessment.answers import answers_of
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.evidence import evidence_of
from frankpledge.duties.coverage import DutyMet, State, coverage_of, day_words, evidence_words, some_of
from frankpledge.duties.definition import Instrument, read_duties, read_instruments
from frankpledge.duties.prescribed import Disclosed, disclosures
from frankpledge.findings.wording import Wording
from frankpledge.model.document import Block, Column, Heading, Note, Paragraph, Table

# As many quarters as a table has room for.
_QUARTERS = 4


def statutory_coverage(enquiry: Enquiry) -> list[Block]:
    """Each duty of the law on the day the document was made: met, late, missing or not told, and by what."""
    instruments = read_instruments(enquiry.workspace.definitions)
    duties = read_duties(enquiry.workspace.definitions, enquiry.partnership.areas)
    evidence = evidence_of(enquiry.workspace, enquiry.warehouse, duties)
    on = datetime.date.fromisoformat(enquiry.prepared)
    found = coverage_of(duties, evidence, on)
    enquiry.rests_on |= {*(one.hash for one in instruments.values()), repr(found)}
    wording = enquiry.wording
    blocks: list[Block] = [
        Heading(1, "What the law asks"),
        Paragraph(wording.sentence("duties", "explained", day=day_words(on))),
        _counted(found),
    ]
    for slug, instrument in instruments.items():
        mets = [one for one in found if one.duty.instrument == slug]
        if mets:
            blocks += [Heading(2, instrument.title), *_of_instrument(wording, instrument, mets)]
    return blocks


def _counted(found: list[DutyMet]) -> Table:
    return Table(
        slug="duties-by-state",
        title="Duties in force, by how far they are met",
        columns=(Column("How far"), Column("Duties")),
        rows=tuple(
            (str(state).capitalize(), duties)
            for state in State
            if (duties := "; ".join(one.duty.slug.replace("-", " ") for one in found if one.state is state))
        ),
        source="The duties as they stand in definitions/duties, and what this workspace holds.",
    )


def _of_instrument(wording: Wording, instrument: Instrument, mets: list[DutyMet]) -> list[Block]:
    marked = any(not one.duty.verified for one in mets)
    table = Table(
        slug=f"duties-{instrument.slug}",
        title=f"{instrument.citation}: duties, and how far they are met",
        columns=(Column("Duty"), Column("Authority and who"), Column("How far"), Column("Evidence")),
        rows=tuple(
            (
                one.duty.what,
                f"{one.duty.authority}{'' if one.duty.verified else ' [not verified]'}: {one.duty.who}",
                str(one.state).capitalize(),
                f"{evidence_words(wording, one)}{limit_words(wording, one)}",
            )
            for one in mets
        ),
        source=f"{instrument.citation}; read in {instrument.read_in}.",
        notes=(wording.sentence("duties", "applies", applies=instrument.applies),)
        + ((wording.sentence("duties", "not verified"),) if marked else ()),
    )
    return [table]


def limit_words(wording: Wording, met: DutyMet) -> str:
    """That no time limit was seen in a source, after the evidence; empty where one was."""
    return "" if met.duty.due.source_seen else f" {wording.word('duties', 'limit not seen')}"


def prescribed_information(enquiry: Enquiry) -> list[Block]:
    """Each data set of SI 2007/1831 by the quarter: in time, late or missing, with the day it arrived."""
    duties = read_duties(enquiry.workspace.definitions)
    evidence = evidence_of(enquiry.workspace, enquiry.warehouse, duties)
    on = datetime.date.fromisoformat(enquiry.prepared)
    found = [
        one for one in disclosures(evidence, on, since=enquiry.period.first) if one.quarter.last <= enquiry.period.last
    ]
    quarters = sorted({one.quarter for one in found})[-_QUARTERS:]
    if not quarters:
        return []
    enquiry.rests_on |= {repr(evidence.register)}
    cells = {(one.data_set.slug, one.quarter): one for one in found}
    sets = list(dict.fromkeys(one.data_set for one in found))
    return [
        Heading(1, "Prescribed information"),
        Paragraph(enquiry.wording.sentence("duties", "prescribed")),
        Table(
            slug="prescribed-information",
            title=f"Information to be disclosed of {quarters[0].words().split(' to ')[0]} to "
            f"{quarters[-1].words().split(' to ')[1]}, as it stood on {day_words(on)}",
            columns=(
                Column("Data set"),
                Column("Who discloses it"),
                *(Column(f"due {day_words(one.due)}", group=one.words()) for one in quarters),
            ),
            rows=tuple(
                (
                    one.title,
                    one.holder,
                    *(state_words(cells[one.slug, quarter]) for quarter in quarters),
                )
                for one in sets
            ),
            source="SI 2007/1831, regulation 3 and schedule; the day each file was added here, or the register's.",
        ),
    ]


def state_words(one: Disclosed) -> str:
    """Whether what is of a quarter is here, and since when."""
    return str(one.state) if one.day is None else f"{one.state}, {day_words(one.day)}"


def regulation_check(enquiry: Enquiry) -> list[Block]:
    """Each thing that the regulations ask of this document, and the section that answers it, or that none does yet."""
    instruments = read_instruments(enquiry.workspace.definitions)
    duties = read_duties(enquiry.workspace.definitions, enquiry.partnership.areas)
    asked = [one for one in duties if one.within == enquiry.definition.slug]
    if not asked:
        return []
    enquiry.rests_on |= {one.hash for one in instruments.values()}
    answers = answers_of(enquiry, asked)
    marked = [duty for duty in asked if not duty.verified]
    return [
        Heading(1, "What the regulations ask of this document"),
        Table(
            slug="regulation-check",
            title="What is asked, and where it is answered",
            columns=(Column("Asked"), Column("Authority"), Column("Answered in")),
            rows=tuple(
                (
                    duty.what,
                    f"{instruments[duty.instrument].citation}, {duty.authority}",
                    some_of(answers[duty.slug]) if answers[duty.slug] else enquiry.wording.word("duties", "not yet"),
                )
                for duty in asked
            ),
            source="The duties as they stand in definitions/duties.",
            notes=(enquiry.wording.sentence("duties", "all not verified"),) if len(marked) == len(asked) else (),
        ),
        *(
            [Note("caution", enquiry.wording.sentence("duties", "unanswered"))]
            if any(not answers[duty.slug] for duty in asked)
            else []
        ),
    ]
