"""What documents have shown of partners' records, kept so that the next one does not give away what they withheld.

A document that shows burglaries of the year and of eleven months gives away the twelfth, whether they stand in it
together or the months stood in the last one. So the counts of every document that leaves the partnership are kept, and
a new one is set beside those its readers may have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from frankpledge.disclosure.differencing import given_away
from frankpledge.disclosure.gate import Audience
from frankpledge.disclosure.publication import Finding, Publication, PublishedCell

# Whoever reads what is for partners has read what is for the public; the board has read everything.
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
    dataset, series
        Where it was read from: dataset, and dataset with release.
    first, last
        Month numbers.
    offences
        The smallest kinds counted.
    count
        As shown; None when it is withheld.
    """

    name: str
    indicator: str
    area_code: str
    period: str
    dataset: str
    series: str
    first: int
    last: int
    offences: tuple[str, ...]
    count: int | None


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
        Earlier documents whose counts contradict the new ones, for they were revised in between.
    """

    cells: tuple[ReleasedCell, ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]


def hold_back(
    earlier: Sequence[DocumentRelease], new: DocumentRelease, small_areas: Mapping[str, frozenset[str]]
) -> HeldBack:
    """What to withhold of a new document, so that it gives away no small count with itself and with earlier ones.

    Parameters
    ----------
    earlier
        What its readers may have: see `read_by`.
    new
        What is about to go out. Without a threshold there is nothing to hold back.
    small_areas
        Code of every area named → the small areas it is made up of.

    Returns
    -------
    HeldBack
        Of each combination that gives something away the smallest new count is held back, until none does.

    Notes
    -----
    Subtraction is looked for over areas and months of the same offences, and over offences of the same area and period,
    each by linear programming (`differencing.given_away`); not over all three at once.
    """
    cells: list[ReleasedCell] = []
    findings: list[Finding] = []
    unchecked: set[str] = set()
    for alike in (_same_offences, _same_place_and_time) if new.threshold else ():
        for group in _groups(new.cells, alike):
            before = [
                replace(one, cells=tuple(cell for cell in one.cells if alike(cell) == alike(group[0])))
                for one in earlier
            ]
            held, found, contradicting = _hold_back(before, replace(new, cells=group), small_areas)
            cells += held
            findings += found
            unchecked |= contradicting
    return HeldBack(tuple(dict.fromkeys(cells)), tuple(findings), tuple(sorted(unchecked)))


def _same_offences(cell: ReleasedCell) -> tuple[object, ...]:
    """Areas and months that can be subtracted from each other."""
    return cell.dataset, cell.offences


def _same_place_and_time(cell: ReleasedCell) -> tuple[object, ...]:
    """An offence and its parts."""
    return cell.dataset, cell.area_code, cell.first, cell.last


def _groups(
    cells: Iterable[ReleasedCell], alike: Callable[[ReleasedCell], tuple[object, ...]]
) -> list[tuple[ReleasedCell, ...]]:
    groups: dict[tuple[object, ...], list[ReleasedCell]] = {}
    for cell in cells:
        groups.setdefault(alike(cell), []).append(cell)
    return [tuple(group) for group in groups.values()]


def _hold_back(
    earlier: Sequence[DocumentRelease], new: DocumentRelease, small_areas: Mapping[str, frozenset[str]]
) -> tuple[list[ReleasedCell], list[Finding], set[str]]:
    """The same for counts that are alike in all but one or two ways."""
    before = [_publication(one, small_areas) for one in earlier if one.cells]
    names = {_cell_name(one): one for one in new.cells}
    held: list[ReleasedCell] = []
    all_found: list[Finding] = []
    agreeing, contradicting = before, set()
    while True:
        now = _publication(new, small_areas)
        try:
            found = given_away(agreeing, now, new.threshold)
        except ValueError:
            # Counts were revised since: they are checked one document after the other, and what contradicts is named.
            agreeing = [one for one in before if _agrees(one, now, new.threshold)]
            contradicting = {one.name for one in before} - {one.name for one in agreeing}
            if len(agreeing) == len(before):
                agreeing, contradicting = [], {one.name for one in before}
            continue
        leaks = [one for one in found if not one.before and _tells(one, new.threshold, small_areas)]
        chosen = {cell.name: cell for one in leaks if (cell := _smallest_new(one, now)) is not None}
        if not chosen:
            return held, all_found, contradicting
        all_found += leaks
        held += [names[name] for name in chosen]
        new = replace(
            new, cells=tuple(replace(one, count=None) if _cell_name(one) in chosen else one for one in new.cells)
        )


def _agrees(one: Publication, new: Publication, threshold: int) -> bool:
    try:
        given_away([one], new, threshold)
    except ValueError:
        return False
    return True


def _smallest_new(finding: Finding, new: Publication) -> PublishedCell | None:
    """Of what is combined, the smallest count that is not out yet."""
    cells = [term.cell for term in finding.terms if term.publication == new.name and term.cell.count is not None]
    return min(cells, key=lambda one: (one.count or 0, one.name), default=None)


def _tells(finding: Finding, threshold: int, small_areas: Mapping[str, frozenset[str]]) -> bool:
    """Whether it tells more than the mark of what is withheld does, and of a place.

    That a count is below the threshold is what the mark says. What lies in an authority and in none of its small areas
    is nowhere in particular.
    """
    of_a_place = any(len(small_areas.get(code, ())) < 2 for code in finding.areas)
    return of_a_place and (finding.least > 1 or finding.greatest < threshold - 1)


def _publication(released: DocumentRelease, small_areas: Mapping[str, frozenset[str]]) -> Publication:
    return Publication(
        released.name,
        tuple(
            PublishedCell(
                _cell_name(one),
                small_areas.get(one.area_code, frozenset([one.area_code])),
                frozenset(range(one.first, one.last + 1)),
                frozenset(one.offences),
                one.count,
            )
            for one in released.cells
        ),
        threshold=released.threshold,
        rounding=released.rounding,
    )


def _cell_name(cell: ReleasedCell) -> str:
    return f"{cell.name}, {', '.join(cell.offences)}"
