"""The parameters of an edition, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words

PARTS = "initiatives that are part of another"
SAID: dict[str, Callable[[Any], str]] = {
    "scope": lambda values: f"{enumerate_words([*values])} initiatives",
    "units": lambda values: f"units: {enumerate_words([*values])}",
    "grades": lambda values: f"evidence grades: {enumerate_words([*values])}",
    "nested": lambda held: f"{'with' if held else 'without'} {PARTS}",
    "borderline": lambda held: f"{'with' if held else 'without'} borderline rows",
    "waves": lambda values: f"searches: {enumerate_words([*values])}",
    "first_year": lambda year: f"years from {year}",
    "last_year": lambda year: f"years to {year}",
    "break_year": lambda year: f"break after {year}",
}
"""How each parameter is said; the coder is named by the study."""


def say_parameters(given: Mapping[str, Any], study: Study) -> list[str]:
    """Return in words each of the `given` parameters whose value is not the usual one.

    Parameters
    ----------
    given
        Values by the names of `Frame`'s fields; other names, such as ``data``, are passed over.
    """
    usual = Frame()
    said = []
    for name in (name for name in ("coder", *SAID) if name in given):
        value = given[name]
        value = tuple(value) if isinstance(value, list) else value
        if value != getattr(usual, name):
            coder = f"codes of {study.coder_label(value)}" if name == "coder" else ""
            said.append(coder or SAID[name](value))
    return said
