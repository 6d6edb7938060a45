"""Parts of a whole in one table: how many, what share with its interval, and whether the share changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from frankpledge.assessment.blocks.comparisons import source_line
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.figures import of_estimate, of_finding, worked_out
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.document import Block, Cell, Column, Runs, Table
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Finding

Part = tuple[Indicator, Finding]


def shares_table(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """A row for each part, those of one whole in one table; parts may overlap, and need not make up the whole."""
    return _tables(enquiry, indicators, whole_is_parted=False)


def parts_table(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """As `shares_table`, of parts that do not overlap: what is in none of them, or not recorded, has a row too."""
    return _tables(enquiry, indicators, whole_is_parted=True)


def _tables(enquiry: Enquiry, indicators: Sequence[Indicator], *, whole_is_parted: bool) -> list[Block]:
    blocks: list[Block] = []
    for area in enquiry.partnership.areas:
        for same in _of_one_whole(indicators):
            asked = [(one, enquiry.change(one, area)) for one in same]
            held = [(one, finding) for one, finding in asked if not finding.current.missing]
            if held:
                lacking = [one.title for one, finding in asked if finding.current.missing]
                blocks.append(_table(enquiry, area, held, lacking, whole_is_parted=whole_is_parted))
    return blocks


def _of_one_whole(indicators: Iterable[Indicator]) -> list[list[Indicator]]:
    """Indicators that are shares of the same, together; what is no share of anything is left out."""
    found: dict[tuple[str, ...], list[Indicator]] = {}
    for one in indicators:
        if one.denominator.against is Against.WHOLE:
            found.setdefault(one.denominator.parts, []).append(one)
    return list(found.values())


def _table(
    enquiry: Enquiry, area: str, held: Sequence[Part], lacking: Sequence[str], *, whole_is_parted: bool
) -> Table:
    first, finding = held[0]
    both = any(not one.against.missing for _, one in held)
    before, now = enquiry.before.words(), enquiry.period.words()
    columns = [Column("Of them")]
    if both:
        columns += [Column("Number", True, before), Column("%", True, before)]
    columns += [Column(title, True, now) for title in ("Number", "%", "95% from", "to")]
    if both:
        columns += [Column("Points", True, "Change"), Column("Clear change?", False, "Change")]
    rows = [_row(enquiry, one, of, both) for one, of in held]
    if whole_is_parted and not lacking:
        rows += _rest(enquiry, [of for _, of in held], both)
    whole = first.denominator.words
    return Table(
        slug=f"shares-{first.slug}-{area}",
        title=f"Shares of {whole}, {finding.current.area_name}, {f'{before} and ' if both else ''}{now}",
        columns=tuple(columns),
        rows=tuple(rows),
        source=_sources(enquiry, held),
        notes=tuple(_notes(enquiry, finding, whole, lacking)),
    )


def _row(enquiry: Enquiry, indicator: Indicator, finding: Finding, both: bool) -> tuple[Cell, ...]:
    now = tuple(of_estimate(finding.current, one) for one in (Measure.COUNT, Measure.RATE, Measure.LOW, Measure.HIGH))
    name = part_name(indicator)
    if not both:
        return (name, *now)
    return (
        name,
        *(of_estimate(finding.against, one) for one in (Measure.COUNT, Measure.RATE)),
        *now,
        "" if finding.rate_difference is None else of_finding(finding, Measure.RATE_CHANGE),
        enquiry.wording.word("verdicts", finding.verdict.value),
    )


def part_name(indicator: Indicator) -> str:
    """What tells a part from the others: “Under 25” of “Victims of serious violence: under 25”.

    What it is a share of stands in the table's title.
    """
    name = re.split(r",? as a share of ", indicator.title.rpartition(": ")[2])[0]
    return f"{name[:1].upper()}{name[1:]}"


def _rest(enquiry: Enquiry, parts: Sequence[Finding], both: bool) -> list[tuple[Cell, ...]]:
    """The whole less its parts; nothing where any is rounded or withheld, or they are more than the whole."""
    now = _left([part.current for part in parts])
    before = _left([part.against for part in parts]) if both else None
    if now is None or not now.value:
        return []
    name = enquiry.wording.word("needs", "in none of them")
    after: tuple[Cell, ...] = (now, "", "", "")
    return [(name, before or "", "", *after, "", "") if both else (name, *after)]


def _left(estimates: Sequence[Estimate]) -> Figure | None:
    counts = [one.numerator for one in estimates]
    first = estimates[0]
    exact = all(one.status in (Status.FINAL, Status.PROVISIONAL) for one in estimates)
    if not exact or first.denominator is None or any(count is None for count in counts):
        return None
    left = first.denominator - sum(count or 0 for count in counts)
    return worked_out(first, Measure.REST, left, estimates, against="parts") if left >= 0 else None


def _notes(enquiry: Enquiry, finding: Finding, whole: str, lacking: Sequence[str]) -> list[Runs]:
    notes: list[Runs] = []
    if finding.current.denominator is not None:
        people = of_estimate(finding.current, Measure.POPULATION)
        notes.append(
            enquiry.wording.sentence("needs", "of so many", whole=whole, number=people, period=enquiry.period.words())
        )
    if lacking:
        notes.append((f"Not held: {'; '.join(lacking)}.",))
    return notes


def _sources(enquiry: Enquiry, held: Iterable[Part]) -> str:
    lines = [source_line(enquiry.comparison(one)).removesuffix(".") for one, _ in held]
    return "; ".join(dict.fromkeys(part for line in lines for part in line.split("; ") if part)) + "."
