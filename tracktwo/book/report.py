"""Pages that report on a run and stand alone: no script, nothing from elsewhere."""

import base64
import hashlib
from pathlib import Path

import jinja2
from markupsafe import Markup

HERE = Path(__file__).parent


def report_page(template: Path, **values: object) -> str:
    """Return the page that `template`, which extends ``report.html``, makes of `values`.

    Whatever is in the values is text and escaped. The page's own policy lets nothing run and
    nothing load.
    """
    style = (HERE / "report.css").read_text("utf-8")
    found = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([template.parent, HERE]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    named = {"style": Markup(style), "style_hash": f"sha256-{found}"}
    return environment.get_template(template.name).render(**values, **named) + "\n"
