"""A passage: Markdown with expressions, and the values that it tells.

The text of the book stands in its notebooks. `write` fills in the results, says how each was
written, and refuses whatever would print as something nobody meant.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isnan
from numbers import Integral
from typing import Any

import jinja2
from jinja2 import meta, nodes

from tracktwo.analysis.estimates import Estimate
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.links import document_link, initiative_link, statement_link
from tracktwo.telling.marks import Place, mark, unmark
from tracktwo.telling.myst import Myst, plain
from tracktwo.words import numbers
from tracktwo.words.numbers import Number

SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
TOLD = "_told"  # where a template keeps what it has told


@dataclass(frozen=True)
class Written:
    """A passage as it is printed, with every value in it by the name it was given.

    Each record in ``values`` has the value as ``text`` and, where it is one, as ``value``; an
    estimate's has its ``low``, ``high`` and ``n`` as well, and in ``made_by`` the function that
    estimated it. ``places`` says where in the text each number stands.
    """

    text: str
    values: dict[str, dict[str, Any]]
    places: tuple[Place, ...] = ()


def write(text: str, values: dict[str, Any]) -> Written:
    """Fill the expressions of `text` with `values`.

    Parameters
    ----------
    text
        MyST with Jinja2 expressions; common indentation is taken away.
    values
        What the expressions name.

    Raises
    ------
    ValueError
        When an expression names what was not given, or cannot be read.
    TypeError
        When a value has no written form: a share that no filter has written, for example.
    """
    told: dict[str, dict[str, Any]] = {}
    try:
        tree = ENVIRONMENT.parse(inspect.cleandoc(text))
        _note_values(tree)
        code = ENVIRONMENT.compile(tree)
        template = jinja2.Template.from_code(ENVIRONMENT, code, ENVIRONMENT.make_globals(None))
        text, places = unmark(template.render(**values, **{TOLD: told}))
        return Written(text, told, places)
    except jinja2.UndefinedError as error:
        raise ValueError(f"a passage names what it was not given: {error.message}") from error
    except jinja2.TemplateSyntaxError as error:
        raise ValueError(f"line {error.lineno} of a passage: {error.message}") from error


def told_cell(name: str, text: str, value: Any, front: str = "") -> Written:
    """Return a cell of a table for `show_table` that tells `value`, written as `text`.

    What stands before it in the cell is `front`, as MyST.
    """
    record = {"text": text, "value": _as_value(value)} | _behind(value)
    place = Place(len(front), len(front) + len(text), name)
    return Written(front + text, {name: record}, (place,))


def _note_values(tree: nodes.Template) -> None:
    """Let every expression that is printed pass through `_tell`, with its name and bare value."""
    given = meta.find_undeclared_variables(tree)
    for output in tree.find_all(nodes.Output):
        for i, node in enumerate(output.nodes):
            if isinstance(node, nodes.TemplateData):
                continue
            bare = node
            while isinstance(bare, nodes.Filter) and bare.node is not None:
                bare = bare.node
            name = _name(bare, given)
            shown = bare if name else nodes.Const(None)
            told = nodes.Filter(node, "tell", [nodes.Const(name), shown], [], None, None)
            output.nodes[i] = told.set_lineno(node.lineno).set_environment(ENVIRONMENT)


def _name(node: nodes.Node, given: set[str]) -> str | None:
    """Return the dotted name of an expression that is one: ``before.elite``."""
    if isinstance(node, nodes.Name):
        return node.name if node.name in given else None
    if isinstance(node, nodes.Getattr):
        owner, last = node.node, node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        owner, last = node.node, node.arg.value
    else:
        return None
    start = _name(owner, given)
    return f"{start}.{last}" if start else None


@jinja2.pass_context
def _tell(context: jinja2.runtime.Context, value: Any, name: str | None, bare: Any) -> str:
    text = _as_text(value, name)
    if name is None:
        return text
    record = {"text": text, "value": _as_value(bare)} | _behind(bare)
    context[TOLD].setdefault(name, record)
    return mark(name, text) if isinstance(record["value"], int | float) else text


def _as_text(value: Any, name: str | None) -> str:
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises
    if isinstance(value, Myst):
        return value
    if isinstance(value, Number):
        return value.text
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Integral) and not isinstance(value, bool):
        return numbers.count(int(value)).text
    what = f"{name!r}" if name else "a value"
    raise TypeError(f"{what} is of kind {type(value).__name__}: say how to write it, with a filter")


def _as_value(bare: Any) -> float | int | str | None:
    if isinstance(bare, Estimate | Number):
        bare = bare.value
    if isinstance(bare, Integral):
        return int(bare)
    missing = isinstance(bare, float) and isnan(bare)
    return rounded(bare) if isinstance(bare, float | str) and not missing else None


def _behind(bare: Any) -> dict[str, Any]:
    """Return what is known of a number besides its value: bounds, cases, who made it."""
    if not isinstance(bare, Estimate):
        return {}
    ends = {"low": _as_value(bare.low), "high": _as_value(bare.high)}
    return {**ends, "n": int(bare.n)} | ({"made_by": bare.made_by} if bare.made_by else {})


def _written(write_it: Callable[..., Any]) -> Callable[..., Myst]:
    """Make a filter of a function that returns text or a `Number`; undefined names stay errors."""

    def filter_(value: Any, *given: Any) -> Myst:
        if isinstance(value, jinja2.Undefined):
            str(value)  # raises
        try:
            text = write_it(value, *given)
        except (AttributeError, TypeError, ValueError) as error:
            what = write_it.__name__
            raise TypeError(f"{what} cannot write a {type(value).__name__}: {error}") from error
        return Myst(text.text if isinstance(text, Number) else text)

    return filter_


def _value(value: Any) -> Any:
    return value.value if isinstance(value, Estimate) else value


def percent(value: float | Estimate) -> Number:
    """Write a share without its interval."""
    return numbers.percent(_value(value))


def points_only(value: float | Estimate) -> str:
    """Write a difference of shares without its interval."""
    return numbers.value_text("points", _value(value))


def decimal(value: float | Estimate, digits: int = 2) -> Number:
    """Write a number with a fixed number of decimals."""
    return numbers.decimal(_value(value), digits)


def count(value: int | Estimate) -> Number:
    """Write a whole number."""
    return numbers.count(_value(value))


def year(value: int) -> str:
    """Write a year, without a comma."""
    return f"{int(value)}"


def spell(value: int | Estimate) -> str:
    """Write a small number as a word."""
    n = int(_value(value))
    return SMALL[n] if 0 <= n < len(SMALL) else numbers.count(n).text


def listed(words: Iterable[Any], joint: str = "and") -> str:
    """Write a list as prose: ``a, b and c``."""
    written = [word if isinstance(word, Myst) else plain(word) for word in words]
    return enumerate_words(written, joint=joint)


ENVIRONMENT = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True)
ENVIRONMENT.filters = {
    "tell": _tell,
    "share": _written(numbers.share_text),
    "percent": _written(percent),
    "points": _written(numbers.points_text),
    "points_only": _written(points_only),
    "ratio": _written(numbers.ratio_text),
    "decimal": _written(decimal),
    "count": _written(count),
    "year": _written(year),
    "spell": _written(spell),
    "listed": _written(listed),
    "initiative": _written(initiative_link),
    "statement": _written(statement_link),
    "document": _written(document_link),
    "length": len,
    "lower": lambda text: text.lower(),
    "first_up": lambda text: type(text)(text[:1].upper() + text[1:]),
}
