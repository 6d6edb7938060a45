"""What a control chart says in two words: variation, and assurance against a target.

The reading of NHS England, *Making Data Count*: has the process changed, for better or for worse; and will it meet
its target by itself, miss it by itself, or hit and miss as chance has it?
"""

from enum import StrEnum

from frankpledge.statistics.charts import ControlChart


class Better(StrEnum):
    """Which way is better: a count that reporting or policing drives has none."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Variation(StrEnum):
    """What the latest point says of the process."""

    COMMON_CAUSE = "no change"
    IMPROVING = "improving"
    CONCERNING = "concerning"
    HIGHER = "higher"
    LOWER = "lower"


class Assurance(StrEnum):
    """Whether the process, left to itself, meets its target."""

    PASSES = "meets the target"
    FAILS = "misses the target"
    HIT_OR_MISS = "hits and misses"


def variation(chart: ControlChart, better: Better) -> Variation:
    """Read the latest point that is not missing.

    Parameters
    ----------
    chart
        As made by `charts`.
    better
        Which way the values of the chart are better; of gaps between harms, higher.

    Returns
    -------
    Variation
        Improving or concerning where one way is better, higher or lower where neither is.
    """
    side = next((point.side for point in reversed(chart.points) if point.value is not None), 0)
    if side == 0:
        return Variation.COMMON_CAUSE
    if better is Better.NEITHER:
        return Variation.HIGHER if side > 0 else Variation.LOWER
    return Variation.IMPROVING if (side > 0) == (better is Better.HIGHER) else Variation.CONCERNING


def assurance(chart: ControlChart, target: float, better: Better) -> Assurance:
    """Set a target beside the limits in force.

    Parameters
    ----------
    chart
        As made by `charts`.
    target
        In the unit of the chart's values.
    better
        Which way is better; a measure that has no better way can have no target.

    Returns
    -------
    Assurance
        By the limits of the latest point: what the process will do if nothing changes.

    Raises
    ------
    ValueError
        If neither way is better.
    """
    if better is Better.NEITHER:
        raise ValueError("A measure of which neither way is better has no target.")
    low, high = chart.points[-1].low, chart.points[-1].high
    if low <= target <= high:
        return Assurance.HIT_OR_MISS
    met_above = target < low
    return Assurance.PASSES if met_above == (better is Better.HIGHER) else Assurance.FAILS
