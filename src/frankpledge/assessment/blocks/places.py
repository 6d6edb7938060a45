"""Wards: a table, a map, and which are highest and lowest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from frankpledge.assessment.blocks.comparisons import source_line
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.definition import definition_files, read_definition
from frankpledge.findings.bases import small_base_warning
from frankpledge.findings.figures import of_estimate, of_finding
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer, area_names
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, Cell, Column, Heading, Map, Paragraph, Place, Runs, Table
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.warehouse.connection import Warehouse

BEST_FIT = (
    "Rates are for residents, and a ward with a town centre has many more people in it by day. The residents of a ward "
    "are those of the small areas that lie mostly in it (best fit); where a ward's edge cuts through small areas they "
    "can be well out, and the rate with them. Compare the counts first."
)
TILES = "One hexagon stands for each ward, placed roughly where it lies."

NAMED = 3
CLASSES = 5


def wards(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """A table of the wards of each own authority, highest rate first."""
    blocks: list[Block] = []
    for authority, name, answer in _by_authority(enquiry, indicator):
        heading = "Wards" if len(enquiry.authorities) == 1 else f"Wards of {name}"
        blocks += [Heading(2, heading), *_high_and_low(enquiry, answer), _table(enquiry, indicator, authority, answer)]
    return blocks


def ward_sentence(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Which wards are highest and lowest."""
    blocks: list[Block] = []
    for _, name, answer in _by_authority(enquiry, indicator):
        lead = "" if len(enquiry.authorities) == 1 else f"{name}. "
        blocks += [
            Paragraph((lead, *paragraph.runs)) if lead else paragraph for paragraph in _high_and_low(enquiry, answer)
        ]
    return blocks


def _by_authority(enquiry: Enquiry, indicator: Indicator) -> list[tuple[str, str, Answer]]:
    """Own authorities for whose wards there are figures."""
    names = area_names(enquiry.warehouse, enquiry.authorities)
    found = []
    for authority in enquiry.authorities:
        answer = enquiry.wards(indicator, authority)
        if any(not one.missing for one in answer.at(enquiry.period)):
            found.append((authority, names.get(authority, authority), answer))
    return found


def _rated(enquiry: Enquiry, answer: Answer) -> list[Estimate]:
    """The wards with a rate, highest first; with a count where no population is held."""
    held = [one for one in answer.at(enquiry.period) if not one.missing]
    return sorted(held, key=lambda one: (-(one.value if one.value is not None else one.numerator or 0), one.area_name))


def _withheld(enquiry: Enquiry, answer: Answer) -> list[Estimate]:
    """The wards whose count may not be shown, in order of name: any other order would tell of it."""
    return [one for one in answer.at(enquiry.period) if one.status is Status.SUPPRESSED]


def _high_and_low(enquiry: Enquiry, answer: Answer) -> list[Paragraph]:
    rated = _rated(enquiry, answer)
    if len(rated) <= 2 * NAMED or _withheld(enquiry, answer) or not _told_apart(rated):
        return []
    runs = (
        *enquiry.wording.sentence("wards_highest", places=_PLACES),
        " ",
        *enquiry.wording.sentence("wards_lowest", places=_PLACES),
    )
    high, low = _named(rated[:NAMED]), _named(list(reversed(rated[-NAMED:])))
    return [Paragraph(_with_places(runs, (high, low)))]


def _told_apart(rated: list[Estimate]) -> bool:
    """Whether the highest are surely above the lowest, and neither list is cut through a tie."""
    high, low = rated[:NAMED], rated[-NAMED:]
    if any(one.low is None or one.high is None for one in rated):
        return False
    apart = min(one.low or 0 for one in high) > max(one.high or 0 for one in low)
    return apart and rated[NAMED - 1].value != rated[NAMED].value and rated[-NAMED].value != rated[-NAMED - 1].value


_PLACES = "\x00"


def _named(estimates: list[Estimate]) -> Runs:
    runs: list[str | Figure] = []
    for index, one in enumerate(estimates):
        join = "" if index == 0 else " and " if index == len(estimates) - 1 else ", "
        runs += [f"{join}{one.area_name} (", of_estimate(one, Measure.RATE), ")"]
    return tuple(runs)


def _with_places(runs: tuple[str | Figure, ...], lists: tuple[Runs, Runs]) -> Runs:
    """Put the lists of places, which hold figures, where the sentences have their slot."""
    waiting = iter(lists)
    filled: list[str | Figure] = []
    for run in runs:
        parts = run.split(_PLACES) if isinstance(run, str) else [run]
        filled.append(parts[0])
        for part in parts[1:]:
            filled += [*next(waiting), part]
    return tuple(run for run in filled if run != "")


