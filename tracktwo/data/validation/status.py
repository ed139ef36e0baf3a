"""What the end of an initiative is known to be: the words of ``end_status``."""

import re

import pandas as pd

ONGOING = re.compile(r"ongoing_after_(\d{4})")


def known_until(status: str) -> int | None:
    """Return the year up to which a status says that an initiative was at work, if it says one.

    ``ongoing_after_2004`` says that it was still at work after 2004, not for how long.
    """
    match = ONGOING.fullmatch(str(status))
    return int(match[1]) if match else None


def known_years(status: pd.Series) -> pd.Series:
    """Return `known_until` of each status, missing where it says no year."""
    return status.astype(str).map(known_until).astype("Int64")
