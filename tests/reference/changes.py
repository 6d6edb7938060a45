"""Tests of change, areas beside each other and figures that are ranges once more, as naively as possible.

Nothing here may import numpy, scipy or the code under test.
"""

from math import exp, floor, inf, lgamma, log, sqrt

from tests.reference.distributions import (
    beta_below,
    gamma_below,
    normal_beyond,
    squares_of_normal_pulled_in,
    student_beyond,
)
from tests.reference.series import excess as excess_of
from tests.reference.series import mean
from tests.reference.statistics import bisect, conditional_p_value, count_limits, normal_deviate, poisson_probability

# Change


def e_test(before, after, exposure_before, exposure_after, slack):
    """Krishnamoorthy and Thomson's: pairs of counts as far apart as those seen or further, with their probability."""
    pooled = (before + after) / (exposure_before + exposure_after)

    def apart(one, other):
        """Of the difference of rates, in its own standard errors."""
        variance = one / exposure_before**2 + other / exposure_after**2
        return abs(other / exposure_after - one / exposure_before) / sqrt(variance) if variance else 0.0

    seen, total = apart(before, after) * (1 + slack), 0.0
    first, second = (likely(pooled * exposure) for exposure in (exposure_before, exposure_after))
    for one, chance in first.items():
        total += sum(chance * other_chance for other, other_chance in second.items() if apart(one, other) >= seen)
    return total


def likely(mean):
    most = int(mean + 10 * sqrt(mean) + 20)
    return {count: poisson_probability(count, mean) for count in range(most)}


def rate_difference(before, after, exposure_before, exposure_after, excess, confidence):
    """Zou and Donner's limits, from those of the two counts."""
    (low, high), (later_low, later_high) = (count_limits(count, confidence) for count in (before, after))
    difference = after / exposure_after - before / exposure_before
    below = ((after - later_low) / exposure_after) ** 2 + ((high - before) / exposure_before) ** 2
    above = ((later_high - after) / exposure_after) ** 2 + ((before - low) / exposure_before) ** 2
    return difference, difference - sqrt(excess * below), difference + sqrt(excess * above)


def scattered_ratio_limits(before, after, exposure_before, exposure_after, confidence, excess):
    """Clopper and Pearson's of counts that are worth so many fewer."""
    a, b, tail = after / excess, before / excess, (1 - confidence) / 2
    relative = exposure_before / exposure_after
    low = bisect(lambda share: beta_below(a, b + 1, share) - tail, 0, 1) if after else 0.0
    # Of the earlier share, which a limit that is nearly one leaves whole.
    rest = bisect(lambda share: beta_below(b, a + 1, share) - tail, 0, 1) if before else 0.0
    return relative * low / (1 - low), relative * (1 - rest) / rest if before else inf


def p_value_against_years(earlier, after, exposures, exposure_after):
    """The larger of what chance gives, and what years that scatter as these do."""
    before, at_risk = sum(earlier), sum(exposures)
    by_chance = conditional_p_value(before, after, at_risk, exposure_after) if before + after else 1.0
    scatter = excess_of(earlier, [before * exposure / at_risk for exposure in exposures], 1) if before else 1.0
    if scatter <= 1:
        return by_chance
    usual = before * exposure_after / at_risk
    variance = scatter * usual + scatter * usual * exposure_after / at_risk
    return max(by_chance, student_beyond(abs(after - usual) / sqrt(variance), len(earlier) - 1))


# Areas


def funnel_excess(distances):
    """Mean square of distances with the tenth at either end pulled in, over that of a normal distribution."""
    low, high = quantile(distances, 0.1), quantile(distances, 0.9)
    pulled_in = [min(high, max(low, distance)) for distance in distances]
    return max(1.0, mean([one**2 for one in pulled_in]) / squares_of_normal_pulled_in(normal_deviate(0.1)))


def quantile(values, share):
    """Between the two ordered values on either side, as far along as the share is."""
    ordered, place = sorted(values), share * (len(values) - 1)
    below = min(floor(place), len(values) - 2)
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def deviations(counts, exposures):
    """Distance of each area from the overall rate on the square-root scale, and its two-sided p-value."""
    overall = sum(counts) / sum(exposures)
    distances = [2 * (sqrt(count) - sqrt(overall * at_risk)) for count, at_risk in zip(counts, exposures, strict=True)]
    scale = sqrt(funnel_excess(distances))
    return [(distance / scale, 2 * normal_beyond(abs(distance) / scale)) for distance in distances]


def shrunk_below(counts, exposures, area, rate):
    """Probability that an area's underlying rate lies below, over every spread and mean that the counts allow."""
    overall, total, scores = sum(counts) / sum(exposures), sum(counts), []
    for step in range(60):
        spread = 0.02 + step * 1.98 / 59
        deviation = sqrt(1 / total + spread**2 / len(counts))
        for place in range(9):
            shape = 1 / spread**2
            per = shape / (overall * exp((place - 4) * 0.75 * deviation))
            score = log(deviation)
            for count, exposure in zip(counts, exposures, strict=True):
                score += lgamma(shape + count) - lgamma(shape)
                score += shape * log(per / (per + exposure)) + count * log(exposure / (per + exposure))
            scores.append((score, shape, per))
    best = max(score for score, _, _ in scores)
    likely_ones = [(exp(score - best), shape, per) for score, shape, per in scores if score > best - 16]
    reached = sum(
        weight * gamma_below(shape + counts[area], (per + exposures[area]) * rate) for weight, shape, per in likely_ones
    )
    return reached / sum(weight for weight, _, _ in likely_ones)


def in_one_order(one, other):
    """Spearman's: how far two lists put the same things in one order, by ranks counted out."""

    def ranks(values):
        return [sum(a < value for a in values) + (sum(a == value for a in values) + 1) / 2 for value in values]

    first, second = ranks(one), ranks(other)
    middle = (len(one) + 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    return together / sqrt(sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second))


# Figures that are ranges


def shown_as(count, base):
    """Every multiple of a base that a count may be shown as."""
    near = [shown for shown in (count // base * base, count // base * base + base) if 2 * abs(shown - count) <= base]
    return set(near)


def may_be(shown, base):
    """Every count that may be shown so."""
    return [count for count in range(shown + base + 1) if shown in shown_as(count, base)]


def may_be_of_the_nhs(shown):
    """The rule in words: 1 to 7 are shown as 5, all others to the nearest 5."""
    return [count for count in range(shown + 6) if shown == (5 if 1 <= count <= 7 else (count + 2) // 5 * 5)]
