"""The same chapters as a plain Jupyter Book: what people get who follow its manual."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import altair as alt
import nbformat
import vl_convert
import yaml

from tracktwo.ground import paths

FIGURE = "Figure "
"""How the text of a figure begins among the outputs of a chapter; its name follows."""


def configure(folder: Path, root: Path = paths.ROOT, *, execute: str) -> None:
    """Write the settings of a plain book: title, works cited, and how it executes."""
    ours = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    settings = {
        "title": ours["title"],
        "execute": {"execute_notebooks": execute, "timeout": 600},
        "bibtex_bibfiles": ["references.bib"],
        "only_build_toc_files": True,
    }
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    shutil.copyfile(root / "references.bib", folder / "references.bib")


def command(folder: Path) -> list[str]:
    """Return what builds the book in `folder`: the command of the manual, by this Python."""
    run = "from jupyter_book.cli.main import main; main()"
    return [sys.executable, "-c", run, "build", str(folder)]


def plain_page(executed: Path, folder: Path) -> Path:
    """Build one executed chapter as a plain book below `folder`; return its pages.

    Its words are the chapter's; each figure is drawn in the browser, by Altair's default
    renderer from the figure's own spec. The renderer's libraries lie beside the page, as one
    bundle, instead of on another host.
    """
    source = folder / "source"
    source.mkdir()
    figures = executed.parents[1] / "figures" / "chapters" / executed.stem
    nbformat.write(drawn_in_browser(nbformat.read(executed, 4), figures), source / executed.name)
    (source / "_toc.yml").write_text(f"format: jb-book\nroot: {executed.stem}\n", encoding="utf-8")
    configure(source, execute="off")
    run = subprocess.run(command(source), capture_output=True, text=True, check=False)
    html = source / "_build" / "html"
    if run.returncode:
        raise ValueError(f"the plain page could not be built:\n{run.stderr[-2000:]}")
    put_libraries(html / "vega")
    return html


def drawn_in_browser(notebook: nbformat.NotebookNode, figures: Path) -> nbformat.NotebookNode:
    """Return an executed chapter whose figures are as Altair's default renderer leaves them."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop("text/markdown", None)
            if (text := data.get("text/plain", "")).startswith(FIGURE):
                name = text.removeprefix(FIGURE).partition(":")[0]
                chart = json.loads((figures / f"{name}.vl.json").read_text("utf-8"))
                data["text/html"] = rendered(chart)
    return notebook


def rendered(spec: dict) -> str:
    """Return what ``alt.renderers.enable("html")`` gives for `spec`, with libraries from here."""
    html = alt.Chart.from_dict(spec)._repr_mimebundle_()["text/html"]
    return html.replace("https://cdn.jsdelivr.net/npm/", "vega/").replace("?noext", ".js")


def put_libraries(folder: Path) -> None:
    """Write the libraries that `rendered` asks for: all three are in the first."""
    folder.mkdir()
    names = [f"vega@{alt.VEGA_VERSION.split('.')[0]}", f"vega-lite@{alt.VEGALITE_VERSION}"]
    names += [f"vega-embed@{alt.VEGAEMBED_VERSION.split('.')[0]}"]
    texts = [f"(() => {{{vl_convert.javascript_bundle()}}})();", "", ""]
    for name, text in zip(names, texts, strict=True):
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
