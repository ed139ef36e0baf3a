import json
import os

import frictionless
import pandas as pd
import pytest
from small_study import edit, write_small_study

from tracktwo import DataError, Frame, open_study
from tracktwo.data.validation.csvfile import Expected, read_csv
from tracktwo.data.validation.fields import reader_of
from tracktwo.data.validation.problems import MAX_OF_A_KIND, MAX_PRINTED, Problem
from tracktwo.data.validation.validate import read_descriptor
from tracktwo.ground import paths

INITIATIVES = "inventory/initiatives.csv"
CODES = "inventory/codes.csv"
SOURCES = "inventory/sources.csv"
STATEMENTS = "practitioners/statements.csv"
STATEMENT_CODES = "practitioners/codes.csv"


@pytest.fixture
def study(tmp_path):
    return write_small_study(tmp_path / "study")


def problems(folder):
    with pytest.raises(DataError) as caught:
        open_study(folder)
    return caught.value.problems


def only_problem(folder):
    found = problems(folder)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def place(problem):
    return problem.file, problem.row, problem.column


# What is published


def test_when_data_are_published_then_they_are_valid():
    assert len(open_study().initiatives) > 100


def test_when_frictionless_checks_published_data_by_itself_then_it_agrees():
    report = frictionless.validate(str(paths.DATA / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:10]


def test_when_descriptor_is_read_then_it_tells_of_every_file_and_column():
    descriptor = json.loads((paths.DATA / "datapackage.json").read_text())
    listed = {resource["path"] for resource in descriptor["resources"]}
    assert listed == {p.relative_to(paths.DATA).as_posix() for p in paths.DATA.rglob("*.csv")}
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in descriptor["resources"]:
        header = (paths.DATA / resource["path"]).read_text().splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["schema"]["primaryKey"] and resource["schema"]["missingValues"] == [""]


def test_when_descriptor_is_read_then_it_repeats_no_code():
    """Levels of practice and waves are lists of their own, some of whose words are also codes."""
    descriptor = json.loads((paths.DATA / "datapackage.json").read_text())
    codes = set(open_study().codebook["value"])
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] not in ("practice_level", "wave"):
                assert not codes & set(field.get("constraints", {}).get("enum", []))
        if "coding" in resource:
            fields = {field["name"]: field for field in resource["schema"]["fields"]}
            assert fields["value"]["constraints"] == {"required": True}


# What is accepted


def test_when_study_is_small_and_whole_then_it_opens(study):
    assert len(open_study(study).initiatives) == 3


@pytest.mark.parametrize("change", ["bom", "crlf", "both", "columns in another order"])
def test_when_file_is_written_another_way_then_tables_are_the_same(study, change):
    before = open_study(study)
    for file in study.rglob("*.csv"):
        content = file.read_bytes()
        if change in ("crlf", "both"):
            content = content.replace(b"\n", b"\r\n")
        if change in ("bom", "both"):
            content = b"\xef\xbb\xbf" + content
        file.write_bytes(content)
    if change == "columns in another order":
        file = study / "article/facts.csv"
        pd.read_csv(file, dtype=str).iloc[:, ::-1].to_csv(file, index=False)
    after = open_study(study)
    assert after.digest == before.digest or change == "columns in another order"
    for name in ("initiatives", "codes", "sources", "statements", "facts", "timeline"):
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))


def test_when_study_brings_its_own_descriptor_then_it_is_not_believed(study):
    (study / "datapackage.json").write_text('{"resources": []}')
    assert len(open_study(study).initiatives) == 3


def test_when_another_coder_codes_everything_then_rows_are_enough(study):
    for path in (CODES, STATEMENT_CODES):
        text = (study / path).read_text()
        again = [row for row in text.splitlines() if ",coder_1," in row]
        more = "\n".join(again).replace(",coder_1,", ",expert,") + "\n"
        (study / path).write_text(text + more)
    assert open_study(study).coders() == ["coder_1", "coder_2", "consensus", "expert"]


