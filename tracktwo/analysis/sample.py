"""A random sample of what can be coded, the same wherever it is drawn.

The page that draws samples in a browser (`_static/ondemand/sample.js`) and the commands that
write them to files follow the same few rules, so seed and size name a sample for good:

- A name's *rank* is a 32-bit hash of ``seed:name``: FNV-1a over its UTF-8 bytes, then the last
  mixing step of MurmurHash3, so that near seeds do not give near ranks.
- Each stratum gets its share of the sample, rounded by largest remainder; between strata with the
  same remainder the lower rank of the stratum's name goes first.
- From each stratum come the names of lowest rank, and all of them stand in the order of rank.
"""

from collections.abc import Mapping

from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study

SEEDS = range(1, 1_000_000)
"""The seeds there are: short enough to say aloud."""

PARTS = {"initiatives": "inventory", "statements": "practitioners"}
"""What can be coded, and the part of the codebook for it."""


def rank(seed: int, name: str) -> int:
    """Return a whole number below 2³² that seed and name alone decide.

    FNV-1a is Fowler, Noll and Vo's; the mixing step is Appleby's.
    """
    found = 0x811C9DC5
    for byte in f"{seed}:{name}".encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    found = (found ^ found >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    found = (found ^ found >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return found ^ found >> 16


def draw(strata: Mapping[str, str], seed: int, size: int) -> list[str]:
    """Return a stratified sample of names, in the order in which they are to be coded.

    Parameters
    ----------
    strata
        The stratum of each name.
    size
        How many to draw; all of them when there are no more.
    """
    groups: dict[str, list[str]] = {}
    for name, stratum in strata.items():
        groups.setdefault(stratum, []).append(name)
    size = min(size, len(strata))
    shares = {s: divmod(size * len(names), len(strata)) for s, names in groups.items()}
    left = size - sum(whole for whole, _ in shares.values())
    further = sorted(groups, key=lambda s: (-shares[s][1], rank(seed, s), s))[:left]
    drawn = []
    for stratum, names in groups.items():
        names = sorted(names, key=lambda name: (rank(seed, name), name))
        drawn += names[: shares[stratum][0] + (stratum in further)]
    return sorted(drawn, key=lambda name: (rank(seed, name), name))


def strata_of(study: Study, frame: Frame, what: str) -> dict[str, str]:
    """Return the stratum of each initiative or statement that the book analyses.

    Initiatives: who took part, when it started, which search found it. Statements: the
    speaker's side and the search. The names are numbers without meaning, since they go to the
    page of a coder who must not see the codes.

    Parameters
    ----------
    what
        One of `PARTS`.
    """
    if what == "initiatives":
        rows = frame.select(study)
        keys = rows[["level", "period", "wave"]]
    else:
        rows = study.wide_statements()
        keys = rows[["side", "wave"]]
    names = {str(row[0]): "/".join(map(str, row[1:])) for row in keys.itertuples()}
    numbers = {name: str(n) for n, name in enumerate(sorted(set(names.values())))}
    return {key: numbers[name] for key, name in names.items()}


def sample_of(study: Study, frame: Frame, what: str, seed: int, size: int) -> list[str]:
    """Return the ids of the sample that the page draws for the same seed and size."""
    return draw(strata_of(study, frame, what), seed, size)
