"""A partner's rows judged: each becomes typed values and the places where it is counted, or a reason why not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any

import pyarrow as pa

from frankpledge.sources.partners.template import Column, Template
from frankpledge.sources.partners.values import VALUES, Problem, Setting, Value, judge_cell
from frankpledge.sources.reading.careful import Row, SetAside

AT_ONCE = 50_000
TWICE = Problem("it stands in the file already", "it once")
_NOTHING = Problem("empty, and so is all that a row could be counted under", "yes in one of the columns it is of")
_ENDS_BEFORE = Problem("not a date and time after “from”", "when it ended, or nothing")

Line = Row | SetAside
Judged = Value | Problem


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong in a file: line, column (empty for the whole row), what, and what would be right."""

    line: int
    column: str
    problem: Problem


@dataclass(frozen=True)
class Looked:
    """Some rows, looked at: column → what its cells became; where each row is counted; what is wrong, in order."""

    rows: list[Row]
    judged: dict[str, list[Judged]]
    paths: list[list[str]]
    wrong: list[Wrong]

    def values(self) -> dict[str, list[Value]]:
        """Column → its cells' values; that of a wrong one is empty."""
        return {
            name: [(None,) if isinstance(one, Problem) else one for one in cells] for name, cells in self.judged.items()
        }


@dataclass
class Judging:
    """Judges the rows of one file, batch by batch; what stands twice is known from batch to batch.

    Attributes
    ----------
    heading
        The names of the file's columns, in its order.
    """

    template: Template
    heading: Sequence[str]
    setting: Setting
    _seen: set[tuple[str, ...]] = field(default_factory=set)

    def judge(self, lines: Sequence[Line]) -> pa.RecordBatch:
        """What became of some rows: a batch of `schema`."""
        return self._batch(lines, self.look(lines))

    def look(self, lines: Sequence[Line]) -> Looked:
        """What is in some rows, and what is wrong with them."""
        rows = [line for line in lines if isinstance(line, Row)]
        cells = self.cells(rows)
        wrong = [Wrong(line.line, "", Problem(line.reason, "")) for line in lines if isinstance(line, SetAside)]
        judged: dict[str, list[Judged]] = {}
        for column in self.template.columns:
            # Months, areas and words occur again and again: each is judged once.
            found = {text: judge_cell(text, column, self.setting) for text in set(cells[column.name])}
            judged[column.name] = [found[text] for text in cells[column.name]]
            if any(isinstance(value, Problem) for value in found.values()):
                wrong += _problems(rows, column.name, judged[column.name])
        paths = counted_under(self.template, judged) if rows else []
        wrong += self._wrong_between(rows, judged, paths, {one.line for one in wrong})
        wrong += self._twice(rows, cells, {one.line for one in wrong})
        wrong.sort(key=lambda one: one.line)
        return Looked(rows, judged, paths, wrong)

    def cells(self, rows: Sequence[Row]) -> dict[str, list[str]]:
        """The texts of each column of the template; empty where the file has no such column."""
        places = {name.strip().lower(): at for at, name in enumerate(self.heading)}
        nothing = [""] * len(rows)
        # Each column is taken out of all rows at once; a row may be shorter than the heading.
        held = list(zip_longest(*(row.cells for row in rows), fillvalue=""))
        at = {column.name: places.get(column.name, len(held)) for column in self.template.columns}
        return {
            name: [cell.strip() for cell in held[place]] if place < len(held) else nothing for name, place in at.items()
        }

    def _wrong_between(
        self, rows: Sequence[Row], judged: dict[str, list[Judged]], paths: list[list[str]], spoilt: set[int]
    ) -> Iterator[Wrong]:
        """What is wrong with rows though each of their cells is right."""
        if self.template.becomes in ("records", "tally"):
            name = self.template.path_from or self.template.when
            for row, found in zip(rows, paths, strict=True):
                if not found and row.line not in spoilt:
                    yield Wrong(row.line, name, _NOTHING)
        if self.template.has("to"):
            for row, start, end in zip(rows, judged[self.template.when], judged["to"], strict=True):
                started, ended = _first(start), _first(end)
                if isinstance(started, datetime) and isinstance(ended, datetime) and ended < started:
                    yield Wrong(row.line, "to", _ENDS_BEFORE)
        for part in (column for column in self.template.columns if column.part_of):
            more = Problem(f"more than “{part.part_of}”, of which it is a part", "both as they were counted")
            for row, one, whole in zip(rows, judged[part.name], judged[part.part_of], strict=True):
                if _least(one) > _most(whole):
                    yield Wrong(row.line, part.name, more)
        yield from self._too_early(rows, judged)

    def _too_early(self, rows: Sequence[Row], judged: dict[str, list[Judged]]) -> Iterator[Wrong]:
        """Days that lie before one they cannot lie before; on the same day, no hour is asked for."""
        for later, earlier in ((one.name, name) for one in self.template.columns for name in one.not_before):
            early = Problem(f"before “{earlier}”", "both as they were")
            for row, one, other in zip(rows, judged[later], judged[earlier], strict=True):
                day, first = _first(one), _first(other)
                if isinstance(day, datetime) and isinstance(first, datetime) and day.date() < first.date():
                    yield Wrong(row.line, later, early)

    def _twice(self, rows: Sequence[Row], cells: dict[str, list[str]], spoilt: set[int]) -> Iterator[Wrong]:
        """Rows that say again what another row of the file has said."""
        for row, key in zip(rows, zip(*(cells[name] for name in self.template.once), strict=True), strict=False):
            # A record without a number of its own may well be like another.
            if not key[0] or row.line in spoilt:
                continue
            if key in self._seen:
                yield Wrong(row.line, "", TWICE)
            self._seen.add(key)

    def _batch(self, lines: Sequence[Line], looked: Looked) -> pa.RecordBatch:
        judged = looked.judged
        first = {one.line: one for one in reversed(looked.wrong)}
        split = [isinstance(line, Row) for line in lines]
        personal = self.setting.personal
        texts = [",".join(line.cells) if isinstance(line, Row) else line.text for line in lines]
        arrays = [
            pa.array([line.line for line in lines], pa.int64()),
            pa.array([reason(first[line.line]) if line.line in first else None for line in lines], pa.string()),
            pa.array([first[line.line].column if line.line in first else None for line in lines], pa.string()),
            pa.nulls(len(lines), pa.string()) if personal else pa.array(texts, pa.string()),
            pa.array(_spread(split, looked.paths), pa.list_(pa.string())),
            pa.array(_spread(split, self._raised(judged)), pa.string()),
        ]
        spoilt = {one.column for one in looked.wrong}
        for column in self.template.columns:
            types = VALUES[column.kind].fields.values()
            held = judged[column.name]
            if column.name in spoilt:
                nothing = (None,) * len(types)
                held = [nothing if isinstance(one, Problem) else one for one in held]
            for place, type_ in enumerate(types):
                arrays.append(pa.array(_spread(split, [one[place] for one in held]), type_))  # type: ignore[index]
        return pa.RecordBatch.from_arrays(arrays, schema=schema(self.template))

    def _raised(self, judged: dict[str, list[Judged]]) -> list[str | None]:
        """The flags of each row: those it names, and those that its columns of yes and no stand for."""
        named = [[str(_first(value) or "") for value in judged[one.name]] for one in self.template.of_kind("flags")]
        named += [
            [one.flag if _first(value) is True else "" for value in judged[one.name]]
            for one in self.template.columns
            if one.flag
        ]
        if not named:
            return [None] * len(next(iter(judged.values())))
        return [" ".join(filter(None, flags)) or None for flags in zip(*named, strict=True)]


