"""What documents have shown of partners' records, kept so that the next one does not give away what they withheld.

A document that shows burglaries of the year and of eleven months gives away the twelfth, whether they stand in it
together or the months stood in the last one. So the counts of every document that leaves the partnership are kept, and
a new one is set beside those its readers may have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from frankpledge.disclosure.differencing import given_away, without_contradictions
from frankpledge.disclosure.gate import Audience
from frankpledge.disclosure.publication import Finding, Publication, PublishedCell

# Whoever reads what is for partners has read what is for the public; the board has read everything.
# Nobody but the board may know all, so that what is for it is checked for nobody.
_READS = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.PARTNERS: (Audience.PARTNERS, Audience.PUBLIC),
    Audience.BOARD: tuple(Audience),
}


@dataclass(frozen=True)
class ReleasedCell:
    """One count of partners' records as a document shows it.

    Attributes
    ----------
    name
        What it is called: "Burglary, Pinner, 2018".
    indicator, area_code, period
        Whose estimate it is, or of whose it is a part.
    dataset
        Where it was read from.
    first, last
        Month numbers.
    offences
        The smallest kinds counted.
    count
        As shown; None when it is withheld.
    part
        Which of what the indicator counts; empty for all of it.
    """

    name: str
    indicator: str
    area_code: str
    period: str
    dataset: str
    first: int
    last: int
    offences: tuple[str, ...]
    count: int | None
    part: str = ""


@dataclass(frozen=True)
class DocumentRelease:
    """What one document shows of partners' records, and under which rule.

    Attributes
    ----------
    document, edition, prepared
        Which document, and of which day.
    threshold, rounding
        See `gate.Policy`, for its audience.
    """

    document: str
    edition: str
    prepared: str
    audience: Audience
    threshold: int
    rounding: int
    cells: tuple[ReleasedCell, ...]

    @property
    def name(self) -> str:
        """What it is called, in one word."""
        return f"{self.document}-{self.edition}"


def readers_of(audience: Audience) -> tuple[Audience, ...]:
    """Who reads what is released to an audience: partners read what is for the public."""
    return tuple(reader for reader, reads in _READS.items() if audience in reads and reader is not Audience.BOARD)


def read_by(earlier: Iterable[DocumentRelease], audience: Audience) -> tuple[DocumentRelease, ...]:
    """Those that readers of an audience may have."""
    return tuple(one for one in earlier if one.audience in _READS[audience])


@dataclass(frozen=True)
class HeldBack:
    """Counts of a new document that must be withheld as well, and what they would give away.

    Attributes
    ----------
    cells
        Of the new document.
    findings
        What could be worked out without that.
    unchecked
        Counts that contradict later ones, for they were revised in between, and so were left out.
    """

    cells: tuple[ReleasedCell, ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]


def hold_back(
    earlier: Sequence[DocumentRelease],
    new: DocumentRelease,
    small_areas: Mapping[str, frozenset[str]],
    threshold: int | None = None,
) -> HeldBack:
    """What to withhold of a new document, so that it gives away no small count with itself and with earlier ones.

    Parameters
    ----------
    earlier
        What some readers may have, the earliest first: see `read_by`.
    new
        What is about to go out.
    small_areas
        Code of every area named → the small areas it is made up of.
    threshold
        Smallest count above nought that those readers may know; that of the document where not given. Below two there
        is nothing to hold back.

    Returns
    -------
    HeldBack
        Of each combination that gives something away the smallest new count is held back, until none does.

    Notes
    -----
    Subtraction is looked for by linear programming (`differencing.given_away`): over areas and months of the same
    offences; over offences of the same area and period; and over all three for an offence and one within it, unless the
    rest is everywhere `_FAR_FROM_FEW` times the threshold or more. Readers are taken not to know what a withheld count
    is, and once more to take it for a small one.
    """
    least = new.threshold if threshold is None else threshold
    held: dict[ReleasedCell, None] = {}
    findings: list[Finding] = []
    unchecked: set[str] = set()
    out = [cell for one in earlier for cell in one.cells]
    for family in _families(new.cells, out, least) if least > 1 else ():
        for marks in (False, True):
            group = tuple(replace(one, count=None) if one in held else one for one in new.cells if family(one))
            before = [replace(one, cells=tuple(filter(family, one.cells))) for one in earlier]
            found = _Group(before, replace(new, cells=group), small_areas, least, marks).held_back()
            held |= dict.fromkeys(one for one in new.cells if _cell_name(one) in found.names)
            findings += found.findings
            unchecked |= found.unchecked
    return HeldBack(tuple(held), tuple(findings), tuple(sorted(unchecked)))


# Where all that is left of an offence, less one within it, is so many times what is few, no part of it is.
_FAR_FROM_FEW = 10

Family = Callable[[ReleasedCell], bool]


def _families(cells: Sequence[ReleasedCell], out: Sequence[ReleasedCell], threshold: int) -> list[Family]:
    """Which counts may be subtracted from each other: of a new document, and of what is out."""
    kinds = list(dict.fromkeys(map(_kind, cells)))
    every_kind = list(dict.fromkeys([*kinds, *map(_kind, out)]))
    places = Counter(map(_place, (*cells, *out)))
    families: list[Family] = [_of_kinds(kind) for kind in kinds]
    families += [_of_place(place) for place in dict.fromkeys(map(_place, cells)) if places[place] > 1]
    shown = {(_kind(one), _place(one)): one.count for one in (*out, *cells)}
    for whole, part in permutations(every_kind, 2):
        within = whole[0] == part[0] and set(part[1]) < set(whole[1])
        if within and (whole in kinds or part in kinds) and _rest_may_be_few(shown, whole, part, threshold):
            families.append(_of_kinds(whole, part))
    return families


Kind = tuple[str, tuple[str, ...]]
Place = tuple[str, str, int, int]


def _kind(cell: ReleasedCell) -> Kind:
    return cell.dataset, cell.offences


def _place(cell: ReleasedCell) -> Place:
    return cell.dataset, cell.area_code, cell.first, cell.last


def _rest_may_be_few(shown: Mapping[tuple[Kind, Place], int | None], whole: Kind, part: Kind, threshold: int) -> bool:
    """Whether, somewhere, few may be left of an offence less one within it; nowhere shown together, they may."""
    both = [
        (count, shown[part, place])
        for (kind, place), count in shown.items()
        if kind == whole and (part, place) in shown
    ]
    few = _FAR_FROM_FEW * threshold
    return not both or any(one is None or other is None or one - other < few for one, other in both)


def _of_kinds(*kinds: Kind) -> Family:
    return lambda cell: _kind(cell) in kinds


def _of_place(place: Place) -> Family:
    return lambda cell: _place(cell) == place


@dataclass
class _Found:
    """Names of cells to hold back, what they gave away, and cells that were left out."""

    names: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    unchecked: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Group:
    """Counts that may be subtracted from each other, of a new document and of those before it."""

    earlier: Sequence[DocumentRelease]
    new: DocumentRelease
    small_areas: Mapping[str, frozenset[str]]
    threshold: int
    marks: bool
    """Whether readers take every withheld count for a small one."""

    def held_back(self) -> _Found:
        """One count after the other, until nothing is given away."""
        found = _Found()
        new = self.new
        while True:
            before = [self._publication(one, f"{place}: {one.name}") for place, one in enumerate(self.earlier)]
            now = self._publication(new, new.name)
            agreeing, agreed, left_out = without_contradictions([one for one in before if one.cells], now)
            found.unchecked |= set(() if self.marks else left_out)
            leaks = [one for one in given_away(agreeing, agreed, self.threshold) if not one.before and self._tells(one)]
            chosen = {cell.name for one in leaks if (cell := _smallest_new(one, agreed)) is not None}
            if not chosen:
                return found
            found.findings += leaks
            found.names |= chosen
            new = replace(
                new,
                cells=tuple(replace(one, count=None) if _cell_name(one) in chosen else one for one in new.cells),
            )

    def _tells(self, finding: Finding) -> bool:
        """Whether it tells more than the mark of what is withheld does, and of a place.

        That a count is below the threshold is what the mark says. What lies in an authority and in none of its small
        areas is nowhere in particular.
        """
        of_a_place = any(len(self.small_areas.get(code, ())) < 2 for code in finding.areas)
        return of_a_place and (finding.least > 1 or finding.greatest < self.threshold - 1)

    def _publication(self, released: DocumentRelease, name: str) -> Publication:
        return Publication(
            name,
            tuple(
                PublishedCell(
                    _cell_name(one),
                    self.small_areas.get(one.area_code, frozenset([one.area_code])),
                    frozenset(range(one.first, one.last + 1)),
                    frozenset(one.offences),
                    one.count,
                )
                for one in released.cells
            ),
            threshold=released.threshold,
            rounding=released.rounding,
            only_small_withheld=self.marks,
        )


def _smallest_new(finding: Finding, new: Publication) -> PublishedCell | None:
    """Of what is combined, the smallest count that is not out yet.

    The combination is that of the most the count can be. Where only the least is new, the smallest new count that has
    something in common with it is taken.
    """
    shown = [cell for cell in new.cells if cell.count is not None]
    combined = {term.cell.name for term in finding.terms if term.publication == new.name}
    cells = [cell for cell in shown if cell.name in combined] or [
        cell for cell in shown if any(_meet(cell, term.cell) for term in finding.terms)
    ]
    return min(cells, key=lambda one: (one.count or 0, one.name), default=None)


def _meet(one: PublishedCell, other: PublishedCell) -> bool:
    return not (
        one.areas.isdisjoint(other.areas)
        or one.months.isdisjoint(other.months)
        or one.offences.isdisjoint(other.offences)
    )


def _cell_name(cell: ReleasedCell) -> str:
    return f"{cell.name} ({cell.indicator}, {cell.area_code}, {cell.period}: {', '.join(cell.offences)})"
