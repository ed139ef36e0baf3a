"""Draw a chapter's figures as PNG as well, for slides and shared links; compile the live ones.

python -m tracktwo.book.pictures FIGURES OUTPUT
"""

import argparse
import re
import sys
from pathlib import Path

import vl_convert

from tracktwo.book.errors import attempt
from tracktwo.drawing.svg import register_fonts

SCALE = 2
"""Pixels of the picture for each pixel of the drawing."""


def draw(figures: Path, output: Path) -> None:
    """Write a PNG, light, into the folder `output` for each SVG in `figures` but the narrow.

    Live versions become scripts beside them.
    """
    register_fonts()
    output.mkdir(parents=True, exist_ok=True)
    for file in sorted(set(figures.glob("*.svg")) - set(figures.glob("*.narrow.svg"))):
        # The drawing's own fonts and dark colours are for browsers.
        plain = re.sub(r"<style>.*?</style>", "", file.read_text("utf-8"), flags=re.DOTALL)
        picture = vl_convert.svg_to_png(plain, scale=SCALE)
        (output / f"{file.stem}.png").write_bytes(picture)
    if any(figures.glob("*.live.json")):
        from tracktwo.book.site.live_versions import write_versions  # takes a second, few need it

        write_versions(figures, output)


def main(arguments: list[str] | None = None) -> int:
    """Draw from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.pictures", description=__doc__)
    parser.add_argument("figures", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    return attempt(lambda: draw(options.figures, options.output))


if __name__ == "__main__":
    sys.exit(main())