def schema(template: Template) -> pa.Schema:
    """The columns of judged rows.

    ``row`` (line of the file), ``reason`` (empty for a row that can be used), ``wrong`` (the column it is for),
    ``text`` (of the row, unless it is about people), ``paths`` (where it is counted), ``raised`` (its flags), then
    the fields of each column (see `frankpledge.sources.partners.values.VALUES`).
    """
    fields = [
        ("row", pa.int64()), ("reason", pa.string()), ("wrong", pa.string()), ("text", pa.string()),
        ("paths", pa.list_(pa.string())), ("raised", pa.string()),
    ]  # fmt: skip
    for column in template.columns:
        fields += [(f"{column.name}{suffix}", type_) for suffix, type_ in VALUES[column.kind].fields.items()]
    return pa.schema(fields)


def counted_under(template: Template, judged: dict[str, list[Judged]]) -> list[list[str]]:
    """The places in the tree where each row is counted: one for a record, any number for a tally."""
    columns = [
        column
        for column in template.columns
        if column.choices or (column.kind == "yes-no" and column.path) or column.name == template.path_from
    ]
    if not columns:
        rows = len(next(iter(judged.values())))
        return [[template.path] if template.path else []] * rows
    found: dict[tuple[object, ...], list[str]] = {}
    paths = []
    for values in zip(*([_first(value) for value in judged[column.name]] for column in columns), strict=True):
        if values not in found:
            named = [template.path, *(_path_of(column, one) for column, one in zip(columns, values, strict=True))]
            found[values] = list(dict.fromkeys(path for path in named if path))
        paths.append(found[values])
    return paths


def _path_of(column: Column, value: object) -> str:
    if value is None:
        return ""
    if column.kind == "path":
        return str(value)
    return column.choices.get(str(value), "") if column.choices else column.path if value is True else ""


def _problems(rows: Sequence[Row], name: str, values: Sequence[Judged]) -> Iterator[Wrong]:
    for row, value in zip(rows, values, strict=True):
        if isinstance(value, Problem):
            yield Wrong(row.line, name, value)


def reason(wrong: Wrong) -> str:
    """Why a row is refused, in words."""
    return wrong.problem.words(wrong.column) if wrong.column else wrong.problem.what


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Rows in batches that fit into memory."""
    left = iter(lines)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _first(value: Judged) -> object:
    return None if isinstance(value, Problem) else value[0]


def _least(count: Judged) -> float:
    """The least that a count can be; nothing where it is not known."""
    return 0 if isinstance(count, Problem) or count[1] is None else float(str(count[1]))


def _most(count: Judged) -> float:
    """The most that a count can be; endless where it is not known."""
    return math.inf if isinstance(count, Problem) or count[2] is None else float(str(count[2]))


def _spread(split: Sequence[bool], values: Sequence[Any]) -> list[Any]:
    """Values of the rows that split, with nothing for those that did not."""
    if len(values) == len(split):
        return list(values)
    left = iter(values)
    return [next(left) if one else None for one in split]
