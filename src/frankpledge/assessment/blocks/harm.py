"""What recorded crime amounts to: each verified set of weights, offence by offence."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.assessment.datasets import dataset_title, series_words
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.findings.harm import AreaHarm, Scheme, harm_of, read_schemes
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure, Measure


def harm(enquiry: Enquiry) -> list[Block]:
    """What recorded crime amounts to, by each set of weights that is verified: severity, and cost with its prices."""
    blocks: list[Block] = []
    for scheme in read_schemes(enquiry.workspace.definitions):
        for area in enquiry.partnership.areas if scheme.verified else ():
            blocks += _by_scheme(enquiry, scheme, area)
    return [Heading(1, "Harm and cost"), *blocks] if blocks else []


def _by_scheme(enquiry: Enquiry, scheme: Scheme, area: str) -> list[Block]:
    def seen(indicator: Indicator, estimate: Estimate) -> Estimate:
        return enquiry.shown(indicator, [estimate])[0]

    try:
        found = harm_of(enquiry.warehouse, scheme, area, enquiry.period, enquiry.pinned, seen=seen)
    except NotHeldError as problem:
        return enquiry.lacks(Untold(problem.happened, takes=problem.to_do))
    return [
        Heading(2, scheme.title),
        Paragraph(
            (*_total(enquiry, found), " ", *enquiry.wording.sentence("harm", "measures", measures=scheme.measures))
        ),
        _table(enquiry, found),
    ]


def _weighed(found: AreaHarm) -> list[Estimate]:
    return [found.estimates[path] for path in found.counts]


def _total(enquiry: Enquiry, found: AreaHarm) -> Runs:
    behind = _weighed(found)
    of = replace(found.whole, part=found.scheme.title)

    def figure(measure: Measure, value: float) -> Figure:
        return worked_out(of, measure, value, behind)

    unit = found.scheme.unit
    runs: Runs = enquiry.wording.sentence(
        "harm",
        "total",
        value=figure(Measure.AMOUNT, found.harm.value),
        low=figure(Measure.AMOUNT_LOW, found.harm.low),
        high=figure(Measure.AMOUNT_HIGH, found.harm.high),
        unit=unit,
    )
    if found.residents:
        rate = replace(of, part=f"{found.scheme.title} for each resident")
        each = worked_out(rate, Measure.RATIO, found.harm.value / found.residents, behind)
        runs = (*runs, " ", *enquiry.wording.sentence("harm", "rate", rate=each, unit=unit))
    if found.prices:
        runs = (*runs, " ", *enquiry.wording.sentence("harm", "prices", prices=found.prices))
    return runs


def _table(enquiry: Enquiry, found: AreaHarm) -> Table:
    area, unit = found.whole.area_name, found.scheme.unit
    used = sorted({series_words(one.series) for one in _weighed(found) if one.series})
    return Table(
        slug=f"{found.scheme.slug}-{found.whole.area_code}",
        title=f"{found.scheme.title} by offence, {area}, {enquiry.period.words()}",
        columns=(
            Column("Offence"),
            Column("Recorded", True),
            Column(f"{unit.capitalize()} each", True),
            Column(f"{unit.capitalize()} together", True),
            Column("Share", True),
        ),
        rows=tuple(_row(found, path, share) for path, share in found.harm.shares),
        source=f"{'; '.join(used)}; weights: {dataset_title(found.scheme.slug)}.",
        notes=_notes(enquiry, found),
    )


def _row(found: AreaHarm, path: str, share: float) -> tuple[Cell, ...]:
    one, weight = found.estimates[path], found.weights[path]
    of = replace(one, part=found.scheme.title)
    count = found.counts[path]
    return (
        offence_words(path),
        of_estimate(one, Measure.COUNT),
        # The weight is the publisher's, and not of this area's data.
        f"{weight:,.1f}" if weight < 100 else f"{weight:,.0f}",
        worked_out(of, Measure.AMOUNT, count * weight, [one]),
        worked_out(of, Measure.SHARE, 100 * share, _weighed(found)),
    )


def offence_words(path: str) -> str:
    """“crime/burglary/residential” as “Burglary: residential”."""
    words = ": ".join(part.replace("-", " ") for part in path.split("/")[1:])
    return words[:1].upper() + words[1:]


def _notes(enquiry: Enquiry, found: AreaHarm) -> tuple[Runs, ...]:
    notes: list[Runs] = []
    if found.basis:
        notes.append(enquiry.wording.sentence("harm", "basis", basis=found.basis))
    if found.read_in:
        notes.append(enquiry.wording.sentence("harm", "read in", read_in=found.read_in))
    if found.not_weighed:
        behind = [found.whole, *_weighed(found)]
        of = replace(found.whole, part=f"not weighed by {found.scheme.title}")
        number = worked_out(of, Measure.COUNT, found.not_weighed, behind)
        notes.append(enquiry.wording.sentence("harm", "not weighed", number=number))
    if found.missing:
        names = "; ".join(f"{offence_words(path)}" for path in found.missing)
        notes.append(enquiry.wording.sentence("harm", "missing together", offences=names))
    return tuple(notes)
