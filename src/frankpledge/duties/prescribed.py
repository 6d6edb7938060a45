"""Prescribed information by the quarter: which data set of SI 2007/1831 arrived when, and whether in time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from frankpledge.duties.evidence import Evidence
from frankpledge.periods import parse_period
from frankpledge.sources.partners.due import PRESCRIBED, DataSet, InformationPeriod, periods_to_disclose
from frankpledge.sources.partners.template import all_templates

QUARTERS = 8


class Arrived(StrEnum):
    """Whether what is of a quarter is here."""

    IN_TIME = "in time"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not yet due"


@dataclass(frozen=True)
class Disclosed:
    """A data set of one quarter.

    Attributes
    ----------
    day
        When the last of its months arrived; None where one of them has not.
    """

    data_set: DataSet
    quarter: InformationPeriod
    day: datetime.date | None
    state: Arrived


def disclosures(
    evidence: Evidence, on: datetime.date, slugs: Iterable[str] = (), since: int | None = None
) -> list[Disclosed]:
    """Each data set and quarter that has ended, oldest first, set by set.

    Parameters
    ----------
    on
        The day it is asked on: what arrived after it is not known yet.
    slugs
        Of the data sets; all where none is named.
    since
        Month number: quarters that end before it are left out. The last eight are told where it is not given.
    """
    wanted = set(slugs) or {one.slug for one in PRESCRIBED}
    return [found for one in PRESCRIBED if one.slug in wanted for found in _of_set(evidence, one, on, since)]


def _of_set(evidence: Evidence, one: DataSet, on: datetime.date, since: int | None) -> list[Disclosed]:
    days = _days(evidence, one, on)
    ended = periods_to_disclose(one.slug, on)
    quarters = ended[-QUARTERS:] if since is None else [quarter for quarter in ended if quarter.last >= since]
    return [_disclosed(one, quarter, days, on) for quarter in quarters]


def _days(evidence: Evidence, one: DataSet, on: datetime.date) -> dict[int, datetime.date]:
    """Month → the day it arrived, by a file or by what the register says of its quarter, whichever was first."""
    templates = {template.slug for template in all_templates().values() if one.slug in template.answers}
    told: list[tuple[int, datetime.date]] = [
        (arrival.month, arrival.day) for arrival in evidence.arrivals if arrival.template in templates
    ]
    for entry in evidence.register:
        if entry.data_set == one.slug and entry.done:
            told += [(month, entry.done) for month in parse_period(entry.of).months]
    days: dict[int, datetime.date] = {}
    for month, day in told:
        if day <= on:
            days[month] = min(day, days.get(month, day))
    return days


def _disclosed(
    one: DataSet, quarter: InformationPeriod, days: dict[int, datetime.date], on: datetime.date
) -> Disclosed:
    arrived = [days.get(month) for month in range(quarter.first, quarter.last + 1)]
    whole = [day for day in arrived if day is not None]
    if len(whole) == len(arrived):
        state = Arrived.LATE if quarter.is_late(max(whole)) else Arrived.IN_TIME
        return Disclosed(one, quarter, max(whole), state)
    return Disclosed(one, quarter, None, Arrived.MISSING if quarter.is_late(on) else Arrived.NOT_DUE)


def of_state(found: Sequence[Disclosed], state: Arrived) -> list[Disclosed]:
    """Those of one state."""
    return [one for one in found if one.state is state]
