"""What a chapter's prose may and may not hold."""

import ast
import functools
import json
import re

import pytest
from nbformat import read

from tracktwo.book.toc import chapter_files
from tracktwo.book.volumes import volumes_of
from tracktwo.ground import paths
from tracktwo.telling.told import TOLD

FILES = chapter_files()
BOOK = [f"{page}.ipynb" for page in volumes_of()[0].pages]
EVERY_CHAPTER = pytest.mark.parametrize("file", FILES)

# Numerals that are no results.
ALLOWED = [
    r"\b(?:19|20)\d\d\b",  # years
    r"\bC[1-9]\b",  # names of claims
    r"\b95%",  # the level of every interval, a convention
    r"\bCC BY 4\.0\b",  # the licence's name
]
# What is not prose: code, roles and what they name, directives' options, link targets, HTML tags.
NOT_PROSE = [
    r"\{\{.*?\}\}|\{%.*?%\}",
    r"```\{[\s\S]*?\n```",
    r"\{[a-z:]+\}`[^`]*`",
    r"`[^`]*`",
    r"^:{3,}.*$|^:[a-z-]+:.*$",
    r"\]\([^)]*\)",
    r"<[^>]*>",
]
WITHOUT_N = {"fig-history-events"}
"""Figures that count nothing."""


def typed_numerals(text):
    """Return every numeral in Markdown prose that could be a result."""
    for pattern in [*NOT_PROSE, *ALLOWED]:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return re.findall(r"\S*\d\S*", text)


@functools.cache
def notebook(file):
    return read(paths.ROOT / file, as_version=4)


def prose(file):
    return "\n\n".join(c.source for c in notebook(file).cells if c.cell_type == "markdown")


def passages(file):
    """Return every text that a chapter's code hands to `say`, `show` or `show_table`."""
    for cell in code_cells(file):
        for call in ast.walk(ast.parse(cell.source)):
            name = getattr(getattr(call, "func", None), "id", None)
            if name in ("say", "show", "show_table"):
                for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def code_cells(file):
    return [cell for cell in notebook(file).cells if cell.cell_type == "code"]


def placed(file):
    """Return every figure and table directive among a chapter's stored outputs."""
    outputs = [output for cell in code_cells(file) for output in cell.outputs]
    texts = [output.get("data", {}).get("text/markdown", "") for output in outputs]
    return [text for text in texts if re.match(r"```\{(?:figure|table)\} ", text)]


# Numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There are 79 of them.", ["79"]),
        ("It rose by 12.5%, or −3 points.", ["12.5%,", "−3"]),
        ("## The 40 practitioners", ["40"]),
        ("In **51%** of cases", ["**51%**"]),
        ("| a | 17 |", ["17"]),
        ("A 99% interval", ["99%"]),
        ("From 1992 to 2004, claim C1, 95% intervals, {term}`x-1`, `v2`", []),
        ("```{note}\n12\n```\n[a](b1) <a href='7'>PDF</a> {cite:p}`wilson1927`", []),
    ],
)
def test_when_a_numeral_is_typed_then_it_is_found(text, found):
    assert typed_numerals(text) == found


@EVERY_CHAPTER
def test_when_prose_tells_a_number_then_it_is_computed(file):
    typed = [n for text in [prose(file), *passages(file)] for n in typed_numerals(text)]
    assert typed == [], "compute it, or allow it with a reason"


@EVERY_CHAPTER
def test_when_the_outputs_are_the_published_edition_s_then_every_guard_holds(file):
    kept = [o.get("metadata", {}).get(TOLD, {}) for c in code_cells(file) for o in c.outputs]
    assert not any(k.get("left_out") for k in kept)


# Words


def shown(file, kind):
    """Return every text of one MIME type among a chapter's stored outputs."""
    outputs = [output for cell in code_cells(file) for output in cell.outputs]
    return [output.data[kind] for output in outputs if kind in output.get("data", {})]


