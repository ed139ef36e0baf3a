"""What an edition is called, and whose its book and its data are.

The text and the tests of every edition are the book's; the evidence is whoever's the data package
says. So an edition names both, and one about another conflict does not go by the book's title.
"""

from pathlib import Path
from typing import Any

from tracktwo.data.study import Study, open_study
from tracktwo.ground import paths
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.frame_words import say_parameters

NOBODY = "contributors who are not named"
"""Who made data whose package names nobody."""


def of_data(book: dict[str, Any], study: Study, root: Path = paths.ROOT) -> dict[str, Any]:
    """Return the facts that depend on whose the data are, from those of the book.

    Returns
    -------
    dict
        ``data``: ``title``, ``by``, ``version``, and ``said`` (whose they are, in a few words);
        ``authors``: whose the book and whose the data are, each once. Where the data are not the
        book's own, also ``abstract``; where they are about another conflict, ``title``,
        ``subtitle`` and ``keywords`` as well.
    """
    package, ours = study.package, book["author"]
    by = enumerate_words([*package.contributors]) if package.contributors else NOBODY
    if package.is_published:
        changed = study.digest != _published_digest(study, root)
        title = f"{book['title']}: Open evidence{', changed' if changed else ''}"
        said = "a changed copy of the published data" if changed else "the published data"
        data = {"title": title, "by": ours, "version": book["version"], "said": said}
        return {"data": data, "authors": [ours]}
    data = {"title": package.title, "by": by, "version": package.version, "said": f"data by {by}"}
    facts = {
        "data": data,
        "authors": list(dict.fromkeys([ours, *(package.contributors or [NOBODY])])),
        "abstract": " ".join(package.description.split()),
    }
    if not package.is_of_published_conflict:
        article = book["article"]
        names = enumerate_words([person["family-names"] for person in article["authors"]])
        facts |= {
            "title": package.title,
            "subtitle": f"An edition of the open book by {ours}, after {names} ({article['year']})",
            "keywords": ["replication", "open data", package.conflict.name],
        }
    return facts


def of_name(
    name: str, parameters: dict[str, Any], book: dict[str, Any], study: Study
) -> dict[str, Any]:
    """Return the facts that depend on the edition's name and parameters, from the others.

    Returns
    -------
    dict
        ``name``; ``choices``, the parameters in words; ``parameters`` as readers may see them;
        ``line``, which stands on every page of an edition, and ``credit``, whose the book and
        whose the data are; both are empty in the published edition. In any other also ``title``
        and ``abstract``, and ``stem``, how the names of its PDFs begin.
    """
    choices = say_parameters(parameters, study)
    facts = {"name": name, "choices": choices, "parameters": shown(parameters)}
    if not name:
        return facts | {"line": "", "credit": ""}
    said = [book["data"]["said"], *choices, "not the published edition"]
    line = f"Edition {name}: {'; '.join(said)}."
    return facts | {
        "line": line,
        "credit": f"Book: {book['author']}; data: {book['data']['by']}.",
        "title": f"{book['title']} — edition {name}",
        "abstract": f"{line} {book['abstract']}",
        "stem": name,
    }


def shown(parameters: dict[str, Any], root: Path = paths.ROOT) -> dict[str, Any]:
    """Return parameters as they are published: of a place elsewhere on the machine the name."""
    return {name: _place(value, root) for name, value in parameters.items()}


def _place(value: Any, root: Path) -> Any:
    if not isinstance(value, str) or not Path(value).is_absolute():
        return value
    place = Path(value)
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else place.name


def _published_digest(study: Study, root: Path) -> str:
    """Return the digest of the repository's own data."""
    own = root / "data"
    return study.digest if own.resolve() == study.path.resolve() else open_study(own).digest
