"""Data packages of any size, shaped like `data/`: `python -m benchmarks.synthetic FOLDER SIZE`.

Nothing in them is true and nobody in them is real. Each made row takes its words of closed lists
from rows of `data/` drawn by chance: what belongs together (a start with its end) from one row,
the rest each from another, the answers of all coders to one question from one. So shares,
agreement and codes a row are those of `data/`, and nearly every row is a combination of its own.
"""

import csv
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tracktwo.ground import paths

SEED = 20120401
SINGLE = ("scope", "unit", "borderline", "third_party_type", "source_check", "wave")
"""Columns of initiatives that are drawn each by itself."""
COPIED = ("codebook.csv", "article/claims.csv", "article/facts.csv")
VOCABULARY = """
the a of and for with after before between both two young new joint open small long
teachers doctors students officials advisers neighbours families writers farmers engineers
meetings workshops visits courses papers talks plans letters reports summers schools towns
water health trade language history music theatre football memory maps borders work study
met wrote planned taught visited discussed agreed began ended returned travelled argued
café naïve rôle façade – year autumn spring twice often later together abroad at home in on
"""

Row = dict[str, str]


class Made:
    """Draws for a data set of one size, always the same ones."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.random = np.random.default_rng([SEED, size])
        self.texts = [" ".join(self.random.choice(VOCABULARY.split(), 12)) for _ in range(2000)]

    def of(self, rows: list, n: int) -> list:
        """Return `n` of `rows`, drawn with replacement."""
        return [rows[i] for i in self.random.integers(0, len(rows), n)]

    def prose(self, like: list[str]) -> list[str]:
        """Return made texts, about as long as these, empty where these are."""
        lengths = [len(text) for text in like]
        pieces = iter(self.of(self.texts, sum(length // 50 + 2 for length in lengths)))
        return [
            " ".join(next(pieces) for _ in range(n // 50 + 2))[: max(n, 8)].strip() if n else ""
            for n in lengths
        ]

    def numbered(self, what: str, n: int) -> list[str]:
        """Return `n` names of one length, so that they sort by number."""
        return [f"{what} {number:06}" for number in range(n)]


def write(folder: Path, size: int) -> Path:
    """Write a valid data package of `size` initiatives, with all else in proportion."""
    for part in ("inventory", "practitioners", "article"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(paths.DATA / name, folder / name)
    published = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    said = {"name": "made", "title": f"{size:,} made initiatives", "resources": []}
    for resource in published["resources"]:
        if "coding" in resource:
            said["resources"].append({k: resource[k] for k in ("name", "path", "coding")})
    (folder / "datapackage.json").write_text(json.dumps(said, indent=1), encoding="utf-8")
    made = Made(size)
    ids = [f"made-initiative-{number:06}" for number in range(size)]
    _initiatives(folder, made, ids)
    _sources(folder, made, ids)
    _codes(folder, "inventory/codes.csv", made, ids)
    _practitioners(folder, made)
    return folder


def _initiatives(folder: Path, made: Made, ids: list[str]) -> None:
    real, n = _read("inventory/initiatives.csv"), made.size
    dates, doubts, told = (made.of(real, n) for _ in range(3))
    alone = {column: made.of([row[column] for row in real], n) for column in SINGLE}
    parts = made.of([row["part_of"] for row in real], n)
    summaries = made.prose([row["summary"] for row in told])
    notes = made.prose([row["note"] for row in told])
    places = made.prose([row["location"] for row in told])
    wholes = made.random.integers(0, np.maximum(np.arange(n), 1))
    rows = [
        alone_of
        | {column: dates[i][column] for column in ("start_year", "end_year", "end_status")}
        | {"id": key, "name": f"Made initiative {i:06}", "summary": summaries[i]}
        | {"note": notes[i], "location": places[i], "uncertain": doubts[i]["uncertain"]}
        | {"evidence_grade": doubts[i]["evidence_grade"], "third_party": f"Made party {i % 997}"}
        | {"convenors": " | ".join(f"Made group {i % m}" for m in (1009, 2003)[: 1 + i % 2])}
        | {"part_of": ids[wholes[i]] if parts[i] and i else ""}
        for i, (key, alone_of) in enumerate(zip(ids, _across(alone), strict=True))
    ]
    _write(folder / "inventory/initiatives.csv", list(real[0]), rows)


def _sources(folder: Path, made: Made, ids: list[str]) -> None:
    real = _read("inventory/sources.csv")
    blocks = _blocks(real, "initiative_id")
    rows = []
    for i, (key, block) in enumerate(zip(ids, made.of(blocks, made.size), strict=True)):
        for row in block:
            page = f"https://made.example/{key}/{row['source_no']}" if row["url"] else ""
            title = f"{made.texts[(i + len(page)) % 2000][: 20 + i % 40].strip()} {i}"
            by = f"Made publisher {(i * 7) % 4999}"
            rows.append(
                row | {"initiative_id": key, "title": title, "author_or_publisher": by, "url": page}
            )
    _write(folder / "inventory/sources.csv", list(real[0]), rows)


def _practitioners(folder: Path, made: Made) -> None:
    documents, speakers, statements = (
        _read(f"practitioners/{name}.csv") for name in ("documents", "speakers", "statements")
    )
    inventory = len(_read("inventory/initiatives.csv"))
    n = max(round(made.size * len(documents) / inventory), 1)
    of_document = {block[0]["document_id"]: block for block in _blocks(speakers, "document_id")}
    said_in = {block[0]["document_id"]: block for block in _blocks(statements, "document_id")}
    rows: dict[str, list[Row]] = {"documents": [], "speakers": [], "statements": []}
    for i, real in enumerate(made.of(documents, n)):
        key = f"made-document-{i:06}"
        about = {"id": key, "title": f"Made document {i}", "venue_or_publisher": f"Made {i % 499}"}
        rows["documents"].append(
            real | about | {"url": f"https://made.example/{key}", "note": real["note"] and "made"}
        )
        names = {}
        for place, speaker in enumerate(of_document.get(real["id"], ())):
            names[speaker["speaker"]] = name = f"Made speaker {i - i % 3:06} {place}"
            rows["speakers"].append(
                speaker
                | {"document_id": key, "speaker": name, "organisation": f"Made body {i % 887}"}
            )
        for place, statement in enumerate(said_in.get(real["id"], ()), start=1):
            said = {"id": f"{key}-s{place:02}", "document_id": key}
            rows["statements"].append(statement | said | {"speaker": names[statement["speaker"]]})
    texts = made.prose([row["paraphrase"] for row in rows["statements"]])
    rows["statements"] = [
        row | {"paraphrase": text} for row, text in zip(rows["statements"], texts, strict=True)
    ]
    for name, like in (
        ("documents", documents),
        ("speakers", speakers),
        ("statements", statements),
    ):
        _write(folder / f"practitioners/{name}.csv", list(like[0]), rows[name])
    ids = [row["id"] for row in rows["statements"]]
    _codes(folder, "practitioners/codes.csv", made, ids)


def _codes(folder: Path, path: str, made: Made, ids: list[str]) -> None:
    """Write codes: for each thing and question what all coders answered to it of a real one."""
    with (paths.DATA / path).open(encoding="utf-8", newline="") as file:
        header, *real = csv.reader(file)
    given: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    coders = list(dict.fromkeys(row[1] for row in real))
    units = list(dict.fromkeys(row[0] for row in real))
    for unit, coder, variable, value in real:
        lines = given[variable][unit]
        lines[coder] = lines.get(coder, "") + f"\0,{coder},{variable},{value}\n"
    drawn = [
        made.of([[lines[unit].get(coder, "") for coder in coders] for unit in units], len(ids))
        for lines in given.values()
    ]
    with (folder / path).open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(header) + "\n")
        for key, *answers in zip(ids, *drawn, strict=True):
            of_coders = zip(*answers, strict=True)
            file.write("".join(map("".join, of_coders)).replace("\0", key))


def _read(path: str) -> list[Row]:
    with (paths.DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _blocks(rows: list[Row], key: str) -> list[list[Row]]:
    blocks: dict[str, list[Row]] = {}
    for row in rows:
        blocks.setdefault(row[key], []).append(row)
    return list(blocks.values())


def _across(columns: dict[str, list[str]]) -> Iterator[Row]:
    return (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))


def _write(path: Path, header: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
