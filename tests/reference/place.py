"""Place, hour and repeat once more, as naively as possible: plain loops over events, cells and pairs.

Nothing here may import numpy, scipy or the code under test.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import permutations, product
from math import floor, hypot, pi, sqrt
from zoneinfo import ZoneInfo

from tests.reference.distributions import gamma_below
from tests.reference.statistics import bisect

LONDON = ZoneInfo("Europe/London")


def neighbours(row, column, rows, columns, reach, inside):
    """The cells within reach, the cell itself among them."""
    for other_row in range(rows):
        for other_column in range(columns):
            if inside[other_row][other_column] and hypot(row - other_row, column - other_column) <= reach:
                yield other_row, other_column


def getis_ord(counts, reach, inside):
    """Gi* of every cell inside, by the formula as it is printed."""
    rows, columns = len(counts), len(counts[0])
    values = [counts[r][c] for r in range(rows) for c in range(columns) if inside[r][c]]
    number, mean = len(values), sum(values) / len(values)
    deviation = sqrt(sum(value * value for value in values) / number - mean * mean)
    found = {}
    for row in range(rows):
        for column in range(columns):
            if not inside[row][column]:
                continue
            near = list(neighbours(row, column, rows, columns, reach, inside))
            weight = len(near)
            spread = deviation * sqrt(max(0.0, (number * weight - weight * weight) / (number - 1)))
            total = sum(counts[r][c] for r, c in near)
            found[row, column] = (total - mean * weight) / spread if spread > 1e-12 else 0.0, total, weight
    return found


def drawn_at_least(values, number, total):
    """The probability that so many values drawn with replacement add up to so much or more, term by term."""
    chances = {0: 1.0}
    for _ in range(number):
        following = {}
        for so_far, chance in chances.items():
            for value in values:
                following[so_far + value] = following.get(so_far + value, 0.0) + chance / len(values)
        chances = following
    return sum(chance for reached, chance in chances.items() if reached >= total)


def density(points, at, bandwidth):
    """Events for each square kilometre at a place, event by event."""
    x, y = at
    total = 0.0
    for east, north in points:
        squared = ((east - x) ** 2 + (north - y) ** 2) / bandwidth**2
        total += 3 / pi / bandwidth**2 * (1 - squared) ** 2 if squared < 1 else 0.0
    return total * 1_000_000


def cells(points, west, south, cell, rows, columns):
    counted = [[0] * columns for _ in range(rows)]
    for east, north in points:
        row, column = floor((north - south) / cell), floor((east - west) / cell)
        if 0 <= row < rows and 0 <= column < columns:
            counted[row][column] += 1
    return counted


def over_whole_cells(points, cell):
    """The south-west corner, columns and rows of the least grid on multiples of its cell, line by line outwards."""

    def lines(metres):
        first = 0
        while first > min(metres):
            first -= cell
        while first + cell <= min(metres):
            first += cell
        number = 1
        while first + number * cell <= max(metres):
            number += 1
        return first, number

    (west, columns), (south, rows) = lines([east for east, _ in points]), lines([north for _, north in points])
    return west, south, columns, rows


def gini(counts):
    """Half the mean difference between any two places, over the mean."""
    places, mean = len(counts), sum(counts) / len(counts)
    return sum(abs(one - other) for one in counts for other in counts) / (2 * places * places * mean)


def gini_of_few(counts):
    """Gini's coefficient as a share of the way from events at a place each to all at one: Bernasco and Steenbeek."""
    alike = max(0.0, 1 - sum(counts) / len(counts))
    return (gini(counts) - alike) / (1 - alike)


def curve(counts):
    """The worst places first: what share of the events each number of them holds."""
    worst = sorted(counts, reverse=True)
    return [sum(worst[:number]) / sum(counts) for number in range(len(counts) + 1)]


def places_holding(counts, share=Fraction(1, 2)):
    held = taken = 0
    for count in sorted(counts, reverse=True):
        held, taken = held + count, taken + 1
        if held >= share * sum(counts):
            return taken / len(counts)


