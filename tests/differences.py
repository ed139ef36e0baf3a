"""Where two results differ, in words."""

AROUND = 30  # characters shown before and after the first difference of two texts


def differences(here, there, place=""):
    """Yield the places where two plain values differ, with both values."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in sorted({*here, *there}):
            yield from differences(here.get(key), there.get(key), f"{place} {key}")
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for index, pair in enumerate(zip(here, there, strict=True)):
            yield from differences(*pair, f"{place}[{index}]")
    elif isinstance(here, str) and isinstance(there, str) and here != there:
        at = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), 0)
        part = slice(max(at - AROUND, 0), at + AROUND)
        yield f"{place}, character {at}: {here[part]!r} here, {there[part]!r} there"
    elif here != there:
        yield f"{place}: {str(here)[:80]} here, {str(there)[:80]} there"
