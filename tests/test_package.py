"""What a data set says of itself, and what becomes of data whose words are others than ours."""

import json

import pandas as pd
import pytest
from made_studies import published
from other_conflict import write_other_conflict
from small_study import edit, write_small_study

from tracktwo import DataError, Frame, open_study
from tracktwo.analysis.approaches import approach_marks, told_apart
from tracktwo.analysis.frame import parameters_of
from tracktwo.analysis.measures import ELITE, GRASSROOTS, MIXED, group
from tracktwo.claims.claim_tests import shared_propositions, voicings
from tracktwo.claims.claims import test_claim as claim_result
from tracktwo.claims.needs import REASONS
from tracktwo.claims.specifications import row_choices
from tracktwo.claims.standing import UNTESTED, standings
from tracktwo.claims.turning import turnings
from tracktwo.claims.verdicts import UNTESTABLE, reach
from tracktwo.data.validation.own_schema import MAX_OWN
from tracktwo.ground import paths

INITIATIVES = "inventory/initiatives.csv"


@pytest.fixture
def small(tmp_path):
    return write_small_study(tmp_path / "small")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return open_study(write_other_conflict(tmp_path_factory.mktemp("data") / "other"))


def describe(folder, **said):
    (folder / "datapackage.json").write_text(json.dumps({"resources": []} | said), "utf-8")
    return folder


def fields(*listed, table="initiatives"):
    return [{"name": table, "schema": {"fields": list(listed)}}]


def refused(folder):
    with pytest.raises(DataError) as caught:
        open_study(folder)
    return [str(problem) for problem in caught.value.problems]


# What is published


def test_when_data_are_published_then_they_say_who_made_them_and_how():
    package = published().package
    assert package.is_published and package.is_of_published_conflict
    assert package.contributors == ("The Oslo Reopened contributors",)
    assert package.reviewed is False and "No human expert" in package.review
    assert "language model" in package.method and package.collected
    assert set(package.coders) == set(published().coders())
    assert {coder.kind for coder in package.coders.values()} == {"model", "deciding pass"}
    assert list(package.conflict.sides) == ["israeli", "palestinian"]


def test_when_a_frame_is_the_published_packages_then_it_is_the_usual_one():
    assert Frame.of(published()) == Frame()
    assert Frame.of(published(), grades=["A"]) == Frame(grades=["A"])
    assert Frame(**parameters_of(published().package)) == Frame()


def test_when_levels_are_published_then_they_are_called_as_their_codes_are():
    labels = published().package.level_labels
    assert all(labels[level] == level for level in (ELITE, MIXED, GRASSROOTS))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Seen from Oslo, Gaza is far.", ["Oslo", "Gaza"]),
        ("Intifada and intifada", ["intifada"]),
        ("The plot of a drama", []),
        ("Palestinians", ["Palestin"]),
    ],
)
def test_when_a_text_is_about_the_conflict_then_its_words_tell(text, words):
    assert sorted(published().package.conflict.found_in(text)) == sorted(words)


# What nothing is said of


def test_when_a_data_set_says_nothing_then_nothing_is_claimed(small):
    package = open_study(small).package
    assert package.title == "small" and package.name == "" and not package.is_published
    assert package.contributors == package.sources == () and package.method == ""
    assert package.review == "Nothing is said of a review." and package.reviewed is None
    assert dict(package.frame) == dict(published().package.frame)


def test_when_another_conflict_names_no_periods_then_they_are_plain(small):
    conflict = {"name": "A–B", "adjective": "A–B", "sides": None}
    conflict["sides"] = {
        side: {"adjective": side, "people": side} for side in ("israeli", "palestinian")
    }
    package = open_study(describe(small, conflict=conflict)).package
    assert package.periods.before == "up to the break" and not package.is_of_published_conflict
    assert package.conflict.words == ()


