"""What an output keeps of the passage that it shows."""

from typing import Any

from tracktwo.telling.marks import Place

TOLD = "tracktwo"
"""The key of an output's metadata under which it is kept."""


class EmptyChapterError(Exception):
    """Ends a chapter that the data at hand cannot fill; readers have been told why."""

    def _render_traceback_(self) -> list[str]:
        """Let Jupyter stop here without the trace of an error."""
        return []


def told(
    values: dict[str, Any], places: tuple[Place, ...] = (), *, holds: bool, owner: str = ""
) -> dict[str, Any]:
    """Return what an output keeps of a passage.

    These are its values, where in its ``text/markdown`` the numbers stand, and whether its guard
    failed. The values of a figure's or table's texts stand under the name of their `owner`.
    """
    named = {f"{owner}.{name}" if owner else name: record for name, record in values.items()}
    kept: dict[str, Any] = {"values": named}
    if places:
        kept["places"] = [list(place) for place in places]
    return kept | ({} if holds else {"left_out": True})
