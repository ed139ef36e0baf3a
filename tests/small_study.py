"""A tiny valid data set, to be broken or changed in one place at a time.

`write_small_study(folder)` writes it; `edit(folder, path, old, new)` changes one piece of a file.
It takes the repository's codebook, so that its codes are those of the book.
"""

# ruff: noqa: E501 - the tables are lines of CSV

import csv
import io
import shutil

from tracktwo.ground import paths

CODERS = ("coder_1", "coder_2", "consensus")
INVENTORY = {
    "peace-team": "participants=grassroots focus=relationship approach=psychological issue=culture_sport "
    "format=dialogue_encounter transfer=none_documented transfer_planned=not_documented",
    "peace-team-youth": "participants=grassroots participants=professional focus=both approach=psychological "
    "approach=capacity_building issue=youth format=youth_camp transfer=multipliers transfer_planned=partial",
    "border-talks": "participants=elite focus=outcome approach=realistic_interest issue=borders_security "
    "format=problem_solving_workshop transfer=insiders transfer=briefings transfer_planned=yes",
}
STATEMENTS = {
    "talk-1999-s01": "theme=asymmetry question=what_failed valence=negative",
    "talk-1999-s02": "theme=reentry question=transfer valence=mixed approach=psychological "
    "transfer_proposition=timing_ripeness proposition_support=asserted strategy_planned=no",
}
TABLES = {
    "inventory/initiatives.csv": """\
id,name,start_year,end_year,end_status,convenors,third_party,third_party_type,scope,unit,part_of,borderline,location,summary,evidence_grade,source_check,wave,uncertain,note
peace-team,Peace Team,1995,,ongoing_after_2004,Anna A. | Basil B.,,none,binational,initiative,,no,Jerusalem,They play together.,A,confirmed,first,start_year | focus,
peace-team-youth,Peace Team Youth,1998,2002,ended,Anna A.,A Foundation,foundation,binational,initiative,peace-team,yes,,"Young people, in camps.",B,corrected,gap,,Small
border-talks,Border Talks,,,unknown,,A University,academic,regional,initiative,,no,Oslo,Experts talk about borders.,C,not_checked,first,start_year,
""",
    "inventory/sources.csv": """\
initiative_id,source_no,title,author_or_publisher,year,url,copy,access,supports
peace-team,1,The Team,A Press,1999,https://example.org/team,original,read,name | start_year | focus
peace-team,2,More,B Press,,http://example.org/more?a=1,mirror,read,summary
peace-team-youth,1,Youth,A Press,2003,https://example.org/youth,original,read,name
border-talks,1,A book,C Press,2001,,,bibliographic,name
""",
    "practitioners/documents.csv": """\
id,title,event_kind,year,year_approximate,venue_or_publisher,url,note
talk-1999,A talk,lecture,1999,no,A University,https://example.org/talk,
""",
    "practitioners/speakers.csv": """\
document_id,speaker,side,organisation,practice_level
talk-1999,Anna A.,israeli,Peace Team,grassroots
talk-1999,Basil B.,palestinian,Peace Team,professional
""",
    "practitioners/statements.csv": """\
id,document_id,speaker,seq,paraphrase,source_check,wave
talk-1999-s01,talk-1999,Anna A.,1,The sides are not equal.,confirmed,first
talk-1999-s02,talk-1999,Basil B.,2,It works at the right moment only.,not_checked,transfer
""",
    "article/facts.csv": """\
key,value,unit,statement
n_projects,79,projects,Projects in all
first_year,1992,year,First year
last_year,2004,year,Last year
""",
    "article/claims.csv": """\
id,question,claim,evidence_in_article,measure,statistic,predicted
C1,How?,More of these.,inventory,Share of these minus share of those.,difference of shares,> 0
""",
    "context/timeline.csv": """\
date,event,kind,source_title,source_publisher,source_url
1993-09-13,Declaration of Principles,agreement,A chronology,A Press,https://example.org/time
""",
    "context/history.csv": """\
id,years,theme,fact,source_title,source_publisher,source_year,source_url,seen,note
money-1995,1995–2000,money,Some money was given.,A report,A Press,2001,https://example.org/money,opening,
""",
}


def write_small_study(folder):
    """Write the data set into `folder`, which may not be there yet, and return it."""
    for path, text in TABLES.items():
        _write(folder / path, text)
    _write(folder / "inventory/codes.csv", _codes("initiative_id", INVENTORY))
    _write(folder / "practitioners/codes.csv", _codes("statement_id", STATEMENTS))
    shutil.copyfile(paths.DATA / "codebook.csv", folder / "codebook.csv")
    return folder


def edit(folder, path, old, new):
    """Put `new` where `old` first stands in the file at `path`; fail if it is not there."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def _codes(key, codes):
    """Give every coder the same codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([key, "coder", "variable", "value"])
    for unit, said in codes.items():
        for coder in CODERS:
            writer.writerows([unit, coder, *code.split("=")] for code in said.split())
    return out.getvalue()


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
