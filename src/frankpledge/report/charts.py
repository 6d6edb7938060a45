"""Line and bar charts as SVG, in the two widths that pages need.

The chart engine draws; what goes where is worked out here, from the widths of the words, so that labels
neither overlap nor run out of the picture. Title, subtitle and notes stand in the document around it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from frankpledge.model.document import Chart
from frankpledge.report import chart_key, chart_layers, fonts
from frankpledge.report.axes import SIZE, Scale, bottom_labels, scale_for
from frankpledge.report.chart_key import Key
from frankpledge.report.frames import Frame
from frankpledge.report.lettering import width
from frankpledge.report.palette import FAINT, GREY, INK

# Altair checks what it is given against a schema of this Vega-Lite; vl-convert must read the same.
_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


# Room right of the plot for a label at a line's end, at most; longer labels go into a key above.
_LABEL_ROOM = 190
_BELOW = 44


def chart_svg(chart: Chart, frame: Frame) -> str:
    """Draw a chart."""
    fonts.register()
    plan = _plan(chart, frame)
    # Checking every piece against the schema as it is made takes a third of the time; the engine itself
    # refuses what it cannot read.
    with debug_mode(False):
        told = json.dumps(_specification(chart, frame, plan))
    svg = vl_convert.vegalite_to_svg(told, vl_version=_VEGA_LITE)
    assert isinstance(svg, str), "the chart engine writes SVG as text"
    key = f'<g font-family="{fonts.FAMILIES}">{plan.key.draw()}</g>'
    return svg.removesuffix("</svg>") + key + "</svg>"


@dataclass(frozen=True)
class _Plan:
    """Where everything goes."""

    scale: Scale
    key: Key
    labels_right: bool
    left: float
    right: float
    top: float
    width: float
    height: float


def _plan(chart: Chart, frame: Frame) -> _Plan:
    scale = scale_for(_values(chart))
    names = [width(line.name, SIZE, bold=True) for line in chart.lines]
    # Limits end close to each other, and a key says them better than four labels at one edge.
    plain = chart.kind == "line" and not any(line.limit for line in chart.lines)
    labels_right = plain and not frame.narrow and len(names) > 1 and max(names) <= _LABEL_ROOM
    key = chart_key.key_for(chart, frame.width - 4, names_in_key=not labels_right)
    left = scale.room + 12
    right = max(names) + 16 if labels_right else 14 + _mean_room(chart, frame)
    top = key.height + 14
    height = frame.height - top - _BELOW
    return _Plan(scale, key, labels_right, left, right, top, frame.width - left - right, height)


def _mean_room(chart: Chart, frame: Frame) -> float:
    """Room for the word at the end of the mean's rule; a narrow chart has it in the key only."""
    return 0 if chart.mean is None or frame.narrow else width(chart_layers.MEAN_WORD, SIZE)


def _values(chart: Chart) -> list[float]:
    values = [point.value for line in chart.lines for point in line.points]
    values += [end.value for ends in chart.ranges for end in ends]
    mean = [chart.mean.value] if chart.mean else []
    return [value for value in [*values, *mean] if value is not None]


def _specification(chart: Chart, frame: Frame, plan: _Plan) -> dict[str, Any]:
    draw = chart_layers.bar_layers if chart.kind == "bars" else chart_layers.line_layers
    layers = draw(chart, _x(chart, plan), _y(plan))
    if plan.labels_right:
        layers.append(chart_layers.end_labels(chart, plan.scale, plan.width, plan.height))
    elif not frame.narrow:
        layers += chart_layers.mean_label(chart, plan.scale, plan.width, plan.height)
    # All in one call: each later `.configure_…()` would copy every layer and its data again.
    layered = alt.layer(
        *layers,
        width=plan.width,
        height=plan.height,
        padding={"left": plan.left, "right": plan.right, "top": plan.top, "bottom": _BELOW},
        autosize=alt.AutoSizeParams(type="none"),
        config=_looks(),
    )
    specification: dict[str, Any] = layered.to_dict(validate=False)
    return specification


def _x(chart: Chart, plan: _Plan) -> alt.X:
    words = bottom_labels(chart.labels, plan.width)
    lookup = json.dumps({str(at): lines for at, lines in words.items()})
    # Axis labels may have several lines when the expression gives a list.
    axis = alt.Axis(values=list(words), labelExpr=f"{lookup}[datum.value]", labelAngle=0, title=None)
    if chart.kind == "bars":
        return alt.X("x:O", axis=axis, scale=alt.Scale(domain=list(range(len(chart.labels))), padding=0.15))
    last = max(len(chart.labels) - 1, 1)
    return alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0, last], nice=False, padding=4))


def _y(plan: _Plan) -> alt.Y:
    axis = alt.Axis(values=list(plan.scale.ticks), format=plan.scale.format, title=None)
    return alt.Y("y:Q", axis=axis, scale=alt.Scale(domain=[plan.scale.low, plan.scale.high], nice=False))


def _looks() -> alt.Config:
    # Vega would write each mark's unrounded value into the SVG for screen readers: the alternative
    # text and the table say it better, and only they have been through the rounding of the document.
    return alt.Config(
        font=fonts.FAMILIES,
        aria=False,
        background="white",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=SIZE,
            labelColor=INK,
            gridColor=FAINT,
            domainColor=GREY,
            tickColor=GREY,
            labelPadding=6,
            labelLimit=400,
            labelOverlap=False,
            labelLineHeight=17,
        ),
        axisX=alt.AxisConfig(grid=False),
        axisY=alt.AxisConfig(domain=False, ticks=False),
    )
