"""The check of a document: all rules, and what they could and could not test."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from frankpledge.claims.documents import ReadDocument, read_document
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.published import Place, PublishedDocument
from frankpledge.claims.rules import all_rules
from frankpledge.claims.settled import key_of

# What is a claim of its own: not a year, an age or the length of a period.
_CLAIMS = (Unit.COUNT, Unit.MONEY, Unit.PER_CENT, Unit.POINTS, Unit.RATE, Unit.SHARE, Unit.RANK)


@dataclass(frozen=True)
class Checked:
    """A document that was checked.

    Attributes
    ----------
    objections
        Errors first, then advice, each the surest first; without what was settled before.
    settled
        What was settled before and would have been raised again.
    read
        How many figures were read: in sentences and in cells.
    testable
        How many of them stand beside what they could be tested against.
    tested
        How many were.
    held
        How many comparisons held.
    """

    document: PublishedDocument
    objections: tuple[Objection, ...]
    settled: tuple[Objection, ...]
    read: int
    testable: int
    tested: int
    held: int

    @property
    def errors(self) -> tuple[Objection, ...]:
        """What cannot be so."""
        return tuple(one for one in self.objections if one.kind is Kind.ERROR)


Rule = Callable[[ReadDocument], Iterator[Tested]]


def check(published: PublishedDocument, settled: Collection[str] = (), more: Iterable[Rule] = ()) -> Checked:
    """Test a document's figures against each other.

    Parameters
    ----------
    settled
        Keys of what was settled before; see `frankpledge.claims.settled.key_of`.
    more
        Rules besides its own, such as that of a workspace's figures.
    """
    document = read_document(published)
    every = [one for rule in (*all_rules().values(), *more) for one in rule(document)]
    objections = _each_once(one.objection for one in every if one.objection)
    read = list(_read(document))
    tested = {(one.place, figure) for one in every for figure in one.figures}.intersection(read)
    return Checked(
        document=published,
        objections=tuple(one for one in objections if key_of(one) not in settled),
        settled=tuple(one for one in objections if key_of(one) in settled),
        read=len(read),
        testable=len(tested.union(_testable(document)).intersection(read)),
        tested=len(tested),
        held=sum(one.objection is None for one in every),
    )


def _read(document: ReadDocument) -> Iterator[tuple[Place, str]]:
    """Every figure of the sentences and cells, with its place."""
    for sentence in document.sentences:
        yield from ((sentence.passage.place, one.printed) for one in sentence.quantities if one.unit in _CLAIMS)
    for table in document.tables:
        yield from ((cell.place, cell.printed) for row in table.cells for cell in row if cell is not None)


def _testable(document: ReadDocument) -> Iterator[tuple[Place, str]]:
    """Changes, pairs of values, and rates: what follows from something, whether or not that was found."""
    for sentence in document.sentences:
        rates = (one for one in sentence.quantities if one.unit is Unit.RATE)
        pairs = (value for pair in sentence.pairs for value in (pair.before, pair.after))
        for one in (*rates, *pairs, *(change.by for change in sentence.changes)):
            yield sentence.passage.place, one.printed


def _each_once(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """The surest first; of two about the same figure in the same place, the surer."""
    kept: dict[tuple[object, ...], Objection] = {}
    for one in sorted(objections, key=lambda one: (one.kind is Kind.ADVICE, -one.confidence, one.place.paragraph)):
        kept.setdefault((one.kind, one.place, one.figures[:1]), one)
    return tuple(kept.values())
