"""The panel of assumptions: what each claim comes to under every setting a reader can choose.

All that a reader sees of an estimate is written here, from the specification curves: the page
only looks up the place of a setting, and computes nothing. The curves are taken as exact as the
claims' own tests, so that a setting shows what executing the book with it would.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from tracktwo.analysis import agreement, estimates
from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.voices import statement_coder
from tracktwo.claims.claims import Part, tested
from tracktwo.claims.influence import influence, most_moving, part_curve, usual, varied
from tracktwo.claims.specifications import take_inventory
from tracktwo.claims.standing import standings
from tracktwo.claims.statement_curves import UNITS
from tracktwo.claims.verdicts import VERDICTS, Verdict, judge, reach_one
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.assumption_words import (
    GROUPS,
    UNNAMED,
    Control,
    coder_words,
    control_group,
    control_label,
    control_names,
    control_noun,
    control_options,
    words_of,
)
from tracktwo.words.claim_words import cases_words, say_side
from tracktwo.words.numbers import WRITTEN, most_percent

DIRECTIONS = (
    "as predicted",
    "as predicted, but the interval includes the border",
    "not as predicted, but the interval includes the border",
    "not as predicted",
    "no estimate",
)
"""Where an estimate and its interval lie, from the predicted side to the other."""

OPEN = DIRECTIONS[1:3]
"""The directions in which the interval includes the border."""

WIDTH = 1000
"""The length of the line on which an estimate is drawn; places on it are whole numbers."""

MISSING = -1
"""The place of what was not computed."""


def precise_verdicts(study: Study, frame: Frame) -> dict[str, Verdict]:
    """Return the verdicts with every specification as exact as the claims' own tests."""
    inventory = replace(take_inventory(study, frame), draws=estimates.RESAMPLES, exact=True)
    of_alphas = replace(inventory, draws=agreement.RESAMPLES)
    return {
        claim: reach_one(claim, study, frame, of_alphas if claim == "C8" else inventory)
        for claim in tested(study)
    }


def panel_data(
    study: Study, frame: Frame, verdicts: dict[str, Verdict]
) -> tuple[dict[str, object], dict[str, list[dict[str, list]]]]:
    """Return what the panel knows, as plain values.

    Parameters
    ----------
    verdicts
        `precise_verdicts` of the same study and frame.

    Returns
    -------
    tuple
        What the panel is made of: controls, claims with the edition's own results, the words for
        them and for directions. And for each claim and part the columns that a setting is looked
        up in: ``rows``, what can come of it, and for each combination of the claim's options,
        the last choice varying fastest, ``places``, its row, and ``cases``, how many there are;
        `MISSING` where nothing was computed.
    """
    controls = controls_of(study, frame, verdicts)
    said = standings(study, frame, verdicts)
    claims = [
        _claim(study, frame, found, controls) | words_of(found, said[claim])
        for claim, found in verdicts.items()
    ]
    names = control_names(controls)
    index = {
        "controls": [
            {
                "name": name,
                "label": control_label(control, controls),
                "noun": control_noun(control, controls),
                "group": control_group(control),
                "options": control_options(study, control),
                "own": control.options.index(control.own),
                "claims": list(control.claims),
            }
            for name, control in zip(names, controls, strict=True)
        ],
        "groups": list(GROUPS),
        "claims": claims,
        "directions": list(DIRECTIONS),
        "open": [direction in OPEN for direction in DIRECTIONS],
    }
    return index, {claim: _columns(found) for claim, found in verdicts.items()}


def controls_of(study: Study, frame: Frame, verdicts: dict[str, Verdict]) -> list[Control]:
    """Return the choices of all claims, each once for every option that is a claim's own."""
    options: dict[tuple[str, str], list[str]] = {}
    claims: dict[tuple[str, str], list[str]] = {}
    for claim, found in verdicts.items():
        own = usual(study, frame, claim)
        for choice, given in claim_options(found).items():
            key = (choice, own[choice] or UNNAMED)
            known = options.setdefault(key, [])
            known += [option for option in given if option not in known]
            claims.setdefault(key, []).append(claim)
    return [
        Control(choice, own, tuple(known if own in known else [own, *known]), tuple(claims[key]))
        for key, known in options.items()
        for choice, own in [key]
    ]


def claim_options(found: Verdict) -> dict[str, list[str]]:
    """Return the choices that the specifications of a claim make, with their options."""
    return {c: [*dict.fromkeys(found.curve[c].astype(str))] for c in varied(found.curve)}


# What a claim is, and what the edition itself finds


def _claim(
    study: Study, frame: Frame, found: Verdict, controls: list[Control]
) -> dict[str, object]:
    claim = found.result.id
    parts = zip(found.result.parts, found.agree, strict=True)
    of = {c.choice: i for i, c in enumerate(controls) if claim in c.claims}
    taken = [
        {"control": of[choice], "size": len(given)}
        | _taken(study, frame, claim, controls[of[choice]], given)
        for choice, given in claim_options(found).items()
    ]
    return {
        "id": claim,
        "text": study.claims.set_index("id").loc[claim, "claim"],
        "parts": [
            {
                "name": first_up(part.name),
                "predicted": say_side(part),
                "border": _line(part, found, place)(part.border),
                "own": _row(part, agree, _line(part, found, place)),
                "cases": round(part.cases),
                "counted": cases_words(claim, part),
            }
            for place, (part, agree) in enumerate(parts)
        ],
        "reason": found.reason,
        "choices": taken,
        "most": _most(found, of),
    }


