"""An area beside those of its kind: its rates, what is drawn towards all, and where it stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frankpledge.assessment.blocks.comparisons import source_line
from frankpledge.assessment.blocks.places import BEST_FIT
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.around import authorities_of, per_square_kilometre, square_metres_of
from frankpledge.findings.beside import Standing, set_beside, shrink
from frankpledge.findings.figures import of_estimate, of_finding, worked_out
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer, area_names, compute
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.drawn import drawn_areas
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.model.finding import Finding

# In place of a number that there is none of.
NONE = "–"
_ALL = "all of its kind"


def area_beside(enquiry: Enquiry, indicators: Sequence[Indicator]) -> list[Block]:
    """A row for each indicator: the area's count, rate and change, and the rate of what it is set beside."""
    area = enquiry.areas[0]
    found = [(indicator, enquiry.change(indicator, area)) for indicator in indicators]
    held = [(indicator, finding) for indicator, finding in found if not finding.current.missing]
    if not held:
        return []
    both = any(not finding.against.missing for _, finding in held)
    before, now = enquiry.before.words(), enquiry.period.words()
    wards = enquiry.kind is AreaKind.WARD
    columns = [Column("Measure"), *([Column("Number", True, before)] if both else [])]
    columns += [Column("Number", True, now), Column("Rate", True, now)]
    columns += [Column(title, True, "Rate, chance allowed for") for title in ("Likely", "from", "to")] if wards else []
    columns += [Column("Rate", True, _capital(beside_name(enquiry)))]
    columns += [Column("Number", True, "Change"), Column("Clear change?", False, "Change")] if both else []
    name = held[0][1].current.area_name
    answers = [enquiry.comparison(indicator) for indicator, _ in held]
    return [
        Table(
            slug=f"beside-{held[0][0].slug}-{enquiry.subject.file_name}",
            title=f"{name} beside {beside_name(enquiry)}, {now}; rates for every {_per(enquiry, held[0][0])}",
            columns=tuple(columns),
            rows=tuple(_row(enquiry, indicator, finding, both) for indicator, finding in held),
            source=sources_of(answers),
            notes=_notes(enquiry, wards, both),
        )
    ]


def _notes(enquiry: Enquiry, wards: bool, both: bool) -> tuple[Runs, ...]:
    say = enquiry.wording.sentence
    notes = [say("area", "drawn_towards_all"), (BEST_FIT,)] if wards else []
    return (*notes, *([say("area", "judged_among_wards")] if wards and both else []))


def sources_of(answers: Sequence[Answer]) -> str:
    """Where several answers' figures are from, each dataset once."""
    lines = [source_line(answer).removesuffix(".") for answer in answers]
    return "; ".join(dict.fromkeys(part for line in lines for part in line.split("; ") if part)) + "."


def beside_name(enquiry: Enquiry) -> str:
    """What the area is set beside: all wards of its authority, the region, or the authority it was drawn in."""
    if enquiry.kind is AreaKind.AUTHORITY:
        return enquiry.partnership.region_name or NONE
    around = enquiry.authorities if enquiry.kind is AreaKind.WARD else _around(enquiry)
    names = area_names(enquiry.warehouse, around)
    name = " and ".join(names.get(code, code) for code in around)
    return f"all wards of {name}" if enquiry.kind is AreaKind.WARD else name


def _per(enquiry: Enquiry, indicator: Indicator) -> str:
    if enquiry.spot is not None:
        return "square kilometre"
    return f"{indicator.multiplier:,} {indicator.denominator.words or 'residents'} unless the row says otherwise"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _around(enquiry: Enquiry) -> tuple[str, ...]:
    if enquiry.spot is not None:
        return authorities_of(enquiry.warehouse, enquiry.spot)
    held = drawn_areas(enquiry.warehouse).get(enquiry.areas[0])
    return tuple(held.cover) if held else ()


def _row(enquiry: Enquiry, indicator: Indicator, finding: Finding, both: bool) -> tuple[Cell, ...]:
    current = finding.current
    usual = enquiry.spot is not None or indicator.per == f"per {indicator.multiplier:,} residents"
    title = indicator.title if usual else f"{indicator.title} ({indicator.per})"
    cells: list[Cell] = [title]
    if both:
        cells.append(_count(finding.against))
    cells += [_count(current), _rate(current)]
    if enquiry.kind is AreaKind.WARD:
        cells += _drawn(enquiry, indicator, finding)
    cells.append(_others_rate(enquiry, indicator, current))
    if both:
        cells += [
            NONE if finding.difference is None else of_finding(finding, Measure.COUNT_CHANGE),
            enquiry.wording.word("verdicts", finding.verdict.value),
        ]
    return tuple(cells)


def _count(estimate: Estimate) -> Cell:
    return NONE if estimate.numerator is None and not estimate.missing else of_estimate(estimate, Measure.COUNT)


def _rate(estimate: Estimate) -> Cell:
    return NONE if estimate.value is None and not estimate.missing else of_estimate(estimate, Measure.RATE)


