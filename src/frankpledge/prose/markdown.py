"""Markdown → blocks of text, references and settled numbers, each with its lines.

Headings, paragraphs, bulleted lists, notes (quotes) and plain tables are carried over. Everything else is refused with
its line: what were dropped in silence would be missed after the document is out, and HTML would be a way into the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from frankpledge.prose.problems import Problem

# A reference may go over the end of a line, as any words may.
_MARKED = re.compile(r"\{\{([^{}]*)\}\}|\[([^\[\]]+)\]\{\s*stated:\s*([^{}]+?)\s*\}", re.DOTALL)


class Kind(StrEnum):
    """What a piece of text is."""

    TEXT = "text"
    REFERENCE = "reference"
    STATED = "stated"


@dataclass(frozen=True)
class Piece:
    """A piece of a passage.

    Attributes
    ----------
    text
        As it is printed; of a reference, what stands between its braces.
    start, end
        Where in the passage's text it stands, its marks included.
    source
        Of a settled number: on what it rests.
    """

    kind: Kind
    text: str
    start: int
    end: int
    source: str = ""


@dataclass(frozen=True)
class Passage:
    """A run of text: a paragraph, a heading, a point of a list.

    Attributes
    ----------
    text
        Without Markdown's marks; lines end where those of the file do.
    first, last
        The lines it stands on.
    """

    text: str
    first: int
    last: int

    def line_at(self, place: int) -> int:
        """The line of the file on which a letter of the text stands."""
        return self.first + self.text.count("\n", 0, place)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Text, references and settled numbers, in order."""
        return tuple(_pieces(self.text))


@dataclass(frozen=True)
class ProseBlock:
    """A block of the file.

    Attributes
    ----------
    number
        Which block of the file it is, from 1.
    level
        Of a heading: 1 for the first level of the file.
    caution
        Of a note: whether it is a caution.
    numeric
        Of a table: for each column, whether it is set to the right. Its passages are title and source, then the
        headings of the columns, then the cells row by row.
    """

    kind: Literal["heading", "paragraph", "bullets", "note", "table"]
    number: int
    passages: tuple[Passage, ...]
    level: int = 0
    caution: bool = False
    numeric: tuple[bool, ...] = ()


def parse_markdown(text: str) -> tuple[tuple[ProseBlock, ...], list[Problem]]:
    """Read a text into blocks.

    Returns
    -------
    The blocks that can be carried over, and a problem for each thing that cannot.
    """
    # HTML is recognised in order to be refused; taken for text it would be printed with its angle brackets.
    tree = SyntaxTreeNode(MarkdownIt("commonmark", {"html": True}).enable("table").parse(text))
    problems: list[Problem] = []
    parsed = [block for node in tree.children for block in _blocks(node, problems)]
    parsed = _tables_with_captions(parsed, problems)
    return tuple(_numbered(parsed)), problems


def printed(text: str) -> str:
    """A passage's text as it is printed: lines are no more than a writer's convenience."""
    return text.replace("\n", " ")


def _numbered(parsed: list[ProseBlock]) -> Iterator[ProseBlock]:
    for number, block in enumerate(parsed, 1):
        yield replace(block, number=number)


def _blocks(node: SyntaxTreeNode, problems: list[Problem]) -> Iterator[ProseBlock]:
    match node.type:
        case "heading":
            yield ProseBlock("heading", 0, (_passage(node, problems),), level=int(node.tag[1:]))
        case "paragraph":
            yield ProseBlock("paragraph", 0, (_passage(node, problems),))
        case "bullet_list":
            items = [_only_paragraph(item, problems) for item in node.children]
            yield ProseBlock("bullets", 0, tuple(_passage(item, problems) for item in items if item))
        case "blockquote":
            for child in node.children:
                yield from _note(child, problems)
        case "table":
            yield _table(node, problems)
        case _:
            problems.append(_refused(node))


def _only_paragraph(item: SyntaxTreeNode, problems: list[Problem]) -> SyntaxTreeNode | None:
    if [child.type for child in item.children] == ["paragraph"]:
        return item.children[0]
    what = "A point of a list is one paragraph, with nothing below it."
    problems.append(Problem(_line(item), what, "Make it one line of text, or end the list before what follows."))
    return None


_NOTE_WORD = re.compile(r"(caution|please note|note):\s+", re.IGNORECASE)


def _note(node: SyntaxTreeNode, problems: list[Problem]) -> Iterator[ProseBlock]:
    if node.type != "paragraph":
        problems.append(Problem(_line(node), "A note is a paragraph.", "Begin each of its lines with “> ” and words."))
        return
    passage = _passage(node, problems)
    word = _NOTE_WORD.match(passage.text)
    # Each format prints the word itself, some of them on a line of its own.
    text = passage.text[word.end() :] if word else passage.text
    text = text[:1].upper() + text[1:]
    caution = bool(word and word[1].lower() == "caution")
    yield ProseBlock("note", 0, (Passage(text, passage.first, passage.last),), caution=caution)


