"""No number is published with more digits than declared, and no order hangs on last bits."""

import ast
import csv
import inspect
import json
import re

import numpy as np
import pandas as pd
import pytest
from made_studies import published

from tracktwo.analysis import estimates
from tracktwo.analysis.estimates import Estimate, draw_with_replacement
from tracktwo.book import notebooks, results
from tracktwo.book.toc import chapter_files
from tracktwo.claims.claims import Part
from tracktwo.ground import paths
from tracktwo.ground.digits import SIGNIFICANT, rounded

FRACTION = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
CODE = sorted(paths.ROOT.glob("tracktwo/**/*.py"))


def significant(number):
    """Return the significant digits of a number as it is written."""
    return len(re.sub(r"[eE].*|[^\d]", "", number).strip("0"))


def too_long(text):
    """Return whether `text` is a fraction written with more digits than declared."""
    fraction = FRACTION.fullmatch(text) and not text.lstrip("+-").isdigit()
    return bool(fraction) and significant(text) > SIGNIFICANT


def long_in_json(text, where):
    """Return the fractions in a JSON text that have too many digits, each with its place."""
    found = []

    def walk(node, place):
        if isinstance(node, Written) and too_long(node):
            found.append(f"{where}: {place}: {node}")
        elif isinstance(node, dict):
            for key, value in node.items():
                walk(value, f"{place}.{key}")
        elif isinstance(node, list):
            for index, value in enumerate(node):
                walk(value, f"{place}[{index}]")

    walk(json.loads(text, parse_float=Written), "")
    return found


class Written(str):
    """A number as it is written in a file."""


def long_in_csv(text, where):
    rows = csv.DictReader(text.splitlines())
    return [
        f"{where}: row {row}, {column}: {cell}"
        for row, cells in enumerate(rows, start=2)
        for column, cell in cells.items()
        if cell and too_long(cell)
    ]


# The rounding


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (100.77517944151278, 100.7752),
        (100.77517944151279, 100.7752),
        (1993.69945, 1993.699),
        (-1 / 3, -0.3333333),
        (1e-9 / 3, 3.333333e-10),
        (0.3 - 0.1 - 0.2, 0.0),
        (12345678, 12345678),
        (True, True),
        ("0.123456789", "0.123456789"),
        (None, None),
        ([{"domain": [1 / 3, 2]}], [{"domain": [0.3333333, 2]}]),
    ],
)
def test_when_rounded_then_fractions_keep_the_declared_digits_and_all_else_stays(value, kept):
    assert rounded(value) == kept


def test_when_nothing_finite_is_there_then_it_stays():
    values = rounded(np.array([np.nan, np.inf, -np.inf, -0.0]))
    assert np.isnan(values[0]) and values[1:3].tolist() == [np.inf, -np.inf]
    assert not np.signbit(values[3])
    assert rounded(np.nan) is np.nan


def test_when_a_table_is_rounded_then_its_kinds_of_columns_stay():
    table = pd.DataFrame({"x": [1 / 3, np.nan], "n": [1, 2], "mixed": [2 / 3, "words"]})
    table["missing"] = pd.array([1 / 3, None], dtype="Float64")
    kept = rounded(table)
    assert kept.dtypes.tolist() == table.dtypes.tolist()
    assert kept["x"].iloc[0] == kept["missing"].iloc[0] == 0.3333333
    assert kept["mixed"].tolist() == [0.6666667, "words"]
    assert rounded(table.iloc[:0]).dtypes.tolist() == table.dtypes.tolist()


# What rests on it


def test_when_an_estimate_lies_on_a_border_then_last_bits_put_it_on_no_side():
    for value in (0.5, np.nextafter(0.5, 0), np.nextafter(0.5, 1)):
        estimate = Estimate(value, value, value, 20)
        part = Part("share", "share", estimate, ">", 0.5, 20)
        assert estimate.side_of(0.5) == "open"
        assert not part.holds(estimate.value) and part.side == "other"


