"""What a document's audience may know of estimates, before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from frankpledge.disclosure import Audience, treat_estimate, treat_parts, withhold
from frankpledge.model.estimate import Estimate

# Of which total that is printed an estimate is a part.
TotalOf = Callable[[Estimate], tuple[str, ...]]
# Indicator, area, period and part of a count.
Held = tuple[str, str, str, str]


def treat(
    estimates: Sequence[Estimate], audience: Audience, held_back: Collection[Held], total: TotalOf | None
) -> tuple[Estimate, ...]:
    """Estimates as an audience may know them, those that are held back withheld.

    Treated before anything is judged, ranked, ordered or shaded: a verdict, an order or a class made of exact counts
    would tell what the counts themselves must not.
    """
    treated = _treated(estimates, audience, total)
    return tuple(withhold(one, audience) if _key(one) in held_back else one for one in treated)


def by_period(estimate: Estimate) -> tuple[str, ...]:
    """The total that the parts of one period are parts of."""
    return (estimate.period,)


def _key(one: Estimate) -> Held:
    return one.indicator, one.area_code, one.period, one.part


def _treated(estimates: Sequence[Estimate], audience: Audience, total: TotalOf | None) -> list[Estimate]:
    if total is None:
        return [treat_estimate(one, audience) for one in estimates]
    parts: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(estimates):
        parts.setdefault(total(one), []).append(place)
    treated = list(estimates)
    for places in parts.values():
        together = treat_parts([estimates[place] for place in places], audience)
        for place, one in zip(places, together, strict=True):
            treated[place] = one
    return treated
