"""Who the victims and suspects are, as far as it is recorded, and beside who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frankpledge.assessment.datasets import dataset_title, series_words
from frankpledge.assessment.enquiry import Enquiry, Untold
from frankpledge.disclosure import withhold
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import from_exact, of_estimate
from frankpledge.findings.people import FEWEST, BesideResidents, PartOfPeople, People, find_people
from frankpledge.findings.records import RecordsRead, part_estimate
from frankpledge.findings.wording import sentence_list
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Note, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Figure, Measure

_ROLES = ("victim", "suspect")
_ELSEWHERE = "living-elsewhere"
_VIOLENCE = "violence-against-the-person"


@dataclass(frozen=True)
class _Seen:
    """A part of victims or suspects, with what the audience may know of it, and of how many it is not known."""

    part: PartOfPeople
    share: Estimate
    unknown: Estimate


def victims_and_suspects(enquiry: Enquiry, indicator: Indicator) -> list[Block]:
    """Victims and suspects by sex, age, ethnic group, injury, relation and home, with bounds for the unrecorded."""
    period = enquiry.whole_year
    blocks: list[Block] = []
    for area in enquiry.partnership.areas:
        for role in _ROLES:
            try:
                found = find_people(enquiry.warehouse, indicator, area, period, role, enquiry.workspace.definitions)
            except NotHeldError as problem:
                enquiry.lacks(Untold(problem.happened, f"{role}s", indicator.title.lower(), problem.to_do))
                continue
            blocks += _of_role(enquiry, indicator, found)
    return [Heading(2, "Victims and suspects"), *blocks] if blocks else []


def victims_and_suspects_of_violence(enquiry: Enquiry) -> list[Block]:
    """The same for all violence against the person together."""
    found = victims_and_suspects(enquiry, find_indicator(_VIOLENCE, enquiry.workspace.definitions))
    return [Heading(1, "Victims and suspects of violence"), *found[1:]] if found else []


def _of_role(enquiry: Enquiry, indicator: Indicator, found: People) -> list[Block]:
    area, records = enquiry.area_name(found.area_code), found.records
    read = RecordsRead(records.series, records.policy, records.invented)
    whose = {"role": found.role, "noun": indicator.noun, "area": area, "period": found.period.words()}

    def count(part: str, number: int) -> Estimate:
        made = part_estimate(indicator, found.area_code, area, found.period, part, number, read)
        (shown,) = enquiry.shown(indicator, [made])
        return shown

    involved = count(f"{found.role}s recorded", found.involved)
    persons = count(f"people who are {found.role}s", found.persons)
    counted = {"people": of_estimate(involved, Measure.COUNT), "persons": of_estimate(persons, Measure.COUNT)}
    if not found.parts:
        return [Paragraph(enquiry.wording.sentence("people", "too few", fewest=str(FEWEST), **counted, **whose))]
    first = enquiry.wording.sentence("people", "counted", **counted, **whose)
    nobody = records.incidents - records.with_somebody
    if nobody:
        incidents = count(f"incidents, for {found.role}s", records.incidents)
        without = count(f"incidents without a {found.role}", nobody)
        first += (
            " ",
            *enquiry.wording.sentence(
                "people", "nobody", role=found.role, nobody=of_estimate(without, Measure.COUNT),
                incidents=of_estimate(incidents, Measure.COUNT),
                share=from_exact(without, Measure.SHARE, 100 * nobody / records.incidents, [without, incidents]),
            ),
        )  # fmt: skip
    shares = _shown(enquiry, indicator, found.parts)
    seen = [
        _Seen(part, share, count(f"{share.part}: not known", part.not_recorded + part.may_be))
        for part, share in zip(found.parts, shares, strict=True)
    ]
    return [
        Paragraph(first),
        _table(enquiry, indicator, found, seen),
        *_told(enquiry, found, seen),
        *_beside(enquiry, indicator, found, seen, involved),
    ]


def _shown(enquiry: Enquiry, indicator: Indicator, parts: Sequence[PartOfPeople]) -> list[Estimate]:
    """What may be known of each part: those told by the same are parts of one whole, or lie within each other."""
    shown: list[Estimate] = []
    for told_by in dict.fromkeys(one.told_by for one in parts):
        group = [one for one in parts if one.told_by == told_by]
        seen = enquiry.shown(indicator, [one.estimate for one in group], add_up=True)
        # Of bands of ages that lie within each other the difference tells as much as what is withheld.
        if any(one.place is None for one in group) and any(one.status is Status.SUPPRESSED for one in seen):
            seen = [one if one.missing else withhold(one, enquiry.audience) for one in seen]
        shown += seen
    return shown


def _table(enquiry: Enquiry, indicator: Indicator, found: People, seen: list[_Seen]) -> Table:
    area = enquiry.area_name(found.area_code)
    told = [one for one in seen if one.share.status is not Status.MISSING]
    untold = dict.fromkeys(enquiry.wording.word("told_by", one.part.told_by) for one in seen if one not in told)
    return Table(
        slug=f"{indicator.slug}-{found.role}s-{found.area_code}",
        title=f"{found.role.capitalize()}s of {indicator.noun}, {area}, {found.period.words()}",
        columns=(
            Column("Who"),
            Column("Of it", True, "People"),
            Column("Not known", True, "People"),
            Column("Share", True, "Of those recorded"),
            Column("95% from", True, "Of those recorded"),
            Column("to", True, "Of those recorded"),
            Column("Least", True, "Share of all"),
            Column("Most", True, "Share of all"),
        ),
        rows=tuple(_row(enquiry, one) for one in told),
        source=f"{series_words(found.records.series)}.",
        notes=(
            enquiry.wording.sentence("people", "read in a table"),
            *(enquiry.wording.sentence("people", "not told", told_by=one) for one in untold),
        ),
    )


def _row(enquiry: Enquiry, one: _Seen) -> tuple[Cell, ...]:
    told_by = enquiry.wording.word("told_by_short", one.part.told_by)
    name = f"{told_by}: {_in_words(one.part.part)}"
    bounds = tuple(_bound(one, measure) for measure in (Measure.LEAST, Measure.MOST))
    counts = (of_estimate(one.share, Measure.COUNT), of_estimate(one.unknown, Measure.COUNT))
    if one.part.too_few or one.share.missing:
        return (name, *counts, "too few", "", "", *bounds)
    shares = tuple(of_estimate(one.share, m) for m in (Measure.SHARE, Measure.SHARE_LOW, Measure.SHARE_HIGH))
    return (name, *counts, *shares, *bounds)


def _bound(one: _Seen, measure: Measure) -> Figure:
    value = one.part.share.least if measure is Measure.LEAST else one.part.share.most
    return from_exact(one.share, measure, 100 * value, [one.share, one.unknown])


def _in_words(part: str) -> str:
    """“aged-25-to-44” as “aged 25 to 44”."""
    return part.replace("-", " ")


def _told(enquiry: Enquiry, found: People, seen: list[_Seen]) -> list[Block]:
    """Whose order cannot be told, and what share lives elsewhere."""
    sentences = (*_elsewhere(enquiry, found, seen), *_no_order(enquiry, found, seen))
    return [BulletList(sentences)] if sentences else []


def _no_order(enquiry: Enquiry, found: People, seen: list[_Seen]) -> list[Runs]:
    """Parts whose place among the others cannot be told, by what they are told by."""
    sentences = []
    for told_by in dict.fromkeys(one.part.told_by for one in seen):
        parts = [one for one in seen if one.part.told_by == told_by and one.part.place and not one.part.too_few]
        unsure = [
            one for one in parts if one.part.count and one.part.place and one.part.place.first < one.part.place.last
        ]
        if len(unsure) > 1:
            most = max(parts, key=lambda one: one.part.not_recorded + one.part.may_be)
            share = 100 * (most.part.not_recorded + most.part.may_be) / found.involved
            sentences.append(
                enquiry.wording.sentence(
                    "people",
                    "order unknown",
                    parts=sentence_list([_in_words(one.part.part) for one in unsure]),
                    told_by=enquiry.wording.word("told_by", told_by).lower(),
                    share=from_exact(most.unknown, Measure.SHARE, share, [most.unknown]),
                )
            )
    return sentences


def _elsewhere(enquiry: Enquiry, found: People, seen: list[_Seen]) -> list[Runs]:
    one = next((one for one in seen if one.part.part == _ELSEWHERE), None)
    if one is None:
        return []
    unknown = of_estimate(one.unknown, Measure.COUNT)
    if one.part.too_few or one.share.missing:
        return [enquiry.wording.sentence("people", "homes not recorded", role=found.role, not_recorded=unknown)]
    return [
        enquiry.wording.sentence(
            "people",
            "elsewhere",
            role=found.role,
            share=of_estimate(one.share, Measure.SHARE),
            low=of_estimate(one.share, Measure.SHARE_LOW),
            high=of_estimate(one.share, Measure.SHARE_HIGH),
            least=_bound(one, Measure.LEAST),
            most=_bound(one, Measure.MOST),
            not_recorded=unknown,
        )
    ]


def _beside(
    enquiry: Enquiry, indicator: Indicator, found: People, seen: list[_Seen], involved: Estimate
) -> list[Block]:
    """Ethnic groups beside all others, on the right base, or why there are none."""
    if found.not_beside:
        return [Note("information", (enquiry.wording.word("not_beside", found.not_beside),))]
    shares = {one.part.part: one.share for one in seen}
    holding = [_in_words(one.part) for one in found.beside if one.holds]
    if holding:
        conclusion = enquiry.wording.sentence("people", "holds", groups=sentence_list(holding))
    else:
        conclusion = enquiry.wording.sentence("people", "none holds")
    populations = sentence_list(sorted({dataset_title(one.population.dataset) for one in found.beside}))
    (elsewhere, unknown) = enquiry.shown(
        indicator,
        [
            replace(involved, part=f"{involved.part}: living elsewhere", numerator=found.elsewhere),
            replace(involved, part=f"{involved.part}: home not recorded", numerator=found.home_not_recorded),
        ],
    )
    table = Table(
        slug=f"{indicator.slug}-{found.role}s-beside-residents-{found.area_code}",
        title=f"{found.role.capitalize()}s of {indicator.noun} for each resident, beside all other groups, "
        f"{enquiry.area_name(found.area_code)}, {found.period.words()}",
        columns=(
            Column("Ethnic group"),
            Column("Ratio", True),
            Column("95% from", True),
            Column("to", True),
            Column("Least", True, "By those not recorded"),
            Column("Most", True, "By those not recorded"),
        ),
        rows=tuple(_group_row(one, shares[one.part], involved) for one in found.beside),
        source=f"{series_words(found.records.series)}; {populations}.",
        notes=(
            enquiry.wording.sentence("people", "beside", population=populations),
            enquiry.wording.sentence(
                "people",
                "residents only",
                elsewhere=of_estimate(elsewhere, Measure.COUNT),
                unknown=of_estimate(unknown, Measure.COUNT),
            ),
        ),
    )
    return [table, Paragraph(conclusion)]


def _group_row(one: BesideResidents, share: Estimate, involved: Estimate) -> tuple[Cell, ...]:
    found, name = one.found, _in_words(one.part)
    if found.ratio is None or found.least is None:
        return (name, "cannot be told", "", "", "", "")

    def figure(measure: Measure, value: float | None) -> Figure:
        return from_exact(share, measure, value, [share, involved], against="all other groups")

    return (
        name,
        figure(Measure.RATIO, found.ratio),
        figure(Measure.RATIO_LOW, found.low),
        figure(Measure.RATIO_HIGH, found.high),
        figure(Measure.RATIO_LEAST, found.least),
        "" if found.most is None else figure(Measure.RATIO_MOST, found.most),
    )
