"""Reading map files: GeoJSON and GeoPackage, gzip or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frankpledge.sources.reading.formats import beginning_of, is_gzip


@dataclass(frozen=True)
class MapRows:
    """What a map file holds: an outline for each row as WKB, columns of that length, and how it says where it is."""

    outlines: NDArray[Any]
    columns: dict[str, NDArray[Any]]
    crs: str


def map_columns(path: Path) -> tuple[str, ...]:
    """Attribute names of a map file; empty when it cannot be read as one."""
    reader = _reader()
    try:
        return tuple(reader.read_info(map_address(path))["fields"])
    except (reader.errors.DataSourceError, reader.errors.DataLayerError):
        return ()


def read_map(path: Path, columns: Sequence[str]) -> MapRows:
    """The outlines of a map file, and some of its columns."""
    meta, _, outlines, fields = _reader().raw.read(map_address(path), columns=columns)
    return MapRows(np.asarray(outlines), dict(zip(meta["fields"], fields, strict=True)), str(meta["crs"]))


@lru_cache
def _reader() -> ModuleType:
    # It brings pandas with it, for which few commands should wait.
    import pyogrio
    import pyogrio.errors
    import pyogrio.raw

    # Else the reader writes a file of its own beside every map under gzip, in a folder that is not ours.
    pyogrio.set_gdal_config_options({"CPL_VSIL_GZIP_WRITE_PROPERTIES": False})
    reader: ModuleType = pyogrio
    return reader


def map_address(path: Path) -> str:
    """How the map reader is told of a file, gzip or not."""
    address = f"/vsigzip/{path.resolve()}" if is_gzip(path) else str(path.resolve())
    # Named by its form, so that GeoJSON in a file called .csv is not read as a table.
    return (
        f"GeoJSON:{address}" if beginning_of(path).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else address
    )
