"""A warehouse of a few rows put straight into its tables, for questions that no one source's file would ask."""

from dataclasses import replace

import duckdb

from frankpledge.geography import AreaKind, kind_of
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import RESIDENTS, find_indicator
from frankpledge.model.partnership import Partnership
from frankpledge.model.tables import TABLES
from frankpledge.periods import parse_period
from frankpledge.warehouse.connection import LockedBackend, Warehouse
from frankpledge.warehouse.putting import put_rows
from tests.conftest import BARNET, HARROW, LONDON

REGION = Partnership("harrow", "Safer Harrow", (HARROW,), (BARNET,), "London", LONDON, (HARROW, BARNET))


def holding(*, counts=(), published=(), people=(), policy="open"):
    """A warehouse that holds these and nothing else.

    counts: (dataset, area, period, path, how many in each month); a series is complete for all it counts.
    published: (dataset, area, measure, period, value, low, high, status), the last three where wanted.
    people: (dataset, area, year, part, number).
    """
    con = duckdb.connect()
    for table in TABLES:
        con.execute(table.ddl())
    datasets = sorted({row[0] for row in (*counts, *published, *people)})
    series = {dataset: number for number, dataset in enumerate(datasets)}
    paths = {path: number for number, path in enumerate(sorted({row[3] for row in counts}))}
    areas = {code: at for at, code in enumerate(sorted({row[1] for row in (*counts, *published, *people)}))}
    months = [month for row in counts for month in parse_period(row[2]).months]
    months += [month for row in published for month in parse_period(row[3]).months]
    spread = (min(months, default=0), max(months, default=0))
    put_rows(con, "series", [_series(number, dataset, spread, policy) for dataset, number in series.items()])
    put_rows(con, "offence", [{"offence_id": number, "path": path} for path, number in paths.items()])
    put_rows(con, "area", [_area(at, code) for code, at in areas.items()])
    put_rows(con, "placement", [_placed(at, code) for code, at in areas.items()])
    put_rows(con, "monthly_count", [one for row in counts for one in _counted(series, areas, paths, row)])
    told = {(series[row[0]], paths[row[3]]) for row in counts}
    put_rows(
        con, "series_offence", [{"load_id": 0, "series_id": one, "offence_id": path} for one, path in sorted(told)]
    )
    put_rows(con, "coverage", [_covered(series, areas, row) for row in counts])
    put_rows(con, "published_value", [_published(series, *row) for row in published])
    put_rows(con, "population", [_people(series, *row) for row in people])
    return Warehouse("small", con, LockedBackend.from_connection(con))


def _series(number, dataset, spread, policy):
    return {
        "series_id": number, "dataset": dataset, "release": "2024-01", "first_month": spread[0],
        "last_month": spread[1], "provisional_from": None, "policy": policy, "invented": False,
    }  # fmt: skip


def _area(at, code):
    return {"area_id": at, "code": code, "name": code, "kind": str(kind_of(code))}


def _placed(at, code):
    return {"area_id": at, "kind": str(kind_of(code)), "counted_in": at}


def _counted(series, areas, paths, row):
    dataset, area, period, path, each = row
    for month in parse_period(period).months:
        yield {
            "load_id": 0, "series_id": series[dataset], "month": month, "area_id": areas[area],
            "offence_id": paths[path], "count": each,
        }  # fmt: skip


def _covered(series, areas, row):
    period = parse_period(row[2])
    return {
        "series_id": series[row[0]], "area_id": areas[row[1]], "offence_id": None, "first_month": period.first,
        "last_month": period.last, "state": "complete", "reason": "",
    }  # fmt: skip


def _published(series, dataset, area, measure, period, value, low=None, high=None, status="final", sample=None):
    span = parse_period(period)
    return {
        "load_id": 0, "series_id": series[dataset], "area_code": area, "measure": measure, "first_month": span.first,
        "last_month": span.last, "value": value, "low": low, "high": high, "status": status, "sample": sample,
    }  # fmt: skip


def _people(series, dataset, area, year, part, number):
    return {
        "load_id": 0, "series_id": series[dataset], "area_code": area, "year": year, "part": part, "number": number,
    }  # fmt: skip


def indicator(*offences, published=(), denominator=RESIDENTS, dataset="some-counts", **changes):
    """An indicator of these places or measures, read from one dataset for authorities; else as burglary is."""
    return replace(
        find_indicator("burglary"), slug="made-up", offences=offences, published=tuple(published), must_include=(),
        splice=(), datasets={AreaKind.AUTHORITY: (dataset,)}, denominator=denominator, **changes,
    )  # fmt: skip


def answers(warehouse, wanted, *periods, areas=(HARROW,), region=None):
    """The estimates of an indicator, by period and area."""
    asked = [parse_period(period) for period in periods]
    return compute(warehouse, wanted, AreaKind.AUTHORITY, areas, asked, pinned={}, region=region).estimates


def answer(warehouse, wanted, period, **more):
    """The estimate of Harrow, or of the region where one is asked for."""
    return answers(warehouse, wanted, period, **more)[-1]
