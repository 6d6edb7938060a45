"""Monthly series once more, as naively as possible: how far they scatter, how alike their months are, their season.

Plain Python: fits go on until nothing moves, covariances are added up pair by pair, smoothing is done point by point.
Nothing here may import numpy, scipy, statsmodels or the code under test.
"""

from math import factorial, log, prod, sqrt

from tests.reference.distributions import chi_squared_beyond, student_beyond
from tests.reference.series import excess, mean, median, spread_of_a_year
from tests.reference.statistics import bisect

# Scatter


def in_years(series):
    return [series[start : start + 12] for start in range(0, len(series), 12)]


def fitted_to_totals(counts, days):
    """Means that have every year's and every month of the year's total of the months there are."""
    years = in_years([(count, day) for count, day in zip(counts, days, strict=True)])
    level, season = [1.0] * len(years), [1.0] * 12
    for _ in range(400):
        for at, year in enumerate(years):
            there = [(count, day * season[m]) for m, (count, day) in enumerate(year) if count is not None]
            level[at] = ratio(there)
        for m in range(12):
            column = [(level[at], year[m]) for at, year in enumerate(years) if m < len(year)]
            season[m] = ratio([(count, day * of) for of, (count, day) in column if count is not None])
    return [level[at] * season[m] * day for at, year in enumerate(years) for m, (_, day) in enumerate(year)]


def ratio(pairs):
    below = sum(of for _, of in pairs)
    return sum(count for count, _ in pairs) / below if below else 0.0


def monthly_excesses(series, days, together):
    """Each area's own scatter, of which what is not chance is multiplied by what all areas say of likeness."""
    known = [scatter(counts, days) for counts in series]
    told = [one for one in known if one and one[2]]
    seen = sum(months * (alike - alike_of(0.0) / times) for times, alike, months in told)
    beyond = sum(months * (1 - 1 / times) for times, alike, months in told)
    gained = sum_of_alike(coefficient_of((seen + 250 * 0.29) / (beyond + 250)), together)
    return [one and 1 + (one[0] - 1) * gained for one in known]


