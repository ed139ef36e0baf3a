"""Refresh the committed notebooks' outputs and the committed figures from executed chapters.

python -m tracktwo.book.outputs EXECUTED FIGURES
"""

import argparse
import sys
from pathlib import Path

from tracktwo.book import notebooks
from tracktwo.book.publish import beside, swap
from tracktwo.book.site.figure_files import gather
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths


def refresh(executed: Path, figures: Path, root: Path = paths.ROOT) -> None:
    """Write the outputs of `executed` into the notebooks below `root`, and `figures` beside them.

    The committed notebooks come out as if run from top to bottom in a fresh kernel with the
    default parameters. Figures that no chapter makes any more disappear.
    """
    files = chapter_files(root / "_toc.yml")
    fresh = beside(root / "figures")
    gather((figures / file.removesuffix(".ipynb") for file in files), fresh)
    for file in files:
        notebook = notebooks.without_injected(notebooks.read(executed / file))
        notebook.metadata.pop("papermill", None)
        notebooks.write(notebook, root / file)
    swap(fresh, root / "figures")
    print(f"refreshed the outputs of {len(files)} chapters and figures/", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Refresh from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.outputs", description=__doc__)
    parser.add_argument("executed", type=Path)
    parser.add_argument("figures", type=Path)
    options = parser.parse_args(arguments)
    try:
        refresh(options.executed, options.figures)
    except ValueError as error:
        print(f"\nerror: {error}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
