"""The folder a partnership works in.

    partnership.yaml    who it is, whom it is compared with, what it has pinned
    plan.yaml           what it has set out to do, and how far it has got; where it keeps one
    definitions/        its own indicators, assessments, wording, laid over the packaged ones
    prose/              what it writes itself, in Markdown: prose/<document>/<key>.md
    raw/                files as they were given, never changed, each with its provenance beside it; those about
                        people without names and sealed, their keys in a folder beside the workspace
    fetching/           what is on its way from publishers; may be deleted
    warehouse/          built from raw/; ``current`` names the one in use
    editions/           what was published, with every figure's evidence; never changed
    output/             the newest documents
    templates/          the council's own Word template, ``word.docx``, where there is one

Commands use the workspace they stand in: the nearest folder upwards with a ``partnership.yaml``.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from frankpledge.definition import PACKAGED, Entry, definition_files, hash_of, read_definition
from frankpledge.errors import WorkspaceError
from frankpledge.geography import AreaKind, kind_of
from frankpledge.keys import key_folder
from frankpledge.model.partnership import Partnership
from frankpledge.provenance import RawFile, destroyed_path, now, read_record, record_path, sha256_of, sync

MARKER = "partnership.yaml"
NEIGHBOURS = 5


@dataclass(frozen=True)
class KnownArea:
    """An authority the package or a look-up knows: its police force, and the whole it is ranked within.

    That whole is the region where all of it is known (London), else the force's area.
    """

    code: str
    name: str
    force: str
    whole: str
    whole_name: str


@dataclass(frozen=True)
class Workspace:
    """A partnership's folder."""

    folder: Path

    @property
    def definitions(self) -> Path:
        """The workspace's own definitions."""
        return self.folder / "definitions"

    @property
    def plan(self) -> Path:
        """The partnership's plan, where it keeps one."""
        return self.folder / "plan.yaml"

    @property
    def prose(self) -> Path:
        """What the partnership writes itself, a folder for each document."""
        return self.folder / "prose"

    @property
    def raw(self) -> Path:
        """Files as they were given."""
        return self.folder / "raw"

    @property
    def warehouses(self) -> Path:
        """Built warehouses and the pointer to the current one."""
        return self.folder / "warehouse"

    @property
    def editions(self) -> Path:
        """What was published."""
        return self.folder / "editions"

    @property
    def releases(self) -> Path:
        """What documents have shown of partners' records, for the check of what the next one gives away."""
        return self.folder / "releases"

    @property
    def output(self) -> Path:
        """The newest documents."""
        return self.folder / "output"

    @property
    def word_template(self) -> Path | None:
        """The council's own Word template; None where there is none. Whether it will do is for its reader to say."""
        found = sorted((self.folder / "templates").glob("word.*"))
        return found[0] if found else None

    def partnership(self) -> Partnership:
        """The partnership, from its definition."""
        return read_partnership(self.folder / MARKER, slug=self.folder.name)

    def raw_files(self) -> list[RawFile]:
        """Every file held, in the order they were added."""
        records = [read_record(path) for path in self.raw.glob("*/*.provenance.json")]
        return sorted(records, key=lambda file: (file.added, file.source, file.name, file.sha256))

    def holds(self, sha256: str) -> bool:
        """Whether a file with this hash has been added."""
        return any(self.raw.glob(f"*/{sha256[:12]}-*.provenance.json"))

    def keep(
        self,
        path: Path,
        *,
        source: str,
        publisher: str,
        dataset: str,
        licence: str,
        address: str = "",
        mapping: str = "",
    ) -> RawFile:
        """Copy a file into ``raw/`` under its hash and write its provenance beside it.

        The copy is made under a passing name and renamed when whole, so that a run cut short leaves
        no half a file that looks like one.
        """
        folder = self.raw / source
        folder.mkdir(parents=True, exist_ok=True)
        passing = folder / f".{path.name}.{os.getpid()}.incoming"
        shutil.copyfile(path, passing)
        sync(passing)
        # Of the copy, not of what was given: that may change while it is copied.
        digest = sha256_of(passing)
        kept = folder / f"{digest[:12]}-{path.name}"
        passing.rename(kept)
        size = kept.stat().st_size
        file = RawFile(
            kept, path.name, source, digest, size, now(), publisher, dataset, licence, address, mapping=mapping
        )
        file.save()
        return file

    def keep_sealed(self, file: RawFile, write: Callable[[Path], None]) -> RawFile:
        """Keep a table about people that was made of a file, sealed; the file itself is left where it is.

        Parameters
        ----------
        file
            Its record, `path` being where it was given.
        write
            Writes the sealed table to a path.
        """
        folder = self.raw / file.source
        folder.mkdir(parents=True, exist_ok=True)
        passing = folder / f".{file.sha256[:12]}.{os.getpid()}.incoming"
        try:
            write(passing)
            sync(passing)
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
        kept = folder / f"{file.sha256[:12]}-{file.name}.sealed"
        passing.rename(kept)
        held = replace(file, path=kept)
        held.save()
        return held

    def sealed_file(self, beginning: str) -> RawFile:
        """The sealed file whose hash has a beginning.

        Raises
        ------
        WorkspaceError
            When there is none, or several.
        """
        found = [file for file in self.raw_files() if file.sealed and file.sha256.startswith(beginning.lower())]
        if not beginning or len(found) != 1:
            how_many = "No sealed file has" if not found else f"{len(found)} sealed files have"
            raise WorkspaceError(
                f"{how_many} a hash that begins with “{beginning}”.", "“frankpledge destroy” without a hash lists them."
            )
        return found[0]

    def open_file(self, called: str) -> RawFile:
        """The file that was added under a name, or whose hash has a beginning; sealed ones aside.

        Raises
        ------
        WorkspaceError
            When there is none, or several.
        """
        found = [file for file in self.raw_files() if file.name == called or file.sha256.startswith(called.lower())]
        if called and len(found) == 1 and not found[0].sealed:
            return found[0]
        if len(found) > 1:
            hashes = ", ".join(f"{file.sha256[:12]} ({file.source}, added {file.added[:16]})" for file in found)
            raise WorkspaceError(f"{len(found)} files are called “{called}”.", f"Name one by its hash: {hashes}.")
        if found:
            raise WorkspaceError(f"{called} is about people, and sealed.", "“frankpledge destroy” destroys it.")
        raise WorkspaceError(f"No file that was added is called “{called}”.", "“frankpledge remove” lists them.")

    def remove(self, file: RawFile) -> None:
        """Take a file out of the workspace: the next build is without it."""
        # The record first: a file without one is not in the workspace, a record without its file stops every build.
        record_path(file.path).unlink(missing_ok=True)
        file.path.unlink(missing_ok=True)

    def destroy(self, file: RawFile) -> Path:
        """Destroy a sealed file and its key; its record stays, and says when.

        Returns
        -------
        Where the record lies.
        """
        # The key first: without it what is left, should this be cut short, can be opened by nobody.
        key_folder(self.folder).destroy(file.sha256)
        file.path.unlink(missing_ok=True)
        when = now()
        record = destroyed_path(file.path, when)
        kept = asdict(file) | {"path": file.path.name, "destroyed": when}
        record.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        sync(record)
        record_path(file.path).unlink(missing_ok=True)
        return record


