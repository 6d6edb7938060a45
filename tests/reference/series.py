"""Scatter, series and areas once more, as naively as possible.

Plain Python: probabilities added up term by term, every way tried out. Nothing here may import numpy, scipy or the
code under test.
"""

from itertools import combinations
from math import exp, lgamma, log, sqrt

from tests.reference.statistics import bisect, normal_deviate


def mean(values):
    return sum(values) / len(values)


def variance(values):
    return sum((value - mean(values)) ** 2 for value in values) / (len(values) - 1)


# Scatter


def excess(counts, expected, fitted):
    pairs = [(count, of) for count, of in zip(counts, expected, strict=True) if count is not None]
    freedom = len(pairs) - fitted
    if freedom < 1 or not any(count for count, _ in pairs):
        return 1.0
    return max(1.0, sum((count - of) ** 2 / of for count, of in pairs) / freedom)


def log_beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def log_choose(total, part):
    return lgamma(total + 1) - lgamma(part + 1) - lgamma(total - part + 1)


def scattered_p_value(before, after, exposure_before, exposure_after, excess):
    """Of all ways to split the total, those no likelier than the one seen."""
    total, share = before + after, exposure_after / (exposure_before + exposure_after)
    a, b = total * share / (excess - 1), total * (1 - share) / (excess - 1)
    chances = [
        exp(log_choose(total, part) + log_beta(part + a, total - part + b) - log_beta(a, b))
        for part in range(total + 1)
    ]
    return min(1.0, sum(chance for chance in chances if chance <= chances[after] * (1 + 1e-7)))


def negative_binomial_quantile(mean, excess, tail):
    """The least count with at least so much probability at or below it."""
    size, success = mean / (excess - 1), 1 / excess
    count = reached = 0
    while True:
        term = lgamma(count + size) - lgamma(size) - lgamma(count + 1) + size * log(success)
        reached += exp(term + count * log(1 - success))
        if reached >= tail - 1e-12:
            return count
        count += 1


# Shares


def newcombe(part, whole, other, other_whole, confidence):
    """The interval of the second share less the first, from Wilson's limits found by bisection."""
    deviate = normal_deviate((1 - confidence) / 2)

    def limits(count, of):
        share = count / of

        def beyond(limit, side):
            return side * (limit - share) / sqrt(limit * (1 - limit) / of) - deviate if 0 < limit < 1 else -deviate

        low = 0.0 if count == 0 else bisect(lambda limit: -beyond(limit, -1), 1e-15, share)
        high = 1.0 if count == of else bisect(lambda limit: beyond(limit, 1), share, 1 - 1e-15)
        return share, low, high

    (first, first_low, first_high), (second, second_low, second_high) = limits(part, whole), limits(other, other_whole)
    below = sqrt((second - second_low) ** 2 + (first_high - first) ** 2)
    above = sqrt((second_high - second) ** 2 + (first - first_low) ** 2)
    return second - first - below, second - first + above


# Series


def strength(season, rest):
    both = variance([a + b for a, b in zip(season, rest, strict=True)])
    return max(0.0, 1 - variance(rest) / both) if both > 0 else 0.0


