"""Chapter `propositions`: what the inventory is asked, on initiatives made by hand."""

import ast

import nbformat
import numpy as np
import pandas as pd
import pytest
from made_studies import published

from tracktwo import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, PERIODS
from tracktwo.chapters.propositions import inventory as inventory
from tracktwo.chapters.propositions.inventory import PROBES
from tracktwo.ground import paths

STUDY = published()
ROUTES = [route for route in STUDY.labels("transfer") if route != inventory.NO_ROUTE]
INSIDERS, TIMING = "insiders_close_to_decision_makers", "timing_ripeness"


def initiative(elite=False, routes=(), planned=False, **columns):
    """Return one elite/professional initiative of the earlier period, with these routes."""
    row = {"level": ELITE, "period": PERIODS[0], "third_party_type": "none"}
    row |= {"participants_elite": elite, "transfer_planned_yes": planned, "evidence_grade": "A"}
    row |= {"wave": "first"}
    return row | {f"transfer_{route}": route in routes for route in ROUTES} | columns


def table(rows):
    frame = pd.DataFrame(rows)
    grades = pd.Categorical(frame["evidence_grade"], ["A", "B", "C"])
    routes_in_view = frame["wave"] == "extension"
    return frame.assign(evidence_grade=grades, routes_in_view=routes_in_view)


BY_HAND = table(
    [
        *[initiative(elite=True, routes=["insiders"])] * 3,
        *[initiative(elite=True, routes=["insiders", "briefings"], planned=True)] * 2,
        initiative(elite=True),
        *[initiative(routes=["publication"])] * 2,
        *[initiative()] * 6,
        initiative(level=GRASSROOTS, routes=["mass_media"]),
    ]
)


def row_of(found, proposition, outcome):
    return found[(found["proposition"] == proposition) & (found["outcome"] == outcome)].iloc[0]


def test_when_a_route_says_the_same_as_the_condition_then_it_is_set_aside():
    found = inventory.run(STUDY, BY_HAND)
    counts = ["having", "n_having", "lacking", "n_lacking"]
    assert row_of(found, INSIDERS, "strict")[counts].tolist() == [2, 6, 2, 8]
    assert row_of(found, INSIDERS, "generous")[counts].tolist() == [2, 3, 2, 8]
    assert row_of(found, INSIDERS, "plan")[counts].tolist() == [2, 6, 0, 8]
    assert row_of(found, INSIDERS, "strict")["share"] == pytest.approx(2 / 6 - 2 / 8)


def test_when_a_search_had_routes_in_view_then_its_initiatives_are_not_compared():
    seen = table([initiative(elite=True, routes=["briefings"], wave="extension")] * 30)
    found = inventory.run(STUDY, pd.concat([BY_HAND, seen]))
    assert found.equals(inventory.run(STUDY, BY_HAND))


def test_when_all_began_in_one_period_then_nothing_is_compared():
    found = inventory.run(STUDY, BY_HAND)
    assert np.isnan(row_of(found, TIMING, "strict")["share"])
    assert inventory.clear_side(found, TIMING) == "open"


def test_when_a_condition_goes_with_routes_then_it_is_said_and_when_not_the_reverse():
    more = [initiative(elite=True, routes=["briefings"])] * 30 + [initiative()] * 30
    fewer = [initiative(elite=True)] * 30 + [initiative(routes=["briefings"])] * 30
    for rows, side in ((more, "above"), (fewer, "below")):
        found = inventory.run(STUDY, table(rows))
        assert inventory.clear_side(found, INSIDERS) == side
        assert inventory.clear(found) == {
            found.set_index("proposition")["label"][INSIDERS].iloc[0]: side
        }


def test_when_an_interval_s_end_is_printed_as_zero_then_it_touches_zero():
    rows = {"proposition": INSIDERS, "label": "Insiders", "low": -0.4, "high": [-0.0004, -0.03]}
    found = pd.DataFrame(rows | {"outcome": inventory.BOUNDS})
    assert inventory.clear_side(found, INSIDERS) == "open"
    assert inventory.clear_side(found.assign(high=[-0.0006, -0.03]), INSIDERS) == "below"


def test_when_the_two_readings_part_then_the_comparison_stays_open():
    rows = [initiative(elite=True, routes=["insiders"])] * 30
    rows += [initiative(elite=True, routes=["briefings"])] * 5
    rows += [initiative()] * 20 + [initiative(routes=["briefings"])] * 20
    found = inventory.run(STUDY, table(rows))
    assert row_of(found, INSIDERS, "strict")["high"] < 0
    assert row_of(found, INSIDERS, "generous")["low"] > 0
    assert inventory.clear_side(found, INSIDERS) == "open"
    assert inventory.clear(found) == {}


def test_when_a_column_is_not_in_the_data_then_it_says_no():
    rows = pd.DataFrame({"a": [True, False]})
    assert inventory.any_of(rows, ["a", "b"]).tolist() == [True, False]
    assert inventory.any_of(rows, []).tolist() == [False, False]


def test_when_a_proposition_is_in_the_codebook_then_the_page_says_what_is_asked_or_why_not():
    book = nbformat.read(paths.CHAPTERS / "propositions_record.ipynb", as_version=4)
    cell = next(c.source for c in book.cells if c.id == "table-probes")
    labels = STUDY.labels("transfer_proposition", "practitioners")
    asked = dict(ast.literal_eval(ast.parse(cell).body[0].value))
    assert set(asked) == set(labels.values())
    tried = {labels[key] for key in PROBES}
    assert {name for name, words in asked.items() if not words.startswith("Not poss")} == tried


def test_when_a_probe_names_a_column_then_the_published_data_have_it():
    rows = inventory.prepare(Frame().select(STUDY))
    for probe in PROBES.values():
        assert set(probe.exposed) <= set(rows.columns)
        assert probe.within is None or probe.within in rows.columns
        assert set(probe.aside) <= set(ROUTES)


def test_when_a_condition_is_a_route_then_it_is_not_tried():
    for probe in PROBES.values():
        assert not any(column.startswith("transfer") for column in probe.exposed)