# Files


def test_when_folder_is_missing_then_it_says_so(tmp_path):
    problem = only_problem(tmp_path / "nowhere")
    assert "nowhere" in problem.file and problem.found == "no such folder"


@pytest.mark.parametrize("path", [INITIATIVES, "codebook.csv", CODES])
def test_when_a_needed_file_is_missing_then_it_is_one_problem(study, path):
    (study / path).unlink()
    problem = only_problem(study)
    assert place(problem) == (path, None, None) and problem.found == "no such file"


def test_when_all_files_are_missing_then_those_are_named_that_are_needed(tmp_path):
    assert [p.file for p in problems(tmp_path)] == [INITIATIVES, CODES, "codebook.csv"]


@pytest.mark.parametrize("path", [SOURCES, "article/facts.csv", "context/history.csv"])
@pytest.mark.parametrize("left", [None, "the header"])
def test_when_a_file_is_not_needed_then_it_may_be_absent_or_empty(study, path, left):
    before = open_study(study)
    name = {"inventory/sources.csv": "sources"}.get(path, path[len("article/") : -len(".csv")])
    header = (study / path).read_text().splitlines()[0]
    (study / path).unlink()
    if left:
        (study / path).write_text(header + "\n")
    after = open_study(study)
    assert before.has(name) and not after.has(name)
    assert [*getattr(after, name).dtypes] == [*getattr(before, name).dtypes]
    assert after.digest != before.digest


def test_when_one_of_the_practitioners_files_is_missing_then_the_others_ask_for_it(study):
    (study / "practitioners/speakers.csv").unlink()
    problem = only_problem(study)
    assert place(problem) == ("practitioners/speakers.csv", None, None)
    assert "practitioners/documents.csv, practitioners/statements.csv" in problem.allowed
    for file in (study / "practitioners").glob("*.csv"):
        file.unlink()
    without = open_study(study)
    assert not without.has("statements") and without.wide_statements().empty
    assert without.coders("practitioners") == [] and without.rounds["practitioners"] == {}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_when_file_is_empty_then_it_is_one_problem(study, content):
    (study / INITIATIVES).write_bytes(content)
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, None, None)
    assert "empty" in problem.found or "header" in problem.allowed


def test_when_file_has_only_a_header_then_it_is_one_problem(study):
    file = study / INITIATIVES
    file.write_text(file.read_text().splitlines()[0] + "\n")
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, None, None) and problem.found == "a header only"


def test_when_text_is_not_utf8_then_the_row_is_named(study):
    file = study / STATEMENTS
    file.write_bytes(file.read_bytes().replace(b"right moment", b"right mom\xe9nt"))
    problem = only_problem(study)
    assert place(problem) == (STATEMENTS, 3, None)
    assert problem.found == "byte 0xe9 (é in Windows-1252)" and "UTF-8" in problem.allowed


def test_when_file_is_utf16_then_it_is_one_problem(study):
    file = study / STATEMENTS
    file.write_text(file.read_text(), encoding="utf-16")
    assert "UTF-8" in only_problem(study).allowed


def test_when_file_is_a_link_then_it_is_not_followed(study, tmp_path):
    outside = tmp_path / "outside.csv"
    (study / SOURCES).rename(outside)
    (study / SOURCES).symlink_to(outside)
    assert only_problem(study).found == "a symbolic link"


def test_when_folder_inside_is_a_link_then_it_is_not_followed(study, tmp_path):
    (study / "article").rename(tmp_path / "outside")
    (study / "article").symlink_to(tmp_path / "outside")
    assert [problem.found for problem in problems(study)] == ["a symbolic link"] * 2


def test_when_study_itself_is_linked_then_it_opens(study, tmp_path):
    (tmp_path / "link").symlink_to(study)
    assert len(open_study(tmp_path / "link").initiatives) == 3