def find_workspace(start: Path) -> Workspace:
    """The workspace a folder lies in.

    Raises
    ------
    WorkspaceError
        When there is none.
    """
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder)
    raise WorkspaceError(
        f"{start} is not in a workspace.",
        "Make one with “frankpledge init NAME --area CODE”, go into it, and try again.",
    )


def init_workspace(folder: Path, areas: tuple[str, ...], known: Iterable[KnownArea] = ()) -> tuple[Workspace, bool]:
    """Make a workspace, or complete one whose area was not known when it was made.

    Parameters
    ----------
    folder
        Where; its name becomes the partnership's slug.
    areas
        GSS codes of the partnership's authorities; empty to use a packaged definition of that name.
    known
        Authorities that look-ups already added to the folder know, beside the packaged ones.

    Returns
    -------
    The workspace, and whether its areas' names and comparators are known.

    Raises
    ------
    WorkspaceError
        When the folder is a workspace already, or no areas were given and none are packaged.
    """
    workspace = Workspace(folder)
    marker = folder / MARKER
    if marker.exists() and workspace.partnership().complete:
        raise WorkspaceError(f"{folder} is a workspace already.", f"Change {MARKER} in it with any text editor.")
    text, complete = _definition_text(folder.name, areas, [*packaged_areas(), *known])
    for part in (workspace.definitions, workspace.raw, workspace.warehouses, workspace.editions, workspace.output):
        part.mkdir(parents=True, exist_ok=True)
    marker.write_text(text, encoding="utf-8")
    return workspace, complete


def _definition_text(slug: str, areas: tuple[str, ...], known: list[KnownArea]) -> tuple[str, bool]:
    for path in definition_files("partnerships").values():
        packaged = read_partnership(path, slug=path.stem)
        if areas == packaged.areas or (not areas and path.stem == slug):
            return path.read_text(encoding="utf-8"), True
    if not areas:
        raise WorkspaceError(
            f"No partnership called “{slug}” comes with Frankpledge.",
            "Name its area or areas: “--area E09000015”, once for each.",
        )
    return _written(slug, areas, {area.code: area for area in known})


