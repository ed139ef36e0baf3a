"""The entries of the appendix: one each, text of the data stays text, addresses are of the web."""

import functools
import re

import pytest
from docutils import nodes
from docutils.parsers.rst import directives
from made_studies import published
from small_study import edit, write_small_study
from sphinx.directives.patches import Rubric
from test_tables import HOSTILE, render

from tracktwo import Frame, open_study
from tracktwo.chapters.catalogue import results as catalogue
from tracktwo.chapters.statements import results as statements
from tracktwo.telling import entries
from tracktwo.telling.links import LONGEST_URL, initiative_link, web_link
from tracktwo.telling.myst import END, ISOLATE

FRAME = Frame(borderline=False)
directives.register_directive("rubric", Rubric)  # as Sphinx does

PEACE_TEAM = """\
```{rubric} Peace Team
:heading-level: 3
:name: initiative-peace-team
```

1995, went on after 2004 · grassroots · binational · evidence grade A · inside the frame

They play together.

Codes
: *Participants:* Grassroots. *Focus:* Relationship. *Approach:* Psychological. *Issue:* Culture \
and sport. *Format:* Dialogue and encounter. *Transfer:* None documented. *Transfer planned:* Not \
documented

Coded otherwise
: *Focus:* Outcome (coder 2 of the first round)

Convenors
: Anna A.; Basil B.

Third party
: None named

Place
: Jerusalem

Its parts
: [Peace Team Youth](#initiative-peace-team-youth)

In doubt
: start year, focus

Found by
: First search; confirmed as it stood

Row in the data
: peace-team

Sources
: - [The Team](<https://example.org/team>). A Press, 1999
  - [More](<http://example.org/more?a=1>). B Press (*read in a copy on another site*)
"""
TALK = """\
```{rubric} A talk
:heading-level: 3
:name: document-talk-1999
```

1999 · Lecture · [A University](<https://example.org/talk>)

**Anna A.** · Israeli · level of practice: grassroots · Peace Team

(statement-talk-1999-s01)=
The sides are not equal.

Codes
: *Theme:* Asymmetry. *Question:* What failed. *Valence:* Negative

Found by
: First search; confirmed as it stood

Row in the data
: talk-1999-s01


**Basil B.** · Palestinian · level of practice: professional · Peace Team

(statement-talk-1999-s02)=
It works at the right moment only.

Codes
: *Theme:* Re-entry. *Question:* Transfer. *Transfer proposition:* Timing. *Proposition support:* \
Asserted. *Strategy planned:* Not planned. *Approach:* Psychological. *Valence:* Mixed

Coded otherwise
: *Strategy planned:* nothing (coder 1 of the first round)

Found by
: Search for transfer; not checked again

Row in the data
: talk-1999-s02
"""


@pytest.fixture
def folder(tmp_path):
    """Return a small data set in which a coder differs in one code of each part."""
    folder = write_small_study(tmp_path / "data")
    old = "peace-team,coder_2,focus,relationship"
    edit(folder, "inventory/codes.csv", old, old.replace("relationship", "outcome"))
    edit(folder, "practitioners/codes.csv", "talk-1999-s02,coder_1,strategy_planned,no\n", "")
    return folder


@functools.cache
def all_entries(study, frame=FRAME):
    rows, said = catalogue.all_initiatives(study, frame), statements.all_statements(study, frame)
    return {
        "initiative": [
            entry
            for level in catalogue.SECTIONS
            for entry in catalogue.entries_of(study, frame, rows, level)
        ],
        "document": [
            entry
            for kind in statements.SECTIONS
            for entry in statements.entries_of(study, frame, said, kind)
        ],
    }


def labels(texts, kind):
    return re.findall(rf"^(?::name: |\(){kind}-([^)\n]+)\)?=?$", "\n".join(texts), re.MULTILINE)


# Every row has its entry


@pytest.mark.parametrize("frame", [Frame(), Frame(grades=("A",), nested=False, coder="first_2")])
def test_when_the_appendix_is_made_then_every_row_has_one_entry(frame):
    study = published()
    made = all_entries(study, frame)
    for kind, table in [("initiative", study.initiatives), ("document", study.documents)]:
        assert sorted(labels(made[kind], kind)) == sorted(table["id"])
        assert len(made[kind]) == len(table)
    assert sorted(labels(made["document"], "statement")) == sorted(study.statements["id"])


def test_when_a_kind_of_document_exists_then_it_has_a_section():
    study = published()
    assert set(statements.SECTIONS) == set(study.documents["event_kind"].cat.categories)


def test_when_an_entry_names_sources_then_all_of_the_row_are_named():
    study = published()
    made = "\n".join(all_entries(study, Frame())["initiative"])
    linked = study.sources["url"].dropna()
    assert made.count("](<http") == len(linked)
    assert made.count("read in a copy on another site") == (study.sources["copy"] == "mirror").sum()
    unread = (study.sources["access"] == "bibliographic").sum()
    assert made.count("not read, known from its record") == unread


def test_when_names_are_listed_then_each_is_there_once_from_a_to_z():
    rows = catalogue.all_initiatives(published(), Frame())
    text = catalogue.index_by_name(rows)
    linked = re.findall(r"\(#initiative-([^)]+)\)", text)
    assert sorted(linked) == sorted(rows.index)
    letters = re.findall(r"^\*\*(\w+)\*\*", text, re.MULTILINE)
    assert letters == sorted(set(letters))


# What an entry says


