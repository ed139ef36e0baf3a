"""The words that are taught once: each link to a definition shows it as well."""

from pathlib import Path

from bs4 import BeautifulSoup, PageElement, Tag

from tracktwo.book.site.page import Page, has, new_tag, tags, words_of


def definitions(html: Path) -> dict[str, str]:
    """Return the text of every definition on the site's pages by its anchor."""
    said = {}
    for file in sorted(html.rglob("*.html")):
        text = file.read_text("utf-8")
        if 'glossary"' not in text:
            continue
        soup = BeautifulSoup(text, "html.parser")
        for term in soup.select("dl.glossary > dt[id]"):
            said[term["id"]] = words_of(term.find_next_sibling("dd"))
    return said


def show_definitions(page: Page, said: dict[str, str]) -> None:
    """Put beside each link to a term what it means, seen when it is pointed at or has focus."""
    links = [t for t in tags(page.article, "a") if any(map(_is_term, t.children))]
    for number, word in enumerate(links, start=1):
        text = said.get(word["href"].rpartition("#")[2])
        if not text or word.find_parent("dl", class_="glossary"):
            continue
        word.attrs.pop("title", None)
        word["aria-describedby"] = f"term-tip-{number}"
        tip = {"class": "term-tip no-print", "id": word["aria-describedby"], "role": "tooltip"}
        word.wrap(new_tag("span", **{"class": "term"}))
        word.insert_after(new_tag("span", **tip))
        word.find_next_sibling().string = text


def _is_term(node: PageElement) -> bool:
    return isinstance(node, Tag) and has(node, "std-term")
