"""Scores of candidates for priorities, from what an enquiry knows of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure.gate import OPEN
from frankpledge.errors import NotHeldError
from frankpledge.findings.beside import set_beside
from frankpledge.findings.course import follow, months_of
from frankpledge.findings.harm import AreaHarm, harm_of, read_schemes
from frankpledge.findings.priorities import Candidate, Criterion, Method
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.model.estimate import Estimate
from frankpledge.statistics.readings import Variation

_TREND = {
    Variation.CONCERNING: "higher",
    Variation.HIGHER: "higher",
    Variation.COMMON_CAUSE: "no change",
    Variation.IMPROVING: "lower",
    Variation.LOWER: "lower",
}


@dataclass(frozen=True)
class Scored:
    """A candidate, scored.

    Attributes
    ----------
    parts
        Criterion → score from 0 to 4; None where it could not be scored.
    why
        Criterion → key of the reason, under ``priorities`` in the catalogue, where it could not.
    behind
        The estimates that the scores were made from.
    """

    indicator: Indicator
    current: Estimate
    parts: dict[str, int | None]
    why: dict[str, str]
    behind: tuple[Estimate, ...]


def scored_candidates(
    enquiry: Enquiry, method: Method, area: str, harm: AreaHarm | None
) -> tuple[list[Scored], list[Indicator]]:
    """Each candidate that is counted for an area, scored; and those that are not counted."""
    scored, not_held = [], []
    for candidate in method.candidates:
        indicator = find_indicator(candidate.indicator, enquiry.workspace.definitions)
        if enquiry.comparison(indicator).of(area, enquiry.period).missing:
            not_held.append(indicator)
        else:
            scored.append(_Scoring(enquiry, candidate, indicator, area, harm).score(method.criteria))
    return scored, not_held


def area_harm(enquiry: Enquiry, area: str) -> AreaHarm | None:
    """The harm of all offences by the first set of weights that is verified and held."""
    for scheme in read_schemes(enquiry.workspace.definitions):
        if scheme.verified:
            try:
                return harm_of(enquiry.warehouse, scheme, area, enquiry.period, enquiry.pinned)
            except NotHeldError:
                continue
    return None


@dataclass(frozen=True)
class _Scoring:
    """One candidate in one area."""

    enquiry: Enquiry
    candidate: Candidate
    indicator: Indicator
    area: str
    harm: AreaHarm | None

    def score(self, criteria: tuple[Criterion, ...]) -> Scored:
        parts: dict[str, int | None] = {}
        why: dict[str, str] = {}
        for one in criteria:
            found = getattr(self, f"_{one.slug}")(one)
            parts[one.slug] = found if isinstance(found, int) else None
            if not isinstance(found, int):
                why[one.slug] = found
        current = self._answer.of(self.area, self.enquiry.period)
        behind = (current, self._answer.of(self.area, self.enquiry.before))
        return Scored(self.indicator, current, parts, why, tuple(one for one in behind if not one.missing))

    @property
    def _answer(self) -> Answer:
        return self.enquiry.comparison(self.indicator)

    def _harm(self, criterion: Criterion) -> int | str:
        current = self._answer.of(self.area, self.enquiry.period)
        if self.harm is None:
            return "no weights"
        # A band of exact counts would tell of them what the counts themselves must not.
        if current.policy != OPEN:
            return "not open"
        weight = self._mean_weight(self.harm)
        if weight is None or current.numerator is None:
            return "not weighed"
        return criterion.from_number(current.numerator * weight / self.harm.harm.value)

    def _mean_weight(self, harm: AreaHarm) -> float | None:
        """What one of its events stands for: the mean of what it counts, or that of the kind it belongs to."""
        offences = self.indicator.offences
        within = [path for path in harm.counts if _within_any(path, offences)]
        kinds = {path for one in offences for path in harm.counts if _within_any(one, [path])}
        known = within or (list(kinds) if len(kinds) == 1 else [])
        number = sum(harm.counts[path] for path in known)
        return sum(harm.counts[path] * harm.weights[path] for path in known) / number if number else None

    def _level(self, criterion: Criterion) -> int | str:
        estimates = self.enquiry.region(self.indicator).estimates
        beside = set_beside([one for one in estimates if not one.missing])
        if beside is None:
            return "nothing beside"
        number = len(beside.standings)
        for place, one in enumerate(beside.standings, 1):
            if one.estimate.area_code == self.area:
                return _worded(criterion, one.apart or _third(place, number))
        return "nothing beside"

    def _direction(self, criterion: Criterion) -> int | str:
        return _worded(criterion, self.enquiry.change(self.indicator, self.area).verdict.value)

    def _trend(self, criterion: Criterion) -> int | str:
        enquiry = self.enquiry
        months = months_of(enquiry.warehouse, self.indicator, self.area, enquiry.period.last, dict(enquiry.pinned))
        found = follow(enquiry.treated(months), self.area).variation
        return "no chart" if found is None else _worded(criterion, _TREND[found])

    def _concern(self, criterion: Criterion) -> int | str:
        for slug in self.candidate.concern:
            survey = find_indicator(slug, self.enquiry.workspace.definitions)
            value = self.enquiry.own(survey).of(self.area, self.enquiry.period).value
            if value is not None:
                return criterion.from_number(value)
        return "survey not held" if self.candidate.concern else "no survey"

    def _control(self, criterion: Criterion) -> int | str:
        return "no judgement" if self.candidate.control is None else self.candidate.control


def _within_any(path: str, others: Sequence[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in others)


def _third(place: int, among: int) -> str:
    """In which third of the region it stands, by rate."""
    return ("lowest third", "middle third", "highest third")[min(3 * (place - 1) // among, 2)]


def _worded(criterion: Criterion, word: str) -> int | str:
    found = criterion.from_word(word)
    return "cannot be judged" if found is None else found
