"""What the rise in starts after the break can bear, and the events beside it."""

import re
from dataclasses import dataclass, replace
from math import ceil

import pandas as pd

from tracktwo.analysis.estimates import Estimate, difference_of_shares, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, PERIODS, in_doubt, starts_of
from tracktwo.data.study import Study
from tracktwo.telling.links import web_link
from tracktwo.telling.myst import plain

HOME = re.compile(
    r"israel|palestin|west bank|gaza|jerusalem|galilee|tel aviv|ramallah|bethlehem|hebron|nablus"
    r"|jordan|dead sea|beit jala|holon|tantur|budrus|idna|mas'ha|tulkarm|kibbutz|latrun|jenin"
    r"|mevasseret|ramat gan|neve shalom|haifa|negev|salem and deir|sderot|khan yunis|gethsemane"
    r"|ein shemer|paired communities|the region|home communities|schools in",
    re.IGNORECASE,
)
"""Places in Israel, the territories or Jordan, as the column ``location`` names them."""
NOWHERE = re.compile(r"^(not stated|regional|euro-med)|telephone|internet", re.IGNORECASE)
CAMPS = "format_youth_camp"
AT_HOME, ABROAD, UNKNOWN = "at home", "abroad only", "not known"
GROUPS = ["grassroots", "professional", "elite"]
LAST_YEARS = 3  # before the break, to set the pace against


# Where people met


def place(location: object) -> str:
    """Return whether people met at home at all, abroad only, or where the source does not say.

    Read from the words of ``location``: *abroad only* names places, and none of them is in
    Israel, the territories or Jordan.
    """
    text = location if isinstance(location, str) else ""
    if HOME.search(text):
        return AT_HOME
    return UNKNOWN if not text or NOWHERE.search(text) else ABROAD


def groups(rows: pd.DataFrame) -> pd.Series:
    """Return *elite*, *professional* and *grassroots* apart; mixed initiatives are missing."""
    named = rows["level"].astype("object").where(rows["level"].isin([ELITE, GRASSROOTS]))
    elite = rows["level"].eq(ELITE) & rows["has_elite"]
    professional = rows["level"].eq(ELITE) & ~rows["has_elite"]
    return named.mask(elite, "elite").mask(professional, "professional")


