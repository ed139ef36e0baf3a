"""The fonts of the site, cut down to the letters that the site uses."""

import base64
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fontTools import subset

from tracktwo.drawing.svg import FEATURES, SCRIPTS, WEIGHTS
from tracktwo.ground import paths

ALWAYS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027)]))
"""Latin letters and common marks: what a reader may type into a search field."""
TEXTS = ("*.html", "*.js", "*.json", "*.csv")

FIRST = ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexSerif-SemiBold")
"""What the first view of every page is set in."""


def letters(html: Path) -> str:
    """Return every character in the site's pages, scripts and data, in order."""
    found = set(ALWAYS)
    for pattern in TEXTS:
        for file in html.rglob(pattern):
            found |= set(file.read_text("utf-8"))
    return "".join(sorted(found - set("\n\r\t")))


def trim_fonts(html: Path) -> None:
    """Replace each font of the site by one that has only the letters used there.

    Those of other scripts are made of what the PDF takes as well.
    """
    used, folder = letters(html), html / "_static" / "fonts"
    jobs = [(file, file, used) for file in sorted(folder.glob("*.woff2"))]
    own = set(subset.load_font(paths.FONTS / f"{FIRST[0]}.ttf", subset.Options()).getBestCmap())
    others = "".join(sign for sign in used if ord(sign) not in own)
    for name in sorted({name.format(weight) for name in SCRIPTS for weight in WEIGHTS.values()}):
        file = paths.FONTS / name
        jobs.append((file, folder / file.with_suffix(".woff2").name, others))
    with ProcessPoolExecutor(2) as two:
        list(two.map(_trim, *zip(*jobs, strict=True)))


def _trim(file: Path, target: Path, used: str) -> None:
    options = subset.Options(flavor="woff2", layout_features=[*FEATURES, "liga", "tnum", "locl"])
    font = subset.load_font(str(file), options)
    font.recalcTimestamp = False
    cut = subset.Subsetter(options)
    cut.populate(text=used)
    cut.subset(font)
    subset.save_font(font, str(target), options)


def build_in(html: Path) -> None:
    """Put the fonts of the first view into the style sheet, so that text never changes its font.

    Loaded apart they would come later than the text, which then moves; and they cannot be asked
    for earlier, since a page opened from a folder may not do so.
    """
    sheet = html / "_static" / "book.css"
    text = sheet.read_text("utf-8")
    for name in FIRST:
        file = html / "_static" / "fonts" / f"{name}.woff2"
        code = base64.b64encode(file.read_bytes()).decode("ascii")
        text = text.replace(f"fonts/{name}.woff2", f"data:font/woff2;base64,{code}")
        file.unlink()
    sheet.write_text(text, encoding="utf-8")
