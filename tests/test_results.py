import nbformat
import pytest
from tiny_notebooks import notebook

from tracktwo.book.results import collect, values_told


def telling(numbers):
    """Return a notebook that tells each of `numbers`, as `say` does."""
    chapter = notebook("say()")
    values = {key: {"text": text, "value": value} for key, (text, value) in numbers.items()}
    output = nbformat.v4.new_output(
        "display_data", {"text/markdown": "x"}, metadata={"tracktwo": {"values": values}}
    )
    chapter.cells[-1].outputs.append(output)
    return chapter


def test_when_a_value_is_told_then_its_record_is_found():
    told = values_told(telling({"share": ("42%", 0.42)}))
    assert dict(told) == {"share": {"text": "42%", "value": 0.42}}


def test_when_chapters_are_collected_then_keys_are_in_order_and_know_their_chapter():
    found = collect([("chapters/b", telling({"z": ("1", 1)})), ("a", telling({"c": ("2", 2)}))])
    assert list(found) == ["a.c", "b.z"]
    assert found["b.z"].items() >= {"text": "1", "value": 1, "chapter": "chapters/b"}.items()


def test_when_a_value_is_written_in_two_ways_then_it_stands_once():
    chapter = telling({"n": ("3", 3)})
    chapter.cells += telling({"n": ("three", 3)}).cells
    assert collect([("a", chapter)])["a.n"]["text"] == "3"


@pytest.mark.parametrize(("one", "two"), [(("3", 3), ("4", 4)), (("a", None), ("b", None))])
def test_when_one_name_stands_for_two_values_then_the_error_names_it(one, two):
    chapter = telling({"n": one})
    chapter.cells += telling({"n": two}).cells
    with pytest.raises(ValueError, match=r"'one.n' is .* give one of them another key"):
        collect([("one", chapter)])
