"""The statistics once more, as naively as possible, to compare `frankpledge.statistics` with.

Plain Python: probabilities are added up term by term and equations solved by bisection. Slow, and only for
the moderate numbers of a test. Nothing here may import numpy, scipy or the code under test.
"""

from math import comb, erf, erfc, exp, gamma, inf, lgamma, log, sqrt


def bisect(function, low, high):
    """Where a rising function crosses zero between two arguments."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def normal_deviate(tail):
    return bisect(lambda deviate: tail - erfc(deviate / sqrt(2)) / 2, 0, 40)


# Counts and proportions


def poisson_probability(count, mean):
    return exp(count * log(mean) - mean - lgamma(count + 1))


def poisson_at_most(count, mean):
    return sum(poisson_probability(number, mean) for number in range(count + 1))


def exact_poisson_limits(count, confidence):
    """The means at which so many events, or so few, would just be surprising."""
    tail = (1 - confidence) / 2
    most = 10 * count + 100
    low = bisect(lambda mean: 1 - poisson_at_most(count - 1, mean) - tail, 1e-12, most) if count else 0.0
    high = bisect(lambda mean: tail - poisson_at_most(count, mean), 1e-12, most)
    return low, high


def cube_root_limits(count, confidence):
    """The exact limits with Wilson and Hilferty's cube in place of each chi-squared quantile."""
    deviate = normal_deviate((1 - confidence) / 2)
    return half_chi_squared(2 * count, -deviate), half_chi_squared(2 * count + 2, deviate)


def half_chi_squared(freedom, deviate):
    variance = 2 / (9 * freedom)
    return freedom / 2 * (1 - variance + deviate * sqrt(variance)) ** 3


def count_limits(count, confidence):
    return exact_poisson_limits(count, confidence) if count < 10 else cube_root_limits(count, confidence)


def standardised(counts, exposures, standard, confidence):
    """The standardised rate and its limits, age by age; the variance is of each age's count by itself."""
    rate = variance = 0.0
    for count, exposure, weight in zip(counts, exposures, standard, strict=True):
        share = weight / sum(standard)
        rate += share * count / exposure
        variance += (share / exposure) ** 2 * count
    low, high = count_limits(sum(counts), confidence)
    scale = sqrt(variance / sum(counts))
    return rate, rate - scale * (sum(counts) - low), rate + scale * (high - sum(counts))


def score_limits(count, of, confidence):
    """The proportions from which the one seen is just so many of their own standard errors away."""
    deviate, seen = normal_deviate((1 - confidence) / 2), count / of

    def surplus(proportion):
        return proportion - seen - deviate * sqrt(proportion * (1 - proportion) / of)

    def shortfall(proportion):
        return proportion - seen + deviate * sqrt(proportion * (1 - proportion) / of)

    high = bisect(surplus, seen, 1) if count < of else 1.0
    low = bisect(shortfall, 0, seen) if count else 0.0
    return low, high


# Change


def conditional_p_value(before, after, exposure_before, exposure_after):
    """In whole numbers until the last division; exposures must be integers."""
    total = before + after
    weights = [comb(total, k) * exposure_after**k * exposure_before ** (total - k) for k in range(total + 1)]
    return sum(weight for weight in weights if weight <= weights[after]) / sum(weights)


def conditional_p_value_of_many(before, after):
    """For equal exposures and counts too great for that, walking outwards from the likeliest outcome.

    Probabilities are relative to the likeliest, and those below 1e-30 of it are left out.
    """
    total = before + after
    middle = total // 2
    relative = {middle: 1.0}
    for step in (1, -1):
        k = middle
        while relative[k] > 1e-30:
            ratio = (total - k) / (k + 1) if step == 1 else k / (total - k + 1)
            relative[k + step] = relative[k] * ratio
            k += step
    seen = relative[after] * (1 + 1e-9)
    return sum(weight for weight in relative.values() if weight <= seen) / sum(relative.values())


def binomial_at_least(count, total, share):
    return sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))


