"""Figures by reference: ``{{ burglary / Harrow / 2018 / rate }}`` is looked up, and never executed.

An indicator, then an area and a period where they are not the document's own, then a measure. What comes of it is a
figure as any other: explained, withheld and released alike.
"""

from __future__ import annotations

import re
from dataclasses import replace

from frankpledge.definition import nearest_names
from frankpledge.errors import UserError
from frankpledge.findings.figures import of_estimate, of_finding
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import Period, parse_period
from frankpledge.prose.asked import Asked

_LEVELS = {one.value: one for one in (Measure.COUNT, Measure.RATE, Measure.LOW, Measure.HIGH, Measure.POPULATION)}
_CHANGES = {
    "change": Measure.COUNT_CHANGE,
    "rate change": Measure.RATE_CHANGE,
    "percent change": Measure.PERCENT_CHANGE,
}
_RANKS = {"rank": Measure.RANK, "rank low": Measure.RANK_LOW, "rank high": Measure.RANK_HIGH}
_MEASURES = {**_LEVELS, **_CHANGES, **_RANKS}
_WORDS = {measure: word for word, measure in _MEASURES.items()}

_LIKE_A_PERIOD = re.compile(r"\d|FY\d|R12", re.IGNORECASE)
THIS_PERIOD, YEAR_BEFORE = "this period", "year before"
_NEVER_RATED = (Measure.RATE, Measure.LOW, Measure.HIGH, Measure.POPULATION, Measure.RATE_CHANGE, *_RANKS.values())


def look_up(asked: Asked, written: str, *, unsigned: bool = False) -> Figure:
    """The figure that a reference stands for.

    Parameters
    ----------
    written
        What stands between the braces.
    unsigned
        Write a change without its sign, for a sentence that says “fell by 40”.

    Raises
    ------
    UserError
        When it is not a reference, or names what there is not, with the nearest names.
    """
    parts = [" ".join(part.split()) for part in written.split("/")]
    if not 2 <= len(parts) <= 4 or not all(parts):
        raise UserError(
            f"“{{{{{' '.join(written.split())}}}}}” is not a reference.",
            "Write {{ indicator / period / measure }}, or {{ indicator / area / period / measure }}.",
        )
    indicator = _indicator(asked, parts[0])
    measure = _measure(parts[-1], indicator)
    area, period = _area_and_period(asked, parts[1:-1])
    figure = _figure(asked, indicator, area, period, measure)
    return replace(figure, unsigned=True) if unsigned and measure in _CHANGES.values() else figure


def reference_to(figure: Figure, asked: Asked) -> str:
    """How a figure is referred to in a text; empty where it cannot be."""
    word = _WORDS.get(figure.measure)
    own = figure.indicator in asked.every_indicator and figure.area_code in asked.areas_known
    compared_otherwise = figure.measure in _CHANGES.values() and figure.against != _before(figure.period)
    if word is None or not own or compared_otherwise:
        return ""
    area = () if figure.area_code == asked.area else (asked.areas_known[figure.area_code],)
    return f"{{{{ {' / '.join((figure.indicator, *area, figure.period, word))} }}}}"


def _before(period: str) -> str:
    return parse_period(period).year_before().text


def _indicator(asked: Asked, slug: str) -> Indicator:
    if slug not in asked.every_indicator:
        raise UserError(
            f"There is no indicator “{slug}”.",
            f"{nearest_names(slug, asked.every_indicator)}“frankpledge indicators” lists them all.",
        )
    return asked.every_indicator[slug]


def _measure(word: str, indicator: Indicator) -> Measure:
    plain = word.lower().replace("-", " ")
    if plain not in _MEASURES:
        listed = ", ".join(_MEASURES)
        raise UserError(f"“{word}” is not a measure.", f"{nearest_names(plain, _MEASURES)}Write one of: {listed}.")
    measure = _MEASURES[plain]
    if indicator.denominator.against is Against.NOTHING and not indicator.unit and measure in _NEVER_RATED:
        raise UserError(f"“{indicator.slug}” is set against nothing, and has no {plain}.", "Write “count” or “change”.")
    return measure


def _area_and_period(asked: Asked, parts: list[str]) -> tuple[str, Period]:
    periods = [part for part in parts if _is_period(part)]
    areas = [part for part in parts if not _is_period(part)]
    if len(periods) > 1:
        raise UserError(
            f"“{' / '.join(periods)}” names two periods.", "Write one; a financial year is written FY2018-19."
        )
    if len(areas) > 1:
        raise UserError(f"“{' / '.join(areas)}” names two areas.", "Write one area and one period.")
    area = _area(asked, areas[0]) if areas else asked.area
    return area, _period(asked, periods[0]) if periods else asked.period


def _is_period(part: str) -> bool:
    return part.lower() in (THIS_PERIOD, YEAR_BEFORE) or bool(_LIKE_A_PERIOD.match(part))


def _period(asked: Asked, part: str) -> Period:
    if part.lower() == THIS_PERIOD:
        return asked.period
    if part.lower() == YEAR_BEFORE:
        return asked.period.year_before()
    return parse_period(part.upper())


def _area(asked: Asked, part: str) -> str:
    if part in asked.areas_known:
        return part
    found = [code for code, name in asked.areas_known.items() if name.lower() == part.lower()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"{len(found)} areas are called “{part}”.", f"Write the code of one: {', '.join(found)}.")
    near = nearest_names(part, asked.areas_known.values())
    raise UserError(
        f"There is no area “{part}”, nor is it a period.",
        f"{near}Write an area's name or code, or a period: 2018, 2018-07, 2018-Q1, FY2018-19, R12-2023-04.",
    )


def _figure(asked: Asked, indicator: Indicator, area: str, period: Period, measure: Measure) -> Figure:
    if measure in _CHANGES.values():
        return of_finding(asked.finding(indicator.slug, area, period, period.year_before()), measure)
    if measure in _RANKS.values():
        figure = asked.rank(indicator.slug, area, period, measure)
        if figure is None:
            raise UserError(
                f"{asked.areas_known.get(area, area)} has no place for “{indicator.slug}” in {period.words()}.",
                "Write “rate” or “count”, and say nothing of its place.",
            )
        return figure
    return of_estimate(asked.estimate(indicator.slug, area, period), measure)
