"""MyST as HTML for whoever opens a notebook by itself.

The book reads the MyST that a cell shows. JupyterLab, VS Code, GitHub and nbviewer take the HTML
beside it: its roles are plain words and links, so that nobody meets raw markup.
"""

import functools
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from pybtex.database import Entry, parse_file

from tracktwo.ground import paths
from tracktwo.telling.myst import END, ISOLATE
from tracktwo.telling.titles import title_of

DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
OPTION = re.compile(r":([\w-]+):\s*(.*)")
WITH_TARGET = re.compile(r"(.*?)\s*<(.+)>", re.DOTALL)
BOX = "border-left: 3px solid #0f5c6e; padding-left: 1em"


def as_html(text: str) -> str:
    """Return MyST as HTML; what has a meaning only inside the book becomes plain words.

    Raises
    ------
    ValueError
        When a work is cited that ``references.bib`` does not have.
    """
    page = _reader().render(text)
    return page.replace(ISOLATE, "<bdi>").replace(END, "</bdi>").strip()


def inline_html(text: str) -> str:
    """Return one line of MyST as HTML without a paragraph around it."""
    page = _reader().renderInline(text)
    return page.replace(ISOLATE, "<bdi>").replace(END, "</bdi>").strip()


@functools.cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "typographer": True})
    reader.enable(["table", "smartquotes"]).use(colon_fence_plugin).use(myst_role_plugin)
    reader.use(deflist_plugin).use(myst_block_plugin)
    for kind, rule in RULES.items():
        reader.add_render_rule(kind, rule)
    return reader


# Roles


def _role(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    name, content = token.meta["name"], token.content
    before = tokens[index - 1].content if index else ""
    if name in ("numref", "ref"):
        return _number(content, first=not before.strip() or before.rstrip().endswith("."))
    if name in ROLES:
        return ROLES[name](content)
    return escape(_words_of(content)[0])


def _words_of(content: str) -> tuple[str, str]:
    """Return the words and the target of ``words <target>``, or the target twice."""
    found = WITH_TARGET.fullmatch(content)
    return (found[1], found[2]) if found else (content, content)


def _number(content: str, *, first: bool) -> str:
    words, target = _words_of(content)
    kind = {"fig": "figure", "tab": "table"}.get(target.split("-")[0], "section")
    if words == target or "%s" in words or "{number}" in words:
        words = f"{'The' if first else 'the'} {kind}"
    return f'<a href="#{escape(target)}">{escape(words)}</a>'


def _document(content: str) -> str:
    words, target = _words_of(content)
    name = PurePosixPath(target).name
    title = words if words != target else title_of(name)
    file = f"{target}.ipynb" if not target.startswith("/") else f"..{target}.ipynb"
    return f'<a href="{escape(file)}">{escape(title)}</a>'


def _cited(content: str) -> str:
    return f"({'; '.join(f'{who}, {year}' for who, year in _works(content))})"


def _cited_in_text(content: str) -> str:
    return "; ".join(f"{who} ({year})" for who, year in _works(content))


def _works(keys: str) -> list[tuple[str, str]]:
    library = _library()
    works = []
    for key in (key.strip() for key in keys.split(",")):
        if key not in library:
            raise ValueError(f"references.bib has no work {key!r}")
        works.append((escape(_authors(library[key])), escape(library[key].fields.get("year", ""))))
    return works


@functools.cache
def _library() -> dict[str, Entry]:
    return dict(parse_file(str(paths.ROOT / "references.bib"), bib_format="bibtex").entries)


def _authors(work: Entry) -> str:
    people = work.persons.get("author") or work.persons.get("editor") or []
    names = [" ".join(p.prelast_names + p.last_names) for p in people]
    names = [re.sub(r"[{}]", "", name) for name in names] or [work.fields.get("title", "")]
    return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."


def _emphasised(content: str) -> str:
    return f"<em>{escape(content)}</em>"


def _abbreviated(content: str) -> str:
    words, _, meaning = content.rstrip(")").partition(" (")
    return f'<abbr title="{escape(meaning)}">{escape(words)}</abbr>'


ROLES: dict[str, Callable[[str], str]] = {
    "doc": _document,
    "cite": _cited,
    "cite:p": _cited,
    "cite:t": _cited_in_text,
    "term": lambda content: escape(_words_of(content)[0]),
    "abbr": _abbreviated,
    "emphasis": _emphasised,
}


# Blocks


def _directive(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    found = DIRECTIVE.fullmatch(token.info.strip())
    if found is None:  # a listing
        return f"<pre><code>{escape(token.content)}</code></pre>\n"
    lines = token.content.splitlines()
    given = {}
    while lines and (option := OPTION.fullmatch(lines[0])):
        given[option[1]] = option[2]
        lines.pop(0)
    title = found[2] if found[1] in ("admonition", "dropdown", "rubric", "table") else ""
    name = f' id="{escape(given["name"])}"' if "name" in given else ""
    head = f"<p><strong>{inline_html(title)}</strong></p>\n" if title else ""
    body = _terms(lines) if found[1] == "glossary" else as_html("\n".join(lines))
    box = f' style="{BOX}"' if found[1] == "admonition" else ""
    return f"<div{name}{box}>\n{head}{body}\n</div>\n"


def _terms(lines: list[str]) -> str:
    """Return a glossary: a term at the start of its line, its meaning indented below it."""
    said = [
        f"<dd>{inline_html(line.strip())}</dd>"
        if line.startswith(" ")
        else f"<dt><strong>{inline_html(line)}</strong></dt>"
        for line in lines
        if line.strip()
    ]
    return f"<dl>{''.join(said)}</dl>"


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    # An entry's own page is known to the book alone: by itself a notebook shows the words.
    href = str(tokens[index].attrGet("href") or "")
    if href.startswith("#"):
        return "<span>"
    return f'<a href="{escape(href)}">'


def _link_close(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    opening = next(t for t in reversed(tokens[:index]) if t.type == "link_open")
    return "</span>" if str(opening.attrGet("href") or "").startswith("#") else "</a>"


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    # A notebook cannot find the book's figures: their alternative text tells what they show.
    return escape(tokens[index].content.replace("\\", ""))


RULES = {
    "image": _image,
    "myst_role": _role,
    "myst_target": lambda *_: "",
    "colon_fence": _directive,
    "fence": _directive,
    "link_open": _link_open,
    "link_close": _link_close,
}
