"""What an output keeps of the passage that it shows."""

from typing import Any

TOLD = "tracktwo"
"""The key of an output's metadata under which it is kept."""


class EmptyChapterError(Exception):
    """Ends a chapter that the data at hand cannot fill; readers have been told why."""

    def _render_traceback_(self) -> list[str]:
        """Let Jupyter stop here without the trace of an error."""
        return []


def told(values: dict[str, Any], *, holds: bool, owner: str = "") -> dict[str, Any]:
    """Return what an output keeps of a passage: its values, and whether its guard failed.

    The values of a figure's or table's texts stand under the name of their `owner`.
    """
    named = {f"{owner}.{name}" if owner else name: record for name, record in values.items()}
    return {"values": named} | ({} if holds else {"left_out": True})
