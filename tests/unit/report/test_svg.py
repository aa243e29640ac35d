"""Figures as SVG: where every part of a known figure stands, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree as ET

import numpy as np
import plotly.graph_objects as go
import pytest

from shadowline.report.svg import draw_svg

NS = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?"
BARE = {"showgrid": False, "zeroline": False}


def figure(*traces, **layout):
    """Return a figure whose plot area goes from (100, 50) to (300, 150) px."""
    settings = {
        "template": "none",
        "width": 400,
        "height": 200,
        "margin": {"l": 100, "r": 100, "t": 50, "b": 50},
        "showlegend": False,
        "xaxis": {"range": [0, 10], **BARE},
        "yaxis": {"range": [0, 10], **BARE},
    }
    return go.Figure(list(traces), {**settings, **layout})


def parts(drawing, tag):
    """Return the elements of one kind, in the order of drawing."""
    return list(ET.fromstring(drawing).iter(NS + tag))  # noqa: S314  we wrote it ourselves


def centres(drawing):
    """Return the centres of the round markers."""
    return [(float(circle.get("cx")), float(circle.get("cy"))) for circle in parts(drawing, "circle")]


def paths(drawing, **wanted):
    """Return the commands of the paths with the wanted attributes."""
    names = {key.replace("_", "-"): value for key, value in wanted.items()}
    return [path.get("d") for path in parts(drawing, "path") if all(path.get(key) == value for key, value in names.items())]


def boxes(drawing, colour):
    """Return left, top, width and height of the rectangles in one colour."""
    found = [rect for rect in parts(drawing, "rect") if rect.get("fill") == colour]
    return [tuple(float(rect.get(side)) for side in ("x", "y", "width", "height")) for rect in found]


def texts(drawing):
    """Return the texts with their x, their baseline and their anchor."""
    found = parts(drawing, "text")
    return {"".join(text.itertext()): (float(text.get("x")), float(text.get("y")), text.get("text-anchor", "start")) for text in found}


def dots(x, y, **more):
    """Return a trace of round markers."""
    return go.Scatter(x=x, y=y, mode="markers", marker={"color": "#112233"}, **more)


def rich():
    """Return a figure with two subplots and something of everything."""
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=7 * week) for week in range(10)]
    names = ["Open war", "A strike & more"]
    drawing = go.Figure()
    drawing.add_scatter(x=days, y=[2 + week / 5 for week in range(10)], mode="lines", line={"width": 0}, showlegend=False)
    drawing.add_scatter(
        x=days, y=[4 + week / 5 for week in range(10)], mode="lines", fill="tonexty", fillcolor="rgba(0,0,80,0.2)", name="band"
    )
    drawing.add_bar(x=days, y=list(range(10)), marker={"color": "#999999"}, name="recorded", width=4 * 86_400_000)
    error = {"type": "data", "array": [0.1, 0.2], "arrayminus": [0.05, 0.1]}
    drawing.add_scatter(
        x=[0.2, 0.5], y=names, xaxis="x2", yaxis="y2", mode="markers+text", text=["20 %", "50 %"], error_x=error, name="spread"
    )
    drawing.add_shape(type="line", x0="2024-02-01", x1="2024-02-01", y0=0, y1=1, yref="y domain", line={"dash": "dot"})
    drawing.add_annotation(x="2024-02-01", y=9, text="as of<br><b>1 February</b>", ax=30, ay=-5)
    drawing.update_layout(
        template="none",
        width=900,
        height=400,
        meta={"title": "Weeks & answers", "alt": "Attacks <a week>"},
        title={"text": "A figure", "x": 0},
        legend={"x": 0, "y": 1.05, "yanchor": "bottom", "orientation": "h", "traceorder": "normal"},
        xaxis={"range": ["2023-12-20", "2024-03-20"], "domain": [0, 0.5]},
        yaxis={"range": [0, 10], "title": {"text": "a week", "standoff": 5}},
        xaxis2={"range": [0, 1], "domain": [0.75, 1], "anchor": "y2"},
        yaxis2={"anchor": "x2", "autorange": "reversed"},
    )
    return drawing


def test_linear_positions():
    """A value on a linear axis stands at its share of the plot area, y counting upward."""
    assert centres(draw_svg(figure(dots([0, 5, 10], [0, 2.5, 10])))) == [(100, 150), (200, 125), (300, 50)]


def test_reversed_range():
    """A range given from high to low turns the axis round."""
    drawing = draw_svg(figure(dots([1], [2]), xaxis={"range": [10, 0]}, yaxis={"range": [10, 0]}))
    assert centres(drawing) == [(280, 70)]


def test_log_positions():
    """A logarithmic axis counts powers of ten and leaves out what has no logarithm."""
    drawing = draw_svg(figure(dots([1, 100, 0], [1, 1, 1]), xaxis={"type": "log", "range": [-1, 3]}))
    assert centres(drawing) == [(150, 140), (250, 140)]


@pytest.mark.parametrize(
    "day",
    ["2024-01-03", "2024-01-03 00:00", dt.date(2024, 1, 3), dt.datetime(2024, 1, 3, tzinfo=dt.UTC), np.datetime64("2024-01-03")],
)
def test_date_positions(day):
    """A day stands at the same place in every way of writing it."""
    drawing = draw_svg(figure(dots([day], [0]), xaxis={"type": "date", "range": ["2024-01-01", dt.date(2024, 1, 11)]}))
    assert centres(drawing) == [(140, 150)]


def test_category_positions():
    """Categories stand one apart in the order in which they come, and keep free the room that markers need."""
    given = draw_svg(figure(dots([1, 1, 1], ["a", "b", "c"]), yaxis={"range": [-0.5, 3.5]}))
    assert [y for _, y in centres(given)] == [137.5, 112.5, 87.5]
    free = draw_svg(figure(dots([1, 1], ["a", "b"]), yaxis={"autorange": "reversed"}))
    assert [y for _, y in centres(free)] == [58.75, 141.25]


def test_two_subplots():
    """The axes of a second subplot divide the plot area by their domains."""
    axes = {"xaxis": {"range": [0, 1], "domain": [0, 0.4]}, "xaxis2": {"range": [0, 1], "domain": [0.6, 1], "anchor": "y2"}}
    traces = (dots([0, 1], [0, 0]), dots([0, 1], [1, 1], xaxis="x2", yaxis="y2"))
    drawing = draw_svg(figure(*traces, **axes, yaxis2={"range": [0, 2], "anchor": "x2", "domain": [0.5, 1]}))
    assert centres(drawing) == [(100, 150), (180, 150), (220, 75), (300, 75)]


def test_labels():
    """Labels stand under and left of the axes, with what ticktext says, and only within the range."""
    axis = {"range": [0, 10], "tickvals": [0, 5, 20], "ticktext": ["none", "<b>half</b>", "far"], "tickfont": {"size": 10}}
    found = texts(draw_svg(figure(dots([1], [1]), xaxis=axis, yaxis=axis)))
    assert set(found) == {"none", "half"}
    found = texts(draw_svg(figure(dots([1], [1]), xaxis=axis, yaxis={"visible": False, "range": [0, 1]})))
    assert found == {"none": (100, 161, "middle"), "half": (200, 161, "middle")}


def test_round_ticks():
    """Without tickvals an axis is labelled with round numbers, and one of dates with months."""
    axis = {"range": ["2023-12-20", "2024-03-10"]}
    found = texts(draw_svg(figure(dots(["2024-01-01"], [1]), width=700, xaxis=axis)))
    assert set(found) == {"0", "5", "10", "Jan 2024", "Feb 2024", "Mar 2024"}


def test_gaps():
    """A line is broken where a value is missing."""
    trace = go.Scatter(x=[0, 1, 2, 3, 4], y=[1, 1, None, 2, np.nan], mode="lines", line={"color": "#ff0000", "width": 1})
    assert paths(draw_svg(figure(trace)), stroke="#ff0000") == ["M100,140L120,140"]
    trace.y = [1, 1, None, 2, 3]
    assert paths(draw_svg(figure(trace)), stroke="#ff0000") == ["M100,140L120,140M160,130L180,120"]


def test_straight_stretches():
    """A point on the straight way between its neighbours is left out, one where the line turns back is not."""
    trace = go.Scatter(x=[0, 1, 2, 3, 2, 4], y=[1, 1, 1, 1, 1, 2], mode="lines", line={"color": "#ff0000"})
    assert paths(draw_svg(figure(trace)), stroke="#ff0000") == ["M100,140L160,140L140,140L180,130"]


def test_steps():
    """A stepped line goes right before it goes up."""
    trace = go.Scatter(x=[0, 1, 2], y=[1, 2, 2], mode="lines", line={"shape": "hv", "color": "#ff0000"})
    assert paths(draw_svg(figure(trace)), stroke="#ff0000") == ["M100,140H120V130H140"]


def test_fills():
    """An area goes down to zero, to the line before it, or closes upon itself, and has its own colour and opacity."""
    line = {"mode": "lines", "line": {"width": 0}}
    lower = go.Scatter(x=[0, 10], y=[1, 2], fill="tozeroy", fillcolor="#00ff00", **line)
    upper = go.Scatter(x=[0, 10], y=[4, 5], fill="tonexty", fillcolor="rgba(255,0,0,0.25)", **line)
    drawing = draw_svg(figure(lower, upper))
    assert paths(drawing, fill="#00ff00") == ["M100,140L300,130L300,150L100,150Z"]
    assert paths(drawing, fill="#ff0000", fill_opacity="0.25") == ["M100,110L300,100L300,130L100,140Z"]
    itself = go.Scatter(x=[0, 1, 1], y=[0, 0, 1], fill="toself", fillcolor="#0000ff", **line)
    assert paths(draw_svg(figure(itself)), fill="#0000ff") == ["M100,150L120,150L120,140Z"]


def test_error_bars():
    """An error bar reaches from the lower to the upper end, with caps of the given width."""
    error = {"type": "data", "array": [2], "arrayminus": [1], "color": "#ff0000", "thickness": 3, "width": 4}
    drawing = draw_svg(figure(dots([5], [5], error_x=error)))
    assert paths(drawing, stroke="#ff0000", stroke_width="3") == ["M180,100H240M240,96V104M180,96V104"]
    drawing = draw_svg(figure(dots([5], [5], error_y={**error, "width": 0})))
    assert paths(drawing, stroke="#ff0000") == ["M200,110V80"]


def test_stacked_bars():
    """Stacked bars begin where the one before them ends; a gap keeps its share of the distance free."""
    first = go.Bar(y=["a", "b"], x=[2, 3], orientation="h", marker={"color": "#ff0000"})
    second = go.Bar(y=["a", "b"], x=[4, 1], orientation="h", marker={"color": "#00ff00"})
    drawing = draw_svg(figure(first, second, barmode="stack", bargap=0.2, yaxis={"type": "category"}))
    assert boxes(drawing, "#ff0000") == [(100, 105, 40, 40), (100, 55, 60, 40)]
    assert boxes(drawing, "#00ff00") == [(140, 105, 80, 40), (160, 55, 20, 40)]


def test_grouped_and_overlaid_bars():
    """Grouped bars share the room of one, overlaid bars all take it; a base lifts a bar."""
    first = go.Bar(x=["a", "b"], y=[2, 2], marker={"color": "#ff0000"})
    second = go.Bar(x=["a", "b"], y=[4, -1], base=[0, 3], marker={"color": "#00ff00"})
    drawing = draw_svg(figure(first, second, barmode="group", bargap=0.2, xaxis={}))
    assert boxes(drawing, "#ff0000") == [(110, 130, 40, 20), (210, 130, 40, 20)]
    assert boxes(drawing, "#00ff00") == [(150, 110, 40, 40), (250, 120, 40, 10)]
    assert boxes(draw_svg(figure(first, second, barmode="overlay", bargap=0.2, xaxis={})), "#00ff00")[0] == (110, 110, 80, 40)


def test_bar_text():
    """Text goes into a bar in the colour that shows on it, or beyond a bar too short for it."""
    trace = go.Bar(y=["a", "b"], x=[8, 0.2], orientation="h", text=["wide", "thin"], marker={"color": "#000000"})
    drawing = draw_svg(figure(trace, yaxis={"type": "category"}))
    inside, beyond = (part for part in parts(drawing, "text") if part.text in {"wide", "thin"})
    assert inside.get("fill") == "#ffffff"
    assert float(inside.get("x")) < 260
    assert float(beyond.get("x")) > 104
    assert beyond.get("fill") == "#444444"


def test_bars_stand_behind_lines():
    """Bars are drawn before scatters of the same zorder, whatever their order in the figure."""
    drawing = draw_svg(figure(dots([1], [1]), go.Bar(x=[1, 2], y=[1, 2], marker={"color": "#ff0000"})))
    assert drawing.index("#ff0000") < drawing.index("#112233")
    drawing = draw_svg(figure(dots([1], [1]), go.Bar(x=[1, 2], y=[1, 2], marker={"color": "#ff0000"}, zorder=1)))
    assert drawing.index("#ff0000") > drawing.index("#112233")


def test_shapes():
    """A shape stands where its references say, on values, on shares of an axis or of the paper, and is cut at its axes."""
    drawing = figure(dots([1], [1]))
    drawing.add_shape(type="rect", x0=-5, x1=5, y0=0, y1=0.5, yref="y domain", fillcolor="#ff0000", line={"width": 0}, layer="below")
    drawing.add_shape(type="line", x0=0.5, x1=0.5, xref="paper", y0=20, y1=5, line={"color": "#00ff00", "width": 1, "dash": "dot"})
    drawn = draw_svg(drawing)
    assert boxes(drawn, "#ff0000") == [(100, 100, 100, 50)]
    line = next(part for part in parts(drawn, "line") if part.get("stroke") == "#00ff00")
    assert [line.get(name) for name in ("x1", "y1", "x2", "y2", "stroke-dasharray")] == ["200", "50", "200", "100", "3,3"]
    assert drawn.index("#ff0000") < drawn.index("#112233") < drawn.index("#00ff00")


def test_annotations():
    """An annotation hangs from its anchor, and its arrow ends at its point."""
    drawing = figure(dots([1], [1]))
    drawing.add_annotation(x=0, y=1, xref="paper", yref="paper", text="left", showarrow=False, xanchor="left", yanchor="bottom")
    drawing.add_annotation(x=5, y=5, text="point", ax=0, ay=-30, arrowhead=0, arrowcolor="#ff0000")
    drawn = draw_svg(drawing)
    assert texts(drawn)["left"][::2] == (102, "start")
    arrow = next(part for part in parts(drawn, "line") if part.get("stroke") == "#ff0000")
    assert (arrow.get("x2"), arrow.get("y2")) == ("200", "100")
    assert 70 < float(arrow.get("y1")) < 85


def test_rich_text():
    """Bold, italic, colour and line breaks of a text become runs of their own."""
    note = {"text": 'a <b>b</b><br><i>c</i> <span style="color:#ff0000">d</span>', "x": 5, "y": 5, "showarrow": False}
    spans = parts(draw_svg(figure(dots([1], [1]), annotations=[note])), "tspan")
    styles = {span.text: (span.get("font-weight"), span.get("font-style"), span.get("fill")) for span in spans}
    assert styles["b"] == ("bold", None, None)
    assert styles["c"] == (None, "italic", None)
    assert styles["d"] == (None, None, "#ff0000")


def test_spaces_are_kept():
    """Several spaces in a row stay several."""
    note = {"text": "a   b", "x": 5, "y": 5, "showarrow": False}
    drawn = draw_svg(figure(dots([1], [1]), annotations=[note]))
    assert 'xml:space="preserve">a   b</text>' in drawn


def test_text_is_escaped():
    """Text of the figure never becomes markup, in labels, names, notes, colours of fonts or the description."""
    bad = '<script>alert("1")</script> & \x00"'
    axis = {"range": [0, 10], "tickvals": [5], "ticktext": [bad]}
    trace = go.Scatter(x=[1, 2], y=[1, 2], mode="lines+text", text=[bad, "&lt;"], name=bad, showlegend=True)
    settings = {"title": {"text": bad}, "meta": {"title": bad, "alt": bad}, "font": {"family": 'a"><script>'}, "showlegend": True}
    drawn = draw_svg(figure(trace, xaxis=axis, annotations=[{"text": bad, "x": 1, "y": 1}], width=1200, margin={"r": 300}, **settings))
    assert "<script" not in drawn
    assert parts(drawn, "script") == []
    shown = '<script>alert("1")</script> & "'
    assert shown in texts(drawn)
    assert "<" in texts(drawn)
    assert parts(drawn, "title")[0].text == shown


def test_font_families():
    """Family names that are no plain words are quoted, for a list with one bad name is no list at all."""
    drawn = ET.fromstring(draw_svg(figure(dots([1], [1]), font={"family": "Source Sans 3, Helvetica Neue, 'Arial', sans-serif"})))  # noqa: S314
    assert drawn.get("font-family") == "'Source Sans 3', Helvetica Neue, Arial, sans-serif"


def test_legend():
    """The legend names the traces in order, without those that do not want to be named; stacked bars come in reverse."""
    traces = [go.Bar(x=["a"], y=[1], name=name) for name in ("first", "second")] + [dots(["a"], [1], name="hidden", showlegend=False)]
    found = texts(draw_svg(figure(*traces, showlegend=True)))
    assert "hidden" not in found
    assert found["first"][1] < found["second"][1]
    found = texts(draw_svg(figure(*traces, showlegend=True, barmode="stack")))
    assert found["first"][1] > found["second"][1]
    found = texts(draw_svg(figure(*traces, showlegend=True, legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"})))
    assert found["first"][0] == 140
    assert found["first"][1] == found["second"][1]


def test_template_is_worked_in():
    """What a template says holds where the figure says nothing else."""
    template = {
        "data": {"scatter": [{"marker": {"size": 20, "symbol": "circle"}}]},
        "layout": {"paper_bgcolor": "#abcdef", "colorway": ["#010203"]},
    }
    drawn = draw_svg(figure(go.Scatter(x=[1], y=[1], mode="markers"), template=template))
    circle = parts(drawn, "circle")[0]
    assert (circle.get("r"), circle.get("fill")) == ("10", "#010203")
    assert parts(drawn, "rect")[1].get("fill") == "#abcdef"


UNDRAWN = {
    "type 'pie'": lambda: go.Figure(go.Pie(values=[1])),
    "line.shape": lambda: figure(go.Scatter(x=[1, 2], y=[1, 2], line={"shape": "spline"})),
    "marker.colorscale": lambda: figure(go.Scatter(x=[1], y=[1], marker={"color": [1], "colorscale": "Viridis"})),
    "marker.symbol": lambda: figure(go.Scatter(x=[1], y=[1], mode="markers", marker={"symbol": "star"})),
    "marker.pattern.shape": lambda: figure(go.Bar(x=["a"], y=[1], marker={"pattern": {"shape": "/"}})),
    "layout.xaxis.tickformat": lambda: figure(dots([1], [1]), xaxis={"range": [0, 1], "tickformat": ".0%"}),
    "layout.xaxis.range": lambda: figure(dots([1], [1]), xaxis={}),
    "layout.images": lambda: figure(dots([1], [1]), images=[{"source": "x.png"}]),
    "layout.shapes[0].type": lambda: figure(dots([1], [1]), shapes=[{"type": "circle"}]),
    "layout.annotations[0].textangle": lambda: figure(dots([1], [1]), annotations=[{"text": "a", "textangle": 45}]),
    "the colour 'tomato'": lambda: figure(dots([1], [1]), plot_bgcolor="tomato"),
    "the tag <sub>": lambda: figure(dots([1], [1]), title={"text": "x<sub>1</sub>"}),
    "layout.margin.l": lambda: figure(dots([1], ["a label far too long for its margin"]), yaxis={}),
    "layout.margin.b": lambda: figure(dots([1], [1]), margin={"l": 100, "r": 100, "t": 50, "b": 5}),
    "layout.legend": lambda: figure(dots([1], [1], name="a name that is far too long"), showlegend=True),
    "xref = 'x3'": lambda: figure(dots([1], [1]), shapes=[{"type": "line", "xref": "x3", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]),
}


@pytest.mark.parametrize("name", UNDRAWN)
def test_undrawn_is_refused(name):
    """A figure that uses something that is not drawn is refused by the name of that thing."""
    with pytest.raises(ValueError, match=re.escape(name)):
        draw_svg(UNDRAWN[name]())


def test_same_figure_same_bytes():
    """The same figure always gives the same text, with at most two decimals and nothing from outside."""
    drawn = draw_svg(rich())
    assert drawn == draw_svg(rich())
    assert not re.search(r"\d\.\d{3}", drawn)
    assert drawn.count("http") == 1
    assert len(drawn) < 30_000


def test_document():
    """The document is XML with its size, a role, a name and a description."""
    root = ET.fromstring(draw_svg(rich()))  # noqa: S314  we wrote it ourselves
    assert root.tag == NS + "svg"
    assert [root.get(name) for name in ("width", "height", "viewBox", "role")] == ["900", "400", "0 0 900 400", "img"]
    assert root.find(NS + "title").text == "Weeks & answers"
    assert root.find(NS + "desc").text == "Attacks <a week>"


def test_drawings_share_a_page():
    """Two drawings in one page use the same name only for the same clipping rectangle."""
    narrow, wide = (draw_svg(figure(dots([1], [1]), width=width)) for width in (400, 500))
    names = [parts(drawing, "clipPath")[0].get("id") for drawing in (narrow, wide)]
    assert names[0] != names[1]
    assert f"url(#{names[0]})" in narrow


def test_every_point_lies_inside():
    """Of a figure whose values lie within its ranges, no point lies outside the drawing."""
    for part in ET.fromstring(draw_svg(rich())).iter():  # noqa: S314  we wrote it ourselves
        across = [float(part.get(name)) for name in ("x", "x1", "x2", "cx") if part.get(name)]
        down = [float(part.get(name)) for name in ("y", "y1", "y2", "cy") if part.get(name)]
        pairs = re.findall(rf"[ML]({NUMBER}),({NUMBER})", part.get("d", ""))
        across += [float(x) for x, _ in pairs] + [float(x) for x in re.findall(rf"H({NUMBER})", part.get("d", ""))]
        down += [float(y) for _, y in pairs] + [float(y) for y in re.findall(rf"V({NUMBER})", part.get("d", ""))]
        assert all(0 <= x <= 900 for x in across), ET.tostring(part)
        assert all(0 <= y <= 400 for y in down), ET.tostring(part)
