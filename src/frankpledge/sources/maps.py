"""Reading map files: GeoJSON and GeoPackage, gzip or not."""

from __future__ import annotations

import zlib
from pathlib import Path

import pyogrio
import pyogrio.errors

from frankpledge.sources.reading import is_gzip, open_bytes

_BEGINNINGS = (b"SQLite format 3\x00", b"{")


def is_map(path: Path) -> bool:
    """Whether a file is GeoJSON or a GeoPackage, by its first bytes."""
    try:
        return _beginning(path).startswith(_BEGINNINGS)
    except (OSError, EOFError, zlib.error):
        return False


def _beginning(path: Path) -> bytes:
    with open_bytes(path) as file:
        return file.read(16).lstrip()


def map_columns(path: Path) -> tuple[str, ...]:
    """Attribute names of a map file; empty when it cannot be read as one."""
    try:
        return tuple(pyogrio.read_info(map_address(path))["fields"])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return ()


def map_address(path: Path) -> str:
    """How the map reader is told of a file, gzip or not."""
    address = f"/vsigzip/{path.resolve()}" if is_gzip(path) else str(path.resolve())
    # Named by its form, so that GeoJSON in a file called .csv is not read as a table.
    return f"GeoJSON:{address}" if _beginning(path).startswith(b"{") else address
