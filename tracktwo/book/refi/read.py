"""Read the codes that a person gave in another program, from a REFI-QDA project."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from tracktwo.book.refi.archive import read_project
from tracktwo.book.refi.codes import meanings, path_of
from tracktwo.data.study import Study
from tracktwo.data.validation.problems import printable

SUFFIX = re.compile(r"\.(txt|docx?|rtf|pdf|md)$", re.IGNORECASE)
"""What programs add to the name of a text."""

MAX_LISTED = 5


@dataclass(frozen=True)
class Given:
    """The codes in a project.

    Attributes
    ----------
    part
        The part of the codebook they are of.
    codes
        Id, variable and value of each, in the order of the data.
    ignored
        What was left out, a line a kind.
    """

    part: str
    codes: list[tuple[str, str, str]]
    ignored: list[str]


def read_codes(file: Path, study: Study) -> Given:
    """Return the codes that texts named by the ids of a data set were given in a project.

    A code counts whether it was given to a text or to a passage of it. Codes and texts of the
    coder's own are left out and told.

    Raises
    ------
    ValueError
        When the project cannot be read, holds codings of several people, or none of this data.
    """
    project = read_project(file)
    _demand_one_coder(project, file.name)
    names = _code_names(project)
    found = [(_unnamed(source), target) for source, target in _codings(project)]
    texts = {name for name, _ in found}
    ids = {
        "inventory": list(study.initiatives["id"]),
        "practitioners": list(study.statements["id"]),
    }
    part = max(ids, key=lambda p: len(texts & set(ids[p])))
    known, meant = set(ids[part]), meanings(study, part)
    codes: set[tuple[str, str, str]] = set()
    strange: dict[str, Counter[str]] = {"texts": Counter(), "codes": Counter()}
    for name, target in found:
        means = meant.get(target) or meant.get(names.get(target, ""))
        if name not in known:
            strange["texts"][name] += 1
        elif means is None:
            strange["codes"][names.get(target, target)] += 1
        else:
            codes.add((name, *means))
    if not codes:
        raise ValueError(
            f"{file.name}: found {len(found)} codings, none of them a code of the codebook given to"
            " a text named by an id; allowed: what export-qda wrote, coded"
        )
    place = {key: n for n, key in enumerate(ids[part])}
    order = {means: n for n, means in enumerate(dict.fromkeys(meant.values()))}
    ordered = sorted(codes, key=lambda code: (place[code[0]], order[code[1:]]))
    return Given(part, ordered, [_told(kind, counts) for kind, counts in strange.items() if counts])


def _demand_one_coder(project: Element, file: str) -> None:
    users = {u.get("guid", ""): u.get("name", "") for u in _all(project, "User")}
    given = {c.get("creatingUser") for c in _all(project, "Coding")} - {None}
    if len(given) > 1:
        names = ", ".join(sorted(printable(users.get(user) or user, 40) for user in given))
        raise ValueError(f"{file}: found codings by {names}; allowed: by one person a project")


def _codings(project: Element) -> Iterator[tuple[str, str]]:
    """Yield the name of a text and the identifier of a code it was given, anywhere in it."""
    for sources in _all(project, "Sources"):
        for source in sources:
            for coding in _all(source, "Coding"):
                for reference in _all(coding, "CodeRef"):
                    yield source.get("name", ""), _bare(reference.get("targetGUID", ""))


def _code_names(project: Element) -> dict[str, str]:
    """Return the names of each code and of the one above it, by its identifier."""
    return {
        _bare(code.get("guid", "")): path_of(above.get("name", ""), code.get("name", ""))
        for above in project.iter()
        for code in above
        if _tag(code) == "Code"
    }


def _all(element: Element, name: str) -> Iterator[Element]:
    """Yield elements by name: programs differ in the namespace they write."""
    return (found for found in element.iter() if _tag(found) == name)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _bare(identifier: str) -> str:
    """Return an identifier as this book writes it; some write it in braces or capitals."""
    return identifier.strip().strip("{}").lower()


def _unnamed(source: str) -> str:
    return SUFFIX.sub("", source.strip())


def _told(kind: str, counts: Counter[str]) -> str:
    names = ", ".join(
        printable(name, 60) or "(no name)" for name, _ in counts.most_common(MAX_LISTED)
    )
    more = f" and {len(counts) - MAX_LISTED} more" if len(counts) > MAX_LISTED else ""
    return f"left out {counts.total()} codings of {kind} the data do not have: {names}{more}"
