"""Tables as every format needs them: charts and maps told as tables, and headings over columns."""

from __future__ import annotations

from itertools import groupby

from frankpledge.model.document import Cell, Chart, Column, Map, Table
from frankpledge.model.figure import Figure

_MARK_WORDS = {"above": "Above", "below": "Below", "near": "Near"}


def as_table(block: Table | Chart | Map) -> Table:
    """The same numbers as a table."""
    match block:
        case Table():
            return block
        case Chart():
            return _chart_table(block)
        case Map():
            return _map_table(block)


def _chart_table(chart: Chart) -> Table:
    columns = [Column("Period"), *(Column(line.name, numeric=True) for line in chart.lines)]
    if chart.ranges:
        columns += [Column("95% from", numeric=True), Column("to", numeric=True)]
    rows: list[tuple[Cell, ...]] = []
    for index, label in enumerate(chart.labels):
        cells: list[Cell] = [label, *(line.points[index] for line in chart.lines)]
        cells += chart.ranges[index] if chart.ranges else ()
        if chart.marks:
            cells.append(_MARK_WORDS.get(chart.marks[index], chart.marks[index]))
        rows.append(tuple(cells))
    if chart.marks:
        columns.append(Column("Against the mean" if chart.kind == "bars" else "Sign of change"))
    return Table(
        slug=chart.slug,
        title=f"{chart.title}: {chart.subtitle}",
        columns=tuple(columns),
        rows=tuple(rows),
        source=chart.source,
        notes=chart.notes,
    )


def _map_table(shaded: Map) -> Table:
    rows = sorted(shaded.places, key=lambda place: (-_value(place.figure), place.name))
    return Table(
        slug=shaded.slug,
        title=f"{shaded.title}: {shaded.subtitle}",
        columns=(Column("Area"), Column("Value", numeric=True)),
        rows=tuple((place.name, place.figure) for place in rows),
        source=shaded.source,
        notes=shaded.notes,
    )


def _value(figure: Figure) -> float:
    return float("-inf") if figure.value is None else figure.value


def groups(table: Table) -> tuple[tuple[str, int], ...]:
    """Headings over runs of columns with how many each covers; empty when no column has one."""
    if not any(column.group for column in table.columns):
        return ()
    return tuple((name, len(tuple(run))) for name, run in groupby(column.group for column in table.columns))


def flat_titles(table: Table) -> tuple[str, ...]:
    """Column titles that need no heading above them, for formats where merged cells do harm."""
    return tuple(f"{column.group}: {column.title}" if column.group else column.title for column in table.columns)


def distinct_titles(table: Table) -> tuple[str, ...]:
    """Flat titles no two of which are alike: “as printed” takes up the title that it follows."""
    titles = flat_titles(table)
    told: list[str] = []
    for at, column in enumerate(table.columns):
        again = titles.count(titles[at]) > 1 and at > 0
        told.append(f"{told[-1]}, {column.title}" if again else titles[at])
    return tuple(told)
