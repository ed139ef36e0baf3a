"""A data set about another conflict, which is invented: Northmark and Southmark, 1960–1990.

`write_other_conflict(folder)` writes it. Nothing in it is called as in the published data unless
the book cannot do without the name: other sides, scopes, waves, grades, levels and issues, five
approaches, a variable less and one more, columns of its own, parts of funding programmes, and no
statements. Years, codes and names are made by counting, so that they are always the same.
"""

import json
import shutil

from made_studies import write_table

FIRST, LAST, BREAK = 1960, 1990, 1974
INITIATIVES = 60
CODERS = ("ada", "bo")

DESCRIPTOR = {
    "name": "northmark-southmark-made-up",
    "title": "Made-up work between Northmark and Southmark, 1960–1990",
    "version": "1.0.0",
    "description": "An invented data set, made to test the book. Nothing in it ever happened.",
    "licenses": [{"name": "CC0-1.0", "title": "Creative Commons Zero"}],
    "contributors": [{"title": "The testers of the book"}],
    "sources": [{"title": "Nobody: every row is invented"}],
    "method": "Every row was made by a program, to try what the book does with other data.",
    "collected": "Never: the data are invented",
    "review": "A reviewer of the invented data is invented too.",
    "reviewed": True,
    "coders": {
        "ada": {"label": "Ada", "kind": "person"},
        "bo": {"label": "Bo", "kind": "person"},
        "consensus": {"kind": "deciding pass"},
    },
    "conflict": {
        "name": "Northmark–Southmark conflict",
        "adjective": "Northmark–Southmark",
        "sides": {
            "north": {"adjective": "Northmarker", "people": "Northmarkers"},
            "south": {"adjective": "Southmarker", "people": "Southmarkers"},
        },
        "words": ["Northmark", "Southmark"],
    },
    "periods": {
        "before": "open border",
        "after": "closed border",
        "break": "the border was closed",
    },
    "frame": {
        "scope": ["two_sided", "kin_states"],
        "units": ["initiative"],
        "grades": ["strong", "weak"],
        "waves": ["archive", "interviews"],
        "first_year": FIRST,
        "last_year": LAST,
        "break_year": BREAK,
    },
    "roles": {
        "participants": {
            "elite": ["leaders", "officers"],
            "professional": ["experts"],
            "grassroots": ["villagers"],
        },
        "focus": {"relationship": ["ties"], "outcome": ["results"], "both": ["both_aims"]},
        "transfer": {"none_documented": ["no_route"]},
        "transfer_planned": {
            "planned": ["planned"],
            "activity": ["unplanned"],
            "silent": ["silent"],
        },
    },
}

LISTS = {
    "end_status": {"ended": "Ended", "unknown": "Unknown"},
    "third_party_type": {"kin_state": "Kin state", "church": "Church", "nobody": "Nobody"},
    "scope": {
        "two_sided": "Both sides",
        "kin_states": "Both sides and their kin states",
        "one_sided": "One side alone",
    },
    "unit": {"initiative": "Initiative", "programme": "Funding programme"},
    "evidence_grade": {"strong": "Strong", "weak": "Weak"},
    "wave": {"archive": "Search of the archives", "interviews": "Asking people"},
}
OWN = [
    {"name": "bloc", "title": "Bloc", "description": "Whose money it was"},
    {"name": "budget", "type": "integer", "description": "Money a year, in crowns"},
]
OWN[0] |= {"constraints": {"enum": ["east", "west"]}, "labels": {"east": "East", "west": "West"}}
EVENTS = {"accord": "Accord", "talks": "Talks", "incident": "Incident"}

CODEBOOK = {
    "participants": (
        "yes",
        "Who took part",
        {
            "leaders": "Leaders",
            "officers": "Officers",
            "experts": "Experts",
            "villagers": "Villagers",
        },
    ),
    "focus": (
        "no",
        "What it was for",
        {"ties": "Ties", "results": "Results", "both_aims": "Both aims"},
    ),
    "approach": (
        "yes",
        "How it worked",
        {
            "healing": "Healing",
            "storytelling": "Storytelling",
            "training": "Training",
            "bargaining": "Bargaining",
            "ritual": "Ritual",
        },
    ),
    "issue": (
        "yes",
        "What it dealt with",
        {
            "missing_persons": "Missing persons",
            "property": "Property",
            "crossings": "Crossings",
            "fishing": "Fishing",
        },
    ),
    "transfer": (
        "yes",
        "How it was to travel",
        {"pamphlets": "Pamphlets", "envoys": "Envoys", "no_route": "No route"},
    ),
    "transfer_planned": (
        "no",
        "Whether that was planned",
        {"planned": "Planned", "unplanned": "Not planned", "silent": "Nothing is said"},
    ),
    "language": ("no", "The language spoken", {"northern": "Northern", "southern": "Southern"}),
}
CLAIMS = [
    ("C1", "Elite work outnumbers the rest before the break.", "difference of shares", "> 0"),
    (
        "C2",
        "Afterwards the rest takes its place.",
        "odds ratio per year; difference of shares",
        "> 1; > 0",
    ),
    ("C3", "Most work at the grassroots is on relationships.", "share", "> 0.5"),
    ("C4", "Elite work is on outcomes.", "share; odds ratio", "> 0.5; > 1"),
    ("C5", "Propositions are shared.", "share", "> 0.5"),
    ("C6", "Propositions are not validated.", "share", "< 0.5"),
    ("C7", "Transfer is hardly planned.", "share", "< 0.5"),
    ("C8", "The approaches can be told.", "alpha", ">= 0.667"),
    ("C9", "The approaches overlap.", "share; Jaccard", "> 0; < 0.8"),
]