def test_when_file_is_something_else_then_it_is_one_problem(study):
    (study / SOURCES).unlink()
    os.mkfifo(study / SOURCES)
    assert only_problem(study).found == "something that is not a file"


def test_when_file_is_too_large_then_it_is_one_problem(study):
    with (study / SOURCES).open("ab") as stream:
        stream.truncate(1_000_000_001)
    problem = only_problem(study)
    assert problem.found == "1,000,000,001 bytes" and "1,000,000,000 bytes" in problem.allowed


def test_when_rows_are_more_than_a_hundred_thousand_then_they_are_read(study):
    with (study / SOURCES).open("a") as stream:
        stream.writelines(f"peace-team,{n},T,P,,,,bibliographic,name\n" for n in range(3, 120_003))
    assert len(open_study(study).sources) == 120_004


def test_when_columns_are_too_many_then_it_is_one_problem(study):
    (study / SOURCES).write_text("," * 1_000_000)
    assert "200" in only_problem(study).allowed


# Columns and rows


def test_when_column_is_missing_then_it_is_one_problem(study):
    edit(study, INITIATIVES, "name", "nom")
    assert place(only_problem(study)) == (INITIATIVES, 1, "name")


def test_when_a_column_is_misspelt_then_it_is_not_taken_for_one_of_the_data_sets_own(study):
    edit(study, INITIATIVES, "scope", "scop")
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, 1, "scop")
    assert problem.found == "a name much like scope, which is not there"


def test_when_a_column_is_not_needed_then_its_values_are_not_stated(study):
    table = pd.read_csv(study / INITIATIVES, dtype=str, keep_default_na=False)
    table[["id", "name", "start_year"]].to_csv(study / INITIATIVES, index=False)
    for line in ("start_year | focus", "name | start_year | focus", "summary"):
        if line in (study / SOURCES).read_text():
            edit(study, SOURCES, line, "name")
    rows, package = open_study(study).initiatives, open_study(study).package
    assert rows["scope"].tolist() == ["not_stated"] * 3 and not rows["borderline"].any()
    assert rows["summary"].isna().all() and rows["convenors"].tolist() == [()] * 3
    assert package.frame["scope"] == package.frame["grades"] == ("not_stated",)
    assert len(Frame.of(open_study(study)).select(open_study(study))) == 3


def test_when_key_column_is_missing_then_nothing_dangles(study):
    table = pd.read_csv(study / INITIATIVES, dtype=str).drop(columns="id")
    table.to_csv(study / INITIATIVES, index=False)
    assert place(only_problem(study)) == (INITIATIVES, 1, "id")


def test_when_a_column_is_the_data_sets_own_then_it_is_kept_as_text(study):
    table = pd.read_csv(study / CODES, dtype=str).assign(remark="x")
    table.to_csv(study / CODES, index=False)
    opened = open_study(study)
    assert opened.codes.columns[-1] == "remark" and set(opened.codes["remark"]) == {"x"}
    assert [column.name for column in opened.package.columns["codes"]] == ["remark"]


def test_when_column_is_twice_there_then_it_is_one_problem(study):
    text = (study / "article/facts.csv").read_text().splitlines()
    (study / "article/facts.csv").write_text(f"{text[0]},unit\n{text[1]},projects\n")
    problem = only_problem(study)
    assert place(problem) == ("article/facts.csv", 1, "unit") and "2 times" in problem.found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("peace-team,2,", "peace-team,2,one too many,", "10 cells"),
        ("peace-team,2,More,", "peace-team,2,", "8 cells"),
    ],
)
def test_when_row_is_ragged_then_it_is_one_problem(study, old, new, found):
    edit(study, SOURCES, old, new)
    problem = only_problem(study)
    assert place(problem) == (SOURCES, 3, None)
    assert problem.found == found and "9" in problem.allowed


