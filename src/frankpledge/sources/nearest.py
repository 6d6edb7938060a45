"""Which source would know a file if it had the columns it lacks: for a person whose file was not recognised."""

from __future__ import annotations

import re
from dataclasses import replace

from frankpledge.sources.registry import Registered, all_sources
from frankpledge.sources.source import Sample

# Columns as `Source.looks_like` names them: “… with the columns A, B (such as this) and C”.
_LIST = re.compile(r"\bcolumns? (.+)$")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_BETWEEN = re.compile(r", | and ")
# Fewer in common than this, and any table with a “month” would be told that it is nearly one of crimes.
LEAST_SHARED = 2


def lacking(sample: Sample) -> str:
    """What a table lacks to be known, as a sentence; empty when it is not near to anything known."""
    near = [(shared, lacks, one) for one in all_sources().values() for shared, lacks in _lacks(sample, one)]
    if not near:
        return ""
    nearness = [(shared / (shared + len(lacks)), len(_alike(sample, lacks))) for shared, lacks, _ in near]
    nearest = [one for one, how_near in zip(near, nearness, strict=True) if how_near == max(nearness)]
    # More than two that are as near to it would tell nobody anything.
    words = ", or ".join(_would_be(one, lacks) for _, lacks, one in nearest[:2])
    alike = _alike(sample, nearest[0][1])
    return f"It would be {words}" + (f": its “{alike[0]}” must be written as here." if alike else ".")


def _would_be(one: Registered, lacks: tuple[str, ...]) -> str:
    names = " and ".join(f"“{name}”" for name in lacks)
    return f"“{one.source.title}” if it had the column{'s' if len(lacks) > 1 else ''} {names}"


def _alike(sample: Sample, lacks: tuple[str, ...]) -> list[str]:
    """Columns of a table that are those it lacks, but for capital letters."""
    return [column for column in sample.columns if column.lower() in {name.lower() for name in lacks}]


def _lacks(sample: Sample, one: Registered) -> list[tuple[int, tuple[str, ...]]]:
    """How many of a source's columns a table has, and the columns that would make it one of its files."""
    named = _columns(one.source.looks_like)
    absent = [name for name in named if name not in sample.columns]
    shared = len(named) - len(absent)
    if not sample.tabular or shared < LEAST_SHARED or not absent or not _knows(one, sample, absent):
        return []
    # Those it need not have are not asked for.
    for name in tuple(absent):
        others = [other for other in absent if other != name]
        if _knows(one, sample, others):
            absent = others
    return [(shared, tuple(absent))]


def _knows(one: Registered, sample: Sample, more: list[str]) -> bool:
    """Whether a source would recognise a table that had more columns."""
    row = sample.first_row | dict.fromkeys(more, "")
    return one.recognises(replace(sample, columns=(*sample.columns, *more), first_row=row))


def _columns(looks_like: str) -> list[str]:
    found = _LIST.search(_ASIDE.sub("", looks_like))
    return [name.strip("“”.; ") for name in _BETWEEN.split(found[1])] if found else []
