"""A draft beside the edition it was made from: what was changed in the partnership's prose, and what elsewhere.

Only prose can be taken back. A figure that was changed by hand cannot: it is looked up, and would be what it was in the
next edition; nor can a sentence, a table or a caption that Frankpledge wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from frankpledge.returned.draft import Draft, DraftParagraph

_CONTENTS = ("Contents", "TOC")


@dataclass(frozen=True)
class FigureChange:
    """A figure that was changed by hand, which is refused.

    Attributes
    ----------
    figure
        Its identifier, as the document prints it.
    new
        Empty where it was taken out, or typed over with its link.
    """

    figure: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """A paragraph that was changed.

    Attributes
    ----------
    number
        By which it is accepted or refused, from 1; nought of what is no prose and cannot be accepted.
    mark
        That of its block of prose; empty where it is none.
    old
        As the edition has it.
    new
        As the draft has it: more paragraphs than one where it was broken up or added to, none where it was taken out.
    figures
        Figures in it that were changed by hand.
    """

    number: int
    mark: str
    old: DraftParagraph
    new: tuple[DraftParagraph, ...]
    figures: tuple[FigureChange, ...]

    @property
    def new_text(self) -> str:
        """The draft's paragraphs, a line each."""
        return "\n".join(one.text for one in self.new)


@dataclass(frozen=True)
class CellChange:
    """A cell of a table that was changed, which is refused; tables and rows count from 1."""

    table: int
    row: int
    old: str
    new: str


@dataclass(frozen=True)
class Remark:
    """A comment, and the paragraph it is made on."""

    author: str
    text: str
    mark: str
    on: str


@dataclass(frozen=True)
class Comparison:
    """All that a draft says beside its edition.

    Attributes
    ----------
    prose
        Changes of the partnership's prose.
    elsewhere
        Changes of what Frankpledge wrote.
    """

    prose: tuple[Change, ...]
    elsewhere: tuple[Change, ...]
    cells: tuple[CellChange, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Stretch:
    """The paragraphs of one block of prose, or one other paragraph."""

    mark: str
    paragraphs: tuple[DraftParagraph, ...]

    @property
    def key(self) -> tuple[str, str]:
        """By which stretches of edition and draft are the same: a mark stays while its text changes."""
        return self.mark, "" if self.mark else self.paragraphs[0].text


def compare(edition: Draft, draft: Draft) -> Comparison:
    """What a draft says beside its edition."""
    pairs = list(_pairs(_stretches(edition.paragraphs), _stretches(draft.paragraphs)))
    changed = [(old, new) for old, new in pairs if _differ(old, new)]
    prose = [(old, new) for old, new in changed if old.mark]
    return Comparison(
        prose=tuple(_change(number, old, new) for number, (old, new) in enumerate(prose, 1)),
        elsewhere=tuple(_change(0, old, new) for old, new in changed if not old.mark),
        cells=tuple(_cells(edition, draft)),
        remarks=tuple(_remarks(draft)),
    )


def _stretches(paragraphs: Sequence[DraftParagraph]) -> list[_Stretch]:
    """Paragraphs with text, those of one mark together; the list of contents aside, which Word makes anew."""
    stretches: list[_Stretch] = []
    for one in (one for one in paragraphs if not one.style.startswith(_CONTENTS)):
        if stretches and one.mark and stretches[-1].mark == one.mark:
            stretches[-1] = _Stretch(one.mark, (*stretches[-1].paragraphs, one))
        elif one.mark or plain(one.text):
            stretches.append(_Stretch(one.mark, (one,)))
    return stretches


def _pairs(edition: list[_Stretch], draft: list[_Stretch]) -> Iterator[tuple[_Stretch, tuple[DraftParagraph, ...]]]:
    """Each stretch of the edition with the draft's paragraphs for it.

    What was put in by itself belongs to what stands before it. A stretch whose mark was lost, as when all of a
    paragraph is typed anew, is found again by its place.
    """
    matcher = SequenceMatcher(None, [one.key for one in edition], [one.key for one in draft], autojunk=False)
    found: list[tuple[_Stretch, tuple[DraftParagraph, ...]]] = []
    for _, first, end, draft_first, draft_end in matcher.get_opcodes():
        news = [one.paragraphs for one in draft[draft_first:draft_end]]
        olds = edition[first:end]
        found += zip(olds, [*news, *(() for _ in olds[len(news) :])], strict=False)
        for new in news[len(olds) :]:
            if found:
                found[-1] = (found[-1][0], (*found[-1][1], *new))
    yield from found


def _differ(old: _Stretch, new: tuple[DraftParagraph, ...]) -> bool:
    return [plain(one.text) for one in new if plain(one.text)] != [plain(one.text) for one in old.paragraphs]


def plain(text: str) -> str:
    """A text without what no reader sees: spaces that are doubled, hard, or at its ends."""
    return " ".join(text.split())


def _change(number: int, old: _Stretch, new: tuple[DraftParagraph, ...]) -> Change:
    before = old.paragraphs[0]
    written = tuple(one for one in new if plain(one.text))
    return Change(number, old.mark, before, written, tuple(_figures(before, written)) if written else ())


def _figures(old: DraftParagraph, new: Sequence[DraftParagraph]) -> Iterator[FigureChange]:
    """Figures whose text is another in the draft, and those that are no more."""
    now = [part for one in new for part in one.parts]
    typed = " ".join(part.text for part in now if not part.figure)
    for part in (one for one in old.parts if one.figure):
        same = [one.text for one in now if one.figure == part.figure]
        if part.text not in same and (same or part.text not in typed):
            yield FigureChange(part.figure, part.text, same[0] if same else "")


def _cells(edition: Draft, draft: Draft) -> Iterator[CellChange]:
    for number, (old, new) in enumerate(zip(edition.tables, draft.tables, strict=False), 1):
        for row, (cells, now) in enumerate(zip(old, new, strict=False), 1):
            for before, after in zip(cells, now, strict=False):
                if before != after:
                    yield CellChange(number, row, before, after)


def _remarks(draft: Draft) -> Iterator[Remark]:
    on = {identifier: one for one in draft.paragraphs for identifier in one.comments}
    for comment in draft.comments:
        paragraph = on.get(comment.identifier)
        mark, text = (paragraph.mark, paragraph.text) if paragraph else ("", "")
        yield Remark(comment.author, comment.text, mark, text)
