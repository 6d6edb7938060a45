"""The records behind an indicator in an area: what hot spots, hours and repeats are read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.disclosure.gate import OPEN
from frankpledge.errors import NotHeldError
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.offences import offence_paths
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.involved import KNOWN_OF

FLAGGED = "flagged/"

_RECORDS = """
    incident JOIN load USING (load_id) JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
    JOIN area AS authority ON authority.area_id = placement.counted_in
    LEFT JOIN placement AS in_ward ON in_ward.area_id = incident.area_id AND in_ward.kind = 'ward'
    LEFT JOIN area AS ward ON ward.area_id = in_ward.counted_in
"""

_OF_AREA = f"FROM {_RECORDS} WHERE authority.code = $area AND load.dataset = $dataset AND NOT load.replaced"

# A record is of what it is, and of each of its flags; taking flags apart is slow, and most indicators ask for none.
_IS_ASKED = """
    (list_contains($offences, offence.path)
     OR (len($flags::VARCHAR[]) > 0
         AND list_has_any(string_split(coalesce(incident.flags, ''), ' '), $flags::VARCHAR[])))
"""
_OF_INDICATOR = f"{_OF_AREA} AND {_IS_ASKED}"


def dataset_with(warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, column: str) -> str:
    """The dataset with most records of an indicator, in an area and period, that have something filled in.

    Parameters
    ----------
    column
        Of the table ``incident``: ``longitude`` for a place, ``hour`` for a time, ``reference`` for who was involved.

    Raises
    ------
    NotHeldError
        When none has; the words say what was looked for.
    """
    # Several findings of one document ask it of the same indicator, each of a column or two.
    asked = "filled in", indicator.hash, area_code, period
    held = warehouse.once(asked, lambda: _filled_in(warehouse, indicator, area_code, period))
    filled = {dataset: by_column[column] for dataset, by_column in held.items() if by_column[column]}
    if not filled:
        what, takes = _NEEDED[column]
        raise NotHeldError(
            f"No records of {indicator.noun} with {what} are held for {period.words()}.",
            f"This takes records: {takes}.",
        )
    return min(filled, key=lambda dataset: (-filled[dataset], dataset))


def _filled_in(warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period) -> dict[str, dict[str, int]]:
    """Dataset → column → how many records of an indicator have it filled in."""
    counted = ", ".join(f"count(incident.{column})" for column in _NEEDED)
    rows = warehouse.con.execute(
        f"""
        SELECT load.dataset, {counted} FROM {_RECORDS}
        WHERE authority.code = $area AND NOT load.replaced AND incident.month BETWEEN $first AND $last
          AND {_IS_ASKED} GROUP BY load.dataset
        """,
        {
            "area": area_code,
            "first": period.first,
            "last": period.last,
        }
        | _offences_asked(warehouse, indicator),
    ).fetchall()
    return {dataset: dict(zip(_NEEDED, counts, strict=True)) for dataset, *counts in rows}


_NEEDED = {
    "longitude": ("a place", "street-level files of data.police.uk, or the police's own"),
    "hour": ("a time", "the police's own, with times; open data carries months only"),
    "outcome": ("an outcome", "street-level files of data.police.uk, or the police's own"),
    "reference": ("an identifier", "the police's own, with the people involved"),
}


@dataclass(frozen=True)
class RecordsRead:
    """What a finding was read from.

    Attributes
    ----------
    series
        Dataset and releases.
    policy
        The strictest disclosure policy of their files.
    invented
        Whether any of them is made up.
    """

    series: Series
    policy: str
    invented: bool


def records_read(warehouse: Warehouse, dataset: str, months: range) -> RecordsRead:
    """The files that a dataset's records of some months are from."""
    releases, policies, invented = warehouse.once(
        ("records read", dataset, months),
        lambda: warehouse.con.execute(
            """
            SELECT list_sort(list(DISTINCT series.release)), list(DISTINCT load.policy), bool_or(load.invented)
            FROM load JOIN series USING (series_id)
            WHERE load.dataset = $dataset AND NOT load.replaced
              AND load_id IN (SELECT load_id FROM incident WHERE month BETWEEN $first AND $last)
            """,
            {"dataset": dataset, "first": months.start, "last": months.stop - 1},
        ).fetchall()[0],
    )
    return RecordsRead(Series(dataset, " + ".join(releases or ())), strictest(policies or ()), bool(invented))


def strictest(policies: Iterable[str]) -> str:
    """Of the disclosure policies of several files, the one that holds for all of them."""
    return next((one for one in policies if one != OPEN), OPEN)


def part_estimate(
    indicator: Indicator, area_code: str, area_name: str, period: Period, part: str, count: int, read: RecordsRead
) -> Estimate:
    """How many of an indicator's records are of a part that no indicator names."""
    return Estimate(
        indicator.slug, area_code, area_name, period.text, count, None, None, None, None, "count of records",
        Status.FINAL, read.series, None, indicator.hash, policy=read.policy, invented=read.invented, part=part,
    )  # fmt: skip


def part_share(counted: Estimate, of: int, low: float, high: float, unit: str) -> Estimate:
    """A part as a share of `of` records; limits from 0 to 1."""
    assert counted.numerator is not None and of > 0, "a share is of something counted"
    return replace(
        counted, denominator=of, value=100 * counted.numerator / of, low=100 * low, high=100 * high, per=100,
        method="wilson", unit=unit, share=True,
    )  # fmt: skip


