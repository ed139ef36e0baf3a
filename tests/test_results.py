import json

import nbformat
import pytest
from tiny_notebooks import notebook

from tracktwo.book.results import PREFIX, collect, glued


def telling(numbers, prefix=PREFIX):
    chapter = notebook("tell()")
    for key, (text, value) in numbers.items():
        record = {"text": text, "value": value}
        data = {
            f"{prefix}text/plain": repr(text),
            f"{prefix}application/json": json.dumps(record) if prefix else record,
        }
        output = nbformat.v4.new_output(
            "display_data", data, metadata={"scrapbook": {"name": key, "mime_prefix": prefix}}
        )
        chapter.cells[-1].outputs.append(output)
    return chapter


@pytest.mark.parametrize("prefix", [PREFIX, ""])
def test_when_a_number_is_glued_then_its_record_is_found(prefix):
    assert dict(glued(telling({"share": ("42%", 0.42)}, prefix))) == {
        "share": {"text": "42%", "value": 0.42}
    }


def test_when_chapters_are_collected_then_keys_are_in_order_and_know_their_chapter():
    found = collect([("b", telling({"z": ("1", 1)})), ("a", telling({"c": ("2", 2)}))])
    assert list(found) == ["c", "z"]
    assert found["z"] == {"text": "1", "value": 1, "chapter": "b"}


def test_when_two_chapters_agree_on_a_key_then_it_stands_once():
    same = [(name, telling({"n": ("3", 3)})) for name in "ab"]
    assert collect(same)["n"]["chapter"] == "a"


def test_when_two_chapters_differ_on_a_key_then_the_error_names_both():
    with pytest.raises(ValueError, match=r"'n' is '3' in one and '4' in two"):
        collect([("one", telling({"n": ("3", 3)})), ("two", telling({"n": ("4", 4)}))])
