"""What every page says of the edition: title, version, licence, evidence, where it stands.

Computed from `_config.yml`, `CITATION.cff` and the data; nothing of it is typed twice.

python -m tracktwo.book.edition DATA EDITION TOC [--name NAME] [--parameters JSON]
"""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

from tracktwo.book.errors import attempt
from tracktwo.book.naming import of_data, of_name
from tracktwo.book.toc import edition_toc
from tracktwo.book.volumes import STEM
from tracktwo.data.describe import descriptor_of
from tracktwo.data.study import Study, open_study
from tracktwo.ground import paths

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
"""What a page may load: the site's files, and images and fonts within them. No inline script,
no inline style and no `eval`, so nothing in the data can ever run."""

BINDER = "https://mybinder.org/v2/gh"


def edition_of(
    data: Path,
    root: Path = paths.ROOT,
    name: str = "",
    parameters: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the facts of the edition that the folder `data` makes, as plain values.

    Parameters
    ----------
    data
        A valid data set.
    root
        The folder with ``_config.yml`` and ``CITATION.cff``.
    name
        What the edition is called; empty for the published one.
    parameters
        Those in which it differs from the published one.

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``author``, ``type`` (of work), ``abstract``, ``keywords``,
        ``article`` (what the book replicates), ``version``, ``released`` (ISO) and
        ``released_text``, ``digest``, ``stem`` (how the names of the PDFs begin),
        ``evidence``, ``descriptor`` (the data as a data package), ``policy``; ``base``,
        ``repository``, ``branch`` and ``binder`` are empty as long as no address is configured.
        What `of_data` and `of_name` say of an edition comes with them, or in their place.
    """
    settings = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    study = open_study(data)
    title, day = str(settings["title"]), cited["date-released"]
    book = {
        "title": title,
        "stem": STEM,
        "subtitle": cited["title"].removeprefix(title).lstrip(": "),
        "author": cited["authors"][0]["name"],
        "type": cited["preferred-citation"]["type"],
        "abstract": " ".join(cited["abstract"].split()),
        "keywords": cited["keywords"],
        "article": cited["references"][0],
        "version": str(cited["version"]),
        "released": day.isoformat(),
        "released_text": f"{day.day} {day:%B %Y}",
        "digest": study.digest,
        "evidence": say_evidence(study),
        "descriptor": descriptor_of(study),
        "policy": POLICY,
        **addresses(settings),
    }
    book |= of_data(book, study, root)
    return book | of_name(name, parameters or {}, book, study)


def say_evidence(study: Study) -> str:
    """Return how much evidence there is and how new its newest source is."""
    years = [*study.sources["year"].dropna(), *study.documents["year"].dropna()]
    until = f", published up to {max(years)}" if years else ""
    return (
        f"{len(study.initiatives)} initiatives and {len(study.statements)} statements from"
        f" {len(study.sources) + len(study.documents):,} sources and documents{until}"
    )


def addresses(settings: dict[str, Any]) -> dict[str, str]:
    """Return where the book stands, from its settings: all empty unless somebody said so."""
    base = ((settings.get("html") or {}).get("baseurl") or "").rstrip("/")
    place = settings.get("repository") or {}
    repository, branch = (place.get("url") or "").rstrip("/"), place.get("branch") or "main"
    owner = repository.removeprefix("https://github.com/")
    on_github = repository and owner != repository
    return {
        "base": base,
        "repository": repository,
        "branch": branch,
        "binder": f"{BINDER}/{owner}/{branch}" if on_github else "",
    }


def main(arguments: list[str] | None = None) -> int:
    """Write an edition's facts and its table of contents; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.edition", description=__doc__)
    for name in ("data", "edition", "toc"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--name", default="")
    parser.add_argument("--parameters", type=json.loads, default={}, metavar="JSON")
    options = parser.parse_args(arguments)

    def write_both() -> None:
        facts = edition_of(options.data, name=options.name, parameters=options.parameters)
        options.edition.write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
        if options.name:
            options.toc.write_text(edition_toc(), "utf-8")
        else:
            shutil.copyfile(paths.TOC, options.toc)

    return attempt(write_both, ValueError)


if __name__ == "__main__":
    sys.exit(main())
