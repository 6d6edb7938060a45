"""The site's keys, and sealing with them: each text is bound to its owner and to its place in the database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from frankpledge.errors import WorkspaceError
from frankpledge.keys import BYTES, KeyFolder
from frankpledge.web.keys.ciphers import Gone, Tampered, decrypt, encrypt
from frankpledge.web.keys.stored import MASTER, StoredKeys, key_name

# One secret for each use, so that what one of them makes tells nothing of another.
SECRETS = ("django", "index", "audit", "heads", "metrics", "sessions")
_SESSIONS = "site/sessions"
# Of how many earlier secrets what they made is still accepted; of the others, of all. Whoever scrapes the metrics is
# told the new one. Of Django's, one: a session that is signed with it lasts hours.
_ACCEPTED = {"metrics": 0, "django": 1}
# Any text there can be, half a character too.
_HALVES = "surrogatepass"


@dataclass(frozen=True)
class Keyring:
    """The site's keys, in its key folder.

    An *owner* is a partnership, or somebody or something that may have to become unreadable alone: a person, a
    subject, a report. Its keys are numbered: new text is sealed with the last, text sealed with an earlier one is
    still opened.
    """

    folder: KeyFolder

    @cached_property
    def stored(self) -> StoredKeys:
        """The keys as they lie in the folder."""
        return StoredKeys(self.folder)

    # --- secrets of the site

    def make_site(self) -> bool:
        """Make whatever secret is missing; whether this was the first time. None that is there is replaced."""
        with self.folder.alone():
            first = not self.folder.numbers(MASTER)
            for name in SECRETS:
                if not self.folder.has(f"site/{name}"):
                    self.folder.make(f"site/{name}")
            if first:
                self.folder.make(f"{MASTER}/1")
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
        """The secrets that this one replaced and that are still accepted, the newest first."""
        return [self.folder.read(earlier).hex() for earlier in self._earlier(name)]

    def replace_secret(self, name: str) -> None:
        """Make a new secret of the site. Left off in the middle, it can be begun again."""
        with self.folder.alone():
            now, earlier = self.folder.read(f"site/{name}"), self._earlier(name)
            if not earlier or self.folder.read(earlier[0]) != now:
                number = max(self.folder.numbers(f"site/{name}-earlier"), default=0) + 1
                self.folder.put(f"site/{name}-earlier/{number}", now)
            self.folder.make(f"site/{name}")
            for forgotten in set(self.folder.names(f"site/{name}-earlier")) - set(self._earlier(name)):
                self.folder.destroy(forgotten)
            self.folder.destroy_half_made("site")

    def _earlier(self, name: str) -> list[str]:
        numbers = reversed(self.folder.numbers(f"site/{name}-earlier"))
        return [f"site/{name}-earlier/{number}" for number in numbers][: _ACCEPTED.get(name)]

    def text(self, name: str) -> str:
        """A secret that somebody else gave, such as that of the council's directory: the whole of a file, as text.

        Raises
        ------
        WorkspaceError
            When it was not put there yet.
        """
        try:
            return self.folder.content(f"site/{name}").decode().strip()
        except WorkspaceError as error:
            place = self.folder.folder / "site" / f"{name}.key"
            raise WorkspaceError(
                f"The secret that the site was given for its {name} is not in {place}.",
                f"Put it there, and close it to others: chmod 600 {place}",
            ) from error

    def index(self, use: str, text: str) -> str:
        """A keyed hash by which a sealed text can be found again, and by nobody without the key.

        Parameters
        ----------
        use
            Of what, such as ``person.email``: the same text has another hash for another use.
        """
        return self._keyed("index", f"{use}\n{text}".encode(errors=_HALVES)).hex()

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
        """Make an owner's key, unless it has one: two who do so at once get the same.

        Parameters
        ----------
        under
            The partnership whose key is to open it; None: the site's master.

        Raises
        ------
        Gone
            When the partnership has none.
        """
        with self.folder.alone():
            if not self.stored.versions(owner):
                self.stored.put(owner, 1, secrets.token_bytes(BYTES), under)

    def version(self, owner: UUID) -> int:
        """The number of an owner's newest key; 0 where it has none, or it or its partnership's was destroyed."""
        newest = max(self.stored.versions(owner), default=0)
        try:
            if newest:
                self.stored.cipher(key_name(owner, newest))
        except Gone:
            return 0
        return newest

    def destroy(self, owner: UUID) -> None:
        """Destroy every key of an owner: what they sealed can be opened by nobody, wherever a copy lies."""
        with self.folder.alone():
            self.stored.destroy(owner)

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
        version = max(self.stored.versions(owner), default=0)
        if not version:
            raise self.stored.gone(str(owner))
        cipher = self.stored.cipher(key_name(owner, version))
        sealed = encrypt(cipher, text.encode(errors=_HALVES), f"{owner} {place}".encode())
        return _written(version, sealed)

    def open(self, owner: UUID, sealed: str, place: str) -> str:
        """Open what `seal` sealed.

        Raises
        ------
        Gone
            When the key was destroyed.
        Tampered
            When it was changed, or belongs to another owner or place.
        """
        version, content = _read(sealed, place)
        cipher = self.stored.cipher(key_name(owner, version))
        return decrypt(cipher, content, f"{owner} {place}".encode()).decode(errors=_HALVES)

    def seal_for_site(self, content: bytes, use: str) -> bytes:
        """Seal what belongs to nobody alone, such as a session, with a secret of the site."""
        return encrypt(self.stored.cipher(_SESSIONS), content, use.encode())

    def open_for_site(self, sealed: bytes, use: str) -> bytes:
        """Open what `seal_for_site` sealed for the same use, with the secret of today or with any earlier one.

        Raises
        ------
        Tampered
            When it was changed, or was sealed for another use or with another secret.
        """
        try:
            return decrypt(self.stored.cipher(_SESSIONS), sealed, use.encode())
        except Tampered:
            for earlier in self._earlier("sessions"):
                try:
                    return decrypt(self.stored.cipher(earlier), sealed, use.encode())
                except Tampered:
                    continue
            raise


def _written(version: int, sealed: bytes) -> str:
    return f"{version}.{base64.urlsafe_b64encode(sealed).decode()}"


def _read(text: str, place: str) -> tuple[int, bytes]:
    """The version of the key that sealed something, and what it sealed."""
    version, _, content = text.partition(".")
    try:
        read = int(version), base64.urlsafe_b64decode(content)
    except ValueError:
        read = 0, b""
    if _written(*read) != text:
        # Not to the letter what was written.
        raise Tampered(f"What stands at {place} was not sealed by this site.")
    return read
