"""What an output keeps of the passage that it shows."""

from typing import Any

TOLD = "tracktwo"
"""The key of an output's metadata under which it is kept."""


def told(values: dict[str, Any], holds: bool) -> dict[str, Any]:
    """Return what an output keeps of a passage: its values, and whether its guard failed."""
    return {"values": values} | ({} if holds else {"left_out": True})
