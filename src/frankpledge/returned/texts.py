"""Accepted changes written into the Markdown they came from, with references in the place of their figures.

A paragraph of the file is found again by what it prints. What stays of it in the draft is kept as it is written,
references and settled numbers included; what is new is written as plain words.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from frankpledge.errors import ProseError
from frankpledge.prose.markdown import Kind, Passage, Piece, ProseBlock, parse_markdown, printed
from frankpledge.prose.reading import origin_of, read_text
from frankpledge.report.word_furniture import ORIGIN_MARK
from frankpledge.returned.comparing import Change, plain
from frankpledge.returned.draft import DraftParagraph, Part

_MARK = re.compile(rf"{ORIGIN_MARK}([0-9a-f]{{8}})_(\d+)(?:_(\d+))?")
_TOKEN = re.compile(r"\d[\d,.]*\d%?|\d%?|[^\W\d]+|\s+|.", re.DOTALL)
# What begins a line before its words.
_OPENING = re.compile(r"\s*(?:[-*+]\s+|#{1,6}\s+|>\s*(?:(?:caution|please note|note):\s+)?)?", re.IGNORECASE)
_BULLET = "ListBullet"
# A letter no text has.
_A_FIGURE = "\ufffc"


@dataclass(frozen=True)
class Where:
    """A place in a text.

    Attributes
    ----------
    file
        None where no text of the workspace has the name any more.
    block, item
        Which block of the file, and which point of its list (0 where it is none).
    """

    file: Path | None
    block: int
    item: int

    @property
    def words(self) -> str:
        """As an origin is written; empty where the file is not known."""
        return f"{origin_of(self.file)}#{self.block}{f'.{self.item}' if self.item else ''}" if self.file else ""


@dataclass(frozen=True)
class _Edit:
    """Lines of a file, counted from 1 and the last included, and what is to stand there; nothing to take them out."""

    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Word:
    """A word of a draft, and how it is written in Markdown."""

    text: str
    source: str


def where_is(mark: str, folder: Path) -> Where:
    """The place in the texts of a folder that a mark of a draft stands for."""
    found = _MARK.fullmatch(mark)
    if not found:
        return Where(None, 0, 0)
    files = {f"{zlib.crc32(origin_of(path).encode()):08x}": path for path in sorted(folder.glob("*/*.md"))}
    return Where(files.get(found[1]), int(found[2]), int(found[3] or 0))


def take_in(changes: Iterable[Change], folder: Path) -> list[Path]:
    """Write accepted changes into the texts; nothing is written unless all of them can be.

    Parameters
    ----------
    folder
        The workspace's ``prose``.

    Returns
    -------
    The files that were written.

    Raises
    ------
    ProseError
        When a text is no longer there, no longer says what the edition printed, or could not say what the draft does.
    """
    by_file: dict[Path, list[Change]] = {}
    for change in changes:
        file = where_is(change.mark, folder).file
        if file is None:
            what = f"Change {change.number} is of a text that is no longer in {folder}."
            raise ProseError(what, "Put the file back, or leave this change out.")
        by_file.setdefault(file, []).append(change)
    written = {file: _with_changes(file, of_file, folder) for file, of_file in by_file.items()}
    for file, text in written.items():
        passing = file.with_name(f".{file.name}.incoming")
        passing.write_text(text, encoding="utf-8")
        passing.replace(file)
    return list(written)


def _with_changes(file: Path, changes: Sequence[Change], folder: Path) -> str:
    text = read_text(file)
    blocks, problems = parse_markdown(text)
    lines = text.split("\n")
    edits = [_edit(change, where_is(change.mark, folder), blocks, lines, file) for change in changes]
    # From the end, so that the lines of those before stay where they are.
    for edit in sorted(edits, key=lambda one: one.first, reverse=True):
        _replace(lines, edit)
    changed = "\n".join(lines).strip("\n") + "\n"
    _check(changed, changes, len(problems), file)
    return changed


def _replace(lines: list[str], edit: _Edit) -> None:
    after, before = lines[edit.last : edit.last + 1], lines[max(edit.first - 2, 0) : edit.first - 1]
    new = list(edit.lines)
    if not new and after == [""] and before in ([], [""]):
        # The empty line that parted it from the next goes with it.
        lines[edit.first - 1 : edit.last + 1] = []
        return
    if new and after and after[0].strip() and not _same_list(new[-1], after[0]):
        new.append("")
    lines[edit.first - 1 : edit.last] = new


def _same_list(one: str, other: str) -> bool:
    return one.startswith(("- ", "* ", "+ ")) and other.startswith(one[:2])


def _edit(change: Change, where: Where, blocks: Sequence[ProseBlock], lines: Sequence[str], file: Path) -> _Edit:
    passage, before = _passage(change, where, blocks, file)
    opening = _OPENING.match(lines[passage.first - 1])
    assert opening is not None, "it may be empty"
    new: list[str] = []
    for number, paragraph in enumerate(change.new):
        source = _source(passage, change.old, paragraph, before if number == 0 else "")
        begins = opening[0] if number == 0 or paragraph.style == change.old.style else _begins(paragraph)
        if new and not _same_list(new[-1], begins):
            new.append("")
        new.append(begins + source)
    return _Edit(passage.first, passage.last, tuple(new))


def _begins(paragraph: DraftParagraph) -> str:
    return "- " if paragraph.style == _BULLET else ""


def _passage(change: Change, where: Where, blocks: Sequence[ProseBlock], file: Path) -> tuple[Passage, str]:
    """The passage that printed what the edition has, and what each format puts before it: a number, “Caution: ”.

    Looked for where it stood, then anywhere: paragraphs may have been added before it since.

    Raises
    ------
    ProseError
        When there is none.
    """
    there = [one for one in blocks if one.number == where.block]
    for block in (*there, *blocks):
        items = block.passages[where.item - 1 : where.item] if where.item and block in there else ()
        for passage in (*items, *block.passages):
            before = _put_before(passage, change.old, block)
            if before is not None:
                return passage, before
    raise ProseError(
        f"{file.name} no longer says what the edition printed: “{change.old.text}” (change {change.number}).",
        "Change it by hand, or leave this change out.",
    )


def _put_before(passage: Passage, old: DraftParagraph, block: ProseBlock) -> str | None:
    figures = [part.text for part in old.parts if part.figure]
    references = [piece for piece in passage.pieces if piece.kind is Kind.REFERENCE]
    if len(figures) != len(references):
        return None
    now, then = plain("".join(text for text, _ in _printed(passage, figures))), plain(old.text)
    before = then.removesuffix(now)
    if not then.endswith(now) or (before and block.kind not in ("heading", "note")):
        return None
    return before


def _printed(passage: Passage, figures: Sequence[str]) -> Iterator[tuple[str, Piece]]:
    """Each piece of a passage as the edition printed it."""
    left = iter(figures)
    for piece in passage.pieces:
        yield (next(left) if piece.kind is Kind.REFERENCE else printed(piece.text)), piece


def _source(passage: Passage, old: DraftParagraph, new: DraftParagraph, before: str) -> str:
    """A paragraph of the draft as Markdown: what is kept of the passage as it is written, the rest as plain words."""
    figures = [part for part in old.parts if part.figure]
    tokens, origins = _old_tokens(passage, [part.text for part in figures])
    references = [passage.text[one.start : one.end] for one in passage.pieces if one.kind is Kind.REFERENCE]
    linked = {
        figure.figure: _Word(figure.text, printed(reference))
        for figure, reference in zip(figures, references, strict=True)
    }
    news = _new_words(new, before, linked)
    matcher = SequenceMatcher(None, tokens, [one.text for one in news], autojunk=False)
    still = {word.source for word in news}
    written: list[str] = []
    for kind, first, end, new_first, new_end in matcher.get_opcodes():
        if kind == "equal":
            written += _kept(passage, tokens, origins, first, end)
        else:
            gone = [
                printed(passage.text[one.start : one.end]) for one in origins[first:end] if one.kind is Kind.REFERENCE
            ]
            typed_over = [reference for reference in gone if reference not in still]
            written += _put_in(typed_over, news[new_first:new_end])
    return _line(plain("".join(written)))


def _put_in(references: Sequence[str], words: Sequence[_Word]) -> list[str]:
    """New words; a number in the place of a figure that is gone with its link is the figure still."""
    numbers = [word for word in words if word.text[:1].isdigit()]
    if len(references) == len(numbers) == 1:
        return [references[0] if word is numbers[0] else word.source for word in words]
    return [word.source for word in words]


def _kept(passage: Passage, tokens: Sequence[str], origins: Sequence[Piece], first: int, end: int) -> Iterator[str]:
    """Tokens that stay; those of a reference or a settled number, if all of them do, as they are written."""
    place = first
    while place < end:
        piece = origins[place]
        whole = place
        while whole < len(origins) and origins[whole] is piece:
            whole += 1
        begins = place == 0 or origins[place - 1] is not piece
        if piece.kind is not Kind.TEXT and begins and whole <= end:
            yield printed(passage.text[piece.start : piece.end])
            place = whole
        else:
            yield _escaped(tokens[place])
            place += 1


def _old_tokens(passage: Passage, figures: Sequence[str]) -> tuple[list[str], list[Piece]]:
    """The words of a passage as they were printed, a figure being one, and for each the piece it is of."""
    tokens: list[str] = []
    origins: list[Piece] = []
    for text, piece in _printed(passage, figures):
        words = [text] if piece.kind is Kind.REFERENCE else _TOKEN.findall(text)
        tokens += words
        origins += [piece] * len(words)
    return tokens, origins


def _new_words(new: DraftParagraph, before: str, linked: Mapping[str, _Word]) -> list[_Word]:
    """The words of the draft; a figure that was changed by hand is what it was."""
    words: list[_Word] = []
    for place, part in enumerate(new.parts):
        if part.figure in linked:
            words.append(linked[part.figure])
            continue
        text = part.text.lstrip()[len(before) :].lstrip() if place == 0 and before and _has(part, before) else part.text
        words += [_Word(token, _escaped(token)) for token in _TOKEN.findall(text)]
    return words


def _has(part: Part, before: str) -> bool:
    return part.text.lstrip().startswith(before)


# Braces are none: a reference that a colleague typed is one.
_MARKS = re.compile(r"[\\`*_\[\]<>&]")


def _escaped(token: str) -> str:
    return _MARKS.sub(lambda found: "\\" + found[0], token)


def _line(text: str) -> str:
    """A line that Markdown takes for words."""
    return re.sub(r"^(\d+)([.)]\s)", r"\1\\\2", text) if text[:1].isdigit() else re.sub(r"^([-+#=>~|])", r"\\\1", text)


def _check(text: str, changes: Sequence[Change], problems: int, file: Path) -> None:
    """Whether the text still reads, and says what the draft does.

    Raises
    ------
    ProseError
        When it does not.
    """
    blocks, found = parse_markdown(text)
    said = [_pattern(passage) for block in blocks for passage in block.passages]
    for change in changes:
        wanted = [plain(one.text) for one in change.new]
        if len(found) > problems or not all(any(one.search(text) for one in said) for text in wanted):
            raise ProseError(
                f"Change {change.number} cannot be written into {file.name}: Markdown would take it for another thing.",
                "Make it by hand, or leave it out.",
            )


def _pattern(passage: Passage) -> re.Pattern[str]:
    """What a passage prints, after a heading's number or a note's word and whatever its figures are."""
    words = "".join(_A_FIGURE if piece.kind is Kind.REFERENCE else piece.text for piece in passage.pieces)
    return re.compile(".+".join(re.escape(part) for part in plain(words).split(_A_FIGURE)) + "$")
