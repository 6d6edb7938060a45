"""An area beside its neighbours and its region, beside what was printed before, and its rank with its range."""

from __future__ import annotations

from frankpledge.assessment.datasets import dataset_title, series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.definition import definition_files, read_definition
from frankpledge.findings.beside import rank_sentence_of
from frankpledge.findings.figures import of_estimate, of_finding, worked_out
from frankpledge.findings.judge import judge_change
from frankpledge.findings.wording import sentence_list
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer, area_names
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.people import PIN
from frankpledge.model.document import Block, Cell, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import month_words, parse_period
from frankpledge.statistics.comparison import RankRange, rank_ranges


def source_line(answer: Answer, *, counts_only: bool = False) -> str:
    """Where an answer's figures are from, in a line under the table or chart."""
    words = sorted({series_words(one.series) for one in answer.estimates if one.series})
    people: dict[str, set[str]] = {}
    for one in answer.estimates:
        if one.population and not counts_only:
            release, _, year = one.population.release.partition(", ")
            people.setdefault(f"{dataset_title(one.population.dataset)}, release {release}", set()).add(year)
    words += [f"{title} ({sentence_list(sorted(years))})" for title, years in sorted(people.items())]
    return "; ".join(words) + "."


def joined_note(answer: Answer) -> tuple[Runs, ...]:
    """That releases were joined end to end, and from which month the newer is read."""
    if answer.selection is None or not answer.selection.joined:
        return ()
    begins = [month_words(span.first) for span in answer.selection.spans[1:]]
    return ((f"Releases are joined end to end: the newer one is read from {sentence_list(begins)}.",),)


def _compared(enquiry: Enquiry, indicator: Indicator) -> tuple[Answer, list[tuple[Estimate, Estimate]]]:
    """Pairs of estimates (before, now) in order of name, the region last."""
    answer = enquiry.comparison(indicator)
    pairs = list(zip(answer.at(enquiry.before), answer.at(enquiry.period), strict=True))
    region = enquiry.partnership.region_code
    return answer, sorted(pairs, key=lambda pair: (pair[0].area_code == region, pair[0].area_name))


