"""Open a data set: the typed tables from which every chapter starts."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from tracktwo.data.asked import demand
from tracktwo.data.package import Package
from tracktwo.data.validation.coding import CONSENSUS
from tracktwo.data.validation.validate import Valid, read_descriptor, validate
from tracktwo.data.wide import with_codes
from tracktwo.ground import paths

PERSON = "person"
"""The kind of a coder who is no machine."""

CODES = {"inventory": "codes", "practitioners": "statement_codes"}
"""The table of codes of each part of the codebook."""

NUMBERED = re.compile(r"_\d+$")
"""How the name of a coder ends who has none but a number."""


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """A validated data set.

    The columns of each table are those that `data/datapackage.json` defines, then the data set's
    own. A file that is not there is a table of no rows; a column that is not there is empty, or
    ``not_stated`` where it is a closed list. Text is ``str``
    with NaN where a cell is empty, whole numbers and years are ``Int64``, yes/no is ``bool``,
    dates are ``datetime64``, a closed list of words is categorical in the schema's order, and
    a list column holds tuples (empty ones for empty cells). Rows keep the order of the file.

    Attributes
    ----------
    initiatives, codes, sources
        The inventory: one row an initiative; a code of one by a coder; a source of one.
    documents, speakers, statements, statement_codes
        What practitioners say: one row a document; a speaker in it; a paraphrased statement;
        a code of a statement by a coder.
    codebook
        One row an allowed value of a variable, with label and definition.
    facts, claims
        What the article states in its abstract; the claims under test.
    timeline, history
        Events of the official track and of violence; facts about the field.
    rounds
        By part of the codebook (``inventory``, ``practitioners``) the rounds of coding: name and
        two coders of each, the latest last.
    digest
        Short SHA-256 of the files' text: the same for the same data.
    package
        What the data set says of itself.
    path
        The folder it was read from.
    partial
        By part, the coders of a sample, where there are any.
    """

    initiatives: pd.DataFrame
    codes: pd.DataFrame
    sources: pd.DataFrame
    documents: pd.DataFrame
    speakers: pd.DataFrame
    statements: pd.DataFrame
    statement_codes: pd.DataFrame
    codebook: pd.DataFrame
    facts: pd.DataFrame
    claims: pd.DataFrame
    timeline: pd.DataFrame
    history: pd.DataFrame
    rounds: dict[str, dict[str, tuple[str, str]]]
    digest: str
    package: Package
    path: Path
    partial: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _once: dict[Hashable, pd.DataFrame] = field(default_factory=dict, init=False)

    def __repr__(self) -> str:
        return (
            f"<Study {self.digest}: {len(self.initiatives)} initiatives, "
            f"{len(self.statements)} statements>"
        )

    def once(self, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return what `make` makes of this study, made the first time that `key` is asked for.

        Whoever gets the table may change it: pandas copies what is written to.
        """
        if key not in self._once:
            self._once[key] = make()
        return self._once[key].copy(deep=False)

    def has(self, table: str) -> bool:
        """Return whether a table, such as ``statements``, has any rows."""
        return len(getattr(self, table)) > 0

    def has_variable(self, variable: str, part: str = "inventory") -> bool:
        """Return whether the codebook's part has a variable, and somebody has coded it."""
        return variable in set(self._book(part)["variable"]) and bool(
            (self._codes(part)["variable"] == variable).any()
        )

    def usual_coder(self, part: str = "inventory") -> str:
        """Return whose codes count unless another coder is asked for."""
        coders = self.coders(part)
        chosen = [c for c in (self.package.frame["coder"], CONSENSUS) if c in coders]
        return next(iter([*chosen, *coders]), CONSENSUS)

    def wide(self, coder: str | None = None) -> pd.DataFrame:
        """Return one row an initiative, with its codes by one coder, or the usual one, as columns.

        Returns
        -------
        pandas.DataFrame
            Index ``id``; the other columns of `initiatives`; a ``bool`` column
            ``{variable}_{value}`` for every value of the codebook's part ``inventory``, used or
            not; for each variable with one value a categorical column of its name, in the
            codebook's order; and ``bool`` columns by what the package says that values mean:
            ``has_elite``, ``has_professional`` and ``has_grassroots`` participants, a documented
            plan for transfer (``has_plan``), and a wave with ``routes_in_view``.

        Raises
        ------
        ValueError
            When `coder` coded nothing in this part; names those who did.
        """
        coder = self.usual_coder() if coder is None else coder
        demand("coder", coder, str, "the name of a coder")
        return self.once(("wide", coder), lambda: self._wide(coder))

    def _wide(self, coder: str) -> pd.DataFrame:
        rows = self._with_codes(self.initiatives, "initiative_id", "inventory", coder)
        roles = self.package.roles
        meant = {
            f"has_{level}": [f"participants_{value}" for value in values]
            for level, values in roles["participants"].items()
        }
        meant["has_plan"] = [f"transfer_planned_{v}" for v in roles["transfer_planned"]["planned"]]
        return rows.assign(
            **{name: rows[columns].any(axis=1) for name, columns in meant.items()},
            routes_in_view=rows["wave"].isin(roles["wave"]["routes_in_view"]),
        )

    def wide_statements(self, coder: str | None = None) -> pd.DataFrame:
        """Return one row a statement, with its codes by one coder as columns.

        Returns
        -------
        pandas.DataFrame
            As `wide`, for the part ``practitioners``; with the columns of `documents` (`title`,
            `event_kind`, `year`, …) and of `speakers` (`side`, `organisation`,
            `practice_level`) joined to those of `statements`.

        Raises
        ------
        ValueError
            When `coder` coded nothing in this part; names those who did.
        """
        coder = self.usual_coder("practitioners") if coder is None else coder
        demand("coder", coder, str, "the name of a coder")
        return self.once(("wide statements", coder), lambda: self._wide_statements(coder))

    def _wide_statements(self, coder: str) -> pd.DataFrame:
        speakers = self.speakers.merge(self.documents.rename(columns={"id": "document_id"}))
        rows = self.statements.merge(speakers, how="left", on=["document_id", "speaker"])
        return self._with_codes(rows, "statement_id", "practitioners", coder)

    def labels(self, variable: str, part: str = "inventory") -> dict[str, str]:
        """Return the label of each value of a variable, in the codebook's order.

        Raises
        ------
        ValueError
            When the part has no such variable; names those it has.
        """
        demand("variable", variable, str, "the name of a variable")
        book = self._book(part)
        if variable not in set(book["variable"]):
            allowed = ", ".join(book["variable"].unique())
            raise ValueError(f"no variable {variable!r} in part {part}; there are: {allowed}")
        rows = book[book["variable"] == variable]
        return dict(zip(rows["value"], rows["label"], strict=True))

    def category_labels(self, table: str, column: str) -> dict[str, str]:
        """Return how the words of a closed list are written, as the data set's schema says it.

        Parameters
        ----------
        table
            The name of the table in the schema, such as ``initiatives``.

        Raises
        ------
        ValueError
            When that column is no closed list; names those that are.
        """
        lists = self.package.lists
        if (labels := lists.get(f"{table}.{column}")) is None:
            raise ValueError(f"no labels for {table}.{column}; there are: {', '.join(lists)}")
        return dict(labels)

    def coders(self, part: str = "inventory") -> list[str]:
        """Return who coded all of the part, in the order of the file: no coder of a sample."""
        of_sample = self.partial.get(part, ())
        return [c for c in self._codes(part)["coder"].unique() if c not in of_sample]

    def optional_variables(self, part: str = "inventory") -> frozenset[str]:
        """Return the variables of which a row may have no code, which then means none."""
        return frozenset(
            name
            for resource in read_descriptor()["resources"]
            if (coding := resource.get("coding")) and coding["part"] == part
            for name in coding["optional"]
        )

    def people(self, part: str = "inventory") -> list[str]:
        """Return the people who coded the part or a sample of it, in the order of the file."""
        said = self.package.coders
        every = self._codes(part)["coder"].unique()
        return [c for c in every if c in said and said[c].kind == PERSON]

    def coder_label(self, coder: str, part: str = "inventory") -> str:
        """Return a coder as readers know them: as the package says, or by the name.

        Who is only numbered is known by the round and the place in it.
        """
        if (said := self.package.coders.get(coder)) and said.label:
            return said.label
        for name, pair in self.rounds.get(part, {}).items():
            if coder in pair and NUMBERED.search(coder):
                return f"coder {pair.index(coder) + 1} of the {name} round"
        return coder.replace("_", " ")

    def _codes(self, part: str) -> pd.DataFrame:
        """Return the codes of a part as categorical columns: few of their cells are different."""
        self._book(part)
        return self.once(("codes", part), lambda: getattr(self, CODES[part]).astype("category"))

    def _book(self, part: str) -> pd.DataFrame:
        demand("part", part, str, "the name of a part of the codebook")
        if part not in (parts := list(self.codebook["part"].cat.categories)):
            raise ValueError(f"no part {part!r} in the codebook; there are: {', '.join(parts)}")
        return self.codebook[self.codebook["part"] == part]

    def _with_codes(self, rows: pd.DataFrame, key: str, part: str, coder: str) -> pd.DataFrame:
        """Set the codes of one coder beside `rows`, whose ``id`` becomes the index."""
        if len(rows) and coder not in (coders := self.coders(part)):
            raise ValueError(f"no coder {coder!r} in part {part}; there are: {', '.join(coders)}")
        codes = self._codes(part)
        return with_codes(rows, self._book(part), codes[codes["coder"] == coder], key)


