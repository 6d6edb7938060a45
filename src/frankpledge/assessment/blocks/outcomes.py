"""What came of it: the share of records with a positive outcome, where their outcomes are held."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import from_exact, of_estimate
from frankpledge.findings.outcomes import Outcomes, outcomes_of
from frankpledge.findings.records import part_estimate, part_share
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.statistics.rates import proportion_interval


def outcomes(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """The share of records that ended in a positive outcome, and every outcome in a table."""
    blocks: list[Block] = []
    for area in enquiry.partnership.areas:
        try:
            found = outcomes_of(enquiry.warehouse, indicator, area, enquiry.period)
        except NotHeldError as problem:
            enquiry.lacks(Untold(problem.happened, "outcomes", indicator.title.lower(), problem.to_do))
            continue
        blocks += _of_area(enquiry, indicator, found)
    return [Heading(2, "Outcomes"), *blocks] if blocks else []


def _of_area(enquiry: Enquiry, indicator: Indicator, found: Outcomes) -> list[Block]:
    area = enquiry.area_name(found.area_code)

    def made(part: str, number: int) -> Estimate:
        return part_estimate(indicator, found.area_code, area, found.period, part, number, found.read)

    interval = proportion_interval(found.positive, found.records)
    share = part_share(
        made("positive outcome", found.positive), found.records, interval.low, interval.high, "% of records"
    )
    (records, known, positive) = enquiry.shown(
        indicator, [made("records", found.records), made("outcome known", found.known), share]
    )
    each = enquiry.shown(
        indicator, [made(_in_words(enquiry, path), number) for path, number in found.by_outcome.items()], add_up=True
    )
    sentence = enquiry.wording.sentence(
        "outcomes",
        "positive",
        noun=indicator.noun,
        area=area,
        period=found.period.words(),
        records=of_estimate(records, Measure.COUNT),
        share=of_estimate(positive, Measure.SHARE),
        low=of_estimate(positive, Measure.SHARE_LOW),
        high=of_estimate(positive, Measure.SHARE_HIGH),
        unknown=from_exact(
            replace(records, part="outcome not known"), Measure.SHARE, 100 * (1 - found.known / found.records),
            [records, known],
        ),
    )  # fmt: skip
    table = Table(
        slug=f"{indicator.slug}-outcomes-{found.area_code}",
        title=f"What came of {indicator.noun}, {area}, {found.period.words()}",
        columns=(Column("Last outcome known"), Column("Records", True), Column("Share", True)),
        rows=tuple(_row(one, records, found.records) for one in each),
        source=f"{series_words(found.read.series)}.",
        notes=(enquiry.wording.sentence("outcomes", "read"),),
    )
    return [Paragraph(sentence), table]


def _in_words(enquiry: Enquiry, path: str) -> str:
    return enquiry.wording.word("outcome_words", path.removeprefix("outcome/"))


def _row(one: Estimate, records: Estimate, of: int) -> tuple[Cell, ...]:
    value = None if one.numerator is None else 100 * one.numerator / of
    return (one.part, of_estimate(one, Measure.COUNT), from_exact(one, Measure.SHARE, value, [one, records]))
