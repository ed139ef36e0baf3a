"""The analysis behind the book *Oslo and Its Aftermath, Reopened*."""

from typing import TYPE_CHECKING, Any

from tracktwo.problems import DataError

if TYPE_CHECKING:
    from tracktwo.study import Study, open_study

__all__ = ["DataError", "Study", "open_study"]


def __getattr__(name: str) -> Any:
    """Import pandas only when a study is asked for: most of the build can do without."""
    if name in ("Study", "open_study"):
        from tracktwo import study

        return getattr(study, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
