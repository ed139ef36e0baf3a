"""Live figures on the built site: their data as scripts, their controls in the pages.

Data come as scripts because a page opened from a folder may load no other kind of file.
"""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from html import escape
from pathlib import Path

import vl_convert

from tracktwo import Frame, open_study, theme
from tracktwo.explorer import explorer_data

SUFFIX = ".live.json"
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


def write_evidence(html: Path, results: Path) -> None:
    """Write what the explorer and the search page know, for the edition that `results` is of."""
    parameters = json.loads(results.read_text(encoding="utf-8"))["edition"]["parameters"]
    known = {field.name for field in fields(Frame)}
    frame = Frame(**{name: value for name, value in parameters.items() if name in known})
    data = explorer_data(open_study(parameters.get("data", "data")), frame)
    target = html / "_static" / "data"
    target.mkdir(parents=True, exist_ok=True)
    (target / "evidence.js").write_text(as_script("evidence", data), encoding="utf-8")


def install(html: Path, figures: Path) -> None:
    """Make every figure below `html` live that has a live version in the folder `figures`."""
    live = {f.name.removesuffix(SUFFIX): f for f in sorted(figures.glob(f"*{SUFFIX}"))}
    target = html / "_static" / "live"
    target.mkdir(parents=True, exist_ok=True)
    shown: dict[str, dict] = {}
    for name, file in live.items():
        version = json.loads(file.read_text(encoding="utf-8"))
        spec = vl_convert.vegalite_to_vega(version.pop("spec"))
        spec.pop("$schema", None)
        script = as_script(f"live/{name}", version | {"spec": spec})
        (target / f"{name}.js").write_text(script, encoding="utf-8")
        shown[name] = version
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        changed = re.sub(r'<figure\b[^>]*\bid="fig-([a-z0-9-]+)"[^>]*>', _with(shown), text)
        if changed != text:
            page.write_text(changed, encoding="utf-8")


def _with(shown: dict[str, dict]) -> Callable[[re.Match[str]], str]:
    def mark(found: re.Match[str]) -> str:
        name = found[1]
        if name not in shown:
            return found[0]
        tag = found[0].replace("<figure", f'<figure data-live="{name}"', 1)
        return tag + controls(name, shown[name])

    return mark


def controls(name: str, version: dict) -> str:
    """Return the controls of a live figure as HTML; disabled until the figure is alive."""
    fields = [_field(name, control) for control in version["controls"]]
    if version["pick"]:
        fields.append(
            f"<label>{escape(version['pick'])} "
            f'<select name="picked"><option value="">none picked</option></select></label>'
        )
    if not fields:
        return ""
    return (
        f'<form class="live-controls no-print" aria-label="{HINT}"><fieldset disabled>'
        f"{''.join(fields)}</fieldset>"
        f'<output aria-live="polite">{escape(_says(version))}</output></form>'
    )


def _says(version: dict) -> str:
    """Return what stands beside the controls before a reader touches them."""
    for control in version["controls"]:
        if control["kind"] == "slider":
            return dict(control["says"])[control["start"]]
    n = len(version["items"])
    return f"{n} of {n} {version['noun']}" if version["controls"] else ""


def _field(name: str, control: dict) -> str:
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
