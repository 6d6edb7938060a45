"""The folder a partnership works in.

    partnership.yaml    who it is, whom it is compared with, what it has pinned
    definitions/        its own indicators, assessments, wording, laid over the packaged ones
    raw/                files as they were given, never changed, each with its provenance beside it
    warehouse/          built from raw/; ``current`` names the one in use
    editions/           what was published, with every figure's evidence; never changed
    output/             the newest documents

Commands use the workspace they stand in: the nearest folder upwards with a ``partnership.yaml``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from frankpledge.definition import PACKAGED, Entry, definition_files, hash_of, read_definition
from frankpledge.errors import WorkspaceError
from frankpledge.geography import AreaKind, kind_of
from frankpledge.model.partnership import Partnership
from frankpledge.provenance import RawFile, now, read_record, sha256_of, sync

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
    def output(self) -> Path:
        """The newest documents."""
        return self.folder / "output"

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

    def keep(self, path: Path, *, source: str, publisher: str, dataset: str, licence: str) -> RawFile:
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
        file = RawFile(kept, path.name, source, digest, kept.stat().st_size, now(), publisher, dataset, licence)
        file.save()
        return file


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
    """A hash of the definitions that a warehouse depends on: areas and publishers' labels."""
    return hash_of(PACKAGED / "areas.yaml", *definition_files("sources", workspace.definitions).values())
