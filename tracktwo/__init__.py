"""The analysis behind the book *Oslo and Its Aftermath, Reopened*."""

from typing import TYPE_CHECKING, Any

from tracktwo.data.validation.problems import DataError

if TYPE_CHECKING:
    from tracktwo.analysis.frame import Frame
    from tracktwo.data.study import Study, open_study
    from tracktwo.telling.begin import begin
    from tracktwo.telling.say import say
    from tracktwo.telling.show import show
    from tracktwo.telling.tables import show_table

__all__ = ["DataError", "Frame", "Study", "begin", "open_study", "say", "show", "show_table"]

_HOME = {
    "Frame": "analysis.frame",
    "Study": "data.study",
    "begin": "telling.begin",
    "open_study": "data.study",
    "say": "telling.say",
    "show": "telling.show",
    "show_table": "telling.tables",
}


def __getattr__(name: str) -> Any:
    """Import pandas and Altair only when needed: most of the build can do without."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"tracktwo.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
