"""Looking a partner's file through before it is added: all that is wrong with it, row by row; nothing is kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import SourceError
from frankpledge.sources.partner_sources import setting_of
from frankpledge.sources.partners.judging import Judging, Wrong, batches
from frankpledge.sources.partners.mapping import Mapping, find_mapping, unmapped
from frankpledge.sources.partners.reading import read_given, template_of_sample
from frankpledge.sources.partners.template import Template, find_template
from frankpledge.sources.registry import sample_of

SHOWN = 20


@dataclass(frozen=True)
class Checked:
    """What was found in a file.

    Attributes
    ----------
    rows, wrong_rows
        How many rows it has, and how many of them cannot be used.
    first
        The first of what is wrong.
    left_out
        Headings that no column of the template has.
    """

    template: Template
    rows: int
    wrong_rows: int
    first: tuple[Wrong, ...]
    left_out: tuple[str, ...]


def check_file(path: Path, definitions: Path | None, mapping: Mapping | None = None) -> Checked:
    """Judge every row of a file, as `add` and `build` would.

    Parameters
    ----------
    definitions
        The workspace's own, for its mappings and labels; None outside a workspace.
    mapping
        To read it by; without one, its template is told by its heading, or by a mapping of the workspace.

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
    judging = Judging(template, given.heading, setting_of(template, today, definitions))
    rows, wrong_rows, first = 0, 0, list[Wrong]()
    for lines in batches(given.lines):
        wrong = judging.wrong_in(lines)
        rows += len(lines)
        wrong_rows += len({one.line for one in wrong})
        first += wrong[: SHOWN - len(first)]
    beyond = unmapped(mapping, path) if mapping else template.beyond(given.heading)
    return Checked(template, rows, wrong_rows, tuple(first), tuple(beyond))
