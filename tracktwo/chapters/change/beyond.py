"""Chapter `change`: starts beyond the article's window, and whether one took another's place.

A result of its own beside the verdict on C2: no claim predicts it, ``verdicts.json`` lacks it.
"""

from dataclasses import dataclass, replace
from itertools import product

import pandas as pd

from tracktwo.analysis.estimates import Estimate, lead
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, in_doubt
from tracktwo.chapters.change.results import GAP, Span, span
from tracktwo.data.study import Study
from tracktwo.words.numbers import points_text

STEP = 4  # years of a window after the break

CHOICES = {
    "waves": ("all", "without gap"),
    "nested rows": ("in", "out"),
    "uncertain years": ("in", "out"),
    "borderline rows": ("in", "out"),
    "elite side": ("elite and professional", "elite strictly"),
}
"""Choices of the test, each with its options; the first is the book's own."""

OTHERWISE = {
    "waves": "Without the search for what was missing",
    "nested rows": "Without parts of other initiatives",
    "uncertain years": "With certain starting years alone",
    "borderline rows": "Without borderline initiatives",
    "elite side": "With elites only, professionals on neither side",
}


@dataclass(frozen=True, eq=False)
class Beyond:
    """What became of the starts after the break, up to the last that is documented.

    ``frame`` is the chapter's, its last year moved to the last start; ``rows`` are its
    initiatives. ``windows`` are the starts up to the break and in steps after it, ``after`` all
    that began after it. ``curve`` has its lead under every combination of `CHOICES`.
    """

    frame: Frame
    rows: pd.DataFrame
    windows: list[Span]
    after: Span
    curve: pd.DataFrame


def look_beyond(study: Study, frame: Frame) -> Beyond:
    """Return what the starts say from the frame's first year to the last that is documented."""
    wide = widen(study, frame)
    rows = wide.select(study)
    return Beyond(
        frame=wide,
        rows=rows,
        windows=[span(rows, *ends) for ends in windows(wide)],
        after=span(rows, wide.break_year + 1, wide.last_year),
        curve=specifications(replace(wide, nested=True, borderline=True).select(study), wide),
    )


def widen(study: Study, frame: Frame) -> Frame:
    """Return the frame with its last year moved to the last documented start inside it."""
    latest = study.initiatives["start_year"].max()
    if pd.isna(latest) or latest <= frame.last_year:
        return frame
    inside = replace(frame, last_year=int(latest)).select(study)["start_year"].max()
    return replace(frame, last_year=max(frame.last_year, 0 if pd.isna(inside) else int(inside)))


def windows(frame: Frame) -> list[tuple[int, int]]:
    """Return the first and last year of each window: up to the break, then `STEP` by `STEP`."""
    later = range(frame.break_year + 1, frame.last_year + 1, STEP)
    ends = [(year, min(year + STEP - 1, frame.last_year)) for year in later]
    return [(frame.first_year, frame.break_year), *ends]


def lead_after(rows: pd.DataFrame, frame: Frame, *, strict: bool = False) -> Estimate:
    """Return the lead of elite/professional over grassroots starts after the break.

    Parameters
    ----------
    strict
        Whether only initiatives with participants from the elite are on the elite side;
        professionals alone then count among all starts, on neither side.
    """
    later = rows[rows["start_year"].between(frame.break_year + 1, frame.last_year).fillna(False)]
    elite = later["level"] == ELITE
    if strict:
        elite &= later["has_elite"]
    return lead(int(elite.sum()), int((later["level"] == GRASSROOTS).sum()), len(later))


def specifications(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return `lead_after` under every combination of `CHOICES`.

    Parameters
    ----------
    rows
        The initiatives with nested and borderline ones in.

    Returns
    -------
    pd.DataFrame
        A column for each choice, then ``value``, ``low``, ``high``, ``n`` and ``behind``
        (whether grassroots are ahead of the others; missing where nothing began).
    """
    out = {
        "waves": rows["wave"] == GAP,
        "nested rows": rows["part_of"].notna(),
        "uncertain years": in_doubt(rows, "start_year"),
        "borderline rows": rows["borderline"],
    }
    table = []
    for options in product(*CHOICES.values()):
        chosen = dict(zip(CHOICES, options, strict=True))
        keep = pd.Series(True, index=rows.index)
        for choice, dropped in out.items():
            if chosen[choice] != CHOICES[choice][0]:
                keep &= ~dropped
        strict = chosen["elite side"] != CHOICES["elite side"][0]
        found = lead_after(rows[keep], frame, strict=strict)
        numbers = {"value": found.value, "low": found.low, "high": found.high, "n": found.n}
        table.append(chosen | numbers)
    curve = pd.DataFrame(table)
    behind = (curve["value"] < 0).astype("boolean")
    return curve.assign(behind=behind.mask(curve["value"].isna()))


def alone(curve: pd.DataFrame) -> dict[str, Estimate]:
    """Return the lead with the book's own choices, and with each of the others made alone.

    The keys are ``own`` and those of `CHOICES`.
    """
    other = pd.DataFrame({c: curve[c] != options[0] for c, options in CHOICES.items()})
    many = other.sum(axis=1)
    cases = {"own": curve[many == 0]}
    cases |= {choice: curve[other[choice] & (many == 1)] for choice in CHOICES}
    return {name: _estimate(case.iloc[0]) for name, case in cases.items()}


def choices_table(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the lead with each choice made otherwise, ready to print."""
    rows = []
    for choice, found in alone(curve).items():
        among = curve if choice == "own" else curve[curve[choice] != CHOICES[choice][0]]
        known = among["behind"].dropna()
        rows.append(
            {
                "What is counted": OTHERWISE.get(choice, "All rows"),
                "Elite and professional minus grassroots": points_text(found).text,
                "Starts": found.n,
                "Grassroots ahead": f"{int(known.sum())} of {len(known)}",
            }
        )
    return pd.DataFrame(rows)


def _estimate(case: pd.Series) -> Estimate:
    return Estimate(case["value"], case["low"], case["high"], int(case["n"]))
