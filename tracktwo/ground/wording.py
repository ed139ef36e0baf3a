"""Words in a row, and their first letter."""

NO_BREAK = "\u00a0"
"""The space that keeps an interval, or a count and its sign, on one line."""


def enumerate_words(words: list[str], nothing: str = "none", joint: str = "and") -> str:
    """Return words as a list in prose: ``a, b and c``; `joint` stands before the last."""
    if not words:
        return nothing
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def first_up(text: str) -> str:
    """Return a sentence with its first letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
