"""What the chapters compute and say: planted truths, thin data, the published claims by hand."""

import csv

import pytest
from made_studies import published, quick_verdicts, write_planted_study
from recoded import check_all

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import count_codes, count_starts
from tracktwo.chapters.article import results as article
from tracktwo.chapters.change import plots as change_charts
from tracktwo.chapters.change import results as change
from tracktwo.chapters.change import words as change_said
from tracktwo.chapters.evidence import plots as evidence_charts
from tracktwo.chapters.evidence import results as evidence
from tracktwo.chapters.evidence import words as evidence_said
from tracktwo.chapters.index import results as index
from tracktwo.chapters.inventory import results as inventory
from tracktwo.chapters.inventory import words as inventory_said
from tracktwo.chapters.verdicts import plots as verdict_charts
from tracktwo.chapters.verdicts import results as chapter_verdicts
from tracktwo.chapters.verdicts import words as verdict_said
from tracktwo.claims.undocumented import MOST, tipping
from tracktwo.drawing.charts import plot_codes_by_level, plot_stacked_years
from tracktwo.drawing.timeline import plot_named_timeline, plot_timeline, timeline_rows
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
    frame, result, bounds = (
        FRAME,
        change.test_claims(rows, FRAME),
        change.active_bounds(rows, FRAME),
    )
    added, yearly = change.add_undocumented(rows), change.yearly_shares(rows, frame)
    starts, shares = count_starts(rows, frame.years), change.period_shares(rows, frame)
    both = [evidence.agreement_by_variable(study, p) for p in ("inventory", "practitioners")]
    by_code, grades = evidence.agreement_on_claims(study), evidence.count_grades(rows, frame)
    sources, lines = evidence.count_source_years(study, rows), timeline_rows(rows, frame)
    codes = {
        name: count_codes(rows, name, study.labels(name), "level") for name in ("issue", "format")
    }
    third = inventory.count_third_parties(study, rows, "level")
    by_period = {
        name: count_codes(rows, name, study.labels(name), "period") for name in ("issue", "format")
    }
    by_period["third party"] = inventory.count_third_parties(study, rows, "period")
    moved = {name: inventory.clear_changes(counts) for name, counts in by_period.items()}
    claims = article.claims_evidence(study)
    judged = quick_verdicts(study)
    charts = [
        index.plot_mirror(starts, frame),
        verdict_charts.plot_forest(chapter_verdicts.forest(judged)),
        article.plot_claims(claims),
        *(evidence_charts.plot_agreement(table) for table in (*both, by_code)),
        evidence_charts.plot_grades(grades),
        evidence_charts.plot_source_years(sources, frame),
        plot_timeline(lines, study.timeline, frame),
        *(
            plot_named_timeline(group, frame)
            for _, group, *_ in inventory_said.named_groups(lines, frame)
        ),
        *(plot_codes_by_level(c, inventory.total_of(c)) for c in (*codes.values(), third)),
        change_charts.plot_trend(yearly, result.trend, frame),
        plot_stacked_years(starts, frame.break_year),
        change_charts.plot_period_shares(shares),
        change_charts.plot_active(bounds, frame),
        change_charts.plot_undocumented(added),
    ]
    said = [
        change_said.tell_change(rows, frame, result, added),
        evidence_said.tell_evidence(study, rows, frame, *both),
        inventory_said.tell_inventory(rows, frame, codes["issue"], codes["format"], third, moved),
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
        inventory_said.title_timeline(rows, frame),
        inventory_said.alt_timeline(rows, frame),
        inventory_said.title_third_parties(third),
        inventory_said.alt_bars(third, "kind of third party"),
        *(inventory_said.title_codes(table, name) for name, table in codes.items()),
        change_said.title_trend(result),
        change_said.title_periods(result),
        change_said.title_starts(rows, frame),
        change_said.title_active(bounds, frame),
        change_said.title_undocumented(added),
        change_said.alt_trend(yearly, result),
        change_said.alt_starts(starts, frame),
        change_said.alt_periods(shares),
        change_said.alt_active(bounds, frame),
        change_said.alt_undocumented(added),
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
        inventory.level_table(rows, frame),
        change.tests_table(result),
        *(inventory.period_table(counts, frame, "What") for counts in by_period.values()),
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


def told(rows):
    result = change.test_claims(rows, FRAME)
    return result, change_said.tell_change(rows, FRAME, result, change.add_undocumented(rows))


def verdicts(study):
    """Return the verdicts on the two claims on change."""
    return [found.verdict for found in quick_verdicts(study, "C1", "C2").values()]


def test_when_grassroots_rise_then_every_sentence_says_so(made):
    study, rows = made(RISING)
    result, said = told(rows)
    assert "a lead for elites and professionals" in said["answer-lead"]
    assert "is higher, by" in said["answer-change"] and " rise:" in said["answer-change"]
    assert "taken the lead" in said["answer-place"]
    assert change_said.title_trend(result).endswith(
        "the more of the new initiatives are grassroots"
    )
    assert verdicts(study) == ["supported"] * 2
    assert index.title_mirror(result) == (
        "First elites and professionals, then the grassroots catch up"
    )


def test_when_grassroots_fall_then_every_sentence_says_so(made):
    study, rows = made(FALLING)
    _, said = told(rows)
    assert "a lead for the grassroots" in said["answer-lead"]
    assert "is lower: −" in said["answer-change"] and " fall:" in said["answer-change"]
    assert verdicts(study) == ["not supported"] * 2


def test_when_nothing_moves_then_nothing_is_claimed(made):
    study, rows = made(FLAT)
    _, said = told(rows)
    assert "no clear lead" in said["answer-lead"]
    assert "not clearly different" in said["answer-change"]
    assert "no clear trend" in said["answer-change"]
    assert said["answer-strength"].startswith("At least one of the two intervals includes")
    assert verdicts(study) == ["unclear"] * 2


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
