import inspect

import nbformat
import pytest
from made_studies import published, write_planted_study
from small_study import edit, write_small_study

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import PERIODS
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths

FILES = chapter_files()
FIELDS = inspect.signature(Frame).parameters


def parameters_source(file):
    cells = nbformat.read(paths.ROOT / file, as_version=4).cells
    found = [c.source for c in cells if "parameters" in c.metadata.get("tags", [])]
    assert len(found) == 1, f"{file} has {len(found)} cells tagged parameters"
    return found[0]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = write_small_study(tmp_path_factory.mktemp("data") / "small")
    edit(folder, "inventory/initiatives.csv", "ongoing_after_2004,Anna", "ended,Anna")
    edit(folder, "inventory/initiatives.csv", "1995,,ended", "1995,1997,ended")
    return open_study(folder)


@pytest.mark.parametrize("file", FILES)
def test_when_chapters_open_then_they_share_one_parameters_cell(file):
    assert parameters_source(file) == parameters_source(FILES[0])


def test_when_parameters_are_left_alone_then_they_are_the_frames_defaults():
    given = {}
    exec(parameters_source(FILES[0]), {}, given)
    assert given.pop("data") == "data" and given.pop("figures") == "figures"
    assert list(given) == list(FIELDS), "the cell and Frame name other parameters"
    assert Frame(*given.values()) == Frame()


def test_when_years_are_left_alone_then_they_are_the_articles_own():
    facts = published().facts.set_index("key")["value"]
    frame = Frame()
    assert (frame.first_year, frame.last_year) == (facts["first_year"], facts["last_year"])
    assert list(frame.years) == list(range(1992, 2005))


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({}, {"peace-team", "peace-team-youth", "border-talks"}),
        ({"scope": ["binational"]}, {"peace-team", "peace-team-youth"}),
        ({"scope": ["regional", "citizens_only"]}, {"border-talks"}),
        ({"grades": ["A"]}, {"peace-team"}),
        ({"grades": ["B", "C"]}, {"peace-team-youth", "border-talks"}),
        ({"nested": False}, {"peace-team", "border-talks"}),
        ({"borderline": False}, {"peace-team", "border-talks"}),
        ({"first_year": 1998}, {"peace-team-youth", "border-talks"}),
        ({"last_year": 1997, "break_year": 1995}, {"peace-team", "border-talks"}),
        ({"scope": ["binational"], "grades": ["A", "C"]}, {"peace-team"}),
    ],
)
def test_when_a_filter_is_set_then_it_cuts_what_it_says(small, changed, kept):
    assert set(Frame(**changed).select(small).index) == kept


def test_when_units_are_chosen_then_only_those_stay(tmp_path):
    folder = write_small_study(tmp_path / "study")
    edit(folder, "inventory/initiatives.csv", "regional,initiative", "regional,umbrella")
    study = open_study(folder)
    assert set(Frame().select(study).index) == {"peace-team", "peace-team-youth"}
    assert set(Frame(units=["umbrella"]).select(study).index) == {"border-talks"}
    assert len(Frame(units=["umbrella", "initiative"]).select(study)) == 3


def test_when_another_coder_is_chosen_then_the_levels_are_theirs(tmp_path):
    folder = write_small_study(tmp_path / "study")
    code = "border-talks,coder_2,participants,"
    edit(folder, "inventory/codes.csv", f"{code}elite", f"{code}grassroots")
    study = open_study(folder)
    assert Frame().select(study).loc["border-talks", "level"] == "elite/professional"
    assert Frame(coder="coder_2").select(study).loc["border-talks", "level"] == "grassroots"


def test_when_a_year_ends_before_or_starts_after_the_frame_then_the_row_is_out(tmp_path):
    years = [1991, 1992, 2000, 2001, 2003, 2004, None]
    study = open_study(write_planted_study(tmp_path / "s", [(year, "elite") for year in years]))
    rows = Frame(last_year=2003).select(study)
    assert rows["start_year"].fillna(0).tolist() == [1991, 1992, 2000, 2001, 2003, 0]
    assert rows["period"].tolist()[1:5] == [PERIODS[0], PERIODS[0], PERIODS[1], PERIODS[1]]
    assert rows["period"].isna().tolist() == [True, False, False, False, False, True]


