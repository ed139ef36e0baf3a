"""`say`: how a passage of the book reaches its page."""

import re
from typing import Any

from IPython.display import display

from tracktwo.data.asked import demand
from tracktwo.telling.at_hand import another_at_hand, is_of_another
from tracktwo.telling.marks import moved
from tracktwo.telling.passage import Written, write
from tracktwo.telling.plain_html import as_html
from tracktwo.telling.told import TOLD, told

LEFT_OUT = "The published edition reads its evidence here in a way that these data do not bear out"


def say(text: str, /, *, when: object = True, otherwise: str = "", **values: Any) -> None:
    """Show a passage of the book: MyST with Jinja2 expressions, filled with results.

    One output holds the passage twice: as MyST, for the book, and as HTML, for whoever opens the
    notebook by itself. Every value told is kept with the output, for ``results.json``.

    Parameters
    ----------
    text
        The passage, as its author writes it.
    when
        The guard: the condition under which what the passage says is true. In the published
        edition the build stops where it is false, and an author must write anew. In any other
        edition the passage is left out, and a note with its numbers stands in its place. Where
        the data are about another conflict no notes stand: a passage that speaks of ours, or
        whose guard is false, is left out, and the chapter is whole without it.
    otherwise
        What stands there besides the note, or by itself, when the passage is left out.
    **values
        What the expressions of the passage name.

    Raises
    ------
    ValueError
        When an expression names what was not given.
    TypeError
        When an argument is of another kind, or a value has no written form.
    """
    demand("text", text, str, "text")
    demand("otherwise", otherwise, str, "text")
    holds = guard(when) and not is_of_another(text)
    if holds:
        written = write(text, values)
    elif another_at_hand():
        written = write("" if is_of_another(otherwise) else otherwise, values)
        if not written.text:
            return
    else:
        dropped, rest = write(text, values), write(otherwise, values)
        note = f"{_note(dropped)}\n\n"
        places = moved(rest.places, len(note))
        written = Written(f"{note}{rest.text}".strip(), dropped.values | rest.values, places)
    page = {"text/html": as_html(written.text), "text/markdown": written.text}
    kept = told(written.values, written.places, holds=holds)
    display(page, metadata={TOLD: kept}, raw=True)


def guard(when: object) -> bool:
    """Return a guard as a bool; numpy's and pandas' are taken, a missing one is false.

    Raises
    ------
    TypeError
        When it is no truth value, such as an interval that nobody compared.
    """
    kind = type(when).__name__
    if kind not in ("bool", "bool_", "NAType"):
        raise TypeError(f"when is a {kind}: it must be true or false")
    return kind != "NAType" and bool(when)


def _note(written: Written) -> str:
    numbers = ", ".join(
        f"{re.sub(r'[._]', ' ', name)}: {record['text']}" for name, record in written.values.items()
    )
    told = f" What it told: {numbers}." if numbers else ""
    title, end = "Left out in this edition", "so the passage is left out."
    return f":::{{admonition}} {title}\n:class: left-out\n{LEFT_OUT}, {end}{told}\n:::"
