"""The data that explorer, coders and panel read, as scripts.

python -m tracktwo.book.site.live_scripts DATA OUTPUT --parameters JSON [--panel]
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tracktwo import open_study
from tracktwo.book.errors import attempt
from tracktwo.book.site.live_parts import in_parts
from tracktwo.book.site.live_versions import as_script
from tracktwo.telling.assumptions import panel_data, precise_verdicts
from tracktwo.telling.coding import coding_data
from tracktwo.telling.explorer import explorer_data, frame_of


def write_data(data: Path, parameters: dict[str, Any], output: Path, *, panel: bool) -> None:
    """Write into the new folder `output` what explorer, coders and panel read.

    Parameters
    ----------
    parameters
        Those of the edition, in which it differs from the published one.
    panel
        Whether the panel of assumptions is wanted, which takes all specifications. Data without
        claims have none.
    """
    study = open_study(data)
    frame = frame_of(study, parameters)
    scripts = dict(in_parts(explorer_data(study, frame))) | {"coding": coding_data(study, frame)}
    if panel and not study.claims.empty:
        scripts["assumptions"], columns = panel_data(study, frame, precise_verdicts(study, frame))
        scripts |= {f"assumptions-{claim}": parts for claim, parts in columns.items()}
    output.mkdir(parents=True, exist_ok=True)
    for name, value in scripts.items():
        (output / f"{name}.js").write_text(as_script(name, value), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write the data's scripts from the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tracktwo.book.site.live_scripts", description=__doc__
    )
    for name in ("data", "output"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--parameters", type=json.loads, required=True, metavar="JSON")
    parser.add_argument("--panel", action="store_true")
    options = parser.parse_args(arguments)
    given = (options.data, options.parameters, options.output)
    return attempt(lambda: write_data(*given, panel=options.panel), ValueError)


if __name__ == "__main__":
    sys.exit(main())