def _drawn(enquiry: Enquiry, indicator: Indicator, finding: Finding) -> tuple[Cell, Cell, Cell]:
    """The ward's rate drawn towards that of all wards, which is likelier than the rate it happened to have."""
    wards = enquiry.comparison(indicator).at(enquiry.period)
    # A share has a whole of its own in each ward, and is not a rate of events among people.
    found = [] if finding.current.share else shrink(wards, finding.scatter)
    for estimate, drawn in found:
        if estimate.area_code == finding.current.area_code:
            behind = tuple(one for one, _ in found)
            shown = ((Measure.SHRUNK, drawn.value), (Measure.SHRUNK_LOW, drawn.low), (Measure.SHRUNK_HIGH, drawn.high))
            likely, low, high = (
                worked_out(estimate, measure, estimate.per * value, behind, against=_ALL) for measure, value in shown
            )
            return likely, low, high
    return NONE, NONE, NONE


def _others_rate(enquiry: Enquiry, indicator: Indicator, current: Estimate) -> Cell:
    if enquiry.kind is AreaKind.WARD:
        return _all_together(current, enquiry.comparison(indicator).at(enquiry.period))
    if enquiry.kind is AreaKind.AUTHORITY:
        region = enquiry.partnership.region_code
        found = [one for one in enquiry.comparison(indicator).at(enquiry.period) if one.area_code == region]
        return _rate(found[0]) if found else NONE
    return _all_together(current, _counted_alike(enquiry, indicator, current))


def _all_together(current: Estimate, areas: Sequence[Estimate]) -> Cell:
    """The rate of areas taken together, counted as the one among them is."""
    if not areas or any(one.missing or one.numerator is None or not one.denominator for one in areas):
        return NONE
    rate = current.per * sum(one.numerator or 0 for one in areas) / sum(one.denominator or 0 for one in areas)
    return worked_out(current, Measure.RATE, rate, tuple(areas), against=_ALL)


def _counted_alike(enquiry: Enquiry, indicator: Indicator, current: Estimate) -> list[Estimate]:
    """The authorities that a drawn area lies in, from the dataset it is counted by."""
    if current.series is None or indicator.published or indicator.people:
        return []
    alike = replace(indicator, datasets={AreaKind.AUTHORITY: (current.series.dataset,)})
    around = _around(enquiry)
    exact = compute(
        enquiry.warehouse, alike, AreaKind.AUTHORITY, around, (enquiry.period,), pinned=enquiry.pinned
    )  # fmt: skip
    found = enquiry.treated(exact).estimates
    return list(found) if enquiry.spot is None else _for_every_square_kilometre(enquiry, found)


def _for_every_square_kilometre(enquiry: Enquiry, found: Sequence[Estimate]) -> list[Estimate]:
    """The same counts, set against the size of each authority; none where the size of one is not known."""
    sizes = [square_metres_of(enquiry.warehouse, one.area_code) for one in found]
    pairs = [(one, size) for one, size in zip(found, sizes, strict=True) if size]
    return [per_square_kilometre(one, size) for one, size in pairs] if len(pairs) == len(found) else []


def known_for(enquiry: Enquiry) -> list[Block]:
    """Where the area stands apart from the others of its kind, its size and their usual differences allowed for."""
    found = [
        (indicator, standing) for indicator in enquiry.indicators.values() for standing in _standing(enquiry, indicator)
    ]
    if not found:
        return []
    blocks: list[Block] = [Heading(1, enquiry.wording.word("area", "known_for", "title"))]
    for side in ("above", "below"):
        items = tuple(_apart(enquiry, indicator, one) for indicator, one in found if one.apart == side)
        if items:
            blocks += [Heading(2, enquiry.wording.word("area", "known_for", side)), BulletList(items)]
    area = found[0][1].estimate.area_name
    among = sum(not one.apart for _, one in found)
    key = "rest" if among < len(found) else "nothing"
    return [*blocks, Paragraph(enquiry.wording.sentence("area", "known_for", key, area=area, tested=f"{len(found)}"))]


def _standing(enquiry: Enquiry, indicator: Indicator) -> list[Standing]:
    if enquiry.kind is AreaKind.OWN:
        return []
    answer = enquiry.region(indicator) if enquiry.kind is AreaKind.AUTHORITY else enquiry.comparison(indicator)
    current = enquiry.change(indicator, enquiry.areas[0])
    beside = set_beside(answer.at(enquiry.period), current.scatter)
    standings = beside.standings if beside else ()
    return [one for one in standings if one.estimate.area_code == enquiry.areas[0]]


def _apart(enquiry: Enquiry, indicator: Indicator, standing: Standing) -> Runs:
    estimate = standing.estimate
    region = enquiry.kind is AreaKind.AUTHORITY
    answer = enquiry.region(indicator) if region else enquiry.comparison(indicator)
    others = [one for one in answer.at(enquiry.period) if not one.missing]
    return enquiry.wording.sentence(
        "area", "known_for", "apart",
        title=indicator.title,
        # In the region's ranking populations may be others than in the comparison.
        rate=worked_out(estimate, Measure.RATE, estimate.value, (estimate,), against="region") if region
        else of_estimate(estimate, Measure.RATE),
        unit=estimate.unit,
        all=_all_together(estimate, others),
    )  # fmt: skip
