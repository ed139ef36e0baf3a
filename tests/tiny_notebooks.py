"""Tiny notebooks made from lists of strings."""

import nbformat


def notebook(*sources, parameters='figures = "figures"\nn = 1'):
    """Return a notebook of code cells after a parameters cell and a heading."""
    cells = [
        nbformat.v4.new_markdown_cell("# Tiny", id="title"),
        nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        *(nbformat.v4.new_code_cell(s, id=f"cell-{i}") for i, s in enumerate(sources)),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def write(path, *sources):
    """Write such a notebook to `path` and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*sources), path)
    return path
