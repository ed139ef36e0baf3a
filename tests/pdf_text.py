"""The text of a PDF that Typst wrote, page by page: what pypdf extracts, in a tenth of the time.

It reads but what Typst writes: strings of two bytes a glyph, and fonts that say what each glyph is
read as. `test_pdf` holds it against pypdf.
"""

import re

from pypdf import PdfReader

PLAIN = rb"(?:[^\\()]|\\.)*"
NESTED = rb"\((?:" + PLAIN + rb"(?:\(" + PLAIN + rb"\))?)*\)"  # pairs of brackets stay as they are
SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|(" + NESTED + rb")|<([0-9A-Fa-f\s]*)>(?!>)|\b(ET)\b", re.S)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.S)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
READ_AS = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n")


def pages_of(reader: PdfReader) -> list[str]:
    """Return the text of each page, a space after each piece that is set on its own."""
    fonts: dict[int, dict[int, str]] = {}
    return [_text_of(page, fonts) for page in reader.pages]


def _text_of(page, fonts):
    read, said = {}, []
    for name, font in page["/Resources"].get("/Font", {}).items():
        if font.idnum not in fonts:
            fonts[font.idnum] = _read_as(font.get_object()["/ToUnicode"].get_data())
        read[name] = fonts[font.idnum]
    contents, now = page.get_contents(), {}
    drawn = b"" if contents is None else contents.get_data()
    for font, literal, digits, end in SHOWN.findall(drawn):
        if font:
            now = read[f"/{font.decode()}"]
        elif end:
            said.append(" ")
        else:
            unescaped = ESCAPED.sub(_plain, literal[1:-1])
            codes = unescaped if literal else bytes.fromhex(digits.decode())
            pairs = zip(codes[::2], codes[1::2], strict=False)
            said += [now.get(high << 8 | low, "") for high, low in pairs]
    return "".join(said)


def _plain(escaped):
    sign = escaped[1]
    return bytes([int(sign, 8) & 255]) if sign[0] in b"01234567" else SIGNS.get(sign, sign)


def _read_as(table):
    """Return what each glyph of a font is read as."""
    pairs = READ_AS.findall(table)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
