"""The key folder: beside the workspace, never in it, so that who takes the one has not the other.

    <workspace>.keys/            or the folder that FRANKPLEDGE_KEYS names; for its owner only
        pseudonyms.key           makes the codes of people: the same for every file of the workspace
        <hash of a file>.key     opens one sealed file; destroyed with it

A key that is lost is lost for good: nobody can open what it sealed. Keep a copy of the folder elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import WorkspaceError

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
        if not expected and not self._path(_PSEUDONYMS).exists():
            return self._make(_PSEUDONYMS)
        key = self._read(_PSEUDONYMS)
        if expected and key_name(key) != expected:
            raise WorkspaceError(
                f"The key for people's codes in {self.folder} is not the one that earlier files were made with.",
                f"Put the right key folder there, or name it in {SETTING}: with this one the same person would get "
                "another code.",
            )
        return key

    def make_file_key(self, sha256: str) -> bytes:
        """A new key for one file, by the hash of the file as it was given."""
        return self._make(sha256)

    def file_key(self, sha256: str) -> bytes:
        """The key of a sealed file.

        Raises
        ------
        WorkspaceError
            When it is not there.
        """
        return self._read(sha256)

    def destroy_file_key(self, sha256: str) -> None:
        """Do away with the key of a file; it may be gone already."""
        path = self._path(sha256)
        if path.exists():
            # Overwritten first. A disk may keep the old block all the same: whoever must be sure encrypts the disk.
            path.write_bytes(secrets.token_bytes(BYTES))
            _sync(path)
            path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def _make(self, name: str) -> bytes:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._check_rights()
        key = secrets.token_bytes(BYTES)
        passing = self.folder / f".{name}.{os.getpid()}"
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, key)
            os.fsync(handle)
        finally:
            os.close(handle)
        passing.rename(self._path(name))
        _sync(self.folder)
        return key

    def _read(self, name: str) -> bytes:
        path = self._path(name)
        try:
            key = path.read_bytes()
        except FileNotFoundError as error:
            raise WorkspaceError(
                f"The key {path.name} is not in {self.folder}, and without it nobody can open what it sealed.",
                f"Put the key folder back there, or say where it is: {SETTING}=FOLDER.",
            ) from error
        if len(key) != BYTES:
            raise WorkspaceError(f"{path} is not a whole key.", "Put back the copy of the key folder that you keep.")
        self._check_rights()
        return key

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


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
