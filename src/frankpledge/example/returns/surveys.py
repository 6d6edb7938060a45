"""What residents and young people said: shares by year, each with its interval and how many were asked.

The shares lead to those that were printed, and are those where they were; the years between are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from frankpledge.example.boroughs import borough_names
from frankpledge.example.returns.printed import Printed, percentages
from frankpledge.example.returns.spreading import YEAR, Levels, periods_of
from frankpledge.example.returns.tables import Columns, columns_of
from frankpledge.example.targets import HARROW, LONDON
from frankpledge.periods import parse_period
from frankpledge.statistics.rates import proportion_interval

_ASKED = {"public-attitude-survey": 390, "user-satisfaction-survey": 180, "safety": 1040, "reputation-tracker": 1000,
          "safer-spaces": 300, "how-are-you": 5100, "young-people-violence": 910}  # fmt: skip
_ASKED_IN_LONDON = 12_800


@dataclass(frozen=True)
class Question:
    """A question of a survey.

    Attributes
    ----------
    survey, words
        As the template has them.
    indicator, group
        Under which documents print its answer.
    levels
        Year → percentage in Harrow.
    london
        The same of London; empty where the survey is of Harrow alone.
    """

    survey: str
    words: str
    indicator: str
    levels: Levels
    group: str = ""
    london: Levels | None = None


_PAS = "public-attitude-survey"

_QUESTIONS = (
    Question(_PAS, "concerned about knife crime", "concern-about-knife-crime", {2016: 13, 2018: 22, 2023: 32},
             london={2016: 22, 2018: 33, 2023: 49}),
    Question(_PAS, "concerned about gun crime", "concern-about-gun-crime", {2016: 11, 2018: 17, 2022: 44, 2023: 26},
             london={2016: 17, 2018: 25, 2023: 40}),
    Question(_PAS, "deals with what matters", "confidence-deal-with-things", {2016: 66, 2018: 60, 2023: 62},
             london={2016: 68, 2018: 66, 2023: 55}),
    Question(_PAS, "satisfied", "satisfied-residents", {2016: 91, 2018: 90, 2023: 88}, london={2016: 90, 2023: 86}),
    Question(_PAS, "safe waiting for bus by day", "", {2016: 97, 2018: 97, 2023: 98}, london={2016: 96, 2023: 98}),
    Question(_PAS, "safe waiting for bus after dark", "", {2016: 80, 2018: 79, 2023: 84}, london={2016: 79, 2023: 82}),
    Question(_PAS, "safe waiting for train by day", "", {2016: 97, 2018: 97, 2023: 98}, london={2016: 96, 2023: 98}),
    Question(_PAS, "safe waiting for train after dark", "", {2016: 81, 2023: 86}, london={2016: 80, 2023: 85}),
    Question(_PAS, "safe waiting for tube by day", "", {2016: 97, 2018: 98, 2023: 98}, london={2016: 97, 2023: 98}),
    Question(_PAS, "safe waiting for tube after dark", "", {2016: 83, 2018: 84, 2023: 88}, london={2016: 82, 2023: 87}),
    Question(_PAS, "safe walking after dark", "", {2016: 74, 2018: 72, 2023: 78}, london={2016: 72, 2023: 76}),
    Question(_PAS, "safe walking after dark female", "", {2016: 64, 2018: 61, 2023: 67}, london={2016: 62, 2023: 65}),
    Question(_PAS, "safe walking after dark male", "", {2016: 84, 2018: 83, 2023: 88}, london={2016: 82, 2023: 87}),
    Question("user-satisfaction-survey", "satisfied with service", "victim-satisfaction", {2016: 75, 2018: 71},
             london={2016: 74, 2018: 67, 2023: 60}),
    Question("reputation-tracker", "get on well together", "get-on-well-together", {2016: 77, 2018: 76, 2023: 79}),
    Question("safety", "feel unsafe", "", {2016: 19, 2018: 22, 2023: 27}),
    Question("safer-spaces", "feel unsafe", "feel-unsafe", {2016: 66, 2018: 70, 2022: 77.6}, "women-and-girls"),
    Question("how-are-you", "feel unsafe in some areas", "feel-unsafe", {2016: 33, 2018: 36, 2021: 40}, "young-people"),
    Question("how-are-you", "unsafe in some areas", "", {2016: 33, 2018: 36, 2022: 38}),
    Question("how-are-you", "unsafe some or all of the time", "", {2016: 38, 2018: 40, 2022: 44}),
    Question("young-people-violence", "subjected to violence", "", {2016: 8, 2018: 9, 2022: 10}),
    Question("young-people-violence", "very concerned", "", {2016: 9, 2018: 11, 2022: 13}),
    Question("young-people-violence", "concerned", "", {2016: 20, 2018: 22, 2022: 23}),
)  # fmt: skip

Row = tuple[object, ...]


def surveys(printed: Printed, rng: np.random.Generator) -> Columns:
    """Every answer of every survey, in every year."""
    rows = [row for question in _QUESTIONS for row in _rows(question, printed, rng)]
    names = ("area_code", "area_name", "period", "survey", "question", "value", "low", "high", "sample")
    return columns_of(names, rows)


def _rows(question: Question, printed: Printed, rng: np.random.Generator) -> Iterator[Row]:
    held = percentages(printed, question.indicator, question.group) if question.indicator else {}
    years = [one.text for one in periods_of(YEAR)]
    for period in (*years, *(period for period in held if period not in years)):
        asked = round(_ASKED[question.survey] * float(rng.uniform(0.94, 1.06)))
        yield _row(HARROW, "Harrow", period, question, _percent(question.levels, period, held, rng), asked)
    for year in years if question.london else ():
        value = _percent(question.london or {}, year, {}, rng)
        yield _row(LONDON, "London", year, question, value, _ASKED_IN_LONDON)


def _percent(levels: Levels, period: str, held: dict[str, float], rng: np.random.Generator) -> float:
    if period in held:
        return held[period]
    months = parse_period(period)
    middle = (months.first + months.last + 1) / 24
    level = float(np.interp(middle, [year + 0.5 for year in levels], list(levels.values())))
    return round(min(99.0, level + float(rng.normal(0, 0.8))), 1)


def _row(code: str, name: str, period: str, question: Question, value: float, asked: int) -> Row:
    between = proportion_interval(round(value / 100 * asked), asked)
    ends = (f"{100 * end:.1f}" for end in (between.low, between.high))
    return code, name, period, question.survey, question.words, value, *ends, asked


# Wards where households have least to live on, as printed for 2021 of the wards of before 2022: read as their
# namesakes; percentages under 15,000 and under 20,000 pounds a year.
_POOREST = {"Roxbourne": (16.1, 25.9), "Wealdstone South": (15.0, 24.7), "Marlborough": (14.1, 23.7)}
_CHEAPEST_ELSEWHERE = (6.5, 13.5)
_YEARS_OF_INCOMES = ("2017", "2018", "2021")


def incomes(wards: dict[str, str], rng: np.random.Generator) -> Columns:
    """Households with a low income, ward by ward and of the borough."""
    rows: list[Row] = []
    for year in _YEARS_OF_INCOMES:
        shares = {
            code: _POOREST.get(name) or tuple(low + 5 * float(rng.random()) for low in _CHEAPEST_ELSEWHERE)
            for code, name in wards.items()
        }
        shares[HARROW] = tuple(sum(one[at] for one in shares.values()) / len(shares) for at in (0, 1))
        for code, (fewer, more) in shares.items():
            name = wards.get(code) or borough_names()[code]
            rows += [
                (code, name, year, "paycheck", f"households under {limit}", round(value, 1), None, None, None)
                for limit, value in (("15000", fewer), ("20000", more))
            ]
    names = ("area_code", "area_name", "period", "survey", "question", "value", "low", "high", "sample")
    return columns_of(names, rows)