def best_division(values, least, penalty):
    """The first places of levels that cost least, every set of places tried."""

    def cost(part):
        return sum((value - mean(part)) ** 2 for value in part)

    places = range(least, len(values) - least + 1)
    found = (cost(values), ())
    for number in range(1, len(values) // least):
        for chosen in combinations(places, number):
            edges = [0, *chosen, len(values)]
            if min(b - a for a, b in zip(edges, edges[1:], strict=False)) < least:
                continue
            total = sum(cost(values[a:b]) for a, b in zip(edges, edges[1:], strict=False)) + penalty * number
            found = min(found, (total, chosen))
    return list(found[1])


# Areas


def shrunk(counts, exposures):
    """Every spread and mean tried in turn, each with its likelihood, term by term."""
    overall = sum(counts) / sum(exposures)
    tried = []
    for step in range(60):
        spread = 0.02 + step * (2.0 - 0.02) / 59
        deviation = sqrt(1 / sum(counts) + spread**2 / len(counts))
        for place in range(9):
            centre = overall * exp((-3 + place * 0.75) * deviation)
            shape = 1 / spread**2
            rate = shape / centre
            score = log(deviation)
            for count, exposure in zip(counts, exposures, strict=True):
                score += lgamma(shape + count) - lgamma(shape)
                score += shape * log(rate / (rate + exposure)) + count * log(exposure / (rate + exposure))
            tried.append((score, shape, rate))
    best = max(score for score, _, _ in tried)
    weights = [exp(score - best) for score, _, _ in tried]
    return [
        sum(
            weight * (shape + count) / (rate + exposure)
            for weight, (_, shape, rate) in zip(weights, tried, strict=True)
        )
        / sum(weights)
        for count, exposure in zip(counts, exposures, strict=True)
    ]


def funnel_limits(overall, exposure, excess, confidence):
    """The rates whose distance is just so many deviations, by bisection."""
    deviate = normal_deviate((1 - confidence) / 2)

    def beyond(rate, side):
        distance = 2 * (sqrt(rate * exposure) - sqrt(overall * exposure)) / sqrt(excess)
        return side * distance - deviate

    low = bisect(lambda rate: -beyond(rate, -1), 0, overall) if beyond(0, -1) > 0 else 0.0
    return low, bisect(lambda rate: beyond(rate, 1), overall, overall * 1000 + 1000)


def nearest(table, position, number):
    """Areas by the distance of their shares in each column, share by share."""

    def share(column, row):
        below = sum(other[column] < table[row][column] for other in table)
        alike = sum(other[column] == table[row][column] for other in table)
        return (below + alike / 2) / len(table)

    columns = range(len(table[0]))
    distances = [
        sqrt(sum((share(column, row) - share(column, position)) ** 2 for column in columns) / (len(columns) / 6))
        for row in range(len(table))
    ]
    others = sorted((distance, row) for row, distance in enumerate(distances) if row != position)
    return others[:number]


# Years, steps, harm, people


def spread_of_a_year(earlier):
    months = [1 + sum(year[month] for year in earlier) for month in range(12)]
    return [month / sum(months) for month in months]


def year_end(months, earlier, excess, confidence):
    """Expected total and limits, quantile by quantile."""
    spread = spread_of_a_year(earlier)
    so_far, done = sum(months), sum(spread[: len(months)])
    ahead = 1 - done
    variance = excess * (1 + 1 / len(earlier) if earlier else 1) * (1 + ahead / done)
    level, tail = max(so_far, 0.5) * ahead / done, (1 - confidence) / 2
    low, high = (negative_binomial_quantile(level, variance, at) for at in (tail, 1 - tail))
    return so_far + so_far * ahead / done, so_far + low, so_far + high


def step(counts, position, reach):
    """The step at a place and how many usual steps it is, every other place worked out one by one."""

    def level(start, end):
        return sum(count / 30 for count in counts[start:end]) / reach + 0.5 / (30 * reach)

    places = range(reach, len(counts) - reach + 1)
    steps = {place: log(level(place, place + reach)) - log(level(place - reach, place)) for place in places}
    others = [place for place in places if abs(place - position) >= 2 * reach]
    of_month = {month: [steps[place] for place in others if place % 12 == month] for month in range(12)}
    beyond = [steps[place] - mean(of_month[place % 12]) for place in others]
    here = steps[position] - (mean(of_month[position % 12]) if of_month[position % 12] else 0.0)
    years = max(len(of_month[position % 12]), 1)
    usual = 1.4826 * median([abs(one) for one in beyond])
    return exp(here), here / (usual * sqrt((1 + 1 / years) / (1 - 1 / max(years, 2))))


def median(values):
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def harm(counts, weights, limits):
    """Value and limits of a weighed sum, each offence's own limits handed in."""
    value = sum(counts[one] * weights[one] for one in counts)
    below = sum((weights[one] * (counts[one] - limits[one][0])) ** 2 for one in counts)
    above = sum((weights[one] * (limits[one][1] - counts[one])) ** 2 for one in counts)
    return value, max(0.0, value - sqrt(below)), value + sqrt(above)


def followed(people, known_until, days):
    """People, those who offended again, and those not followed long enough; dates as numbers of days."""
    whole = again = 0
    for begun, offence in people:
        if begun + days <= known_until:
            whole += 1
            again += offence is not None and offence - begun <= days
    return whole, again, len(people) - whole


def displacement(pairs):
    """Value and variance of a weighted difference. Pairs: (before, after, years before, years after, size, sign)."""
    value = variance = 0.0
    for before, after, years_before, years_after, size, sign in pairs:
        value += sign * (after / years_after / size - before / years_before / size)
        variance += after / (years_after * size) ** 2 + before / (years_before * size) ** 2
    return value, variance


def share_excess(parts, wholes):
    """Pearson's chi-squared of shares around their year's, over months less years."""
    total, told, years = 0.0, 0, 0
    for start in range(0, len(parts), 12):
        months = list(zip(parts[start : start + 12], wholes[start : start + 12], strict=True))
        share = sum(part for part, _ in months) / sum(whole for _, whole in months)
        if not 0 < share < 1:
            continue
        years += 1
        for part, whole in months:
            told += 1
            total += (part - whole * share) ** 2 / (whole * share * (1 - share))
    return max(1.0, total / (told - years)) if told > years else 1.0
