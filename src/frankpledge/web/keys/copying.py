"""A copy of the key folder for safe keeping. What was destroyed does not live on in it: it is destroyed there too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import WorkspaceError
from frankpledge.keys import KeyFolder

# Never replaced, so it tells whose keys a folder holds.
_SIGN = "site/index"


@dataclass(frozen=True)
class Copied:
    """What came of it."""

    keys: int
    # Keys that the copy had and the folder has no more.
    destroyed: int


def copy_keys(keys: KeyFolder, to: Path, site: Path) -> Copied:
    """Make a folder a copy of the key folder. Left off in the middle it opens all that it opened before.

    Raises
    ------
    WorkspaceError
        When the folder lies within the site folder or the key folder, or holds anything but a copy of these keys.
    """
    to = to.resolve()
    _check_place(to, site.resolve(), keys.folder.resolve())
    copy = KeyFolder(to)
    with keys.alone():
        _check_is_ours(copy, keys)
        names = keys.names()
        # The sign first: by it a copy that was left off is known for one.
        for name in sorted(names, key=lambda name: name != _SIGN):
            content = keys.content(name)
            if not copy.has(name) or copy.content(name) != content:
                copy.put(name, content)
        gone = sorted(set(copy.names()) - set(names))
        for name in gone:
            copy.destroy(name)
        copy.destroy_half_made()
    return Copied(len(names), len(gone))


def _check_place(to: Path, site: Path, keys: Path) -> None:
    if to.is_relative_to(site):
        raise WorkspaceError(
            f"{to} lies in the site folder, where whoever takes the one has the other.", "Name a folder elsewhere."
        )
    if to.is_relative_to(keys) or keys.is_relative_to(to):
        raise WorkspaceError(f"{to} is where the keys themselves are.", "Name a folder elsewhere.")
    if not to.parent.is_dir():
        raise WorkspaceError(f"There is no folder {to.parent}.", "Is the disk there that the copy is for?")


def _check_is_ours(copy: KeyFolder, keys: KeyFolder) -> None:
    """Nothing else is ever written over, the keys of another site least of all."""
    if not copy.folder.exists() or (copy.folder.is_dir() and not any(copy.folder.iterdir())):
        return
    if not copy.has(_SIGN) or copy.read(_SIGN) != keys.read(_SIGN):
        raise WorkspaceError(
            f"{copy.folder} holds something else than a copy of these keys.",
            "Name a folder that is empty or not there; or look whether the site still has its own keys.",
        )
