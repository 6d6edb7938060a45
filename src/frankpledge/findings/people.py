"""Who the victims or suspects of an indicator's offences are, as far as it is recorded, and beside who lives there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.errors import NotHeldError
from frankpledge.findings.records import RecordsWithPeople, dataset_with, read_people, records_with
from frankpledge.indicators.compute import area_names
from frankpledge.indicators.definition import Indicator
from frankpledge.indicators.people import people_for
from frankpledge.model.estimate import MISSING, Estimate, Series, Status
from frankpledge.periods import Period
from frankpledge.sources.partners.template import ELSEWHERE, NOT_RECORDED
from frankpledge.statistics.cohorts import Disproportion, disproportion
from frankpledge.statistics.shares import PlaceRange, RecordedShare, effective_number, place_ranges, recorded_share
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.involved import Part, read_involved

# Of fewer people than this nothing is said.
FEWEST = 10
# Groups differ in age, the young most of all: only where most of those counted are known to be this old is an ethnic
# group set beside residents of all ages. A judgement: no source held has residents by ethnic group and age.
GROWN_UP = 25
REST = "none-of-these"
"""Those of whom something is recorded, and who are of no part that is told by it."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class PartOfPeople:
    """How many are of a part, and what share that is.

    Attributes
    ----------
    part, told_by
        Its name, and what it is told by: sex, age, ethnicity…
    may_be
        Of whom it is recorded, but in a band that is only partly of it.
    not_recorded
        Of whom nothing is recorded that it is told by.
    share
        Among those of whom it is recorded whether they are of it, and what it may be among all.
    place
        Among the parts told by the same, the largest first; None where people may be of two, or there is one alone.
    estimate
        The share as what passes the gate: in per cent, of those of whom it is recorded.
    """

    part: str
    told_by: str
    may_be: int
    not_recorded: int
    share: RecordedShare
    place: PlaceRange | None
    estimate: Estimate

    @property
    def count(self) -> int:
        """How many are known to be of it."""
        return self.estimate.numerator or 0

    @property
    def too_few(self) -> bool:
        """Whether it is recorded of too few to say."""
        return (self.estimate.denominator or 0) < FEWEST


@dataclass(frozen=True)
class BesideResidents:
    """An ethnic group beside all others, for the residents of each.

    Attributes
    ----------
    counted, residents, population
        People counted of the group, its residents, and the set of populations they are from.
    holds
        Whether more, or fewer, are of it than of the others beyond chance, of whichever group those not recorded are.
    """

    part: str
    counted: int
    residents: int
    population: Series
    found: Disproportion
    holds: bool


@dataclass(frozen=True)
class People:
    """The victims or the suspects of an indicator's offences in an area and period.

    Attributes
    ----------
    records
        The incidents, and in how many somebody is recorded.
    involved, persons
        How many are recorded, once for each incident; and how many they are by their codes.
    parts
        None at all where there are too few to say.
    beside
        Ethnic groups beside residents of all ages; where there are none, `not_beside` says why: ``too few``,
        ``young`` or ``not held``.
    elsewhere, home_not_recorded
        How many were left out of that because they live in another authority, and of how many it is not known.
    """

    area_code: str
    period: Period
    role: str
    records: RecordsWithPeople
    involved: int
    persons: int
    parts: tuple[PartOfPeople, ...]
    beside: tuple[BesideResidents, ...]
    not_beside: str
    elsewhere: int
    home_not_recorded: int


