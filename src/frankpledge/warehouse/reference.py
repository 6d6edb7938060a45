"""What the package brings into every warehouse: areas it knows, publishers' labels, printed figures."""

from __future__ import annotations

from pathlib import Path

import duckdb

from frankpledge.definition import PACKAGED, definition_files, hash_of, read_definition
from frankpledge.geography import kind_of

UNRECOGNISED = "crime/unrecognised"


def load_reference(con: duckdb.DuckDBPyConnection, overlay: Path | None) -> None:
    """Fill ``offence``, ``label`` and what is needed to know areas by name, before any file is read."""
    _load_areas(con)
    _load_labels(con, definition_files("sources", overlay))
    for path in (PACKAGED / "areas.yaml", *definition_files("sources", overlay).values()):
        con.execute("INSERT INTO definition_used VALUES (?, ?)", [f"{path.parent.name}/{path.name}", hash_of(path)])


def _load_areas(con: duckdb.DuckDBPyConnection) -> None:
    entry = read_definition(PACKAGED / "areas.yaml")
    con.execute("CREATE TEMP TABLE seen_area (code VARCHAR, name VARCHAR, vintage INTEGER)")
    con.execute("CREATE TEMP TABLE named_area (name VARCHAR, code VARCHAR)")
    for kind in ("regions", "forces", "authorities"):
        for area in entry.entries(kind):
            # Vintage 0: any look-up that is added knows better.
            con.execute("INSERT INTO seen_area VALUES (?, ?, 0)", [area.text("code"), area.text("name")])
    for area in entry.entries("authorities"):
        code = area.text("code")
        con.execute("INSERT INTO named_area VALUES (?, ?)", [area.text("name").upper(), code])
        parents = [parent for parent in (area.text("region", ""), area.text("force")) if parent]
        for parent in parents:
            con.execute(
                "INSERT INTO area_member VALUES (?, ?, 'authority', ?, '0')", [code, parent, str(kind_of(parent))]
            )


def _load_labels(con: duckdb.DuckDBPyConnection, paths: dict[str, Path]) -> None:
    labels: list[tuple[str, str, str]] = []
    for path in paths.values():
        entry = read_definition(path)
        entry.only("schema", "family", "groups", "labels", "areas_beyond_boroughs")
        family = entry.text("family")
        for key, group in (("labels", family), ("groups", f"{family}-groups")):
            labels += [(group, one.text("label").upper(), one.text("offence")) for one in entry.entries(key, [])]
        for area in entry.entries("areas_beyond_boroughs", []):
            con.execute("INSERT INTO named_area VALUES (?, ?)", [area.text("label"), area.text("area")])
    paths_of_offences = sorted({UNRECOGNISED} | {part for *_, path in labels for part in _with_parents(path)})
    con.executemany("INSERT INTO offence VALUES (?, ?)", list(enumerate(paths_of_offences)))
    numbers = {path: number for number, path in enumerate(paths_of_offences)}
    con.executemany("INSERT INTO label VALUES (?, ?, ?)", [(family, label, numbers[p]) for family, label, p in labels])


def _with_parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]
