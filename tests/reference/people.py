"""Shares, risk factors and groups once more, as naively as possible: person by person, and every blank filled in.

Nothing here may import numpy, scipy or the code under test.
"""

from fractions import Fraction

from tests.reference.distributions import chi_squared_beyond, discovered, hypergeometric

# Shares


def share_p_value(before, of_before, after, of_after):
    """Pearson's chi-squared, cell by cell, times (N - 1) / N."""
    total, having = of_before + of_after, before + after
    if having in (0, total):
        return 1.0
    squared = 0.0
    for count, of in ((before, of_before), (after, of_after)):
        for seen, expected in ((count, of * having / total), (of - count, of * (total - having) / total)):
            squared += (seen - expected) ** 2 / expected
    # Answers that scatter may be worth less than one in all, and then say nothing.
    return chi_squared_beyond(max(0.0, squared * (total - 1) / total), 1)


def worth(weights):
    """Answers of equal weight whose mean would vary as much as the weighted one: one over the sum of squared shares."""
    return 1 / sum((weight / sum(weights)) ** 2 for weight in weights)


def every_share(group, recorded, total):
    """The group's share among all, for every number of those not recorded that may belong to it."""
    return [(group + belonging) / total for belonging in range(total - recorded + 1)]


# Risk factors


def exact_p_value(having, of, others_having, others):
    """Fisher's: of all ways to draw so many people, those no likelier than the one seen, in whole numbers."""
    marked, total = having + others_having, of + others
    ways = {
        part: hypergeometric(part, of, marked, total)
        for part in range(max(0, of + marked - total), min(of, marked) + 1)
    }
    return float(Fraction(sum(way for way in ways.values() if way <= ways[having]), sum(ways.values())))


def factors_apart(people, some):
    """For each factor its numbers on both sides, and the exact test's p-value after discovery control."""
    found = []
    for factor in range(len(people[0])):
        numbers = {True: [0, 0], False: [0, 0]}
        for person, chosen in zip(people, some, strict=True):
            numbers[chosen][0] += person[factor]
            numbers[chosen][1] += 1
        found.append((*numbers[True], *numbers[False]))
    return list(zip(found, discovered([exact_p_value(*one) for one in found]), strict=True))


def with_so_many(people):
    """How many people have no, one, two ... factors."""
    return [sum(sum(person) == number for person in people) for number in range(len(people[0]) + 1)]


# Groups


def every_ratio(group, population, others, others_population, not_recorded):
    """The ratio of rates for every way to share those of no recorded group out; None where the other has nobody."""
    ratios = []
    for joining in range(not_recorded + 1):
        these, those = group + joining, others + not_recorded - joining
        ratios.append(float(Fraction(these, population) / Fraction(those, others_population)) if those else None)
    return ratios
