"""The key folder: beside the workspace, never in it, so that who takes the one has not the other.

    <workspace>.keys/            or the folder that FRANKPLEDGE_KEYS names; for its owner only
        pseudonyms.key           makes the codes of people: the same for every file of the workspace
        <hash of a file>.key     opens one sealed file; destroyed with it
        site/                    what the site seals with: see `frankpledge.web.keys`

A key that is lost is lost for good: nobody can open what it sealed. Keep a copy of the folder elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import WorkspaceError
from frankpledge.provenance import sync

SETTING = "FRANKPLEDGE_KEYS"
BYTES = 32
_PSEUDONYMS = "pseudonyms"


@dataclass(frozen=True)
class KeyFolder:
    """A workspace's keys."""

    folder: Path

    def pseudonym_key(self, expected: str = "") -> bytes:
        """The key that makes codes of people, made when it is first asked for.

        Parameters
        ----------
        expected
            Name of the key (see `key_name`) that earlier files were made with: then it must be that one.

        Raises
        ------
        WorkspaceError
            When it is not there though files were made with it, or is another.
        """
        if not expected and not self.has(_PSEUDONYMS):
            return self.make(_PSEUDONYMS)
        key = self.read(_PSEUDONYMS)
        if expected and key_name(key) != expected:
            raise WorkspaceError(
                f"The key for people's codes in {self.folder} is not the one that earlier files were made with.",
                f"Put the right key folder there, or name it in {SETTING}: with this one the same person would get "
                "another code.",
            )
        return key

    def has(self, name: str) -> bool:
        """Whether there is a key of this name."""
        return self._path(name).exists()

    def make(self, name: str) -> bytes:
        """A new key of 32 random bytes under a name, on the disk when this returns."""
        key = secrets.token_bytes(BYTES)
        self.put(name, key)
        return key

    def put(self, name: str, content: bytes) -> None:
        """Keep some bytes under a name, in place of what may be there; on the disk when this returns."""
        path = self._path(name)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # Each part by itself: what is made on the way to a folder would be open to others.
        for part in reversed([one for one in path.parents if one.is_relative_to(self.folder)]):
            part.mkdir(mode=0o700, exist_ok=True)
        self._check_rights()
        passing = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        passing.rename(path)
        sync(path.parent)

    def destroy(self, name: str) -> None:
        """Do away with what is kept under a name; it may be gone already."""
        path = self._path(name)
        if path.exists():
            # Overwritten first. A disk may keep the old block all the same: whoever must be sure encrypts the disk.
            path.write_bytes(secrets.token_bytes(path.stat().st_size))
            sync(path)
            path.unlink()
            sync(path.parent)

    def names(self, under: str = "") -> list[str]:
        """The names of what is kept, in order; those in one part of the folder where one is named."""
        folder = self.folder / under
        return sorted(str(path.relative_to(self.folder).with_suffix("")) for path in folder.glob("**/*.key"))

    def read(self, name: str) -> bytes:
        """A key of 32 bytes.

        Raises
        ------
        WorkspaceError
            When it is not there, not whole, or others may look into the folder.
        """
        key = self.content(name)
        if len(key) != BYTES:
            raise WorkspaceError(
                f"{self._path(name)} is not a whole key.", "Put back the copy of the key folder that you keep."
            )
        return key

    def content(self, name: str) -> bytes:
        """What is kept under a name, whatever its length.

        Raises
        ------
        WorkspaceError
            When it is not there, or others may look into the folder.
        """
        path = self._path(name)
        try:
            key = path.read_bytes()
        except FileNotFoundError as error:
            raise WorkspaceError(
                f"The key {path.name} is not in {self.folder}, and without it nobody can open what it sealed.",
                f"Put the key folder back there, or say where it is: {SETTING}=FOLDER.",
            ) from error
        self._check_rights()
        return key

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def _check_rights(self) -> None:
        if os.name == "posix" and self.folder.stat().st_mode & 0o077:
            raise WorkspaceError(
                f"Others may look into the key folder {self.folder}.", f"Close it to them: chmod 700 {self.folder}"
            )


def key_folder(workspace: Path) -> KeyFolder:
    """The key folder of a workspace's folder; it need not be there yet.

    Raises
    ------
    WorkspaceError
        When it would lie within the workspace.
    """
    inside = workspace.resolve()
    named = os.environ.get(SETTING)
    folder = Path(named).resolve() if named else inside.with_name(f"{inside.name}.keys")
    if folder.is_relative_to(inside):
        raise WorkspaceError(
            f"The key folder {folder} lies in the workspace, where whoever takes the one has the other.",
            f"Name a folder elsewhere in {SETTING}.",
        )
    return KeyFolder(folder)


def key_name(key: bytes) -> str:
    """The short name by which records say which key was used; it tells nothing of the key."""
    return hashlib.sha256(b"frankpledge key name\n" + key).hexdigest()[:16]
