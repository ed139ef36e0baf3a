"""The receipt in a folder: as a file, and as a page to read, print and hand on."""

import base64
import json
import re
from pathlib import Path

from tracktwo.book.report import report_page
from tracktwo.book.review.receipt import Receipt, faults
from tracktwo.book.review.sameness import figure_files
from tracktwo.ground import paths

MOST = 60
"""How many changes of each kind the page shows; the file has them all."""


def page(receipt: Receipt, folders: tuple[Path, Path]) -> str:
    """Return the receipt as a page, with the images that changed side by side.

    Parameters
    ----------
    folders
        Where the committed figures are, and those found.
    """
    files = [figure_files(folder) for folder in folders]
    changed = [c["name"] for c in receipt["results"]["figures"]["changed"][:MOST]]
    images = {
        name: [
            (label, _embedded(each.get(name)))
            for label, each in zip(("committed", "found"), files, strict=True)
        ]
        for name in changed
        if name.endswith(".svg")
    }
    packages = receipt["environment"]["packages"]
    asked = re.findall(
        r"^([\w-]+)", (paths.ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE
    )
    names = [name.lower().replace("_", "-") for name in asked]
    reasons = faults(receipt)
    return report_page(
        Path(__file__).with_name("receipt.html"),
        receipt=receipt,
        faults=reasons,
        locked=not any(reason.startswith("packages") for reason in reasons),
        main={name: packages[name] for name in names if name in packages},
        images=images,
        most=MOST,
    )


def _embedded(file: Path | None) -> str | None:
    if file is None:
        return None
    return "data:image/svg+xml;base64," + base64.b64encode(file.read_bytes()).decode()


def write(receipt: Receipt, folder: Path) -> None:
    """Write ``receipt.json`` and ``receipt.html`` into `folder`, each whole or not at all."""
    figures = (paths.FIGURES, folder / "book" / "executed" / "figures")
    texts = {
        "receipt.json": json.dumps(receipt, indent=1, ensure_ascii=False) + "\n",
        "receipt.html": page(receipt, figures),
    }
    for name, text in texts.items():
        (folder / f".{name}").write_text(text, encoding="utf-8")
        (folder / f".{name}").replace(folder / name)
