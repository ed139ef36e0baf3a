"""Chapter `catalogue`: the entry of every initiative."""

import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS, level
from tracktwo.data.study import Study
from tracktwo.data.validation.status import known_until
from tracktwo.telling.entries import Codes, cut, facts, heading, line, own_facts, spoken, text
from tracktwo.telling.links import initiative_label, initiative_link, web_link

SECTIONS = dict(zip(LEVELS, ["elite", "mixed", "grassroots"], strict=True))
"""The label, after ``catalogue-``, of each level's section."""


def all_initiatives(study: Study, frame: Frame) -> pd.DataFrame:
    """Return every initiative, inside the frame or not, in the order of the catalogue.

    Adds to `Study.wide` the ``level`` and ``outside``: the cut of the frame that leaves the row
    out, in words, or nothing. Sorted by the year it began, unknown ones last, then by name.
    """
    rows = study.wide(frame.coder)
    rows = rows.assign(level=level(rows), outside=frame.left_out(study).reindex(rows.index))
    by_name = rows.sort_values("name", key=lambda names: names.map(sorted_as), kind="stable")
    return by_name.sort_values("start_year", na_position="last", kind="stable")


def sorted_as(name: str) -> str:
    """Return a name as it is sorted: without accents, capitals and what is no letter or digit."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in letters if sign.isalnum() or sign == " ").strip()


def summary_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many initiatives of each level there are, ready to print."""
    groups = [
        (f"[{text(name.capitalize())}](#catalogue-{label})", rows[rows["level"] == name])
        for name, label in SECTIONS.items()
    ]
    return pd.DataFrame(
        {"Level": name, "All": len(group), "Inside the frame": int(group["outside"].isna().sum())}
        | {
            f"Grade {grade}": int((group["evidence_grade"] == grade).sum())
            for grade in rows["evidence_grade"].cat.categories
        }
        for name, group in [*groups, ("All", rows)]
    )


def index_by_name(rows: pd.DataFrame) -> str:
    """Return links to all entries from A to Z, folded up, as MyST."""
    letters: dict[str, list[str]] = {}
    by_name = rows.sort_values("name", key=lambda names: names.map(sorted_as), kind="stable")
    for row in by_name.itertuples():
        first = sorted_as(row.name)[:1].upper()
        letter = first if "A" <= first <= "Z" else "Others"
        letters.setdefault(letter, []).append(initiative_link(row.Index, cut(row.name)))
    lines = [f"**{letter}** {' · '.join(links)}" for letter, links in sorted(letters.items())]
    return "\n\n".join(["````{dropdown} All names, from A to Z", *lines, "````"])


def entries_of(study: Study, frame: Frame, rows: pd.DataFrame, group: str) -> list[str]:
    """Return the entry of each initiative of a level, as MyST."""
    codes = Codes(study, "inventory", frame.coder)
    kinds, waves, checks = (
        study.category_labels("initiatives", column)
        for column in ("third_party_type", "wave", "source_check")
    )
    parts = rows.groupby("part_of").groups
    sources = dict(list(study.sources.groupby("initiative_id", sort=False)))

    def links(keys: list[str]) -> str:
        return "; ".join(initiative_link(key, cut(rows.at[key, "name"])) for key in keys)

    return [
        entry(
            row,
            codes,
            third_party=kinds[row.third_party_type],
            found=f"{waves[row.wave]}; {checks[row.source_check].lower()}",
            part_of=links([] if pd.isna(row.part_of) else [row.part_of]),
            parts=links(parts.get(row.Index, [])),
            own=own_facts(study, "initiatives", row),
            sources=[
                source(found, own_facts(study, "sources", found))
                for found in sources.get(row.Index, study.sources.head(0)).itertuples()
            ],
        )
        for row in rows[rows["level"] == group].itertuples()
    ]


def entry(
    row: Any,
    codes: Codes,
    *,
    third_party: str,
    found: str,
    part_of: str,
    parts: str,
    own: list[tuple[str, str]],
    sources: list[str],
) -> str:
    """Return one initiative's entry as MyST.

    Parameters
    ----------
    row
        A row of `all_initiatives`, as a named tuple.
    third_party, found
        The kind of third party; which search found the row and how its check ended: in words.
    part_of, parts, sources
        Links to the rows it belongs to and that belong to it, and its sources: MyST already.
    own
        What columns of the data set's own say (`own_facts`).
    """
    said = [
        ("Codes", codes.agreed(row.Index)),
        ("Coded otherwise", codes.differing(row.Index)),
        ("Convenors", "; ".join(text(name) for name in row.convenors)),
        ("Third party", ": ".join(filter(None, [text(third_party), text(row.third_party)]))),
        ("Place", text(row.location)),
        ("Part of", part_of),
        ("Its parts", parts),
        ("Why outside", why_outside(row)),
        ("In doubt", ", ".join(spoken(column) for column in row.uncertain)),
        ("Found by", text(found)),
        ("Note", text(row.note)),
        *own,
        ("Row in the data", text(row.Index)),
        ("Sources", sources),
    ]
    head = heading(row.name, initiative_label(row.Index))
    return "\n\n".join([head, about(row), text(row.summary), facts(said)])


def about(row: Any) -> str:
    """Return the line below an initiative's name: years, level, grade, frame."""
    return line(
        years(row),
        text(row.level),
        spoken(row.scope),
        spoken(row.unit) if row.unit != "initiative" else "",
        "borderline" if row.borderline else "",
        f"evidence grade {row.evidence_grade}",
        "inside the frame" if pd.isna(row.outside) else "outside the frame",
    )


def why_outside(row: Any) -> str:
    """Return what an initiative lacks to be inside the frame, or nothing."""
    return "" if pd.isna(row.outside) else f"The frame takes only rows {text(row.outside)}"


def years(row: Any) -> str:
    """Return in words when an initiative began and ended, as far as known."""
    start, end = (None if pd.isna(y) else f"{y}" for y in (row.start_year, row.end_year))
    if start and end:
        return start if start == end else f"{start}–{end}"
    known = known_until(row.end_status)
    open_end = f"went on after {known}" if known else "end unknown"
    return f"{start or 'start unknown'}, {f'until {end}' if end else open_end}"


def source(row: Any, own: Iterable[tuple[str, str]] = ()) -> str:
    """Return a source as MyST: what it is, where it is, how it was seen, and what else is said."""
    year = "" if pd.isna(row.year) else f", {row.year}"
    marks = [
        "not read, known from its record" if row.access == "bibliographic" else "",
        "read in a copy on another site" if row.copy == "mirror" else "",
    ]
    marks += [f"{name}: {words}" for name, words in own if words]
    seen = "; ".join(filter(None, marks))
    said = f"{web_link(row.url, cut(row.title))}. {text(row.author_or_publisher)}{year}"
    return f"{said} (*{seen}*)" if seen else said
