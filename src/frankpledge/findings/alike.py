"""Which authorities are most like one: by an open list of things anybody can look up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from frankpledge.definition import definition_files, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.periods import parse_period
from frankpledge.statistics.similar import most_similar
from frankpledge.warehouse.connection import Warehouse

# With fewer areas to choose from, the nearest are not near.
_FEWEST_AREAS = 20
# By one thing or two, anything is like anything.
_FEWEST_FEATURES = 4


@dataclass(frozen=True)
class Feature:
    """What authorities are compared by: an indicator in a year, or its mean over the small areas of each."""

    indicator: Indicator
    year: str
    mean_of_small_areas: bool


@dataclass(frozen=True)
class Alike:
    """An authority like another: how far it is, where 1 is two drawn at random."""

    code: str
    name: str
    distance: float


@dataclass(frozen=True)
class Likeness:
    """The most similar authorities, nearest first; what they were compared by, and what could not be."""

    area_code: str
    alike: tuple[Alike, ...]
    compared_by: tuple[Feature, ...]
    not_held: tuple[Feature, ...]
    among: int


_TO_DO = "Add what is published of all authorities: populations, Census topics and deprivation."


def read_features(overlay: Path | None = None) -> list[Feature]:
    """What authorities are compared by: ``definitions/likeness/most-similar.yaml``, or the workspace's own."""
    entry = read_definition(definition_files("likeness", overlay)["most-similar"])
    return [
        Feature(find_indicator(row.text("indicator"), overlay), row.text("year"), row.text("mean_of", "") == "lsoa")
        for row in entry.entries("features")
    ]


def find_alike(warehouse: Warehouse, area_code: str, features: Sequence[Feature], number: int = 14) -> Likeness:
    """The authorities most like one.

    Parameters
    ----------
    warehouse
        Open warehouse, with what is published of all authorities.
    features
        What they are compared by; those not held of the area asked about are left out, and named.

    Raises
    ------
    NotHeldError
        When fewer than four of the features are held, or fewer than twenty authorities can be compared.
    """
    codes = [
        str(code)
        for (code,) in warehouse.con.execute("SELECT code FROM area WHERE kind = 'authority' ORDER BY code").fetchall()
    ]
    columns = [_column(warehouse, one, codes) for one in features]
    held = [(one, column) for one, column in zip(features, columns, strict=True) if area_code in column]
    not_held = tuple(one for one, column in zip(features, columns, strict=True) if area_code not in column)
    if len(held) < _FEWEST_FEATURES:
        raise NotHeldError(
            f"Only {len(held)} of the {len(features)} things to compare authorities by are held.", _TO_DO
        )
    table = np.asarray([[column.get(code, np.nan) for _, column in held] for code in codes])
    known = int((~np.isnan(table).any(axis=1)).sum())
    if known < _FEWEST_AREAS:
        raise NotHeldError(f"Only {known} authorities can be compared: too little is held of others.", _TO_DO)
    names = dict(warehouse.con.execute("SELECT code, name FROM area WHERE kind = 'authority'").fetchall())
    nearest = most_similar(table, codes.index(area_code), number)
    return Likeness(
        area_code=area_code,
        alike=tuple(Alike(codes[one.position], names[codes[one.position]], one.distance) for one in nearest),
        compared_by=tuple(one for one, _ in held),
        not_held=not_held,
        among=known,
    )


def _column(warehouse: Warehouse, feature: Feature, codes: Sequence[str]) -> Mapping[str, float]:
    """Code → number, of the authorities of which it is held."""
    if feature.mean_of_small_areas:
        return dict(warehouse.con.execute(_MEANS, [list(feature.indicator.published)]).fetchall())
    period = parse_period(feature.year)
    answer = compute(warehouse, feature.indicator, AreaKind.AUTHORITY, codes, [period], pinned={})
    found = {one.area_code: one.value if one.value is not None else one.numerator for one in answer.estimates}
    return {code: number for code, number in found.items() if number is not None}


_MEANS = """
    SELECT authority.code, avg(published_value.value) FROM published_value
    JOIN area AS small ON small.code = published_value.area_code
    JOIN placement ON placement.area_id = small.area_id AND placement.kind = 'authority'
    JOIN area AS authority ON authority.area_id = placement.counted_in
    WHERE list_contains(?, published_value.measure) GROUP BY 1
"""
