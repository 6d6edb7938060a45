"""The keys, and sealing with them: AES-256-GCM, each text bound to its owner and to its place in the database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frankpledge.errors import WorkspaceError
from frankpledge.keys import BYTES, SETTING, KeyFolder

# One secret for each use, so that what one of them makes tells nothing of another.
SECRETS = ("django", "index", "audit", "heads", "metrics", "sessions")
_NONCE = 12
_MASTER = "site/master"


class Gone(Exception):
    """The key that sealed this was destroyed: nobody can open it again."""


class Tampered(Exception):
    """What is sealed was changed, moved to another row or column, or sealed with another key."""


@dataclass(frozen=True)
class Keyring:
    """The site's keys, in its key folder.

    An *owner* is a partnership, or somebody or something that may have to become unreadable alone: a person, a
    subject, a report. Its keys are numbered: new text is sealed with the last, text sealed with an earlier one is
    still opened.
    """

    folder: KeyFolder
    # Opened keys of partnerships by what is on the disk: thousands of subjects are opened with one of them.
    _opened: dict[tuple[str, bytes], bytes] = field(default_factory=dict, compare=False, repr=False)

    # --- secrets of the site

    def make_site(self) -> bool:
        """Make whatever secret is missing; whether this was the first time. None that is there is replaced."""
        first = not self.folder.has(f"{_MASTER}/1")
        for name in SECRETS:
            if not self.folder.has(f"site/{name}"):
                self.folder.make(f"site/{name}")
        if first:
            self.folder.make(f"{_MASTER}/1")
        return first

    def secret(self, name: str) -> str:
        """A secret of the site, as text.

        Raises
        ------
        WorkspaceError
            When it is not there: the first ``frankpledge serve`` makes it.
        """
        return self.folder.read(f"site/{name}").hex()

    def earlier_secrets(self, name: str) -> list[str]:
        """The secret that this one replaced, if any: what it signed is still accepted."""
        earlier = f"site/{name}-earlier"
        return [self.folder.read(earlier).hex()] if self.folder.has(earlier) else []

    def replace_secret(self, name: str) -> None:
        """Make a new secret of the site; what the last one signed is still accepted until the next replacement."""
        self.folder.put(f"site/{name}-earlier", self.folder.read(f"site/{name}"))
        self.folder.make(f"site/{name}")

    def text(self, name: str) -> str:
        """A secret that somebody else gave, such as that of the council's directory: the whole of a file, as text."""
        return self.folder.content(f"site/{name}").decode().strip()

    def index(self, use: str, text: str) -> str:
        """A keyed hash by which a sealed text can be found again, and by nobody without the key.

        Parameters
        ----------
        use
            Of what, such as ``person.email``: the same text has another hash for another use.
        """
        return self._keyed("index", f"{use}\n{text}".encode()).hex()

    def marker(self) -> Callable[[bytes], bytes]:
        """Makes keyed hashes of audit entries (32 bytes each); the key is read once, for there may be many."""
        keyed = hmac.new(self.folder.read("site/audit"), digestmod=hashlib.sha256)

        def mark(content: bytes) -> bytes:
            one = keyed.copy()
            one.update(content)
            return one.digest()

        return mark

    def _keyed(self, secret: str, content: bytes) -> bytes:
        return hmac.new(self.folder.read(f"site/{secret}"), content, hashlib.sha256).digest()

    # --- keys of partnerships and of what is theirs

    def make(self, owner: UUID, under: UUID | None = None) -> None:
        """Make an owner's next key.

        Parameters
        ----------
        under
            The partnership whose key is to open it; None: the site's master.
        """
        version = self.version(owner) + 1
        self._put(owner, version, secrets.token_bytes(BYTES), under)

    def version(self, owner: UUID) -> int:
        """The number of an owner's newest key; 0 where it has none, or it was destroyed."""
        return max((int(name.rsplit("/", 1)[1]) for name in self.folder.names(_folder(owner))), default=0)

    def destroy(self, owner: UUID) -> None:
        """Destroy every key of an owner: what they sealed can be opened by nobody, wherever a copy lies."""
        for name in self.folder.names(_folder(owner)):
            self.folder.destroy(name)

    def owners(self) -> list[UUID]:
        """All that have a key."""
        return sorted({UUID(name.split("/")[3]) for name in self.folder.names("site/owned")})

    def replace_master(self) -> None:
        """Make a new master, seal with it what earlier ones sealed, and destroy those."""
        earlier = self.folder.names(_MASTER)
        self.folder.make(f"{_MASTER}/{self._master() + 1}")
        for owner in self.owners():
            for name in self.folder.names(_folder(owner)):
                under, _ = self._stored(name)
                if under is None:
                    self._put(owner, int(name.rsplit("/", 1)[1]), self._key(name), None)
        for name in earlier:
            self.folder.destroy(name)
        self._opened.clear()

    def replace_key(self, owner: UUID, theirs: list[UUID]) -> None:
        """Make an owner's next key, and seal with it the keys of those that are the owner's.

        What the earlier keys sealed in the database has to be sealed anew before `drop_earlier` destroys them.
        """
        self.make(owner, self._stored(f"{_folder(owner)}/{self.version(owner)}")[0])
        for subject in theirs:
            for name in self.folder.names(_folder(subject)):
                self._put(subject, int(name.rsplit("/", 1)[1]), self._key(name), owner)

    def drop_earlier(self, owner: UUID) -> None:
        """Destroy all keys of an owner but the newest."""
        newest = self.version(owner)
        for name in self.folder.names(_folder(owner)):
            if not name.endswith(f"/{newest}"):
                self.folder.destroy(name)

    # --- sealing

    def seal(self, owner: UUID, text: str, place: str) -> str:
        """Seal a text with an owner's newest key, for one place only.

        Parameters
        ----------
        place
            Table, column and primary key: moved anywhere else it cannot be opened.

        Raises
        ------
        Gone
            When the owner has no key.
        """
        version = self.version(owner)
        if not version:
            raise Gone(f"There is no key for {owner}.")
        sealed = _encrypt(self._key(f"{_folder(owner)}/{version}"), text.encode(), f"{owner} {place}".encode())
        return f"{version}.{base64.urlsafe_b64encode(sealed).decode()}"

    def open(self, owner: UUID, sealed: str, place: str) -> str:
        """Open what `seal` sealed.

        Raises
        ------
        Gone
            When the key was destroyed.
        Tampered
            When it was changed, or belongs to another owner or place.
        """
        version, _, content = sealed.partition(".")
        name = f"{_folder(owner)}/{version}"
        if not version.isdecimal() or not content:
            raise Tampered(f"What stands at {place} was not sealed by this site.")
        if not self.folder.has(name):
            raise Gone(f"The key for {owner} was destroyed.")
        return _decrypt(self._key(name), base64.urlsafe_b64decode(content), f"{owner} {place}".encode()).decode()

    def seal_for_site(self, content: bytes, use: str) -> bytes:
        """Seal what belongs to nobody alone, such as a session, with a secret of the site."""
        return _encrypt(self.folder.read("site/sessions"), content, use.encode())

    def open_for_site(self, sealed: bytes, use: str) -> bytes:
        """Open what `seal_for_site` sealed for the same use.

        Raises
        ------
        Tampered
            When it was changed, or was sealed for another use or with another secret.
        """
        return _decrypt(self.folder.read("site/sessions"), sealed, use.encode())

    # --- how a key lies in the folder: who opens it (nothing: the master), its version, and the sealed key

    def _put(self, owner: UUID, version: int, key: bytes, under: UUID | None) -> None:
        name = f"{_folder(owner)}/{version}"
        opener = self.version(under) if under else self._master()
        if not opener:
            raise Gone(f"There is no key for {under}.")
        head = f"{under or ''} {opener}\n".encode()
        self.folder.put(name, head + _encrypt(self._opener(under, opener), key, name.encode()))

    def _key(self, name: str) -> bytes:
        content = self.folder.content(name)
        if (name, content) in self._opened:
            return self._opened[name, content]
        head, _, sealed = content.partition(b"\n")
        under, version = _read_head(head)
        return _decrypt(self._opener(under, version), sealed, name.encode())

    def _stored(self, name: str) -> tuple[UUID | None, int]:
        return _read_head(self.folder.content(name).partition(b"\n")[0])

    def _opener(self, under: UUID | None, version: int) -> bytes:
        if under is None:
            return self.folder.read(f"{_MASTER}/{version}")
        name = f"{_folder(under)}/{version}"
        key = self._key(name)
        self._opened[name, self.folder.content(name)] = key
        return key

    def _master(self) -> int:
        versions = [int(name.rsplit("/", 1)[1]) for name in self.folder.names(_MASTER)]
        if not versions:
            raise WorkspaceError(
                f"The site's master key is not in {self.folder.folder}.",
                f"Put the key folder back there, or say where it is: {SETTING}=FOLDER.",
            )
        return max(versions)


def _folder(owner: UUID) -> str:
    return f"site/owned/{str(owner)[:2]}/{owner}"


def _read_head(head: bytes) -> tuple[UUID | None, int]:
    under, _, version = head.decode().partition(" ")
    return (UUID(under) if under else None), int(version)


def _encrypt(key: bytes, content: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
    except InvalidTag as error:
        raise Tampered(f"What stands at {place.decode()} is not what was sealed there.") from error
