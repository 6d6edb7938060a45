"""The numbers as CSV files: one tidy file a table, chart and map, one of all figures, and what they mean.

Tidy: each row is one number, each column one thing about it. A metadata file beside them (CSV on the Web)
says title, source and columns of each.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from frankpledge.disclosure import Released
from frankpledge.model.document import Cell, Chart, Document, Map, Table, figures_of, plain_text
from frankpledge.model.figure import Figure
from frankpledge.report import annex
from frankpledge.report.escaping import safe_text
from frankpledge.report.grids import as_table
from frankpledge.report.reading import Part, Reading, read
from frankpledge.report.words import INVENTED, symbol_notes

FIGURES = "figures.csv"
METADATA = "metadata.json"

_ABOUT_FIGURE = ("value", "status", "figure")
_TABLE = ("row", "group", "column", "text", *_ABOUT_FIGURE)
_CHART = ("label", "line", *_ABOUT_FIGURE)
_MAP = ("code", "name", *_ABOUT_FIGURE)
_FIGURES = (
    "figure",
    "what",
    "printed",
    "value",
    "status",
    "indicator",
    "area_code",
    "area_name",
    "period",
    "against",
    "measure",
    "numerator",
    "denominator",
    "low",
    "high",
    "method",
    "dataset",
    "release",
    "identifier",
)
_MEANING = {
    "row": "Heading of the row in the table",
    "group": "Heading over several columns, where there is one",
    "column": "Heading of the column",
    "text": "What the cell says, where it is not a number",
    "label": "Period or category along the bottom of the chart",
    "line": "Name of the line or of the bars",
    "code": "Code of the area",
    "name": "Name of the area",
    "value": "The number, not rounded; empty when missing or withheld",
    "status": "final, provisional, rounded, suppressed (withheld) or missing",
    "figure": "Short identifier of the figure in this document",
    "what": "The figure in words",
    "printed": "The number as it is printed",
    "indicator": "What is measured",
    "area_code": "Code of the area",
    "area_name": "Name of the area",
    "period": "Period in which it was measured",
    "against": "Period, area or release it is compared with",
    "measure": "Which number of the indicator",
    "numerator": "Count behind it; two counts are joined by a semicolon, the earlier one last",
    "denominator": "Whom or what the rate is out of",
    "low": "Lower end of the 95% interval of the rate",
    "high": "Upper end of the 95% interval of the rate",
    "method": "How the interval was made",
    "dataset": "Datasets it comes from",
    "release": "Releases of the datasets, in the same order",
    "identifier": "Whole identifier of the figure",
}


def write_csv(released: Released[Document], folder: Path) -> list[Path]:
    """Write the files into a folder, made if need be; say which."""
    reading = read(released)
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder / file_name(part), _columns(part), _rows(part, reading)) for part in reading.exhibits]
    written.append(_write(folder / FIGURES, _FIGURES, _figure_rows(reading)))
    described = folder / METADATA
    text = json.dumps(_metadata(reading), indent=2, ensure_ascii=False)
    described.write_text(text + "\n", encoding="utf-8", newline="\n")
    return [*written, described]


def file_name(part: Part) -> str:
    """The file of a table, chart or map: its number first, so that files are listed in reading order."""
    return f"{part.anchor}-{_exhibit(part).slug}.csv"


def _exhibit(part: Part) -> Table | Chart | Map:
    assert isinstance(part.block, Table | Chart | Map), "only tables, charts and maps have files"
    return part.block


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Path:
    # The mark at the start of the file tells Excel that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(tuple(safe_text(cell) for cell in row) for row in rows)
    return path


def _columns(part: Part) -> tuple[str, ...]:
    match _exhibit(part):
        case Table():
            return _TABLE
        case Chart():
            return _CHART
        case Map():
            return _MAP


def _rows(part: Part, reading: Reading) -> Iterator[tuple[Any, ...]]:
    match _exhibit(part):
        case Table() as table:
            yield from _table_rows(table, reading)
        case Chart() as chart:
            for line in chart.lines:
                for label, point in zip(chart.labels, line.points, strict=True):
                    yield (label, line.name, *_about(point, reading))
        case Map() as shaded:
            for place in shaded.places:
                yield (place.code, place.name, *_about(place.figure, reading))


def _table_rows(table: Table, reading: Reading) -> Iterator[tuple[Any, ...]]:
    for row in table.rows:
        heading = row[0] if isinstance(row[0], str) else row[0].text
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            text, about = _told(cell, reading)
            yield (heading, column.group, column.title, text, *about)


def _told(cell: Cell, reading: Reading) -> tuple[str, tuple[Any, ...]]:
    if isinstance(cell, Figure):
        return "", _about(cell, reading)
    return cell, (None, "", "")


def _about(figure: Figure, reading: Reading) -> tuple[float | None, str, str]:
    return figure.value, figure.status.value, reading.short[figure.identifier]


def _figure_rows(reading: Reading) -> Iterator[tuple[Any, ...]]:
    for figure in figures_of(reading.document):
        behind = figure.behind
        yield (
            reading.short[figure.identifier],
            annex.what_it_is(figure),
            figure.text,
            figure.value,
            figure.status.value,
            figure.indicator,
            figure.area_code,
            _joined(dict.fromkeys(one.area_name for one in behind)),
            figure.period,
            figure.against,
            figure.measure.value,
            *(_joined(getattr(one, name) for one in behind) for name in ("numerator", "denominator", "low", "high")),
            _joined(dict.fromkeys(one.method for one in behind)),
            annex.datasets(behind),
            annex.releases(behind),
            figure.identifier,
        )


def _joined(values: Iterable[object]) -> object:
    """One value as it is; several with semicolons between."""
    known = [value for value in values if value is not None]
    return known[0] if len(known) == 1 else "; ".join(str(value) for value in known)


def _metadata(reading: Reading) -> dict[str, Any]:
    document = reading.document
    described: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
        "dc:title": document.title,
        "dc:description": document.subtitle,
        "dc:publisher": document.partnership,
        "dc:temporal": document.period,
        "dc:issued": document.prepared,
        "dc:identifier": document.edition,
        "dc:audience": reading.readers,
    }
    if document.invented:
        described["rdfs:comment"] = f"{INVENTED}: the numbers in this document are made up."
    described["tables"] = [_described(part) for part in reading.exhibits]
    described["tables"].append(_schema(FIGURES, _FIGURES, {"dc:title": "All figures in the document"}))
    return described


def _described(part: Part) -> dict[str, Any]:
    block = _exhibit(part)
    notes = [*symbol_notes(annex.exhibit_figures(block)), *(plain_text(note) for note in block.notes)]
    about = {
        "dc:title": f"{part.number}: {as_table(block).title}",
        "dc:source": block.source,
        "dc:description": " ".join(notes),
    }
    return _schema(file_name(part), _columns(part), about)


def _schema(name: str, columns: tuple[str, ...], about: dict[str, str]) -> dict[str, Any]:
    told = [{"name": column, "titles": column, "dc:description": _MEANING[column]} for column in columns]
    return {
        "url": name,
        **{key: text for key, text in about.items() if text},
        "tableSchema": {"columns": told},
    }
