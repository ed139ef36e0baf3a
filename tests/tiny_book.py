"""A checkout of its own with a book of two tiny chapters, to be built, broken and killed."""

import json
import os
import shutil
import subprocess

from small_study import write_small_study
from tiny_notebooks import write

from tracktwo.book.rows import COLUMNS
from tracktwo.ground import paths

LEFT_OUT = shutil.ignore_patterns(
    *(".venv", "_build", ".git", ".snakemake", "__pycache__", ".*cache", "figures", "chapters"),
    *("tests", "docs", "assets", "index.ipynb"),
)
SIGNS = "it's a & (b) ü"
"""The name of a folder such as people have."""

TOC = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/one\n"
MADE_FOR = "{ pwd -P; cat requirements.txt pyproject.toml; } | cksum > .venv/.ready"


def checkout(root, left_out=LEFT_OUT):
    """Copy the repository to `root`, with this environment's packages in an environment of its own.

    The environment is made of links, as one made anew would need the network.
    """
    shutil.copytree(paths.ROOT, root, ignore=left_out)
    (root / ".venv").mkdir()
    for name in ("bin", "lib", "share", "pyvenv.cfg"):
        (root / ".venv" / name).symlink_to(paths.ROOT / ".venv" / name)
    subprocess.run(MADE_FOR, shell=True, cwd=root, check=True)
    return root


def tiny_book(root):
    """Return the checkout `root` of a book of two tiny chapters."""
    checkout(root)
    (root / "tracktwo/chapters").mkdir()  # a package, but nothing that takes long to import
    (root / "tracktwo/chapters/__init__.py").touch()
    write_small_study(root / "data")
    package = root / "data/datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    for resource in (described, *described["resources"]):
        # Of coders that the small study does not have.
        resource.get("coding", {}).pop("rounds", None)
    package.write_text(json.dumps(described), encoding="utf-8")
    (root / "_toc.yml").write_text(TOC)
    for name in ("index", "chapters/one"):
        write(root / f"{name}.ipynb", "print(1 + 1)")
    (root / "chapters/rows.csv").write_text(
        f"{','.join(COLUMNS)}\n"
    )  # no number has rows behind it
    return root


def make(root, *arguments, **options):
    """Run make in the checkout; return what it said and its exit code."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "OUT"))}
    return subprocess.run(
        ["make", *arguments],
        cwd=root,
        env=environment | options,
        capture_output=True,
        text=True,
        check=False,
    )
