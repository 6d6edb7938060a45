"""Fetching in order: find the files of an address, get each whole, see that it is what it should be, add it.

What goes wrong with one file is said, and the others go on. A file is added through `sources.adding`, like one
given by hand: it is recognised by what is in it, kept under its hash, and never changes one that is held.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from frankpledge.errors import FetchError, SourceError, UserError, WorkspaceError
from frankpledge.fetching.archive import unpacked, wanted_members
from frankpledge.fetching.definition import Address
from frankpledge.fetching.download import Downloaded, download
from frankpledge.fetching.errand import Errand, Wanted
from frankpledge.fetching.finding import Asked, find_files
from frankpledge.fetching.ledger import Ledger
from frankpledge.fetching.paging import fetch_pages, forget_pages
from frankpledge.fetching.wholeness import check_whole, damaged, proves_itself, unpack
from frankpledge.provenance import now, sha256_of
from frankpledge.sources.adding import add_files
from frankpledge.sources.registry import all_sources, recognise, sample_of
from frankpledge.workspace import Workspace

FOLDER = "fetching"
_WHOLE = "whole"


@dataclass(frozen=True)
class Outcome:
    """What became of one file: ``added``, ``held`` (nothing new) or ``refused``, and why."""

    outcome: str
    words: str


@contextmanager
def fetching(workspace: Workspace) -> Iterator[Path]:
    """The folder for what is not yet whole, and its lock: it may be deleted when nothing is being fetched.

    The operating system lets go of it, however a run ends.

    Raises
    ------
    WorkspaceError
        When another fetch holds it.
    """
    folder = workspace.folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkspaceError("Another fetch is under way here.", "Wait for it to end, then try again.") from error
        yield folder


def fetch(workspace: Workspace, errand: Errand, addresses: list[Address], asked: Asked) -> Iterator[Outcome]:
    """Fetch what is asked for of each address, one file after another, telling what became of each."""
    ledger = Ledger(errand.folder)
    for address in addresses:
        one = errand.within(address.name)
        # What a run that was killed had whole but not yet added; it is got again rather than trusted.
        shutil.rmtree(one.folder / _WHOLE, ignore_errors=True)
        refused = False
        for outcome in _fetch_address(workspace, one, address, asked, ledger):
            refused = refused or outcome.outcome == "refused"
            yield outcome
        _tidy_away(one.folder, refused)


def _fetch_address(
    workspace: Workspace, errand: Errand, address: Address, asked: Asked, ledger: Ledger
) -> Iterator[Outcome]:
    try:
        for wanted in find_files(errand, _readable(address), asked):
            yield from _fetch_one(workspace, errand, wanted, ledger)
    except UserError as error:
        yield Outcome("refused", str(error))


def _readable(address: Address) -> Address:
    """An address with only those parts that some source here reads.

    Raises
    ------
    FetchError
        When there are none.
    """
    known = tuple(part for part in address.parts if part.source in all_sources())
    if not known:
        names = " and ".join(address.sources)
        raise FetchError(f"{address.title}: no source here reads it yet ({names}).", "It was not fetched.")
    return replace(address, parts=known)


def _fetch_one(workspace: Workspace, errand: Errand, wanted: Wanted, ledger: Ledger) -> Iterator[Outcome]:
    try:
        if wanted.address.layer:
            yield from _fetch_pages(workspace, errand, wanted)
        else:
            yield from _fetch_file(workspace, errand, wanted, ledger)
    except UserError as error:
        yield Outcome("refused", str(error))


def _fetch_pages(workspace: Workspace, errand: Errand, wanted: Wanted) -> Iterator[Outcome]:
    with _whole_folder(errand) as folder:
        out = folder / wanted.name
        fetch_pages(errand, wanted, out)
        yield _add(workspace, out, wanted, wanted.address.sources[0])
    forget_pages(errand)


def _fetch_file(workspace: Workspace, errand: Errand, wanted: Wanted, ledger: Ledger) -> Iterator[Outcome]:
    before = ledger.state_of(wanted, workspace)
    got = download(errand, wanted, before[0] if before else None)
    if got is None:
        assert before is not None, "only what was fetched before can be unchanged"
        yield Outcome("held", f"{wanted.name}: nothing new since {before[1]}.")
        return
    hashes: list[str] = []
    try:
        with _whole_folder(errand) as folder:
            path = _checked(got, folder, wanted)
            members = _members(path, folder, wanted, errand) if wanted.members else _itself(path, folder, wanted)
            for file, source in members:
                hashes.append(sha256_of(file))
                yield _add(workspace, file, wanted, source)
        if all(workspace.holds(sha256) for sha256 in hashes):
            ledger.write(wanted, got.partial.validator, hashes, now())
    finally:
        # Used, or of no use: what was refused would be refused again.
        got.partial.remove()


@contextmanager
def _whole_folder(errand: Errand) -> Iterator[Path]:
    """A folder for files that are whole, for as long as they are looked at and added."""
    folder = errand.folder / _WHOLE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked(got: Downloaded, folder: Path, wanted: Wanted) -> Path:
    """A file that arrived, once it has been read through."""
    path = got.path
    if got.partial.coding:
        path = folder / f"{wanted.name}.plain"
        unpack(got.path, path, wanted)
    if not got.sure and not got.partial.coding and not proves_itself(path):
        raise damaged(wanted, "its server did not say where it ends, so that it cannot be known whether it is whole")
    check_whole(path, wanted)
    return path


def _itself(path: Path, folder: Path, wanted: Wanted) -> Iterator[tuple[Path, str]]:
    """A file under its own name."""
    out = folder / wanted.name
    path.rename(out)
    yield out, wanted.address.sources[0]


def _members(path: Path, folder: Path, wanted: Wanted, errand: Errand) -> Iterator[tuple[Path, str]]:
    """The files wanted out of a ZIP."""
    found, absent = wanted_members(path, wanted)
    if not found:
        raise FetchError(
            f"{wanted.name}: nothing that is wanted is in it, such as {next(iter(wanted.members))}.",
            wanted.address.remedy(),
        )
    if absent:
        errand.say(f"{wanted.name}: {len(absent)} of {len(wanted.members)} are not in it, such as {absent[0]}.")
    yield from unpacked(path, found, folder, wanted)


def _add(workspace: Workspace, path: Path, wanted: Wanted, expected: str) -> Outcome:
    """Add a file if it is what it should be; else it goes, and that is said."""
    title = all_sources()[expected].source.title
    try:
        source = recognise(sample_of(path))
    except SourceError as error:
        return Outcome("refused", f"{error.happened} It came from {wanted.url} and was not kept.")
    if source is None or source.slug != expected:
        found = "no source knows it" if source is None else f"it is {source.title}"
        return Outcome(
            "refused",
            f"{path.name} is not what it should be ({title}): {found}. It came from {wanted.url} and was not kept. "
            f"{wanted.address.remedy()}",
        )
    (added,) = add_files(workspace, [path], lambda outcome: None, address=wanted.url)
    words = f"{path.name}: nothing new." if added.outcome == "held" else added.words
    return Outcome(added.outcome, words)


def _tidy_away(folder: Path, refused: bool) -> None:
    """Remove the folder of an address, unless something in it can be gone on from."""
    if not refused or not any(folder.iterdir()):
        shutil.rmtree(folder)