def find_people(
    warehouse: Warehouse,
    indicator: Indicator,
    area_code: str,
    period: Period,
    role: str,
    overlay: Path | None = None,
) -> People:
    """Tell who the victims or the suspects are, part by part of the definitions of who was involved.

    Parameters
    ----------
    role
        ``victim`` or ``suspect``.
    overlay
        A workspace's ``definitions`` folder.

    Raises
    ------
    NotHeldError
        When no records of the indicator with such people are held for the area and period.

    Notes
    -----
    A person counts once for each incident, as in the measures that indicators read. Intervals allow for who comes back
    by the effective number of records (Kish 1965, as of clusters whose members are all alike), which is cautious for
    what is of the incident, as an injury is.
    """
    dataset = dataset_with(warehouse, indicator, area_code, period, "reference")
    records = records_with(warehouse, indicator, area_code, dataset, period, role)
    if records is None:
        raise NotHeldError(
            f"No {role}s of {indicator.noun} are held for {period.words()}.",
            "This takes their records: “frankpledge template partner-people”.",
        )
    involved = read_involved(overlay)
    parts = {name: part for name, part in involved.parts_of(f"{role}s").items() if len(part.told_by) == 1}
    rows = read_people(warehouse, indicator, area_code, dataset, period, role, _columns(parts))
    recorded = _recorded(rows, parts)
    found = People(
        area_code, period, role, records, recorded.people, recorded.persons,
        (), (), "too few", int(recorded.elsewhere.sum()), int(recorded.home_unknown.sum()),
    )  # fmt: skip
    if recorded.persons < FEWEST:
        return found
    beside, why = _beside_residents(warehouse, area_code, period, recorded, involved.residents)
    empty = replace(_estimate(warehouse, indicator, area_code, period, records), part=f"{role}s")
    return replace(found, parts=tuple(_parts(recorded, empty)), beside=beside, not_beside=why)


def _columns(parts: Mapping[str, Part]) -> str:
    """SQL of who is of each part, who may be, and of whom that is recorded."""
    asked = [
        f"coalesce({sql}, false) AS {what}_{number}"
        for number, part in enumerate(parts.values())
        for what, sql in (("is", part.is_of), ("may", part.may_be_of), ("told", part.recorded))
    ]
    return ", ".join(["person", "home", f"coalesce(youngest >= {GROWN_UP}, false) AS grown_up", *asked])


@dataclass(frozen=True)
class _Membership:
    """Of each person recorded: whether of a part, whether perhaps, and whether what it is told by is recorded."""

    part: str
    told_by: str
    is_of: Mask
    may_be_of: Mask
    told: Mask

    @property
    def whether(self) -> Mask:
        """Of whom it is recorded whether they are of it: no band of theirs is partly of it."""
        return self.told & (self.is_of | ~self.may_be_of)


@dataclass(frozen=True)
class _Recorded:
    """People, one for each in each incident, with the parts they are of, by what those are told by."""

    people: int
    persons: int
    excess: float
    elsewhere: Mask
    home_unknown: Mask
    grown_up: Mask
    parts: Mapping[str, tuple[_Membership, ...]]


def _recorded(rows: Mapping[str, NDArray[Any]], parts: Mapping[str, Part]) -> _Recorded:
    _, times = np.unique(rows["person"].astype(str), return_counts=True)
    grouped: dict[str, tuple[_Membership, ...]] = {}
    for number, (name, part) in enumerate(parts.items()):
        (told_by,) = part.told_by
        columns = (rows[f"{what}_{number}"].astype(bool) for what in ("is", "may", "told"))
        grouped[told_by] = (*grouped.get(told_by, ()), _Membership(name, told_by, *columns))
    return _Recorded(
        people=len(rows["person"]),
        persons=len(times),
        excess=max(1.0, float(times.sum()) / effective_number(times)) if len(times) else 1.0,
        elsewhere=rows["home"] == ELSEWHERE,
        home_unknown=rows["home"] == NOT_RECORDED,
        grown_up=rows["grown_up"].astype(bool),
        parts=grouped,
    )


def _parts(recorded: _Recorded, empty: Estimate) -> Iterator[PartOfPeople]:
    for parts in recorded.parts.values():
        places = _places(recorded, parts)
        for one, place in zip(parts, places, strict=True):
            yield _part(recorded, one, place, empty)
        rest = parts[0].told & ~np.any([one.may_be_of for one in parts], axis=0)
        if rest.any():
            yield _part(recorded, _Membership(REST, parts[0].told_by, rest, rest, parts[0].told), None, empty)