def write_other_conflict(folder, coders=CODERS):
    """Write the data set into `folder`, as a person or two coded it, and return the folder.

    With one coder there is neither a consensus nor a round of coding.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("inventory", "article", "context"):
        (folder / name).mkdir(parents=True)
    said = DESCRIPTOR | {"resources": list(_resources())}
    (folder / "datapackage.json").write_text(json.dumps(said, ensure_ascii=False, indent=1))
    rows = [_initiative(i) for i in range(INITIATIVES)]
    write_table(folder / "inventory/initiatives.csv", list(rows[0]), rows)
    sources = [
        {"initiative_id": row["id"], "source_no": 1, "title": f"Minutes of {row['name']}"}
        | {"year": 1991, "archive_box": f"Box {i}"}
        for i, row in enumerate(rows)
    ]
    write_table(folder / "inventory/sources.csv", list(sources[0]), sources)
    everyone = [*coders, "consensus"] if len(coders) > 1 else [*coders]
    codes = [
        {"initiative_id": row["id"], "coder": coder, "variable": variable, "value": value}
        for i, row in enumerate(rows)
        for coder in everyone
        for variable, value in _codes(i, coder)
    ]
    write_table(folder / "inventory/codes.csv", list(codes[0]), codes)
    write_table(folder / "codebook.csv", list(_codebook()[0]), _codebook())
    _write_article(folder)
    return folder


def _resources():
    fields = [
        {"name": column, "constraints": {"enum": [*labels]}, "labels": labels}
        for column, labels in LISTS.items()
    ]
    yield {"name": "initiatives", "schema": {"fields": [*fields, *OWN]}}
    kinds = {"name": "kind", "constraints": {"enum": [*EVENTS]}, "labels": EVENTS}
    yield {"name": "timeline", "schema": {"fields": [kinds]}}


def _initiative(i):
    """Return initiative number `i`: the first two are programmes, every seventh is a part."""
    programme, part = i < 2, i > 6 and i % 7 == 0
    start = FIRST + (i * 7) % (LAST - FIRST + 1)
    ends = i % 3 == 0
    return {
        "id": f"made-{i:02}",
        "name": f"Programme {i + 1}" if programme else f"Harbour circle {i:02}",
        "start_year": "" if i == 11 else start,
        "end_year": min(start + 4, LAST) if ends else "",
        "end_status": "ended" if ends else f"ongoing_after_{LAST}" if i % 3 == 1 else "unknown",
        "convenors": "A committee | A parish",
        "third_party": "A church" if i % 4 == 0 else "",
        "third_party_type": "church" if i % 4 == 0 else "kin_state" if i % 4 == 1 else "nobody",
        "scope": "one_sided" if i == 13 else "kin_states" if i % 5 == 0 else "two_sided",
        "unit": "programme" if programme else "initiative",
        # A part of a part of a programme: made-14 in made-07 in made-00.
        "part_of": ("made-07" if i == 14 else f"made-{i % 2:02}") if part else "",
        "borderline": "yes" if i % 17 == 3 else "no",
        "location": "A harbour town",
        "summary": f"People of both sides met in harbour town {i} and talked.",
        "evidence_grade": "weak" if i % 6 == 5 else "strong",
        "wave": "interviews" if i % 4 == 3 else "archive",
        "uncertain": "start_year" if i % 10 == 9 else "",
        "note": "",
        "bloc": "east" if i % 2 else "west",
        "budget": 1_000 * (i + 1),
    }


def _codes(i, coder):
    """Yield the codes of initiative `i`; the second coder sees every ninth otherwise."""
    i += coder == CODERS[1] and i % 9 == 4
    late = (i * 7) % (LAST - FIRST + 1) > BREAK - FIRST
    levels = ["leaders", "officers", "experts", "experts", "villagers"]
    level = "villagers" if late and i % 2 else levels[i % 5]
    yield "participants", level
    if i % 8 == 6:
        yield "participants", "villagers" if level != "villagers" else "experts"
    low = level == "villagers"
    yield "focus", "both_aims" if i % 11 == 0 else "ties" if low != (i % 5 == 1) else "results"
    approaches = list(CODEBOOK["approach"][2])
    yield "approach", approaches[i % 5]
    if i % 3 == 0:
        yield "approach", approaches[(i + 2) % 5]
    yield "issue", list(CODEBOOK["issue"][2])[i % 4]
    yield "transfer", ["pamphlets", "envoys", "no_route"][i % 3]
    yield "transfer_planned", ["unplanned", "planned", "silent"][i % 3 if i % 4 else 2]
    yield "language", "northern" if i % 2 else "southern"


def _codebook():
    return [
        {"part": "inventory", "variable": variable, "multiple": multiple, "description": told}
        | {"value": value, "label": label, "definition": ""}
        for variable, (multiple, told, values) in CODEBOOK.items()
        for value, label in values.items()
    ]


def _write_article(folder):
    columns = ("id", "claim", "statistic", "predicted")
    claims = [
        dict(zip(columns, claim, strict=True))
        | {
            "question": "What holds?",
            "evidence_in_article": "inventory",
            "measure": "As in the book.",
        }
        for claim in CLAIMS
    ]
    write_table(folder / "article/claims.csv", list(claims[0]), claims)
    events = [
        {"date": f"{year}-05-0{day}", "event": event, "kind": kind}
        | {"source_title": "A chronicle", "source_publisher": "A press"}
        | {"source_url": "https://example.org/chronicle"}
        for day, (year, event, kind) in enumerate(
            [
                (1963, "Harbour accord signed", "accord"),
                (1974, "The border is closed", "incident"),
                (1986, "Talks on the islands", "talks"),
            ],
            1,
        )
    ]
    write_table(folder / "context/timeline.csv", list(events[0]), events)
