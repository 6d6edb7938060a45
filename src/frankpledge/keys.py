"""The key folder: beside the workspace, never in it, so that who takes the one has not the other.

    <workspace>.keys/            or the folder that FRANKPLEDGE_KEYS names; for its owner only
        pseudonyms.key           makes the codes of people: the same for every file of the workspace
        <hash of a file>.key     opens one sealed file; destroyed with it
        site/                    what the site seals with: see `frankpledge.web.keys`

A key that is lost is lost for good: nobody can open what it sealed. Keep a copy of the folder elsewhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import WorkspaceError
from frankpledge.provenance import sync

SETTING = "FRANKPLEDGE_KEYS"
BYTES = 32
_PSEUDONYMS = "pseudonyms"
_SUFFIX = ".key"

# What tells whether a key's file is still the one it was: where it lies on the disk, its length, when it was written.
Stamp = tuple[int, int, int]


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
        self._make_folder(path.parent)
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
        """Do away with what is kept under a name, and with what is left of an attempt at it; it may be gone already."""
        path = self._path(name)
        if path.exists():
            # Out of sight first: a program that is killed while it overwrites must leave no key that is none.
            path.rename(path.with_name(f".{path.name}.{secrets.token_hex(4)}"))
            sync(path.parent)
        _overwrite(path.parent, f".{path.name}.*")

    def destroy_all(self, under: str) -> None:
        """Do away with a part of the folder."""
        for name in self.names(under):
            self.destroy(name)
        part = self.folder / under
        if part.is_dir():
            self.destroy_half_made(under)
            part.rmdir()
            sync(part.parent)

    def destroy_half_made(self, under: str = "") -> None:
        """Do away with what killed programs left half made or half destroyed. Nobody else may be writing there."""
        _overwrite(self.folder / under, f"**/.*{_SUFFIX}.*")

    def names(self, under: str = "") -> list[str]:
        """The names of what is kept, in order; those in one part of the folder where one is named."""
        folder = self.folder / under
        return sorted(str(path.relative_to(self.folder).with_suffix("")) for path in folder.glob(f"**/*{_SUFFIX}"))

    def numbers(self, under: str) -> list[int]:
        """The numbers that name what is kept in one part of the folder, in order: it is asked for often."""
        try:
            found = [name.removesuffix(_SUFFIX) for name in os.listdir(f"{self.folder}/{under}")]
        except FileNotFoundError:
            return []
        return sorted(int(name) for name in found if name.isdecimal())

    def stamp(self, name: str) -> Stamp | None:
        """By what one sees whether a key was replaced since it was read; None where there is none."""
        try:
            told = os.stat(f"{self.folder}/{name}{_SUFFIX}")
        except FileNotFoundError:
            return None
        return told.st_ino, told.st_size, told.st_mtime_ns

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Change keys while no other program does; the system lets go of the lock when a program ends, however."""
        self._make_folder(self.folder)
        handle = os.open(self.folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

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
            # What is destroyed loses its name before it is overwritten: with a name, this is what was kept.
            path.stat()
        except FileNotFoundError as error:
            raise WorkspaceError(
                f"The key {path.name} is not in {self.folder}, and without it nobody can open what it sealed.",
                f"Put the key folder back there, or say where it is: {SETTING}=FOLDER.",
            ) from error
        self._check_rights()
        return key

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"

    def _make_folder(self, folder: Path) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # Each part by itself: what is made on the way to a folder would be open to others, and perhaps not on the disk.
        for part in reversed([one for one in (folder, *folder.parents) if one.is_relative_to(self.folder)]):
            if not part.is_dir():
                part.mkdir(mode=0o700, exist_ok=True)
                sync(part.parent)

    def _check_rights(self) -> None:
        if os.name == "posix" and self.folder.stat().st_mode & 0o077:
            raise WorkspaceError(
                f"Others may look into the key folder {self.folder}.", f"Close it to them: chmod 700 {self.folder}"
            )


def _overwrite(folder: Path, pattern: str) -> None:
    """Do away with files. A disk may keep the old blocks all the same: whoever must be sure encrypts the disk."""
    for path in list(folder.glob(pattern)):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync(path.parent)


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
