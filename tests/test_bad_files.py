"""Files of a data set that something went wrong with: one cause, one line, with file and row."""

import codecs
import io
import json
import zipfile

import pytest
from small_study import edit, write_small_study

from tracktwo import DataError, open_study
from tracktwo.ground import paths

INITIATIVES = "inventory/initiatives.csv"
TEXT = "text without line breaks, tabs, control characters and hidden marks"


@pytest.fixture
def study(tmp_path):
    return write_small_study(tmp_path / "study")


def told(folder):
    """Return the lines of the message, without the first, which counts."""
    with pytest.raises(DataError) as caught:
        open_study(folder)
    first, *lines = str(caught.value).splitlines()
    assert first.endswith("in the data:") and all(line.isprintable() for line in lines)
    return [line.strip() for line in lines]


def workbook(_):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


def header(change):
    """Return a change of the header alone."""

    def changed(content):
        first, rest = content.split(b"\n", 1)
        return change(first.decode()).encode() + b"\n" + rest

    return changed


WHOLE = {
    "semicolons": (lambda c: c.replace(b",", b";"), "row 1: found cells separated by semicolons"),
    "tabs": (lambda c: c.replace(b",", b"\t"), "row 1: found cells separated by tabs"),
    "bars": (lambda c: c.replace(b",", b"|"), "row 1: found cells separated by bars (|)"),
    "semicolons and quotes": (
        lambda c: b'"' + c.replace(b",", b'";"').replace(b"\n", b'"\n"') + b'"',
        "row 1: found cells separated by semicolons",
    ),
    "a line for Excel": (
        lambda c: b"sep=;\n" + c.replace(b",", b";"),
        "row 1: found sep=;, a line for Excel; allowed: the names of the columns in row 1",
    ),
    "rows in quotes": (
        lambda c: b"".join(b'"%s"\n' % line.replace(b'"', b'""') for line in c.splitlines()),
        "row 1: found each row as one cell in quotes; allowed: a cell a column, with commas",
    ),
    "utf-16": (lambda c: c.decode().encode("utf-16"), ": found UTF-16 text; allowed: UTF-8 text"),
    "utf-16 big-endian": (
        lambda c: codecs.BOM_UTF16_BE + c.decode().encode("utf-16-be"),
        ": found UTF-16 text; allowed: UTF-8 text",
    ),
    "utf-16 without a mark": (
        lambda c: c.decode().encode("utf-16-le"),
        ": found UTF-16 text, or no text at all; allowed: UTF-8 text",
    ),
    "utf-32": (lambda c: c.decode().encode("utf-32"), ": found UTF-16 text; allowed: UTF-8 text"),
    "windows-1252": (
        lambda c: c.decode().replace("Team", "Tëam").encode("cp1252"),
        "row 2: found byte 0xeb (ë in Windows-1252); allowed: UTF-8 text",
    ),
    "windows-1255, old line ends": (
        lambda c: c.decode().replace("Team,", "שלום,").replace("\n", "\r").encode("cp1255"),
        "row 2: found byte 0xf9 (ù in Windows-1252); allowed: UTF-8 text",
    ),
    "a workbook": (
        workbook,
        ": found an Excel workbook, or another zip archive; allowed: CSV text",
    ),
    "an old workbook": (
        lambda c: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + c,
        ": found an Excel workbook of the old kind; allowed: CSV text",
    ),
    "a compressed file": (lambda c: b"\x1f\x8b" + c, ": found a compressed file; allowed: CSV"),
    "a PDF": (lambda c: b"%PDF-1.7" + c, ": found a PDF; allowed: CSV text"),
    "zero bytes": (lambda c: bytes(len(c)), ": found nothing but zero bytes, as after a crash"),
    "empty": (lambda c: b"", ": found an empty file; allowed: a header and at least one row"),
    "capitals": (
        header(str.upper),
        "found another spelling; allowed: id, name, start_year, end_year",
    ),
    "words with blanks": (
        header(lambda h: h.replace("_", " ").title()),
        "row 1, column Id, Name, Start Year, End Year",
    ),
    "one name with a blank": (
        header(lambda h: h.replace("start_year", "Start Year ")),
        "row 1, column Start Year : found another spelling; allowed: start_year",
    ),
    "no header": (
        lambda c: c.split(b"\n", 1)[1],
        "row 1: found a first row of other words: peace-team, Peace Team, 1995",
    ),
    "other columns": (
        header(lambda h: ",".join(f"x{n}" for n in range(h.count(",") + 1))),
        "row 1: found a first row of other words: x0, x1",
    ),
    "columns cut off": (
        lambda c: b"".join(b",".join(line.split(b",")[:2]) + b"\n" for line in c.splitlines()),
        "row 1, column start_year: found no such column",
    ),
    "empty columns at the end": (
        lambda c: c.replace(b"\n", b",,,\n"),
        "row 1, column (no name): found an extra column, 3 times",
    ),
    "a row twice": (
        lambda c: c + c.splitlines()[1] + b"\n",
        "row 5, column id: found the key of row 2 again: peace-team; allowed: each key once",
    ),
    "rows cut short": (
        lambda c: c.replace(b",Jerusalem", b"", 1).replace(b",Oslo", b"", 1),
        "row 2 and 1 more: found ",
    ),
    "an open quote": (
        lambda c: c.replace(b"They play", b'"They play'),
        "row 2: found broken quoting",
    ),
    "merge signs": (
        lambda c: c.replace(b"border-talks", b"<<<<<<< HEAD\nborder-talks", 1),
        "row 4: found 1 cells; allowed: ",
    ),
}


