"""Sharing a whole number out so that the parts add up to it, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from frankpledge.example.timeline import Numbers, Whole


def share_out(total: int, weights: Sequence[float] | Numbers) -> Whole:
    """Whole parts of a total, as near to the weights as can be: the largest remainders are rounded up.

    >>> share_out(10, [1, 1, 1]).tolist()
    [4, 3, 3]
    """
    assert total >= 0, f"{total} cannot be shared out"
    scaled: Numbers = np.array(weights, dtype=np.float64)
    scaled *= total / scaled.sum()
    parts: Whole = np.floor(scaled).astype(np.int64)
    # A stable sort, so that equal remainders always fall the same way.
    largest = np.argsort(parts - scaled, kind="stable")[: total - int(parts.sum())]
    parts[largest] += 1
    return parts


def fit(levels: Mapping[str, float], sums: Iterable[tuple[Sequence[str], int]]) -> dict[str, int]:
    """Whole numbers near the levels that satisfy every sum, the inner sums given before the outer."""
    fixed: dict[str, int] = {}
    for names, total in sums:
        free = [name for name in names if name not in fixed]
        rest = total - sum(fixed.get(name, 0) for name in names)
        if not free:
            assert rest == 0, f"{names} are fixed and do not add up to {total}"
            continue
        fixed.update(zip(free, share_out(rest, [levels[name] for name in free]).tolist(), strict=True))
    return {name: fixed[name] if name in fixed else round(level) for name, level in levels.items()}


def near_with_share(near: int, percent: float) -> int:
    """The whole number nearest to `near` of which a whole part is printed as this percentage."""
    return min(
        range(max(2, near - 9), near + 10),
        key=lambda whole: (round(100 * round(whole * percent / 100) / whole) != percent, abs(whole - near)),
    )


def near_with_change(near: int, percent: float) -> tuple[int, int]:
    """Two whole numbers, the first nearest to `near`, of which the second is printed as so much per cent more."""
    pairs = ((before, round(before * (1 + percent / 100))) for before in range(max(2, near - 60), near + 61))
    return min(pairs, key=lambda pair: (round(100 * (pair[1] - pair[0]) / pair[0], 1) != percent, abs(pair[0] - near)))


def over_months(rng: np.random.Generator, annual: Whole, weights: Numbers) -> Whole:
    """Yearly totals, last axis, drawn over the months of each year by weight."""
    by_year = weights.reshape(*weights.shape[:-1], -1, 12)
    chances = by_year / by_year.sum(axis=-1, keepdims=True)
    drawn = rng.multinomial(annual, chances)
    return np.asarray(drawn.reshape(weights.shape))


def hold_month(rng: np.random.Generator, months: Whole, weights: Numbers, month: int, count: int) -> None:
    """Set one month of one series and draw the rest of its year again, its total unchanged."""
    start = month - month % 12
    year = slice(start, start + 12)
    chances = weights[year].copy()
    chances[month - start] = 0
    months[year] = rng.multinomial(int(months[year].sum()) - count, chances / chances.sum())
    months[month] = count
