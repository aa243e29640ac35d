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
nav { font: .85rem/1.6 system-ui, sans-serif; border: 1px solid #8884; border-radius: 4px; padding: .4rem 1rem; margin: 1.5rem 0; }
nav ul { list-style: none; margin: .2rem 0; padding: 0; } nav ul ul { padding-left: 1.4rem; }
nav ul ul li { display: inline; } nav ul ul li:not(:last-child)::after { content: " · "; }
@media print { body { max-width: none; font-size: 11px; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def html_page(markdown: str, title: str) -> str:
    """Return a whole HTML page with its contents at the top; HTML inside the Markdown is shown as text, not interpreted.

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
    body = with_contents(re.sub(r"(?<=<td><code>)[^<]+", _breakable, body))
    meta = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
    head = f"{meta}\n<title>{escape(title)}</title>\n<style>\n{STYLE}</style>"
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}</body>\n</html>\n'


def with_contents(body: str) -> str:
    """Return rendered HTML whose headings can be linked to, and after its title a table of contents if it has any."""
    found: list[tuple[int, str, str]] = []

    def linked(heading: re.Match[str]) -> str:
        anchor = f"part-{len(found) + 1}"
        found.append((int(heading[1]), anchor, heading[2]))
        return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'

    body = re.sub(r"<h([23])>(.*?)</h\1>", linked, body)
    if not found:
        return body
    title, end, rest = body.partition("</h1>\n")
    return f"{title}{end}{_contents(found)}{rest}" if end else f"{_contents(found)}{body}"


def _contents(headings: list[tuple[int, str, str]]) -> str:
    """Return headings (level, anchor, text as HTML) as nested lists of links."""
    parts: list[str] = []
    level = 2
    for depth, anchor, text in headings:
        if parts:
            parts.append("<ul>" if depth > level else "</li></ul></li>" if depth < level else "</li>")
        parts.append(f'<li><a href="#{anchor}">{text}</a>')
        level = depth
    closing = "</li></ul></li>" if level > 2 else "</li>"
    return f'<nav aria-label="Contents"><ul>{"".join(parts)}{closing}</ul></nav>\n'


def _breakable(path: re.Match[str]) -> str:
    """Return a path that a narrow column may break after its dots and underscores, and nowhere else."""
    return re.sub(r"([._]|&gt;)", r"\1<wbr>", path[0])