@pytest.mark.parametrize(
    "changed",
    [{}, {"nested": False, "borderline": False, "grades": ["A"], "first_year": 1995}],
)
def test_when_steps_are_listed_then_they_add_up_to_the_selection(changed):
    study, frame = published(), Frame(**changed)
    steps = frame.steps(study)
    assert steps["kept"].iloc[0] == len(study.initiatives) and steps["left_out"].iloc[0] == 0
    assert steps["kept"].iloc[-1] == len(frame.select(study))
    assert (steps["kept"].shift().iloc[1:] - steps["left_out"].iloc[1:]).tolist() == (
        steps["kept"].iloc[1:].tolist()
    )
    assert len(steps) == 6 + len(set(changed) & {"nested", "borderline"})


@pytest.mark.parametrize("year", [1991, 2004, 2010])
def test_when_the_break_is_outside_the_years_then_it_is_refused(year):
    with pytest.raises(ValueError, match=f"break_year is {year}.*1992.*2004"):
        Frame(break_year=year)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"coder": "bob"}, "'bob'.*coder_1, coder_2, consensus"),
        ({"scope": ["local"]}, "scope local; there are: binational, regional, citizens_only"),
        ({"units": ["club"]}, "unit club; there are: initiative, umbrella"),
        ({"units": ["initiative", "umbrela"]}, "unit umbrela; there are"),
        ({"grades": ["D"]}, "evidence_grade D; there are: A, B, C"),
    ],
)
def test_when_a_value_is_unknown_then_the_known_are_named(small, changed, named):
    with pytest.raises(ValueError, match=named):
        Frame(**changed).select(small)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scope": "binational"}, "scope is 'binational': it must be a list of names"),
        ({"nested": "no"}, "nested is 'no': it must be true or false"),
        ({"borderline": None}, "borderline is None: it must be true or false"),
        ({"break_year": "1999"}, "break_year is '1999': it must be a year"),
        ({"break_year": 1999.5}, "break_year is 1999.5: it must be a year"),
        ({"first_year": True}, "first_year is True: it must be a year"),
        ({"coder": ["first_1"]}, r"coder is \('first_1',\): it must be a name"),
    ],
)
def test_when_a_value_is_of_another_kind_then_it_is_refused(changed, said):
    with pytest.raises(ValueError, match=said):
        Frame(**changed)


def test_when_nothing_is_left_then_it_says_so(small):
    with pytest.raises(ValueError, match="no initiative is left"):
        Frame(scope=["regional"], grades=["A"]).select(small)


def test_when_a_frame_is_made_of_lists_then_it_equals_one_of_tuples():
    assert Frame(scope=["regional"]) == Frame(scope=("regional",))
    assert hash(Frame(scope=["regional"])) == hash(Frame(scope=("regional",)))


def test_when_years_are_single_then_periods_are_written_as_one():
    assert list(Frame().periods.values()) == ["1992–2000", "2001–2004"]
    assert list(Frame(break_year=1992).periods.values()) == ["1992", "1993–2004"]
    assert list(Frame(break_year=2003).periods.values()) == ["1992–2003", "2004"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"coder": "first_1"}, "codes: first_1"),
        ({"scope": ["regional"]}, "Frame: regional initiatives;"),
        ({"units": ["initiative", "umbrella"]}, "initiatives and umbrellas;"),
        ({"grades": ["A"]}, "grades A;"),
        ({"nested": False}, "nested rows left out"),
        ({"borderline": False}, "borderline rows left out"),
        ({"first_year": 1993}, "years 1993–2004"),
        ({"last_year": 2003}, "years 1992–2003"),
        ({"break_year": 1999}, "break after 1999"),
    ],
)
def test_when_a_parameter_differs_then_captions_say_so(changed, said):
    usual, note = Frame().note(1234), Frame(**changed).note(1234, "starts")
    assert said in note and said not in usual
    assert note.startswith("n\u00a0=\u00a01,234 starts. Frame: ")
