"""The register: what a partnership has done that no file shows, kept by hand in ``duties.yaml``."""

from __future__ import annotations

from pathlib import Path

from frankpledge.definition import Entry, nearest_names, read_definition
from frankpledge.duties.definition import Duty, Kind
from frankpledge.duties.evidence import Registered
from frankpledge.periods import parse_period
from frankpledge.sources.partners.due import MONTHS, information_period

REGISTER = "duties.yaml"


def read_register(folder: Path, duties: tuple[Duty, ...]) -> tuple[Registered, ...]:
    """The entries of a workspace's register; none where there is no file.

    Raises
    ------
    DefinitionError
        When an entry names no duty, or says neither when it was done nor when it is due.
    """
    path = folder / REGISTER
    if not path.is_file():
        return ()
    entry = read_definition(path)
    entry.only("schema", "done")
    known = {one.slug: one for one in duties}
    return tuple(_registered(one, known) for one in entry.entries("done"))


def _registered(entry: Entry, known: dict[str, Duty]) -> Registered:
    entry.only("duty", "done", "due", "seen", "of", "set")
    slug = entry.text("duty")
    if slug not in known:
        near = nearest_names(slug, known)
        raise entry.problem(f"there is no duty “{slug}”.", f"{near}“frankpledge duties” lists them all.", "duty")
    if "done" not in entry.values and "due" not in entry.values:
        raise entry.problem(
            "it is not said when it was done.", "Add done: 2024-05-20, or due: where it is still to be."
        )
    if "of" in entry.values or known[slug].due.kind is Kind.QUARTERLY:
        _check_quarter(entry, known[slug])
    return Registered(
        duty=slug,
        done=entry.day("done", None),
        due=entry.day("due", None),
        seen=entry.text("seen"),
        of=entry.text("of", ""),
        data_set=entry.text("set", ""),
    )


def _check_quarter(entry: Entry, duty: Duty) -> None:
    """Prescribed information is entered by data set and information period."""
    entry.choice("set", duty.sets)
    period = parse_period(entry.text("of"))
    due = information_period(period.first)
    if due is None or (period.first, period.last) != (due.first, due.first + MONTHS - 1):
        raise entry.problem(f"“{period.text}” is no information period.", "Write a quarter: 2018-Q3.", "of")
