"""Counts as they were published, and what is found to be given away by several of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

# Longer lists are cut short in words; the whole of them is in the finding.
NAMED = 3


@dataclass(frozen=True)
class PublishedCell:
    """One count of a publication.

    Attributes
    ----------
    name
        What it is called there: "Pinner, 2018, burglary".
    areas
        The smallest areas it is made up of, in one vintage for all that is compared: codes of small areas.
    months
        Month numbers.
    offences
        The smallest kinds of offence it is made up of.
    count
        As it was printed; None when it was withheld.
    """

    name: str
    areas: frozenset[str]
    months: frozenset[int]
    offences: frozenset[str]
    count: int | None


@dataclass(frozen=True)
class Publication:
    """What was put out together, and under which rule.

    Attributes
    ----------
    name
        What it is called.
    cells
        Every count, totals and withheld ones too.
    threshold
        Smallest count above nought that it shows; readers know the rule. 0 for open data, which shows all.
    rounding
        Counts are rounded to the nearest multiple.
    only_small_withheld
        Whether nothing but small counts was withheld, so that the mark says that a count is small.
    """

    name: str
    cells: tuple[PublishedCell, ...]
    threshold: int = 0
    rounding: int = 1
    only_small_withheld: bool = False

    def limits(self, cell: PublishedCell) -> tuple[float, float]:
        """The least and the greatest count that a cell can stand for.

        Parameters
        ----------
        cell
            One of the publication.

        Returns
        -------
        tuple[float, float]
            A shown 5, rounded to the nearest five under a threshold of five, stands for 5, 6 or 7.

        Raises
        ------
        ValueError
            If no count is shown so under the rule of this publication.
        """
        if cell.count is None:
            return (1, self.threshold - 1) if self.only_small_withheld else (0, inf)
        near = range(max(0, cell.count - self.rounding), cell.count + self.rounding + 1)
        possible = [count for count in near if self._shown_as(count) == cell.count]
        if not possible:
            raise ValueError(f"{cell.name}: no count is shown as {cell.count} in {self.name}.")
        return possible[0], possible[-1]

    def _shown_as(self, count: int) -> int | None:
        return None if 0 < count < self.threshold else self.rounding * round(count / self.rounding)


@dataclass(frozen=True)
class Term:
    """One cell of a combination: added where `times` is above nought, else taken away."""

    times: float
    publication: str
    cell: PublishedCell


@dataclass(frozen=True)
class Finding:
    """A small count that can be worked out, and how.

    Attributes
    ----------
    areas, months, offences
        What is counted, or in what it lies.
    least, greatest
        What a reader learns of the count.
    terms
        The cells that are combined.
    before
        Whether it could be worked out without the new publication already.
    """

    areas: frozenset[str]
    months: frozenset[int]
    offences: frozenset[str]
    least: int
    greatest: int
    terms: tuple[Term, ...]
    before: bool

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        what = f"{_listed(self.areas)}, {_listed(_runs(self.months))}, {_listed(self.offences)}"
        old = " This could be worked out before." if self.before else ""
        return f"{self._sum()} leaves {self._learnt()} for {what}.{old}"

    def _learnt(self) -> str:
        if self.least == self.greatest:
            return f"{self.greatest}"
        return f"{self.least} to {self.greatest}" if self.least else f"at most {self.greatest}"

    def _sum(self) -> str:
        added = [_called(term) for term in self.terms if term.times > 0]
        taken = [_called(term) for term in self.terms if term.times < 0]
        return " less ".join(" and ".join(some) for some in (added, taken) if some)


def _called(term: Term) -> str:
    count = "withheld" if term.cell.count is None else f"{term.cell.count:,}"
    return f"“{term.cell.name}” ({count}; {term.publication})"


def _listed(names: Iterable[str]) -> str:
    some = sorted(names)
    more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
    return ", ".join(some[:NAMED]) + more


def _runs(months: Iterable[int]) -> list[str]:
    """Months in words, those that follow each other as one."""
    runs: list[list[int]] = []
    for month in sorted(months):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [_month(run[0]) + (f" to {_month(run[-1])}" if len(run) > 1 else "") for run in runs]


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"
