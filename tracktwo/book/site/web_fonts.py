"""The fonts of the site, cut down to the letters that the site uses."""

import base64
import re
from collections import Counter
from pathlib import Path

from fontTools import subset

from tracktwo.drawing.svg import FEATURES, SCRIPTS, WEIGHTS
from tracktwo.ground import paths

ASCII = "".join(map(chr, range(0x20, 0x7F)))
ALWAYS = ASCII + "".join(map(chr, [*range(0xA0, 0x180), *range(0x2010, 0x2027)]))
"""Latin letters and common marks: what a reader may type into a search field."""
TEXTS = ("*.html", "*.js", "*.json", "*.csv")
OWN = "IBMPlexSans-Regular.ttf"
"""Has the letters of the book's own typeface; all others come from fonts of other scripts."""

FIRST = "font-display: block"
"""What the style sheet says of the fonts in which every page is set."""
FACE = re.compile(r'@font-face \{[^}]*?url\("(fonts/[^"]+)"\)[^}]*\}')


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
    for file in sorted(folder.glob("*.woff2")):
        _trim(file, file, used)
    own = set(subset.load_font(paths.FONTS / OWN, subset.Options()).getBestCmap())
    others = "".join(sign for sign in used if ord(sign) not in own)
    for name in sorted({name.format(weight) for name in SCRIPTS for weight in WEIGHTS.values()}):
        file = paths.FONTS / name
        _trim(file, folder / file.with_suffix(".woff2").name, others)


def _trim(file: Path, target: Path, used: str) -> None:
    options = subset.Options(flavor="woff2", layout_features=[*FEATURES, "liga", "tnum", "locl"])
    font = subset.load_font(str(file), options)
    font.recalcTimestamp = False
    cut = subset.Subsetter(options)
    cut.populate(text=used)
    cut.subset(font)
    subset.save_font(font, str(target), options)


def near_letters(html: Path) -> str:
    """Return the letters that common pages need: ASCII, and what a quarter of all pages have.

    The ellipsis is one of them: browsers set it where they cut a line.
    """
    pages = [set(file.read_text("utf-8")) for file in sorted(html.rglob("*.html"))]
    counts = Counter(sign for signs in pages for sign in signs if ord(sign) > ord("~"))
    common = {sign for sign, n in counts.items() if 4 * n >= len(pages)}
    return ASCII + "".join(sorted(common | {"…"}))


def build_in(html: Path) -> None:
    """Part each font of the book's typeface, so that a page asks only for the letters it has.

    The near letters of the first view go into the style sheet, so that text never changes its
    font. Loaded apart they would come later than the text, which then moves; and they cannot be
    asked for earlier, since a page opened from a folder may not do so.
    """
    sheet, near = html / "_static" / "book.css", near_letters(html)
    text = sheet.read_text("utf-8")
    for rule in [found for found in FACE.finditer(text) if "unicode-range" not in found[0]]:
        file = sheet.parent / rule[1]
        own = set(map(chr, subset.load_font(str(file), subset.Options()).getBestCmap()))
        far = "".join(sorted(own - set(near)))
        close = file.with_suffix(f".near{file.suffix}")
        _trim(file, close, near)
        address = f"fonts/{close.name}"
        if FIRST in rule[0]:
            code = base64.b64encode(close.read_bytes()).decode("ascii")
            address = f"data:font/woff2;base64,{code}"
            close.unlink()
        parts = [_face(rule, near, address)]
        if far:
            _trim(file, file, far)
            parts.append(_face(rule, far, rule[1]).replace(FIRST, "font-display: swap"))
        text = text.replace(rule[0], "\n".join(parts))
    sheet.write_text(text, encoding="utf-8")


def _face(rule: re.Match[str], letters: str, address: str) -> str:
    face = rule[0].replace("src:", f"unicode-range: {ranges(letters)}; src:")
    return face.replace(rule[1], address)


def ranges(letters: str) -> str:
    """Return sorted letters as CSS writes them: ``U+20-7E, U+A0``."""
    runs: list[list[int]] = []
    for code in map(ord, letters):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)