def ratio_limits(before, after, exposure_before, exposure_after, confidence):
    """Clopper and Pearson's limits of the later share of all events, as a ratio of rates."""
    tail, total = (1 - confidence) / 2, before + after
    low = high = None
    if after:
        low = bisect(lambda share: binomial_at_least(after, total, share) - tail, 0, 1)
    if before:
        high = bisect(lambda share: binomial_at_least(after + 1, total, share) - (1 - tail), 0, 1)
    relative = exposure_before / exposure_after
    return relative * low / (1 - low) if after else 0.0, relative * high / (1 - high) if before else inf


# Ranks


def observed_ranks(counts, exposures):
    """One more than the areas with a lower rate, comparing rates as whole-number cross products."""
    areas = list(zip(counts, exposures, strict=True))
    return [1 + sum(c * exposure < count * e for c, e in areas) for count, exposure in areas]


def rate_below(rate, count, exposure):
    """Probability that the underlying rate, Gamma(count + 1/2, 1/exposure), is below a given one."""
    argument = rate * exposure
    terms = (argument ** (k + 0.5) * exp(-argument) / gamma(k + 1.5) for k in range(count))
    return min(1.0, max(0.0, erf(sqrt(argument)) - sum(terms)))


def rank_probabilities(area, counts, exposures, steps=400):
    """Probability of each rank of one area, by adding up over slices of its own possible rates."""
    others = [pair for other, pair in enumerate(zip(counts, exposures, strict=True)) if other != area]
    highest = (counts[area] + 10 + 8 * sqrt(counts[area] + 1)) / exposures[area]
    probabilities = [0.0] * len(counts)
    for step in range(steps):
        start, end = highest * (step / steps) ** 2, highest * ((step + 1) / steps) ** 2
        own = [rate_below(rate, counts[area], exposures[area]) for rate in (start, end)]
        below = [rate_below((start + end) / 2, *other) for other in others]
        for lower, probability in enumerate(numbers_lower(below)):
            probabilities[lower] += (own[1] - own[0]) * probability
    return probabilities


def numbers_lower(below):
    """Probability that none, one, two ... of several independent events happen."""
    probabilities = [1.0]
    for chance in below:
        happens = [0.0, *(probability * chance for probability in probabilities)]
        not_so = [*(probability * (1 - chance) for probability in probabilities), 0.0]
        probabilities = [first + second for first, second in zip(happens, not_so, strict=True)]
    return probabilities


def rank_quantile(probabilities, level):
    reached = 0.0
    for rank, probability in enumerate(probabilities, start=1):
        reached += probability
        if reached >= level:
            return rank
    return len(probabilities)


# Trend


def rolling_sums(values, window):
    totals = []
    for position in range(len(values)):
        total = 0
        for earlier in range(position - window + 1, position + 1):
            if total is not None:
                total = None if earlier < 0 or values[earlier] is None else total + values[earlier]
        totals.append(total)
    return totals


def expected_counts(values, days):
    count = length = 0
    for value, day in zip(values, days, strict=True):
        if value is not None:
            count, length = count + value, length + day
    return [count * day / length for day in days]


def variance_multiplier(values, expected):
    present = [position for position, value in enumerate(values) if value is not None]
    if len(present) == 1 or sum(values[position] for position in present) == 0:
        return 1.0
    chi_squared = 0.0
    for position in present:
        chi_squared += (values[position] - expected[position]) ** 2 / expected[position]
    return max(1.0, chi_squared / (len(present) - 1))


def chance_quantile(level, mean, multiplier):
    """The smallest count whose cumulative probability reaches a level, adding up from no events."""
    if mean == 0:
        return 0
    size = mean / (multiplier - 1) if multiplier > 1 else inf
    probability = exp(-size * log(multiplier)) if multiplier > 1 else exp(-mean)
    count, reached = 0, probability
    while reached < level:
        step = (count + size) * (multiplier - 1) / multiplier if multiplier > 1 else mean
        count += 1
        probability *= step / count
        reached += probability
    return count
