"""A Markdown document as one HTML page that needs nothing else."""

from __future__ import annotations

import re
from html import escape

STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.55 Georgia, 'Times New Roman', serif; max-width: 62rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.6rem; border-bottom: 1px solid #8886; padding-bottom: .2rem; } h3 { margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font: .8rem/1.4 system-ui, sans-serif; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #8884; }
th { border-bottom: 2px solid #8888; }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .88em; }
td code { overflow-wrap: break-word; }
td:first-child code { display: inline-block; min-width: 9.5rem; }
pre { background: #8882; padding: .7rem .9rem; white-space: pre-wrap; border-radius: 4px; }
a { overflow-wrap: anywhere; }
@media print { body { max-width: none; font-size: 11px; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def html_page(markdown: str, title: str) -> str:
    """Return a whole HTML page; HTML inside the Markdown is shown as text, not interpreted.

    Parameters
    ----------
    markdown : str
        CommonMark with tables.
    title : str
        Title of the page.
    """
    # Imported here: whoever wants Markdown needs no renderer.
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    body = re.sub(r"(?<=<td><code>)[^<]+", _breakable, body)
    meta = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
    head = f"{meta}\n<title>{escape(title)}</title>\n<style>\n{STYLE}</style>"
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}</body>\n</html>\n'


def _breakable(path: re.Match[str]) -> str:
    """Return a path that a narrow column may break after its dots and underscores, and nowhere else."""
    return re.sub(r"([._]|&gt;)", r"\1<wbr>", path[0])
