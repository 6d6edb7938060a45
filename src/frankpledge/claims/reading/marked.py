"""Markdown: its text as it is shown, with tables and with the pieces of a web page that may stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from frankpledge.claims.published import PassageKind, PublishedDocument
from frankpledge.claims.reading.gathering import Gathering, too_much
from frankpledge.claims.reading.html import gather, parsed
from frankpledge.claims.reading.texts import text_of
from frankpledge.claims.reading.wording import is_caption, is_label, may_head, raised, without_mark

# A strategy of 200 pages has some 20,000; each may take the parser a twentieth of a millisecond.
MOST_MARKS = 200_000
_MARKS = "\n*_`[]<>|~!&\\"
_DEEPEST = 100
# A footnote would be taken for the address of a link, and vanish.
_NOTE_BEGINS = re.compile(r"^(\s{0,3})\[\^", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:\s*")
_REFERENCE = re.compile(r"\[\^[^\]\s]{1,60}\]")
_TAG = re.compile(r"<(/?)\s*([a-zA-Z]+)")
# Below the six levels of headings.
_BOLD_LEVEL = 7


@dataclass
class _State:
    """Where the reading stands: within which lists and quotations, which heading, which table."""

    within: list[str] = field(default_factory=list)
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    pictures: int = 0


def read_marked(path: Path) -> PublishedDocument:
    """Read a text in Markdown.

    Raises
    ------
    SourceError
        When it is no text, or longer than any document.
    """
    text = text_of(path)
    if sum(map(text.count, _MARKS)) > MOST_MARKS:
        raise too_much(path.name, f"more than {MOST_MARKS:,} lines and marks of Markdown")
    gathered, state = Gathering(path), _State()
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = reader.parse(_NOTE_BEGINS.sub(r"\1\\[^", text))
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        _take(gathered, path.name, state, token, line)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 2:
        gathered.leave("What nests deeper than fifty lists or quotations is not read.")
    gathered.leave_pictures({"picture": state.pictures})
    return gathered.document()


def _take(gathered: Gathering, name: str, state: _State, token: Token, line: int) -> None:
    kind = token.type
    if kind == "heading_open":
        state.level = int(token.tag[1])
    elif kind in ("list_item_open", "blockquote_open"):
        state.within.append(kind)
    elif kind in ("list_item_close", "blockquote_close"):
        state.within.pop()
    elif kind == "tr_open":
        state.rows.append([])
        state.lines.append(line)
    elif kind == "table_close":
        gathered.add_table(state.rows, lines=state.lines)
        state.rows, state.lines = [], []
    elif kind == "inline":
        _take_text(gathered, state, token, line)
    elif kind in ("fence", "code_block"):
        gathered.add(token.content, line=line)
    elif kind == "html_block" and token.content.strip():
        gather(gathered, name, parsed(name, f"<body>{token.content}".encode()), line)


def _take_text(gathered: Gathering, state: _State, token: Token, line: int) -> None:
    text, bold = _shown(state, token.children or ())
    if state.rows:
        state.rows[-1].append(text)
    elif state.level:
        gathered.add(text, PassageKind.HEADING, level=state.level, line=line)
        state.level = 0
    elif note := _NOTE.match(text):
        gathered.add(text[note.end() :], PassageKind.NOTE, line=line)
    else:
        text = _REFERENCE.sub("", text)
        kind = _kind(state, text, bold)
        item = without_mark(text) if kind is PassageKind.ITEM else None
        level = _BOLD_LEVEL if kind is PassageKind.HEADING else 0
        gathered.add(item or text, kind, level=level, line=line)


def _kind(state: _State, text: str, bold: bool) -> PassageKind:
    if "list_item_open" in state.within:
        return PassageKind.ITEM
    if is_caption(text):
        return PassageKind.CAPTION
    text = text.strip()
    return PassageKind.HEADING if bold and (may_head(text) or is_label(text)) else PassageKind.PARAGRAPH


def _shown(state: _State, parts: Sequence[Token]) -> tuple[str, bool]:
    """The text of a line as it is shown, and whether all of it is in bold."""
    shown: list[str] = []
    bold, wholly, above = 0, True, False
    for part in parts:
        if part.type in ("strong_open", "strong_close"):
            bold += 1 if part.type == "strong_open" else -1
        elif part.type in ("text", "code_inline"):
            wholly = wholly and (bold > 0 or not part.content.strip())
            shown.append(raised(part.content) if above else part.content)
        elif part.type in ("softbreak", "hardbreak"):
            shown.append(" ")
        elif part.type == "image":
            state.pictures += 1
        elif part.type == "html_inline" and (tag := _TAG.match(part.content)):
            above = tag[2].lower() == "sup" and not tag[1]
            shown.append(" " if tag[2].lower() == "br" else "")
    return "".join(shown), wholly
