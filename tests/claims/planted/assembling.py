"""Blocks of a document put together, each with its place; and claims tied to what is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from frankpledge.claims.published import Passage, PassageKind, Place, PublishedDocument, PublishedTable
from tests.claims.planted.model import AnyDraft, Claim, Draft, Ref, Relation, Stated, Statement, TableDraft, Token


@dataclass(eq=False)
class Assembled:
    """Drafts in order, with all that is stated in them.

    Attributes
    ----------
    claims
        All whose figures are printed somewhere; nothing but tokens in them.
    where
        By identity of a token, the numbers of the blocks it is printed in, one for each time.
    """

    name: str
    dated: date
    drafts: list[AnyDraft]
    claims: list[Claim] = field(default_factory=list)
    where: dict[int, list[int]] = field(default_factory=dict)

    def tokens(self) -> Iterator[Token]:
        """All that are printed, in order, each as often as it is printed."""
        return (token for draft in self.drafts for token in draft.tokens())

    def involving(self, token: Token) -> list[Claim]:
        """Claims of a token."""
        return [claim for claim in self.claims if any(one is token for one in claim.tokens())]

    def printed(self, key: str) -> list[Token]:
        """Tokens of one quantity."""
        return [token for token in self.tokens() if token.key == key]


def assemble(name: str, dated: date, drafts: list[AnyDraft]) -> Assembled:
    """Drafts, their claims, and those that follow from a quantity's being printed twice."""
    made = Assembled(name, dated, drafts)
    by_key: dict[str, list[Token]] = defaultdict(list)
    for block, draft in enumerate(drafts, 1):
        for token in draft.tokens():
            made.where.setdefault(id(token), []).append(block)
            if token.key and not any(one is token for one in by_key[token.key]):
                by_key[token.key].append(token)
    tabled = {id(token) for draft in drafts if isinstance(draft, TableDraft) for token in draft.tokens()}
    found = []
    for draft in drafts:
        own = {id(token) for token in draft.tokens()}
        ties = (_tied(one, by_key, own, tabled) for one in draft.claims())
        found += [tied for tied in ties if tied is not None]
    same = [Claim(Relation.SAME, {"figure": tuple(tokens)}) for tokens in by_key.values() if len(tokens) > 1]
    made.claims = found + same + list(_lookups(drafts))
    return made


def _tied(claim: Claim, by_key: dict[str, list[Token]], own: set[int], tabled: set[int]) -> Claim | None:
    """A claim with what is printed elsewhere put in; None where it is not printed."""
    roles: dict[str, tuple[Token | Ref, ...]] = {}
    for name, role in claim.roles.items():
        tokens = [one if isinstance(one, Token) else _printed(by_key.get(one.key, []), own, tabled) for one in role]
        if None in tokens:
            return None
        roles[name] = tuple(token for token in tokens if token is not None)
    return Claim(claim.relation, roles)


def _printed(tokens: list[Token], own: set[int], tabled: set[int]) -> Token | None:
    """The figure that a reader would take: of the same block, or of a table, or any, but no approximation."""
    exact = [token for token in tokens if token.text[0] in "£0123456789"]
    order = sorted(exact, key=lambda token: (id(token) not in own, id(token) not in tabled))
    return order[0] if order else None


def _lookups(drafts: list[AnyDraft]) -> Iterator[Claim]:
    """Counts told with their year, of which a table has the same count under several years."""
    cells: dict[str, list[Token]] = defaultdict(list)
    for draft in drafts:
        if isinstance(draft, TableDraft):
            for token in draft.tokens():
                if token.label is not None:
                    cells[_stem(token.key)].append(token)
    for draft in drafts:
        if isinstance(draft, Draft):
            for statement in draft.statements:
                for token in _labelled(statement):
                    found = cells[_stem(token.key)]
                    years = {one.key: one for one in found}
                    if len(years) > 1 and token.key in years:
                        yield _lookup(token, list(years.values()))


def _labelled(statement: Statement) -> Iterator[Token]:
    """Tokens printed together with the year they are of."""
    printed = [piece for piece in statement.pieces if isinstance(piece, Token)]
    for token in printed:
        if token.label is not None and token.key.startswith("count|") and any(one is token.label for one in printed):
            yield token


def _lookup(token: Token, cells: list[Token]) -> Claim:
    assert token.label is not None
    labels = tuple(cell.label for cell in cells if cell.label is not None)
    return Claim(
        Relation.LOOKUP, {"figure": (token,), "label": (token.label,), "labels": labels, "values": tuple(cells)}
    )


def _stem(key: str) -> str:
    return key.rpartition("|")[0]


def markdown_of(draft: AnyDraft | Passage | PublishedTable) -> list[str]:
    """A block as lines of Markdown."""
    if isinstance(draft, TableDraft):
        return _table_lines(draft.caption.text(), draft.cells())
    if isinstance(draft, PublishedTable):
        return _table_lines(draft.caption, draft.rows)
    text = draft.text() if isinstance(draft, Draft) else draft.text
    marks = {PassageKind.HEADING: "#" * max(draft.level, 1) + " ", PassageKind.ITEM: "- ", PassageKind.BOX: "> "}
    return [marks.get(draft.kind, "") + text]


def _table_lines(caption: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + "---|" * len(rows[0])
    return [*([caption, ""] if caption else []), lines[0], rule, *lines[1:]]


def _apart(before: AnyDraft | Passage | PublishedTable | None, after: AnyDraft | Passage | PublishedTable) -> bool:
    """Whether an empty line stands between two blocks: not between items of one list."""
    items = [getattr(one, "kind", None) is PassageKind.ITEM for one in (before, after)]
    return before is not None and not all(items)


def laid_out(blocks: list[AnyDraft] | list[Passage | PublishedTable]) -> Iterator[tuple[int, list[str]]]:
    """Each block's first line, from 1, and its lines of Markdown."""
    line, before = 1, None
    for block in blocks:
        if _apart(before, block):
            line += 1
        lines = markdown_of(block)
        yield line, lines
        line, before = line + len(lines), block


def published(made: Assembled, with_date: bool) -> PublishedDocument:
    """The document as a reader of files would hand it on."""
    blocks: list[Passage | PublishedTable] = []
    heading = ""
    for number, (draft, (line, lines)) in enumerate(zip(made.drafts, laid_out(made.drafts), strict=True), 1):
        if isinstance(draft, TableDraft):
            first = line + len(lines) - len(draft.rows) - 1
            row_lines = (first, *range(first + 2, first + 1 + len(draft.rows)))
            place = Place(number, line=first, heading=heading)
            blocks.append(PublishedTable(draft.caption.text(), draft.cells(), place, row_lines))
            continue
        blocks.append(Passage(draft.text(), draft.kind, Place(number, line=line, heading=heading), draft.level))
        if draft.kind is PassageKind.HEADING:
            heading = draft.text()
    return PublishedDocument(made.name, tuple(blocks), made.dated if with_date else None)


def stated(made: Assembled) -> tuple[Stated, ...]:
    """A record of all claims, as printed now."""
    records = []
    for claim in made.claims:
        strings = {name: tuple(t.text for t in role if isinstance(t, Token)) for name, role in claim.roles.items()}
        blocks = {block for token in claim.tokens() for block in made.where.get(id(token), [])}
        records.append(Stated(claim.relation, strings, tuple(sorted(blocks))))
    return tuple(records)
