"""The gate between what we know and what we may show.

Renderers accept `Released` values only, and only `release` and `release_estimates` here make them,
for a named audience. Open data is not suppressed again: what its publisher put out is out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from frankpledge.disclosure.protection import protect_table
from frankpledge.model.document import (
    Block,
    BulletList,
    Chart,
    Document,
    Line,
    Map,
    Note,
    Paragraph,
    QuickFacts,
    Runs,
    Table,
)
from frankpledge.model.estimate import Estimate, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.statistics.rates import proportion_interval, rate_interval

T = TypeVar("T")


class Audience(StrEnum):
    """Who will read it."""

    BOARD = "board"
    PARTNERS = "partners"
    PUBLIC = "public"


@dataclass(frozen=True)
class Policy:
    """What a source allows to be shown to each audience.

    Attributes
    ----------
    threshold
        Smallest count above nought that may be shown, by audience.
    rounding
        Counts are rounded to the nearest multiple, by audience; 1 leaves them.
    """

    slug: str
    threshold: dict[Audience, int]
    rounding: dict[Audience, int]


# Board members see what the partnership holds; partners a count of three or more; the public the
# threshold and rounding that health and ONS local statistics use (five, to the nearest five).
OPEN, PARTNERS_RECORDS = "open", "partners-records"
POLICIES = {
    OPEN: Policy(OPEN, dict.fromkeys(Audience, 0), dict.fromkeys(Audience, 1)),
    PARTNERS_RECORDS: Policy(
        PARTNERS_RECORDS,
        {Audience.BOARD: 0, Audience.PARTNERS: 3, Audience.PUBLIC: 5},
        {Audience.BOARD: 1, Audience.PARTNERS: 1, Audience.PUBLIC: 5},
    ),
}

_KEY = object()


class Released(Generic[T]):
    """A value that has passed the gate, with the audience it was released to."""

    def __init__(self, value: T, audience: Audience, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only frankpledge.disclosure makes a Released value")
        self.value = value
        self.audience = audience


def release(document: Document, audience: Audience) -> Released[Document]:
    """Treat every figure of a document for an audience."""
    blocks = tuple(_treat_block(block, audience) for block in document.blocks)
    return Released(replace(document, blocks=blocks), audience, _KEY)


def release_estimates(estimates: Iterable[Estimate], audience: Audience) -> Released[tuple[Estimate, ...]]:
    """Treat a list of estimates for an audience."""
    return Released(tuple(treat_estimate(one, audience) for one in estimates), audience, _KEY)


def treat_parts(parts: Sequence[Estimate], audience: Audience) -> tuple[Estimate, ...]:
    """Treat estimates whose total is published beside them: the wards of an area, the months of a year.

    Parameters
    ----------
    parts
        Of one series. Where one is missing, readers cannot subtract, and each is treated by itself.

    Returns
    -------
    tuple of Estimate
        In the order given. Beside a count that is withheld for being small others are withheld, so that the total less
        the rest gives nothing back; both carry the same words, or the words would give it away.
    """
    treated = tuple(treat_estimate(one, audience) for one in parts)
    counts = [one.numerator for one in parts if one.numerator is not None]
    if not 1 < len(parts) == len(counts) or not any(_is_withheld(one) for one in treated):
        return treated
    least = POLICIES[parts[0].policy].threshold[audience]
    beside = protect_table(counts, least, already_public=[False] * len(parts) + [True]).secondary[: len(parts)]
    return tuple(
        withhold(one, audience) if withheld and not _is_withheld(seen) else seen
        for one, seen, withheld in zip(parts, treated, beside.tolist(), strict=True)
    )


def treat_estimate(estimate: Estimate, audience: Audience) -> Estimate:
    """Withhold or round one estimate as its source's policy asks."""
    policy = POLICIES[estimate.policy]
    count = estimate.numerator
    if count is None:
        return estimate
    least = policy.threshold[audience]
    if any(0 < one < least for one in _given_away(estimate, count)):
        return withhold(estimate, audience)
    return _rounded(estimate, count, policy.rounding[audience], least)


def withhold(estimate: Estimate, audience: Audience) -> Estimate:
    """An estimate without its numbers, in the same words whether it is small itself or would give one away that is."""
    least = POLICIES[estimate.policy].threshold[audience]
    return estimate.but(
        numerator=None,
        denominator=None if estimate.share else estimate.denominator,
        value=None,
        low=None,
        high=None,
        method=f"withheld: fewer than {least}, or beside one that is",
        status=Status.SUPPRESSED,
    )


