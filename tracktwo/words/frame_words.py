"""The parameters of an edition, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words

PARTS = "initiatives that are part of another"
LISTED = {"scope": "scope", "units": "unit", "waves": "wave"}
"""The columns of initiatives whose values these parameters list."""

SAID: dict[str, Callable[[Any], str]] = {
    "coder": lambda label: f"codes of {label}",
    "scope": lambda labels: f"only {labels} initiatives",
    "units": lambda labels: f"rows that are: {labels}",
    "grades": lambda labels: f"only evidence grades {labels}",
    "nested": lambda held: f"{'with' if held else 'without'} {PARTS}",
    "borderline": lambda held: f"{'with' if held else 'without'} borderline rows",
    "waves": lambda labels: f"only rows found by {labels}",
    "first_year": lambda year: f"years from {year}",
    "last_year": lambda year: f"years to {year}",
    "break_year": lambda year: f"break after {year}",
}
"""How each parameter is said."""


def say_parameters(given: Mapping[str, Any], study: Study) -> list[str]:
    """Return in words each of the `given` parameters whose value is not what the data ask for.

    Parameters
    ----------
    given
        Values by the names of `Frame`'s fields; other names, such as ``data``, are passed over.
    """
    usual = Frame.of(study)
    said = []
    for name in (name for name in SAID if name in given):
        value = tuple(given[name]) if isinstance(given[name], list) else given[name]
        if value != getattr(usual, name):
            said.append(SAID[name](_labelled(name, value, study)))
    return said


def _labelled(name: str, value: Any, study: Study) -> Any:
    """Return a parameter's value as readers know it."""
    if name == "coder":
        return study.coder_label(value)
    if not isinstance(value, tuple):
        return value
    labels = study.package.lists.get(f"initiatives.{LISTED.get(name)}", {})
    return enumerate_words([_small(labels.get(word, word)) for word in value])


def _small(label: str) -> str:
    """Return a label as it stands inside a sentence: a letter alone stays a capital."""
    return label[:1].lower() + label[1:] if len(label) > 1 else label
