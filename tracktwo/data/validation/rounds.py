"""Rounds of coding: which two coders are held against each other, as a data set declares it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tracktwo.data.validation.coding import CONSENSUS
from tracktwo.data.validation.descriptor import DESCRIPTOR, read_own, resource_of
from tracktwo.data.validation.nontext import never_text
from tracktwo.data.validation.problems import Problem

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
NAME = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")  # what can stand in a sentence as it is

Rounds = dict[str, tuple[str, str]]
"""The two coders of each round, by its name, in the order of the rounds."""


def read_rounds(folder: Path, table: str, coders: list[str]) -> tuple[Rounds, list[Problem]]:
    """Return the rounds of coding of a table of codes, and what is wrong with them.

    A data set may declare them in its own ``datapackage.json``, under the table's ``coding``, as
    ``"rounds": {"name": ["coder", "coder"]}``. One that does not has a round for every two
    coders, in the order of its file, without the consensus; a coder left over has none.

    Parameters
    ----------
    table
        Name of the resource in the descriptor.
    coders
        Who coded, in the order of the file.
    """
    own, unread = read_own(folder)
    if unread:
        return {}, unread
    coding = resource_of(own, table).get("coding")
    declared = coding.get("rounds") if isinstance(coding, dict) else None
    if declared is None:
        pairs = list(pairwise([coder for coder in coders if coder != CONSENSUS]))[::2]
        names = [*ORDINALS, *(f"{n}th" for n in range(len(ORDINALS) + 1, len(pairs) + 1))]
        return dict(zip(names, pairs, strict=False)), []
    problems = list(_breaches(declared, table, coders))
    return {} if problems else {name: tuple(pair) for name, pair in declared.items()}, problems


def _breaches(declared: Any, table: str, coders: list[str]) -> Iterator[Problem]:
    """Yield what is wrong with declared rounds: each is two different coders of the data."""
    where = f"{table}: coding: rounds"
    if not isinstance(declared, dict):
        allowed = 'names with two coders each: {"first": ["one", "two"]}'
        yield Problem(DESCRIPTOR, None, where, str(declared)[:120], allowed)
        return
    for name, pair in declared.items():
        if not NAME.fullmatch(name):
            found = never_text(name) or name[:120] or "an empty name"
            allowed = "names of rounds in letters and digits, joined by single blanks or hyphens"
            yield Problem(DESCRIPTOR, None, where, found, allowed)
        fits = isinstance(pair, list) and len(pair) == 2 and pair[0] != pair[1]
        gone = [coder for coder in pair if coder not in coders] if fits else []
        if not fits or gone:
            allowed = f"two different coders of the table ({', '.join(coders)}), or no such round"
            found = f"{name}: {pair}"
            if gone:
                found += f", of whom the table has no {' and no '.join(map(str, gone))}"
            yield Problem(DESCRIPTOR, None, where, found[:120], allowed)