@pytest.mark.parametrize(("change", "said"), WHOLE.values(), ids=WHOLE)
def test_when_a_whole_file_is_wrong_then_its_one_cause_is_told(study, change, said):
    file = study / INITIATIVES
    file.write_bytes(change(file.read_bytes()))
    (line,) = told(study)
    assert line.startswith(INITIATIVES) and said in line


def test_when_all_files_have_semicolons_then_it_is_one_line(study):
    for file in study.rglob("*.csv"):
        file.write_text(file.read_text().replace(",", ";"))
    (line,) = told(study)
    assert line.startswith("12 files (inventory/initiatives.csv, inventory/codes.csv, ")
    assert ": found cells separated by semicolons (;); allowed: cells separated by commas" in line


def test_when_a_file_holds_another_table_then_that_is_the_one_thing_said(study):
    (study / "inventory/codes.csv").write_bytes((study / "inventory/sources.csv").read_bytes())
    (line,) = told(study)
    assert line.startswith(
        "inventory/codes.csv, row 1: found the columns of inventory/sources.csv; allowed: those of"
    )


@pytest.mark.parametrize("path", ["codebook.csv", "inventory/codes.csv"])
def test_when_a_file_cannot_be_read_then_what_rests_on_it_is_not_blamed(study, path):
    copy = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    copy["resources"] = [{"name": "codes", "coding": {"rounds": {"a": ["coder_1", "coder_2"]}}}]
    (study / "datapackage.json").write_text(json.dumps(copy), encoding="utf-8")
    file = study / path
    file.write_text(file.read_text().replace(",", ";"))
    (line,) = told(study)
    assert line.startswith(f"{path}, row 1: found cells separated by semicolons")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_when_a_file_was_saved_in_another_encoding_again_then_it_is_one_line(study, encoding):
    edit(study, INITIATIVES, "They play together.", "Flüsse führen schöne Brücken für Könige.")
    file = study / INITIATIVES
    file.write_bytes(file.read_bytes().decode(encoding).encode())
    (line,) = told(study)
    assert line.startswith(f"{INITIATIVES}: found UTF-8 that was read as Windows-1252 and saved")


