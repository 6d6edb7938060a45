"""A text of the partnership, read into a document's blocks: figures looked up, numbers and claims checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from frankpledge.errors import UserError
from frankpledge.findings.wording import Wording
from frankpledge.model.document import Block, BulletList, Cell, Column, Heading, Note, Paragraph, Run, Runs, Table
from frankpledge.model.figure import Figure
from frankpledge.prose.asked import Asked
from frankpledge.prose.claims import check_claims
from frankpledge.prose.markdown import Kind, Passage, Piece, ProseBlock, parse_markdown, printed
from frankpledge.prose.problems import Problem, refuse
from frankpledge.prose.references import look_up
from frankpledge.prose.typed_numbers import TypedNumber, typed_numbers

# A change after one of these is written without its sign: “fell by 40”, not “fell by −40”.
_SAYS_WHICH_WAY = re.compile(
    r"\b(?:by|of)\s+(?:(?:about|around|nearly|almost|just|over|only|some)\s+)*$", re.IGNORECASE
)
_DEEPEST = 6


@dataclass(frozen=True)
class Settled:
    """A number that a writer typed, and said on what it rests."""

    file: str
    line: int
    words: str
    source: str


@dataclass(frozen=True)
class ProseRead:
    """A text as a document takes it.

    Attributes
    ----------
    blocks
        In the order of the text.
    typed
        Numbers that were typed and are reported.
    settled
        Numbers that were typed and are settled: their sources go to the document's notes.
    """

    blocks: tuple[Block, ...]
    typed: tuple[TypedNumber, ...]
    settled: tuple[Settled, ...]


@dataclass
class _Reader:
    """One text in the reading: what it asks, and what was wrong so far."""

    asked: Asked
    file: str
    problems: list[Problem]
    figures: list[Figure] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)

    def runs(self, passage: Passage) -> Runs:
        """A passage with its figures in place; what it says of them is checked."""
        runs: list[Run] = []
        placed: dict[int, Figure] = {}
        before = ""
        for piece in passage.pieces:
            run = self._run(passage, piece, before)
            if isinstance(run, Figure):
                placed[piece.start] = run
            runs.append(run)
            before = run if isinstance(run, str) else ""
        self.figures += placed.values()
        self.problems += check_claims(passage, placed, self.asked)
        return tuple(run for run in runs if run != "")

    def _run(self, passage: Passage, piece: Piece, before: str) -> Run:
        if piece.kind is Kind.STATED:
            words = printed(piece.text)
            self.settled.append(Settled(self.file, passage.line_at(piece.start), words, piece.source))
            return words
        if piece.kind is Kind.TEXT:
            return printed(piece.text)
        try:
            return look_up(self.asked, piece.text, unsigned=bool(_SAYS_WHICH_WAY.search(before)))
        except UserError as error:
            self.problems.append(Problem(passage.line_at(piece.start), error.happened, error.to_do))
            return ""


def prose_blocks(
    asked: Asked, path: Path, *, within: int = 1, known: Iterable[Figure] = (), strict: bool = False
) -> ProseRead:
    """Read a text: ``prose/<document>/<key>.md``.

    Parameters
    ----------
    asked
        The document's enquiry.
    within
        The level of the heading it stands under: its own first level is one deeper.
    known
        Figures of the document beside the text's own, which a typed number may stand for.
    strict
        Whether a typed number is a mistake.

    Raises
    ------
    ProseError
        With file, line and fix of everything that cannot be carried over, of references to what there is not, of claims
        that their figures do not bear out, and, where `strict`, of typed numbers.
    """
    origin = origin_of(path)
    parsed, problems = parse_markdown(read_text(path))
    reader = _Reader(asked, path.name, problems)
    problems += _skipped_levels(parsed)
    blocks = tuple(_block(reader, one, origin, within) for one in parsed)
    figures = [*reader.figures, *known]
    typed = [
        number for block in parsed for passage in block.passages
        for number in typed_numbers(path.name, passage, figures, asked)
    ]  # fmt: skip
    refuse(path.name, [*problems, *(map(_typed_problem, typed) if strict else ())])
    return ProseRead(blocks, tuple(typed), tuple(reader.settled))


def origin_of(path: Path) -> str:
    """Where a text stands in its workspace: ``prose/strategic-assessment/burglary.md``."""
    return "/".join(path.parts[-3:])


def read_text(path: Path) -> str:
    """A text of the partnership.

    Raises
    ------
    ProseError
        When it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].count(b"\n")
        problem = Problem(before + 1, "There is a letter that is not UTF-8.", "Save the file as UTF-8.")
        refuse(path.name, [problem])
        raise AssertionError("one problem is enough to refuse") from error


