"""How sensitive a field is. Every field of every model says it, and a test refuses one that does not."""

from __future__ import annotations

from enum import StrEnum


class Sensitivity(StrEnum):
    """What a field may hold, from the least to the most sensitive."""

    OPEN = "open"  # anybody may know it: the name of a partnership
    INTERNAL = "internal"  # identifiers, states, times: of use to those who run the site, and about nobody
    PERSONAL = "personal"  # about somebody: sealed with a key that can be destroyed
    SECRET = "secret"  # noqa: S105  lets somebody in: kept as a hash, or sealed
