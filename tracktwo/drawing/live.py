"""The live version of a figure: a chart with parameters, and the controls that set them.

The page shows the static image; where scripts run, the book's own Vega draws the live chart in
its place. What a reader can do stands outside the chart, in form elements of the page, so that
keyboard and screen reader reach all of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import altair as alt

PICKED = "picked"
"""The chart's parameter that holds the key of the item a reader picked, or nothing."""


@dataclass(frozen=True)
class Choice:
    """A list to choose one value from; the chart's parameter `name` holds it, or nothing.

    Attributes
    ----------
    name
        Name of the parameter, and of the field of `Item.has` that is compared with it.
    label
        What is chosen, for readers.
    options
        Each value and how it is written.
    """

    name: str
    label: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Slider:
    """A row of numbers to slide along; the chart's parameter `name` holds the number.

    Attributes
    ----------
    says
        What to say beside the slider at each number, computed from the data.
    start
        The number the static image is drawn for.
    """

    name: str
    label: str
    says: Mapping[int, str]
    start: int


@dataclass(frozen=True)
class Item:
    """Something in the chart that can be pointed at, picked and read about.

    The marks of the chart carry `key` as their tooltip.

    Attributes
    ----------
    key, title, text
        Its key, its name, what to know of it.
    href
        Where it leads, from the site's root; empty when nowhere.
    parts
        What it is made of: each a text, where it leads, and what to say after it.
    has
        The values by which each `Choice` finds it.
    """

    key: str
    title: str
    text: str = ""
    href: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()
    has: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Live:
    """The live version of a figure.

    Attributes
    ----------
    chart
        As large as the static chart, with a parameter for each control (`parameter`).
    controls
        What a reader can set.
    items
        What a reader can point at and pick.
    noun
        What the items are, in the plural: "initiatives".
    pick
        Label of the list of items; without one there is no list.
    """

    chart: alt.TopLevelMixin
    controls: tuple[Choice | Slider, ...] = ()
    items: tuple[Item, ...] = ()
    noun: str = "items"
    pick: str = ""

    def as_dict(self) -> dict:
        """Return all of it as plain values, the chart as a Vega-Lite spec.

        The narrow version that a static chart may bring (`with_narrow`) is none of a live one.
        """
        spec = self.chart.to_dict(validate=False)
        spec.pop("usermeta", None)
        return {
            "spec": spec,
            "controls": [_control(control) for control in self.controls],
            "items": [_without_empty(asdict(item)) for item in self.items],
            "noun": self.noun,
            "pick": self.pick,
        }


def parameter(name: str, value: object = "") -> alt.Parameter:
    """Return the chart's parameter that a control of that name sets."""
    return alt.param(name=name, value=value)


def fits(choices: tuple[Choice, ...]) -> str:
    """Return the Vega expression that is true of a datum which every choice lets through.

    The datum has a list under each choice's name.
    """
    tests = [f"({c.name} === '' || indexof(datum.{c.name}, {c.name}) >= 0)" for c in choices]
    return " && ".join(tests) or "true"


def _control(control: Choice | Slider) -> dict:
    values = asdict(control)
    if isinstance(control, Slider):
        return values | {
            "kind": "slider",
            "says": [[value, text] for value, text in sorted(control.says.items())],
        }
    return values | {"kind": "choice", "options": [list(o) for o in control.options.items()]}


def _without_empty(values: dict) -> dict:
    return {key: value for key, value in values.items() if value not in ("", (), {})}
