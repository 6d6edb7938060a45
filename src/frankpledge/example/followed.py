"""People whom the example follows: young people after triage, and after serious violence; some offended again.

What they are like is made up, with a few risk factors more frequent among the serious re-offenders, and of some
people a factor was not recorded, as in any real file.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frankpledge.example.incidents import Mask
from frankpledge.example.timeline import Numbers, Whole

COHORTS = ("triage", "youth violence")
_PEOPLE = (60, 41)
_DAYS = 3 * 365


@dataclass(frozen=True)
class Span:
    """From which day people begin to be followed, and the last day for which their offences are known."""

    begins: np.datetime64
    known_until: np.datetime64
    first_number: int


EARLIER = Span(np.datetime64("2016-01-01"), np.datetime64("2019-12-31"), 1001)
"""For the year that the example assesses first."""
LATER = Span(np.datetime64("2020-04-01"), np.datetime64("2023-09-30"), 1)
"""The two and a half years and more of which the needs assessment of 2023 tells."""

# By cohort: how many are serious re-offenders, and the chance that one of the rest offends again.
_SERIOUS, _AGAIN = (14, 15), (0.25, 0.4)
# Days to the next offence, on average.
_WAIT = 200

# Factor → chance of it among the rest and among the serious re-offenders.
FACTORS = {
    "excluded_or_suspended": (0.3, 0.8), "persistently_absent": (0.35, 0.55), "pupil_referral_unit": (0.15, 0.45),
    "childrens_services": (0.45, 0.6), "missing_episodes": (0.15, 0.65), "domestic_abuse_at_home": (0.4, 0.45),
    "mental_health_need": (0.25, 0.35), "gang_associations": (0.1, 0.4), "substance_misuse": (0.4, 0.55),
    "exploited": (0.1, 0.3), "learning_difficulty": (0.2, 0.25), "homeless": (0.04, 0.06),
}  # fmt: skip
_NOT_RECORDED = 0.12
YES, NO, BLANK = 0, 1, 2


@dataclass(frozen=True)
class FollowedPeople:
    """People as columns: cohort, day begun, day of the next offence (no date where none), factors as yes, no, blank."""

    cohort: Whole
    began: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    again: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    serious: Mask
    factors: Whole

    def __len__(self) -> int:
        return len(self.cohort)


def draw_followed(span: Span, rng: np.random.Generator) -> FollowedPeople:
    """Everybody who is followed, cohort by cohort, in order of the day they began."""
    cohort = np.repeat(np.arange(len(COHORTS)), _PEOPLE)
    began = np.concatenate([np.sort(span.begins + rng.integers(0, _DAYS, number)) for number in _PEOPLE])
    serious = np.concatenate(
        [rng.permutation(np.arange(number) < most) for number, most in zip(_PEOPLE, _SERIOUS, strict=True)]
    )
    offended = serious | (rng.random(len(cohort)) < np.array(_AGAIN)[cohort])
    again = began + 1 + rng.exponential(_WAIT, len(cohort)).astype(np.int64)
    known = offended & (again <= span.known_until)
    return FollowedPeople(
        cohort, began, np.where(known, again, np.datetime64("NaT")), serious & known, _factors(serious & known, rng)
    )


def _factors(serious: Mask, rng: np.random.Generator) -> Whole:
    """For each person a column of factors: yes, no, or blank where it was not recorded."""
    chances: Numbers = np.array(list(FACTORS.values()))[:, serious.astype(int)].T
    factors = np.where(rng.random(chances.shape) < chances, YES, NO)
    return np.asarray(np.where(rng.random(chances.shape) < _NOT_RECORDED, BLANK, factors))
