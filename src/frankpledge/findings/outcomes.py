"""What came of an indicator's offences, as far as their records say."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.findings.records import RecordsRead, dataset_with, read_records, records_read
from frankpledge.indicators.definition import Indicator
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse

_LABELS = "police-uk-outcomes"
# A suspect was charged, went to court, or was cautioned or dealt with by agreement: what the police call positive.
POSITIVE = ("outcome/charged", "outcome/court", "outcome/caution-or-notice", "outcome/local-resolution")
NO_WORD = "outcome/other"
"""No outcome yet, or one that nobody has mapped."""


@dataclass(frozen=True)
class Outcomes:
    """The last outcome known of an area's records of a period.

    Attributes
    ----------
    records
        How many there are.
    by_outcome
        Outcome → how many ended so, the most frequent first.
    """

    area_code: str
    period: Period
    read: RecordsRead
    records: int
    by_outcome: dict[str, int]

    @property
    def known(self) -> int:
        """Of how many it is known what came of them."""
        return sum(number for outcome, number in self.by_outcome.items() if outcome != NO_WORD)

    @property
    def positive(self) -> int:
        """How many ended in an outcome that the police call positive."""
        return sum(self.by_outcome.get(one, 0) for one in POSITIVE)


def outcomes_of(warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period) -> Outcomes:
    """Count the last outcomes of an indicator's records.

    Raises
    ------
    NotHeldError
        When no records with an outcome are held for the area and period.
    """
    dataset = dataset_with(warehouse, indicator, area_code, period, "outcome")
    rows = read_records(warehouse, indicator, area_code, dataset, period, "upper(trim(incident.outcome)) AS outcome")
    paths = _paths(warehouse)
    counted: dict[str, int] = {}
    for words in rows["outcome"].tolist():
        path = paths.get(words or "", NO_WORD)
        counted[path] = counted.get(path, 0) + 1
    ordered = dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    read = records_read(warehouse, dataset, period.months)
    return Outcomes(area_code, period, read, sum(ordered.values()), ordered)


def _paths(warehouse: Warehouse) -> dict[str, str]:
    rows = warehouse.con.execute(
        "SELECT label, offence.path FROM label JOIN offence USING (offence_id) WHERE family = ?", [_LABELS]
    ).fetchall()
    return {str(label).upper(): str(path) for label, path in rows}
