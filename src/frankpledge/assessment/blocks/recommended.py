"""Priorities recommended by a stated method: every score's parts, places with ties, and how weights move them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.assessment.scoring import Scored, area_harm, scored_candidates
from frankpledge.findings.figures import worked_out
from frankpledge.findings.harm import AreaHarm
from frankpledge.findings.priorities import DOUBLED, HALVED, Criterion, Method, Place, moved, places, reach, read_method
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Note, Paragraph, Runs, Table
from frankpledge.model.figure import Measure

_FIRST = 3


def recommended_priorities(enquiry: Enquiry) -> list[Block]:
    """Candidates scored by the stated method: parts, places with ties, how weights move them, what is not scored."""
    method = read_method(enquiry.workspace.definitions)
    enquiry.rests_on.add(method.hash)
    blocks: list[Block] = []
    for area in enquiry.areas:
        harm = area_harm(enquiry, area)
        scored, not_held = scored_candidates(enquiry, method, area, harm)
        if scored:
            blocks += _of_area(enquiry, method, scored, not_held, harm)
    if not blocks:
        return []
    return [
        Heading(1, "Recommended priorities"),
        Note("information", enquiry.wording.sentence("priorities", "recommended")),
        Paragraph((method.words,)),
        *blocks,
        Heading(2, "How they were scored"),
        _criteria(method),
    ]


def _of_area(
    enquiry: Enquiry, method: Method, scored: Sequence[Scored], not_held: Sequence[Indicator], harm: AreaHarm | None
) -> list[Block]:
    for one in scored:
        enquiry.show_beside(one.indicator)
    parts = {one.indicator.slug: one.parts for one in scored}
    found = places(parts, method.weights(), method.least_share)
    trials = moved(method, parts)
    return [
        _table(enquiry, method, scored, found, list(trials.values()), harm),
        *_sensitivity(enquiry, method, scored, found, trials),
        *_not_scored(enquiry, method, scored, not_held),
    ]


def _table(
    enquiry: Enquiry,
    method: Method,
    scored: Sequence[Scored],
    found: Sequence[Place],
    trials: list[list[Place]],
    harm: AreaHarm | None,
) -> Table:
    by_slug = {one.indicator.slug: one for one in scored}
    placed = [(by_slug[place.candidate], place) for place in found]
    without = [(one, None) for one in scored if one.indicator.slug not in {place.candidate for place in found}]
    name, used = scored[0].current.area_name, _used(method, scored)
    return Table(
        slug=f"recommended-priorities-{scored[0].current.area_code}",
        title=f"Candidates by score, {name}, {enquiry.period.words()}",
        columns=(
            Column("Candidate"),
            Column("Place", True),
            Column("Score", True),
            *(Column(f"{one.title} (weight {one.weight:g})", True) for one in used),
            Column("Place when a weight is halved or doubled"),
        ),
        rows=tuple(_row(used, one, place, trials) for one, place in (*placed, *without)),
        source=enquiry.wording.word("priority_words", "source"),
        notes=_notes(enquiry, used, harm),
    )


def _notes(enquiry: Enquiry, used: Sequence[Criterion], harm: AreaHarm | None) -> tuple[Runs, ...]:
    """What a dash is, and by which weights harm was told."""
    dash = enquiry.wording.sentence("priorities", "dash")
    if harm is None or all(one.slug != "harm" for one in used):
        return (dash,)
    basis = harm.basis or harm.prices
    return dash, enquiry.wording.sentence("priorities", "weights", title=harm.scheme.title, basis=basis)


def _used(method: Method, scored: Sequence[Scored]) -> list[Criterion]:
    """The criteria on which any candidate was scored."""
    return [one for one in method.criteria if any(each.parts[one.slug] is not None for each in scored)]


def _row(used: Sequence[Criterion], one: Scored, place: Place | None, trials: list[list[Place]]) -> tuple[Cell, ...]:
    slug = one.indicator.slug
    parts = tuple("–" if one.parts[each.slug] is None else _part(one, each.slug) for each in used)
    if place is None:
        return (one.indicator.title, "no place", "–", *parts, "")
    best, worst = reach(slug, trials) or (place.place, place.place)
    within = "the same" if best == worst == place.place else f"{best} to {worst}"
    return (
        one.indicator.title,
        f"{place.place}{'=' if place.tied else ''}",
        worked_out(one.current, Measure.SCORE, place.score, one.behind),
        *parts,
        within,
    )


def _part(one: Scored, criterion: str) -> Cell:
    return worked_out(one.current, Measure.SCORE_PART, one.parts[criterion], one.behind, against=criterion)


def _sensitivity(
    enquiry: Enquiry,
    method: Method,
    scored: Sequence[Scored],
    found: Sequence[Place],
    trials: dict[tuple[str, float], list[Place]],
) -> list[Block]:
    titles = {one.indicator.slug: one.indicator.title for one in scored}
    before = _first(found, titles)
    first = {trial: _first(places_taken, titles) for trial, places_taken in trials.items()}
    as_before = enquiry.wording.word("priority_words", "as before")
    if all(one == before for one in first.values()):
        return [Paragraph(enquiry.wording.sentence("priorities", "unmoved"))]

    def told(trial: tuple[str, float]) -> str:
        return as_before if first[trial] == before else first[trial]

    return [
        Table(
            slug=f"recommended-priorities-weights-{scored[0].current.area_code}",
            title="The first places when one weight is changed",
            columns=(Column("Weight changed"), Column("Halved"), Column("Doubled")),
            rows=tuple(
                (one.title, told((one.slug, HALVED)), told((one.slug, DOUBLED))) for one in _used(method, scored)
            ),
            source=enquiry.wording.word("priority_words", "source"),
        )
    ]


def _first(found: Sequence[Place], titles: dict[str, str]) -> str:
    return "; ".join(
        f"{one.place}{'=' if one.tied else ''} {titles[one.candidate]}" for one in found if one.place <= _FIRST
    )


def _not_scored(
    enquiry: Enquiry, method: Method, scored: Sequence[Scored], not_held: Sequence[Indicator]
) -> list[Block]:
    """What could not be scored, and why: those with one reason together."""
    say = enquiry.wording
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in scored:
        for criterion, why in one.why.items():
            reasons[criterion, why].append(one.indicator.title)
    titles = {one.slug: one.title for one in method.criteria}
    items: list[Runs] = []
    for (criterion, why), names in reasons.items():
        whom = say.word("priority_words", "all of them") if len(names) == len(scored) else sentence_list(names)
        reason = say.word("priority_reasons", why)
        items.append(say.sentence("priorities", "not scored", criterion=titles[criterion], whom=whom, why=reason))
    if not_held:
        titles_lacking = sentence_list([one.title for one in not_held])
        items.append(say.sentence("priorities", "not held", titles=titles_lacking))
    if not items:
        return []
    return [Heading(2, "What could not be scored"), BulletList(tuple(items))]


def _criteria(method: Method) -> Table:
    return Table(
        slug="recommended-priorities-method",
        title="Criteria, their weights, and how each is scored",
        columns=(Column("Criterion"), Column("Weight"), Column("How it is scored")),
        rows=tuple((one.title, f"{one.weight:g}", one.how) for one in method.criteria),
        source=f"definitions/priorities/method.yaml, to be reviewed by {method.review}.",
    )
