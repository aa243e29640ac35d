"""Parts of pages that are made from the code whenever the site is built, so that they cannot go stale.

``verbs`` describes every verb of the command line with its options; ``codes`` lists the codes of errors and remarks; ``public-names``
documents what the package exports.
"""
# ruff: noqa: INP001 - an extension of this site alone, found by its path

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx


class Verbs(SphinxDirective):
    """A section for each verb of the command line: what it does, how it is called, its arguments and options."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the sections, parsed as Markdown."""
        import typer

        from shadowline.cli import app

        verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
        text = "\n".join(line for name in sorted(verbs) for line in verb_section(name, verbs[name]))
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def verb_section(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - a command of the library below typer
    """Yield the lines of one verb's section."""
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option" and parameter.name != "help"]
    usage = " ".join([f"shadowline {name}", *(_argument(argument) for argument in arguments)])
    yield from (
        f"## {name}",
        "",
        " ".join((command.help or "").split()),
        "",
        "```text",
        usage + (" [OPTIONS]" if options else ""),
        "```",
        "",
    )
    if arguments or options:
        yield from ("| | what it is |", "| --- | --- |")
    for argument in arguments:
        yield f"| `{_argument(argument)}` | {_cell(argument)} |"
    for option in options:
        names = ", ".join(f"`{text}`" for text in option.opts)
        yield f"| {names} | {_cell(option)} |"
    yield ""


def _argument(argument: Any) -> str:  # noqa: ANN401 - see above
    name = str(argument.metavar or argument.name).upper()
    return name if argument.required else f"[{name}]"


def _cell(parameter: Any) -> str:  # noqa: ANN401 - see above
    """Return what an argument or an option is, with its default where a reader may want to know it."""
    says = " ".join((parameter.help or "").split()).replace("|", "\\|")
    told = getattr(parameter, "is_flag", False) or parameter.default in (None, ()) or callable(parameter.default)
    return says if told else f"{says} By default {parameter.default}."


class Codes(SphinxDirective):
    """All codes of errors, and of what `check` remarks on, with their meaning."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return two tables, parsed as Markdown."""
        from shadowline.errors import EXPLANATIONS
        from shadowline.scenario.checks import MEANINGS

        errors = [f"| {code} | {told.title} | {told.meaning} | {told.remedy} |" for code, told in EXPLANATIONS.items()]
        remarks = [f"| {remark} | {remark.severity} | {meaning} |" for remark, meaning in MEANINGS.items()]
        text = [
            *("## Errors", "", "| code | what | meaning | what to do |", "| --- | --- | --- | --- |", *sorted(errors), ""),
            *("## What check remarks on", "", "| code | | meaning |", "| --- | --- | --- |", *sorted(remarks), ""),
        ]
        return self.parse_text_to_nodes("\n".join(text), allow_section_headings=True)


class PublicNames(SphinxDirective):
    """The documentation of every name that the package exports."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the documentation, made by autodoc."""
        import shadowline

        text = "\n".join(line for name in shadowline.__all__ if name != "__version__" for line in _documented(name))
        return self.parse_text_to_nodes(f"```{{eval-rst}}\n{text}\n```")


def _documented(name: str) -> list[str]:
    """Return the directive that documents one exported name."""
    import shadowline

    value = getattr(shadowline, name)
    kind = "autoclass" if isinstance(value, type) else "autofunction" if callable(value) else "autodata"
    members = ["   :members:"] if kind == "autoclass" else []
    return [f".. {kind}:: shadowline.{name}", *members, ""]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known to Sphinx."""
    app.add_directive("verbs", Verbs)
    app.add_directive("codes", Codes)
    app.add_directive("public-names", PublicNames)
    return {"parallel_read_safe": True}
