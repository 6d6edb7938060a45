"""How keys lie in the key folder, which key opens which, and the opened ones in memory.

    master/<version>                              32 bytes
    owned/<two letters>/<owner>/<version>         a line that says whose key of which version opens it (nobody's: the
                                                  master), then the sealed key

An opened key is only used while its file, and that of the key that opens it, lie there unchanged: what one program
destroys, no other goes on using.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frankpledge.errors import WorkspaceError
from frankpledge.keys import SETTING, KeyFolder, Stamp
from frankpledge.web.keys.ciphers import Gone, decrypt, encrypt

MASTER = "site/master"
_OWNED = "site/owned"
# A page shows a few hundred subjects at most. What is not in memory is read again.
_MOST_OPENED = 2000


class Opener(NamedTuple):
    """Which key opens another."""

    # A partnership; None: the site's master.
    owner: UUID | None
    version: int

    @property
    def name(self) -> str:
        """Its name in the key folder."""
        return key_name(self.owner, self.version) if self.owner else f"{MASTER}/{self.version}"

    @classmethod
    def read(cls, line: bytes) -> Opener:
        """As the first line of a key says it."""
        owner, _, version = line.decode().partition(" ")
        return cls(UUID(owner) if owner else None, int(version))

    def __str__(self) -> str:
        """As the first line of a key says it."""
        return f"{self.owner or ''} {self.version}"


@dataclass(frozen=True)
class _Opened:
    stamp: Stamp | None
    cipher: AESGCM
    # The name of the key that opens it; of the master and of secrets: none.
    opener: str


@dataclass(frozen=True)
class StoredKeys:
    """The keys of a key folder's site."""

    folder: KeyFolder
    # Name → the opened key.
    _opened: dict[str, _Opened] = field(default_factory=dict, compare=False, repr=False)

    def owners(self) -> Iterator[UUID]:
        """All that have a key."""
        for part in sorted((self.folder.folder / _OWNED).glob("*/*")):
            if self.folder.numbers(f"{_OWNED}/{part.parent.name}/{part.name}"):
                yield UUID(part.name)

    def versions(self, owner: UUID) -> list[int]:
        """The numbers of an owner's keys, the newest last."""
        return self.folder.numbers(_folder_of(owner))

    def masters(self) -> list[int]:
        """The numbers of the masters: one, unless it is being replaced.

        Raises
        ------
        WorkspaceError
            When there is none.
        """
        versions = self.folder.numbers(MASTER)
        if not versions:
            raise WorkspaceError(
                f"The site's master key is not in {self.folder.folder}.",
                f"Put the key folder back there, or say where it is: {SETTING}=FOLDER.",
            )
        return versions

    def newest_opener(self, under: UUID | None) -> Opener:
        """The key that new keys under a partnership, or under the master, are opened by.

        Raises
        ------
        Gone
            When the partnership has none.
        """
        versions = self.versions(under) if under else self.masters()
        if not versions:
            raise self.gone(str(under))
        return Opener(under, versions[-1])

    def opener_of(self, owner: UUID, version: int) -> Opener:
        """Which key opens one of an owner's."""
        return Opener.read(self.folder.content(key_name(owner, version)).partition(b"\n")[0])

    def put(self, owner: UUID, version: int, key: bytes, under: UUID | None) -> None:
        """Keep a key, in place of what may be there. Nobody else may be changing keys: see `KeyFolder.alone`."""
        name, opener = key_name(owner, version), self.newest_opener(under)
        self.folder.put(name, f"{opener}\n".encode() + encrypt(self.cipher(opener.name), key, name.encode()))

    def key(self, owner: UUID, version: int) -> bytes:
        """One of an owner's keys, opened.

        Raises
        ------
        Gone
            When it, or the key that opens it, was destroyed.
        Tampered
            When it was changed.
        """
        return self._read(key_name(owner, version))[1]

    def destroy(self, owner: UUID) -> None:
        """Destroy every key of an owner. Nobody else may be changing keys: see `KeyFolder.alone`."""
        for version in self.versions(owner):
            self._opened.pop(key_name(owner, version), None)
        self.folder.destroy_all(_folder_of(owner))

    def cipher(self, name: str) -> AESGCM:
        """What seals and opens with a key of a name.

        Raises
        ------
        Gone
            When it, or the key that opens it, was destroyed.
        Tampered
            When it was changed.
        """
        stamp = self.folder.stamp(name)
        known = self._opened.get(name)
        if known and known.stamp == stamp and self._can_open(known.opener):
            return known.cipher
        self._opened.pop(name, None)
        opener, key = self._read(name) if name.startswith(_OWNED) else ("", self.folder.read(name))
        if len(self._opened) >= _MOST_OPENED:
            self._opened.clear()
        opened = self._opened[name] = _Opened(stamp, AESGCM(key), opener)
        return opened.cipher

    def _can_open(self, opener: str) -> bool:
        """Whether what opened a key is there still; where it is not, the key was sealed anew, or is lost with it."""
        try:
            return not opener or bool(self.cipher(opener))
        except (Gone, WorkspaceError):
            return False

    def gone(self, whose: str) -> Gone:
        """That somebody's key was destroyed: unless the whole key folder is away, which is said instead.

        Raises
        ------
        WorkspaceError
            When it is.
        """
        self.masters()
        return Gone(f"The key for {whose} was destroyed.")

    def _read(self, name: str) -> tuple[str, bytes]:
        """The name of the key that opens a key, and the key itself."""
        while True:
            content = self._content(name)
            line, _, sealed = content.partition(b"\n")
            opener = Opener.read(line).name
            try:
                return opener, decrypt(self.cipher(opener), sealed, name.encode())
            except (Gone, WorkspaceError):
                # Was it sealed with a newer key while we looked for the earlier one?
                if self._content(name) == content:
                    raise

    def _content(self, name: str) -> bytes:
        try:
            return self.folder.content(name)
        except WorkspaceError as error:
            if self.folder.stamp(name) is None:
                raise self.gone(name.split("/")[3]) from error
            raise


def key_name(owner: UUID, version: int) -> str:
    """The name of an owner's key in the key folder."""
    return f"{_folder_of(owner)}/{version}"


def _folder_of(owner: UUID) -> str:
    text = str(owner)
    return f"{_OWNED}/{text[:2]}/{text}"
