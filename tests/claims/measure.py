"""How well the checker does on the labelled claims: precision and recall on “false”, over all and by kind of test.

Run it as ``python -m tests.claims.measure``; where the five documents are not beside the checkout, it says so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import click
import yaml

from frankpledge.claims.checking import check
from frankpledge.claims.objections import Kind, Objection
from frankpledge.claims.reading import read_published

LABELS = Path(__file__).parent / "labels"
SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
# An objection stands where its sentence begins; one to a cell, where its row begins, each cell on a line of its own.
_LINES_APART = 2
_CELLS_APART = 10


@dataclass(frozen=True)
class Label:
    """A claim that somebody judged by hand."""

    document: str
    name: str
    lines: tuple[int, ...]
    figures: tuple[str, ...]
    test: str
    holds: bool
    reason: str


@dataclass(frozen=True)
class Score:
    """Objections that are right and wrong, and false claims found and missed."""

    right: tuple[Objection, ...]
    wrong: tuple[Objection, ...]
    found: tuple[Label, ...]
    missed: tuple[Label, ...]

    @property
    def precision(self) -> float:
        """Of all that was objected to, how much is wrong in the document."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """Of all that is wrong in the document, how much was objected to."""
        return len(self.found) / max(1, len(self.found) + len(self.missed))


def labels() -> list[Label]:
    """All labels."""
    return [
        Label(
            held["document"], one["id"], (one["line"], *one.get("also", ())), tuple(one["figures"]), one["test"],
            one["holds"], one["reason"],
        )
        for path in sorted(LABELS.glob("*.yaml"))
        for held in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for one in held["claims"]
    ]  # fmt: skip


def measure() -> Score:
    """Check the five documents, and set what is objected to beside the labels."""
    by_document: dict[str, list[Label]] = defaultdict(list)
    for label in labels():
        by_document[label.document].append(label)
    right: list[Objection] = []
    wrong: list[Objection] = []
    found: set[Label] = set()
    for name, judged in by_document.items():
        false = [one for one in judged if not one.holds]
        objections = [one for one in check(read_published(SEEDS / name)).objections if one.kind is Kind.ERROR]
        for objection in objections:
            met = [label for label in false if _met(objection, label)]
            found.update(met)
            (right if met else wrong).append(objection)
    missed = [one for one in labels() if not one.holds and one not in found]
    return Score(tuple(right), tuple(wrong), tuple(found), tuple(missed))


def _met(objection: Objection, label: Label) -> bool:
    """Whether an objection is about a label: on one of its lines, with one of its figures."""
    line, apart = objection.place.line or 0, _LINES_APART if objection.place.row is None else _CELLS_APART
    told = [_plain(figure) for figure in objection.figures]
    labelled = [_plain(figure) for figure in label.figures]
    near = any(abs(line - one) <= apart for one in label.lines)
    return near and any(one in other or other in one for one in told for other in labelled)


def _plain(text: str) -> str:
    return text.replace(",", "").replace(" ", "").replace("−", "-").lower()


def main() -> None:
    """Print the figures."""
    if not SEEDS.is_dir():
        click.echo(f"The five documents are not beside this checkout: {SEEDS.parent.name}/{SEEDS.name}")
        return
    score = measure()
    click.echo(f"precision {score.precision:.3f} ({len(score.right)} right, {len(score.wrong)} wrong)")
    click.echo(f"recall    {score.recall:.3f} ({len(score.found)} found, {len(score.missed)} missed)")
    for test in sorted({one.test for one in (*score.found, *score.missed)}):
        hits = sum(one.test == test for one in score.found)
        every = hits + sum(one.test == test for one in score.missed)
        click.echo(f"  {test:20} {hits} of {every}")
    for one in score.wrong:
        click.echo(f"wrong: {one.place.line} {one.rule} {one.figures} {one.arithmetic}")
    for label in score.missed:
        click.echo(f"missed: {label.name} line {label.lines[0]} {label.figures}: {label.reason}")


if __name__ == "__main__":
    main()
