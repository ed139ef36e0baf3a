"""Which function made a number or a figure, and on which line it stands.

An estimate says who made it (`estimates.Estimate`). For everything else the chapter's notebook is
read, not run: what `say`, `show` and `show_table` are given is followed back to the first function
of the package that it came from. Lines are looked up when the book is built and stand in no output,
which would change with every line above them.
"""

import ast
import functools
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from nbformat import NotebookNode

from tracktwo.ground import paths

PACKAGE = __name__.partition(".")[0]
TELLING = ("say", "show", "show_table")
Place = dict[str, str | int]


def locate(function: str) -> Place | None:
    """Return ``function`` (in full), its ``file`` and ``line``; None where there is no such thing.

    Parameters
    ----------
    function
        The dotted name of a function, class or method of the package; one that a module only
        imports is found where it is defined.
    """
    parts = function.split(".")
    for length in range(len(parts) - 1, 0, -1):
        file = _file(tuple(parts[:length]))
        if file is None:
            continue
        defined, imported = _names(file)
        name = ".".join(parts[length:])
        if name in defined:
            return {"function": function, "file": file, "line": defined[name]}
        if parts[length] in imported:
            return locate(".".join([imported[parts[length]], *parts[length + 1 :]]))
        return None
    return None


def makers(notebook: NotebookNode) -> dict[str, Place]:
    """Return who made what a chapter tells.

    The keys are the names of values without what follows their first dot, those of a figure's or
    table's texts after its own name and a dot; and the label of each figure and table itself. What
    a loop puts into a figure's name is a star.
    """
    found: dict[str, Place] = {}
    known: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for line in _lines(cell.source):
            for name, origin in _told(line, known):
                if place := locate(origin):
                    found.setdefault(name, place)
            known |= dict(_assigned(line, known))
    return found


def maker_of(name: str, known: dict[str, Place]) -> Place | None:
    """Return who made a value, by its whole name, or a figure among `makers` of its chapter."""
    fronts = [name[: dot.start()] for dot in re.finditer(r"\.|$", name)]
    fits = (key for front in reversed(fronts) for key in known if fnmatchcase(front, key))
    return next((known[key] for key in fits), None)


def _lines(source: str) -> Iterator[ast.stmt]:
    """Yield a cell's lines, those of its loops as well; of one that is not plain Python, none."""
    try:
        waiting = ast.parse(source).body
    except SyntaxError:
        return
    while waiting:
        line = waiting.pop(0)
        yield line
        waiting = [*getattr(line, "body", []), *waiting]


def _told(line: ast.stmt, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of everything that a line of a notebook tells, and what it came from."""
    for call in ast.walk(line) if isinstance(line, ast.Expr) else ():
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        if call.func.id not in TELLING:
            continue
        owner = ""
        if call.func.id != "say" and len(call.args) > 1:
            name = _name(call.args[1])
            owner, kind = f"{name}.", "fig" if call.func.id == "show" else "tab"
            yield f"{kind}-{name}", _origin(call.args[0], known)
        for given in call.keywords:
            if given.arg:
                yield f"{owner}{given.arg}", _origin(given.value, known)


def _name(node: ast.expr) -> str:
    """Return the name of a figure or a table, with a star for what is only known when it runs."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_name(part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "*"


def _assigned(line: ast.stmt, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each name that a line gives a meaning to, and what it came from."""
    if isinstance(line, ast.Import | ast.ImportFrom):
        for alias in line.names:
            front = f"{line.module}." if isinstance(line, ast.ImportFrom) else ""
            yield alias.asname or alias.name, front + alias.name
    elif isinstance(line, ast.Assign):
        for target in line.targets:
            yield from _paired(target, line.value, known)
    elif isinstance(line, ast.For):
        yield from _paired(line.target, line.iter, known)


def _paired(target: ast.expr, value: ast.expr, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Name):
        yield target.id, _origin(value, known)
    elif isinstance(target, ast.Tuple):
        same = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        for place, name in enumerate(target.elts):
            yield from _paired(name, value.elts[place] if same else value, known)


def _origin(node: ast.AST, known: dict[str, str]) -> str:
    """Return the function or class of the package that an expression came from, or nothing."""
    if isinstance(node, ast.Name):
        name = known.get(node.id, "")
        return name if locate(name) else ""
    if isinstance(node, ast.Attribute):
        name = _dotted(node, known)
        return name if locate(name) else _origin(node.value, known)
    # A choice is what it chooses, not what it asks.
    parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else ast.iter_child_nodes(node)
    return next(filter(None, (_origin(part, known) for part in parts)), "")


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, known)}.{node.attr}"
    return _origin(node, known)


@functools.cache
def _file(module: tuple[str, ...]) -> str | None:
    """Return the file of a module of the package, relative to the repository."""
    if module[0] != PACKAGE:
        return None
    place = paths.ROOT.joinpath(*module)
    for file in (place.with_suffix(".py"), place / "__init__.py"):
        if file.is_file():
            return file.relative_to(paths.ROOT).as_posix()
    return None


@functools.cache
def _names(file: str) -> tuple[dict[str, int], dict[str, str]]:
    """Return the lines of a module's functions, classes and methods; and what it imports."""
    defined: dict[str, int] = {}

    def note(body: list[ast.stmt], front: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined[front + node.name] = node.lineno
            if isinstance(node, ast.ClassDef):
                note(node.body, f"{front}{node.name}.")

    tree = ast.parse((paths.ROOT / file).read_text("utf-8"))
    note(tree.body, "")
    lines = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported = {a.asname or a.name: f"{n.module}.{a.name}" for n in lines for a in n.names}
    return defined, imported
