"""Chapter `evidence`: where the rows come from and how far their codes can be trusted."""

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets, confusion, percent_agreement
from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, ratio_text

FIRM, TENTATIVE = 0.8, 0.667  # customary lower limits of alpha (Krippendorff 2019)
COLUMNS = ["variable", "round", "alpha", "low", "high", "n"]
NO_ROUND = "No two coders of one round are in the data."


def spoken(variable: str) -> str:
    """Return a variable's name as words."""
    return variable.replace("_", " ")


def agreement_by_variable(study: Study, part: str) -> pd.DataFrame:
    """Return the agreement of each round's two coders on each variable of a part.

    Returns
    -------
    pd.DataFrame
        Columns ``variable`` (in words), ``round``, ``alpha``, ``low``, ``high``, ``percent``,
        ``n``; only the rounds that the part holds.
    """
    codes, units = _coded(study, part)
    variables = study.codebook.loc[study.codebook["part"] == part, "variable"].unique()
    rows = []
    for variable in variables:
        for name, coders in _rounds(study, part).items():
            one, two = (code_sets(codes, units, coder, variable) for coder in coders)
            rows.append(
                _row(spoken(variable), name, alpha(one, two))
                | {"percent": percent_agreement(one, two)}
            )
    return pd.DataFrame(rows, columns=[*COLUMNS, "percent"])


def agreement_by_code(study: Study, part: str, variable: str) -> pd.DataFrame:
    """Return the agreement of each round on every code of a variable: given or not given.

    Columns ``variable`` (the code's label), ``round``, ``alpha``, ``low``, ``high``, ``n``.
    """
    codes, units = _coded(study, part)
    rows = []
    for value, label in study.labels(variable, part).items():
        for name, coders in _rounds(study, part).items():
            given = [
                [frozenset({value in found}) for found in code_sets(codes, units, coder, variable)]
                for coder in coders
            ]
            rows.append(_row(label, name, alpha(*given)))
    return pd.DataFrame(rows, columns=COLUMNS)


def earliest(study: Study, part: str = "inventory") -> str | None:
    """Return how the part's first round of coding is written, None when it has no round."""
    return next(iter(_rounds(study, part)), None)


def confusion_table(study: Study, variable: str, round_name: str | None) -> pd.DataFrame:
    """Return how often the two coders of a round gave each pair of values, ready to print."""
    if round_name is None:
        return pd.DataFrame([{"One coder ↓ the other →": NO_ROUND}])
    codes, units = _coded(study, "inventory")
    coders = _rounds(study, "inventory")[round_name]
    one, two = (code_sets(codes, units, coder, variable) for coder in coders)
    labels = {value: plain(label) for value, label in study.labels(variable).items()}
    table = confusion(one, two, labels)
    return table.rename_axis("One coder ↓ the other →").reset_index()


def count_disagreements(study: Study, variable: str, round_name: str, code: str) -> tuple[int, int]:
    """Return how often a round's coders gave different values, and how often one gave `code`."""
    codes, units = _coded(study, "inventory")
    coders = _rounds(study, "inventory")[round_name]
    one, two = (code_sets(codes, units, coder, variable) for coder in coders)
    apart = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(apart), sum(code in a | b for a, b in apart)


def _rounds(study: Study, part: str) -> dict[str, tuple[str, str]]:
    return {f"{name} round": pair for name, pair in study.rounds[part].items()}


def _coded(study: Study, part: str) -> tuple[pd.DataFrame, pd.Index]:
    if part == "inventory":
        return study.codes, pd.Index(study.initiatives["id"])
    return study.statement_codes, pd.Index(study.statements["id"])


def _row(label: str, round_name: str, estimate: Estimate) -> dict[str, object]:
    values = (label, round_name, estimate.value, estimate.low, estimate.high, estimate.n)
    return dict(zip(COLUMNS, values, strict=True))


def agreement_table(by_variable: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement ready to print: a row a variable, a column a round.

    A cell holds alpha with its interval, and how often both coders gave exactly the same codes.
    """
    rows = []
    for variable, group in by_variable.groupby("variable", sort=False):
        cells = {"Variable": variable.capitalize()}
        for row in group.itertuples():
            found = ratio_text(Estimate(row.alpha, row.low, row.high, row.n)).text
            cells[plain(first_up(row.round))] = f"{found}; {percent(row.percent).text}"
        rows.append(cells)
    return pd.DataFrame(rows or [{"Variable": NO_ROUND}])


def count_grades(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return starts per year and evidence grade: ``year``, ``grade``, ``initiatives``."""
    starts = rows[rows["period"].notna()]
    year = pd.Categorical(starts["start_year"].astype(int), list(frame.years))
    counts = starts.assign(year=year).groupby(["year", "evidence_grade"], observed=False).size()
    counts = counts.rename("initiatives").reset_index()
    return counts.rename(columns={"evidence_grade": "grade"}).astype({"year": int, "grade": str})


def count_source_years(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return sources of the frame's initiatives per year of publication: ``year``, ``sources``."""
    sources = study.sources[study.sources["initiative_id"].isin(rows.index)]
    years = sources["year"].dropna().astype(int)
    every = range(years.min(), years.max() + 1) if len(years) else []
    counts = years.value_counts().reindex(every, fill_value=0)
    return counts.rename_axis("year").rename("sources").reset_index()


def steps_table(frame: Frame, study: Study) -> pd.DataFrame:
    """Return the way from the data to the frame, ready to print."""
    steps = frame.steps(study)
    return steps.rename(columns={"step": "Step", "left_out": "Left out", "kept": "Kept"})


def doubt_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many initiatives have each column in doubt, the commonest first."""
    counts = rows["uncertain"].explode().dropna().value_counts()
    counts = counts.sort_index().sort_values(ascending=False, kind="stable")
    if counts.empty:
        counts = pd.Series({"nothing": 0})
    shares = [percent(n / len(rows)).text for n in counts]
    return pd.DataFrame(
        {
            "In doubt": [spoken(c).capitalize() for c in counts.index],
            "Initiatives": counts.to_numpy(),
            "Share": shares,
        }
    )


def codebook_table(study: Study, part: str) -> pd.DataFrame:
    """Return a part of the codebook ready to print: variable, code, definition."""
    book = study.codebook[study.codebook["part"] == part]
    name = book["variable"].astype(str)
    first = ~name.duplicated()
    return pd.DataFrame(
        {
            "Variable": [
                spoken(v).capitalize() if new else "" for v, new in zip(name, first, strict=True)
            ],
            "Code": [plain(label) for label in book["label"]],
            "Definition": [plain(d) for d in book["definition"].fillna("")],
        }
    )


def sources_per_initiative(study: Study, rows: pd.DataFrame) -> pd.Series:
    """Return the mean number of sources an initiative has, by the period it began in."""
    counts = study.sources["initiative_id"].value_counts().reindex(rows.index, fill_value=0)
    return counts.groupby(rows["period"], observed=False).mean()


def agreement_on_claims(study: Study) -> pd.DataFrame:
    """Return the agreement on the codes that the claims lean on most."""
    tables = [agreement_by_code(study, "inventory", name) for name in ("participants", "approach")]
    return pd.concat(tables, ignore_index=True)


def weakest(table: pd.DataFrame, round_name: str) -> pd.Series | None:
    """Return the row with the lowest alpha of a round, None when it has no alpha."""
    rows = table[(table["round"] == round_name) & table["alpha"].notna()]
    return None if rows.empty else rows.loc[rows["alpha"].idxmin()]
