"""Whoever coded: nobody but the consensus, one coder, a pair by any name, three rounds.

The chapters that compare coders are run cell by cell, as their notebooks stand, on made studies
in which every initiative has every approach: what C8 says then hangs on the coders alone.
"""

import csv
import functools
import json
import re

import pytest
from made_studies import ALWAYS, write_planted_study
from recoded import check_all
from run_chapter import make_quick, run_chapter

from tracktwo import Frame, open_study
from tracktwo.analysis.rounds import TENTATIVE, agreement_by_code, agreement_by_variable
from tracktwo.analysis.rounds import rounds as round_names
from tracktwo.chapters.evidence import results as evidence
from tracktwo.chapters.transfer import results as transfer
from tracktwo.chapters.trust import results as trust
from tracktwo.claims.claims import test_claim as claim_result
from tracktwo.data.validation.rounds import DESCRIPTOR
from tracktwo.drawing.agreement import plot_agreement
from tracktwo.ground import paths

FRAME = Frame()
STARTS = [(year, level) for year in range(1996, 2004) for level in ("elite", "grassroots")]
APPROACHES = ("psychological", "constructivist", "capacity_building", "realistic_interest")
CODES = " ".join([ALWAYS, *(f"approach={approach}" for approach in APPROACHES[1:])])
NAMES = ("verdicts", "coders", "typology", "robustness", "trust")
CHAPTERS = {name: paths.CHAPTERS / f"{name}.ipynb" for name in NAMES}
CHAPTERS |= {"index": paths.ROOT / "index.ipynb"}


def write(folder, *coders, rounds=None):
    """Write a data set that only `coders` coded, the consensus among them."""
    write_planted_study(folder, STARTS, coders=coders, codes=CODES)
    _vary(folder / "inventory/codes.csv")
    file = folder / "practitioners/codes.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        said = [row for row in csv.DictReader(opened) if row["coder"] == "consensus"]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, said[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"coder": coder} for coder in coders for row in said)
    if rounds is not None:
        tables = [{"name": "codes", "coding": {"rounds": rounds}}]
        text = json.dumps({"resources": tables})
        (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
    return folder


def _vary(file):
    """Take one approach, by turns, from every other initiative: alpha needs codes that differ."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    dropped = {f"made-{n:03}": APPROACHES[n // 2 % 4] for n in range(0, len(STARTS), 2)}
    kept = [x for x in lines if dropped.get(x.split(",")[0]) != x.rstrip().rpartition(",")[2]]
    file.write_text("".join(kept), encoding="utf-8")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that runs the chapters on a data set; what each tells, shows, tables."""

    def run_all(*coders):
        folder = tmp_path_factory.mktemp("coders")
        data, found = write(folder / "made", *coders), {}
        with pytest.MonkeyPatch.context() as patch:
            make_quick(patch)
            for name, file in CHAPTERS.items():
                found[name] = run_chapter(patch, file, data, folder / "figures")
        return found

    return functools.cache(run_all)


# The chapters


@pytest.mark.parametrize("coders", [("anna", "consensus"), ("anna", "ben", "consensus")])
def test_when_coders_are_few_then_every_chapter_that_compares_them_stands(run, coders):
    for name, said in run(*coders).items():
        assert said and not re.search(r"\b(?:nan|inf|None round)\b", said, re.IGNORECASE), name
        assert "first_1" not in said and "coder_1" not in said, name


def test_when_one_coder_coded_then_every_chapter_says_that_c8_cannot_be_tested(run):
    said = run("anna", "consensus")
    assert re.search(
        r"\| C8 \| Smallest alpha.*not defined.*\*\*cannot be tested\*\*", said["verdicts"]
    )
    assert re.search(
        r"\| C8 \| \*\*not really tested\*\* \| \*\*cannot be tested", said["verdicts"]
    )
    assert re.search(r"\*\*C8\*\* smallest alpha[^|]*\| \*\*not really tested", said["index"])
    assert re.search(r"\| C8 \| Smallest alpha of an approach \| – ", said["robustness"])
    assert "Left out in this edition" in said["typology"]
    assert "no codes by two coders to compare" in said["coders"]


def test_when_a_pair_coded_then_it_is_compared_and_c8_can_be_tested(run):
    said = run("anna", "ben", "consensus")
    assert re.search(r"\| C8 \| Smallest alpha of an approach \| [01]", said["verdicts"])
    assert not re.search(r"\| C8 \|.*cannot be tested", said["verdicts"])
    assert "an {term}`alpha` of not defined" not in said["typology"]
    assert re.search(r"\| C8 \| Smallest alpha of an approach \| \d", said["robustness"])


# Any rounds


SIX = ("anna", "ben", "cleo", "dina", "eli", "fadi", "consensus")
THREE = {"early": ["anna", "ben"], "human check": ["cleo", "dina"], "late look": ["eli", "fadi"]}
CASES = {
    "nobody but the consensus": (("consensus",), None, []),
    "one coder": (("anna", "consensus"), None, []),
    "a pair, no round wanted": (("anna", "ben", "consensus"), {}, []),
    "one round with blanks": (("anna", "ben", "consensus"), {"a b c": ["ben", "anna"]}, ["a b c"]),
    "three rounds, undeclared": (SIX, None, ["first", "second", "third"]),
    "three rounds, declared": (SIX, THREE, list(THREE)),
}


@pytest.mark.parametrize(("coders", "rounds", "names"), CASES.values(), ids=CASES)
def test_when_rounds_have_any_name_and_number_then_all_is_drawn_and_said(
    tmp_path, coders, rounds, names
):
    study = open_study(write(tmp_path / "made", *coders, rounds=rounds))
    by_variable = agreement_by_variable(study, "inventory")
    written = [f"{name} round" for name in names]
    assert list(dict.fromkeys(by_variable["round"])) == written == list(round_names(study))
    table = evidence.agreement_table(by_variable)
    heads = [f"{name[0].upper()}{name[1:]}" for name in written]
    assert list(table.columns) == ["Variable", *heads]
    alpha = claim_result("C8", study, FRAME).parts[0].estimate
    assert (alpha.n > 0) == bool(names)
    by_code = agreement_by_code(study, "inventory", "approach")
    shown = trust.agreement(study)
    waves = evidence.wave_table(evidence.wave_agreement(study))
    check_all(
        [plot_agreement(x, TENTATIVE) for x in (by_variable, by_code, shown)], [], [table, waves]
    )
    assert list(trust.reached(shown)) == names


def test_when_the_earliest_round_has_another_name_then_its_first_coder_is_asked(tmp_path):
    study = open_study(write(tmp_path / "made", *SIX, rounds=THREE))
    saw = transfer.seen_first(study, transfer.select(study, FRAME), FRAME)
    assert saw is not None and saw["planned"] == 0
