"""A year beside several before it: whether it is unusual, allowing for how far those stray from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.findings.judge import LEVEL, TOO_FEW, breaks_between
from frankpledge.model.estimate import Estimate
from frankpledge.statistics.change import Change, compare_with_years

YEARS = 5
# From two the scatter of years is hardly known.
FEWEST_YEARS = 3


@dataclass(frozen=True)
class Baseline:
    """An estimate beside the same period of earlier years.

    Attributes
    ----------
    earlier
        Those it is set beside, the latest first.
    usual
        Events the period would have had at their mean rate.
    verdict
        “above”, “below” or “within” what they lead one to expect.
    """

    current: Estimate
    earlier: tuple[Estimate, ...]
    usual: float
    change: Change
    verdict: str


def set_beside_years(current: Estimate, earlier: Sequence[Estimate]) -> Baseline | None:
    """Compare a period with the same period of several years before.

    Parameters
    ----------
    earlier
        Of the same area, the latest first. Those that are missing, of another series, or beyond a declared break, are
        left out, and so is whatever lies before the first of them.

    Returns
    -------
    Baseline or None
        None for a share, where fewer than three years are left, or fewer than ten events in all.
    """
    if current.numerator is None or current.share:
        return None
    usable: list[Estimate] = []
    for one in earlier:
        if one.numerator is None or one.series != current.series or breaks_between(current, one):
            break
        usable.append(one)
    counts = [one.numerator or 0 for one in usable]
    if len(usable) < FEWEST_YEARS or sum(counts) + current.numerator < TOO_FEW:
        return None
    people = [one.denominator for one in (current, *usable)]
    exposures = [float(one or 1) if all(people) else 1.0 for one in people]
    change = compare_with_years(counts, current.numerator, exposures[1:], exposures[0])
    usual = sum(counts) * exposures[0] / sum(exposures[1:])
    verdict = "within" if change.p_value > LEVEL else "above" if current.numerator > usual else "below"
    return Baseline(current, tuple(usable), usual, change, verdict)
