"""A page as text and structure: what a golden copy of a whole document keeps."""

import re
from pathlib import Path

from lxml import html

# Enough of a table to see its make-up, and few enough lines for a person to read a difference.
_ROWS = 4
_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "caption", "figcaption", "img", "tr")
# Hashes change with every definition.
_HASH = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,64}\b")


def outline(page: Path) -> str:
    """The lines of a page's main part: headings with their level, texts, the alternative text of pictures, rows."""
    (main,) = html.parse(str(page)).getroot().iter("main")
    lines: list[str] = []
    for element in main.iter(*_TAGS):
        if element.tag == "tr":
            lines += _row(element)
        elif element.tag == "img":
            lines.append(f"[{element.get('alt', '')}]")
        elif not any(above.tag in ("td", "th", *_TAGS) for above in element.iterancestors()):
            lines.append(_prefix(element.tag) + _text(element))
    return _HASH.sub("#", "\n".join(line for line in lines if line.strip())) + "\n"


def _prefix(tag: str) -> str:
    level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
    return f"{'#' * level} " if level else {"li": "- ", "caption": "Table: ", "figcaption": "Figure: "}.get(tag, "")


def _row(row: html.HtmlElement) -> list[str]:
    place = len(list(row.itersiblings("tr", preceding=True)))
    if place < _ROWS or row.getparent().tag == "thead":
        return [" | ".join(_text(cell) for cell in row.iterchildren("th", "td"))]
    return ["…"] if place == _ROWS else []


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
