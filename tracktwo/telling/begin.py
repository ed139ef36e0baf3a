"""`begin`: a chapter says on which data it is told, and what it cannot do without."""

from tracktwo.data.study import Study
from tracktwo.telling.at_hand import another_at_hand, set_at_hand
from tracktwo.telling.say import say
from tracktwo.telling.told import EmptyChapterError

NEEDS = {
    "statements": "statements by practitioners",
    "claims": "claims to test",
    "levels": "codes that tell grassroots participants from others",
    "two coders": "codes by two coders to compare",
}
"""What a chapter may need besides a variable of the codebook, and how it is called."""

EMPTY = """
:::{admonition} Why this chapter is empty
:class: answer
The data of this edition have no {{ missing | listed("and no") }}. This chapter is made of them, so there is nothing to tell here.
:::
"""  # noqa: E501


def begin(study: Study, *needs: str) -> bool:
    """Begin a chapter on `study`; return whether it is about the conflict the book was written on.

    From here on its passages speak of the conflict of these data alone (`at_hand`). Where the
    data lack what the chapter needs, it says so and ends.

    Parameters
    ----------
    needs
        The keys of `NEEDS`, or variables by which initiatives are coded.

    Raises
    ------
    EmptyChapterError
        When it ends. The book's executor and Jupyter leave the cells that follow alone.
    """
    set_at_hand(study.package)
    missing = [
        NEEDS.get(need, f"codes of {need.replace('_', ' ')}")
        for need in needs
        if not _has(study, need)
    ]
    if missing:
        say(EMPTY, missing=missing)
        raise EmptyChapterError(", ".join(missing))
    return not another_at_hand()


def _has(study: Study, need: str) -> bool:
    if need == "levels":
        level = study.package.roles["participants"]
        return bool(level["grassroots"]) and bool(level["elite"] or level["professional"])
    if need == "two coders":
        return bool(study.rounds.get("inventory"))
    if need in NEEDS:
        return not getattr(study, need).empty
    book = study.codebook
    return need in set(book.loc[book["part"] == "inventory", "variable"])
