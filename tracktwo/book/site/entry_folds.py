"""The entries of the catalogue and of the statements, each folded to its name and one line."""

from itertools import takewhile

from bs4 import Tag

from tracktwo.book.site.page import Page, has, new_tag, tags

APART = " · "


def fold_entries(page: Page) -> None:
    """Fold each entry; its anchor is inside, so that browsers open what an address names."""
    for name in tags(page.article, "h3"):
        if not (has(name, "rubric") and name.get("id") and has(name.parent, "cell_output")):
            continue
        rest = list(takewhile(lambda node: not _begins(node), name.find_next_siblings()))
        fold, body = new_tag("details", **{"class": "entry"}), new_tag("div", id=name["id"])
        name.insert_before(fold)
        del name["id"]
        summary = new_tag("summary")
        summary.extend([name.extract(), _first(rest[0])])
        body.extend([node.extract() for node in rest])
        rest[0].extend([APART, _link(body["id"], "Link to this entry")])
        for place in tags(body, "p"):
            if place.get("id"):
                place.extend([" ", _link(place["id"], "Link")])
        fold.extend([summary, body])


def _begins(node: Tag) -> bool:
    return node.name == "h3" and "rubric" in node.get("class", [])


def _link(anchor: str, words: str) -> Tag:
    link = new_tag("a", **{"class": "entry-link no-print", "href": f"#{anchor}"})
    link.string = words
    return link


def _first(about: Tag) -> Tag:
    """Take the years, which come first, out of the line below a name."""
    years, _, rest = str(about.contents[0]).partition(APART)
    about.contents[0].replace_with(rest)
    seen = new_tag("span", **{"class": "entry-line"})
    seen.string = years
    return seen
