"""Every picture, as a Plotly figure: for the briefing, for notebooks, and for the browser.

A function takes a table of `shadowline.futures.findings` (or a run's results) and returns a `Picture`: figure, caption, and the table it
was drawn from. Axes carry explicit ticks, labels stand beside what they name, and nothing is said by colour alone, so that a picture reads
the same on screen, on paper, and as SVG.
"""

from shadowline.report.figures.answers import answers_figure, curves_figure
from shadowline.report.figures.ladder import ladder_figure, lines_figure
from shadowline.report.figures.movers import movers_figure
from shadowline.report.figures.network import network_figure
from shadowline.report.figures.stories import stories_figure
from shadowline.report.figures.style import Picture
from shadowline.report.figures.support import support_figure
from shadowline.report.figures.weeks import fan_figure

__all__ = [
    "Picture",
    "answers_figure",
    "curves_figure",
    "fan_figure",
    "ladder_figure",
    "lines_figure",
    "movers_figure",
    "network_figure",
    "stories_figure",
    "support_figure",
]
