"""Replacing keys. Each step can be left off anywhere, by a power cut too: done again, it comes right.

Of the master only the sealing of other keys changes. An owner's own key is replaced slowly: its next one seals from the
moment it is there, what earlier ones sealed is sealed anew (`resealing`), and only then are they destroyed. Not
replaced are “index”, by which people are found and whose hashes nobody could make again without what the council's
directory told; “audit”, whose marks would all have to be written anew, which is what they are there to show; and
“heads”, whose public half others keep to check signed heads and exports.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from frankpledge.errors import WorkspaceError
from frankpledge.keys import BYTES
from frankpledge.web.keys.ciphers import Tampered
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.keys.stored import MASTER, StoredKeys, key_name

_REPLACING = "site/replacing"
# So long after a new key is there, nothing is still being written that the earlier one sealed.
SETTLED = timedelta(hours=1)
# What can be replaced of the secrets of the site.
REPLACEABLE = ("django", "sessions", "metrics")


def replace_master(ring: Keyring) -> None:
    """Make a new master, seal with it what earlier ones sealed, and destroy those.

    Raises
    ------
    WorkspaceError
        When a key does not open.
    """
    keys = ring.stored
    with ring.folder.alone():
        # Where there is another already, an earlier attempt was left off.
        if len(keys.masters()) == 1:
            ring.folder.make(f"{MASTER}/{keys.masters()[-1] + 1}")
    for owner in list(keys.owners()):
        with ring.folder.alone():
            _seal_key_anew(keys, owner, (None,))
    with ring.folder.alone():
        for earlier in keys.masters()[:-1]:
            ring.folder.destroy(f"{MASTER}/{earlier}")
        ring.folder.destroy_half_made("site")


def begin_replacing(ring: Keyring, owner: UUID) -> None:
    """Make an owner's next key, unless its last one is being replaced already.

    Raises
    ------
    Gone
        When it has none.
    """
    keys = ring.stored
    with ring.folder.alone():
        versions = keys.versions(owner)
        if not versions:
            raise keys.gone(str(owner))
        if len(versions) == 1:
            # First that it is being replaced: a key that nobody knows to be an earlier one would stay for ever.
            ring.folder.put(_note(owner), b"since then")
            keys.put(owner, versions[-1] + 1, secrets.token_bytes(BYTES), keys.opener_of(owner, versions[-1]).owner)


def being_replaced(ring: Keyring) -> list[UUID]:
    """The owners whose keys are being replaced."""
    return [UUID(name.rsplit("/", 1)[1]) for name in ring.folder.names(_REPLACING)]


def has_settled(ring: Keyring, owner: UUID, after: timedelta = SETTLED) -> bool:
    """Whether an owner's next key has been there for so long that nobody still writes what the earlier one sealed."""
    stamp = ring.folder.stamp(_note(owner))
    return stamp is None or time.time() - stamp[2] / 10**9 >= after.total_seconds()


def seal_keys_anew(ring: Keyring, partnerships: Collection[UUID]) -> None:
    """Seal the keys of what is some partnerships' own with the newest key of theirs.

    Raises
    ------
    WorkspaceError
        When a key does not open.
    """
    living = [one for one in partnerships if ring.stored.versions(one)]
    for owner in list(ring.stored.owners()):
        with ring.folder.alone():
            _seal_key_anew(ring.stored, owner, living)


def finish_replacing(ring: Keyring, owner: UUID) -> None:
    """Destroy all keys of an owner but the newest: nothing is left that they sealed."""
    with ring.folder.alone():
        for version in ring.stored.versions(owner)[:-1]:
            ring.folder.destroy(key_name(owner, version))
        ring.folder.destroy_half_made("site")
        # Last: as long as it is there, this is done again.
        ring.folder.destroy(_note(owner))


def _seal_key_anew(keys: StoredKeys, owner: UUID, under: Collection[UUID | None]) -> None:
    for version in keys.versions(owner):
        opener = keys.opener_of(owner, version)
        if opener.owner in under and opener != keys.newest_opener(opener.owner):
            keys.put(owner, version, _opened(keys, owner, version), opener.owner)


def _opened(keys: StoredKeys, owner: UUID, version: int) -> bytes:
    try:
        return keys.key(owner, version)
    except Tampered as error:
        # Were it passed over and the earlier key destroyed, it would be lost, and perhaps the whole folder with it.
        raise WorkspaceError(
            f"The key {key_name(owner, version)} in {keys.folder.folder} does not open, so no key was destroyed.",
            "Put back the copy of the key folder that you keep, then do this again.",
        ) from error


def _note(owner: UUID) -> str:
    return f"{_REPLACING}/{owner}"
