"""Data sets in which the test has planted who says what.

`write_voices(folder, said)` takes one tuple a statement: the side, the speaker, the proposition
voiced (None for none) and its support. Every speaker has a document of their own.
"""

from made_studies import write_planted_study, write_table
from small_study import CODERS, TABLES

PLACES = {"israeli": "professional", "palestinian": "grassroots", "joint": "professional"}
FILLER = ("third_party", "Quiet Q.", None, None)
FOLDER = "practitioners"


def write_voices(
    folder, said, starts=((1995, "elite"), (2002, "grassroots")), wave="first", **more
):
    """Write a valid data set with these statements, and one that voices nothing.

    All of them were found by the search `wave`.
    """
    write_planted_study(folder, list(starts), **more)
    said = [FILLER, *said]
    names = list(dict.fromkeys((side, voice) for side, voice, *_ in said))
    keys = {name: f"doc-{i:03}" for i, name in enumerate(names)}
    documents = [
        {"id": key, "title": f"A *talk* {key}", "event_kind": "lecture", "year": 1999}
        | {"year_approximate": "no", "venue_or_publisher": "A", "url": "https://example.org/a"}
        for key in keys.values()
    ]
    speakers = [
        {"document_id": key, "speaker": voice, "side": side, "organisation": "A"}
        | {"practice_level": PLACES.get(side, "researcher")}
        for (side, voice), key in keys.items()
    ]
    statements = [
        {"id": f"said-{i:03}", "document_id": keys[side, voice], "speaker": voice, "seq": i + 1}
        | {"paraphrase": "It works | or `not`.", "source_check": "confirmed", "wave": wave}
        for i, (side, voice, *_) in enumerate(said)
    ]
    codes = [
        {"statement_id": f"said-{i:03}", "coder": coder, "variable": variable, "value": value}
        for i, (_, _, proposition, support) in enumerate(said)
        for coder in CODERS
        for variable, value in _codes(proposition, support)
    ]
    tables = {"documents": documents, "speakers": speakers, "statements": statements}
    for name, rows in tables.items():
        header = TABLES[f"{FOLDER}/{name}.csv"].splitlines()[0].split(",")
        write_table(folder / FOLDER / f"{name}.csv", header, rows)
    header = ["statement_id", "coder", "variable", "value"]
    write_table(folder / FOLDER / "codes.csv", header, codes)
    return folder


def _codes(proposition, support):
    found = [("theme", "asymmetry"), ("question", "transfer"), ("valence", "mixed")]
    if proposition:
        found.append(("transfer_proposition", proposition))
    if support:
        found.append(("proposition_support", support))
    return found