SIGNS = {
    "\0": "U+0000 (a zero byte)",
    "\x07": "U+0007 (a control character)",
    "\t": "U+0009 (a tab)",
    "\x1b": "U+001B (a control character)",
    "\x7f": "U+007F (a control character)",
    "\x85": "U+0085 (a control character)",
    "\u2028": "U+2028 (line separator)",
    "\u202a": "U+202A (left-to-right embedding)",
    "\u202e": "U+202E (right-to-left override)",
    "\u2066": "U+2066 (left-to-right isolate)",
    "\u2069": "U+2069 (pop directional isolate)",
    "\ufdd0": "U+FDD0 (a noncharacter)",
    "\ufeff": "U+FEFF (a byte order mark inside the text)",
    "\ufffd": "U+FFFD (a sign that text was lost in a conversion)",
    "\ufffe": "U+FFFE (a noncharacter)",
    "\uffff": "U+FFFF (a noncharacter)",
    "\U0001fffe": "U+1FFFE (a noncharacter)",
    "\U0010ffff": "U+10FFFF (a noncharacter)",
}


@pytest.mark.parametrize(
    ("sign", "name"), SIGNS.items(), ids=[s.split()[0] for s in SIGNS.values()]
)
def test_when_a_character_is_never_text_then_row_column_and_code_point_are_told(study, sign, name):
    edit(study, INITIATIVES, "They play", f"They{sign} play")
    place = f"{INITIATIVES}, row 2, column summary"
    assert told(study) == [f"{place}: found {name} as character 5; allowed: {TEXT}"]


@pytest.mark.parametrize(
    ("half", "name"), [(b"\xed\xa0\x80", "U+D800"), (b"\xed\xbf\xbf", "U+DFFF")]
)
def test_when_half_a_character_is_written_then_row_and_code_point_are_told(study, half, name):
    file = study / INITIATIVES
    file.write_bytes(file.read_bytes().replace(b"They play", b"They play" + half))
    (line,) = told(study)
    assert line.startswith(f"{INITIATIVES}, row 2: found {name} (half a character: a lone")


@pytest.mark.parametrize(
    "sign",
    ["שׁ", "ﷺ", "ک\u200cن", "۱", "和", "e\u0301", "\u200f", "\u200e", "\u00ad"],
)
def test_when_a_character_is_of_a_script_that_the_fonts_have_then_it_is_taken(study, sign):
    edit(study, INITIATIVES, "They play", f"They {sign} play")
    assert open_study(study).initiatives["summary"][0] == f"They {sign} play together."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no json", "found line 1, character 1: Expecting value"),
        ("[]", "found TypeError"),
        ("{}", "found KeyError: 'resources'"),
        ('{"resources": [1]}', "found TypeError"),
        ("[" * 100_000, "found RecursionError"),
        ('{"resources": [{"name": "codes", "coding": {"rounds": 1}}]}', "found 1; allowed: names"),
        (
            '{"resources": [{"name": "codes", "coding": {"rounds": {"a": ["coder_1", "bob"]}}}]}',
            "allowed: two different coders of the table (coder_1, coder_2, consensus)",
        ),
        (
            '{"resources": [{"name": "codes", "coding": {"rounds": '
            '{"\\ud800": ["coder_1", "coder_2"]}}}]}',
            "found U+D800 (a lone surrogate) as character 1; allowed: names of rounds in letters",
        ),
    ],
)
def test_when_the_study_describes_itself_wrongly_then_it_is_told(study, content, said):
    (study / "datapackage.json").write_text(content)
    (line,) = told(study)
    assert line.startswith("datapackage.json") and said in line


@pytest.mark.parametrize("spoilt", ["cafÃ©", "Â«", "1992â€“2004", "Ã¼ber"])
def test_when_utf_8_was_read_as_windows_1252_then_the_first_sign_of_it_is_told(study, spoilt):
    edit(study, INITIATIVES, "They play", f"They play {spoilt}")
    (line,) = told(study)
    assert f"{INITIATIVES}, row 2, column summary: found " in line
    assert "(UTF-8 once read as Windows-1252)" in line