def _places(recorded: _Recorded, parts: Sequence[_Membership]) -> Sequence[PlaceRange | None]:
    """The places of parts among each other; none where somebody is, or may be, of two of them."""
    if len(parts) < 2 or (np.sum([one.may_be_of for one in parts], axis=0) > 1).any():
        return [None] * len(parts)
    counts = [int(one.is_of.sum()) for one in parts]
    blank = recorded.people - min(int(one.whether.sum()) for one in parts)
    return place_ranges(counts, blank, excess=recorded.excess)


def _part(recorded: _Recorded, one: _Membership, place: PlaceRange | None, empty: Estimate) -> PartOfPeople:
    count, of, told = (int(mask.sum()) for mask in (one.is_of, one.whether, one.told))
    share = recorded_share(count, of, recorded.people, excess=recorded.excess)
    estimate = replace(empty, method=f"{MISSING}it is recorded of nobody")
    if share.value is not None and share.low is not None and share.high is not None:
        value, low, high = (empty.per * part for part in (share.value, share.low, share.high))
        estimate = replace(
            empty, numerator=count, denominator=of, value=value, low=low, high=high, method="wilson",
            status=Status.FINAL, unit=f"% of those whose {one.told_by} is recorded",
        )  # fmt: skip
    estimate = replace(estimate, part=f"{empty.part} by {one.told_by}: {one.part.replace('-', ' ')}")
    return PartOfPeople(one.part, one.told_by, told - of, recorded.people - told, share, place, estimate)


def _estimate(
    warehouse: Warehouse, indicator: Indicator, area_code: str, period: Period, records: RecordsWithPeople
) -> Estimate:
    """What is the same of every part."""
    return Estimate(
        indicator.slug, area_code, area_names(warehouse, [area_code]).get(area_code, area_code), period.text,
        None, None, None, None, None, "", Status.MISSING, records.series, None, indicator.hash,
        policy=records.policy, invented=records.invented, per=100, share=True,
    )  # fmt: skip


def _beside_residents(
    warehouse: Warehouse, area_code: str, period: Period, recorded: _Recorded, residents: Mapping[str, str]
) -> tuple[tuple[BesideResidents, ...], str]:
    """Each ethnic group beside all others, without those known to live elsewhere: they are no residents."""
    here = ~recorded.elsewhere
    if 2 * (recorded.grown_up & here).sum() <= here.sum():
        return (), "young"
    groups = [one for parts in recorded.parts.values() for one in parts if one.part in residents]
    if groups and not any((one.whether & here).sum() >= FEWEST for one in groups):
        return (), "too few"
    found = (_beside(warehouse, area_code, period, recorded, one, residents[one.part]) for one in groups)
    beside = tuple(one for one in found if one)
    return beside, "" if beside else "not held"


def _beside(
    warehouse: Warehouse, area_code: str, period: Period, recorded: _Recorded, group: _Membership, path: str
) -> BesideResidents | None:
    """One group beside all others; None where the residents of it, or of all groups, are not held in one set."""
    own = _residents(warehouse, area_code, period, path)
    everybody = _residents(warehouse, area_code, period, path.partition("/")[0])
    if own is None or everybody is None or own[1:] != everybody[1:] or not 0 < own[0] < everybody[0]:
        return None
    here = ~recorded.elsewhere
    counted, of = int((group.is_of & here).sum()), int((group.whether & here).sum())
    others, unknown = of - counted, int(here.sum()) - of

    def beside(group_more: int, others_more: int, not_recorded: int = 0) -> Disproportion:
        return disproportion(
            counted + group_more, own[0], others + others_more, everybody[0] - own[0], not_recorded, recorded.excess
        )

    holds = beside(0, unknown).low > 1 or beside(unknown, 0).high < 1
    return BesideResidents(group.part, counted, own[0], own[1], beside(0, 0, unknown), holds)


def _residents(warehouse: Warehouse, area_code: str, period: Period, part: str) -> tuple[int, Series, int] | None:
    """How many of an area's residents are of a part, and the set and year they are from."""
    people = people_for(warehouse, [area_code], [period.year], {}, parts=(part,))
    found = people.of(area_code, period.year) if people else None
    return (found[0], people.series, found[1]) if people and found else None
