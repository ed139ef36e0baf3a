"""The conflict at hand: of which conflict the passages of a chapter may speak.

The book's words were written about one conflict. In an edition whose data are about another, a
passage that speaks of ours would be untrue, so it is not told there. Which one is at hand is
said once a chapter, by `begin`.
"""

import re
from collections.abc import Iterable
from functools import cache

from pybtex.database import parse_file

from tracktwo.data.package import Package, published
from tracktwo.ground import paths

ARTICLE = "cuhadar2012oslo"
"""The article whose claims are tested, on whatever data: any edition may cite it."""


class AtHand:
    """What is remembered between the cells of a chapter: how passages speak of elsewhere."""

    elsewhere: re.Pattern[str] | None = None


def set_at_hand(package: Package) -> None:
    """Let passages speak of the conflict of `package`, and of ours only if that is the one."""
    AtHand.elsewhere = None if package.is_of_published_conflict else _ours()


def is_of_another(text: str) -> bool:
    """Tell whether a passage, as its author wrote it, speaks of another conflict than the data's.

    It does when it has one of the words by which the published package knows its conflict, or
    cites a work whose record has one.
    """
    return AtHand.elsewhere is not None and bool(AtHand.elsewhere.search(text))


def another_at_hand() -> bool:
    """Tell whether the data at hand are about another conflict than the book was written about."""
    return AtHand.elsewhere is not None


@cache
def _ours() -> re.Pattern[str]:
    named = _any_of(published()["conflict"]["words"])
    works = parse_file(str(paths.ROOT / "references.bib"), bib_format="bibtex").entries
    records = {key: " ".join(work.fields.values()) for key, work in works.items()}
    about = [key for key, text in records.items() if key != ARTICLE and named.search(text)]
    return re.compile(f"{named.pattern}|{_any_of(about).pattern}")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `words` where it begins a word, small or capital."""
    either = [f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}" for word in words]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(either)})")