def comparison(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Counts, rates with their intervals and changes, each with its verdict."""
    answer, pairs = _compared(enquiry, indicator)
    if all(now.missing for _, now in pairs):
        return []
    before, now = enquiry.before.words(), enquiry.period.words()
    both = any(not earlier.missing for earlier, _ in pairs)
    columns = [Column("Area")]
    if both:
        columns += [Column(title, True, before) for title in ("Offences", "Rate")]
    columns += [Column(title, True, now) for title in ("Offences", "Rate", "95% from", "to")]
    if both:
        columns += [Column(title, True, "Change") for title in ("Offences", "Rate")]
        columns.append(Column("Clear change?", False, "Change"))
    own = [row for row, pair in enumerate(pairs) if pair[0].area_code in enquiry.areas]
    return [
        Heading(2, "Beside neighbours and region"),
        Table(
            slug=f"{indicator.slug}-comparison",
            title=f"{indicator.title} by area, {f'{before} and ' if both else ''}{now}: "
            f"counts and rates for every {indicator.multiplier:,} {indicator.denominator.words}",
            columns=tuple(columns),
            rows=tuple(_comparison_row(enquiry, indicator, *pair, both) for pair in pairs),
            source=source_line(answer),
            notes=(
                *_left_out_notes(enquiry),
                *_not_held_note(pairs, both),
                *joined_note(answer),
                *_basis_note(answer),
            ),
            emphasis=own[0] if len(own) == 1 else None,
        ),
    ]


def _not_held_note(pairs: list[tuple[Estimate, Estimate]], both: bool) -> tuple[Runs, ...]:
    if both:
        return ()
    before = pairs[0][0]
    return ((f"No change can be shown: {parse_period(before.period).words()} is not whole ({before.why_missing}).",),)


def _basis_note(answer: Answer) -> tuple[Runs, ...]:
    """Of populations that a document was printed with: which it printed, and which its rates imply."""
    path = definition_files("published").get(
        next((one.population.dataset for one in answer.estimates if one.population), "")
    )
    if path is None:
        return ()
    names = {one.area_code: one.area_name for one in answer.estimates}
    known = [row for row in read_definition(path).entries("rows") if row.text("area") in names]
    printed = [f"{names[row.text('area')]} {row.whole('value'):,}" for row in known if row.text("status") == "printed"]
    implied = [
        f"{names[row.text('area')]} {row.whole('value'):,} ({row.whole('low'):,} to {row.whole('high'):,})"
        for row in known
        if row.text("status") == "implied"
    ]
    words = f"Populations of that time. As printed: {sentence_list(printed)}."
    return ((f"{words} Implied by the printed rates: {sentence_list(implied)}.",),)


def _comparison_row(
    enquiry: Enquiry, indicator: Indicator, before: Estimate, now: Estimate, both: bool
) -> tuple[Cell, ...]:
    level = tuple(of_estimate(now, one) for one in (Measure.COUNT, Measure.RATE, Measure.LOW, Measure.HIGH))
    if not both:
        return (now.area_name, *level)
    own = now.area_code in enquiry.areas
    finding = enquiry.change(indicator, now.area_code) if own else enquiry.others_changes(indicator)[now.area_code]
    return (
        now.area_name,
        *(of_estimate(before, measure) for measure in (Measure.COUNT, Measure.RATE)),
        *level,
        *(of_finding(finding, measure) for measure in (Measure.COUNT_CHANGE, Measure.RATE_CHANGE)),
        enquiry.wording.word("verdicts", finding.verdict.value),
    )


def _left_out_notes(enquiry: Enquiry) -> tuple[Runs, ...]:
    return tuple(
        enquiry.wording.sentence("left_out", area=_name(enquiry, code), reason=reason)
        for code, reason in enquiry.partnership.left_out.items()
    )


def _name(enquiry: Enquiry, code: str) -> str:
    return area_names(enquiry.warehouse, [code]).get(code, code)


def printed(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Our figures beside those that a document has printed for the same areas and periods."""
    blocks: list[Block] = []
    for document, title, section in _documents(enquiry, indicator):
        table = _printed_table(enquiry, indicator, document, title, section)
        if table is not None:
            blocks += [Heading(2, "Beside what has been printed"), table]
    return blocks


def _documents(enquiry: Enquiry, indicator: Indicator) -> list[tuple[str, str, str]]:
    rows = enquiry.warehouse.con.execute(
        """
        SELECT document, title, any_value(section) FROM published_figure
        WHERE indicator = ? AND place = 'table' AND people IS NULL AND measure = 'count'
          AND list_contains(?, area_code) AND period IN (?, ?)
        GROUP BY document, title ORDER BY document
        """,
        [indicator.slug, list(enquiry.partnership.areas), enquiry.before.text, enquiry.period.text],
    )
    return [(str(a), str(b), str(c)) for a, b, c in rows.fetchall()]


def _printed_table(enquiry: Enquiry, indicator: Indicator, document: str, title: str, section: str) -> Table | None:
    answer, pairs = _compared(enquiry, indicator)
    held = _printed_values(enquiry, indicator, document)
    # A total of some of a region's areas has no printed figure to stand beside.
    part = f"{enquiry.partnership.region_name} ("
    pairs = [
        pair
        for pair in pairs
        if any((one.area_code, one.period, "count") in held for one in pair)
        and not any(one.area_name.startswith(part) for one in pair)
    ]
    periods = [period for period in (enquiry.before, enquiry.period) if _some_held(pairs, held, period.text)]
    if not periods:
        return None
    columns = [Column("Area")]
    for period in periods:
        words = period.words()
        columns += [Column(name, True, words) for name in ("Offences", "as printed", "Rate", "as printed")]
    if len(periods) > 1:
        columns += [Column("Rate", True, "Change"), Column("as printed", True, "Change")]
    own = [row for row, pair in enumerate(pairs) if pair[0].area_code in enquiry.partnership.areas]
    return Table(
        slug=f"{indicator.slug}-beside-{document}",
        title=f"{indicator.title}: these figures beside those printed in {title}",
        columns=tuple(columns),
        rows=tuple(_printed_row(held, pair, [period.text for period in periods]) for pair in pairs),
        notes=_conflict_notes(enquiry, indicator, document),
        source=f"{source_line(answer)} Printed: {title}, section {section}",
        emphasis=own[0] if len(own) == 1 else None,
    )


def _conflict_notes(enquiry: Enquiry, indicator: Indicator, document: str) -> tuple[Runs, ...]:
    """Where the document contradicts its own table: the table stands, and the reader is told."""
    rows = enquiry.warehouse.con.execute(
        """
        SELECT period, measure, printed, contradicted FROM published_figure
        WHERE document = ? AND indicator = ? AND contradicted IS NOT NULL AND people IS NULL AND place = 'table'
          AND list_contains(?, area_code) ORDER BY period, measure
        """,
        [document, indicator.slug, list(enquiry.partnership.areas)],
    ).fetchall()
    own = sorted(area_names(enquiry.warehouse, enquiry.partnership.areas).values())
    return tuple(
        (
            f"The document contradicts itself on the {_MEASURE_WORDS.get(measure, measure)} of {sentence_list(own)}, "
            f"{period}: the table has {printed}, which stands here; {why}.",
        )
        for period, measure, printed, why in rows
    )


_MEASURE_WORDS = {"count": "number", "rate-per-1000": "rate", "count-change": "change", "rate-change": "change in rate"}


def _printed_values(enquiry: Enquiry, indicator: Indicator, document: str) -> dict[tuple[str, str, str], float]:
    rows = enquiry.warehouse.con.execute(
        """
        SELECT area_code, period, measure, value FROM published_figure
        WHERE document = ? AND indicator = ? AND place = 'table' AND people IS NULL AND area_code IS NOT NULL
        """,
        [document, indicator.slug],
    )
    return {(area, period, measure): value for area, period, measure, value in rows.fetchall()}


def _some_held(pairs: list[tuple[Estimate, Estimate]], held: dict[tuple[str, str, str], float], period: str) -> bool:
    """Whether both we and the document have a figure for the period, of any area."""
    return any(
        one.period == period and not one.missing and (one.area_code, period, "count") in held
        for pair in pairs
        for one in pair
    )


def _printed_row(
    held: dict[tuple[str, str, str], float], pair: tuple[Estimate, Estimate], periods: list[str]
) -> tuple[Cell, ...]:
    before, now = pair
    cells: list[Cell] = [now.area_name]
    for estimate in (one for one in pair if one.period in periods):
        cells += [of_estimate(estimate, Measure.COUNT), _as_printed(held, estimate, "count", Measure.PRINTED_COUNT)]
        cells += [
            of_estimate(estimate, Measure.RATE),
            _as_printed(held, estimate, "rate-per-1000", Measure.PRINTED_RATE),
        ]
    if len(periods) > 1:
        cells.append(of_finding(judge_change(now, before), Measure.RATE_CHANGE))
        cells.append(_as_printed(held, now, "rate-change", Measure.PRINTED_CHANGE))
    return tuple(cells)


def _as_printed(held: dict[tuple[str, str, str], float], estimate: Estimate, measure: str, kind: Measure) -> Figure:
    """What a document printed of an estimate's area and period."""
    value = held.get((estimate.area_code, estimate.period, measure))
    status = Status.MISSING if value is None else Status.FINAL
    return Figure(estimate.indicator, estimate.area_code, estimate.period, "printed", kind, value, status)


def _ranked(enquiry: Enquiry, indicator: Indicator) -> tuple[Answer, list[tuple[Estimate, RankRange]]]:
    """Authorities of the region that can be ranked, lowest rate first; none beside an area that is no authority."""
    answer = enquiry.region(indicator)
    if enquiry.kind is not AreaKind.AUTHORITY:
        return answer, []
    rated = [one for one in answer.estimates if one.numerator is not None and one.denominator]
    if len(rated) < 2:
        return answer, []
    # The region's areas are taken to scatter as the partnership's own first does.
    scatter = enquiry.change(indicator, enquiry.areas[0]).scatter
    ranges = rank_ranges(
        [one.numerator or 0 for one in rated], [float(one.denominator or 1) for one in rated], excess=scatter or 1.0
    )
    return answer, sorted(zip(rated, ranges, strict=True), key=lambda pair: (pair[1].rank, pair[0].area_name))


def rank_sentence(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Where the partnership's own areas stand, and how sure that is."""
    _, ranked = _ranked(enquiry, indicator)
    behind = tuple(one for one, _ in ranked)
    sentences = [
        _rank_words(enquiry, estimate, found, behind)
        for estimate, found in ranked
        if estimate.area_code in enquiry.areas
    ]
    return [Paragraph(sentence) for sentence in sentences]


def place_of(enquiry: Enquiry, indicator: Indicator, area: str, measure: Measure) -> Figure | None:
    """An area's place in the region, or an end of its range; None where it has none."""
    _, ranked = _ranked(enquiry, indicator)
    behind = tuple(one for one, _ in ranked)
    found = next(((one, place) for one, place in ranked if one.area_code == area), None)
    return _place(enquiry, *found, behind, measure) if found else None


def _place(
    enquiry: Enquiry, estimate: Estimate, found: RankRange, behind: tuple[Estimate, ...], measure: Measure
) -> Figure:
    value = {Measure.RANK: found.rank, Measure.RANK_LOW: found.low, Measure.RANK_HIGH: found.high}[measure]
    return worked_out(estimate, measure, value, behind, against=enquiry.partnership.region_code)


def _rank_words(enquiry: Enquiry, estimate: Estimate, found: RankRange, behind: tuple[Estimate, ...]) -> Runs:
    return enquiry.wording.sentence(
        rank_sentence_of(found),
        area=estimate.area_name,
        number=str(len(behind)),
        kind="areas",
        region=enquiry.partnership.region_name,
        rank=_place(enquiry, estimate, found, behind, Measure.RANK),
        rank_low=_place(enquiry, estimate, found, behind, Measure.RANK_LOW),
        rank_high=_place(enquiry, estimate, found, behind, Measure.RANK_HIGH),
    )


def ranks(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """The region's areas by rate, each with the range its rank could plausibly have."""
    answer, ranked = _ranked(enquiry, indicator)
    if not ranked:
        return []
    behind = tuple(one for one, _ in ranked)
    region = enquiry.partnership.region_code
    rows: list[tuple[Cell, ...]] = []
    for estimate, found in ranked:
        places = ((Measure.RANK, found.rank), (Measure.RANK_LOW, found.low), (Measure.RANK_HIGH, found.high))
        rows.append(
            (
                estimate.area_name,
                of_estimate(estimate, Measure.COUNT),
                # Made on populations that reach every area ranked, which may not be those of the comparison.
                worked_out(estimate, Measure.RATE, estimate.value, (estimate,), against=region),
                *(worked_out(estimate, measure, value, behind, against=region) for measure, value in places),
            )
        )
    own = [row for row, (estimate, _) in enumerate(ranked) if estimate.area_code in enquiry.areas]
    words = enquiry.period.words()
    return [
        Heading(2, f"Rank in {enquiry.partnership.region_name}"),
        *rank_sentence(enquiry, indicator),
        Table(
            slug=f"{indicator.slug}-ranks",
            title=f"{indicator.title} by rate, lowest first, {enquiry.partnership.region_name}, {words}",
            columns=(
                Column("Area"),
                Column("Offences", True),
                Column(f"Rate per {indicator.multiplier:,}", True),
                Column("Rank", True),
                Column("from", True, "Plausible rank"),
                Column("to", True, "Plausible rank"),
            ),
            rows=tuple(rows),
            source=source_line(answer),
            notes=(*_left_out_notes(enquiry), *_missing_notes(answer), *_population_note(enquiry, answer)),
            emphasis=own[0] if len(own) == 1 else None,
        ),
    ]


def _missing_notes(answer: Answer) -> tuple[Runs, ...]:
    """Areas that cannot be ranked, with the reason: none is ever taken for low."""
    return tuple((f"{one.area_name} is left out: {one.why_missing}.",) for one in answer.estimates if one.missing)


def _population_note(enquiry: Enquiry, answer: Answer) -> tuple[Runs, ...]:
    """Where the pinned populations do not reach every area ranked, the ranks are made on others: say so."""
    pinned = enquiry.pinned.get(PIN)
    used = {one.population.dataset for one in answer.estimates if one.population}
    if pinned is None or pinned in used:
        return ()
    on = sentence_list([dataset_title(one) for one in sorted(used)])
    return ((f"Rates here are on {on}: those pinned ({dataset_title(pinned)}) do not cover every area.",),)
