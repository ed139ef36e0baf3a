"""`show`: the only way a chart reaches a page."""

import base64
import json
from html import escape
from pathlib import Path
from typing import Any

import altair
from IPython.display import display

from tracktwo.data.asked import demand
from tracktwo.drawing.figures import NAME, write_files
from tracktwo.drawing.live import Live
from tracktwo.drawing.svg import chart_to_svg, standalone
from tracktwo.ground.digits import rounded
from tracktwo.ground.paths import under_root
from tracktwo.telling.at_hand import is_of_another
from tracktwo.telling.marks import Place, moved
from tracktwo.telling.passage import Written, write
from tracktwo.telling.plain_html import as_html, inline_html
from tracktwo.telling.say import guard
from tracktwo.telling.told import TOLD, told


def show(
    chart: altair.TopLevelMixin,
    name: str,
    title: str,
    caption: str,
    alt: str,
    *,
    when: object = True,
    topic: str = "",
    folder: str | Path = "figures",
    live: Live | None = None,
    **values: Any,
) -> None:
    """Write a chart's files and place it on the page as a numbered figure.

    Writes `name`.svg (the image), `name`.vl.json (the spec) and `name`.csv (the numbers in the
    figure) to `folder`, and displays one output that Jupyter Book reads as a figure directive
    labelled ``fig-name`` and that notebook front ends show as an image.

    Parameters
    ----------
    chart
        An Altair chart whose data came through `named`.
    name
        Name of the files and, after ``fig-``, the label: lower-case words joined by hyphens.
    title
        The point of the chart in one sentence. Title, caption and alternative text are passages,
        as `say` takes them.
    caption
        What is shown, with n and, where it differs from the chapter's, the frame.
    alt
        What a reader who cannot see the figure needs to know.
    when
        The guard of the title (`say`). Where it is false, or the title speaks of another conflict
        than the data, `topic` stands in the title's place.
    topic
        What the chart is about, without saying what it shows.
    folder
        Where the files go; a relative path is taken below the repository's root.
    live
        What takes the image's place on the site where scripts run; goes to `name`.live.json.
    **values
        What the expressions in the texts name.

    Raises
    ------
    ValueError
        When the name is not usable as a file name, a text is missing, or an expression names
        what was not given.
    TypeError
        When an argument is of another kind.
    """
    demand("chart", chart, altair.TopLevelMixin, "an Altair chart")
    demand("folder", folder, (str, Path), "the path of a folder")
    demand("live", live, (Live, type(None)), "a Live, or None")
    texts = {"title": title, "caption": caption, "alt text": alt}
    for what, text in {"name": name, "topic": topic, **texts}.items():
        demand(what.removesuffix(" text"), text, str, "text")
    if not NAME.fullmatch(name):
        raise ValueError(f"figure name {name!r}: use lower-case letters, digits and hyphens")
    holds = guard(when) and not is_of_another(title)
    if not holds:
        texts["title"] = topic
    for what, text in texts.items():
        if not text.strip():
            missing = "topic, and its guard is false" if what == "title" and not holds else what
            raise ValueError(f"figure {name!r} has no {missing}")
    written = {what: write(text, values) for what, text in texts.items()}
    title, caption, alt = (text.text for text in written.values())
    spec = rounded(chart.to_dict(validate=False))  # ends of axes and the like are computed too
    drawing = chart_to_svg(spec)
    write_files(Path(under_root(folder)), name, spec, standalone(drawing), live)
    directive, places = _as_directive(name, written["title"], written["caption"], alt)
    bundle = {
        "text/html": _as_html(drawing, name, title, caption, alt),
        "text/markdown": directive,
        "text/plain": f"Figure {name}: {title}",
    }
    numbers = {key: record for text in written.values() for key, record in text.values.items()}
    display(bundle, metadata={TOLD: told(numbers, places, holds=holds, owner=name)}, raw=True)


def _as_directive(
    name: str, title: Written, caption: Written, alt: str
) -> tuple[str, tuple[Place, ...]]:
    """Return a figure as MyST, and where in it the numbers of title and caption stand."""
    one_line = " ".join(alt.split())
    head = (
        f"```{{figure}} /figures/{name}.svg\n:name: fig-{name}\n:class: dark-light\n"
        f":alt: {json.dumps(one_line, ensure_ascii=False)}\n\n"
    )
    front = f"{head}{title.text}\n\n"
    places = moved(title.places, len(head), name) + moved(caption.places, len(front), name)
    return f"{front}{caption.text}\n```\n", places


def _as_html(drawing: str, name: str, title: str, caption: str, alt: str) -> str:
    code = base64.b64encode(drawing.encode()).decode("ascii")
    return (
        f'<figure id="fig-{name}"><figcaption><strong>{inline_html(title)}</strong></figcaption>'
        f'<img src="data:image/svg+xml;base64,{code}" alt="{escape(alt)}">'
        f"<figcaption>{as_html(caption)}</figcaption></figure>"
    )
