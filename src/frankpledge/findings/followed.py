"""People followed after triage, custody or treatment: who offended again, their risk factors, and who differs.

What is not recorded of a person is neither there nor absent. Of fewer than ten people nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.errors import NotHeldError
from frankpledge.findings.records import RecordsRead, strictest
from frankpledge.model.estimate import Series
from frankpledge.model.tables import FACTORS
from frankpledge.periods import Period, month_number
from frankpledge.statistics.cohorts import (
    A_YEAR,
    Factor,
    FactorsPerPerson,
    Followed,
    compare_factors,
    factors_per_person,
    followed_up,
)
from frankpledge.warehouse.connection import Warehouse

# Of nine people one is eleven per cent, and the interval of any share is most of the way from none to all.
FEWEST = 10

Masked = np.ma.MaskedArray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class FollowedCohort:
    """A cohort of one authority, by the months in which it began.

    Attributes
    ----------
    first_month, last_month
        Between which they began: those of the period asked for, or else the first and last that are held.
    people
        How many there are, each once: a person who began again in the period counts from the first time.
    followed
        How many of those followed for a year offended again.
    per_person
        Risk factors by person, of those factors that are recorded for anybody; None where none is.
    never_recorded
        Factors that are recorded for nobody, and are in nothing.
    serious, rest, not_said
        Of those followed for a year, the people counted among the serious re-offenders, those who are not, and those of
        whom that is not recorded.
    compared
        Factor → what it is among the serious and among the rest.
    too_few
        Factors that are recorded for too few people on one of the two sides.
    read
        What the records were read from.
    """

    area_code: str
    cohort: str
    first_month: int
    last_month: int
    people: int
    followed: Followed
    per_person: FactorsPerPerson | None
    never_recorded: tuple[str, ...]
    serious: int
    rest: int
    not_said: int
    compared: dict[str, Factor]
    too_few: tuple[str, ...]
    read: RecordsRead

    @property
    def enough_people(self) -> bool:
        """Whether there are so many that something can be said of them."""
        return self.people >= FEWEST

    @property
    def enough_followed(self) -> bool:
        """Whether so many have been followed for a year."""
        return self.followed.people >= FEWEST


def find_followed(warehouse: Warehouse, area_code: str, cohort: str, period: Period | None = None) -> FollowedCohort:
    """Who of a cohort offended again within a year, and what sets the serious re-offenders apart.

    Parameters
    ----------
    cohort
        As the template ``followed-people`` has it: triage, custody…
    period
        Months in which they began; all that are held without one.

    Raises
    ------
    NotHeldError
        When nobody of the cohort is held for the area and period.
    """
    rows = _read(warehouse, area_code, cohort, period)
    if not len(rows["began"]):
        raise NotHeldError(
            f"Nobody followed after {cohort} is held{f' for {period.words()}' if period else ''}.",
            f"{_others(warehouse, area_code)}The template followed-people brings them: see “frankpledge template”.",
        )
    factors = np.ma.column_stack([rows[name] for name in FACTORS])
    recorded = factors.count(axis=0) > 0
    began, known_until = rows["began"].tolist(), rows["known_until"].tolist()
    # Who has only begun has had no time to offend again, and would make the rest look harmless.
    whole = np.array(
        [(until - start).days >= A_YEAR for start, until in zip(began, known_until, strict=True)], dtype=bool
    )
    serious = rows["serious"][whole]
    compared, too_few = _compared(factors[whole], serious, recorded)
    return FollowedCohort(
        area_code,
        cohort,
        first_month=period.first if period else _month(min(began)),
        last_month=period.last if period else _month(max(began)),
        people=len(began),
        followed=followed_up(began, rows["offended_again"].tolist(), known_until),
        per_person=factors_per_person(factors[:, recorded]) if recorded.any() else None,
        never_recorded=_named(~recorded),
        serious=int(serious.filled(False).sum()),
        rest=int((~serious).filled(False).sum()),
        not_said=int(np.ma.getmaskarray(serious).sum()),
        compared=compared,
        too_few=too_few,
        read=_records_read(warehouse, area_code, cohort),
    )


def _compared(
    factors: Masked, serious: Masked, recorded: NDArray[np.bool_]
) -> tuple[dict[str, Factor], tuple[str, ...]]:
    """Each factor among the serious and among the rest; and those recorded for too few on either side."""
    said = ~np.ma.getmaskarray(serious)
    table, some = factors[said], np.asarray(serious[said].filled(False), dtype=bool)
    enough = (table[some].count(axis=0) >= FEWEST) & (table[~some].count(axis=0) >= FEWEST)
    too_few = _named(recorded & ~enough)
    if not enough.any():
        return {}, too_few
    return dict(zip(_named(enough), compare_factors(table[:, enough], some), strict=True)), too_few


def _named(which: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(name for name, wanted in zip(FACTORS, which, strict=True) if wanted)


def _read(warehouse: Warehouse, area_code: str, cohort: str, period: Period | None) -> dict[str, Masked]:
    """The rows of a cohort, each person once, column by column; what is empty is masked."""
    found = warehouse.con.execute(
        f"""
        SELECT began, offended_again, known_until, serious, {", ".join(FACTORS)}
        FROM followed_person
        WHERE area_code = $area AND cohort = $cohort
          AND ($first IS NULL OR year(began) * 12 + month(began) - 1 BETWEEN $first AND $last)
        QUALIFY row_number() OVER (PARTITION BY person ORDER BY began) = 1 ORDER BY person
        """,
        {
            "area": area_code,
            "cohort": cohort,
            "first": period.first if period else None,
            "last": period.last if period else None,
        },
    ).fetchall()
    names = ("began", "offended_again", "known_until", "serious", *FACTORS)
    columns = list(zip(*found, strict=True)) or [()] * len(names)
    return {name: _masked(column, name) for name, column in zip(names, columns, strict=True)}


def _records_read(warehouse: Warehouse, area_code: str, cohort: str) -> RecordsRead:
    ((dataset, releases, policies, invented),) = warehouse.con.execute(
        """
        SELECT any_value(load.dataset), list_sort(list(DISTINCT load.release)), list(DISTINCT load.policy),
               bool_or(load.invented)
        FROM followed_person JOIN load USING (load_id) WHERE area_code = ? AND cohort = ?
        """,
        [area_code, cohort],
    ).fetchall()
    return RecordsRead(Series(dataset, " + ".join(releases)), strictest(policies), invented)


_DATES = ("began", "offended_again", "known_until")


def _masked(column: tuple[object, ...], name: str) -> Masked:
    empty = [one is None for one in column]
    if name in _DATES:
        return np.ma.masked_array(np.array(column, dtype=object), empty)
    return np.ma.masked_array(np.array([bool(one) for one in column], dtype=np.bool_), empty)


def _month(day: date) -> int:
    return month_number(day.year, day.month)


def cohorts_held(warehouse: Warehouse, area_code: str, period: Period) -> list[str]:
    """The cohorts of an area of which anybody began in a period."""
    rows = warehouse.con.execute(
        "SELECT DISTINCT cohort FROM followed_person WHERE area_code = ? "
        "AND year(began) * 12 + month(began) - 1 BETWEEN ? AND ? ORDER BY cohort",
        [area_code, period.first, period.last],
    )
    return [str(cohort) for (cohort,) in rows.fetchall()]


def _others(warehouse: Warehouse, area_code: str) -> str:
    """What cohorts of the area are held, in words."""
    held = warehouse.con.execute(
        "SELECT cohort, min(year(began)), max(year(began)) FROM followed_person WHERE area_code = ? "
        "GROUP BY cohort ORDER BY cohort",
        [area_code],
    ).fetchall()
    said = "; ".join(f"{cohort}, {first} to {last}" for cohort, first, last in held)
    return f"Held are: {said}. " if said else ""