def dealt_out(events, places):
    """Mean and variance of the share of places that holds half, over every way to deal the events out."""
    found = []
    for where in product(range(places), repeat=events):
        found.append(places_holding([where.count(place) for place in range(places)]))
    mean = sum(found) / len(found)
    return mean, sum((one - mean) ** 2 for one in found) / len(found)


def became(hot, recent):
    """What one place has been, from whether it was hot in each period."""
    earlier, present = hot[:-recent], any(hot[-recent:])
    before = sum(earlier)
    if present and not before:
        return "new"
    if present:
        return "persistent" if Fraction(sum(hot), len(hot)) >= Fraction(4, 5) else "comes and goes"
    if not before:
        return "never hot"
    return "diminishing" if 2 * before >= len(earlier) else "gone"


def quotient(treated, buffer, control):
    """Bowers and Johnson's, in fractions; each area its events before and after."""

    def change(area):
        return Fraction(area[1], control[1]) - Fraction(area[0], control[0])

    return change(treated), change(buffer), change(buffer) / change(treated) if change(treated) < 0 else None


def prediction(hot, following):
    """PAI and PEI of one row of cells."""
    captured = sum(count for called, count in zip(hot, following, strict=True) if called)
    best = sum(sorted(following, reverse=True)[: sum(hot)])
    share = sum(hot) / len(hot)
    return captured / sum(following) / share, captured / best if best else None


def knox(points, days, metres, bands):
    """Pairs by band of distance and of days, every pair looked at."""
    table = [[0] * (len(bands) - 1) for _ in metres[1:]]
    for at, (x, y) in enumerate(points):
        for other in range(at):
            apart, between = hypot(x - points[other][0], y - points[other][1]), abs(days[at] - days[other])
            for row in range(len(metres) - 1):
                for column in range(len(bands) - 1):
                    within = metres[row] <= apart < metres[row + 1] and bands[column] <= between < bands[column + 1]
                    table[row][column] += within
    return table


def shuffled(points, days, metres, bands):
    """The table of pairs for every order of the dates."""
    return [knox(points, order, metres, bands) for order in permutations(days)]


def begins(wall):
    return wall.replace(tzinfo=LONDON, fold=0).astimezone(UTC)


def ends(wall):
    """The later of the two moments a clock may mean; in the hour that spring leaves out both ends are read alike."""
    return max(wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))


def hour_of_week(moment):
    wall: datetime = moment.astimezone(LONDON)
    return wall.weekday() * 24 + wall.hour


def week(events):
    """Weights, events, those of one time, those longer than a week, those that end first, those without a time, and
    the weights with each event at the middle of its span."""
    weights, middles = [0.0] * 168, [0.0] * 168
    events_in = single = long = turned = untimed = 0
    for start, end in events:
        if start is None and end is None:
            untimed += 1
            continue
        one_time = start is None or end is None
        first = begins(start or end)
        last = first if one_time else ends(end)
        if last < first:
            turned += 1
            continue
        events_in, single = events_in + 1, single + one_time
        if last - first >= timedelta(weeks=1):
            long += 1
            weights, middles = ([one + 1 / 168 for one in hours] for hours in (weights, middles))
            continue
        shares = hours_by_the_minute(first, last)
        weights = [one + share for one, share in zip(weights, shares, strict=True)]
        middles[hour_of_week(first + (last - first) / 2)] += 1
    return weights, (events_in, single, long, turned, untimed), middles


def hours_by_the_minute(first, last):
    """Shares of the 168 hours, minute by minute of real time, of whole minutes."""
    shares = [0.0] * 168
    minutes = int((last - first).total_seconds() // 60)
    moments = [first + timedelta(minutes=minute) for minute in range(minutes)] or [first]
    for moment in moments:
        shares[hour_of_week(moment)] += 1 / len(moments)
    return shares


def worth_limits(worth, confidence):
    """The means of which so much, or so little, would just be surprising, for whole events and parts of them."""
    tail, most = (1 - confidence) / 2, 10 * worth + 100
    low = bisect(lambda mean: gamma_below(worth, mean) - tail, 0, most) if worth else 0.0
    return low, bisect(lambda mean: gamma_below(worth + 1, mean) - (1 - tail), 0, most)
