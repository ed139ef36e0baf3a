"""REFI-QDA: the codebook and a sample go out, a person's codes come back.

The published schema is not vendored, as its licence is unclear. What is written is held against
`CODE` and the functions below, read by hand off a copy of that schema.
"""

import io
import re
import uuid
import zipfile
from xml.etree import ElementTree

import pytest
from made_studies import published
from small_study import write_small_study

from tracktwo import Frame, open_study
from tracktwo.__main__ import main
from tracktwo.analysis.sample import sample_of
from tracktwo.book.refi.archive import read_project
from tracktwo.book.refi.codes import CODEBOOK, guid
from tracktwo.book.refi.read import read_codes
from tracktwo.book.refi.write import PROJECT, write_codebook, write_sample

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CODE = {
    "required": {"guid", "name", "isCodable"},
    "allowed": {"guid", "name", "isCodable", "color"},
}
CALL = 'Some <b>bold</b> & "quoted" \u05e9\u05dc\u05d5\u05dd'


def check_codes(codes, space):
    """Assert that ``Codes`` is as the standard says: codes in codes, a description first."""
    assert codes.tag == f"{{{space}}}Codes" and len(codes) > 0 and not codes.attrib
    seen = set()
    for code in codes.iter(f"{{{space}}}Code"):
        assert CODE["required"] <= set(code.attrib) <= CODE["allowed"]
        assert GUID.fullmatch(code.get("guid")) and code.get("isCodable") in ("true", "false")
        names = [child.tag.removeprefix(f"{{{space}}}") for child in code]
        assert names in ([], ["Description"]) or names == ["Description"] + ["Code"] * (
            len(names) - 1
        )
        seen.add(code.get("guid"))
    assert len(seen) == len([*codes.iter(f"{{{space}}}Code")])


def coded(file, target, codings, users=(), passages=True):
    """Write the project at `file` to `target` with codings, as a program would export it."""
    with zipfile.ZipFile(file) as box:
        entries = {name: box.read(name) for name in box.namelist()}
    root = ElementTree.fromstring(entries["project.qde"])
    if users:
        above = ElementTree.Element(f"{{{PROJECT}}}Users")
        for name in users:
            ElementTree.SubElement(above, f"{{{PROJECT}}}User", guid=guid(name), name=name)
        root.insert(0, above)
    for n, (key, code) in enumerate(codings):
        source = root.find(f".//{{{PROJECT}}}TextSource[@name='{key}']")
        at = source
        if passages:
            place = {"startPosition": "0", "endPosition": "5", "guid": str(uuid.uuid4())}
            at = ElementTree.SubElement(source, f"{{{PROJECT}}}PlainTextSelection", place)
        by = {"creatingUser": guid(users[n % len(users)])} if users else {}
        coding = ElementTree.SubElement(at, f"{{{PROJECT}}}Coding", guid=str(uuid.uuid4()), **by)
        ElementTree.SubElement(coding, f"{{{PROJECT}}}CodeRef", targetGUID=code)
    entries["project.qde"] = ElementTree.tostring(root)
    return packed(target, entries)


def packed(target, entries):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in entries.items():
            box.writestr(name, content)
    return target


@pytest.fixture
def sample(tmp_path):
    write_sample(published(), "initiatives", 3, 5, tmp_path / "sample.qdpx")
    return tmp_path / "sample.qdpx"


@pytest.mark.parametrize(
    ("what", "part"), [("initiatives", "inventory"), ("statements", "practitioners")]
)
def test_when_a_codebook_is_written_then_it_is_what_the_standard_says(tmp_path, what, part):
    write_codebook(published(), what, tmp_path / "book.qdc")
    root = ElementTree.parse(tmp_path / "book.qdc").getroot()
    assert root.tag == f"{{{CODEBOOK}}}CodeBook" and set(root.attrib) <= {"origin"}
    (codes,) = root
    check_codes(codes, CODEBOOK)
    book = published().codebook.query("part == @part")
    labels = [c.get("name") for c in codes.iter() if c.get("isCodable") == "true"]
    assert labels == book["label"].tolist()
    assert [c.get("isCodable") for c in codes] == ["false"] * book["variable"].nunique()


def test_when_labels_hold_signs_of_xml_then_they_arrive_as_they_are(tmp_path):
    folder = write_small_study(tmp_path / "made")
    text = (folder / "codebook.csv").read_text("utf-8")
    named = text.replace(
        ",Psychological,", ',"Some <b>bold</b> & ""quoted"" \u05e9\u05dc\u05d5\u05dd",', 1
    )
    (folder / "codebook.csv").write_text(named, encoding="utf-8")
    write_codebook(open_study(folder), "initiatives", tmp_path / "book.qdc")
    root = ElementTree.parse(tmp_path / "book.qdc").getroot()
    assert CALL in [code.get("name") for code in root.iter()]


def test_when_a_sample_is_written_then_each_row_is_a_text_without_codes(sample):
    root = read_project(sample)
    assert root.tag == f"{{{PROJECT}}}Project" and root.get("name")
    book, sources = root
    assert [book.tag, sources.tag] == [f"{{{PROJECT}}}CodeBook", f"{{{PROJECT}}}Sources"]
    check_codes(book[0], PROJECT)
    wanted = sample_of(published(), Frame(), "initiatives", 3, 5)
    assert [source.get("name") for source in sources] == wanted
    with zipfile.ZipFile(sample) as box:
        for source in sources:
            assert set(source.attrib) == {"guid", "name", "plainTextPath"}
            assert source.get("plainTextPath") == f"internal://{source.get('guid')}.txt"
            text = box.read(f"sources/{source.get('guid')}.txt").decode("utf-8")
            row = published().initiatives.set_index("id").loc[source.get("name")]
            assert " ".join(row["summary"].split()) in text
            assert "evidence_grade" not in text and str(row["note"]) not in text