def met_abroad(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of starts that met abroad only, by group and period.

    Columns ``group``, ``period``, ``share`` (an `Estimate`), ``change`` (after minus before).
    Starts whose place is not known are left out.
    """
    starts = starts_of(rows)
    where = starts["location"].map(place)
    known = starts.assign(abroad=where.eq(ABROAD), group=groups(starts))[where.ne(UNKNOWN)]
    table = []
    for group in GROUPS:
        chosen = known[known["group"] == group]
        counts = [_count(chosen[chosen["period"] == period]["abroad"]) for period in PERIODS]
        change = difference_of_shares(*counts[1], *counts[0])
        table += [
            {"group": group, "period": period, "share": share(*count), "change": change}
            for period, count in zip(PERIODS, counts, strict=True)
        ]
    return pd.DataFrame(table)


def change_in(rows: pd.DataFrame, column: pd.Series) -> tuple[Estimate, Estimate, Estimate]:
    """Return the share of starts with `column` before the break, after it, and the difference."""
    starts = starts_of(rows)
    yes = column.reindex(starts.index).astype(bool)
    before, after = (_count(yes[starts["period"] == period]) for period in PERIODS)
    return share(*before), share(*after), difference_of_shares(*after, *before)


def _count(yes: pd.Series) -> tuple[int, int]:
    return int(yes.sum()), len(yes)


# The pace


def cuts(rows: pd.DataFrame, places: bool = True) -> dict[str, pd.DataFrame]:
    """Return the rows as they are, and without what might have made the rise.

    `places` tells whether what is abroad is known.
    """
    where = rows["location"].map(place)
    return {
        "all starts": rows,
        "start year not in doubt": rows[~in_doubt(rows, "start_year")],
        "first search only": rows[rows["wave"] == rows["wave"].cat.categories[0]],
        "nothing borderline": rows[~rows["borderline"]],
        "nothing that is part of another": rows[rows["part_of"].isna()],
        **({"no camps": rows[~rows[CAMPS]]} if CAMPS in rows else {}),
        **({"nothing that met abroad only": rows[where != ABROAD]} if places else {}),
        "no third party": rows[rows["third_party"].isna()],
        **{f"{group} initiatives": rows[groups(rows) == group] for group in GROUPS},
    }


def paces(rows: pd.DataFrame, frame: Frame, places: bool = True) -> pd.DataFrame:
    """Return starts a year before and after the break, for each of the `cuts`.

    Columns ``cut``, ``before``, ``after`` (starts a year), ``n_before`` and ``n_after``.
    """
    years = _lengths(frame)
    table = []
    for cut, kept in cuts(rows, places).items():
        counts = [int((kept["period"] == period).sum()) for period in PERIODS]
        before, after = (n / length for n, length in zip(counts, years, strict=True))
        table.append(
            {
                "cut": cut,
                "before": before,
                "after": after,
                "n_before": counts[0],
                "n_after": counts[1],
            }
        )
    return pd.DataFrame(table)


def _lengths(frame: Frame) -> tuple[int, int]:
    return frame.break_year - frame.first_year + 1, frame.last_year - frame.break_year


@dataclass(frozen=True)
class Puzzle:
    """The numbers of the puzzle.

    ``before`` and ``after`` are starts a year, ``late`` the same in the last three years up to
    the break. ``missing`` undocumented starts up to the break would level the pace. Of
    ``running`` initiatives at work in the break year, the sources name an end within two years
    for ``stopped``, none for ``no_end``, and say of ``survived`` that they were still at work
    after the frame's years.
    """

    before: float
    after: float
    late: float
    missing: int
    running: int
    stopped: int
    no_end: int
    survived: int
    rises: bool


def pose(rows: pd.DataFrame, frame: Frame, places: bool = True) -> Puzzle:
    """Return the numbers of the puzzle; ``rises`` is true when every cut's pace rises."""
    table = paces(rows, frame, places)
    first = table.iloc[0]
    years = _lengths(frame)
    late = rows["start_year"].between(frame.break_year - LAST_YEARS + 1, frame.break_year)
    started = (rows["start_year"] <= frame.break_year).fillna(False)
    ended = (rows["end_year"] < frame.break_year).fillna(False)
    running = rows[started.astype(bool) & ~ended.astype(bool)]
    soon = running["end_year"].between(frame.break_year, frame.break_year + 2).fillna(False)
    status = running["end_status"].astype(str)
    return Puzzle(
        before=first["before"],
        after=first["after"],
        late=float(late.sum()) / LAST_YEARS,
        missing=ceil(first["n_after"] / years[1] * years[0] - first["n_before"]),
        running=len(running),
        stopped=int(soon.sum()),
        no_end=int((status == "unknown").sum()),
        survived=int(status.str.startswith("ongoing").sum()),
        rises=bool((table["after"] > table["before"]).all()),
    )


# The years


def years_table(study: Study, frame: Frame) -> pd.DataFrame:
    """Return the events of each year and how many initiatives began in it, ready to print.

    Starts are counted in the frame, stretched over the years of the timeline.
    """
    dates = pd.to_datetime(study.timeline["date"])
    span = range(int(dates.dt.year.min()), int(dates.dt.year.max()) + 1)
    rows = replace(frame, last_year=max(span[-1], frame.last_year)).select(study)
    starts = rows["start_year"].value_counts()
    table = []
    for year in span:
        events = study.timeline[dates.dt.year == year]
        links = [
            f"{_month(date)} {web_link(url, event)}"
            for date, event, url in zip(
                dates[events.index], events["event"], events["source_url"], strict=True
            )
        ]
        shown = int(starts.get(year, 0)) if year >= frame.first_year else 0
        table.append(
            {"Year": str(year), "Starts": plain(shown or "–"), "What happened": "; ".join(links)}
        )
    return pd.DataFrame(table)


def _month(date: pd.Timestamp) -> str:
    return f"{date.strftime('%b')}:"
