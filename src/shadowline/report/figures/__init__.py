"""Every picture, as a Plotly figure: for the briefing, for notebooks, and for the browser.

A function takes a table of `shadowline.futures.findings` (or a run's results) and returns a `Picture`: figure, caption, and the table it
was drawn from. Axes carry explicit ticks, labels stand beside what they name, and nothing is said by colour alone, so that a picture reads
the same on screen, on paper, and as SVG.
"""

from shadowline.report.figures.answers import answers_figure, curves_figure
from shadowline.report.figures.claims import claims_figures
from shadowline.report.figures.comparison import discordant_figures, effects_figures
from shadowline.report.figures.headline import headline_figure
from shadowline.report.figures.ladder import ladder_figure, lines_figure
from shadowline.report.figures.movers import movers_figure
from shadowline.report.figures.network import network_figure
from shadowline.report.figures.partings import partings_figure
from shadowline.report.figures.regret import regret_figures
from shadowline.report.figures.stories import stories_figure
from shadowline.report.figures.style import Picture
from shadowline.report.figures.support import support_figure
from shadowline.report.figures.weeks import fan_figure

__all__ = [
    "Picture",
    "answers_figure",
    "claims_figures",
    "curves_figure",
    "discordant_figures",
    "effects_figures",
    "fan_figure",
    "headline_figure",
    "ladder_figure",
    "lines_figure",
    "movers_figure",
    "network_figure",
    "partings_figure",
    "regret_figures",
    "stories_figure",
    "support_figure",
]
