"""Harm and cost of what was recorded in an area: counts weighed by sets of weights, each with what it measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.findings.prices import PriceYear
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import Indicator, find_indicator
from frankpledge.model.estimate import Estimate
from frankpledge.periods import Period
from frankpledge.statistics.harm import Harm, weigh
from frankpledge.warehouse.connection import Warehouse

_ALL = "total-offences"

Seen = Callable[[Indicator, Estimate], Estimate]


@dataclass(frozen=True)
class Scheme:
    """A set of weights, and what it measures.

    Attributes
    ----------
    by
        How its offences are named: by Home Office ``code``, by the publisher's ``words``, or by our own ``path``.
    offences
        Words of the publisher → offence of ours, where weights are by words.
    verified
        Whether they could be checked against the publisher's own table.
    prices
        Of costs, the financial year at whose prices they are; else empty.
    weights, read_in
        Offence → weight, for a set that no table was at hand for, and where they were read. What is held in the
        warehouse goes before them.
    """

    slug: str
    title: str
    unit: str
    measures: str
    by: str
    offences: Mapping[str, str]
    verified: bool
    prices: str
    weights: Mapping[str, float]
    read_in: str


@dataclass(frozen=True)
class AreaHarm:
    """What an area's recorded offences amount to by one set of weights.

    Attributes
    ----------
    estimates, whole
        Offence → its estimate, of all that have a weight; and that of all crime.
    counts
        Offence → how many, of those that are counted and have a weight.
    weights
        Offence → what one stands for.
    missing
        Offence → why it could not be counted.
    not_weighed
        How many of all offences are in none of those, where all are counted: they have no weight here.
    residents
        For a rate; None where not held.
    basis
        What the weights rest on beside the set itself: whose mix of offences, of when.
    prices
        Of costs, the financial year at whose prices they are told; else empty.
    read_in
        Where weights were read that did not come as a file; else empty.
    """

    scheme: Scheme
    harm: Harm
    estimates: Mapping[str, Estimate]
    whole: Estimate
    counts: Mapping[str, int]
    weights: Mapping[str, float]
    missing: Mapping[str, str]
    not_weighed: int | None
    residents: int | None
    basis: str
    prices: str
    read_in: str


def read_schemes(overlay: Path | None = None) -> tuple[Scheme, ...]:
    """The sets of weights that are known: ``definitions/harm/schemes.yaml``."""
    return _schemes(definition_files("harm", overlay)["schemes"])


@lru_cache
def _schemes(path: Path) -> tuple[Scheme, ...]:
    return tuple(_scheme(one) for one in read_definition(path).entries("schemes"))


def _scheme(entry: Entry) -> Scheme:
    by = entry.choice("by", ("code", "words", "path"))
    weights = entry.entry("weights", None)
    return Scheme(
        slug=entry.text("scheme"),
        title=entry.text("title"),
        unit=entry.text("unit"),
        measures=entry.text("measures"),
        by=by,
        offences=dict(entry.entry("offences").pairs()) if by == "words" else {},
        verified=entry.flag("verified", True),
        prices=entry.text("prices", ""),
        weights={path: weights.number(path) for path, _ in weights.pairs()},
        read_in=entry.text("read_in") if weights.values else "",
    )


def harm_of(
    warehouse: Warehouse,
    scheme: Scheme,
    area_code: str,
    period: Period,
    pinned: Mapping[str, str],
    at: PriceYear | None = None,
    seen: Seen = lambda _, estimate: estimate,
) -> AreaHarm:
    """Weigh an area's recorded offences.

    Parameters
    ----------
    at
        The year at whose prices costs are told; where not given, that of the set.
    seen
        What may be known of an offence's count: it is that which is weighed.

    Raises
    ------
    NotHeldError
        When the weights are not held, or none of the offences they weigh is counted for the area and period.
    """
    weights, basis, read_in = _weights(warehouse, scheme, area_code)
    prices = scheme.prices
    if at and prices:
        weights, prices = at.restated(weights, prices), at.year

    def count(path: str) -> Estimate:
        asked = _as_indicator(path)
        found = compute(warehouse, asked, AreaKind.AUTHORITY, [area_code], [period], pinned=pinned)
        return seen(asked, found.estimates[0])

    estimates = {path: count(path) for path in sorted(weights)}
    counts = {path: one.numerator for path, one in estimates.items() if one.numerator is not None}
    missing = {path: one.why_missing for path, one in estimates.items() if one.numerator is None}
    if not counts:
        raise NotHeldError(
            f"None of the offences that {scheme.title} weighs is counted for {period.words()}.",
            "Add counts of offences for the area, then build.",
        )
    everything = count("crime")
    whole = everything.numerator
    return AreaHarm(
        scheme=scheme,
        harm=weigh(counts, weights),
        estimates=estimates,
        whole=everything,
        counts=counts,
        weights=weights,
        missing=missing,
        not_weighed=None if whole is None or missing else whole - sum(counts.values()),
        residents=everything.denominator,
        basis=basis,
        prices=prices,
        read_in=read_in,
    )


def _as_indicator(path: str) -> Indicator:
    """Any offence, asked for as if it were an indicator of its own: the same series, coverage and gaps."""
    title = path.partition("/")[2].replace("/", ": ").replace("-", " ") or "all crime"
    whole = find_indicator(_ALL)
    return replace(whole, slug=path, title=title.capitalize(), offences=(path,), must_include=())


def _weights(warehouse: Warehouse, scheme: Scheme, area_code: str) -> tuple[dict[str, float], str, str]:
    """Weights, what they rest on, and where they were read if they did not come as a file."""
    if scheme.by == "code":
        return *_weights_by_code(warehouse, scheme, area_code), ""
    held = warehouse.con.execute("SELECT offence, weight FROM harm_weight WHERE scheme = ?", [scheme.slug]).fetchall()
    # A path is its own offence.
    paths = {words: scheme.offences.get(words) if scheme.by == "words" else words for words, _ in held}
    weights = {path: float(weight) for words, weight in held if (path := paths[words])}
    if weights:
        return weights, "", ""
    if scheme.weights:
        return dict(scheme.weights), "", scheme.read_in
    raise _not_held(scheme)


def _weights_by_code(warehouse: Warehouse, scheme: Scheme, area_code: str) -> tuple[dict[str, float], str]:
    """Each offence's mean weight over its codes, by how often the area's force recorded each in its last year held."""
    rows = warehouse.con.execute(_BY_CODE, {"scheme": scheme.slug, "area": area_code}).fetchall()
    if not rows:
        raise _not_held(scheme)
    weights = {str(path): float(weight) for path, weight, _, _ in rows}
    _, _, force, year = rows[0]
    return weights, f"the mix of offences of the {force}, financial year {year}/{(year + 1) % 100:02}"


_BY_CODE = """
    WITH force AS (
        SELECT whole.code, whole.name FROM area AS part
        JOIN placement ON placement.area_id = part.area_id AND placement.kind = 'force'
        JOIN area AS whole ON whole.area_id = placement.counted_in WHERE part.code = $area
    ), mix AS (
        SELECT substr(measure, length('home-office-code/') + 1) AS code, sum(greatest(value, 0)) AS number,
            min(published_value.first_month) AS began
        FROM published_value JOIN load USING (load_id), force
        WHERE area_code = force.code AND load.dataset = 'home-office-forces' AND NOT load.replaced
          AND measure LIKE 'home-office-code/%'
          -- A financial year is known by its April: month number 3 of twelve.
          AND (published_value.first_month - 3) // 12 = (
            SELECT max((last_month - 3) // 12) FROM series WHERE dataset = 'home-office-forces')
        GROUP BY 1
    ), weighed AS (
        SELECT DISTINCT code, weight FROM harm_weight
        WHERE scheme = $scheme AND code IS NOT NULL
        -- A code that a spreadsheet has made of two offences has two weights, and neither is sure.
        QUALIFY count(*) OVER (PARTITION BY code) = 1
    )
    SELECT offence.path, sum(mix.number * weighed.weight) / sum(mix.number) AS weight,
        any_value(force.name), min(mix.began) // 12 AS year
    FROM mix JOIN weighed USING (code)
    JOIN label ON label.family = 'home-office-to-police-uk' AND label.label = mix.code
    JOIN offence USING (offence_id), force
    GROUP BY 1 HAVING sum(mix.number) > 0 ORDER BY 1
"""


def _not_held(scheme: Scheme) -> NotHeldError:
    return NotHeldError(
        f"The weights of “{scheme.title}” are not held, or what they rest on is not.",
        "Add the table of weights and, for weights by offence code, recorded crime by police force (Home Office).",
    )