@pytest.mark.parametrize("empty", ["", ",,,,,,,,", ","])
def test_when_rows_are_empty_then_it_is_told_once(study, empty):
    with (study / SOURCES).open("a") as stream:
        stream.write(f"{empty}\n" * 1_000)
    with pytest.raises(DataError, match="row 6 and 999 more: found an empty row") as caught:
        open_study(study)
    assert len(str(caught.value).splitlines()) == 2


def test_when_row_that_others_refer_to_is_ragged_then_nothing_dangles(study):
    edit(study, INITIATIVES, "border-talks,", "border-talks,,")
    assert place(only_problem(study)) == (INITIATIVES, 4, None)


@pytest.mark.parametrize(
    ("old", "new"), [("A Press,1999", '"A Press,1999'), ("A Press", '"A" Press')]
)
def test_when_quoting_is_broken_then_the_row_is_named(study, old, new):
    edit(study, SOURCES, old, new)
    problem = only_problem(study)
    assert place(problem) == (SOURCES, 2, None) and "quoting" in problem.found


# Cells


@pytest.mark.parametrize(
    ("path", "old", "new", "row", "column", "allowed"),
    [
        (INITIATIVES, ",1995,", ",199x,", 2, "start_year", "four digits"),
        (INITIATIVES, ",1995,", ",1995.0,", 2, "start_year", "four digits"),
        (INITIATIVES, ",1995,", ",١٩٩٥,", 2, "start_year", "four digits"),
        (INITIATIVES, ",1995,", ",1066,", 2, "start_year", "at least 1948"),
        (INITIATIVES, ",no,Jerusalem", ",No,Jerusalem", 2, "borderline", "yes or no"),
        (INITIATIVES, ",binational,", ",national,", 2, "scope", "binational, regional"),
        (INITIATIVES, ",binational,", ",,", 2, "scope", "may not be empty"),
        (INITIATIVES, "Peace Team,", ",", 2, "name", "may not be empty"),
        (INITIATIVES, "Peace Team,", " Peace Team,", 2, "name", "no blanks"),
        (INITIATIVES, "Peace Team,", '"Peace\nTeam",', 2, "name", "line breaks"),
        (INITIATIVES, "Peace Team,", "Peace\0Team,", 2, "name", "control characters"),
        (INITIATIVES, "Peace Team,", "Peace\x1b[31mTeam,", 2, "name", "control characters"),
        (
            INITIATIVES,
            "Anna A. | Basil",
            "Anna A. |  | Basil",
            2,
            "convenors",
            "none of them empty",
        ),
        (INITIATIVES, "start_year | focus", "start_year | mood", 2, "uncertain", "start_year, "),
        (SOURCES, "name | start_year", "name | Start_year", 2, "supports", "start_year, "),
        (SOURCES, "team,1,", "team,0,", 2, "source_no", "at least 1"),
        (SOURCES, "team,1,", "team,1_0,", 2, "source_no", "whole number"),
        (SOURCES, "https://example.org/team", "javascript:alert(1)", 2, "url", "https?"),
        (SOURCES, "https://example.org/team", "https://example.org/a b", 2, "url", "https?"),
        (SOURCES, ",original,read", ",copied,read", 2, "copy", "original, mirror"),
        ("context/timeline.csv", "1993-09-13", "13/09/1993", 2, "date", "1993-09-13"),
        ("context/timeline.csv", "1993-09-13", "1893-09-13", 2, "date", "1948-01-01"),
        ("article/facts.csv", ",79,", ",seventy,", 2, "value", "whole number"),
    ],
)
def test_when_cell_does_not_fit_then_it_is_one_problem(study, path, old, new, row, column, allowed):
    edit(study, path, old, new)
    problem = only_problem(study)
    assert place(problem) == (path, row, column) and allowed in problem.allowed


def test_when_initiative_was_over_before_the_years_then_it_is_refused(study):
    edit(study, INITIATIVES, ",1998,2002,", ",1990,1991,")
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, 3, "end_year") and problem.allowed == "at least 1992"