@EVERY_CHAPTER
def test_when_a_chapter_is_opened_in_any_viewer_then_nobody_sees_raw_markup(file):
    for cell in notebook(file).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\{[a-z:]+\}`|^:::|^```\{", cell.source, re.M), cell.id
    for html in shown(file, "text/html"):
        text = re.sub(r"<[^>]*>", "", html)
        assert not re.search(r"\{[a-z:]+\}`|:::|\{\{|\[[^\]]*\]\(", text), text[:200]


@EVERY_CHAPTER
def test_when_the_book_reads_markdown_then_a_viewer_has_the_same_as_html(file):
    for cell in code_cells(file):
        for output in cell.outputs:
            if "text/markdown" in output.data and "entries" not in cell.metadata.tags:
                assert "text/html" in output.data, cell.id


@pytest.mark.parametrize(
    "file", [f for f in BOOK if not f.endswith(("index.ipynb", "references.ipynb"))]
)
def test_when_a_chapter_of_the_book_opens_then_it_answers_without_a_number(file):
    box = shown(file, "text/markdown")[0]
    assert re.match(r":::\{admonition\} .+\n:class: answer\n", box), file
    opening = re.split(r"\n:class: answer\n+", box)[1].split("\n\n")[0]
    assert typed_numerals(opening) == []
    assert len(opening.split()) <= 75, "an opening is two sentences"


# Figures and tables


@EVERY_CHAPTER
def test_when_a_figure_is_placed_then_it_states_its_n(file):
    for text in placed(file):
        if text.startswith("```{figure}"):
            label = re.search(r"^:name: (\S+)$", text, re.MULTILINE)[1]
            assert "n = " in text or label in WITHOUT_N, label


@EVERY_CHAPTER
def test_when_a_figure_is_placed_then_it_has_title_caption_and_alternative_text(file):
    for text in placed(file):
        if text.startswith("```{figure}"):
            head, title, caption, *_ = text.strip().split("\n\n")
            alt = json.loads(re.search(r"^:alt: (.*)$", head, re.MULTILINE)[1])
            assert len(alt) > 20 and title.strip() and caption.strip("`\n ")
            assert not title.endswith("."), title
            assert len(title) <= 90, title


def elsewhere(file):
    """Return the labels of the figures and tables of all the other chapters."""
    texts = [text for other in FILES if other != file for text in placed(other)]
    return set(re.findall(r"^:name: (\S+)$", "\n".join(texts), re.MULTILINE))


@EVERY_CHAPTER
def test_when_prose_points_somewhere_then_the_place_exists(file):
    labels = set(re.findall(r"^:name: (\S+)$", "\n".join(placed(file)), re.MULTILINE))
    text = "\n\n".join([prose(file), *passages(file)])
    assert set(re.findall(r"\{numref\}`(?:[^`<]*<)?([^`>]+)>?`", text)) <= labels | elsewhere(file)
    keys = re.findall(r"^@\w+\{([^,]+),", (paths.ROOT / "references.bib").read_text("utf-8"), re.M)
    cited = re.findall(r"\{cite:[a-z]+\}`([^`]+)`", text)
    assert {key.strip() for group in cited for key in group.split(",")} <= set(keys)


# Code


@EVERY_CHAPTER
def test_when_a_chapter_is_committed_then_its_cells_are_short_folded_and_without_noise(file):
    for cell in code_cells(file):
        words = "words" in cell.metadata.tags
        if words:
            assert cell.metadata.jupyter.source_hidden, f"{cell.id}: JupyterLab shows it twice"
        else:
            assert "hide-input" in cell.metadata.tags, cell.id
            assert len(cell.source.splitlines()) <= 40, f"{cell.id}: move it into the package"
        assert not re.search(r"^\s*(?:def |class |%|!)", cell.source, re.MULTILINE), cell.id
        kinds = {output.output_type for output in cell.outputs}
        assert kinds <= {"display_data"}, f"{cell.id}: {kinds}"


def test_when_chapters_are_compared_then_all_have_the_same_parameters_cell():
    cells = [[c.source for c in code_cells(f) if "parameters" in c.metadata.tags] for f in FILES]
    assert all(len(found) == 1 for found in cells)
    assert len({found[0] for found in cells}) == 1
