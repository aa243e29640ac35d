"""Plotly figures as SVG, without a browser: the part of Plotly that the report uses, and nothing silently else."""

from shadowline.report.svg.drawing import draw_svg

__all__ = ["draw_svg"]
