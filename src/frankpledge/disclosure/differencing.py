"""What several publications give away together, by subtraction.

A year less eleven of its months is the twelfth. A borough less its other wards is the ward that was
withheld. Wards before and after a change of boundaries differ by a few streets. Each publication may be safe on
its own, and the difference not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, isfinite
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack
from scipy.sparse import eye_array as identity

from frankpledge.disclosure.attack import TOLERANCE, Numbers
from frankpledge.disclosure.cells import Mask
from frankpledge.disclosure.publication import Finding, Publication, PublishedCell, Term

Member = TypeVar("Member")


def given_away(earlier: Iterable[Publication], new: Publication, threshold: int) -> tuple[Finding, ...]:
    """Small counts that nobody published and that can be worked out once the new publication is out.

    Parameters
    ----------
    earlier
        What is out already, whoever put it out. All publications must be of one series: counts that were revised
        in between do not subtract to anything, and mostly contradict each other.
    new
        What is about to go out.
    threshold
        Smallest count above nought that may be known.

    Returns
    -------
    tuple[Finding, ...]
        What gives most away first. Empty when nothing does.

    Raises
    ------
    ValueError
        If no counts at all agree with every publication.

    Notes
    -----
    Everything published is cut into the smallest parts that any publication tells apart: areas by months by
    offences. Each published cell is a sum of parts, known exactly, to within its rounding, or not at all. For
    each part a linear program gives the greatest count that agrees with everything; if that is below the
    threshold, and no single publication says so by itself, it is a finding. The dual of the program names the
    cells that were combined, and the finding is put for all that this combination singles out.

    Looking at single parts is enough. If some set of parts can be shown to be small, so can each part in it.

    A publication that withheld small counts and nothing else (`only_small_withheld`) says of each that it is from
    1 to its threshold less one. A reader who can narrow that down is a finding too.

    Programs are continuous. A reader who insists on whole numbers might in rare cases learn more.
    """
    publications = (*earlier, new)
    everything = _System(publications)
    before = _System(publications[:-1], parts=everything.parts)
    found = (_finding(everything, before, *one) for one in _combinations(everything, threshold))
    return tuple(sorted(found, key=lambda one: (one.before, one.greatest - one.least, one.greatest, one.words)))


def without_contradictions(
    earlier: Sequence[Publication], new: Publication
) -> tuple[tuple[Publication, ...], Publication, tuple[str, ...]]:
    """Publications without the counts that cannot all be true: they were revised in between.

    Parameters
    ----------
    earlier
        The earliest first: of two that contradict each other, the later is believed.
    new
        Believed before all others.

    Returns
    -------
    tuple
        The earlier ones, the new one, and the names of the cells that were left out of either.

    Notes
    -----
    One linear program lets every count be missed at a cost, and finds the cheapest way to have them all agree. What is
    missed is left out.
    """
    publications = (*earlier, new)
    system = _System(publications)
    missed = system.missed([1 + place / (10 * len(publications)) for place in range(len(earlier))] + [10.0])
    names = {id(cell) for (_, cell), off in zip(system.cells, missed.tolist(), strict=True) if off}
    kept = [replace(one, cells=tuple(cell for cell in one.cells if id(cell) not in names)) for one in publications]
    left_out = tuple(cell.name for one in publications for cell in one.cells if id(cell) in names)
    return tuple(kept[:-1]), kept[-1], left_out


@dataclass(frozen=True)
class _Part:
    """What no publication tells apart: areas by months by offences."""

    areas: frozenset[str]
    months: frozenset[int]
    offences: frozenset[str]


class _System:
    """Unknown parts, and what each published cell says of the sum of some."""

    def __init__(self, publications: Sequence[Publication], parts: tuple[tuple[_Part, ...], ...] | None = None) -> None:
        self.cells = [(publication, cell) for publication in publications for cell in publication.cells]
        self.of_publication = [place for place, publication in enumerate(publications) for _ in publication.cells]
        self.parts, self.sums = _parts_of(self.cells) if parts is None else (parts, _sums(self.cells, parts))
        limits = [publication.limits(cell) for publication, cell in self.cells]
        self.low = np.array([low for low, _ in limits], dtype=float)
        self.high = np.array([high for _, high in limits], dtype=float)

    @cached_property
    def rules(self) -> tuple[csr_array, Numbers, NDArray[np.intp]]:
        """Upper limits, then lower ones: rows, sides, and for each row the cell it is of."""
        above, below = np.flatnonzero(np.isfinite(self.high)), np.flatnonzero(self.low > 0)
        rows = vstack([self.sums[above], -self.sums[below]], format="csr")
        return rows, np.concatenate([self.high[above], -self.low[below]]), np.concatenate([above, below])

    @cached_property
    def said(self) -> Numbers:
        """The lowest upper limit that any one cell sets each part."""
        limits = np.full(len(self.parts), inf)
        for at in np.flatnonzero(np.isfinite(self.high)):
            columns = self.sums.indices[self.sums.indptr[at] : self.sums.indptr[at + 1]]
            limits[columns] = np.minimum(limits[columns], self.high[at])
        return limits

    def greatest(self, weights: Numbers) -> tuple[float, Numbers, Numbers]:
        """The greatest weighted sum of parts, the parts that have it, and what each cell has to do with it."""
        rows, sides, owner = self.rules
        # The stubs know dense matrices only.
        solved = linprog(-weights, A_ub=rows, b_ub=sides, bounds=(0, _ceiling(sides)))  # type: ignore[call-overload]
        if solved.x is None:
            raise ValueError("The publications contradict each other: counts were revised between them.")
        multipliers = np.zeros(len(self.cells))
        signs = np.where(np.arange(len(sides)) < np.isfinite(self.high).sum(), -1, 1)
        np.add.at(multipliers, owner.tolist(), signs * solved.ineqlin.marginals)
        return -float(solved.fun), solved.x, multipliers

    def missed(self, costs: Sequence[float]) -> Mask:
        """Which cells cannot be had together with the others, where missing one costs so much by its publication."""
        rows, sides, owner = self.rules
        if not len(sides):
            return np.zeros(len(self.cells), dtype=bool)
        height, width, many = len(sides), rows.shape[1], len(self.cells)
        by_how_much = csr_array((-np.ones(height), (np.arange(height), owner)), shape=(height, many))
        solved = linprog(
            np.concatenate([np.zeros(width), np.array([costs[place] for place in self.of_publication])]),
            A_ub=hstack([rows, by_how_much], format="csr"),
            b_ub=sides,
        )
        # Missing everything is always possible, and always costs something.
        assert solved.x is not None
        return np.asarray(solved.x[width:] > TOLERANCE)

    def range_of(self, parts: Mask) -> tuple[float, float]:
        """The least and the greatest count of a set of parts."""
        rows, sides, _ = self.rules
        if not len(sides):
            return 0, inf
        weights = parts.astype(float)
        top = self.greatest(weights)[0]
        return np.ceil(-self.greatest(-weights)[0] - TOLERANCE), inf if top >= _ceiling(sides) / 2 else _floor(top)


def _ceiling(sides: Numbers) -> float:
    # Far beyond anything that sums of published cells can come to.
    return 8 * float(np.abs(sides).sum()) + 1000


def _floor(number: float) -> float:
    return float(np.floor(number + TOLERANCE))


def _parts_of(cells: Sequence[tuple[Publication, PublishedCell]]) -> tuple[tuple[tuple[_Part, ...], ...], csr_array]:
    areas = _blocks([cell.areas for _, cell in cells])
    months = _blocks([cell.months for _, cell in cells])
    offences = _blocks([cell.offences for _, cell in cells])
    boxes = tuple((_Part(a, m, o),) for a in areas for m in months for o in offences)
    sums = _sums(cells, boxes)
    # Boxes in the same cells are one unknown; those in no cell are none.
    columns: dict[bytes, list[int]] = {}
    by_box = sums.tocsc()
    for at in range(len(boxes)):
        if len(held := by_box.indices[by_box.indptr[at] : by_box.indptr[at + 1]]):
            columns.setdefault(np.sort(held).tobytes(), []).append(at)
    merged = tuple(tuple(boxes[at][0] for at in together) for together in columns.values())
    return merged, by_box[:, [together[0] for together in columns.values()]].tocsr()


def _blocks(sets: Iterable[frozenset[Member]]) -> list[frozenset[Member]]:
    """The coarsest pieces of which every set is made up."""
    blocks: list[frozenset[Member]] = []
    for one in dict.fromkeys(sets):
        rest = one
        pieces = []
        for block in blocks:
            pieces += [piece for piece in (block & one, block - one) if piece]
            rest = rest - block
        blocks = [*pieces, rest] if rest else pieces
    return blocks


def _sums(cells: Sequence[tuple[Publication, PublishedCell]], parts: Sequence[tuple[_Part, ...]]) -> csr_array:
    first = [one[0] for one in parts]
    inside = [
        _within([part.areas for part in first], [cell.areas for _, cell in cells]),
        _within([part.months for part in first], [cell.months for _, cell in cells]),
        _within([part.offences for part in first], [cell.offences for _, cell in cells]),
    ]
    held = np.nonzero(inside[0] & inside[1] & inside[2])
    return csr_array((np.ones(len(held[0])), (held[0], held[1])), shape=(len(cells), len(parts)))


def _within(pieces: Sequence[frozenset[Member]], sets: Sequence[frozenset[Member]]) -> Mask:
    """Which pieces lie in which sets, each different pair looked at once."""
    unlike, known = list(dict.fromkeys(pieces)), list(dict.fromkeys(sets))
    table = np.array([[piece <= one for piece in unlike] for one in known], dtype=bool).reshape(len(known), len(unlike))
    places = {one: at for at, one in enumerate(known)}
    columns = {piece: at for at, piece in enumerate(unlike)}
    return table[[places[one] for one in sets]][:, [columns[piece] for piece in pieces]]


def _combinations(system: _System, threshold: int) -> Iterator[tuple[Mask, Numbers]]:
    """Each set of parts that is shown to be small, and the combination of cells that shows it."""
    done = np.zeros(len(system.parts), dtype=bool)
    for at in _doubtful(system, np.minimum(system.said, threshold)):
        alone = np.arange(len(system.parts)) == at
        top, _, multipliers = system.greatest(alone.astype(float))
        if done[at] or _floor(top) < 1 or _floor(top) >= min(system.said[at], threshold):
            continue
        together = system.sums.T @ multipliers > TOLERANCE
        if _floor(system.greatest(together.astype(float))[0]) >= threshold or not together[at]:
            together = alone
        done |= together
        yield together, multipliers
    yield from _narrowed(system, threshold, done)


def _doubtful(system: _System, needed: Numbers) -> list[int]:
    """Parts that no table found so far lets be as great as they should; each program serves many at once."""
    left = np.flatnonzero(needed > 0)
    while len(left):
        parts = _stretched(system, left, needed[left])
        short = left[parts[left] < needed[left] - TOLERANCE]
        if len(short) == len(left):
            break
        left = short
    return [int(at) for at in left]


def _stretched(system: _System, wanted: NDArray[np.intp], needed: Numbers) -> Numbers:
    """A table in which as much as can be of what is needed is there at the same time."""
    rows, sides, _ = system.rules
    height, width, many = rows.shape[0], rows.shape[1], len(wanted)
    chosen = csr_array((np.ones(many), (np.arange(many), wanted)), shape=(many, width))
    limits = vstack(
        [hstack([rows, csr_array((height, many), dtype=float)]), hstack([-chosen, identity(many, dtype=float)])],
        format="csr",
    )
    tops = [*[_ceiling(sides)] * width, *needed.tolist()]
    solved = linprog(
        np.concatenate([np.zeros(width), -np.ones(many)]),
        A_ub=limits,
        b_ub=np.concatenate([sides, np.zeros(many)]),
        bounds=[(0, top) for top in tops],
    )
    if solved.x is None:
        raise ValueError("The publications contradict each other: counts were revised between them.")
    return np.asarray(solved.x[:width])


def _narrowed(system: _System, threshold: int, done: Mask) -> Iterator[tuple[Mask, Numbers]]:
    """Withheld cells, known to be small by their mark, of which more than that can be worked out."""
    for at, (publication, cell) in enumerate(system.cells):
        parts = np.asarray(system.sums[[at]].toarray()[0] > 0)
        if cell.count is not None or not publication.only_small_withheld or done[parts].all():
            continue
        for sign, bound in ((1, system.high[at]), (-1, -system.low[at])):
            top, _, multipliers = system.greatest(sign * parts.astype(float))
            if _floor(top) < bound and abs(_floor(top)) < threshold:
                yield parts, sign * multipliers
                break


def _finding(system: _System, before: _System, parts: Mask, multipliers: Numbers) -> Finding:
    least, greatest = system.range_of(parts)
    used = np.flatnonzero(np.abs(multipliers) > TOLERANCE)
    boxes = [box for at in np.flatnonzero(parts) for box in system.parts[at]]
    known_least, known_greatest = before.range_of(parts)
    return Finding(
        areas=frozenset().union(*(box.areas for box in boxes)),
        months=frozenset().union(*(box.months for box in boxes)),
        offences=frozenset().union(*(box.offences for box in boxes)),
        least=int(least),
        greatest=int(greatest),
        terms=tuple(Term(float(multipliers[at]), system.cells[at][0].name, system.cells[at][1]) for at in used),
        before=isfinite(known_greatest) and known_greatest <= greatest and known_least >= least,
    )
