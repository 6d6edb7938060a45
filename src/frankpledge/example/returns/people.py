"""Returns of people, a row each: admitted to hospital, excluded from school, in the youth justice system."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from frankpledge.example.returns.printed import Printed, counts
from frankpledge.example.returns.records import monthly
from frankpledge.example.returns.spreading import FIRST_YEAR, MONTH, QUARTER, Counts, Levels, spread
from frankpledge.example.returns.tables import Columns, columns_of
from frankpledge.example.targets import HARROW
from frankpledge.periods import days_in_month, month_number, month_text, parse_period

# Code of the diagnosis → admissions in 2016, 2018 and 2023. Assault is led to the printed figure of 2023.
_ADMITTED = {"F10": (260, 255, 240), "F19": (110, 118, 130), "T51": (60, 58, 52)}
_ASSAULT: Levels = {2016: 205, 2018: 221, 2021: 218, 2022: 246, 2023: 310}
_ABUSE: Levels = {2016: 22, 2018: 26, 2023: 34}
_MENDED_PERIOD = ("R12-2022-07", 249)
"""The needs assessment prints 249 for the year to August 2023, before the 297 of July: the year before is meant."""


def assaults(rng: np.random.Generator) -> Counts:
    """Admissions for assault, month by month."""
    held: dict[str, float] = dict([_MENDED_PERIOD])
    # Printed beside the year before it, and so a count and not a change.
    held["R12-2023-07"] = 297
    return spread(_ASSAULT, MONTH, held, rng)


def admissions(assaulted: Counts, rng: np.random.Generator) -> Columns:
    """Admissions of residents for assault, alcohol or drugs, and in respect of domestic abuse."""
    found = [(day, "X99" if rng.random() < 0.16 else "Y04", "no") for day in _days(assaulted, rng)]
    for code, levels in _ADMITTED.items():
        by_year = dict(zip((FIRST_YEAR, 2018, 2023), levels, strict=True))
        found += [(day, code, "no") for day in _days(_texts(monthly(by_year, "violence", rng)), rng)]
    found += [(day, "", "yes") for day in _days(_texts(monthly(_ABUSE, "domestic", rng)), rng)]
    rows = ((f"HA-EX{at + 1:06d}", *row, HARROW) for at, row in enumerate(sorted(found)))
    return columns_of(("reference", "admitted", "diagnosis", "domestic_abuse", "reported_for"), rows)


def _texts(by_month: dict[int, int]) -> Counts:
    return {month_text(month): count for month, count in by_month.items()}


def _days(by_month: Counts, rng: np.random.Generator) -> Iterator[str]:
    for text, count in by_month.items():
        days = rng.integers(1, days_in_month(parse_period(text).first) + 1, count)
        yield from (f"{text}-{day:02d}" for day in days.tolist())


# Exclusions for good and for a time, by school year's months: none in August, few in July.
_TERMS = np.array([1.05, 0.95, 1.1, 0.7, 1.1, 1.0, 0.6, 0.0, 1.1, 1.15, 1.2, 0.85])
_REASONS = {
    "disruption": 0.29, "assault on pupil": 0.2, "verbal abuse": 0.16, "drugs and alcohol": 0.09,
    "assault on adult": 0.06, "weapon": 0.04, "bullying": 0.03, "damage": 0.02, "other": 0.08, "not recorded": 0.03,
}  # fmt: skip
_VIOLENT = frozenset({"assault on pupil", "assault on adult", "weapon"})
_EXCLUDED: dict[str, Levels] = {
    "permanent": {2016: 34, 2018: 30, 2023: 36},
    "fixed term": {2016: 1010, 2018: 1090, 2020: 560, 2023: 1240},
}


def exclusions(rng: np.random.Generator) -> Columns:
    """Pupils excluded, for good or for a time."""
    found: list[tuple[str, str, str, str]] = []
    for kind, levels in _EXCLUDED.items():
        for text, count in spread(levels, MONTH, {}, rng).items():
            terms = rng.binomial(count, min(1.0, float(_TERMS[parse_period(text).first % 12]) / _TERMS.max()))
            reasons = rng.choice(list(_REASONS), terms, p=np.array(list(_REASONS.values())))
            days = rng.integers(1, days_in_month(parse_period(text).first) + 1, terms)
            ages = rng.choice(["5-10", "11-15", "16-17"], terms, p=[0.12, 0.8, 0.08])
            found += [
                (f"{text}-{day:02d}", kind, str(reason), str(age))
                for day, reason, age in zip(days.tolist(), reasons, ages, strict=True)
            ]
    rows = (
        (f"XC-EX{at + 1:06d}", day, kind, reason, "yes" if reason in _VIOLENT else "no", age, HARROW)
        for at, (day, kind, reason, age) in enumerate(sorted(found))
    )
    names = ("reference", "excluded", "exclusion_type", "exclusion_reason", "violence", "age_band", "reported_for")
    return columns_of(names, rows)


# Young people whose twelve months had passed when the return was made.
_FOLLOWED_UNTIL = month_number(2022, 9)
_ENTRANTS: Levels = {2016: 66, 2017: 60, 2018: 42, 2019: 45, 2021: 41, 2022: 30, 2023: 29}
_OTHERS: Levels = {2016: 60, 2018: 52, 2023: 38}
# People who began in a quarter, and those of them who offended again, as printed.
_PRINTED_AGAIN = {"2016-Q1": (26, 10), "2017-Q1": (33, 12)}
_AGAIN = 0.36


def youth_justice(printed: Printed, rng: np.random.Generator) -> Columns:
    """Young people in the system: first entrants, custody, remand, triage, and whether they offended again."""
    entrants = spread(_ENTRANTS, QUARTER, {**counts(printed, "first-time-entrants"), "2021": 41, "2022": 30}, rng)
    custody = spread({2016: 7, 2018: 8, 2023: 4}, QUARTER, counts(printed, "custodial-sentences"), rng)
    remand = spread({2016: 9, 2018: 11, 2023: 7}, QUARTER, counts(printed, "custodial-remands"), rng)
    triage = spread({2016: 40, 2018: 27, 2023: 33}, QUARTER, counts(printed, "triage"), rng)
    others = spread(_OTHERS, QUARTER, {}, rng)
    rows: list[tuple[str, str, str, str, str, str, str]] = []
    for quarter, others_in in others.items():
        known = (entrants[quarter], custody[quarter], remand[quarter])
        cohort, again = _PRINTED_AGAIN.get(quarter, (sum(known) + others_in, None))
        rest = max(0, cohort - sum(known))
        kinds = ["first", "custody", "remand", "other", "triage"]
        of_each = np.repeat(kinds, [*known, rest, triage[quarter]])
        rows += _young_people(quarter, of_each, again, rng)
    names = ("month", "first_time_entrant", "reoffended", "followed_up", "custody", "remand", "triage")
    people = (
        (f"YJ-{at + 1:05d}", *row, str(rng.choice(["10-14", "15-17"], p=[0.3, 0.7])),
         str(rng.choice(["male", "female"], p=[0.84, 0.16])), HARROW)
        for at, row in enumerate(sorted(rows))
    )  # fmt: skip
    return columns_of(("person", *names, "age_band", "sex", "reported_for"), people)


def _young_people(
    quarter: str, kinds: np.ndarray[tuple[int], np.dtype[np.str_]], printed_again: int | None, rng: np.random.Generator
) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """A row for each young person of a quarter; those diverted by triage are not among the cohort that is followed."""
    followed = parse_period(quarter).last <= _FOLLOWED_UNTIL
    cohort = np.flatnonzero(kinds != "triage")
    again = round(len(cohort) * _AGAIN) if printed_again is None else printed_again
    offended = set(rng.permutation(cohort)[:again].tolist())
    months = parse_period(quarter).first + rng.integers(0, QUARTER, len(kinds))
    for at, (kind, month) in enumerate(zip(kinds.tolist(), months.tolist(), strict=True)):
        whole = followed and kind != "triage"
        said = ("yes" if at in offended else "no") if whole else ""
        ticked = [_yes(kind == one) for one in ("custody", "remand", "triage")]
        yield month_text(month), _yes(kind == "first"), said, _yes(whole), ticked[0], ticked[1], ticked[2]


def _yes(true: bool) -> str:
    return "yes" if true else "no"