def test_when_cases_are_drawn_then_each_draw_has_as_many_and_none_rests_on_a_chance():
    drawn = draw_with_replacement(7, 3000)
    assert drawn.shape == (3000, 7) and (drawn.sum(axis=1) == 7).all()
    assert abs(drawn.mean(axis=0) - 1).max() < 0.1
    assert draw_with_replacement(0, 5).shape == (5, 0)


def unstable(tree):
    """Yield the lines that sort by one key in whatever order equals come out of the processor.

    NumPy's quick sort orders equals differently with each set of vector instructions.
    """
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        by = given.get("by", node.args[0] if node.args else None)
        several = isinstance(by, ast.List) and len(by.elts) > 1
        sorts = node.func.attr == "argsort" or (node.func.attr == "sort_values" and not several)
        kind = given.get("kind")
        if sorts and not (isinstance(kind, ast.Constant) and kind.value == "stable"):
            yield node.lineno


def test_when_something_is_sorted_by_one_key_then_equals_keep_their_order():
    bad = [
        f"{path.relative_to(paths.ROOT)}, line {line}: sort with kind='stable'"
        for path in CODE
        for line in unstable(ast.parse(path.read_text("utf-8")))
    ]
    assert not bad, "\n".join(bad)
    assert list(unstable(ast.parse("t.sort_values('x')\nt['x'].sort_values()\nx.argsort()")))


def test_when_chances_are_drawn_then_no_draw_compares_computed_chances():
    drawn = re.compile(r"\.(multinomial|binomial|poisson|normal|choice)\(")
    bad = [str(path) for path in CODE if drawn.search(path.read_text("utf-8"))]
    assert bad == [estimates.__file__], bad


def test_when_cases_are_too_many_to_draw_one_by_one_then_they_are_none_of_the_published():
    # `estimates.draws_of` alone compares chances, where there are more cases than that.
    study = published()
    assert max(len(study.initiatives), len(study.statements)) <= estimates.ONE_BY_ONE
    code = inspect.getsource(estimates)
    assert code.count(".multinomial(") == 1 and "if n > ONE_BY_ONE:" in code


# What is published


def test_when_numbers_are_written_then_their_digits_are_counted_as_a_reader_would():
    assert [significant(n) for n in ("0.001234", "1200.50", "-1.5e-10", "100")] == [4, 5, 2, 1]
    assert long_in_json('{"a": [1, {"b": 0.12345678}]}', "f") == ["f: .a[1].b: 0.12345678"]
    assert long_in_csv("x,y\n1,2\n3,0.12345678\n", "f") == ["f: row 3, y: 0.12345678"]
    assert not long_in_csv("x\n123456789\n2012.00333.x\n0.1234567\n", "f")


def test_when_figures_are_published_then_no_number_has_more_digits_than_declared():
    found = []
    for file in sorted(paths.FIGURES.iterdir()):
        read = {".json": long_in_json, ".csv": long_in_csv}.get(file.suffix)
        found += read(file.read_text("utf-8"), file.name) if read else []
    assert not found, f"{len(found)} numbers; the first:\n" + "\n".join(found[:20])


def test_when_results_are_published_then_no_number_has_more_digits_than_declared():
    files = chapter_files()
    read = [(f.removesuffix(".ipynb"), notebooks.read(paths.ROOT / f)) for f in files]
    numbers, verdicts = results.collect(read), results.verdicts(read)
    assert numbers and verdicts
    found = long_in_json(json.dumps(numbers), "results.json")
    found += long_in_json(json.dumps(verdicts), "verdicts.json")
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("scale", [1.0, 1e-11, 1e9, 1e25])
def test_when_an_array_is_rounded_then_each_number_is_as_by_itself(scale):
    rng = np.random.default_rng(1)
    halves = (rng.integers(10**6, 10**7, 500) + 0.5) / 10**7  # on the border between two
    numbers = np.concatenate([rng.normal(size=500), halves, [0.0, 9.9999996, np.nan, np.inf]])
    numbers = numbers * scale
    one_by_one = [rounded(number) for number in numbers.tolist()]
    assert np.array_equal(rounded(numbers), one_by_one, equal_nan=True)
