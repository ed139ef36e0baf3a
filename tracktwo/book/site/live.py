"""Live figures on the built site: their data as scripts, their controls in the pages.

Data come as scripts because a page opened from a folder may load no other kind of file.
"""

import json
import re
import shutil
from html import escape
from pathlib import Path

import vl_convert

from tracktwo import open_study
from tracktwo.book.site.first_view import hasten
from tracktwo.drawing import theme
from tracktwo.drawing.narrow import fit_narrow
from tracktwo.ground import paths
from tracktwo.telling.assumptions import panel_data, precise_verdicts
from tracktwo.telling.coding import coding_data
from tracktwo.telling.explorer import explorer_data, frame_of

ON_DEMAND = paths.STATIC / "ondemand"
"""Scripts, style sheets and libraries that only the pages with something live ask for."""

SUFFIX = ".live.json"
FIGURE = re.compile(r'<figure\b[^>]*\bid="fig-([a-z0-9-]+)"[^>]*>')
PANEL = 'class="assumptions '
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


def as_script(key: str, value: object) -> str:
    """Return the script that hands `value` to the page's scripts under `key`.

    In a script file no text of the data can end the script, but line separators could end a
    line in old readers of JavaScript, so they are escaped.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"book.give({json.dumps(key)},{safe});\n"


def write_data(html: Path, data: Path, *, panel: bool) -> None:
    """Write what explorer and coders read, for the edition that ``results.json`` is of.

    Parameters
    ----------
    data
        The data set; the results name it only as readers may know it.
    panel
        Whether the panel of assumptions is wanted, which takes all specifications.
    """
    results = json.loads((html / "results.json").read_text(encoding="utf-8"))
    parameters = results["edition"]["parameters"]
    study = open_study(data)
    frame = frame_of(study, parameters)
    scripts = {"evidence": explorer_data(study, frame), "coding": coding_data(study, frame)}
    if panel:
        scripts["assumptions"], columns = panel_data(study, frame, precise_verdicts(study, frame))
        scripts |= {f"assumptions-{claim}": parts for claim, parts in columns.items()}
    target = html / "_static" / "data"
    target.mkdir(parents=True, exist_ok=True)
    for name, value in scripts.items():
        (target / f"{name}.js").write_text(as_script(name, value), encoding="utf-8")


def write_versions(html: Path, figures: Path) -> dict[str, dict]:
    """Write the data of every live figure, wide and narrow, as scripts; return its controls."""
    target = html / "_static" / "live"
    target.mkdir(parents=True, exist_ok=True)
    (target / "dark.css").write_text(dark_rules(DARK), encoding="utf-8")
    versions = {}
    for file in sorted(figures.glob(f"*{SUFFIX}")):
        name = file.name.removesuffix(SUFFIX)
        version = json.loads(file.read_text(encoding="utf-8"))
        wide = version.pop("spec")
        for suffix, drawn in (("", wide), (".narrow", fit_narrow(wide)[0])):
            spec = vl_convert.vegalite_to_vega(drawn)
            spec.pop("$schema", None)
            script = as_script(f"live/{name}", version | {"spec": spec})
            (target / f"{name}{suffix}.js").write_text(script, encoding="utf-8")
        versions[name] = version
    return versions


def install(html: Path, figures: Path, data: Path) -> None:
    """Bring the finished site of `data` below `html` to life, with what is live in `figures`."""
    shutil.copytree(ON_DEMAND, html / "_static" / ON_DEMAND.name, dirs_exist_ok=True)
    versions = write_versions(html, figures)
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
        write_data(html, data, panel=PANEL in wanted)


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
