"""What a partner may have got wrong in rows whose every cell can be used: they are taken, and should be looked at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from math import hypot

from frankpledge.sources.partners.judging import Looked, Wrong
from frankpledge.sources.partners.template import Template
from frankpledge.sources.partners.values import Problem

# Metres from the middle of an authority beyond which no place in it lies, in the widest of them.
FAR = 80_000
# As near as this a new measure is most likely a slip for a known one.
ALIKE = 0.85


@dataclass(frozen=True)
class KnownAreas:
    """What the look-ups held in a workspace say of areas; nothing where none are held.

    Attributes
    ----------
    names
        Code → the name.
    authority_of
        Small area, ward or authority → the authority it lies in.
    middles
        Authority → easting and northing, in metres, of its middle.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    authority_of: Mapping[str, str] = field(default_factory=dict)
    middles: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """How the codes that are known begin: of another kind of area nothing is held, and none is doubted."""
        return frozenset(code[:3] for code in self.names)


@dataclass
class Doubting:
    """Doubts the rows of one file, batch by batch; the periods of earlier batches are remembered.

    Attributes
    ----------
    paths
        Measures that are known.
    """

    template: Template
    known: KnownAreas
    paths: frozenset[str]
    _spans: dict[tuple[object, ...], list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))

    def doubtful_in(self, looked: Looked) -> list[Wrong]:
        """All that is doubtful in some rows that can be used, in order."""
        wrong, columns = {one.line for one in looked.wrong}, looked.values()
        found = [
            doubt
            for number, row in enumerate(looked.rows)
            if row.line not in wrong
            for doubt in self._of_row(row.line, {name: values[number] for name, values in columns.items()})
        ]
        return sorted(found, key=lambda one: one.line)

    def _of_row(self, line: int, values: dict[str, tuple[object, ...]]) -> Iterator[Wrong]:
        first = {name: value[0] for name, value in values.items()}
        found = (*self._areas(first), *self._point(first), *self._measures(first), *self._overlap(line, values))
        for column, problem in found:
            yield Wrong(line, column, problem)

    def _areas(self, row: dict[str, object]) -> Iterator[tuple[str, Problem]]:
        codes = {one.name: str(row[one.name]) for one in self.template.of_kind("area") if row[one.name]}
        for column, code in codes.items():
            if code not in self.known.names and code[:3] in self.known.prefixes:
                yield column, _UNKNOWN
        code, reported_for = codes.get("area_code", ""), codes.get("reported_for", "")
        authority = self.known.authority_of.get(code, "")
        if authority and reported_for and authority != reported_for:
            yield "area_code", _ELSEWHERE
        name, called = self.known.names.get(code, ""), str(row.get("area_name") or "")
        if called and name and not _same_name(called, name):
            yield "area_name", Problem(f"not the name of “area_code”, which is {name}", "two that go together")

    def _point(self, row: dict[str, object]) -> Iterator[tuple[str, Problem]]:
        east, north = row.get("easting"), row.get("northing")
        area = str(row.get("reported_for") or row.get("area_code") or "")
        middle = self.known.middles.get(self.known.authority_of.get(area, ""))
        if isinstance(east, int) and isinstance(north, int) and middle:
            if hypot(east - middle[0], north - middle[1]) <= FAR:
                return
            swapped = hypot(north - middle[0], east - middle[1]) <= FAR
            yield "easting", _SWAPPED if swapped else _FAR_OFF

    def _measures(self, row: dict[str, object]) -> Iterator[tuple[str, Problem]]:
        for column in self.template.of_kind("measure"):
            near = _near(str(row[column.name] or ""), self.paths)
            if near:
                yield column.name, Problem("a measure that no definition names", f"{near}, if it is that")

    def _overlap(self, line: int, values: dict[str, tuple[object, ...]]) -> Iterator[tuple[str, Problem]]:
        """A quarter and the year it is in: each is kept, and whoever adds them up counts twice."""
        for column in self.template.of_kind("period"):
            first, last = (int(str(month)) for month in values[column.name][:2])
            key = tuple(values[name][0] for name in self.template.once if name != column.name)
            for from_, to, other in self._spans[key]:
                if (from_, to) != (first, last) and from_ <= last and first <= to:
                    words = f"a time that overlaps that of line {other}: both are kept, and never added up"
                    yield column.name, Problem(words, "periods of one length, if the longer holds the shorter")
                    break
            self._spans[key].append((first, last, line))


_UNKNOWN = Problem("a code that is in no look-up held here", "the code of an area there is")
_ELSEWHERE = Problem("not an area of “reported_for”", "two that go together")
_SWAPPED = Problem("far off, as if it and “northing” had changed places", "each in its own column")
_FAR_OFF = Problem("far from the area it is reported for", "metres on the National Grid")


@lru_cache(maxsize=1024)
def _near(measure: str, paths: frozenset[str]) -> str:
    """The known measure that one that is not known was most likely meant to be; empty where there is none."""
    if measure in paths:
        return ""
    return next(iter(get_close_matches(measure, paths, n=1, cutoff=ALIKE)), "")


_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def _same_name(one: str, other: str) -> bool:
    """Whether two names may be of the same area: “London Borough of Harrow” is Harrow."""
    first, second = (_NO_LETTERS.sub(" ", name.lower().replace("&", "and")).strip() for name in (one, other))
    return first in second or second in first
