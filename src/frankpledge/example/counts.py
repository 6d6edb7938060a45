"""Monthly counts of every borough: yearly totals fitted to what was printed, then drawn over the months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from frankpledge.example.boroughs import BURGLARY, INJURY, RATES, SIZES, TOTAL, special
from frankpledge.example.levels import harrow_flagged, harrow_offences
from frankpledge.example.offences import DOMESTIC_INJURY, FLAGGED, NUMBER, OFFENCES, OTHER_INJURY, below
from frankpledge.example.seasons import month_shapes
from frankpledge.example.sharing import fit, hold_month, near_with_change, near_with_share, over_months, share_out
from frankpledge.example.targets import HARROW, LONDON, Targets
from frankpledge.example.timeline import KEPT, YEARS, Numbers, Whole, smooth_months
from frankpledge.periods import parse_period

BOROUGHS = tuple(SIZES)
FLAGS = tuple(FLAGGED)
_PRINTED_YEAR = 2018
_LONDON_RATE = 95.0
# Small enough that boroughs do not change places from year to year for no reason.
_OWN_UPS_AND_DOWNS = 0.02


@dataclass(frozen=True)
class Counts:
    """Counts by borough, offence (or flag) and month of the example."""

    offences: Whole
    flagged: Whole

    def harrow(self) -> tuple[Whole, Whole]:
        """Harrow's offences and flags by month."""
        number = BOROUGHS.index(HARROW)
        return self.offences[number], self.flagged[number]


def draw_counts(targets: Targets, rng: np.random.Generator) -> Counts:
    """Counts whose sums over 2017 and 2018 are exactly those printed."""
    annual = _annual(targets, rng)
    offences = _array([[annual[code][path] for path in OFFENCES] for code in BOROUGHS])
    flagged = _array([[annual[code][FLAGGED[flag]] for flag in FLAGS] for code in BOROUGHS])
    # A domestic assault with injury is always flagged: only the rest of domestic abuse is drawn for itself.
    domestic, injured = FLAGS.index("domestic"), NUMBER[DOMESTIC_INJURY]
    flagged[:, domestic] -= offences[:, injured]
    weights = smooth_months(offences.astype(np.float64) + 0.5) * month_shapes()
    flag_weights = smooth_months(flagged.astype(np.float64) + 0.5) * month_shapes(tuple(FLAGGED.values()))
    by_month, flags_by_month = over_months(rng, offences, weights), over_months(rng, flagged, flag_weights)
    harrow, knife = BOROUGHS.index(HARROW), FLAGS.index("knife")
    _hold_printed_months(targets, rng, by_month[harrow], weights[harrow])
    _hold_knife_months(targets, rng, flags_by_month[harrow, knife], flag_weights[harrow, knife])
    flags_by_month[:, domestic] += by_month[:, injured]
    return Counts(by_month[..., KEPT], flags_by_month[..., KEPT])


def _array(rows: list[list[list[int]]]) -> Whole:
    return np.array(rows, dtype=np.int64)


def _month(period: str) -> int:
    return parse_period(period).first - YEARS[0] * 12


def _hold_printed_months(targets: Targets, rng: np.random.Generator, months: Whole, weights: Numbers) -> None:
    """Single months that the document prints: possession of drugs at its lowest and highest."""
    for (area, path, period), count in targets.counts.items():
        if area == HARROW and path in NUMBER and "-" in period:
            hold_month(rng, months[NUMBER[path]], weights[NUMBER[path]], _month(period), count)


def _hold_knife_months(targets: Targets, rng: np.random.Generator, months: Whole, weights: Numbers) -> None:
    """Months of which a share of knife crime is printed have a number that can have that share."""
    for (indicator, period), percent in targets.shares.items():
        if indicator == "knife-crime-with-injury":
            month = _month(period)
            hold_month(rng, months, weights, month, near_with_share(int(months[month]), percent))


def _annual(targets: Targets, rng: np.random.Generator) -> dict[str, dict[str, list[int]]]:
    """Borough → path → count in each year."""
    harrow: dict[str, list[int]] = harrow_offences(targets) | harrow_flagged(targets)
    trends = {path: _trend(counts) for path, counts in harrow.items()}
    chance = np.exp(rng.normal(0, _OWN_UPS_AND_DOWNS, (len(BOROUGHS), len(YEARS))))
    shared = {
        "crime/burglary": _shared(targets, "crime/burglary", BURGLARY, harrow, chance),
        "crime": _shared(targets, "crime", TOTAL, harrow, chance),
        FLAGGED["gun"]: _shared(targets, FLAGGED["gun"], INJURY, harrow, chance),
    }
    others = {
        code: _borough(targets, code, number, trends, shared) for number, code in enumerate(BOROUGHS) if code != HARROW
    }
    return {HARROW: harrow, **others}


