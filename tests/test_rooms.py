"""The rooms of the package, and the one direction in which they may look."""

import ast

import pytest

from tracktwo.ground import paths

ROOMS = [
    "ground",
    "data",
    "analysis",
    "claims",
    "words",
    "drawing",
    "telling",
    "chapters",
    "book",
]
"""A room may use those before it."""

PACKAGE = paths.ROOT / "tracktwo"
MODULES = sorted(f.relative_to(PACKAGE).as_posix() for f in PACKAGE.rglob("*.py"))


def imports(module):
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tracktwo":
            for name in node.names:
                yield f"{node.module}.{name.name}".split(".")[1:]
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "tracktwo":
                    yield name.name.split(".")[1:]


@pytest.mark.parametrize("module", [m for m in MODULES if "/" in m])
def test_when_a_module_imports_then_it_looks_only_into_rooms_before_its_own(module):
    room = module.split("/")[0]
    used = {path[0] for path in imports(module) if path and path[0] in ROOMS}
    later = {name for name in used if ROOMS.index(name) > ROOMS.index(room)}
    assert not later, f"{module} imports from {sorted(later)}"


def test_when_the_package_is_listed_then_every_module_stands_in_a_room():
    loose = {m for m in MODULES if "/" not in m}
    assert loose == {"__init__.py", "__main__.py"}
    assert {m.split("/")[0] for m in MODULES if "/" in m} == set(ROOMS)


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("chapters/")])
def test_when_a_chapter_imports_then_from_no_other_chapter(module):
    own = module.split("/")[1]
    others = {path[1] for path in imports(module) if path[0] == "chapters" and len(path) > 1}
    assert others <= {own}, f"{module} imports from {sorted(others - {own})}"


@pytest.mark.parametrize("folder", sorted({m.split("/")[1] for m in MODULES if m.count("/") > 1}))
def test_when_a_chapter_is_opened_then_it_has_at_most_three_modules(folder):
    modules = [m for m in MODULES if m.startswith(f"chapters/{folder}/") and "__init__" not in m]
    assert len(modules) <= 3