def _written(slug: str, areas: tuple[str, ...], known: dict[str, KnownArea]) -> tuple[str, bool]:
    """A new partnership: set beside authorities of its own police force, and ranked within its whole."""
    for code in areas:
        if kind_of(code) is not AreaKind.AUTHORITY:
            raise WorkspaceError(
                f"{code} is a {kind_of(code)}, not a local authority.",
                "Give the code of a borough, district or unitary.",
            )
    complete = all(code in known for code in areas)
    name = " and ".join(known[code].name for code in areas) if complete else slug
    own = known[areas[0]] if complete else KnownArea("", "", "", "", "")
    within = [one for one in known.values() if complete and one.whole == own.whole]
    others = [one.code for one in within if one.code not in areas and one.force == own.force]
    elsewhere = [one.code for one in within if one.force != own.force]
    lines = [
        "schema: 1",
        f'name: "{name} community safety partnership"',
        f"areas: [{', '.join(areas)}]",
        "# Those it is set beside in tables, five or so: here, the first of the same police force. Choose your own.",
        f"neighbours: [{', '.join(others[:NEIGHBOURS])}]",
        "# The whole it is ranked within, and its authorities.",
        f'region: {{name: "{own.whole_name}", code: "{own.whole}"}}',
        f"region_areas: [{', '.join(one.code for one in within)}]",
        "# Those that take no part in ranks and totals: - {area: E09000001, reason: why}",
        f"left_out: [{', '.join(f'{{area: {code}, reason: another police force covers it}}' for code in elsewhere)}]",
        "responsible_authorities: []",
        "# Releases to hold to: - {dataset: mps-borough, release: 2021-07}",
        "pinned: []",
        'colour: "#12436D"',
    ]
    if not complete:
        lines.append("complete: false")
    return "\n".join(lines) + "\n", complete


def packaged_areas() -> list[KnownArea]:
    """The authorities that come with the package: London's and Bedfordshire's."""
    entry = read_definition(PACKAGED / "areas.yaml")
    names = {one.text("code"): one.text("name") for kind in ("regions", "forces") for one in entry.entries(kind)}
    known = []
    for area in entry.entries("authorities"):
        force = area.text("force")
        whole = area.text("region", force)
        known.append(KnownArea(area.text("code"), area.text("name"), force, whole, names[whole]))
    return known


def read_partnership(path: Path, slug: str) -> Partnership:
    """Parse a partnership's definition."""
    entry = read_definition(path)
    entry.only(
        "schema", "name", "areas", "neighbours", "region", "left_out", "responsible_authorities", "pinned", "colour",
        "complete", "region_areas",
    )  # fmt: skip
    region = entry.entry("region", None)
    code = region.text("code", "")
    return Partnership(
        slug=slug,
        name=entry.text("name"),
        areas=_codes(entry, "areas"),
        neighbours=_codes(entry, "neighbours"),
        region_name=region.text("name", ""),
        region_code=code,
        region_areas=_codes(entry, "region_areas") or _members(code),
        left_out={one.text("area"): one.text("reason") for one in entry.entries("left_out", [])},
        pinned={one.text("dataset"): one.text("release") for one in entry.entries("pinned", [])},
        authorities=entry.texts("responsible_authorities", []),
        colour=entry.text("colour", "#12436D"),
        complete=entry.flag("complete", True),
    )


def _codes(entry: Entry, key: str) -> tuple[str, ...]:
    codes = entry.texts(key, [])
    for code in codes:
        kind_of(code)
    return codes


def _members(region: str) -> tuple[str, ...]:
    return tuple(area.code for area in packaged_areas() if region and region in (area.whole, area.force))


def definitions_hash(workspace: Workspace) -> str:
    """What a warehouse depends on: areas, labels, templates, mappings, own areas and authorities, corrections."""
    own = sorted(path for path in (workspace.definitions / "areas").glob("*") if path.is_file())
    # An area is known by the name of its file, and a place name by the partnership's area.
    names = " ".join([*workspace.partnership().areas, *(path.name for path in own)])
    kinds = ("sources", "templates", "mappings", "personal", "involved")
    read = [path for kind in kinds for path in definition_files(kind, workspace.definitions).values()]
    by_hand = sorted(workspace.definitions.glob("corrections.yaml"))
    return f"{hash_of(PACKAGED / 'areas.yaml', *read, *own, *by_hand)} {names}"
