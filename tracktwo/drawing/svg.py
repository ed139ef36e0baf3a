"""A chart as one self-contained SVG: own font, light and dark."""

import base64
import io
import re
from functools import cache

import uharfbuzz as hb
import vl_convert
from fontTools.ttLib import TTFont

from tracktwo.drawing import theme
from tracktwo.ground.paths import FONTS

WEIGHTS = {"normal": "Regular", "600": "SemiBold"}
SCRIPTS = ("IBMPlexSansHebrew-{}.ttf", "IBMPlexSansArabic-{}.ttf", "NotoSansJP-Regular.ttf")
"""Where letters come from that the book's typeface lacks."""
FEATURES = ["kern", "init", "medi", "fina", "isol", "rlig", "ccmp", "mark"]
"""What spaces letters, and what joins those of Arabic."""


@cache
def register_fonts() -> None:
    """Let vl-convert measure text in the shipped font, once per process."""
    vl_convert.register_font_directory(str(FONTS))


def chart_to_svg(spec: dict) -> str:
    """Return the Vega-Lite `spec` drawn as SVG text, without font or dark colours.

    The drawing is made by vl-convert, with no browser and no network.
    """
    register_fonts()
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])


def standalone(svg: str, like: str = "") -> str:
    """Return `svg` with the letters it uses and its dark colours built in.

    An SVG shown as an image cannot use the page's fonts or styles, so it carries both. With the
    letters of `like`, another drawing of the same figure, the two have one font, made once.
    """
    words = re.sub(r"<style>.*?</style>|<[^>]*>", "", svg + like)
    letters = "".join(sorted(set(words)))
    faces = "".join(
        _font_face(weight, f"IBMPlexSans-{name}.ttf", letters) + _other_scripts(weight, letters)
        for weight, name in WEIGHTS.items()
        if letters and (weight == "normal" or f'font-weight="{weight}"' in svg)
    )
    style = f"<style>{faces}{_dark_rules(svg)}</style>"
    return re.sub(r"(<svg[^>]*>)", lambda tag: tag[1] + style, svg, count=1)


@cache
def _face(file: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(FONTS / file)))


@cache
def _has(file: str) -> frozenset[int]:
    return frozenset(_face(file).unicodes)


def _other_scripts(weight: str, letters: str) -> str:
    faces, left = "", {c for c in letters if ord(c) not in _has("IBMPlexSans-Regular.ttf")}
    for name in SCRIPTS if left else ():
        file = name.format(WEIGHTS[weight])
        found = "".join(sorted(c for c in left if ord(c) in _has(file)))
        left -= set(found)
        signs = ",".join(f"U+{ord(c):X}" for c in found)
        faces += _font_face(weight, file, found, f"unicode-range:{signs};") if found else ""
    return faces


@cache
def _font_face(weight: str, file: str, letters: str, only: str = "") -> str:
    asked = hb.SubsetInput()
    asked.unicode_set.update(map(ord, letters))
    asked.layout_feature_tag_set.clear()
    asked.layout_feature_tag_set.update(int.from_bytes(name.encode()) for name in FEATURES)
    asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    # HarfBuzz takes a hundredth of the time of fontTools, which knows how to write WOFF2.
    font = TTFont(io.BytesIO(hb.subset(_face(file), asked).blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=None)
    code = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f'@font-face{{font-family:"{theme.FONT}";font-weight:{weight};{only}'
        f'src:url("data:font/woff2;base64,{code}") format("woff2")}}'
    )


def _dark_rules(svg: str) -> str:
    """Return the dark colours of the light ones in `svg`; a colour new to the theme adds none."""
    rules = "".join(
        f'[{paint}="{light}"]{{{paint}:{dark}}}'
        for light, dark in theme.DARK.items()
        for paint in ("fill", "stroke")
        if f'{paint}="{light}"' in svg
    )
    return f"@media (prefers-color-scheme:dark){{{rules}}}"
