"""Make Jupyter Book's output the site that readers get: pages finished, files added, rest out."""

import functools
import gc
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from sphinx_external_toc.parsing import parse_toc_yaml

from tracktwo.book.site import behind
from tracktwo.book.site.figure_tools import dress_figures
from tracktwo.book.site.glossary import definitions, show_definitions
from tracktwo.book.site.page_head import fill_head
from tracktwo.book.site.pages import finish_text, opened
from tracktwo.book.site.search_index import entries, write_index

EXTRA = ("downloads.html", "numbers.html", "search.html")
"""Pages that are no chapters."""
UNSEARCHED = ("numbers.html", "search.html")
"""Pages that the search does not lead to."""
MADE = ("pygments.css", "sphinx-design.min.css")
"""What pages use of the style sheets that Sphinx and its extensions bring."""


def parts_of(toc: Path) -> dict[str, str]:
    """Return the chapters' pages in reading order, each with its part's name."""
    site = parse_toc_yaml(toc)
    parts = {f"{site.root.docname}.html": ""}
    for tree in site.root.subtrees:
        parts |= {f"{item}.html": tree.caption or "" for item in tree.items}
    return parts


def finish(html: Path, source: Path, edition: dict[str, Any]) -> None:
    """Finish the pages in `html` and put beside them what they lead to.

    Parameters
    ----------
    html
        Jupyter Book's output.
    source
        What it was made from: chapters, ``_toc.yml``, ``_static``, ``figures``, ``downloads``,
        and in ``extra`` what goes to the site's own folder as it is.
    edition
        The facts of the edition.
    """
    for folder in ("figures", "downloads"):
        shutil.copytree(source / folder, html / folder)
    shutil.copytree(source / "extra", html, dirs_exist_ok=True)
    parts, results = parts_of(source / "_toc.yml"), behind.results_in(html)
    work = functools.partial(
        finish_page,
        html=html,
        edition=edition,
        results=results,
        said=definitions(html),
        figures=behind.of_figures(results, edition),
    )
    pages = {name: parts.get(name, "") for name in (*parts, *EXTRA)}
    longest_first = sorted(pages, key=lambda name: -(html / name).stat().st_size)
    with ProcessPoolExecutor(2, initializer=_search_no_garbage) as two:
        done = two.map(work, longest_first, [pages[name] for name in longest_first])
        by_page = dict(zip(longest_first, done, strict=True))
    found = [entry for name in pages if name not in UNSEARCHED for entry in by_page[name]]
    write_index(found, html / "search-index.js")
    write_addresses(html, [*parts, *EXTRA[:-1]], edition["base"])
    take_out(html, source)


def _search_no_garbage() -> None:
    """Let Python search for garbage only when told: pages are large trees, with little of it."""
    gc.disable()
    gc.freeze()


def finish_page(
    name: str,
    part: str,
    *,
    html: Path,
    edition: dict[str, Any],
    results: dict[str, Any],
    said: dict[str, str],
    figures: dict[str, dict[str, Any]],
) -> list[dict[str, str]]:
    """Finish the page `name`, which belongs to `part`, and return what can be found on it.

    Parameters
    ----------
    results
        What ``results.json`` holds.
    said
        The definitions of words, by their anchors.
    figures
        What is known of each figure, by its label.
    """
    with opened(html, name, part) as page:
        finish_text(page)
        show_definitions(page, said)
        behind.settle(page, html, results, edition)
        dress_figures(page, html, figures)
        fill_head(page, edition, _front_picture(html))
    found = list(entries(page))
    del page
    gc.collect()
    return found


def _front_picture(html: Path) -> str:
    """Return a picture for pages without a figure: the front page's, else any."""
    pictures = sorted(
        (html / "figures").glob("*.png"), key=lambda f: not f.name.startswith("index")
    )
    return f"figures/{pictures[0].name}" if pictures else ""


def write_addresses(html: Path, pages: list[str], base: str) -> None:
    """Write sitemap and robots.txt, which need the address where the site stands."""
    if not base:
        return
    places = "".join(f"<url><loc>{base}/{page}</loc></url>\n" for page in pages)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns='
    head += '"http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (html / "sitemap.xml").write_text(f"{head}{places}</urlset>\n", encoding="utf-8")
    text = f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n"
    (html / "robots.txt").write_text(text, encoding="utf-8")


def take_out(html: Path, source: Path) -> None:
    """Delete what no page uses: the theme's files, Sphinx's search, images kept twice."""
    own = {f.relative_to(source) for f in (source / "_static").rglob("*") if f.is_file()}
    own |= {Path("_static", name) for name in MADE}
    for file in [path for path in (html / "_static").rglob("*") if path.is_file()]:
        if file.relative_to(html) not in own:
            file.unlink()
    for image in html.glob("_images/*"):
        if (html / "figures" / image.name).exists():
            image.unlink()
    for left in (".buildinfo", "searchindex.js", "objects.inv", "genindex.html"):
        (html / left).unlink(missing_ok=True)
    for folder in sorted((p for p in html.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
