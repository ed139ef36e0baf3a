"""Chapter `change`: the break year as a reader's slider."""

from dataclasses import replace

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.chapters.change import results as change
from tracktwo.chapters.change import words as words
from tracktwo.chapters.change.plots import plot_period_shares
from tracktwo.data.study import Study
from tracktwo.drawing.live import Live, Slider, parameter
from tracktwo.words.numbers import points_text

MARGIN = 3  # years that each side of a break needs to be worth comparing


def break_years(frame: Frame) -> list[int]:
    """Return the break years to choose from: the frame's own, and all with years on both sides."""
    inner = range(frame.first_year + MARGIN - 1, frame.last_year - MARGIN + 1)
    return sorted({*inner, frame.break_year})


def shares_by_break(study: Study, frame: Frame) -> pd.DataFrame:
    """Return `change.period_shares` for every break year, all periods before a break first."""
    tables = [change.period_shares(f.select(study), f) for f in _moved(frame)]
    half = len(tables[0]) // 2
    return pd.concat([t[:half] for t in tables] + [t[half:] for t in tables], ignore_index=True)


def live_period_shares(study: Study, frame: Frame, shares: pd.DataFrame) -> Live:
    """Return the live version of the before-and-after figure, with the break year to slide."""
    says = {f.break_year: say_break(study, f) for f in _moved(frame)}
    slider = Slider("chosen_break", "Last of the peace-process years", says, frame.break_year)
    chart = plot_period_shares(shares, shares["high"].max(), "datum.break_year === chosen_break")
    return Live(chart.add_params(parameter("chosen_break", frame.break_year)), (slider,))


def _moved(frame: Frame) -> list[Frame]:
    return [replace(frame, break_year=year) for year in break_years(frame)]


def say_break(study: Study, frame: Frame) -> str:
    """Return what C1 and C2 come to with the frame's break year."""
    result = change.test_claims(frame.select(study), frame)
    lead, moved = (points_text(x).text for x in (result.lead, result.change))
    return (
        f"{words.title_periods(result)}. C1, elite/professional minus grassroots up to "
        f"{frame.break_year}: {lead}. C2, change of the grassroots share after it: {moved}."
    )