def settled_notes(wording: Wording, settled: Iterable[Settled]) -> list[Block]:
    """On what the typed numbers of a document's texts rest, for its notes; nothing where there are none."""
    points = [wording.sentence("prose", "settled", words=one.words, source=one.source) for one in settled]
    return [BulletList(tuple(dict.fromkeys(points)))] if points else []


def asked_for(wording: Wording, title: str, question: str, path: Path) -> Note:
    """What stands where a text is missing: what is to be written, and in which file."""
    runs = wording.sentence("prose", "asked for", title=title, question=question, file=origin_of(path))
    return Note("information", runs)


def _block(reader: _Reader, block: ProseBlock, origin: str, within: int) -> Block:
    where = f"{origin}#{block.number}"
    runs = tuple(reader.runs(passage) for passage in block.passages)
    match block.kind:
        case "heading":
            return Heading(min(block.level + within, _DEEPEST), _words_only(reader, block.passages[0], runs[0]), where)
        case "paragraph":
            return Paragraph(runs[0], where)
        case "bullets":
            return BulletList(runs, where)
        case "note":
            return Note("caution" if block.caution else "information", runs[0], where)
        case "table":
            return _table(reader, block, runs, f"{Path(origin).stem}-{block.number}")


def _table(reader: _Reader, block: ProseBlock, runs: Sequence[Runs], slug: str) -> Table:
    words = [_words_only(reader, one, held) for one, held in zip(block.passages, runs[:2], strict=False)]
    width = len(block.numeric)
    places = list(zip(block.passages, runs, strict=True))[2:]
    headings = [_words_only(reader, *place) for place in places[:width]]
    cells = [_cell(reader, *place) for place in places[width:]]
    return Table(
        slug=slug,
        title=words[0],
        columns=tuple(Column(title, numeric) for title, numeric in zip(headings, block.numeric, strict=True)),
        rows=tuple(tuple(cells[first : first + width]) for first in range(0, len(cells), width)),
        source=words[1],
    )


def _cell(reader: _Reader, passage: Passage, runs: Runs) -> Cell:
    if len(runs) > 1 and any(isinstance(run, Figure) for run in runs):
        what = "A cell holds words or one figure, not both."
        reader.problems.append(Problem(passage.first, what, "Put the words into a column of their own."))
    return runs[0] if len(runs) == 1 else "".join(run for run in runs if isinstance(run, str))


def _words_only(reader: _Reader, passage: Passage, runs: Runs) -> str:
    if any(isinstance(run, Figure) for run in runs):
        what = "A heading or a title holds no figure."
        reader.problems.append(Problem(passage.first, what, "Put it in a sentence below."))
    return "".join(run for run in runs if isinstance(run, str))


def _skipped_levels(parsed: Iterable[ProseBlock]) -> list[Problem]:
    """Headings that are more than one level deeper than the one before."""
    problems, last = [], 0
    for block in (one for one in parsed if one.kind == "heading"):
        if block.level > last + 1:
            what = f"The heading is of level {block.level}, and the one above it of level {last}."
            problems.append(Problem(block.passages[0].first, what, f"Begin it with {'#' * (last + 1)} and a space."))
        last = block.level
    return problems


def _typed_problem(one: TypedNumber) -> Problem:
    what = f"“{one.number}” is typed: {one.sentence}"
    instead = f"Write {one.instead}, " if one.instead else "Refer to a figure, "
    return Problem(one.line, what, f"{instead}or settle it: [{one.number}]{{stated: where it is from}}.")
