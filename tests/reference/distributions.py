"""Probabilities of the usual distributions, added up term by term, for the second implementations that need them.

Nothing here may import numpy, scipy or the code under test.
"""

from math import atan, comb, erf, erfc, exp, gamma, lgamma, log, pi, sqrt


def normal_beyond(deviate):
    return erfc(deviate / sqrt(2)) / 2


def chi_squared_beyond(statistic, freedom):
    """Probability of so much or more: Abramowitz and Stegun, 26.4.4 and 26.4.5."""
    half = statistic / 2
    if freedom % 2 == 0:
        return exp(-half) * sum(half**k / gamma(k + 1) for k in range(freedom // 2))
    return erfc(sqrt(half)) + exp(-half) * sum(half ** (k + 0.5) / gamma(k + 1.5) for k in range(freedom // 2))


def student_beyond(times, freedom):
    """Probability of so far from nought or further, on either side: Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = atan(times / sqrt(freedom))
    cosine, sine = sqrt(freedom) / sqrt(freedom + times**2), times / sqrt(freedom + times**2)
    term, total = (cosine, 0.0) if freedom % 2 else (1.0, 0.0)
    first = 1 if freedom % 2 else 0
    for power in range(first, freedom - 1, 2):
        total += term
        term *= cosine**2 * (power + 1) / (power + 2)
    within = 2 / pi * (angle + sine * total) if freedom % 2 else sine * total
    return 1 - within


def gamma_below(shape, argument):
    """Probability that what is gamma distributed, with a rate of one, lies below: the series of 6.5.29."""
    if argument <= 0:
        return 0.0
    term = total = 1 / shape
    divisor = shape
    while term > 1e-17 * total:
        divisor += 1
        term *= argument / divisor
        total += term
    return min(1.0, total * exp(shape * log(argument) - argument - lgamma(shape)))


def beta_below(a, b, share):
    """Probability that a beta distributed share lies below: the series of 26.5.4, from the nearer end."""
    if share <= 0 or share >= 1:
        return float(share >= 1)
    if share > 0.5:
        return 1 - beta_below(b, a, 1 - share)
    term = total = 1 / a
    step = 0
    while term > 1e-17 * total:
        term *= share * (a + b + step) / (a + 1 + step)
        step += 1
        total += term
    front = a * log(share) + b * log(1 - share) + lgamma(a + b) - lgamma(a) - lgamma(b)
    return min(1.0, total * exp(front))


def hypergeometric(part, drawn, marked, total):
    """Ways in whole numbers in which so many of those drawn are marked."""
    return comb(marked, part) * comb(total - marked, drawn - part)


def squares_of_normal_pulled_in(reach):
    """Mean square of a normal deviate of which what lies beyond a reach is pulled in to it."""
    within = erf(reach / sqrt(2)) - 2 * reach * exp(-(reach**2) / 2) / sqrt(2 * pi)
    return within + reach**2 * erfc(reach / sqrt(2))


def discovered(p_values):
    """Benjamini and Hochberg's step-up: the least level at which each would be called, every level tried."""
    number = len(p_values)
    levels = [p * number / sum(other <= p for other in p_values) for p in p_values]
    return [min(1.0, *(level for level, other in zip(levels, p_values, strict=True) if other >= p)) for p in p_values]
