"""Areas, their kinds and their codes.

Every official area is known by its nine-character GSS code (ONS); the first three characters say its kind. One
that a partnership draws or lists itself is known by the name of its definition: ``own:wealdstone-town-centre``.
Names are for people and change; codes are for machines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from frankpledge.errors import UserError


class AreaKind(StrEnum):
    """What sort of area a code stands for."""

    COUNTRY = "country"
    REGION = "region"
    FORCE = "force"
    PARTNERSHIP = "partnership"
    AUTHORITY = "authority"
    WARD = "ward"
    LSOA = "lsoa"
    OWN = "own"


_PREFIXES = {
    AreaKind.COUNTRY: ("E92", "W92", "K04"),
    AreaKind.REGION: ("E12",),
    AreaKind.FORCE: ("E23", "W15"),
    AreaKind.PARTNERSHIP: ("E22", "W14"),
    AreaKind.AUTHORITY: ("E06", "E07", "E08", "E09", "W06"),
    AreaKind.WARD: ("E05", "W05"),
    AreaKind.LSOA: ("E01", "W01"),
}
KIND_OF_PREFIX = {prefix: kind for kind, prefixes in _PREFIXES.items() for prefix in prefixes}

# What people call each kind where they ask for one. A borough, a district and a unitary council
# are one kind to the statistics, whatever their letterhead says.
KIND_WORDS = {
    "borough": AreaKind.AUTHORITY,
    "authority": AreaKind.AUTHORITY,
    "district": AreaKind.AUTHORITY,
    "ward": AreaKind.WARD,
    "lsoa": AreaKind.LSOA,
    "own": AreaKind.OWN,
}

# What several of a kind are called in a sentence.
MANY_OF = {AreaKind.LSOA: "small areas", AreaKind.WARD: "wards", AreaKind.AUTHORITY: "authorities"}

GSS_CODE = re.compile(r"[EWK]\d{8}")

# Before the name of an area that the partnership drew or listed.
OWN_PREFIX = "own:"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Area:
    """One area: code, name, kind."""

    code: str
    name: str
    kind: AreaKind


def kind_of(code: str) -> AreaKind:
    """The kind of area a code stands for.

    Raises
    ------
    UserError
        When the code is not one of England's or Wales's.

    >>> kind_of("E09000015").value
    'authority'
    >>> kind_of("own:wealdstone-town-centre").value
    'own'
    """
    if code.startswith(OWN_PREFIX) and SLUG.fullmatch(code.removeprefix(OWN_PREFIX)):
        return AreaKind.OWN
    kind = KIND_OF_PREFIX.get(code[:3])
    if kind is None or not GSS_CODE.fullmatch(code):
        raise UserError(
            f"“{code}” is not the code of an area in England or Wales.",
            "Use the nine-character ONS code, such as E09000015 for Harrow, or own: and the name of an area of yours.",
        )
    return kind
