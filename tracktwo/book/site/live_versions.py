"""The live versions of figures, compiled, as scripts.

Scripts, because a page opened from a folder may load no other kind of file.
"""

import json
from pathlib import Path

import vl_convert

from tracktwo.drawing.narrow import fit_narrow

SUFFIX = ".live.json"


def as_script(key: str, value: object) -> str:
    """Return the script that hands `value` to the page's scripts under `key`.

    In a script file no text of the data can end the script, but line separators could end a
    line in old readers of JavaScript, so they are escaped.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"book.give({json.dumps(key)},{safe});\n"


def write_versions(figures: Path, output: Path) -> None:
    """Write the live version of every figure that has one into `output`, wide and narrow."""
    for file in sorted(figures.glob(f"*{SUFFIX}")):
        name = file.name.removesuffix(SUFFIX)
        version = json.loads(file.read_text(encoding="utf-8"))
        wide = version.pop("spec")
        for suffix, drawn in (("", wide), (".narrow", fit_narrow(wide)[0])):
            spec = vl_convert.vegalite_to_vega(drawn)
            spec.pop("$schema", None)
            script = as_script(f"live/{name}", version | {"spec": spec})
            (output / f"{name}{suffix}.js").write_text(script, encoding="utf-8")
