"""Another machine on this one: the same work with other instructions, threads and surroundings.

python tests/elsewhere.py    writes what `computed` returns to standard output, as JSON
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from numpy._core import _multiarray_umath as core

from tracktwo import Frame, open_study
from tracktwo.analysis.approaches import approach_marks, told_apart
from tracktwo.analysis.themes import compare_groups, theme_labels
from tracktwo.analysis.together import pair_themes
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.approaches_record import map as maps
from tracktwo.chapters.approaches_record.results import pair_table
from tracktwo.chapters.voices.results import checks
from tracktwo.claims.verdicts import as_records, reach
from tracktwo.ground import paths

RUN = """
import sys
from tracktwo.book import execute
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED"):
    execute.ENVIRONMENT.pop(name)  # what the kernel is given here must reach it
sys.exit(execute.main())
"""


def surroundings(threads):
    """Return the environment of a machine without vector instructions, in another country."""
    on = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    return os.environ | {
        # Only what NumPy can do without and this processor has; it refuses anything else.
        "NPY_DISABLE_CPU_FEATURES": " ".join(on),
        "OPENBLAS_CORETYPE": "Prescott",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4",  # exp, log, pow
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        "PYTHONHASHSEED": "20120401",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "de_DE.UTF-8",
    }


def execute_all(chapters, out, threads):
    """Execute the chapters elsewhere, into `out`; return what each that failed said."""

    def execute(chapter):
        places = [f"{chapter}.ipynb", out / f"{chapter}.ipynb", out / "figures" / chapter]
        run = subprocess.run(
            [sys.executable, "-c", RUN, *map(str, places)],
            cwd=paths.ROOT,
            env=surroundings(threads),
            capture_output=True,
            text=True,
            check=False,
        )
        return run.stderr.strip() if run.returncode else ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = dict(zip(chapters, pool.map(execute, chapters), strict=True))
    return {chapter: text for chapter, text in said.items() if text}


def compute_elsewhere(threads):
    """Return what `computed` returns elsewhere."""
    run = subprocess.run(
        [sys.executable, __file__],
        cwd=paths.ROOT,
        env=surroundings(threads),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def computed():
    """Return the verdicts, every curve, and every result that a library fits or draws."""
    study, frame = open_study(paths.DATA), Frame()
    rows, heard = frame.select(study), select_statements(study, frame)
    labels, themes = study.labels("approach"), theme_labels(study)
    marks = approach_marks(rows, labels)
    found = reach(study, frame)
    space = maps.map_practice(study, rows, marks)
    tables = {f"curve {claim}": verdict.curve for claim, verdict in found.items()}
    tables |= {
        "map": space.points,
        "pairs": pair_table(marks, labels),
        "told": told_apart(study, rows, marks),
        "themes of sides": compare_groups(study, heard, themes, "sides"),
        "themes together": pair_themes(heard, themes, "document_id"),
        "checks": checks(study, frame, heard, themes, 2012),
    }
    return {"verdicts": as_records(found)} | {
        name: json.loads(table.to_json(orient="records", double_precision=15, default_handler=repr))
        for name, table in tables.items()
    }


if __name__ == "__main__":
    json.dump(computed(), sys.stdout)
