"""The documentation site: it builds without a warning and without a network, and every page can be found."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDERS = ("tutorial", "how-to", "explanation", "reference", "decisions")
DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path.relative_to(DOCS) for path in DOCS.glob("**/*.md") if path != DOCS / "README.md")
FETCHED = re.compile(r"<(?:script|img|link|iframe)\b[^>]*?\b(?:src|href)=\"((?:https?:)?//[^\"]*)\"")
INCLUDED = {Path("explanation/architecture.md"), Path("how-to/contribute.md"), Path("reference/changes.md")}
"""Pages that only bring in a file from the top of the project."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of the built site, every warning being an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(DOCS), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_the_site_builds_and_fetches_nothing(site):
    """The site builds without a warning, has a page for each source, and no page fetches anything from elsewhere."""
    for page in PAGES:
        text = (site / page.with_suffix(".html")).read_text(encoding="utf-8")
        assert FETCHED.findall(text) == [], page


@pytest.mark.slow
def test_the_command_line_is_on_its_page(site):
    """The built page of the command line has every verb and every option of it."""
    import typer

    from shadowline.cli import app

    text = (site / "reference" / "command-line.html").read_text(encoding="utf-8")
    for name, verb in typer.main.get_command(app).commands.items():
        assert f"shadowline {name}" in text
        options = {option for parameter in verb.params for option in parameter.opts if option.startswith("--")}
        assert [option for option in sorted(options - {"--help"}) if option not in text] == [], name


def test_the_list_of_pages_is_whole():
    """The list for readers on a code host leads to every page of the site."""
    listed = set(re.findall(r"\]\(([^)#]+\.md)\)", (DOCS / "README.md").read_text(encoding="utf-8")))

    wanted = {str(page) for page in PAGES if page not in INCLUDED and page.name != "index.md"}
    assert wanted - listed == set()


@pytest.mark.parametrize("page", [page for page in PAGES if page.parts[0] in FOLDERS], ids=str)
def test_a_page_is_in_the_index_of_its_folder(page):
    """Every page is in the table of contents of its folder, by name or by pattern."""
    index = (DOCS / page.parts[0] / "index.md").read_text(encoding="utf-8")
    (toctree,) = re.findall(r"```\{toctree\}\n(.*?)```", index, re.DOTALL)
    entries = [line for line in toctree.splitlines() if line and not line.startswith(":")]

    assert page.stem == "index" or any(page.with_suffix("").relative_to(page.parts[0]).match(entry) for entry in entries)


TERMS = re.findall(r"^\*\*([^*]+)\*\* ", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)


def plain(text):
    """Return a text in lower case, with blanks for hyphens and underscores."""
    return re.sub(r"[-_\s]+", " ", text.lower())


@pytest.fixture(scope="module")
def words_of_the_code():
    """Return all that the code, the language and its remarks say."""
    source = DOCS.parent / "src" / "shadowline"
    return plain("\n".join(path.read_text(encoding="utf-8") for path in [*source.rglob("*.py"), *source.rglob("*.yaml")]))


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_glossary_is_a_word_of_the_code(term, words_of_the_code):
    """Every term that the glossary explains is used in the code or in the scenarios that ship."""
    assert all(plain(word) in words_of_the_code for word in term.split(", "))


def test_the_glossary_is_in_order():
    """The terms of the glossary stand in the order of the alphabet, each once."""
    assert len(TERMS) > 50
    assert [plain(term) for term in TERMS] == sorted({plain(term) for term in TERMS})
