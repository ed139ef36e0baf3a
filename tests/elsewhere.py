"""Another machine on this one: the same work with other instructions, threads and surroundings.

python tests/elsewhere.py    writes what `computed` returns to standard output, as JSON
"""

import json
import subprocess
import sys

from made_studies import published, published_verdicts
from surroundings import surroundings

from tracktwo import Frame
from tracktwo.analysis.approaches import approach_marks, told_apart
from tracktwo.analysis.themes import compare_groups, theme_labels
from tracktwo.analysis.together import pair_themes
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.approaches_record import map as maps
from tracktwo.chapters.approaches_record.results import pair_table
from tracktwo.chapters.voices.results import checks
from tracktwo.claims.verdicts import as_records
from tracktwo.ground import paths


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
    """Return the verdicts, every curve, and every result that a library fits or draws, as JSON."""
    study, frame = published(), Frame()
    rows, heard = frame.select(study), select_statements(study, frame)
    labels, themes = study.labels("approach"), theme_labels(study)
    marks = approach_marks(rows, labels)
    found = published_verdicts()
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
    return {"verdicts": json.dumps(as_records(found))} | {
        name: table.to_json(orient="records", double_precision=15, default_handler=repr)
        for name, table in tables.items()
    }


if __name__ == "__main__":
    json.dump(computed(), sys.stdout)