def _is_withheld(estimate: Estimate) -> bool:
    return estimate.status is Status.SUPPRESSED


def _given_away(estimate: Estimate, count: int) -> tuple[int, ...]:
    """The counts a reader learns: of a share, also those it is of, and those who are left."""
    if not estimate.share or estimate.denominator is None:
        return (count,)
    return count, estimate.denominator, estimate.denominator - count


def _rounded(estimate: Estimate, count: int, base: int, threshold: int) -> Estimate:
    if base == 1:
        return estimate
    shown = base * round(count / base)
    least = max(shown - base // 2, threshold) if shown else 0
    most = shown + base // 2 if shown else 0
    rounded = estimate.but(numerator=shown, least=least, most=most, status=Status.ROUNDED)
    if estimate.denominator is None:
        return rounded.but(value=None, low=None, high=None)
    if estimate.value is not None and estimate.low is None:
        # Set against a target: a ratio has no interval, and a target is no secret.
        return rounded.but(value=estimate.per * shown / estimate.denominator)
    if estimate.share:
        of = max(base * round(estimate.denominator / base), shown)
        if not of:
            return rounded.but(denominator=of, value=None, low=None, high=None)
        share = proportion_interval(shown, of)
        value, low, high = (estimate.per * one for one in (share.value, share.low, share.high))
        return rounded.but(denominator=of, value=value, low=low, high=high, method=share.method)
    # The rate and its interval are made anew: anything kept of the exact ones would give the count back.
    rate = rate_interval(shown, estimate.denominator, per=estimate.per)
    return rounded.but(value=rate.value, low=rate.low, high=rate.high, method=rate.method)


def _treat(figure: Figure, audience: Audience) -> Figure:
    """A figure is shown as it is when every count behind it may be; a lone count or rate may be rounded.

    Anything worked out from a treated count (a change, a sum, a rank) is withheld: the exact one would
    give the count away.
    """
    treated = tuple(treat_estimate(one, audience) for one in figure.behind)
    if treated == figure.behind:
        return figure
    if len(treated) == 1 and treated[0].status is Status.ROUNDED and figure.measure in _SHOWN_ROUNDED:
        value = _SHOWN_ROUNDED[figure.measure](treated[0])
        return replace(figure, value=value, status=Status.ROUNDED, behind=treated)
    return replace(figure, value=None, status=Status.SUPPRESSED, behind=treated)


_SHOWN_ROUNDED: dict[Measure, Callable[[Estimate], float | None]] = {
    Measure.COUNT: lambda estimate: estimate.numerator,
    Measure.RATE: lambda estimate: estimate.value,
    Measure.LOW: lambda estimate: estimate.low,
    Measure.HIGH: lambda estimate: estimate.high,
    Measure.SHARE: lambda estimate: estimate.value,
    Measure.SHARE_LOW: lambda estimate: estimate.low,
    Measure.SHARE_HIGH: lambda estimate: estimate.high,
}


def _treat_runs(runs: Runs, audience: Audience) -> Runs:
    return tuple(_treat(run, audience) if isinstance(run, Figure) else run for run in runs)


def _treat_all(lists: tuple[Runs, ...], audience: Audience) -> tuple[Runs, ...]:
    return tuple(_treat_runs(runs, audience) for runs in lists)


def _treat_block(block: Block, audience: Audience) -> Block:
    match block:
        case Paragraph() | Note():
            return replace(block, runs=_treat_runs(block.runs, audience))
        case BulletList():
            return replace(block, items=_treat_all(block.items, audience))
        case QuickFacts():
            return replace(block, facts=_treat_all(block.facts, audience))
        case Table():
            rows = tuple(_treat_runs(row, audience) for row in block.rows)
            return replace(block, rows=rows, notes=_treat_all(block.notes, audience))
        case Chart():
            return replace(
                block,
                lines=tuple(_treat_line(line, audience) for line in block.lines),
                ranges=tuple((_treat(low, audience), _treat(high, audience)) for low, high in block.ranges),
                mean=_treat(block.mean, audience) if block.mean else None,
                alt=_treat_runs(block.alt, audience),
                notes=_treat_all(block.notes, audience),
            )
        case Map():
            return replace(
                block,
                places=tuple(replace(one, figure=_treat(one.figure, audience)) for one in block.places),
                alt=_treat_runs(block.alt, audience),
                notes=_treat_all(block.notes, audience),
            )
        case _:
            return block


def _treat_line(line: Line, audience: Audience) -> Line:
    return replace(line, points=tuple(_treat(point, audience) for point in line.points))
