"""Groups of people followed: who offended again, and in what they differ from the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import false_discovery_control, fisher_exact

from frankpledge.statistics.change import compare_counts
from frankpledge.statistics.rates import Interval, proportion_interval
from frankpledge.statistics.shares import ShareChange, compare_shares

A_YEAR = 365


@dataclass(frozen=True)
class Followed:
    """How many of those who could be followed the whole time offended again.

    `share` is None where nobody has been followed so long yet. `not_yet` are left out: to count them as not having
    offended again would flatter whatever came last.
    """

    people: int
    again: int
    share: Interval | None
    not_yet: int


def followed_up(
    begun: Sequence[date], again: Sequence[date | None], known_until: date | Sequence[date], days: int = A_YEAR
) -> Followed:
    """Re-offending after triage, custody or treatment.

    Parameters
    ----------
    begun
        The day from which each person is followed.
    again
        The day of each person's first offence after it; None when none is known.
    known_until
        The last day for which offences are known: one for all, or one for each person.
    days
        How long each person is followed; the day begun is day 0, and an offence on the last day counts.

    Returns
    -------
    Followed

    Raises
    ------
    ValueError
        If there are not as many of one as of the other, an offence is before the day begun, or days are below one.
    """
    known = [known_until] * len(begun) if isinstance(known_until, date) else known_until
    if not len(begun) == len(again) == len(known) or days < 1:
        raise ValueError(f"Each of {len(begun)} people needs a date or None, and a day or more to be followed.")
    if any(offence is not None and offence < start for start, offence in zip(begun, again, strict=True)):
        raise ValueError("An offence lies before the day from which its person is followed.")
    span = timedelta(days=days)
    people = zip(begun, again, known, strict=True)
    whole = [(start, offence) for start, offence, until in people if start + span <= until]
    offended = sum(offence is not None and offence <= start + span for start, offence in whole)
    return Followed(
        people=len(whole),
        again=offended,
        share=proportion_interval(offended, len(whole)) if whole else None,
        not_yet=len(begun) - len(whole),
    )


@dataclass(frozen=True)
class Factor:
    """One risk factor among some people and among the rest, and whether they differ.

    `some_of` and `rest_of` are the people of each side for whom it is recorded. `q_value` is the exact test's p-value
    after discovery control over all factors asked.
    """

    some: Interval
    rest: Interval
    some_of: int
    rest_of: int
    compared: ShareChange
    q_value: float


def compare_factors(factors: ArrayLike, some: ArrayLike) -> tuple[Factor, ...]:
    """Set serious re-offenders beside the rest of their cohort, risk factor by risk factor.

    Parameters
    ----------
    factors
        One row for each person, one column for each factor: true where the person has it. What is masked is not
        recorded, and its person is on neither side for that factor.
    some
        Which people are set beside the others.

    Returns
    -------
    tuple of Factor
        One for each column. A difference is a pointer, not a cause.

    Raises
    ------
    ValueError
        If the numbers of people differ, or there is nobody on one of the sides for whom a factor is recorded.
    """
    table, chosen = _table(factors), np.asarray(some, dtype=bool)
    if table.ndim != 2 or len(table) != chosen.size or not chosen.any() or chosen.all():
        raise ValueError("Factors need a row for each person, and people on both sides.")
    sides = [_had(table[side]) for side in (chosen, ~chosen)]
    counts = [(*one, *other) for one, other in zip(*sides, strict=True)]
    if not all(of and others for _, of, _, others in counts):
        raise ValueError("A factor is recorded for nobody on one of the sides. Leave it out.")
    p_values = [fisher_exact(np.asarray([[a, of - a], [b, others - b]])).pvalue for a, of, b, others in counts]
    return tuple(
        Factor(
            proportion_interval(a, of),
            proportion_interval(b, others),
            of,
            others,
            compare_shares(b, others, a, of),
            float(q),
        )
        for (a, of, b, others), q in zip(counts, false_discovery_control(p_values), strict=True)
    )


def _table(factors: ArrayLike) -> np.ma.MaskedArray[Any, np.dtype[np.bool_]]:
    return np.ma.masked_array(factors, dtype=np.bool_)


def _had(table: np.ma.MaskedArray[Any, np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """For each factor how many people have it, and for how many it is recorded."""
    return list(zip(table.filled(False).sum(axis=0).tolist(), table.count(axis=0).tolist(), strict=True))


@dataclass(frozen=True)
class FactorsPerPerson:
    """How many people have no, one, two … risk factors, and how many each has on average.

    `people` and `least` are as if nobody had what is not recorded, `people_at_most` and `most` as if everybody had.
    `mean` takes each factor to be as frequent where it is not recorded as where it is, which nobody knows.
    """

    people: tuple[int, ...]
    people_at_most: tuple[int, ...]
    mean: float
    least: float
    most: float


def factors_per_person(factors: ArrayLike) -> FactorsPerPerson:
    """Count risk factors by person.

    Parameters
    ----------
    factors
        As for `compare_factors`.

    Returns
    -------
    FactorsPerPerson
        `people` begins with those who have none, and has one more entry than there are factors.

    Raises
    ------
    ValueError
        If there is nobody, or a factor is recorded for nobody.
    """
    table = _table(factors)
    if table.ndim != 2 or not len(table):
        raise ValueError("Factors need a row for each person, and at least one person.")
    had = _had(table)
    if not all(of for _, of in had):
        raise ValueError("A factor is recorded for nobody. Leave it out.")
    least, most = (table.filled(unknown).sum(axis=1) for unknown in (False, True))
    people, people_at_most = (tuple(np.bincount(each, minlength=len(had) + 1).tolist()) for each in (least, most))
    mean = sum(number / of for number, of in had)
    return FactorsPerPerson(people, people_at_most, mean, float(least.mean()), float(most.mean()))


@dataclass(frozen=True)
class Disproportion:
    """A group's rate over another's, with its interval, and what it may be for those of no recorded group.

    `ratio` is None where nobody of the other group was counted. `least` is as if all of no recorded group belonged to
    the other, `most` as if to this one.
    """

    ratio: float | None
    low: float
    high: float
    p_value: float
    least: float | None
    most: float | None


def disproportion(
    group: int,
    population: float,
    others: int,
    others_population: float,
    not_recorded: int = 0,
    excess: float = 1.0,
) -> Disproportion:
    """How much more often a group is counted than another, for its number of people.

    Parameters
    ----------
    group, others
        People, or events, counted of the group and of the one it is set beside.
    population, others_population
        How many there are of each, of the same ages and place as those counted: 41 young people are set beside
        10-to-17-year-olds, not beside all residents.
    not_recorded
        Counted, of no recorded group.
    excess
        As for `change.compare_counts`: above one where the same people are counted several times.

    Returns
    -------
    Disproportion
        With the exact interval of `change.compare_counts`. It shows a difference, and not whether it is deserved.

    Raises
    ------
    ValueError
        For the reasons given in `change.compare_counts`, or if `not_recorded` is negative.
    """
    if not_recorded < 0:
        raise ValueError(f"Those of no recorded group cannot be {not_recorded}.")
    compared = compare_counts(others, group, others_population, population, excess=excess)

    def ratio(this: int, that: int) -> float | None:
        return this / population / (that / others_population) if that else None

    return Disproportion(
        ratio=compared.ratio,
        low=compared.ratio_low,
        high=compared.ratio_high,
        p_value=compared.p_value,
        least=ratio(group, others + not_recorded),
        most=ratio(group + not_recorded, others),
    )
