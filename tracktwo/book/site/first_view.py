"""What a page asks for first, so that its first view is there soon and then stays as it is.

A browser reads no further than a script that may not wait, and it guesses nothing ahead in a
page with a policy of its own. So such a script comes last in the head, when all else has been
asked for, and the head names the first figure.
"""

import re

from tracktwo.book.site.figure_tools import PHONES

MODE = re.compile(r'<script src="[^"]*_static/mode\.js"></script>\n?')
FIRST = re.compile(r'<figure\b[^>]*\bid="fig-.*?</figure>', re.DOTALL)
SOURCE = re.compile(r'<source [^>]*srcset="([^"]+)"')
IMAGE = re.compile(r'<img [^>]*src="([^"]+)"')


def hasten(text: str) -> str:
    """Return a finished page's HTML with its head in the order in which things are needed."""
    mode = MODE.search(text)
    if mode is None:
        return text
    text = text.replace(mode[0], "", 1)
    return text.replace("</head>", f"{_first_figure(text)}{mode[0].strip()}\n</head>", 1)


def _first_figure(text: str) -> str:
    """Return the links by which the head asks for the drawing of the first figure, if any."""
    figure = FIRST.search(text)
    image = figure and IMAGE.search(figure[0])
    if not image:
        return ""
    narrow = SOURCE.search(figure[0])
    if not narrow:
        return _link(image[1])
    return _link(narrow[1], PHONES) + _link(image[1], f"not all and {PHONES}")


def _link(address: str, media: str = "") -> str:
    only = f' media="{media}"' if media else ""
    return f'<link rel="preload" as="image" href="{address}"{only} fetchpriority="high">\n'
