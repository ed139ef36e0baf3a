"""What the front matter says is so: versions, paths, commands, links."""

import re
import tomllib

import pytest
import yaml

from tracktwo.ground.paths import ROOT

DOCUMENTS = sorted(
    file for folder in (ROOT, ROOT / "data", ROOT / "docs") for file in folder.glob("*.md")
)
FRONT = [*DOCUMENTS, *(ROOT / name for name in ("CITATION.cff", "LICENSE", "LICENSE-DATA"))]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def tree():
    """Yield every path named in the README's tree; two blanks go one folder down."""
    block = re.search(r"```text\n(.*?)```", read("README.md"), re.DOTALL)[1]
    folder = ""
    for line in block.splitlines():
        name = line.split()[0]
        if not line.startswith(" "):
            folder = name if name.endswith("/") else ""
        yield folder + name if line.startswith(" ") else name


def version():
    return tomllib.loads(read("pyproject.toml"))["project"]["version"]


@pytest.fixture(scope="module")
def citation():
    return yaml.safe_load(read("CITATION.cff"))


def test_when_the_book_is_cited_then_its_title_begins_as_the_site_does(citation):
    title = yaml.safe_load(read("_config.yml"))["title"]
    assert citation["title"].startswith(f"{title}: ")


def test_when_the_article_is_cited_then_it_is_the_one_in_the_bibliography(citation):
    assert f"{{{citation['references'][0]['doi']}}}" in read("references.bib")


def test_when_a_version_is_given_then_it_is_the_same_everywhere(citation):
    heading = re.search(r"^## \[(\d[^]]*)\] - (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    newest, date = heading.groups()
    assert citation["version"] == newest == version()
    assert str(citation["date-released"]) == date
    assert f"version {version()}" in read("README.md")


@pytest.mark.parametrize("path", list(tree()))
def test_when_the_readme_draws_the_tree_then_each_path_is_there(path):
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == path.endswith("/")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_when_a_make_command_is_named_then_the_makefile_has_it(name):
    named = set(re.findall(r"(?:^|`|\$ )make ([a-z]+)", read(name), re.MULTILINE))
    assert named
    assert named <= set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_when_a_link_is_relative_then_it_leads_to_a_file(document):
    targets = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    files = [target.partition("#")[0] for target in targets if "://" not in target]
    assert [file for file in files if not (document.parent / file).exists()] == []


@pytest.mark.parametrize("document", FRONT, ids=lambda file: file.name)
def test_when_front_matter_is_read_then_it_names_no_path_of_one_machine(document):
    text = document.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w./:-])(?:/(?:home|work|tmp|root|Users)/\S*|[A-Z]:\\\S+)", text) == []


def test_when_the_readme_shows_the_book_then_the_picture_is_small():
    assert (ROOT / "docs" / "screenshot.png").stat().st_size < 300_000