def test_when_data_set_has_other_years_then_they_are_the_bounds(study):
    edit(study, "article/facts.csv", "last_year,2004", "last_year,2012")
    edit(study, INITIATIVES, ",1995,", ",2011,")
    assert open_study(study).initiatives["start_year"].max() == 2011


def test_when_id_is_no_id_then_its_form_is_told(study):
    edit(study, "practitioners/documents.csv", "talk-1999", "../talk")
    assert place(problems(study)[0]) == ("practitioners/documents.csv", 2, "id")
    assert "[a-z0-9]" in problems(study)[0].allowed


def test_when_cell_has_ten_megabytes_then_it_is_one_problem(study):
    edit(study, INITIATIVES, "They play together.", "x" * 10_000_000)
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, 2, "summary")
    assert problem.found == "10,000,000 characters" and len(str(problem)) < 200


def test_when_list_has_ten_megabytes_then_it_is_one_problem(study):
    edit(study, INITIATIVES, "Anna A. | Basil B.", "a | " * 2_500_000 + "a")
    assert place(only_problem(study)) == (INITIATIVES, 2, "convenors")


# Keys


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (INITIATIVES, "id"),
        (CODES, "initiative_id, coder, variable, value"),
        (SOURCES, "initiative_id, source_no"),
        ("practitioners/speakers.csv", "document_id, speaker"),
        (STATEMENTS, "id"),
        ("codebook.csv", "part, variable, value"),
    ],
)
def test_when_key_is_twice_there_then_the_second_is_a_problem(study, path, column):
    rows = (study / path).read_text().splitlines()
    (study / path).write_text("\n".join([*rows, rows[1]]) + "\n")
    problem = only_problem(study)
    assert place(problem) == (path, len(rows) + 1, column) and problem.found.startswith(
        "the key of row 2 again"
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "row", "column", "found"),
    [
        (INITIATIVES, "initiative,peace-team,", "initiative,war-team,", 3, "part_of", "war-team"),
        (SOURCES, "peace-team,2", "war-team,2", 3, "initiative_id", "war-team"),
        (STATEMENTS, "talk-1999,Anna A.", "talk-1999,Carl C.", 2, "document_id, speaker", "Carl"),
    ],
)
def test_when_key_dangles_then_it_is_one_problem(study, path, old, new, row, column, found):
    edit(study, path, old, new)
    problem = only_problem(study)
    assert place(problem) == (path, row, column) and found in problem.found


def test_when_many_rows_share_a_dangling_key_then_the_message_tells_it_once(study):
    file = study / CODES
    extra = "\n".join(f"ghost,{row}" for row in ("coder_1,issue,youth", "coder_2,issue,youth"))
    file.write_text(file.read_text() + extra + "\n")
    with pytest.raises(DataError, match="2 problems") as caught:
        open_study(study)
    assert [problem.found for problem in caught.value.problems] == ["ghost", "ghost"]
    assert str(caught.value).count("ghost") == 1 and "and 1 more, column" in str(caught.value)


# Rules beyond the schema


def test_when_initiative_ends_before_it_starts_then_it_is_a_problem(study):
    edit(study, INITIATIVES, "1998,2002", "1998,1997")
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, 3, "end_year") and "1998" in problem.found


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [(",1998,2002,ended", ",1998,,ended", 3), (",1995,,ongoing", ",1995,1999,ongoing", 2)],
)
def test_when_end_status_and_end_year_differ_then_it_is_a_problem(study, old, new, row):
    edit(study, INITIATIVES, old, new)
    assert place(only_problem(study)) == (INITIATIVES, row, "end_year")


@pytest.mark.parametrize(
    ("whole", "found"),
    [("peace-team", "peace-team → peace-team"), ("peace-team-youth", "peace-team-youth → ")],
)
def test_when_parts_go_in_a_circle_then_it_is_told_once(study, whole, found):
    edit(study, INITIATIVES, "binational,initiative,,", f"binational,initiative,{whole},")
    problem = only_problem(study)
    assert problem.column == "part_of" and found in problem.found


