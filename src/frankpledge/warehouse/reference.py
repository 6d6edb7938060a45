"""What the package brings into every warehouse: areas it knows, publishers' labels, printed figures."""

from __future__ import annotations

from pathlib import Path

import duckdb

from frankpledge.definition import PACKAGED, definition_files, hash_of, read_definition
from frankpledge.geography import kind_of
from frankpledge.warehouse.putting import put_rows

UNRECOGNISED = "crime/unrecognised"


def load_reference(con: duckdb.DuckDBPyConnection, overlay: Path | None) -> None:
    """Fill ``offence``, ``label`` and what is needed to know areas by name, before any file is read."""
    _load_areas(con)
    _load_labels(con, definition_files("sources", overlay))
    for path in (PACKAGED / "areas.yaml", *definition_files("sources", overlay).values()):
        con.execute("INSERT INTO definition_used VALUES (?, ?)", [f"{path.parent.name}/{path.name}", hash_of(path)])


def _load_areas(con: duckdb.DuckDBPyConnection) -> None:
    entry = read_definition(PACKAGED / "areas.yaml")
    named = [area for kind in ("regions", "forces", "authorities") for area in entry.entries(kind)]
    authorities = entry.entries("authorities")
    # Vintage 0: any look-up that is added knows better.
    put_rows(con, "area_name", [{"code": one.text("code"), "name": one.text("name"), "vintage": 0} for one in named])
    put_rows(con, "named_area", [{"name": one.text("name").upper(), "code": one.text("code")} for one in authorities])
    put_rows(
        con,
        "area_member",
        [
            {
                "child": one.text("code"),
                "parent": parent,
                "child_kind": "authority",
                "parent_kind": str(kind_of(parent)),
                "vintage": "0",
            }
            for one in authorities
            for parent in (one.text("region", ""), one.text("force"))
            if parent
        ],
    )


def _load_labels(con: duckdb.DuckDBPyConnection, paths: dict[str, Path]) -> None:
    """Publishers' labels; where two files hold one label, the workspace's own, which comes last, stands."""
    offence_of: dict[tuple[str, str], str] = {}
    beyond: dict[str, str] = {}
    for path in paths.values():
        entry = read_definition(path)
        if "family" not in entry.values:
            # Short names of topics, kinds of places…: read by the sources they are for.
            continue
        entry.only("schema", "family", "groups", "labels", "areas_beyond_boroughs")
        family = entry.text("family")
        for key, group in (("labels", family), ("groups", f"{family}-groups")):
            offence_of |= {(group, one.text("label").upper()): one.text("offence") for one in entry.entries(key, [])}
        beyond |= {one.text("label"): one.text("area") for one in entry.entries("areas_beyond_boroughs", [])}
    offences = sorted({UNRECOGNISED} | {part for path in offence_of.values() for part in _with_parents(path)})
    numbers = {path: number for number, path in enumerate(offences)}
    put_rows(con, "offence", [{"offence_id": number, "path": path} for path, number in numbers.items()])
    put_rows(
        con,
        "label",
        [
            {"family": family, "label": label, "offence_id": numbers[path]}
            for (family, label), path in offence_of.items()
        ],
    )
    put_rows(con, "named_area", [{"name": label, "code": area} for label, area in beyond.items()])


def _with_parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]
