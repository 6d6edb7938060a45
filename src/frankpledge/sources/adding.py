"""Taking files into a workspace: each is recognised by what is in it, kept as it is, and never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import SourceError
from frankpledge.provenance import sha256_of
from frankpledge.sources.registry import all_sources, recognise, sample_of
from frankpledge.workspace import Workspace


@dataclass(frozen=True)
class Added:
    """What became of one file: ``added``, ``held`` (it was there already) or ``refused``, and why."""

    path: Path
    outcome: str
    source: str
    words: str


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Every file of files and folders, in order of name, hidden ones aside.

    Raises
    ------
    SourceError
        When a path does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path} is not there.", "Check the name; a folder is taken with all that is in it.")
        found += sorted(_walk(path))
    return found


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for inner in path.iterdir():
        # A link that leads nowhere is neither a file nor a folder.
        if inner.exists() and not inner.name.startswith("."):
            yield from _walk(inner)


def add_files(workspace: Workspace, paths: Iterable[Path], tell: Callable[[Added], None]) -> list[Added]:
    """Recognise and keep each file, telling what became of it as it goes."""
    outcomes = []
    for path in files_in(paths):
        outcome = _add_one(workspace, path)
        tell(outcome)
        outcomes.append(outcome)
    return outcomes


def _add_one(workspace: Workspace, path: Path) -> Added:
    try:
        source = recognise(sample_of(path))
    except SourceError as error:
        return Added(path, "refused", "", str(error))
    except OSError as error:
        return Added(
            path, "refused", "", f"{path.name} cannot be opened ({error.strerror}). Ask for the right to read it."
        )
    if source is None:
        return Added(path, "refused", "", f"{path.name}: {_NOT_KNOWN}")
    if workspace.holds(sha256_of(path)):
        return Added(path, "held", source.slug, f"{path.name} was added before; nothing changed.")
    workspace.keep(path, source=source.slug, publisher=source.publisher, dataset=source.dataset, licence=source.licence)
    return Added(path, "added", source.slug, f"{path.name}: {source.title}, {source.publisher}.")


_NOT_KNOWN = "no source knows a file with these columns. See “frankpledge sources” for those that are known."


def known_shapes() -> list[tuple[str, str]]:
    """Title and look of every source, for a person whose file was not recognised."""
    return [(one.source.title, one.source.looks_like) for one in all_sources().values()]