def test_when_a_small_study_is_told_then_its_entries_are_these(folder):
    made = all_entries(open_study(folder))
    assert made["initiative"][-1] == PEACE_TEAM
    assert made["document"] == [TALK]


@pytest.mark.parametrize(
    ("coder", "words"),
    [
        ("first_2", "coder 2 of the first round"),
        ("coder_1", "coder 1 of the second round"),
        ("consensus", "consensus"),
        ("rivera", "rivera"),
        ("nobody_7", "nobody 7"),
    ],
)
def test_when_a_coder_is_named_then_readers_see_words(coder, words):
    assert published().coder_label(coder) == words


def test_when_entries_are_shown_then_whoever_opens_the_notebook_reads_them_too(monkeypatch):
    shown = []
    monkeypatch.setattr(entries, "display", lambda page, raw: shown.append(page))
    entries.show_entries([PEACE_TEAM, TALK])
    (page,) = shown
    assert page["text/markdown"].startswith(PEACE_TEAM)
    said = page["text/html"]
    assert "<dd>First search; confirmed as it stood</dd>" in said
    assert not re.search(r"\{rubric|:name:|^: |statement-talk-1999-s01\)=", said, re.MULTILINE)


def test_when_an_initiative_is_outside_the_frame_then_it_says_why(folder):
    (youth,) = [e for e in all_entries(open_study(folder))["initiative"] if "Youth\n" in e]
    assert " · borderline · evidence grade B · outside the frame\n" in youth
    assert "Why outside\n: The frame takes only rows not borderline\n" in youth
    assert "Part of\n: [Peace Team](#initiative-peace-team)\n" in youth


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1995,1997,ended", "1995–1997"),
        ("1995,1995,ended", "1995"),
        ("1995,,unknown", "1995, end unknown"),
        (",1997,ended", "start unknown, until 1997"),
        (",,ongoing_after_2004", "start unknown, went on after 2004"),
    ],
)
def test_when_years_are_known_in_part_then_the_rest_is_said_to_be_unknown(folder, row, words):
    edit(folder, "inventory/initiatives.csv", "1995,,ongoing_after_2004", row)
    text = "\n".join(all_entries(open_study(folder))["initiative"])
    assert f"\n{words} · grassroots · " in text


def test_when_tables_are_summed_then_groups_add_up_to_all():
    study = published()
    tables = [
        catalogue.summary_table(catalogue.all_initiatives(study, Frame())),
        statements.summary_table(statements.all_statements(study, Frame()))[
            ["Kind of document", "Documents", "Statements", "Seen again"]
        ],
    ]
    for table in tables:
        numbers = table.iloc[:, 1:]
        assert (numbers.iloc[:-1].sum() == numbers.iloc[-1]).all()


# Text of the data stays text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_when_text_is_hostile_then_it_prints_as_it_is_and_does_nothing(text):
    shown = entries.cut(text)
    document = render(
        "\n\n".join(
            [
                entries.heading(text, "initiative-x"),
                entries.text(text),
                entries.facts(
                    [("Note", entries.text(text)), ("Sources", [entries.text(text)] * 2)]
                ),
                initiative_link("x", shown),
                f"(statement-y)=\n{entries.text(text)}",
            ]
        )
    )
    printed = {" ".join(shown.split())}
    texts = [*document.findall(nodes.paragraph), *document.findall(nodes.rubric)]
    assert {without_isolates(node.astext()) for node in texts} == printed
    assert len(texts) == 7
    found = {node.tagname for node in document.findall()}
    assert not found & {"raw", "image", "system_message", "problematic", "literal", "comment"}
    assert [node["refid"] for node in document.findall(nodes.reference)] == ["initiative-x"]


def without_isolates(text):
    """Return the text without the signs of which site and PDF make an element."""
    return text.translate({ord(ISOLATE): None, ord(END): None})


def test_when_a_cell_is_huge_then_its_entry_is_not(folder):
    edit(folder, "inventory/initiatives.csv", "They play together.", "word " * 3_900 + "word")
    text = all_entries(open_study(folder))["initiative"][-1]
    assert "word … (cut)" in text and len(text) < 5_000


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:",
        "http:///x",
        "ftp://example.org",
        " https://example.org",
        "https://[broken",
        f"https://example.org/{'x' * LONGEST_URL}",
        "",
        float("nan"),
    ],
)
def test_when_an_address_is_none_of_the_web_then_there_is_no_link(address):
    assert web_link(address, "A [page]") == r"A \[page\]"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1&c=2&copy=3#d",
        "https://example.org/a_(b)_*c*",
        "https://example.org/%D7%A9?x=a+b",
        "https://web.archive.org/web/2001/http:/x.org/",
    ],
)
def test_when_an_address_is_linked_then_it_arrives_as_it_is(address):
    (link,) = render(web_link(address, "there")).findall(nodes.reference)
    # MyST-Parser escapes & once too often; tracktwo.book.site.mended undoes it on the site.
    assert link["refuri"].replace("&amp;", "&") == address


@pytest.mark.parametrize("sign", ["`", "|", "{", "}", ">", "<", '"', "\\", " ", "\n", "שלום"])
def test_when_an_address_holds_odd_signs_then_they_are_encoded(sign):
    (link,) = render(web_link(f"https://example.org/{sign}x", "there")).findall(nodes.reference)
    assert re.fullmatch(r"https://example\.org/(%[0-9A-F]{2})+x", link["refuri"])
