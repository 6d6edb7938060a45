"""A table or map of a feature service (ArcGIS), which hands out a page of rows at a time.

Pages are kept until all are there, in a folder named by the state the service says it is in: when it changes,
none of the old pages is used. Rows must be as many as the service counts, and none twice. What is written is
one CSV, or one GeoJSON in degrees, alike to the last byte for the same rows.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from frankpledge.errors import FetchError
from frankpledge.fetching.asking import MOST_PAGE, ask_json
from frankpledge.fetching.definition import Layer
from frankpledge.fetching.errand import Errand, Moved, Wanted

# What a service gives at once where it does not say.
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class _Service:
    """What a service says of itself: its rows, how many at once, the column of their numbers, and its columns."""

    rows: int
    at_once: int
    key: str
    columns: tuple[str, ...]
    state: str


def fetch_pages(errand: Errand, wanted: Wanted, out: Path) -> None:
    """Get every row of a table or map, and write them as one file.

    Raises
    ------
    FetchError
        When the rows are not as many as the service counts.
    """
    layer = wanted.address.layer
    assert layer is not None, "called for what is handed out in pages only"
    service = _service(errand, wanted, layer)
    folder = errand.folder / f"pages-{service.state}"
    for old in errand.folder.glob("pages-*"):
        if old != folder:
            shutil.rmtree(old)
    folder.mkdir(parents=True, exist_ok=True)
    pages = list(_pages(errand, wanted, layer, service, folder))
    write = _write_table if layer.form == "table" else _write_map
    # The rows are counted as they are written: a file that is short, or has one twice, is never handed on.
    seen = write(out, pages, service)
    if len(seen) != service.rows or len(set(seen)) != service.rows:
        out.unlink()
        shutil.rmtree(folder)
        raise FetchError(
            f"{wanted.name}: {len(set(seen)):,} rows came of the {service.rows:,} that there are. It was not kept.",
            "Try again; the publisher may have changed them meanwhile.",
        )
    check = out.stat().st_size
    if check > wanted.most or check < wanted.least:
        out.unlink()
        raise FetchError(f"{wanted.name} is not of the size it should be.", wanted.address.remedy())


def forget_pages(errand: Errand) -> None:
    """Remove the pages of a file that has been used."""
    for folder in errand.folder.glob("pages-*"):
        shutil.rmtree(folder)


def _service(errand: Errand, wanted: Wanted, layer: Layer) -> _Service:
    about = ask_json(errand, wanted, f"{layer.url}?f=json")
    counted = ask_json(errand, wanted, _query(layer, returnCountOnly="true", f="json"))
    rows = counted.get("count")
    fields = [str(one["name"]) for one in about.get("fields", ())]
    if not isinstance(rows, int) or rows < 1 or not fields:
        raise FetchError(f"{wanted.name}: the service has no rows of it ({layer.url}).", wanted.address.remedy())
    edited = about.get("editingInfo", {}).get("lastEditDate", "")
    state = hashlib.sha256(f"{layer} {edited} {rows} {fields}".encode()).hexdigest()[:12]
    at_once = about.get("maxRecordCount") or _ROWS_AT_ONCE
    return _Service(rows, int(at_once), str(about.get("objectIdField") or fields[0]), tuple(fields), state)


def _query(layer: Layer, **more: str) -> str:
    return f"{layer.url}/query?" + urlencode({"where": layer.where, **more})


def _pages(errand: Errand, wanted: Wanted, layer: Layer, service: _Service, folder: Path) -> Iterator[Path]:
    """Every page as a file; those that are there already are not asked for again."""
    offset = 0
    while offset < service.rows:
        path = folder / f"{offset:09d}.json"
        if not path.exists():
            _get_page(errand, wanted, layer, service, offset, path)
        rows = len(json.loads(path.read_bytes())["features"])
        if not rows:
            return
        yield path
        offset += rows
        errand.moved(Moved(wanted.name, min(offset, service.rows), service.rows, "rows"))


def _get_page(errand: Errand, wanted: Wanted, layer: Layer, service: _Service, offset: int, path: Path) -> None:
    shape = {"f": "json", "returnGeometry": "false"}
    if layer.form == "map":
        shape = {"f": "geojson", "outSR": "4326", "geometryPrecision": "6"}
    url = _query(
        layer,
        outFields="*",
        orderByFields=service.key,
        resultOffset=str(offset),
        resultRecordCount=str(service.at_once),
        **shape,
    )
    answer = ask_json(errand, wanted, url, MOST_PAGE)
    if not isinstance(answer, dict) or not isinstance(answer.get("features"), list):
        raise FetchError(f"{wanted.name}: a page of it has no rows ({url}).", wanted.address.remedy())
    passing = path.with_suffix(".part")
    passing.write_text(json.dumps({"features": answer["features"]}), encoding="utf-8")
    passing.rename(path)


def _features(pages: list[Path]) -> Iterator[dict[str, Any]]:
    for page in pages:
        yield from json.loads(page.read_bytes())["features"]


def _write_table(out: Path, pages: list[Path], service: _Service) -> list[Any]:
    seen: list[Any] = []
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, service.columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for feature in _features(pages):
            writer.writerow(feature["attributes"])
            seen.append(feature["attributes"].get(service.key, len(seen)))
    return seen


def _write_map(out: Path, pages: list[Path], service: _Service) -> list[Any]:
    seen: list[Any] = []
    with out.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for feature in _features(pages):
            file.write(",\n" if seen else "\n")
            file.write(json.dumps(feature, sort_keys=True, ensure_ascii=False))
            seen.append(feature.get("properties", {}).get(service.key, feature.get("id", len(seen))))
        file.write("\n]}\n")
    return seen