def _table(node: SyntaxTreeNode, problems: list[Problem]) -> ProseBlock:
    """A table, still without its title and source."""
    rows = [row for part in node.children for row in part.children]
    line = _line(node)
    # A cell does not say its line: its row does.
    cells = [
        replace(
            _passage(cell, problems), first=row.map[0] + 1 if row.map else line, last=row.map[1] if row.map else line
        )
        for row in rows
        for cell in row.children
    ]
    numeric = tuple("right" in str(cell.attrs.get("style", "")) for cell in rows[0].children)
    return ProseBlock("table", 0, tuple(cells), numeric=numeric)


def _tables_with_captions(blocks: list[ProseBlock], problems: list[Problem]) -> list[ProseBlock]:
    """Tables with the title that stands before and the source that stands after, which are no paragraphs then."""
    made: list[ProseBlock] = []
    left = list(blocks)
    while left:
        block = left.pop(0)
        if block.kind != "table":
            made.append(block)
            continue
        title = _caption(made[-1:], "Table:")
        source = _caption(left[:1], "Source:")
        if title is None or source is None:
            what = "A table has a title before it and a source after it."
            to_do = "Write “Table: what, where, when” in a paragraph before, and “Source: who” in one after."
            problems.append(Problem(block.passages[0].first, what, to_do))
            continue
        made[-1] = replace(block, passages=(title, source, *block.passages))
        del left[0]
    return made


def _caption(blocks: list[ProseBlock], word: str) -> Passage | None:
    """The words of a paragraph after the word that it begins with; None where it does not."""
    paragraph = blocks[0] if blocks and blocks[0].kind == "paragraph" else None
    if paragraph is None or not paragraph.passages[0].text.startswith(word):
        return None
    (passage,) = paragraph.passages
    return replace(passage, text=passage.text.removeprefix(word).strip())


def _passage(node: SyntaxTreeNode, problems: list[Problem]) -> Passage:
    first, end = node.map or (0, 1)
    text = ""
    for child in node.children[0].children if node.children else ():
        text += _inline(child, first + 1 + text.count("\n"), problems)
    return Passage(text, first + 1, end)


def _inline(node: SyntaxTreeNode, line: int, problems: list[Problem]) -> str:
    match node.type:
        case "text":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _link("".join(_inline(child, line, problems) for child in node.children), node)
        case _:
            what, to_do = _REFUSED.get(node.type, _REFUSED["other"])
            problems.append(Problem(line, what, to_do))
            return ""


def _link(words: str, node: SyntaxTreeNode) -> str:
    """A link written out: on paper there is nothing to press."""
    address = str(node.attrs.get("href", "")).removeprefix("mailto:")
    return words if words == address else f"{words} ({address})"


def _refused(node: SyntaxTreeNode) -> Problem:
    what, to_do = _REFUSED.get(node.type, _REFUSED["other"])
    return Problem(_line(node), what, to_do)


_CODE = ("Code cannot be carried over.", "Write it as plain words, without backticks and without four spaces before.")
_HTML = ("HTML cannot be carried over.", "Take the tag out; write “less than” for an angle bracket.")
_EMPHASIS = ("Bold and italics cannot be carried over.", "Take the marks out, and let the words say it.")
_REFUSED = {
    "image": ("An image cannot be carried over.", "Take it out; a chart or map is a block of the document."),
    "html_block": _HTML,
    "html_inline": _HTML,
    "fence": _CODE,
    "code_block": _CODE,
    "code_inline": _CODE,
    "em": _EMPHASIS,
    "strong": _EMPHASIS,
    "ordered_list": ("A numbered list cannot be carried over.", "Begin each point with “- ”."),
    "hr": ("A line across the page cannot be carried over.", "Take it out, or write a heading: “## Words”."),
    "other": ("This cannot be carried over.", "Write headings, paragraphs, bulleted lists, notes and tables only."),
}


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 1


def _pieces(text: str) -> Iterator[Piece]:
    end = 0
    for found in _MARKED.finditer(text):
        if found.start() > end:
            yield Piece(Kind.TEXT, text[end : found.start()], end, found.start())
        start, end = found.span()
        if found[1] is not None:
            yield Piece(Kind.REFERENCE, found[1], start, end)
        else:
            yield Piece(Kind.STATED, found[2], start, end, printed(found[3]))
    if end < len(text):
        yield Piece(Kind.TEXT, text[end:], end, len(text))
