"""Counting: the one expression of whole numbers that every engine runs, and the one place it is run.

Written in Ibis, so that DuckDB on a laptop and a Spark cluster answer the same question in the same
words. It returns months; any period is a sum of months, made from these integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
from ibis.backends.sql import SQLBackend
from ibis.expr.types import Table

from frankpledge.geography import AreaKind

MonthlyCounts = dict[str, dict[int, int]]
"""Area code → month number → count. A month without a row is not here."""


@dataclass(frozen=True)
class Span:
    """Part of a series: a series number and the months read from it."""

    series_id: int
    first: int
    last: int


def monthly_counts(
    cube: Table, placement: Table, area: Table, *, offence_ids: Sequence[int], kind: AreaKind, spans: Sequence[Span]
) -> Table:
    """The counting expression: offences by month and area of a kind.

    Parameters
    ----------
    cube, placement, area
        The warehouse's tables ``monthly_count``, ``placement`` and ``area``.
    offence_ids
        Offences counted.
    kind
        The cube's areas are counted in the area of this kind that each lies in. Of a region, only what
        lies in none of its parts is counted here; the parts are added by the caller, who knows which
        of them are complete.
    spans
        Which months of which series.

    Returns
    -------
    code, month, count
        All whole numbers but the code.
    """
    read = ibis.or_(*((cube.series_id == s.series_id) & cube.month.between(s.first, s.last) for s in spans))
    counted = cube.filter(read, cube.offence_id.isin(list(offence_ids)))
    by_small_area = counted.group_by("area_id", "month").agg(count=counted["count"].sum().cast("int64"))
    placed = placement.filter(placement.kind == str(kind))
    if kind is AreaKind.REGION:
        placed = placed.filter(placed.area_id == placed.counted_in)
    joined = by_small_area.join(placed, "area_id").join(area, placed.counted_in == area.area_id)
    return joined.group_by("code", "month").agg(count=joined["count"].sum().cast("int64"))


def run_counts(
    backend: SQLBackend, *, offence_ids: Sequence[int], kind: AreaKind, spans: Sequence[Span]
) -> MonthlyCounts:
    """Run the counting expression on an engine."""
    if not spans or not offence_ids:
        return {}
    expression = monthly_counts(
        backend.table("monthly_count"),
        backend.table("placement"),
        backend.table("area"),
        offence_ids=offence_ids,
        kind=kind,
        spans=spans,
    )
    found: MonthlyCounts = defaultdict(dict)
    rows = backend.to_pyarrow(expression)
    for code, month, count in zip(*(rows[name].to_pylist() for name in ("code", "month", "count")), strict=True):
        found[code][month] = count
    return dict(found)