@pytest.mark.parametrize("passages", [True, False])
def test_when_a_sample_comes_back_coded_then_add_coder_takes_it(sample, tmp_path, capsys, passages):
    ids = sample_of(published(), Frame(), "initiatives", 3, 5)
    given = [(key, guid("inventory", "focus", "both")) for key in ids]
    given += [(ids[0], guid("inventory", "issue", value)) for value in ("youth", "women")] * 2
    given += [(ids[1], guid("inventory", "focus"))]  # a variable is no code
    file = coded(sample, tmp_path / "coded.qdpx", given, ("Rivera",), passages)
    target = tmp_path / "codes.csv"
    assert main(["import-qda", str(file), "--coder", "rivera", "--output", str(target)]) == 0
    assert "left out 1 codings of codes" in capsys.readouterr().out
    folder = tmp_path / "data"
    _copy_published(folder)
    assert main(["add-coder", str(target), "rivera", "--data", str(folder)]) == 0
    codes = open_study(folder).codes.query("coder == 'rivera'")
    assert set(codes["initiative_id"]) == set(ids) and len(codes) == len(ids) + 2


def _copy_published(folder):
    from tracktwo.book.site.downloads import data_files
    from tracktwo.ground import paths

    for name, file in [
        *data_files(paths.DATA),
        ("data/datapackage.json", paths.DATA / "datapackage.json"),
    ]:
        target = folder / name.removeprefix("data/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())


def test_when_a_program_gives_codes_other_identifiers_then_names_are_enough(sample, tmp_path):
    ids = sample_of(published(), Frame(), "initiatives", 3, 5)
    file = coded(sample, tmp_path / "coded.qdpx", [(ids[0], guid("inventory", "focus", "both"))])
    with zipfile.ZipFile(file) as box:
        text = box.read("project.qde").decode("utf-8")
    other = {at: "{" + str(uuid.uuid4()).upper() + "}" for at in set(GUID_ANY.findall(text))}
    for at, new in other.items():
        text = text.replace(at, new)
    text = text.replace(f'name="{ids[0]}"', f'name="{ids[0]}.txt"')
    text = text.replace(PROJECT, "urn:QDA-XML:project:2.0").replace('name="Focus"', 'name="FOCUS "')
    given = read_codes(packed(tmp_path / "other.qdpx", {"project.qde": text}), published())
    assert given.codes == [(ids[0], "focus", "both")] and given.part == "inventory"


GUID_ANY = re.compile(GUID.pattern.replace("(-", "(?:-"))


def test_when_two_people_coded_one_project_then_it_is_refused_by_name(sample, tmp_path):
    ids = sample_of(published(), Frame(), "initiatives", 3, 5)
    given = [(key, guid("inventory", "focus", "both")) for key in ids]
    file = coded(sample, tmp_path / "coded.qdpx", given, ("Rivera", "Haddad"))
    with pytest.raises(ValueError, match=r"codings by Haddad, Rivera; allowed: by one person"):
        read_codes(file, published())


def test_when_nothing_of_the_data_is_coded_then_it_is_said(sample):
    with pytest.raises(ValueError, match="found 0 codings"):
        read_codes(sample, published())


# Projects that may do harm

BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Project>&b;</Project>"""
OUTSIDE = b'<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project>&a;</Project>'
DEEP = b"<a>" * 5_000 + b"</a>" * 5_000


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ({"project.qde": BOMB}, "a document type declaration"),
        ({"project.qde": OUTSIDE}, "a document type declaration"),
        ({"project.qde": DEEP}, "elements deeper than 200"),
        ({"project.qde": b"<a>"}, "no element found"),
        ({"project.qde": b"<a>" + b" " * 30_000_000 + b"</a>"}, "that unpack to 30,000,007"),
        ({"project.qde": b"<a/>", "../../evil.txt": b""}, "the path ../../evil.txt"),
        ({"project.qde": b"<a/>", "..\\evil.txt": b""}, "the path"),
        ({"project.qde": b"<a/>", "/etc/evil": b""}, "the path /etc/evil"),
        ({"project.qde": b"<a/>", "C:\\evil": b""}, "the path"),
        ({"other.xml": b"<a/>"}, "0 files project.qde"),
        ({"project.qde": b"<a/>"} | {f"f{n}": b"" for n in range(20_000)}, "20,001 files"),
    ],
    ids="bomb outside deep broken unpacks up backslash root drive none many".split(),  # noqa: SIM905
)
def test_when_a_project_may_do_harm_then_it_is_one_message(tmp_path, entries, found):
    file = packed(tmp_path / "bad.qdpx", entries)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match=re.escape(found)) as caught:
        read_project(file)
    assert str(caught.value).startswith("bad.qdpx: ") and "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_when_a_file_is_no_project_or_lies_about_its_size_then_it_is_one_message(tmp_path, capsys):
    file = tmp_path / "bad.qdpx"
    file.write_bytes(b"no zip")
    assert main(["import-qda", str(file), "--coder", "rivera"]) == 2
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as project:
        project.writestr("project.qde", b"<a>" + b" " * 90_000 + b"</a>")
    size = (90_007).to_bytes(4, "little")
    file.write_bytes(box.getvalue().replace(size, (10).to_bytes(4, "little")))
    assert main(["import-qda", str(file), "--coder", "rivera"]) == 2
    assert main(["import-qda", str(tmp_path / "none.qdpx"), "--coder", "rivera"]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert (
        len(said) == 3 and "found File is not a zip file" in said[0] and "No such file" in said[2]
    )
