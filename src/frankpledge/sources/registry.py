"""Finds every source in this package, and which of them knows a file."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import frankpledge.sources
from frankpledge.errors import SourceError
from frankpledge.sources.maps import is_map, map_columns
from frankpledge.sources.reading import first_rows
from frankpledge.sources.source import Recognise, Sample, Source, Tidy


@dataclass(frozen=True)
class Registered:
    """A source module's three names."""

    source: Source
    recognises: Recognise
    tidy: Tidy


@lru_cache(maxsize=1)
def all_sources() -> dict[str, Registered]:
    """Slug → source, of every module here that has a `SOURCE`."""
    found: dict[str, Registered] = {}
    for module_info in pkgutil.iter_modules(frankpledge.sources.__path__, "frankpledge.sources."):
        module = importlib.import_module(module_info.name)
        if hasattr(module, "SOURCE"):
            found[module.SOURCE.slug] = Registered(module.SOURCE, module.recognises, module.tidy)
    return dict(sorted(found.items()))


def sample_of(path: Path) -> Sample:
    """The beginning of a file.

    Raises
    ------
    SourceError
        When it is empty or damaged.
    """
    if path.stat().st_size == 0:
        raise SourceError(f"{path.name}: the file is empty.", "Get it again from whoever sent it.")
    if is_map(path):
        return Sample(path.name, "map", map_columns(path))
    rows = first_rows(path)
    if not rows or len(rows[0]) < 2:
        return Sample(path.name, "unknown", ())
    columns = tuple(cell.strip() for cell in rows[0])
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise SourceError(
            f"{path.name}: the heading has “{twice[0]}” twice, so it cannot be known which is meant.",
            "Take one of the two columns out.",
        )
    return Sample(path.name, "table", columns, dict(zip(columns, rows[1], strict=False)) if len(rows) > 1 else {})


def recognise(sample: Sample) -> Source | None:
    """The one source that knows a file, or None.

    Raises
    ------
    SourceError
        When two sources claim it, which would make the answer depend on their order.
    """
    claims = [one.source for one in all_sources().values() if one.recognises(sample)]
    if len(claims) > 1:
        names = " and ".join(source.title for source in claims)
        raise SourceError(f"{sample.name} could be {names}.", "Tell us: this is a mistake in Frankpledge.")
    return claims[0] if claims else None
