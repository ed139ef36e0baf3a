"""Live figures on the built site: their scripts beside the pages, their controls in them."""

import json
import re
import shutil
from html import escape
from pathlib import Path

from tracktwo.book.site.first_view import hasten
from tracktwo.drawing import theme
from tracktwo.ground import paths

ON_DEMAND = paths.STATIC / "ondemand"
"""Scripts, style sheets and libraries that only the pages with something live ask for."""

SUFFIX = ".live.json"
FIGURE = re.compile(r'<figure\b[^>]*\bid="fig-([a-z0-9-]+)"[^>]*>')
PANEL = 'class="assumptions '
PANEL_DATA = "assumptions*.js"
READS_DATA = ('class="explorer ', 'class="coding ', PANEL)
"""What the pages that read the data have in them."""

LIVE = "live"
DARK = 'html[data-theme="dark"] .live-view'
HINT = "Interactive version of the figure"


def dark_rules(selector: str) -> str:
    """Return the style rules that give a drawing below `selector` its dark colours."""
    lines = [
        f'{selector} [fill="{light}"]{{fill:{dark}}}{selector} [stroke="{light}"]{{stroke:{dark}}}'
        for light, dark in theme.DARK.items()
    ]
    return "\n".join(lines) + "\n"


def install(html: Path, source: Path, scripts: Path) -> None:
    """Bring the finished site below `html` to life.

    Parameters
    ----------
    source
        What it was made from, with ``figures`` and, in ``live``, their compiled live versions.
    scripts
        The folder of data as scripts, for the pages that read some.
    """
    static = html / "_static"
    shutil.copytree(ON_DEMAND, static / ON_DEMAND.name, dirs_exist_ok=True)
    shutil.copytree(source / "live", static / "live")
    (static / "live" / "dark.css").write_text(dark_rules(DARK), encoding="utf-8")
    versions = {
        file.name.removesuffix(SUFFIX): json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((source / "figures").glob(f"*{SUFFIX}"))
    }
    wanted: set[str] = set()
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        changed = FIGURE.sub(lambda found: _dressed(found, versions), text)
        marks = {mark for mark in READS_DATA if mark in text}
        wanted |= marks
        if changed != text or marks:
            up = "../" * (len(page.relative_to(html).parts) - 1)
            changed = changed.replace("</head>", _head(up), 1)
        page.write_text(hasten(changed), encoding="utf-8")
    if wanted:
        left = shutil.ignore_patterns() if PANEL in wanted else shutil.ignore_patterns(PANEL_DATA)
        shutil.copytree(scripts, static / "data", ignore=left)


def _head(up: str) -> str:
    sheets = (f"ondemand/{LIVE}.css", "live/dark.css")
    links = [f'<link rel="stylesheet" href="{up}_static/{sheet}">\n' for sheet in sheets]
    return f'{"".join(links)}<script src="{up}_static/ondemand/{LIVE}.js" defer></script>\n</head>'


def _dressed(found: re.Match[str], versions: dict[str, dict]) -> str:
    name = found[1]
    if name not in versions:
        return found[0]
    tag = found[0].replace("<figure", f'<figure data-live="{name}"', 1)
    return tag + controls(versions[name])


def controls(version: dict) -> str:
    """Return the controls of a live figure as HTML; disabled until the figure is alive."""
    fields = [_field(control) for control in version["controls"]]
    if version["pick"]:
        fields.append(_picker(escape(version["pick"])))
    if not fields:
        return ""
    return (
        f'<form class="live-controls no-print"><fieldset disabled aria-label="{HINT}">'
        f"{''.join(fields)}</fieldset>"
        f'<output aria-live="polite">{escape(_says(version))}</output></form>'
    )


def _picker(what: str) -> str:
    article = "an" if what[0] in "AEIOU" else "a"
    nothing = f'<option value="">Choose {article} {what.lower()}</option>'
    return f'<label>{what} <select name="picked">{nothing}</select></label>'


def _says(version: dict) -> str:
    """Return what stands beside the controls before a reader touches them."""
    for control in version["controls"]:
        if control["kind"] == "slider":
            return dict(control["says"])[control["start"]]
    n = len(version["items"])
    return f"{n} of {n} {version['noun']}" if version["controls"] else ""


def _field(control: dict) -> str:
    label, key = escape(control["label"]), escape(control["name"])
    if control["kind"] == "choice":
        options = "".join(
            f'<option value="{escape(value)}">{escape(text)}</option>'
            for value, text in [["", "all"], *control["options"]]
        )
        return f'<label>{label} <select name="{key}">{options}</select></label>'
    numbers = [value for value, _ in control["says"]]
    return (
        f'<label class="live-slider">{label} <input type="range" name="{key}" '
        f'min="{min(numbers)}" max="{max(numbers)}" step="1" value="{control["start"]}"> '
        f'<strong class="live-value">{control["start"]}</strong></label>'
    )
