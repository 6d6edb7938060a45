"""Everything the blocks of one document share: the warehouse, the partnership, the period, and what was asked.

Blocks ask here, so that a question two of them share is asked once, and so that the document can list
all it was read from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import shapely

from frankpledge.assessment.definition import About, AssessmentDefinition
from frankpledge.assessment.editions import EditionChanges, KeptEdition, compare_editions, kept
from frankpledge.assessment.left_open import Texts, Untold, Written
from frankpledge.assessment.one_dataset import OneDataset
from frankpledge.assessment.subject import Subject
from frankpledge.assessment.treating import Held, TotalOf, by_period, treat
from frankpledge.disclosure import POLICIES, Audience
from frankpledge.disclosure.gate import OPEN
from frankpledge.findings.around import Spot, count_within
from frankpledge.findings.course import YEARS
from frankpledge.findings.judge import Question, judge_change, judge_family
from frankpledge.findings.scatter import counts_of, learn_scatters, scatter_months
from frankpledge.findings.wording import Wording
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer, area_names, areas_within, authority_of
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Figure
from frankpledge.model.finding import Finding
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period, one_month, parse_period, rolling_year
from frankpledge.plan.plan import Plan
from frankpledge.statistics.months import MONTHS
from frankpledge.warehouse.connection import Warehouse
from frankpledge.workspace import Workspace

# A document about one of these is not of the partnership's areas.
_ELSEWHERE = (About.AREA, About.PLACE)


@dataclass
class Enquiry:
    """One document in the making.

    Attributes
    ----------
    workspace
        The partnership's folder: its plan, its own prose, its earlier editions.
    subject
        What the document is about.
    indicators, profiled
        What is assessed, and what the area is described by; slug → indicator.
    period
        The period assessed; it is compared with the same months a year before.
    pinned, prepared, audience
        Dataset → release held to; the day, ISO 8601; whom the document is for.
    plan, planned
        What the partnership has set out to do, None where it keeps no plan; and the indicators that the plan names and
        that are known, slug → indicator.
    untold
        What blocks could not tell so far, and why.
    told_otherwise
        Slugs of indicators that are told of for another period than the document's, the newest that is held.
    template
        Hash of the Word template that the document is written on; empty for our own look.
    last
        The last edition of this kind of document for the same audience; None for the first.
    since
        The day of the last meeting, ISO 8601; empty where none is named.
    held_back
        Indicator, area, period and part of what is withheld because, with other counts, it would give away a small one.
    looks_back, drafted
        True once a block has asked what changed since the last edition; and identifier → figure, of the document as it
        is without that block, empty until it has been made once.
    referred, texts
        Indicators that the partnership's own texts name, and what was read of those texts.
    written
        What has been written so far.
    rests_on
        Hashes and texts of what was read beside the warehouse: what makes another edition when it changes.
    """

    workspace: Workspace
    warehouse: Warehouse
    partnership: Partnership
    definition: AssessmentDefinition
    subject: Subject
    indicators: Mapping[str, Indicator]
    profiled: Mapping[str, Indicator]
    wording: Wording
    period: Period
    pinned: Mapping[str, str]
    prepared: str
    audience: Audience
    plan: Plan | None = None
    planned: Mapping[str, Indicator] = field(default_factory=dict)
    template: str = ""
    last: KeptEdition | None = None
    since: str = ""
    held_back: frozenset[Held] = frozenset()
    looks_back: bool = False
    drafted: dict[str, Figure] = field(default_factory=dict)
    referred: dict[str, Indicator] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)
    written: list[Written] = field(default_factory=list)
    rests_on: set[str] = field(default_factory=set)
    _answers: dict[tuple[object, ...], Answer] = field(default_factory=dict)
    _families: dict[tuple[object, ...], dict[str, Finding]] = field(default_factory=dict)
    _scattered: dict[tuple[object, ...], dict[str, float | None]] = field(default_factory=dict)
    _shown: list[tuple[Indicator, Estimate]] = field(default_factory=list)
    untold: list[Untold] = field(default_factory=list)
    told_otherwise: set[str] = field(default_factory=set)

    @property
    def every_indicator(self) -> dict[str, Indicator]:
        """What is assessed, describes the area, measures the plan, is referred to by texts, or is shown besides."""
        besides = {one.indicator.slug: one.indicator for one in self.answers}
        besides |= {indicator.slug: indicator for indicator, _ in self._shown}
        return {**besides, **self.indicators, **self.profiled, **self.planned, **self.referred}

    @property
    def headline(self) -> Indicator:
        """The indicator whose newest month says whether a period is held."""
        return self.named(self.definition.headline)

    def named(self, slug: str) -> Indicator:
        """The indicator that the make-up names so."""
        return self.indicators[self.subject.indicator(slug)]

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas the document is of: the one or the place it is about, or the partnership's own."""
        return (self.subject.slug,) if self.subject.about in _ELSEWHERE else self.partnership.areas

    @property
    def kind(self) -> AreaKind:
        """The kind they are of; a place is drawn, as an area of the partnership's own may be."""
        if self.spot is not None:
            return AreaKind.OWN
        return self.subject.kind if self.subject.about is About.AREA else AreaKind.AUTHORITY

    @cached_property
    def spot(self) -> Spot | None:
        """The outline of the place the document is about."""
        outline = self.subject.outline
        return Spot(self.subject.slug, self.subject.name, shapely.from_wkb(outline)) if outline else None

    @property
    def authorities(self) -> tuple[str, ...]:
        """The authorities whose wards are looked at: none for an area drawn across them."""
        if self.kind is AreaKind.WARD:
            return tuple(filter(None, [authority_of(self.warehouse, self.subject.slug)]))
        return self.areas if self.kind is AreaKind.AUTHORITY else ()

    @property
    def before(self) -> Period:
        """The period compared with."""
        return self.period.year_before()

    @property
    def whole_year(self) -> Period:
        """The period, or the twelve months that end with it where it is shorter: few records say little."""
        return self.period if len(self.period.months) >= MONTHS else rolling_year(self.period.last)

    @property
    def answers(self) -> list[Answer]:
        """All that has been asked so far."""
        return list(self._answers.values())

    @property
    def shown_alone(self) -> list[Estimate]:
        """What blocks have made of records by themselves."""
        return [one for _, one in self._shown]

    def holding_back(self, more: Iterable[Held]) -> Enquiry:
        """The same enquiry from the beginning, with more withheld."""
        held_back = self.held_back | frozenset(more)
        return replace(
            self, held_back=held_back, written=[], rests_on=set(), _answers={}, _families={}, _scattered={},
            _shown=[], untold=[], told_otherwise=set(), drafted={},
        )  # fmt: skip

    def changes_since_last(self) -> EditionChanges | None:
        """What differs from the last edition; None where there is none, or the document has not been drafted yet."""
        self.looks_back = self.last is not None
        if self.last is None or not self.drafted:
            return None
        return compare_editions(self.last.figures, kept(self.drafted.values()))

    def profile(self, indicator: Indicator) -> Answer:
        """The areas the document is of, this period."""
        return self.own(indicator, self.period)

    def own(self, indicator: Indicator, *periods: Period) -> Answer:
        """The areas the document is of, in any periods: this one and the one before where none is named."""
        return self._ask(indicator, self.kind, self.areas, periods or (self.before, self.period), False)

    def show_beside(self, indicator: Indicator) -> None:
        """Take up an indicator that the make-up does not name, and whose figures the document shows."""
        self.rests_on.add(indicator.hash)

    def own_question(self, indicator: Indicator, area: str) -> Question:
        """Whether an indicator of an own area has changed, to be judged together with others."""
        return self._question(indicator, self.kind, self.own(indicator), area)

    def comparison(self, indicator: Indicator) -> Answer:
        """The areas the document is of beside those they are compared with, this period and the one before.

        Own areas are beside neighbours and region, a ward beside the others of its authority, a drawn area alone.
        """
        if self.kind is AreaKind.WARD and self.authorities:
            return self.wards(indicator, self.authorities[0])
        both = (self.before, self.period)
        if self.kind is not AreaKind.AUTHORITY:
            return self._ask(indicator, self.kind, self.areas, both, False)
        compared = tuple(dict.fromkeys([*self.areas, *self.partnership.compared]))
        return self._ask(indicator, AreaKind.AUTHORITY, compared, both, True)

    def asked(self, indicator: Indicator, areas: tuple[str, ...], periods: Sequence[Period]) -> Answer:
        """Any authorities and periods; of those compared, with the region, so that all are read from one series."""
        region = areas == self.partnership.compared
        return self._ask(indicator, AreaKind.AUTHORITY, areas, tuple(periods), region)

    def region(self, indicator: Indicator) -> Answer:
        """Every authority of the region that can be ranked, this period."""
        return self._ask(indicator, AreaKind.AUTHORITY, self.partnership.region_members, (self.period,), False)

    def wards(self, indicator: Indicator, authority: str) -> Answer:
        """The wards of one authority, this period and the one before."""
        wards = tuple(areas_within(self.warehouse, AreaKind.WARD, [authority]))
        # The authority's own count of each period stands beside them.
        return self._ask(indicator, AreaKind.WARD, wards, (self.before, self.period), False, by_period)

    def rolling(self, indicator: Indicator) -> Answer:
        """Twelve months to every month of the last years, for the areas the document is of."""
        months = self.definition.years_of_rolling_chart * 12
        periods = tuple(rolling_year(self.period.last - back) for back in reversed(range(months)))
        return self._ask(indicator, self.kind, self.areas, periods, False)

    def months(self, indicator: Indicator) -> Answer:
        """Every month of this period and the one before, for the areas the document is of."""
        months = [*self.before.months, *self.period.months]
        periods = tuple(one_month(number) for number in sorted(set(months)))
        # The total of each period stands beside its months.
        return self._ask(indicator, self.kind, self.areas, periods, False, self._by_area_and_period)

    def newest_months(self, indicator: Indicator) -> Answer:
        """Every month of the two years to the end of this period, for the areas the document is of."""
        periods = tuple(one_month(self.period.last - back) for back in reversed(range(24)))
        return self._ask(indicator, self.kind, self.areas, periods, False)

    def areas_at(self, indicator: Indicator, periods: tuple[Period, ...]) -> Answer:
        """Any periods, for the areas the document is of."""
        return self._ask(indicator, self.kind, self.areas, periods, False)

    def year_to(self, indicator: Indicator, month: int) -> Answer:
        """The twelve months to a month and the twelve before, for the areas the document is of."""
        newest = rolling_year(month)
        return self._ask(indicator, self.kind, self.areas, (newest.year_before(), newest), False)

    def change_to(self, indicator: Indicator, area: str, month: int) -> Finding:
        """The change of the twelve months to a month from the twelve before, judged by itself."""
        newest = rolling_year(month)
        current = (answer := self.year_to(indicator, month)).of(area, newest)
        beside = self.partnership.compared if self.kind is AreaKind.AUTHORITY else self.areas
        scatters = self._scatters(indicator, self.kind, beside, current)
        return judge_change(current, answer.of(area, newest.year_before()), scatters.get(area))

    def change(self, indicator: Indicator, area: str) -> Finding:
        """The change of an indicator of an area the document is of, judged by itself; of a ward, among the others."""
        if self.kind is AreaKind.WARD and self.authorities:
            return self.ward_changes(indicator, self.authorities[0])[area]
        return self._judged(indicator, self.kind, self.comparison(indicator), [area])[area]

    def others_changes(self, indicator: Indicator) -> dict[str, Finding]:
        """The changes of neighbours and region, judged together: area → finding."""
        answer = self.comparison(indicator)
        others = [one.area_code for one in answer.at(self.period) if one.area_code not in self.areas]
        return self._judged(indicator, self.kind, answer, others)

    def ward_changes(self, indicator: Indicator, authority: str) -> dict[str, Finding]:
        """The changes of an authority's wards, judged together: ward → finding."""
        answer = self.wards(indicator, authority)
        wards = [one.area_code for one in answer.at(self.period)]
        return self._judged(indicator, AreaKind.WARD, answer, wards)

    def _judged(self, indicator: Indicator, kind: AreaKind, answer: Answer, areas: Sequence[str]) -> dict[str, Finding]:
        key = (indicator.slug, kind, tuple(areas))
        if key not in self._families:
            findings = judge_family([self._question(indicator, kind, answer, area) for area in areas])
            self._families[key] = dict(zip(areas, findings, strict=True))
        return self._families[key]

    def _question(self, indicator: Indicator, kind: AreaKind, answer: Answer, area: str) -> Question:
        current, before = answer.of(area, self.period), answer.of(area, self.before)
        if current.missing or before.missing:
            return Question(current, before, None)
        shown = tuple(one.area_code for one in answer.at(self.period) if not one.missing)
        return Question(current, before, self._scatters(indicator, kind, shown, current).get(area))

    def _scatters(
        self, indicator: Indicator, kind: AreaKind, shown: tuple[str, ...], judged: Estimate
    ) -> dict[str, float | None]:
        period = parse_period(judged.period)
        key = (indicator.slug, kind, shown, period.text)
        if key not in self._scattered:
            alone = {*shown} <= {*self.areas, self.partnership.region_code}
            compared = tuple(dict.fromkeys([*self.areas, *(() if alone else self.partnership.all_compared)]))
            groups = [compared, self.areas] if kind is AreaKind.AUTHORITY else [shown]
            self._scattered[key] = learn_scatters(
                lambda areas: self._ask(counts_of(indicator), kind, areas, scatter_months(period), False),
                groups,
                judged,
                period,
            )
        return self._scattered[key]

    def _by_area_and_period(self, estimate: Estimate) -> tuple[str, ...]:
        month = parse_period(estimate.period).first
        within = self.before if month <= self.before.last else self.period
        return estimate.area_code, within.text

    def _ask(
        self,
        indicator: Indicator,
        kind: AreaKind,
        areas: tuple[str, ...],
        periods: tuple[Period, ...],
        region: bool,
        total: TotalOf | None = None,
    ) -> Answer:
        """The answer as the audience may know it; `total` says of which total that is printed an estimate is a part."""
        key = (indicator.slug, kind, areas, periods, region)
        if key not in self._answers:
            exact = (
                count_within(
                    self.warehouse, indicator, self.spot, periods, pinned=self.pinned, policies=self._around_a_place
                )
                if self.spot is not None
                else self._one_dataset.answer(indicator, kind, areas, periods, self.partnership if region else None)
            )
            self._answers[key] = self.treated(exact, total)
        return self._answers[key]

    @cached_property
    def _one_dataset(self) -> OneDataset:
        return OneDataset(self.warehouse, self.pinned, self.kind, self.areas, self.period)

    @property
    def _around_a_place(self) -> frozenset[str]:
        """Policies of what may be counted around a place."""
        # A circle moved by a step and asked for again tells of single records, and no earlier document can be set
        # beside every circle there may be: partners' records are counted for no public one.
        return frozenset({OPEN}) if self.audience is Audience.PUBLIC else frozenset(POLICIES)

    def treated(self, answer: Answer, total: TotalOf | None = None) -> Answer:
        """What the document's audience may know of an answer."""
        return replace(answer, estimates=treat(answer.estimates, self.audience, self.held_back, total))

    def shown(self, indicator: Indicator, estimates: Sequence[Estimate], *, add_up: bool = False) -> list[Estimate]:
        """What the audience may know of estimates that a block made of an indicator's records by itself.

        Parameters
        ----------
        add_up
            Whether they are the parts of a total that is printed.
        """
        safe = treat(estimates, self.audience, self.held_back, by_period if add_up else None)
        self._shown += [(indicator, one) for one in safe]
        return list(safe)

    def lacks(self, one: Untold) -> list[Block]:
        """Keep what a block could not tell, to be named where it would have stood alone, and at the end; no blocks."""
        if one not in self.untold:
            self.untold.append(one)
        return []

    def control_months(self, indicator: Indicator) -> Answer:
        """Every month of the ten years that end with this period, for the areas the document is of."""
        months = range(self.period.last + 1 - YEARS * MONTHS, self.period.last + 1)
        periods = tuple(one_month(number) for number in months)
        # The same months stand in charts beside the total of their period.
        counts = counts_of(indicator)
        return self._ask(counts, self.kind, self.areas, periods, False, self._by_area_and_year)

    def _by_area_and_year(self, estimate: Estimate) -> tuple[str, ...]:
        month = parse_period(estimate.period).first
        within = next((one.text for one in (self.period, self.before) if month in one.months), str(month // MONTHS))
        return estimate.area_code, within

    def area_name(self, code: str) -> str:
        """The name of an area; its code where none is held."""
        return area_names(self.warehouse, [code]).get(code, code)
