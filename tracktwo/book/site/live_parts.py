"""The explorer's data in parts, where rows are many: a page asks only for what it shows.

Up to `MOST` rows everything stands in one script. Above, that script says how many rows there
are; a second one has, as small numbers, what can be filtered by. The rows themselves come in
scripts of a few rows each, and the words to search by in one for each letter. All are scripts
because a page opened from a folder may read no other files.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tracktwo.telling.explorer import MOST

SIZE = 25
"""Rows in a script of their own: few, because rows that are shown together stand far apart."""

PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t"}
    | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
"""Letters that have no accent to lose, as in ``_static/ondemand/fold.js``."""


def in_parts(views: dict[str, dict]) -> Iterator[tuple[str, Any]]:
    """Yield each script of `explorer_data`: its name and its value."""
    heads = dict(views)
    for name, view in views.items():
        if len(view["records"]) > MOST:
            words = _words(view)
            heads[name] = _without_rows(view) | {"letters": sorted(words)}
            parts = {"index": _index(view), "ids": [record["id"] for record in view["records"]]}
            parts |= {f"words-{letter}": found for letter, found in words.items()}
            for part, value in (parts | _rows(view)).items():
                yield f"evidence-{name}-{part}", value
    yield "evidence", heads


def _without_rows(view: dict) -> dict:
    records = view["records"]
    names = list(dict.fromkeys(name for record in records for name in record["row"]))
    rest = {name: value for name, value in view.items() if name != "records"}
    return rest | {"count": len(records), "size": SIZE, "columnNames": names}


def _rows(view: dict) -> dict[str, list[dict]]:
    """Return what is shown of the rows, a few rows each."""
    rows = [{key: r[key] for key in ("id", "href", "row", "links")} for r in view["records"]]
    starts = range(0, len(rows), SIZE)
    return {f"rows-{part}": rows[start : start + SIZE] for part, start in enumerate(starts)}


def _index(view: dict) -> dict:
    """Return, for all rows in order, their years and the values of each facet.

    The rows' values of a facet are the places in ``sets``, the most frequent first.
    """
    spans = [record["span"] or [0, 0] for record in view["records"]]
    facets = {}
    for facet in view["facets"]:
        has = [tuple(record["has"][facet["name"]]) for record in view["records"]]
        sets = [values for values, _ in Counter(has).most_common()]
        place = {values: i for i, values in enumerate(sets)}
        facets[facet["name"]] = {"sets": sets, "of": [place[values] for values in has]}
    first, last = zip(*spans, strict=True)
    return {"facets": facets, "first": first, "last": last}


def words_of(text: str) -> list[str]:
    """Return the words of a text as the page's scripts compare them."""
    signs = unicodedata.normalize("NFD", text)
    letters = "".join(sign for sign in signs if not unicodedata.category(sign).startswith("M"))
    return re.findall(r"[^\W_]+", letters.lower().translate(PLAIN))


def _words(view: dict) -> dict[str, dict[str, list[list[int]]]]:
    """Return by first letter, for each word, the rows with it in their title, and all with it.

    Rows are told as the steps from each to the next, the first from zero.
    """
    found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i, record in enumerate(view["records"]):
        titled = set(words_of(str(record["row"].get(view["title"], ""))))
        said = [_written(cell) for cell in record["row"].values()]
        said += [text for text, _ in record["links"]]
        for word in titled:
            found[word][0].append(i)
        for word in set(words_of(" ".join(said))):
            found[word][1].append(i)
    letters: dict[str, dict] = defaultdict(dict)
    for word, places in found.items():
        letters[_letter(word)][word] = [_steps(rows) for rows in places]
    return letters


def _letter(word: str) -> str:
    return word[0] if re.match("[a-z0-9]", word) else "other"


def _steps(rows: list[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *rows])]


def _written(cell: object) -> str:
    """Return a cell as a page's script writes it: whole numbers without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
