"""Chapter `rerun`: what a reviewer may change, and what the book was made with."""

import inspect
import re
from dataclasses import fields
from importlib.metadata import version

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study
from tracktwo.telling.entries import text

PACKAGES = [
    *("altair", "frictionless", "jupyter-book", "krippendorff", "numpy", "pandas", "papermill"),
    *("prince", "scikit-learn", "scipy", "snakemake", "statsmodels", "typst"),
]
"""The packages that results or pages depend on most."""


def meanings() -> dict[str, str]:
    """Return what each field of `Frame` means, as its docstring says."""
    attributes = inspect.cleandoc(Frame.__doc__ or "").partition("Attributes\n----------\n")[2]
    blocks = re.findall(r"^(\S.*)\n((?: +\S.*\n?)+)", attributes, re.MULTILINE)
    return {name: " ".join(said.replace("``", "").split()) for name, said in blocks}


def values_in(study: Study) -> dict[str, list[str]]:
    """Return, for the parameters that name something in the data, what the data have."""
    rows = study.initiatives
    return {
        "coder": study.coders(),
        "scope": list(rows["scope"].cat.categories),
        "units": list(rows["unit"].cat.categories),
        "grades": list(rows["evidence_grade"].cat.categories),
        "waves": list(rows["wave"].cat.categories),
    }


def parameters_table(study: Study) -> pd.DataFrame:
    """Return the parameters of the frame, their defaults and meanings, ready to print."""
    said, known = meanings(), values_in(study)
    return pd.DataFrame(
        {
            "Parameter": f"`{field.name}`",
            "Default": _shown(study.package.frame[field.name]),
            "Meaning": text(said[field.name])
            + (f" Known: {text(', '.join(known[field.name]))}." if field.name in known else ""),
        }
        for field in fields(Frame)
    )


def packages_table() -> pd.DataFrame:
    """Return the main packages and the versions this chapter ran with."""
    return pd.DataFrame({"Package": name, "Version": version(name)} for name in PACKAGES)


def files_table(study: Study) -> pd.DataFrame:
    """Return the files of the data package: what a row is, how many there are, the columns.

    What a row is was written for the published data; on another conflict each has its title.
    """
    ours = study.package.is_of_published_conflict
    return pd.DataFrame(
        {
            "File": f"`{resource['path']}`",
            "Content": text(resource["description" if ours else "title"]),
            "Rows": len(getattr(study, resource["name"])),
            "Columns": ", ".join(f"`{field['name']}`" for field in resource["schema"]["fields"]),
        }
        for resource in study.package.resources.values()
    )


def _shown(value: object) -> str:
    """Return a default as it is written in a file of parameters."""
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