def open_study(path: str | Path = "data") -> Study:
    """Validate the data set in the folder `path` and return its tables.

    Parameters
    ----------
    path
        The folder; a relative one is taken below the repository's root. The schema is the
        repository's, with what the data set's own ``datapackage.json`` says of lists, years and
        columns.

    Raises
    ------
    DataError
        With every problem found: file, row, column, what is there, what is allowed.
    """
    demand("path", path, (str, Path), "the path of a folder")
    folder = paths.under_root(path)
    return study_of(validate(folder), folder)


def study_of(valid: Valid, folder: Path) -> Study:
    """Return the study of a data set that has been validated."""
    found = {"rounds": valid.rounds, "digest": valid.digest, "package": valid.package}
    tables = dict(valid.tables)
    for name in CODES.values():
        lists = [c for c in tables[name] if f"{name}.{c}" in valid.package.lists]
        texts = tables[name].select_dtypes("category").drop(columns=lists)
        tables[name] = tables[name].assign(**{n: _as_text(cells) for n, cells in texts.items()})
    study = Study(**tables, **found, path=folder, partial=valid.partial)
    for part, name in CODES.items():
        study.once(("codes", part), lambda name=name: valid.tables[name])
    return study


def _as_text(cells: pd.Series) -> pd.Series:
    """Return a categorical column as text, with NaN where it has no category."""
    each = pd.array(cells.cat.categories, dtype="str")
    return pd.Series(each.take(cells.cat.codes.to_numpy(), allow_fill=True), index=cells.index)
