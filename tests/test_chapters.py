"""What the chapters compute and say: planted truths, thin data, the published claims by hand."""

import csv

import pytest
from made_studies import published, quick_verdicts, write_planted_study
from recoded import check_all

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import count_starts
from tracktwo.chapters.article import results as article
from tracktwo.chapters.change import results as change
from tracktwo.chapters.evidence import plots as evidence_charts
from tracktwo.chapters.evidence import results as evidence
from tracktwo.chapters.evidence import words as evidence_said
from tracktwo.chapters.index import results as index
from tracktwo.chapters.robustness.bias import MOST, tipping
from tracktwo.chapters.verdicts import plots as verdict_charts
from tracktwo.chapters.verdicts import results as chapter_verdicts
from tracktwo.chapters.verdicts import words as verdict_said
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
THIN = {
    "one": [(1995, "elite")],
    "none dated": [(None, "elite"), (None, "grassroots")],
    "none before the break": [(2002, "grassroots")] * 3,
    "none after the break": [(1995, "elite"), (1996, "mixed")],
    "all mixed": [(1995, "mixed"), (2003, "mixed")],
    "all before the years": [(1985, "grassroots"), (1986, "elite")],
}


@pytest.fixture
def made(tmp_path):
    def make(starts, **more):
        study = open_study(write_planted_study(tmp_path / "made", starts, **more))
        return study, FRAME.select(study)

    return make


def everything(study, rows):
    """Return all that the chapters draw and all that they say of a data set."""
    frame, result = FRAME, change.test_claims(rows, FRAME)
    starts = count_starts(rows, frame.years)
    both = [evidence.agreement_by_variable(study, p) for p in ("inventory", "practitioners")]
    by_code, grades = evidence.agreement_on_claims(study), evidence.count_grades(rows, frame)
    sources = evidence.count_source_years(study, rows)
    claims = article.claims_evidence(study)
    judged = quick_verdicts(study)
    charts = [
        index.plot_mirror(starts, frame),
        verdict_charts.plot_forest(chapter_verdicts.forest(judged)),
        article.plot_claims(claims),
        *(evidence_charts.plot_agreement(table) for table in (*both, by_code)),
        evidence_charts.plot_grades(grades),
        evidence_charts.plot_source_years(sources, frame),
    ]
    said = [
        evidence_said.tell_evidence(study, rows, frame, *both),
        *verdict_said.tell_verdicts(judged).values(),
        verdict_said.title_forest(judged),
        verdict_said.alt_forest(chapter_verdicts.forest(judged)),
        index.title_mirror(result),
        index.alt_mirror(change.starts_of(rows), frame),
        article.title_claims(claims),
        article.alt_claims(claims),
        evidence_said.title_agreement(both[0]),
        evidence_said.title_codes(by_code),
        *(evidence_said.alt_agreement(table) for table in both),
        evidence_said.title_grades(rows),
        evidence_said.alt_grades(grades, frame),
        evidence_said.title_sources(sources, frame),
        evidence_said.alt_sources(sources, frame),
    ]
    tables = [
        chapter_verdicts.glance(study, judged),
        chapter_verdicts.parts_table(judged),
        chapter_verdicts.comparison_table(study, rows, "1992–2004"),
        verdict_said.mind_table(study, judged, tipping(rows, frame), MOST),
        article.claims_table(study),
        article.evidence_table(study, len(rows)),
        evidence.agreement_table(both[0]),
        evidence.steps_table(frame, study),
        evidence.confusion_table(study, "focus", "first round"),
        evidence.doubt_table(rows),
        evidence.codebook_table(study, "inventory"),
    ]
    return charts, said, tables


def check(study, rows):
    check_all(*everything(study, rows))


# Every chart and every sentence


def test_when_data_are_published_then_everything_can_be_drawn_and_said():
    study = published()
    check(study, FRAME.select(study))


@pytest.mark.parametrize("starts", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(made, starts):
    check(*made(starts))


# Planted truths


def verdicts(study):
    """Return the verdicts on the two claims on change."""
    return [found.verdict for found in quick_verdicts(study, "C1", "C2").values()]


def test_when_grassroots_rise_fall_or_stay_then_the_verdicts_say_so(made):
    assert verdicts(made(RISING)[0]) == ["supported"] * 2
    assert verdicts(made(FALLING)[0]) == ["not supported"] * 2
    assert verdicts(made(FLAT)[0]) == ["unclear"] * 2


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
