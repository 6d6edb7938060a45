"""The layers a chart is drawn in: lines with their points and gaps, bars with their triangles, the mean."""

from __future__ import annotations

from typing import Any

import altair as alt

from frankpledge.model.document import Chart, Line
from frankpledge.report.axes import SIZE, Scale
from frankpledge.report.chart_marks import MARKS, MEAN_DASH, PLAIN_BAR, SIGNS, Look, look_of
from frankpledge.report.palette import GREY, INK
from frankpledge.report.words import cell_text

# With no more points than this, each is marked; more would make a caterpillar of the line.
_MARKED_POINTS = 14
_LABEL_HEIGHT = 18
MEAN_WORD = "Mean"


def line_layers(chart: Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """One unbroken run of line for each run of points that have a value."""
    layers = _mean_layer(chart, y)
    for index, line in enumerate(chart.lines):
        look = look_of(chart, index)
        data = alt.InlineData(values=_rows(line))
        width = 1.5 if line.limit else 2.5
        drawn = alt.Chart(data).mark_line(color=look.colour, strokeWidth=width, strokeDash=list(look.dash))
        layers.append(drawn.encode(x=x, y=y, order=alt.OrderValue(None)))
        if line.limit:
            continue
        marked = alt.InlineData(values=_marked(line))
        points = alt.Chart(marked).mark_point(shape=look.point, size=45, filled=True, color=look.colour, opacity=1)
        layers.append(points.encode(x=x, y=y))
    return layers + _sign_layers(chart, x, y)


def _sign_layers(chart: Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    layers = []
    for mark, (_, look) in SIGNS.items():
        rows = [one for one in _rows(chart.lines[0]) if _mark(chart, one["x"]) == mark and one["y"] is not None]
        if rows:
            data = alt.Chart(alt.InlineData(values=rows))
            drawn = data.mark_point(shape=look.point, size=90, filled=True, color=look.colour, opacity=1)
            layers.append(drawn.encode(x=x, y=y))
    return layers


def bar_layers(chart: Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Bars shaded by their marks, a triangle over those above and below, a symbol where there is no bar."""
    points = chart.lines[0].points
    rows = [{"x": at, "y": point.value, "mark": _mark(chart, at)} for at, point in enumerate(points)]
    layers: list[alt.Chart] = []
    for mark in dict.fromkeys(str(row["mark"]) for row in rows):
        look = MARKS[mark][1] if mark in MARKS else PLAIN_BAR
        some = [row for row in rows if row["mark"] == mark and row["y"] is not None]
        layers += _bars(some, look, x, y)
    layers += _range_layers(chart, x)
    absent = [{"x": at, "y": 0, "text": cell_text(one)} for at, one in enumerate(points) if one.value is None]
    if absent:
        text = alt.Chart(alt.InlineData(values=absent)).mark_text(baseline="bottom", fontSize=12, color=GREY, dy=-2)
        layers.append(text.encode(x=x, y=y, text="text:N"))
    return layers + _mean_layer(chart, y)


def _bars(rows: list[dict[str, Any]], look: Look, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    data = alt.Chart(alt.InlineData(values=rows))
    layers = [data.mark_bar(color=look.colour, stroke=look.edge, strokeWidth=1).encode(x=x, y=y)]
    if look.pointer:
        pointer = data.mark_point(shape=look.pointer, size=36, filled=True, color=INK, yOffset=-8, opacity=1)
        layers.append(pointer.encode(x=x, y=y))
    return layers


def _range_layers(chart: Chart, x: alt.X) -> list[alt.Chart]:
    """A line with ends over each bar, white beneath so that it shows on a dark one."""
    rows = [
        {"x": at, "low": low.value, "high": high.value}
        for at, (low, high) in enumerate(chart.ranges)
        if low.value is not None and high.value is not None
    ]
    if not rows:
        return []
    data = alt.Chart(alt.InlineData(values=rows))
    ends = {"x": x, "y": alt.Y("low:Q", title=None), "y2": alt.Y2("high:Q")}
    return [
        data.mark_rule(color="white", strokeWidth=4).encode(**ends),
        data.mark_rule(color=INK, strokeWidth=1.5).encode(**ends),
    ]


def _mark(chart: Chart, at: int) -> str:
    return chart.marks[at] if chart.marks else ""


def _mean_layer(chart: Chart, y: alt.Y) -> list[alt.Chart]:
    if chart.mean is None or chart.mean.value is None:
        return []
    data = alt.InlineData(values=[{"y": chart.mean.value}])
    under = alt.Chart(data).mark_rule(color="white", strokeWidth=4).encode(y=y)
    return [
        under,
        alt.Chart(data).mark_rule(color=INK, strokeWidth=1.5, strokeDash=list(MEAN_DASH)).encode(y=y),
    ]


def mean_label(chart: Chart, scale: Scale, width: float, height: float) -> list[alt.Chart]:
    """A word at the right end of the mean's rule; the key above says the rest."""
    if chart.mean is None or chart.mean.value is None:
        return []
    text = alt.Chart(alt.InlineData(values=[{}])).mark_text(
        text=MEAN_WORD, align="left", baseline="middle", fontSize=SIZE, color=INK
    )
    # A channel of the right class already: finding the class of `alt.value` takes as long as the rest of the chart.
    place = scale.height(chart.mean.value, height)
    return [text.encode(x=alt.XValue(width + 6), y=alt.YValue(place))]  # type: ignore[no-untyped-call]


def _rows(line: Line) -> list[dict[str, Any]]:
    return [{"x": at, "y": point.value} for at, point in enumerate(line.points)]


def _marked(line: Line) -> list[dict[str, Any]]:
    """Points that get a shape: all in a short line; else the ends, and any with no neighbour to join."""
    rows = [row for row in _rows(line) if row["y"] is not None]
    if len(line.points) <= _MARKED_POINTS:
        return rows
    held = {row["x"] for row in rows}
    alone = [row for row in rows if not {row["x"] - 1, row["x"] + 1} & held]
    return alone + rows[-1:]


def end_labels(chart: Chart, scale: Scale, width: float, height: float) -> alt.Chart:
    """Each line's name beside its last point, moved up or down where two would overlap."""
    ends = []
    for index, line in enumerate(chart.lines):
        held = [point.value for point in line.points if point.value is not None]
        ends.append((scale.height(held[-1] if held else 0, height), index))
    spots = spread([place for place, _ in ends], _LABEL_HEIGHT, height)
    rows = [
        {"name": chart.lines[index].name, "place": place, "colour": look_of(chart, index).label_colour}
        for (_, index), place in zip(ends, spots, strict=True)
    ]
    text = alt.Chart(alt.InlineData(values=rows)).mark_text(
        align="left", baseline="middle", fontSize=SIZE, fontWeight="bold", limit=0
    )
    named: alt.Chart = text.encode(
        x=alt.XValue(width + 8),  # type: ignore[no-untyped-call]
        y=alt.Y("place:Q", scale=None),
        text="name:N",
        color=alt.Color("colour:N", scale=None, legend=None),
    )
    return named


def spread(places: list[float], apart: float, limit: float) -> list[float]:
    """Move places as little as needed so that each is `apart` from the next and none is below `limit`.

    >>> spread([10.0, 12.0, 60.0], 10, 100)
    [10.0, 20.0, 60.0]
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = [places[index] for index in order]
    for at in range(1, len(moved)):
        moved[at] = max(moved[at], moved[at - 1] + apart)
    for at in reversed(range(len(moved))):
        ceiling = limit if at == len(moved) - 1 else moved[at + 1] - apart
        moved[at] = min(moved[at], ceiling)
    return [place for _, place in sorted(zip(order, moved, strict=True))]
