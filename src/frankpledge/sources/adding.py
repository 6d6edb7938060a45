"""Taking files into a workspace: each is recognised by what is in it, kept as it is, and never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from frankpledge.errors import SourceError
from frankpledge.provenance import sha256_of
from frankpledge.sources.nearest import lacking
from frankpledge.sources.partners.checking import check_file
from frankpledge.sources.partners.depersonalising import USUAL_CARE, Care, seal_personal
from frankpledge.sources.partners.mapping import find_mapping
from frankpledge.sources.partners.template import all_templates, find_template
from frankpledge.sources.reading.archives import check_gzip, data_members, opened, unpack
from frankpledge.sources.reading.careful import check_in_order
from frankpledge.sources.reading.disk import room_for
from frankpledge.sources.reading.formats import Form, form_of
from frankpledge.sources.reading.tables import encoding_in_words
from frankpledge.sources.registry import all_sources, recognise, sample_of
from frankpledge.sources.source import Sample, Source
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
        if not _there(path):
            raise SourceError(f"{path} is not there.", "Check the name; a folder is taken with all that is in it.")
        found += sorted(_walk(path))
    return found


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return True


def _walk(path: Path, within: frozenset[Path] = frozenset()) -> Iterator[Path]:
    try:
        if path.is_dir():
            # A link to a folder that holds it leads round and round.
            folder = path.resolve()
            for inner in path.iterdir() if folder not in within else ():
                # A link that leads nowhere is neither a file nor a folder.
                if inner.exists() and not inner.name.startswith("."):
                    yield from _walk(inner, within | {folder})
        else:
            yield path
    except PermissionError:
        # It is not passed over in silence: whoever takes it finds that it cannot be opened, and says so.
        yield path


def add_files(
    workspace: Workspace,
    paths: Iterable[Path],
    tell: Callable[[Added], None],
    address: str = "",
    care: Care = USUAL_CARE,
) -> list[Added]:
    """Recognise and keep each file, telling what became of it as it goes; `address` is where they were fetched from.

    Each file in a ZIP archive is taken as a file of its own. One that is about people is kept without names, and
    sealed; `care` says who answers for it and how long it is kept. One that the workspace maps is read as mapped.

    Raises
    ------
    WorkspaceError
        When the disk is full; what was added before stays added.
    """
    outcomes = []
    for path in files_in(paths):
        for outcome in _add(workspace, path, address, care):
            tell(outcome)
            outcomes.append(outcome)
    return outcomes


def _add(workspace: Workspace, path: Path, address: str, care: Care) -> Iterator[Added]:
    try:
        if path.exists() and not path.is_dir() and not path.is_file():
            # To read a pipe or a device would wait for ever, or never end.
            raise SourceError(f"{path.name} is neither a file nor a folder, but a pipe or a device.", "Leave it out.")
        if not path.is_dir() and form_of(path) is Form.ARCHIVE:
            with opened(path) as archive:
                yield from _add_members(workspace, path, archive, address, care)
        else:
            yield _add_one(workspace, path, address, care)
    except SourceError as error:
        yield Added(path, "refused", "", str(error))
    except OSError as error:
        why = "it is a folder that may not be looked into" if path.is_dir() else error.strerror
        words = f"{path.name} cannot be opened ({why}). Ask for the right to read it."
        yield Added(path, "refused", "", words)


def _add_members(workspace: Workspace, path: Path, archive: ZipFile, address: str, care: Care) -> Iterator[Added]:
    """Take each file of an archive, one unpacked at a time."""
    members = data_members(archive)
    if not members:
        raise SourceError(f"{path.name}: the archive is empty.", "Get it again from whoever sent it.")
    for member in members:
        place = path / member.filename
        with TemporaryDirectory(prefix="frankpledge-") as folder:
            try:
                with room_for(Path(folder), f"{member.filename} was not unpacked from {path.name}."):
                    unpacked = unpack(archive, member, Path(folder))
                added = _add_one(workspace, unpacked, address, care)
                yield replace(added, path=place, words=f"{path.name}, {added.words}")
            except SourceError as error:
                yield Added(place, "refused", "", f"{path.name}, {error}")


def _add_one(workspace: Workspace, path: Path, address: str, care: Care) -> Added:
    sample = sample_of(path)
    source = recognise(sample)
    mapping = find_mapping(workspace.definitions, path) if source is None and sample.form != "map" else None
    if mapping:
        source = all_sources()[mapping.template].source
    if source is None:
        return Added(path, "refused", "", f"{path.name}: {lacking(sample) or _NOT_KNOWN} {_SEE}")
    check_gzip(path)
    # One that is mapped may have anything above its heading.
    if sample.form == "table" and mapping is None:
        check_in_order(path)
    if workspace.holds(sha256_of(path)):
        return Added(path, "held", source.slug, f"{path.name} was added before; nothing changed.")
    words = f"{path.name}: {source.title}, {source.publisher}."
    with _whole_or_not(workspace, path, source):
        if source.sensitivity == "personal":
            words += f" {seal_personal(workspace, path, find_template(source.slug), mapping, care)[1]}"
        else:
            _keep(workspace, path, source, address, mapping.slug if mapping else "")
            words += _remarks(sample, path) + _refused(workspace, path, source)
    return Added(path, "added", source.slug, words)


def _remarks(sample: Sample, path: Path) -> str:
    """What whoever adds a file should know of it at once."""
    words = ""
    if sample.tabular and not sample.first_row:
        words += " It has a heading and no rows: look whether it is the right file."
    if sample.form == "table" and (encoding := encoding_in_words(path)):
        words += f" It is written in {encoding}, not in UTF-8, and is read as such."
    return words


def _refused(workspace: Workspace, path: Path, source: Source) -> str:
    """How many rows of a partner's file cannot be used, while whoever sent it can still be asked."""
    if source.slug not in all_templates():
        return ""
    checked = check_file(path, workspace.definitions)
    if not checked.wrong_rows:
        return ""
    return f" {checked.wrong_rows:,} of {checked.rows:,} rows cannot be used: “frankpledge validate” says why."


def _keep(workspace: Workspace, path: Path, source: Source, address: str, mapping: str) -> None:
    workspace.keep(
        path,
        source=source.slug,
        publisher=source.publisher,
        dataset=source.dataset,
        licence=source.licence,
        address=address,
        mapping=mapping,
    )


@contextmanager
def _whole_or_not(workspace: Workspace, path: Path, source: Source) -> Iterator[None]:
    """Leave nothing of a file behind that cannot be kept."""
    folder = workspace.raw / source.slug
    before = _entries(folder)
    try:
        with room_for(workspace.folder, f"{path.name} was not taken; what was added before it is kept."):
            yield
    except BaseException as error:
        for left in _entries(folder) - before:
            # Another may be adding files to the same folder.
            if path.name in left.name:
                left.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise SourceError(
                f"{path.name} could not be copied into {folder} ({error.strerror}).",
                "Look whether you may write there, and add it again.",
            ) from error
        raise


def _entries(folder: Path) -> set[Path]:
    return set(folder.iterdir()) if folder.is_dir() else set()


_NOT_KNOWN = "no source knows a file with these columns."
_SEE = "See “frankpledge sources” for those that are known."


def known_shapes() -> list[tuple[str, str]]:
    """Title and look of every source, for a person whose file was not recognised."""
    return [(one.source.title, one.source.looks_like) for one in all_sources().values()]
