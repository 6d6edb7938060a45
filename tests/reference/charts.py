"""Control charts once more, as naively as possible: every limit by its formula, every window of every length looked at.

Plain Python. Nothing here may import numpy, scipy or the code under test.
"""

from math import sqrt

from tests.reference.series import mean

# Limits


def individual_limits(values):
    reach = 3 * mean_range(values) / 1.128
    centre = mean([value for value in values if value is not None])
    return centre - reach, centre, centre + reach


def mean_range(values):
    """Of neighbours that are both there, how far they are apart; nought where no two are."""
    ranges = [
        abs(after - before)
        for before, after in zip(values, values[1:], strict=False)
        if before is not None and after is not None
    ]
    return mean(ranges) if ranges else 0.0


def poisson_limits(counts, exposures, per):
    """Limits of a u chart at each value, in events per so many units of exposure."""
    overall, deviations = overall_rate(counts, exposures)
    return [(max(0.0, overall - 3 * one) * per, overall * per, (overall + 3 * one) * per) for one in deviations]


def laney_limits(counts, exposures, per):
    """Limits of a u' chart: those of a u chart, as many times as wide as neighbours are apart in its deviations."""
    overall, deviations = overall_rate(counts, exposures)
    scatter = laney_scatter(counts, exposures)
    return [
        (max(0.0, overall - 3 * one * scatter) * per, overall * per, (overall + 3 * one * scatter) * per)
        for one in deviations
    ]


def laney_scatter(counts, exposures):
    overall, deviations = overall_rate(counts, exposures)
    both = any(one is not None and other is not None for one, other in zip(counts, counts[1:], strict=False))
    if overall == 0 or not both:
        return 1.0
    scores = [
        None if count is None else (count / exposure - overall) / deviation
        for count, exposure, deviation in zip(counts, exposures, deviations, strict=True)
    ]
    return mean_range(scores) / 1.128


def overall_rate(counts, exposures):
    """Events over exposure where both are known, and the chance deviation of the rate at each exposure."""
    pairs = [(count, exposure) for count, exposure in zip(counts, exposures, strict=True) if count is not None]
    overall = sum(count for count, _ in pairs) / sum(exposure for _, exposure in pairs)
    return overall, [sqrt(overall / exposure) for exposure in exposures]


def gap_limits(gaps):
    """Of a geometric distribution: its mean and three deviations, round the median of an exponential one."""
    middle = mean([gap for gap in gaps if gap is not None])
    deviation = sqrt(middle * middle + middle)
    return max(0.0, middle - 3 * deviation), 0.693 * middle, middle + 3 * deviation


def time_limits(days):
    """Those of individual values of the times to the power of 1 / 3.6, brought back."""
    limits = individual_limits([None if day is None else day ** (1 / 3.6) for day in days])
    return tuple(max(0.0, limit) ** 3.6 for limit in limits)


# Signs

PLAINEST_FIRST = ("beyond a limit", "seven on one side", "two of three near a limit", "seven rising or falling")


def signals(values, limits):
    """The signs at each value and their side; limits are (low, centre, high) of each.

    Where a value bears several signs the plainest has the side. Of two trends that meet in one value it is that of
    the first.
    """
    found = [{} for _ in values]
    for at, (value, (low, _, high)) in enumerate(zip(values, limits, strict=True)):
        if value is not None and not low <= value <= high:
            found[at]["beyond a limit"] = 1 if value > high else -1
    for start in range(len(values) - 6):
        window = values[start : start + 7]
        if None in window:
            continue
        centres = [centre for _, centre, _ in limits[start : start + 7]]
        away = [value - centre for value, centre in zip(window, centres, strict=True)]
        steps = [after - before for before, after in zip(window, window[1:], strict=False)]
        for at in range(start, start + 7):
            note(found[at], "seven on one side", one_way(away))
            note(found[at], "seven rising or falling", one_way(steps))
    for at, side in near_a_limit(values, limits):
        found[at]["two of three near a limit"] = side
    return [(set(signs), side_of(signs)) for signs in found]


def one_way(numbers):
    """1 where all are above nought, -1 where all are below, else 0."""
    return 1 if all(one > 0 for one in numbers) else -1 if all(one < 0 for one in numbers) else 0


def note(signs, sign, side):
    if side and sign not in signs:
        signs[sign] = side


def side_of(signs):
    return next((signs[sign] for sign in PLAINEST_FIRST if sign in signs), 0)


def near_a_limit(values, limits):
    """Places among three on one side of the centre of which two lie in the last third before a limit, or beyond it."""
    never_below_nought = all(low >= 0 for low, _, _ in limits)
    for start in range(len(values) - 2):
        places = range(start, start + 3)
        if any(values[at] is None for at in places):
            continue
        for side in (1, -1):
            if not all(side * (values[at] - limits[at][1]) > 0 for at in places):
                continue
            near = [at for at in places if in_last_third(values[at], limits[at], side, never_below_nought)]
            if len(near) >= 2:
                yield from ((at, side) for at in near)


def in_last_third(value, limits, side, never_below_nought):
    low, centre, high = limits
    if side > 0:
        return value - centre > 2 / 3 * (high - centre)
    # A limit of nought, of what is never less, is none.
    return not (never_below_nought and low <= 0) and centre - value > 2 / 3 * (centre - low)


# Readings

READINGS = {
    ("neither", 1): "higher",
    ("neither", -1): "lower",
    ("higher", 1): "improving",
    ("higher", -1): "concerning",
    ("lower", 1): "concerning",
    ("lower", -1): "improving",
}


def variation(values, limits, better):
    """What the last value that is there bears, as good, bad or neither."""
    last = max(at for at, value in enumerate(values) if value is not None)
    _, side = signals(values, limits)[last]
    return READINGS.get((better, side), "no change")


def assurance(low, high, target, better):
    """Every value within the limits, in thousandths of the way: whether all of them meet the target, or none does."""
    values = [low + (high - low) * step / 1000 for step in range(1001)]
    met = [value >= target if better == "higher" else value <= target for value in values]
    return "meets the target" if all(met) else "hits and misses" if any(met) else "misses the target"