def test_when_id_and_part_are_empty_then_that_is_no_circle(study):
    edit(study, INITIATIVES, "border-talks,", ",")
    assert {problem.column for problem in problems(study)} == {"id", "initiative_id"}


def test_when_initiative_has_no_source_then_it_is_a_problem(study):
    edit(study, SOURCES, "border-talks,1", "peace-team,3")
    problem = only_problem(study)
    assert place(problem) == (INITIATIVES, 4, "id") and "border-talks" in problem.found


def test_when_code_is_unknown_then_the_allowed_ones_are_told(study):
    edit(study, CODES, "focus,relationship", "focus,relations")
    problem = only_problem(study)
    assert place(problem) == (CODES, 3, "value") and problem.found == "relations"
    assert problem.allowed == "relationship, outcome, both"


def test_when_variable_is_unknown_then_the_allowed_ones_are_told(study):
    edit(study, CODES, "coder_1,issue", "coder_1,isue")
    missing, unknown = problems(study)
    assert place(unknown) == (CODES, 5, "variable") and unknown.found == "isue"
    assert "participants, focus" in unknown.allowed
    assert missing.found == "no issue (peace-team, coder_1)"


def test_when_code_is_of_the_other_part_then_it_is_a_problem(study):
    with (study / CODES).open("a") as stream:
        stream.write("peace-team,coder_1,theme,asymmetry\n")
    problem = only_problem(study)
    assert problem.column == "variable" and problem.found == "theme"


def test_when_single_variable_has_two_values_then_it_is_a_problem(study):
    with (study / CODES).open("a") as stream:
        stream.write("peace-team,coder_1,focus,both\n")
    assert only_problem(study).allowed == "one value of focus"


def test_when_value_does_not_stand_alone_then_it_is_a_problem(study):
    with (study / CODES).open("a") as stream:
        stream.write("peace-team,coder_1,transfer,briefings\n")
    problem = only_problem(study)
    assert place(problem) == (CODES, 7, "value") and "alone" in problem.allowed


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (CODES, "peace-team,coder_1,issue,culture_sport\n"),
        (STATEMENT_CODES, "talk-1999-s01,coder_2,valence,negative\n"),
    ],
)
def test_when_variable_is_not_coded_then_it_is_a_problem(study, path, code):
    edit(study, path, code, "")
    unit, coder, variable, _ = code.split(",")
    assert only_problem(study).found == f"no {variable} ({unit}, {coder})"


def test_when_codebook_renames_a_variable_then_each_coder_is_one_problem(study):
    text = (study / "codebook.csv").read_text()
    (study / "codebook.csv").write_text(text.replace("practitioners,valence", "practitioners,mood"))
    found = [problem.found for problem in problems(study)]
    assert found.count("valence") == 6 and len(found) == 9
    assert {"no mood (coder_1)", "no mood (coder_2)", "no mood (consensus)"} < set(found)


def test_when_coder_leaves_an_initiative_out_then_it_is_a_problem(study):
    rows = (study / CODES).read_text().splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("border-talks,coder_2,")]
    (study / CODES).write_text("".join(kept))
    assert only_problem(study).found == "coder_2 codes 2 of 3, not border-talks"


def test_when_there_is_no_consensus_then_it_is_a_problem(study):
    text = (study / STATEMENT_CODES).read_text()
    (study / STATEMENT_CODES).write_text(text.replace("consensus", "coder_3"))
    assert place(only_problem(study)) == (STATEMENT_CODES, None, "coder")


def test_when_variable_is_told_in_two_ways_then_it_is_a_problem(study):
    edit(study, "codebook.csv", "inventory,focus,no", "inventory,focus,yes")
    assert {problem.column for problem in problems(study)} == {"multiple"}


# All together