def _taken(
    study: Study, frame: Frame, claim: str, control: Control, given: list[str]
) -> dict[str, list]:
    """Return the claim's option for each of a control's, and what to say where it is another.

    Who has coded no statements has the consensus take their place, as in `statement_coder`.
    """
    digits, instead = [], []
    for option in control.options:
        taken, said = option, ""
        if control.choice == "coder" and option not in given and claim in UNITS:
            taken = statement_coder(study, replace(frame, coder=option))
            label = study.coder_label(taken, "practitioners")
            said = f"Codes: {label}, since {coder_words(study, option)} coded no statements."
        digits.append(given.index(taken) if taken in given else MISSING)
        instead.append(said)
    return {"digits": digits, "instead": instead}


def _most(found: Verdict, of: dict[str, int]) -> dict[str, object] | None:
    """Return the choice that moves a claim most and how much it accounts for, None if none does."""
    if not (choice := most_moving(found)):
        return None
    table = influence(part_curve(found, found.agree.index(found.agree_share)))
    return {"control": of[choice], "explained": most_percent(table["explained"].iloc[0])}


# What a setting comes to


def _columns(found: Verdict) -> list[dict[str, list]]:
    options = claim_options(found)
    sizes = [len(given) for given in options.values()]
    columns = []
    for place, (part, agree) in enumerate(zip(found.result.parts, found.agree, strict=True)):
        table = found.curve[found.curve["part"] == place]
        codes = [pd.Categorical(table[c].astype(str), given).codes for c, given in options.items()]
        numbers = table[["value", "low", "high", "n", "cases"]]
        groups = numbers.groupby(list(numbers), dropna=False, sort=False)
        line, rows, row_of = _line(part, found, place), {}, []
        for group in groups.head(1).itertuples(index=False):
            estimate = Estimate(group.value, group.low, group.high, group.n)
            row = _row(replace(part, estimate=estimate, cases=group.cases), agree, line)
            # What reads alike is one row: of the drawing, the first one's is near enough.
            row_of.append(rows.setdefault(tuple(row[:3]), (len(rows), row))[0])
        places, cases = np.full((2, int(np.prod(sizes)) if sizes else 0), MISSING)
        if len(table) and sizes:
            here = np.ravel_multi_index(codes, sizes)
            places[here] = np.array(row_of)[groups.ngroup()]
            cases[here] = table["cases"].round()
        filled = {"places": places.tolist(), "cases": cases.tolist()}
        columns.append({"rows": [row for _, row in rows.values()]} | filled)
    return columns


def _row(part: Part, agree: float, line: "Line") -> list:
    """Return what is said of one estimate: text, verdict, direction; and where it is drawn.

    The rule is that of `verdicts.judge`, with the share of all specifications that agree.
    """
    estimate = part.estimate
    if np.isnan(estimate.value):
        direction, drawn = DIRECTIONS[-1], []
    else:
        side, holds = part.side, bool(part.holds(estimate.value))
        direction = DIRECTIONS[(0 if holds else 3) if side != "open" else (1 if holds else 2)]
        drawn = [line(x) for x in (estimate.low, estimate.value, estimate.high)]
    return [
        WRITTEN[part.kind](estimate).text,
        VERDICTS.index(judge(part, agree)),
        DIRECTIONS.index(direction),
        drawn,
    ]


@dataclass(frozen=True)
class Line:
    """The line on which the estimates of one part are drawn; ratios as logarithms."""

    start: float
    end: float
    log: bool

    def __call__(self, value: float) -> int:
        """Return the place of a value, 0 to `WIDTH`; what lies beyond an end is at that end."""
        with np.errstate(divide="ignore"):
            x = np.log(value) if self.log else value
        x = np.clip(np.nan_to_num(x, nan=self.start), self.start, self.end)
        return round(WIDTH * float((x - self.start) / (self.end - self.start)))


def _line(part: Part, found: Verdict, place: int) -> Line:
    """Return a line that holds the border, the edition's interval and nearly all others."""
    table, own = found.curve[found.curve["part"] == place], part.estimate
    ends = pd.concat([table["low"], table["high"]]).astype(float)
    nearly_all = ends[np.isfinite(ends)].quantile([0.02, 0.98])
    values = [*nearly_all, own.low, own.high, part.border]
    log = part.kind == "ratio"
    with np.errstate(divide="ignore", invalid="ignore"):
        x = np.log(values) if log else np.array(values, dtype=float)
    x = x[np.isfinite(x)]
    room = 0.05 * (x.max() - x.min()) or 1.0
    return Line(float(x.min() - room), float(x.max() + room), log)
