"""Reading map files: GeoJSON and GeoPackage, gzip or not."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pyogrio.errors

from frankpledge.sources.reading.formats import beginning_of, is_gzip

# Else the reader writes a file of its own beside every map under gzip, in a folder that is not ours.
pyogrio.set_gdal_config_options({"CPL_VSIL_GZIP_WRITE_PROPERTIES": False})


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
    return (
        f"GeoJSON:{address}" if beginning_of(path).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else address
    )
