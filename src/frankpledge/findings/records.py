"""The records behind an indicator in an area: what hot spots, hours and repeats are read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.errors import NotHeldError
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.offences import offence_paths
from frankpledge.model.estimate import Series
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

# A record is of what it is, and of each of its flags.
_IS_ASKED = """
    (list_contains($offences, offence.path)
     OR list_has_any(string_split(coalesce(incident.flags, ''), ' '), $flags::VARCHAR[]))
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
          AND {_IS_ASKED} GROUP BY ALL HAVING filled > 0 ORDER BY filled DESC, 1 LIMIT 1
        """,
        {
            "area": area_code,
            "first": period.first,
            "last": period.last,
        }
        | _offences_asked(warehouse, indicator),
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


def _offences_asked(warehouse: Warehouse, indicator: Indicator) -> dict[str, object]:
    """What `_IS_ASKED` is filled in with."""
    offences = offence_paths(warehouse, indicator)
    return {
        "offences": offences,
        "flags": [path.removeprefix(FLAGGED) for path in offences if path.startswith(FLAGGED)],
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
        SELECT incident.month, {columns}, {_IS_ASKED} AS asked
        FROM {_RECORDS} WHERE authority.code = $area AND load.dataset = $dataset AND NOT load.replaced ORDER BY ALL
        """,
        {"area": area_code, "dataset": dataset} | _offences_asked(warehouse, indicator),
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
               load.dataset, max(load.release), load.policy, bool_or(load.invented)
        FROM involvement AS people JOIN wanted USING (reference) JOIN load ON load.load_id = people.load_id
        WHERE people.role = $role AND NOT load.replaced GROUP BY load.dataset, load.policy
        """,
        _asked(warehouse, indicator, area_code, dataset, period) | {"role": role},
    ).fetchone()
    if found is None:
        return None
    incidents, with_somebody, of, release, policy, invented = found
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
    SELECT DISTINCT incident.reference FROM {_RECORDS}
    WHERE authority.code = $area AND load.dataset = $dataset AND NOT load.replaced
      AND incident.month BETWEEN $first AND $last AND {_IS_ASKED}
"""