def _table(enquiry: Enquiry, indicator: Indicator, authority: str, answer: Answer) -> Table:
    before, now = enquiry.before.words(), enquiry.period.words()
    both = any(not one.missing for one in answer.at(enquiry.before))
    ranked = (*_rated(enquiry, answer), *_withheld(enquiry, answer))
    own = [row for row, one in enumerate(ranked) if one.area_code == _marked(enquiry)]
    columns = [Column("Ward")]
    if both:
        columns.append(Column("Offences", True, before))
    columns += [Column(title, True, now) for title in ("Offences", "Rate", "95% from", "to")]
    if both:
        columns += [Column("Offences", True, "Change"), Column("Clear change?", False, "Change")]
    return Table(
        slug=f"{indicator.slug}-wards-{authority}",
        title=f"{indicator.title} by ward, {now}, highest rate for every {indicator.multiplier:,} "
        f"{indicator.denominator.words} first",
        columns=tuple(columns),
        rows=tuple(_row(enquiry, indicator, authority, one, both) for one in ranked),
        emphasis=own[0] if own else None,
        source=source_line(answer),
        notes=(
            (BEST_FIT,),
            *filter(None, [small_base_warning(enquiry.wording, answer.at(enquiry.period))]),
        ),
    )


def _row(enquiry: Enquiry, indicator: Indicator, authority: str, one: Estimate, both: bool) -> tuple[Cell, ...]:
    level = tuple(of_estimate(one, m) for m in (Measure.COUNT, Measure.RATE, Measure.LOW, Measure.HIGH))
    if not both:
        return (one.area_name, *level)
    finding = enquiry.ward_changes(indicator, authority)[one.area_code]
    return (
        one.area_name,
        of_estimate(finding.against, Measure.COUNT),
        *level,
        of_finding(finding, Measure.COUNT_CHANGE),
        enquiry.wording.word("verdicts", finding.verdict.value),
    )


def ward_map(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """The wards of each own authority shaded by rate, in the same classes so that the maps compare."""
    found = _by_authority(enquiry, indicator)
    rates = [one.value for _, _, answer in found for one in answer.at(enquiry.period) if one.value is not None]
    if len(rates) < CLASSES:
        return []
    breaks = _breaks(rates)
    maps = (_map(enquiry, indicator, authority, name, answer, breaks) for authority, name, answer in found)
    return [one for one in maps if one is not None]


def _map(
    enquiry: Enquiry, indicator: Indicator, authority: str, name: str, answer: Answer, breaks: tuple[float, ...]
) -> Map | None:
    """On outlines where they are held, else on tiles laid out by hand; none where there are neither."""
    estimates = answer.at(enquiry.period)
    outlines = outlines_of(enquiry.warehouse, [one.area_code for one in estimates])
    tiles = {} if outlines else _tiles([one.area_code for one in estimates])
    ordered = sorted((one for one in estimates if one.value is not None), key=lambda one: -(one.value or 0))
    if not ordered or not (outlines or tiles):
        return None
    return Map(
        slug=f"{indicator.slug}-ward-map-{authority}",
        title=f"{indicator.title} by ward, {name}",
        subtitle=f"Rate for every {indicator.multiplier:,} {indicator.denominator.words}, {enquiry.period.words()}",
        kind="outlines" if outlines else "tiles",
        places=tuple(
            Place(
                one.area_code,
                one.area_name,
                of_estimate(one, Measure.RATE),
                outlines.get(one.area_code),
                tiles.get(one.area_code),
            )
            for one in estimates
        ),
        breaks=breaks,
        alt=(
            f"Map of the wards of {name} shaded by rate. The highest is ",
            *_named(ordered[:1]),
            ", the lowest ",
            *_named(ordered[-1:]),
            ".",
            *_pointed_out(enquiry, estimates),
        ),
        source=source_line(answer),
        notes=((BEST_FIT,),) if outlines else ((TILES,), (BEST_FIT,)),
        marked=_marked(enquiry),
    )


def _marked(enquiry: Enquiry) -> str:
    """The ward that the document is about."""
    return enquiry.areas[0] if enquiry.kind is AreaKind.WARD else ""


def _pointed_out(enquiry: Enquiry, estimates: list[Estimate]) -> Runs:
    found = [one for one in estimates if one.area_code == _marked(enquiry)]
    return (
        (
            " ",
            *enquiry.wording.sentence(
                "area", "marked", area=found[0].area_name, rate=of_estimate(found[0], Measure.RATE)
            ),
        )
        if found
        else ()
    )


def _breaks(rates: list[float]) -> tuple[float, ...]:
    """Lower bounds of classes with about as many wards each, to whole numbers that read well."""
    cuts = np.quantile(rates, np.linspace(0, 1, CLASSES + 1)[:-1])
    spread = max(rates) - min(rates)
    step = 1.0 if spread >= 10 else 0.1
    return tuple(sorted({float(np.floor(cut / step) * step) for cut in cuts}))


def outlines_of(warehouse: Warehouse, codes: Sequence[str]) -> dict[str, bytes]:
    """The finest outline held of each area; none at all unless every one has one."""
    rows = warehouse.con.execute(
        """
        SELECT area_code, arg_max(outline, points) FROM boundary
        WHERE list_contains(?, area_code) GROUP BY area_code
        """,
        [list(codes)],
    ).fetchall()
    held = {str(code): bytes(outline) for code, outline in rows}
    return held if set(held) == set(codes) else {}


def _tiles(codes: list[str]) -> dict[str, tuple[int, int]]:
    for path in definition_files("tiles").values():
        tiles = {
            tile.text("area"): (tile.whole("column"), tile.whole("row"))
            for tile in read_definition(path).entries("tiles")
        }
        if set(codes) <= set(tiles):
            return {code: tiles[code] for code in codes}
    return {}
