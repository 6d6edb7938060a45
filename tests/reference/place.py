"""Place, hour and repeat once more, as naively as possible: plain loops over events, cells and pairs.

Nothing here may import numpy, scipy or the code under test.
"""

from datetime import UTC, datetime, timedelta
from math import floor, hypot, pi, sqrt
from zoneinfo import ZoneInfo

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


def gini(counts):
    """Half the mean difference between any two places, over the mean."""
    places, mean = len(counts), sum(counts) / len(counts)
    return sum(abs(one - other) for one in counts for other in counts) / (2 * places * places * mean)


def places_holding_half(counts):
    held = taken = 0
    for count in sorted(counts, reverse=True):
        held, taken = held + count, taken + 1
        if 2 * held >= sum(counts):
            return taken / len(counts)


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


def hours_by_the_minute(start, end):
    """Shares of the 168 hours, minute by minute of real time, of whole minutes."""
    shares = [0.0] * 168
    first = start.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    last = end.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    minutes = int((last - first).total_seconds() // 60)
    moments = [first + timedelta(minutes=minute) for minute in range(minutes)] or [first]
    for moment in moments:
        wall: datetime = moment.astimezone(LONDON)
        shares[wall.weekday() * 24 + wall.hour] += 1 / len(moments)
    return shares
