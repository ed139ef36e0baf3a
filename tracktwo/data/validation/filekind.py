"""Tell what a file is that should be CSV: text in UTF-8 with commas between the cells.

A file of another kind breaks every row, or every cell; here its one cause is found.
"""

from collections.abc import Sequence

from tracktwo.data.validation.nontext import MISREAD

Refusal = tuple[str, str]
"""What was found and what is allowed."""

AS_CSV = 'CSV text, as a spreadsheet saves it under "CSV UTF-8 (comma delimited)"'
AS_UTF8 = f"UTF-8 text: {AS_CSV}"

SIGNATURES = {
    b"PK\x03\x04": ("an Excel workbook, or another zip archive", AS_CSV),
    b"\xd0\xcf\x11\xe0": ("an Excel workbook of the old kind", AS_CSV),
    b"%PDF": ("a PDF", AS_CSV),
    b"\x1f\x8b": ("a compressed file", AS_CSV),
    b"\xff\xfe": ("UTF-16 text", AS_UTF8),
    b"\xfe\xff": ("UTF-16 text", AS_UTF8),
}
"""How files begin that are no UTF-8 text at all."""

SEPARATORS = {";": "semicolons (;)", "\t": "tabs", "|": "bars (|)"}
MANY_SIGNS = 5  # misread letters by which a file, not a cell, is known to be spoilt
SAMPLE = 4_096  # bytes that tell whether a file is text


def other_kind(content: bytes) -> Refusal | None:
    """Say what the bytes are when they are no UTF-8 text from the first byte on."""
    for start, refusal in SIGNATURES.items():
        if content.startswith(start):
            return refusal
    sample = content[:SAMPLE]
    if sample and not sample.strip(b"\0"):
        return "nothing but zero bytes, as after a crash or a full disk", AS_CSV
    if sample.count(0) > len(sample) / 4:  # every second byte of Latin letters
        return "UTF-16 text, or no text at all", AS_UTF8
    return None


def misread(text: str) -> Refusal | None:
    """Say that a whole text was read in another encoding and saved again, where it was."""
    signs = MISREAD.findall(text)
    if len(signs) < MANY_SIGNS:
        return None
    found = (
        f"UTF-8 that was read as Windows-1252 and saved again ({signs[0]!r}, {len(signs):,} times)"
    )
    return found, "the file as it was before that, opened as UTF-8"


def undecodable(content: bytes, start: int) -> str:
    """Name the byte at `start`, which is not UTF-8, and what another encoding means by it."""
    byte, second, third = (*content[start : start + 3], 0, 0)[:3]
    if byte == 0xED and 0xA0 <= second <= 0xBF and 0x80 <= third <= 0xBF:
        half = 0xD000 + ((second & 0x3F) << 6) + (third & 0x3F)
        return f"U+{half:04X} (half a character: a lone surrogate)"
    sign = bytes([byte]).decode("cp1252", "ignore")
    return f"byte 0x{byte:02x}" + (f" ({sign} in Windows-1252)" if sign.isprintable() else "")


def other_layout(header: Sequence[str], first: str, columns: Sequence[str]) -> Refusal | None:
    """Say how the cells are laid out when it is not with commas between them.

    Parameters
    ----------
    header
        The file's first row, read with commas.
    first
        Its first line as it stands.
    columns
        The names that are expected.
    """
    if first.lower().startswith("sep="):
        return f"{first}, a line for Excel", "the names of the columns in row 1"
    known = set(columns)
    with_commas = len(known & {as_name(name) for name in header})
    if len(header) == 1 and len(known & {as_name(name) for name in header[0].split(",")}) > 1:
        return "each row as one cell in quotes", "a cell a column, with commas between them"
    for sign, words in SEPARATORS.items():
        if len(known & {as_name(name) for name in first.split(sign)}) > max(with_commas, 1):
            return f"cells separated by {words}", f"cells separated by commas: {AS_CSV}"
    return None


def as_name(text: str) -> str:
    """Return `text` as the name of a column is written: small letters, no blanks or quotes."""
    return text.strip(' "\t').lower().replace(" ", "_")
