"""Looking a partner's file through before it is added: all that is wrong with it, row by row; nothing is kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from pathlib import Path

from frankpledge.errors import SourceError
from frankpledge.sources.partner_sources import setting_of
from frankpledge.sources.partners.doubting import Doubting, KnownAreas
from frankpledge.sources.partners.judging import Judging, Wrong, batches
from frankpledge.sources.partners.mapping import Mapping, find_mapping, unmapped
from frankpledge.sources.partners.reading import read_given, template_of_sample
from frankpledge.sources.partners.template import Template, find_template, known_paths
from frankpledge.sources.partners.values import Problem
from frankpledge.sources.registry import sample_of

SHOWN = 20
# One row in ten may be right by chance: a date that reads either way, a borough's first row.
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Gathered:
    """One kind of problem in a file: the first row that has it, and how many do."""

    first: Wrong
    rows: int


@dataclass(frozen=True)
class Checked:
    """What was found in a file.

    Attributes
    ----------
    rows, wrong_rows
        How many rows it has, and how many of them cannot be used.
    first
        The first of what is wrong.
    kinds
        What is wrong, each kind of problem once, the most frequent first.
    doubtful_rows
        How many others can be used, but should be looked at.
    doubts
        The first of what is doubtful.
    left_out
        Headings that no column of the template has.
    """

    template: Template
    rows: int
    wrong_rows: int
    first: tuple[Wrong, ...]
    kinds: tuple[Gathered, ...]
    doubtful_rows: int
    doubts: tuple[Wrong, ...]
    left_out: tuple[str, ...]

    @property
    def nearly_all_wrong(self) -> bool:
        """Whether so many rows are wrong that it is no matter of single rows."""
        return self.rows > 0 and self.wrong_rows >= NEARLY_ALL * self.rows


def check_file(
    path: Path, definitions: Path | None, mapping: Mapping | None = None, known: KnownAreas | None = None
) -> Checked:
    """Judge every row of a file, as `add` and `build` would.

    Parameters
    ----------
    definitions
        The workspace's own, for its mappings and labels; None outside a workspace.
    mapping
        To read it by; without one, its template is told by its heading, or by a mapping of the workspace.
    known
        What is known of areas, by which rows are doubted; without it, none is.

    Raises
    ------
    SourceError
        When it follows no template and no mapping knows it, or it cannot be read.
    """
    template = find_template(mapping.template) if mapping else template_of_sample(sample_of(path))
    if template is None and definitions is not None:
        mapping = find_mapping(definitions, path)
        template = find_template(mapping.template) if mapping else None
    if template is None:
        raise SourceError(
            f"{path.name} follows no template, and no mapping knows it.",
            "“frankpledge template” lists the templates; “frankpledge map FILE” reads any other table as one of them.",
        )
    given = read_given(path, mapping)
    today = datetime.datetime.now(datetime.UTC).date()
    judging = Judging(template, given.heading, setting_of(template, today, definitions, given.dates))
    doubting = Doubting(template, known, known_paths(definitions)) if known is not None else None
    rows, found, doubts = 0, _Found(), _Found()
    for lines in batches(given.lines):
        looked = judging.look(lines)
        rows += len(lines)
        found.take(looked.wrong)
        if doubting:
            doubts.take(doubting.doubtful_in(looked))
    beyond = unmapped(mapping, path) if mapping else template.beyond(given.heading)
    return Checked(
        template,
        rows,
        found.rows,
        tuple(found.first),
        found.gathered(),
        doubts.rows,
        tuple(doubts.first),
        tuple(beyond),
    )


@dataclass
class _Found:
    """How many rows something was found in, and the first of what was found."""

    rows: int = 0
    first: list[Wrong] = field(default_factory=list)
    _kinds: dict[tuple[str, Problem], Gathered] = field(default_factory=dict)

    def take(self, found: list[Wrong]) -> None:
        for one in found:
            earlier = self._kinds.get((one.column, one.problem), Gathered(one, 0))
            self._kinds[one.column, one.problem] = replace(earlier, rows=earlier.rows + 1)
        self.rows += len({one.line for one in found})
        self.first += found[: SHOWN - len(self.first)]

    def gathered(self) -> tuple[Gathered, ...]:
        """Each kind of problem once, the most frequent first."""
        return tuple(sorted(self._kinds.values(), key=lambda kind: kind.rows, reverse=True))
