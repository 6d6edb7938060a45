"""Whether an action moved crime away, pushed it round the corner, or did good there too."""

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtr, ndtri


@dataclass(frozen=True)
class BeforeAfter:
    """Events in one area before and after an action.

    `years_before` and `years_after` are the lengths of the two periods, in any one unit, and `size` what the area's
    counts are set against: its households, its streets; alike unless given.
    """

    before: int
    after: int
    years_before: float = 1.0
    years_after: float = 1.0
    size: float = 1.0

    def __post_init__(self) -> None:
        if self.before < 0 or self.after < 0:
            raise ValueError(f"Counts must be zero or more, not {self.before} and {self.after}.")
        if not min(self.years_before, self.years_after, self.size) > 0:
            raise ValueError("Lengths and sizes must be above zero.")

    def change(self) -> float:
        """Events after less events before, for one unit of time and size."""
        return (self.after / self.years_after - self.before / self.years_before) / self.size

    def variance(self) -> float:
        """Of that change, the counts being Poisson."""
        return (self.after / self.years_after**2 + self.before / self.years_before**2) / self.size**2


@dataclass(frozen=True)
class WeightedDifference:
    """Events prevented (below zero) or added, with an interval, for one unit of time and size."""

    value: float
    low: float
    high: float
    p_value: float


def weighted_displacement_difference(
    treated: BeforeAfter,
    control: BeforeAfter,
    displaced: BeforeAfter | None = None,
    displaced_control: BeforeAfter | None = None,
    confidence: float = 0.95,
) -> WeightedDifference:
    """How many events an action prevented, less those that went next door.

    Parameters
    ----------
    treated
        Where the action was.
    control
        A like area far off, where it was not.
    displaced, displaced_control
        The area round the treated one, and a like area for it; both or neither.
    confidence
        Of the interval, between 0 and 1.

    Returns
    -------
    WeightedDifference

    Raises
    ------
    ValueError
        If one of the two areas for displacement is given without the other, nothing happened anywhere, or the
        confidence is not between 0 and 1.

    Notes
    -----
    Wheeler and Ratcliffe (2018), "A simple weighted displacement difference test to evaluate place based crime
    interventions", *Crime Science* 7. It takes the counts as Poisson, and that treated and control would have moved
    alike: set earlier years of both beside each other before believing it.
    """
    if (displaced is None) != (displaced_control is None):
        raise ValueError("The area round the treated one needs a control of its own, and the control that area.")
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, not {confidence}.")
    with_action = [area for area in (treated, displaced) if area]
    without = [area for area in (control, displaced_control) if area]
    value = sum(area.change() for area in with_action) - sum(area.change() for area in without)
    deviation = sqrt(sum(area.variance() for area in (*with_action, *without)))
    if deviation == 0:
        raise ValueError("There were no events in any area, before or after: nothing can be said.")
    reach = -float(ndtri((1 - confidence) / 2)) * deviation
    return WeightedDifference(value, value - reach, value + reach, float(2 * ndtr(-abs(value) / deviation)))


@dataclass(frozen=True)
class DisplacementQuotient:
    """What became of the area round about, for each event prevented.

    `success` and `buffer` are the changes of the treated area's and the surrounding area's counts as shares of the
    control's. `quotient` above 0 is diffusion of benefit, below 0 displacement, below -1 more than was gained; None
    where the action had no success, of which there is nothing to displace.
    """

    success: float
    buffer: float
    quotient: float | None


def weighted_displacement_quotient(
    treated: BeforeAfter, buffer: BeforeAfter, control: BeforeAfter
) -> DisplacementQuotient:
    """Bowers and Johnson's quotient of displacement or diffusion.

    Parameters
    ----------
    treated, buffer, control
        Where the action was, the area round it, and a like area beyond. Over the same two periods.

    Returns
    -------
    DisplacementQuotient
        It has no interval of its own: with small counts use `weighted_displacement_difference`.

    Raises
    ------
    ValueError
        If the control had no events before or none after.

    Notes
    -----
    Bowers and Johnson (2003), "Measuring the geographical displacement and diffusion of benefit effects of crime
    prevention activity", *Journal of Quantitative Criminology* 19.
    """
    if not control.before or not control.after:
        raise ValueError("The control area needs events both before and after.")
    success = treated.after / control.after - treated.before / control.before
    change = buffer.after / control.after - buffer.before / control.before
    return DisplacementQuotient(success, change, change / success if success < 0 else None)
