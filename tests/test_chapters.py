"""C1 and C2: planted truths, and the published claims by hand."""

import csv
from dataclasses import replace

import pytest
from made_studies import published, quick_verdicts, write_planted_study

from tracktwo import Frame, open_study
from tracktwo.chapters.article import results as article
from tracktwo.chapters.change import results as change
from tracktwo.ground import paths

FRAME = Frame()


def spread(per_year):
    """Return starts: for each year its level and how many."""
    return [(year, level) for year, levels in per_year.items() for level in levels]


RISING = spread(
    {y: ["professional"] * 4 + ["grassroots"] * (1 if y <= 2000 else 9) for y in range(1992, 2005)}
)
FALLING = [(year, {"professional": "grassroots"}.get(level, "elite")) for year, level in RISING]
FLAT = spread({y: ["elite", "grassroots"] for y in range(1992, 2005)})


@pytest.fixture
def made(tmp_path):
    return lambda starts: open_study(write_planted_study(tmp_path / "made", starts))


# Planted truths


def verdicts(study):
    """Return the verdicts on the two claims on change."""
    return [found.verdict for found in quick_verdicts(study, "C1", "C2").values()]


def test_when_grassroots_rise_fall_or_stay_then_the_verdicts_say_so(made):
    assert verdicts(made(RISING)) == ["supported"] * 2
    assert verdicts(made(FALLING)) == ["not supported"] * 2
    assert verdicts(made(FLAT)) == ["unclear"] * 2


# The published claims, without the package


def by_hand_rows(last=2004):
    """Return the starts as (year, participants), read by plain Python alone."""
    with (paths.DATA / "inventory/codes.csv").open(encoding="utf-8", newline="") as file:
        codes = [row for row in csv.DictReader(file) if row["coder"] == "consensus"]
    part = {}
    for row in codes:
        if row["variable"] == "participants":
            part.setdefault(row["initiative_id"], set()).add(row["value"])
    with (paths.DATA / "inventory/initiatives.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    starts = []
    for row in rows:
        inside = row["scope"] != "citizens_only" and row["unit"] == "initiative"
        if inside and row["start_year"] and 1992 <= int(row["start_year"]) <= last:
            starts.append((int(row["start_year"]), part[row["id"]]))
    return starts


def by_hand():
    """Return the starts as (year, level), read and coded by plain Python alone."""
    named = []
    for year, who in by_hand_rows():
        level = "grassroots" if who == {"grassroots"} else "mixed"
        named.append((year, level if "grassroots" in who else "elite"))
    return named


def test_when_claims_are_recomputed_by_hand_then_they_are_the_same():
    starts = by_hand()
    before = [level for year, level in starts if year <= 2000]
    after = [level for year, level in starts if year > 2000]
    result = change.test_claims(FRAME.select(published()), FRAME)
    lead = (before.count("elite") - before.count("grassroots")) / len(before)
    moved = after.count("grassroots") / len(after) - before.count("grassroots") / len(before)
    assert result.lead.value == pytest.approx(lead)
    assert result.change.value == pytest.approx(moved)
    assert (result.lead.n, result.change.n) == (len(before), len(starts))
    assert result.trend.odds_ratio.n == len([x for _, x in starts if x != "mixed"])


def test_when_a_claim_is_not_the_published_one_then_its_own_measure_is_told():
    study = published()
    claims = study.claims.copy()
    claims.loc[claims["id"] == "C2", "measure"] = "Another test."
    plainly = dict.fromkeys(claims["id"], "In plain words.")
    table = article.claims_table(replace(study, claims=claims), plainly).set_index("Claim")
    told = table["What is measured here"]
    assert told["C2"] == "Another test." and set(told.drop("C2")) == {"In plain words."}
