"""Groups of people followed: who offended again, and in what they differ from the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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


def followed_up(begun: Sequence[date], again: Sequence[date | None], known_until: date, days: int = A_YEAR) -> Followed:
    """Re-offending after triage, custody or treatment.

    Parameters
    ----------
    begun
        The day from which each person is followed.
    again
        The day of each person's first offence after it; None when none is known.
    known_until
        The last day for which offences are known.
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
    if len(begun) != len(again) or days < 1:
        raise ValueError(f"Each of {len(begun)} people needs a date or None, and a day or more to be followed.")
    if any(offence is not None and offence < start for start, offence in zip(begun, again, strict=True)):
        raise ValueError("An offence lies before the day from which its person is followed.")
    span = timedelta(days=days)
    whole = [(start, offence) for start, offence in zip(begun, again, strict=True) if start + span <= known_until]
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

    `q_value` is the exact test's p-value after discovery control over all factors asked.
    """

    some: Interval
    rest: Interval
    compared: ShareChange
    q_value: float


def compare_factors(factors: ArrayLike, some: ArrayLike) -> tuple[Factor, ...]:
    """Set serious re-offenders beside the rest of their cohort, risk factor by risk factor.

    Parameters
    ----------
    factors
        One row for each person, one column for each factor: true where the person has it.
    some
        Which people are set beside the others.

    Returns
    -------
    tuple of Factor
        One for each column. A difference is a pointer, not a cause.

    Raises
    ------
    ValueError
        If the numbers of people differ, or there is nobody on one of the sides.
    """
    table, chosen = np.asarray(factors, dtype=bool), np.asarray(some, dtype=bool)
    if table.ndim != 2 or len(table) != chosen.size or not chosen.any() or chosen.all():
        raise ValueError("Factors need a row for each person, and people on both sides.")
    sides = [(table[side].sum(axis=0), int(side.sum())) for side in (chosen, ~chosen)]
    (had, of), (others_had, others) = sides
    p_values = [
        fisher_exact(np.asarray([[a, of - a], [b, others - b]])).pvalue
        for a, b in zip(had.tolist(), others_had.tolist(), strict=True)
    ]
    return tuple(
        Factor(proportion_interval(a, of), proportion_interval(b, others), compare_shares(b, others, a, of), float(q))
        for a, b, q in zip(had.tolist(), others_had.tolist(), false_discovery_control(p_values), strict=True)
    )


@dataclass(frozen=True)
class FactorsPerPerson:
    """How many people have no, one, two … risk factors, and how many each has on average."""

    people: tuple[int, ...]
    mean: float


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
        If there is nobody.
    """
    table = np.asarray(factors, dtype=bool)
    if table.ndim != 2 or not len(table):
        raise ValueError("Factors need a row for each person, and at least one person.")
    each = table.sum(axis=1)
    return FactorsPerPerson(tuple(np.bincount(each, minlength=table.shape[1] + 1).tolist()), float(each.mean()))


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