def _offences_asked(warehouse: Warehouse, indicator: Indicator) -> dict[str, object]:
    """What `_IS_ASKED` is filled in with."""
    offences = offence_paths(warehouse, indicator)
    return {
        "offences": offences,
        "flags": [path.removeprefix(FLAGGED) for path in offences if path.startswith(FLAGGED)],
    }


def read_records(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period, columns: str
) -> dict[str, NDArray[Any]]:
    """Columns of each of an indicator's records in an area and period; in one order always.

    Parameters
    ----------
    columns
        As SQL: of ``incident``, and ``ward.name``.
    """
    rows = warehouse.con.execute(
        f"SELECT incident.month, {columns} {_OF_INDICATOR} AND incident.month BETWEEN $first AND $last ORDER BY ALL",
        _asked(warehouse, indicator, area_code, dataset, period),
    )
    return _plain(rows.fetchnumpy())


def every_record(warehouse: Warehouse, area_code: str, dataset: str, columns: str) -> dict[str, NDArray[Any]]:
    """Columns of every record of a dataset in an area, in any month, of any offence; in one order always.

    Parameters
    ----------
    columns
        See `read_records`. ``row``, which `rows_asked` tells records by, is added.
    """
    rows = warehouse.con.execute(
        f"SELECT incident.month, {columns}, incident.rowid AS row {_OF_AREA} ORDER BY ALL",
        {"area": area_code, "dataset": dataset},
    )
    return _plain(rows.fetchnumpy())


def rows_asked(warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str) -> NDArray[np.int64]:
    """Which of `every_record` are of an indicator's offences."""
    rows = warehouse.con.execute(
        f"SELECT incident.rowid AS row {_OF_INDICATOR} ORDER BY row",
        {"area": area_code, "dataset": dataset} | _offences_asked(warehouse, indicator),
    )
    return np.asarray(rows.fetchnumpy()["row"], dtype=np.int64)


def _plain(rows: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {name: np.ma.filled(column, np.nan) if column.dtype.kind == "f" else column for name, column in rows.items()}


def people_involved(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period, role: str
) -> list[str | None]:
    """The code of each victim or suspect of the indicator's records in a period; None where it is not recorded."""
    asked = ("people involved", indicator.hash, area_code, dataset, period, role)
    return warehouse.once(asked, lambda: _people_involved(warehouse, indicator, area_code, dataset, period, role))


def _people_involved(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period, role: str
) -> list[str | None]:
    rows = warehouse.con.execute(
        f"""
        SELECT involvement.person FROM involvement JOIN ({_REFERENCES}) AS wanted USING (reference)
        JOIN load ON load.load_id = involvement.load_id
        WHERE involvement.role = $role AND NOT load.replaced ORDER BY ALL
        """,
        _asked(warehouse, indicator, area_code, dataset, period) | {"role": role},
    )
    return [person for (person,) in rows.fetchall()]


def read_people(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period, role: str, columns: str
) -> dict[str, NDArray[Any]]:
    """Columns of each victim or suspect of the indicator's records in a period, once for each incident.

    Parameters
    ----------
    columns
        As SQL: of what is known of a person (see `frankpledge.warehouse.involved.KNOWN_OF`), and `person`.
    """
    rows = warehouse.con.execute(
        f"""
        WITH involved AS (
            SELECT DISTINCT people.reference, people.person, {KNOWN_OF}
            FROM involvement AS people JOIN ({_REFERENCES}) AS wanted USING (reference)
            JOIN load ON load.load_id = people.load_id JOIN area AS authority ON authority.code = $area
            WHERE people.role = $role AND NOT load.replaced
        )
        SELECT {columns} FROM involved ORDER BY ALL
        """,
        _asked(warehouse, indicator, area_code, dataset, period) | {"role": role},
    )
    return rows.fetchnumpy()


@dataclass(frozen=True)
class RecordsWithPeople:
    """How many incidents there are, in how many somebody of a role is recorded, and the files that say so."""

    incidents: int
    with_somebody: int
    series: Series
    policy: str
    invented: bool


def records_with(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period, role: str
) -> RecordsWithPeople | None:
    """Of an indicator's incidents in a period, those with a victim or suspect; None where there is none."""
    found = warehouse.con.execute(
        f"""
        WITH wanted AS ({_REFERENCES})
        SELECT (SELECT count(*) FROM wanted WHERE reference IS NOT NULL), count(DISTINCT people.reference),
               load.dataset, max(series.release), load.policy, bool_or(load.invented)
        FROM involvement AS people JOIN wanted USING (reference) JOIN load ON load.load_id = people.load_id
        JOIN series ON series.series_id = load.series_id
        WHERE people.role = $role AND NOT load.replaced GROUP BY load.dataset, load.policy
        """,
        _asked(warehouse, indicator, area_code, dataset, period) | {"role": role},
    ).fetchall()
    if not found:
        return None
    incidents, with_somebody, of, release, policy, invented = found[0]
    return RecordsWithPeople(incidents, with_somebody, Series(of, release), policy, invented)


def _asked(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period
) -> dict[str, object]:
    """What `_REFERENCES` is filled in with."""
    return {
        "area": area_code,
        "dataset": dataset,
        "first": period.first,
        "last": period.last,
    } | _offences_asked(warehouse, indicator)


_REFERENCES = f"""
    SELECT DISTINCT incident.reference {_OF_INDICATOR} AND incident.month BETWEEN $first AND $last
"""
