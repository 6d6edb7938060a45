"""The records behind an indicator in an area: what hot spots, hours and repeats are read from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.errors import NotHeldError
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.offences import offence_paths
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse

_RECORDS = """
    incident JOIN load USING (load_id) JOIN offence USING (offence_id)
    JOIN placement ON placement.area_id = incident.area_id AND placement.kind = 'authority'
    JOIN area AS authority ON authority.area_id = placement.counted_in
    LEFT JOIN placement AS in_ward ON in_ward.area_id = incident.area_id AND in_ward.kind = 'ward'
    LEFT JOIN area AS ward ON ward.area_id = in_ward.counted_in
"""


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
    found = warehouse.con.execute(
        f"""
        SELECT load.dataset, count(incident.{column}) AS filled FROM {_RECORDS}
        WHERE authority.code = $area AND NOT load.replaced AND incident.month BETWEEN $first AND $last
          AND list_contains($offences, offence.path) GROUP BY ALL HAVING filled > 0 ORDER BY filled DESC, 1 LIMIT 1
        """,
        {
            "area": area_code,
            "first": period.first,
            "last": period.last,
            "offences": offence_paths(warehouse, indicator),
        },
    ).fetchone()
    if found is None:
        what, takes = _NEEDED[column]
        raise NotHeldError(
            f"No records of {indicator.noun} with {what} are held for {period.words()}.",
            f"This takes records: {takes}.",
        )
    return str(found[0])


_NEEDED = {
    "longitude": ("a place", "street-level files of data.police.uk, or the police's own"),
    "hour": ("a time", "the police's own, with times; open data carries months only"),
    "reference": ("an identifier", "the police's own, with the people involved"),
}


def read_records(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, columns: str
) -> dict[str, NDArray[Any]]:
    """Columns of every record of a dataset in an area, in any month, of any offence; in one order always.

    Parameters
    ----------
    columns
        As SQL: of ``incident``, and ``ward.name``. ``asked``, whether it is of the indicator's, is added.
    """
    rows = warehouse.con.execute(
        f"""
        SELECT incident.month, {columns}, list_contains($offences, offence.path) AS asked
        FROM {_RECORDS} WHERE authority.code = $area AND load.dataset = $dataset AND NOT load.replaced ORDER BY ALL
        """,
        {"area": area_code, "dataset": dataset, "offences": offence_paths(warehouse, indicator)},
    ).fetchnumpy()
    return {name: np.ma.filled(column, np.nan) if column.dtype.kind == "f" else column for name, column in rows.items()}


def people_involved(
    warehouse: Warehouse, indicator: Indicator, area_code: str, dataset: str, period: Period, role: str
) -> list[str | None]:
    """The code of each victim or suspect of the indicator's records in a period; None where it is not recorded."""
    rows = warehouse.con.execute(
        f"""
        SELECT involvement.person FROM involvement JOIN ({_REFERENCES}) AS wanted USING (reference)
        JOIN load ON load.load_id = involvement.load_id
        WHERE involvement.role = $role AND NOT load.replaced ORDER BY ALL
        """,
        {
            "area": area_code,
            "dataset": dataset,
            "first": period.first,
            "last": period.last,
            "offences": offence_paths(warehouse, indicator),
            "role": role,
        },
    )
    return [person for (person,) in rows.fetchall()]


_REFERENCES = f"""
    SELECT DISTINCT incident.reference FROM {_RECORDS}
    WHERE authority.code = $area AND load.dataset = $dataset AND NOT load.replaced
      AND incident.month BETWEEN $first AND $last AND list_contains($offences, offence.path)
"""