# What is wrong


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"title": ""}, "at title: found nothing; allowed: a line of plain text"),
        ({"title": "a\nb"}, "at title: found "),
        ({"title": "\u202egnp"}, "found U+202E (right-to-left override)"),
        ({"title": "\U0001f600"}, "no emoji"),
        ({"method": "x" * 2_001}, "at method: found 2,001 characters"),
        ({"contributors": ["Bob"]}, "contributors: 0: found Bob; allowed: an object with a title"),
        ({"conflict": {"name": "A"}}, "at conflict: found no adjective"),
        ({"conflict": {"name": "A", "adjective": "A", "sids": {}}}, "conflict: found sids"),
        ({"frame": {"first_year": "1960"}}, "frame: first_year: found 1960; allowed: a year from"),
        ({"frame": {"grades": ["A", "D"]}}, "frame: grades: found D; allowed: A, B, C"),
        ({"frame": {"coder": "bob"}}, "frame: coder: found bob; allowed: a coder of the inventory"),
        ({"frame": {"last_year": 1999}}, "frame: found 1992, 2000, 1999; allowed: first_year"),
        (
            {"roles": {"focus": {"outcome": ["product"]}}},
            "roles: focus: outcome: found product; allowed: relationship, outcome, both",
        ),
        ({"roles": {"focus": {"outcom": ["both"]}}}, "roles: focus: found outcom; allowed: an obj"),
        ({"coders": {"coder_1": {"kind": "robot"}}}, "found robot; allowed: model, person, decid"),
        (
            {"resources": fields({"name": "scope", "constraints": {"enum": ["a b"]}})},
            "initiatives: scope: constraints: enum: found a b; allowed: 1 to 100 different values",
        ),
        (
            {"resources": fields({"name": "start_year", "constraints": {"minimum": "old"}})},
            "start_year: constraints: minimum: found old; allowed: a year from 1000 to 2100",
        ),
    ],
)
def test_when_a_data_set_describes_itself_wrongly_then_one_line_says_how(small, said, told):
    (line,) = refused(describe(small, **said))
    assert line.startswith("datapackage.json") and told in line


def test_when_much_is_wrong_in_a_descriptor_then_the_rest_is_told_too(small):
    edit(small, INITIATIVES, ",1995,", ",1066,")
    lines = refused(describe(small, title="", contributors=[{} for _ in range(100)]))
    assert len(lines) == 21 and lines[0].startswith(INITIATIVES)


# Lists and years of its own


def test_when_a_list_is_the_data_sets_own_then_its_values_and_labels_hold(small):
    labels = {"local": "Local", "wide": "Wide"}
    listed = {"name": "scope", "constraints": {"enum": [*labels]}, "labels": labels}
    for old in ("binational", "binational", "regional"):
        edit(small, INITIATIVES, f",{old},", ",local,")
    study = open_study(describe(small, resources=fields(listed)))
    assert list(study.initiatives["scope"].cat.categories) == ["local", "wide"]
    assert study.category_labels("initiatives", "scope") == labels
    assert study.package.frame["scope"] == ("local", "wide")
    assert study.digest != open_study(write_small_study(small.parent / "again")).digest


def test_when_an_initiative_goes_on_after_any_year_then_that_is_a_status(small):
    edit(small, INITIATIVES, "ongoing_after_2004", "ongoing_after_1999")
    study = open_study(small)
    assert study.initiatives["end_status"][0] == "ongoing_after_1999"
    assert "ongoing_after_1999" in study.package.lists["initiatives.end_status"]
    edit(small, INITIATIVES, "ongoing_after_1999", "ongoing_after_9999")
    assert "column end_status: found ongoing_after_9999" in refused(small)[0]


def test_when_years_are_the_data_sets_own_then_they_are_the_bounds(small):
    bounds = {"name": "start_year", "constraints": {"minimum": 1500, "maximum": 1600}}
    (first, second) = refused(describe(small, resources=fields(bounds)))
    assert "allowed: at most 1600" in first and "allowed: at most 1600" in second


# Columns of its own


def own_column(small, *said, value="x"):
    table = pd.read_csv(small / INITIATIVES, dtype=str, keep_default_na=False)
    table.assign(**{said[0]["name"]: value}).to_csv(small / INITIATIVES, index=False)
    return describe(small, resources=fields(*said))


@pytest.mark.parametrize(
    ("said", "value", "kind"),
    [
        ({"type": "integer"}, "12", "Int64"),
        ({"type": "number"}, "1.5", "Float64"),
        ({"type": "boolean"}, "yes", "bool"),
        ({"type": "year"}, "1999", "Int64"),
        ({"type": "list"}, "a | b", "object"),
        ({"constraints": {"enum": ["x", "y"]}}, "x", "category"),
        ({}, "x", "str"),
    ],
)
def test_when_a_column_is_declared_then_it_has_its_type(small, said, value, kind):
    study = open_study(own_column(small, {"name": "funding"} | said, value=value))
    assert str(study.initiatives["funding"].dtype) == kind
    (column,) = study.package.columns["initiatives"]
    assert column.name == "funding" and column.title == "Funding"
    assert "funding" in study.wide()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": "level"}, "initiatives: level: found level; allowed: a name in small letters"),
        ({"name": "focus"}, "found focus; allowed: a name in small letters"),
        ({"name": "focus_both"}, "found focus_both; allowed: a name in small letters"),
        ({"name": "Größe"}, "found Größe; allowed: a name in small letters"),
        ({"name": "x" * 61}, "found "),
        ({"name": "sum", "type": "any"}, "initiatives: sum: found any; allowed: string, integer"),
        ({"name": "sum", "constraints": {"enum": []}}, "found 0 values; allowed: 1 to 100"),
    ],
)
def test_when_a_column_of_its_own_cannot_be_then_it_is_said(small, said, told):
    assert told in "\n".join(refused(own_column(small, said)))


