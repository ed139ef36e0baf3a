"""The analysis behind the book *Oslo and Its Aftermath, Reopened*."""

from typing import TYPE_CHECKING, Any

from tracktwo.validation.problems import DataError

if TYPE_CHECKING:
    from tracktwo.figures import show
    from tracktwo.frame import Frame
    from tracktwo.numbers import tell
    from tracktwo.study import Study, open_study
    from tracktwo.tables import show_table

__all__ = ["DataError", "Frame", "Study", "open_study", "show", "show_table", "tell"]

_HOME = {
    "Frame": "frame",
    "Study": "study",
    "open_study": "study",
    "show": "figures",
    "show_table": "tables",
    "tell": "numbers",
}


def __getattr__(name: str) -> Any:
    """Import pandas and Altair only when needed: most of the build can do without."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"tracktwo.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