def scatter(counts, days):
    """Excess, likeness of neighbours of one year, and months; nothing of less than two years."""
    if len(counts) - counts.count(None) < 24:
        return None
    expected = fitted_to_totals(counts, days)
    known = [None if of <= 0 else count for count, of in zip(counts, expected, strict=True)]
    places = [at for at, count in enumerate(known) if count is not None]
    fitted = len({at // 12 for at in places}) + len({at % 12 for at in places}) - 1
    left = [0.0 if count is None else (count - of) / sqrt(of) for count, of in zip(known, expected, strict=True)]
    squares = sum(one**2 for one in left)
    if squares == 0:
        return 1.0, 0.0, 0
    alike = sum(year[at] * year[at + 1] for year in in_years(left) for at in range(len(year) - 1)) / squares
    return excess(known, expected, fitted), alike, len(places)


def coefficient_of(alike):
    """The coefficient, from 0 to 0.8, whose residuals of a year are as alike as those seen."""
    if alike <= alike_of(0.0):
        return 0.0
    return 0.8 if alike >= alike_of(0.8) else bisect(lambda coefficient: alike_of(coefficient) - alike, 0.0, 0.8)


def alike_of(coefficient):
    """How alike neighbours are once their year's mean is off."""
    together = sum(left_over(coefficient, month, month + 1) for month in range(11))
    return together / sum(left_over(coefficient, month, month) for month in range(12))


def left_over(coefficient, one, other):
    """Covariance of two months less their year's mean, of an autoregression of the first order with variance one."""
    with_one = mean([coefficient ** abs(one - month) for month in range(12)])
    with_other = mean([coefficient ** abs(other - month) for month in range(12)])
    of_mean = mean([coefficient ** abs(a - b) for a in range(12) for b in range(12)])
    return coefficient ** abs(one - other) - with_one - with_other + of_mean


def sum_of_alike(coefficient, together):
    """Variance of a sum of so many months, over what it would be of independent ones that scatter as these seem to."""
    variance = sum(coefficient ** abs(a - b) for a in range(together) for b in range(together))
    seeming = sum(left_over(coefficient, month, month) for month in range(12)) / 11
    return variance / together / seeming


def year_end_excess(months, earlier):
    """Excess of the months of all years around each year's total, spread as earlier years were.

    A year of no events is nought by its total, and has no scatter to show.
    """
    spread = spread_of_a_year(earlier)
    counts, expected = [], []
    years = [year for year in (*earlier, months) if any(year)]
    for year in years:
        share = sum(spread[: len(year)])
        counts += year
        expected += [sum(year) * one / share for one in spread[: len(year)]]
    return excess(counts, expected, len(years) + (11 if earlier else 0))


# Levels and steps


def usual(differences):
    """Deviation about nought, from the median; of the squares themselves where most are nought."""
    return 1.4826 * median([abs(one) for one in differences]) or sqrt(mean([one**2 for one in differences]))


def penalty(roots):
    """What a level must save: four times log n variances of a month, more for months that are alike."""
    steps = [after - before for before, after in zip(roots, roots[1:], strict=False)]
    return 4 * log(len(roots)) * usual(steps) ** 2 / 2 * level_gain(steps)


def level_gain(steps):
    bound = 3 * 1.4826 * median([abs(one) for one in steps])
    if bound == 0:
        return 1.0
    held = [min(bound, max(-bound, one)) for one in steps]
    together = sum(one * other for one, other in zip(held, held[1:], strict=False)) / sum(one**2 for one in held)
    coefficient = min(0.8, max(0.0, 1 + 2 * together))
    # Of the long-run variance over that of a month, and of that over half a difference's.
    return (1 + coefficient) / (1 - coefficient) / (1 - coefficient)


def step_p_value(deviation, months, position, reach):
    others = [place for place in range(reach, months - reach + 1) if abs(place - position) >= 2 * reach]
    return student_beyond(abs(deviation), len(others) // reach - 1)


# Season: Cleveland and others (1990), with the windows that statsmodels takes for months


def detrended(values):
    """The series less its trend, by their procedure with robustness weights: 15 rounds about 2."""
    trend, season, trust = [0.0] * len(values), [0.0] * len(values), [1.0] * len(values)
    for _ in range(16):
        for _ in range(2):
            rough = cycles([value - low for value, low in zip(values, trend, strict=True)], trust)
            slow = loess(moving(moving(moving(rough, 12), 12), 3), 13)
            season = [one - other for one, other in zip(rough[12:-12], slow, strict=True)]
            trend = loess([value - part for value, part in zip(values, season, strict=True)], 23, trust)
        trust = robustness([v - t - s for v, t, s in zip(values, trend, season, strict=True)])
    rest = [v - t - s for v, t, s in zip(values, trend, season, strict=True)]
    return [value - low for value, low in zip(values, trend, strict=True)], season, rest


def cycles(values, trust):
    """Each month of the year smoothed over the years by itself, a year further at either end."""
    found = [0.0] * (len(values) + 24)
    for month in range(12):
        own, weights = values[month::12], trust[month::12]
        for year in range(-1, len(own) + 1):
            found[(year + 1) * 12 + month] = local_line(own, year, 7, weights)
    return found


def loess(values, span, trust=None):
    return [local_line(values, at, span, trust or [1.0] * len(values)) for at in range(len(values))]


def local_line(values, at, span, trust):
    """A line through the nearest values, weighed by the cube of the cube of their distance, read off at one place."""
    places = sorted(range(len(values)), key=lambda place: (abs(place - at), place))[:span]
    furthest = max(abs(place - at) for place in places)
    weights = {place: trust[place] * (1 - (abs(place - at) / furthest) ** 3) ** 3 for place in places}
    total = sum(weights.values())
    middle = sum(weight * place for place, weight in weights.items()) / total
    level = sum(weight * values[place] for place, weight in weights.items()) / total
    spread = sum(weight * (place - middle) ** 2 for place, weight in weights.items())
    slope = sum(weight * (place - middle) * values[place] for place, weight in weights.items()) / spread
    return level + slope * (at - middle)


def moving(values, span):
    return [mean(values[start : start + span]) for start in range(len(values) - span + 1)]


def robustness(rest):
    bound = 6 * median([abs(one) for one in rest])
    return [(1 - (one / bound) ** 2) ** 2 if abs(one) < bound else 0.0 for one in rest]


def alike_in_rank(groups):
    """Kruskal and Wallis's p-value, by ranks counted out one by one."""
    everything = [value for group in groups for value in group]
    number = len(everything)

    def rank(value):
        return sum(one < value for one in everything) + (sum(one == value for one in everything) + 1) / 2

    between = sum(len(group) * (mean([rank(one) for one in group]) - (number + 1) / 2) ** 2 for group in groups)
    within = sum((rank(one) - (number + 1) / 2) ** 2 for one in everything) / (number - 1)
    return chi_squared_beyond(between / within, len(groups) - 1)


def how_often_highest(values):
    """For each month of the year how often it is the highest, over all ways to draw the years with replacement."""
    years = in_years(values[: len(values) // 12 * 12])
    often = [0.0] * 12
    for times in every_draw(len(years), len(years)):
        ways = factorial(len(years)) / prod(factorial(one) for one in times) / len(years) ** len(years)
        means = [sum(one * year[month] for one, year in zip(times, years, strict=True)) for month in range(12)]
        often[means.index(max(means))] += ways
    return often


def every_draw(years, draws):
    """How many times each year is drawn, every way."""
    if years == 1:
        yield (draws,)
        return
    for first in range(draws + 1):
        for rest in every_draw(years - 1, draws - first):
            yield (first, *rest)