def test_when_much_is_wrong_then_everything_is_told(study):
    edit(study, INITIATIVES, ",1995,", ",1066,")
    edit(study, INITIATIVES, ",1998,2002", ",1998,1997")
    edit(study, SOURCES, "https://example.org/team", "ftp://example.org/team")
    edit(study, CODES, "focus,relationship", "focus,relations")
    (study / "article/claims.csv").write_text("id\nC1\n")
    found = [place(problem) for problem in problems(study)]
    assert found == [
        (INITIATIVES, 2, "start_year"),
        (INITIATIVES, 3, "end_year"),
        (CODES, 3, "value"),
        (SOURCES, 2, "url"),
        ("article/claims.csv", 1, "question, claim, measure, statistic, predicted"),
    ]


def test_when_problems_are_many_then_the_message_is_bounded():
    error = DataError(Problem("a.csv", row, f"{row}", "x", "z") for row in range(10_000))
    assert len(str(error).splitlines()) == MAX_PRINTED + 2
    assert "10,000 problems" in str(error) and "and 9,950 more" in str(error)


def test_when_a_whole_column_is_wrong_then_it_does_not_hide_what_else_is():
    flood = [Problem("a.csv", row, "x", f"{row}", "z") for row in range(2, 1_002)]
    lines = str(DataError([*flood, Problem("a.csv", 3, "y", "b", "c")])).splitlines()
    assert lines[0] == "1,001 problems in the data:" and len(lines) == MAX_OF_A_KIND + 3
    assert lines[-2:] == [
        "  a.csv, column x: 995 more such rows",
        "  a.csv, row 3, column y: found b; allowed: c",
    ]


def test_when_problem_is_shown_then_nothing_invisible_gets_through():
    problem = Problem("a.csv", 2, "x\x1b[2J", "red\x1b[31m\n\u202eevil" + "y" * 100, "z")
    assert str(problem).isprintable() and len(problem.found) < 120
    assert str(problem).startswith(
        "a.csv, row 2, column x\\x1b[2J: found red\\x1b[31m\\n\\u202eevil"
    )


ODD_CELLS = [
    *("", "a", "A1", "yes", "no", "Yes", "1", "0", "-3", "007", "1993", "2031", "199", "19930"),
    *("1947", "0x10", "1993-09-13", "1993-9-1", "1993-13-01", "1900-01-01", "a | b", "a|b"),
    *(
        "elite",
        "A",
        "ended",
        "binational",
        "https://example.org",
        "ftp://x",
        "c. 1995",
        "1995–2000",
    ),
    *("some words", "C1", "C0", "C12", "peace-team", "-peace"),
]


@pytest.mark.parametrize("table", [r["name"] for r in read_descriptor()["resources"]])
def test_when_a_cell_is_read_then_frictionless_reads_the_same(table):
    resource = next(r for r in read_descriptor()["resources"] if r["name"] == table)
    schema = frictionless.Schema.from_descriptor(resource["schema"])
    for said in resource["schema"]["fields"]:
        theirs, ours = schema.get_field(said["name"]).create_cell_reader(), reader_of(said)
        for cell in ODD_CELLS:
            value, notes = theirs(cell)
            value = tuple(value) if isinstance(value, list) else value
            assert ours(cell) == (value, next(iter(notes)) if notes else None), (said, cell)


@pytest.mark.parametrize("value", ["5", "007", "NA", "nan", "True", "1e5", "", " ", "null"])
def test_when_nothing_is_quoted_then_the_cells_are_those_of_quoted_ones(tmp_path, value):
    text = f"key,value\nx,{value}\ny,{value}\n"
    (tmp_path / "plain.csv").write_text(text)
    (tmp_path / "quoted.csv").write_text(text.replace("x,", '"x",'))
    names = ("key", "value")
    plain, quoted = (
        read_csv(tmp_path, Expected(f"{name}.csv", names, names)) for name in ("plain", "quoted")
    )
    assert plain.cells.astype(object).equals(quoted.cells.astype(object))
    assert not plain.problems and plain.complete