def test_when_columns_of_its_own_are_too_many_then_it_is_one_problem(small):
    table = pd.read_csv(small / INITIATIVES, dtype=str, keep_default_na=False)
    table.assign(**{f"own{n}": "x" for n in range(MAX_OWN + 1)}).to_csv(
        small / INITIATIVES, index=False
    )
    (line,) = refused(small)
    assert f"found {MAX_OWN + 1} columns" in line and f"at most {MAX_OWN}" in line


def test_when_a_declared_value_is_wrong_then_row_and_column_are_told(small):
    lines = refused(own_column(small, {"name": "funding", "type": "integer"}, value="much"))
    assert lines[0].startswith(
        f"{INITIATIVES}, row 2, column funding: found much; allowed: a whole"
    )


def test_when_a_variable_is_called_like_a_column_then_it_is_refused(small):
    for path in ("codebook.csv", "inventory/codes.csv"):
        text = (small / path).read_text(encoding="utf-8")
        (small / path).write_text(text.replace(",issue,", ",location,"), encoding="utf-8")
    assert "column variable: found location; allowed: a name that no column" in refused(small)[0]


@pytest.mark.parametrize(
    ("variable", "value"), [("end", "year"), ("transfer", "planned_yes"), ("has", "plan")]
)
def test_when_a_value_would_make_a_columns_name_then_it_is_refused(small, variable, value):
    with (small / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write(f"inventory,{variable},yes,Anything,{value},Something,\n")
    if variable != "transfer":
        with (small / "inventory/codes.csv").open("a", encoding="utf-8") as file:
            for coder in ("coder_1", "coder_2", "consensus"):
                for key in ("peace-team", "peace-team-youth", "border-talks"):
                    file.write(f"{key},{coder},{variable},{value}\n")
    assert f"column value: found {value}; allowed: a value that makes no" in refused(small)[-1]


# Another conflict


def test_when_data_are_about_another_conflict_then_nothing_of_ours_is_in_them(other):
    folder, ours = other.path, published().package.conflict
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert all(not ours.found_in(file.read_text(encoding="utf-8")) for file in files)
    assert not other.package.is_of_published_conflict and not other.package.is_published
    assert other.package.conflict.joint is None


def test_when_parts_are_missing_then_the_study_says_which(other):
    missing = ("documents", "speakers", "statements", "statement_codes", "facts", "history")
    assert not any(other.has(table) for table in missing) and other.has("timeline")
    assert other.has_variable("language") and not other.has_variable("format")
    assert not other.has_variable("theme", "practitioners")
    assert other.wide_statements().empty and "practice_level" in other.wide_statements()


def test_when_levels_have_other_codes_then_initiatives_have_their_levels(other):
    rows = Frame.of(other).select(other)
    codes = [f"participants_{value}" for value in ("leaders", "officers", "experts")]
    senior, low = rows[codes].any(axis=1), rows["participants_villagers"]
    assert (rows["level"] == GRASSROOTS).equals(low & ~senior)
    assert (rows["level"] == MIXED).equals(low & senior)
    strict = rows["participants_leaders"] | rows["participants_officers"]
    assert (group(rows) == "elite").equals(strict & ~low)
    assert other.package.level_labels[ELITE] == "leaders/officers/experts"


def test_when_an_initiative_has_no_level_then_none_is_made_up(tmp_path):
    folder = write_other_conflict(tmp_path / "other")
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    said["roles"]["participants"]["professional"] = []
    (folder / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    study = open_study(folder)
    rows = Frame.of(study).select(study)
    alone = rows["participants_experts"] & ~rows[["has_elite", "has_grassroots"]].any(axis=1)
    assert alone.any() and rows["level"].isna().equals(alone)
    before = rows[(rows["period"] == "peace process") & rows["level"].notna()]
    found = quick_other(study)["C1"]
    assert found.result.n == len(before)
    usual = found.curve.query("`break year` == 1974 and counted == 'starts' and mixed == 'apart'")
    same = usual[(usual[["nested", "borderline"]] == "in").all(axis=1)]
    assert found.result.parts[0].estimate.value in set(same["value"])


def quick_other(study):
    return reach(study, Frame.of(study))


@pytest.mark.parametrize("coders", [("ada", "bo"), ("ada",)])
def test_when_claims_lack_what_they_need_then_they_cannot_be_tested_and_say_why(tmp_path, coders):
    study = open_study(write_other_conflict(tmp_path / "other", coders))
    frame = Frame.of(study)
    verdicts = reach(study, frame)
    untested = {claim: found.reason for claim, found in verdicts.items() if found.reason}
    none = {"C5": REASONS["statements"], "C6": REASONS["statements"]}
    assert untested == (none if len(coders) > 1 else none | {"C8": REASONS["two coders"]})
    for claim in untested:
        assert verdicts[claim].verdict == UNTESTABLE and verdicts[claim].specifications == 0
        assert standings(study, frame, verdicts)[claim] == UNTESTED
    assert verdicts["C8"].result.parts[1].border == 5, "as many as the codebook has"
    assert not set(turnings(study, frame.select(study), frame, verdicts)) & set(untested)


@pytest.mark.parametrize(
    ("variable", "claims"),
    [
        ("participants", {"C1", "C2", "C3", "C4"}),
        ("focus", {"C3", "C4"}),
        ("approach", {"C8", "C9"}),
        ("transfer_planned", {"C7"}),
    ],
)
def test_when_a_variable_is_not_in_the_codebook_then_only_its_claims_fall(
    tmp_path, variable, claims
):
    folder = write_other_conflict(tmp_path / "other")
    for path in ("codebook.csv", "inventory/codes.csv"):
        lines = (folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if f",{variable}," not in line]
        (folder / path).write_text("".join(kept), encoding="utf-8")
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    said["roles"].pop(variable, None)
    (folder / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    study = open_study(folder)
    verdicts = reach(study, Frame.of(study))
    fell = {claim for claim, found in verdicts.items() if found.reason} - {"C5", "C6"}
    assert fell == claims and len(verdicts) == 9
    assert all(claim_result(claim, study, Frame.of(study)).n == 0 for claim in fell)


def test_when_there_are_five_approaches_then_each_is_told_from_the_other_codes(other):
    rows, labels = Frame.of(other).select(other), other.labels("approach")
    found = told_apart(other, rows, approach_marks(rows, labels))
    assert set(found["code"]) == set(labels) and "format" not in set(found["source"])


def test_when_waves_and_grades_are_others_then_specifications_vary_those(other):
    choices = row_choices(other.package)
    assert list(choices["scope"]) == ["two sided and kin states", "two sided"]
    assert list(choices["grades"]) == ["strong and weak", "strong"]
    assert list(choices["waves"]) == ["all", "archive alone"]
    ours = row_choices(published().package)
    assert list(ours["waves"]) == ["all", "without gap", "first alone"]


def test_when_a_coder_codes_alone_then_their_codes_count(tmp_path):
    study = open_study(write_other_conflict(tmp_path / "other", ("ada",)))
    assert study.usual_coder() == "ada" == Frame.of(study).coder
    assert study.coder_label("ada") == "Ada" and study.rounds["inventory"] == {}
    assert study.wide().equals(study.wide("ada"))


def test_when_three_sides_speak_then_a_proposition_is_shared_by_all_three(small):
    sides = ("israeli", "palestinian", "third_party")
    conflict = {"name": "A–B–C", "adjective": "A–B–C", "joint": "joint", "third_party": "nobody"}
    conflict["sides"] = {side: {"adjective": side, "people": side} for side in sides}
    study = open_study(describe(small, conflict=conflict))
    assert list(study.speakers["side"].cat.categories) == [*sides, "joint", "nobody"]
    said = [("timing", side, f"{side} {n}") for side in sides for n in range(2)]
    said += [("media", "joint", "all together"), ("media", "joint", "all again")]
    said += [("mass", side, f"{side} {n}") for side in sides[:2] for n in range(2)]
    columns = ["transfer_proposition", "side", "voice"]
    told = voicings(pd.DataFrame(said, columns=columns), study.package.conflict)
    found = shared_propositions(told, ["timing", "media", "mass"], study.package.conflict)
    assert found == ["timing", "media"], "the third side says nothing of mass"


def test_when_the_data_sets_own_descriptor_is_ours_then_the_digest_stays(tmp_path):
    assert open_study(paths.DATA).digest == published().digest