def _trend(counts: list[int]) -> Numbers:
    """How an offence stands beside 2018 in London: as in Harrow, but half as marked."""
    beside = (np.array(counts, dtype=float) + 1) / (counts[YEARS.index(_PRINTED_YEAR)] + 1)
    return np.asarray(np.sqrt(beside))


def _level(code: str, path: str, year: int) -> float:
    thousands, rate = SIZES[code]
    per_thousand, follows = RATES[path]
    return float(thousands * per_thousand * (rate / _LONDON_RATE) ** follows * special(code, path, year))


def _size(code: str, path: str) -> float:
    """A borough's weight in what is shared out over London, before anything printed is put in."""
    if path == "crime":
        thousands, rate = SIZES[code]
        return thousands * rate
    return sum(_level(code, one, _PRINTED_YEAR) for one in (below(path) or (path,)))


def _london(targets: Targets, path: str, index: tuple[float, ...]) -> list[int]:
    """London's total in each year: printed where it is, else beside 2018."""
    printed = targets.of(LONDON, path, _PRINTED_YEAR)
    assert printed is not None, f"no London total of {path} is printed"
    totals = [targets.of(LONDON, path, year) or round(printed * part) for year, part in zip(YEARS, index, strict=True)]
    if path in targets.changes[LONDON]:
        start = YEARS.index(2021)
        totals[start : start + 2] = near_with_change(totals[start], targets.changes[LONDON][path])
    return totals


def _shared(
    targets: Targets, path: str, index: tuple[float, ...], harrow: Mapping[str, list[int]], chance: Numbers
) -> Whole:
    """London's totals shared out over the boroughs, by borough and year, printed ones exact."""
    own = np.sum([harrow[one] for one in (below(path) or (path,))], axis=0)
    totals = _london(targets, path, index)
    base = np.array([_size(code, path) for code in BOROUGHS])
    at = YEARS.index(_PRINTED_YEAR)
    # The printed year first: the other years follow from what it came to.
    base = _share_year(targets, path, _PRINTED_YEAR, totals[at], int(own[at]), base).astype(float)
    chance = np.where(np.arange(len(YEARS)) == at, 1.0, chance)
    years = [
        _share_year(targets, path, year, totals[number], int(own[number]), base * chance[:, number])
        for number, year in enumerate(YEARS)
    ]
    return np.array(years).T


def _share_year(targets: Targets, path: str, year: int, total: int, own: int, weights: Numbers) -> Whole:
    fixed = {code: count for code in BOROUGHS if (count := targets.of(code, path, year)) is not None} | {HARROW: own}
    free = [number for number, code in enumerate(BOROUGHS) if code not in fixed]
    shared = np.array([fixed.get(code, 0) for code in BOROUGHS])
    shared[free] = share_out(total - sum(fixed.values()), weights[free])
    return shared


def _borough(
    targets: Targets, code: str, number: int, trends: Mapping[str, Numbers], shared: Mapping[str, Whole]
) -> dict[str, list[int]]:
    """A neighbour or other borough: path → count in each year."""
    years = []
    for at, year in enumerate(YEARS):
        levels = {path: _level(code, path, year) * float(trends[path][at]) for path in RATES}
        sums: list[tuple[tuple[str, ...], int]] = []
        injured = _injured(targets, code, at)
        if injured is not None:
            sums.append(((OTHER_INJURY,), injured))
        # The dictionary's order is from the inner sums to the outer.
        sums += [(below(path) or (path,), int(counts[number, at])) for path, counts in shared.items()]
        years.append(fit(levels, sums))
    return {path: [counts[path] for counts in years] for path in RATES}


def _injured(targets: Targets, code: str, at: int) -> int | None:
    """Violence with injury that is not domestic, of a neighbour: as printed, and other years led on from there."""
    nearest = max(2017, min(YEARS[at], _PRINTED_YEAR))
    printed = targets.of(code, OTHER_INJURY, nearest)
    return None if printed is None else round(printed * INJURY[at] / INJURY[YEARS.index(nearest)])
