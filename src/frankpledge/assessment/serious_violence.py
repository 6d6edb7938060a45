"""What a partnership calls serious violence: its own definition, as a text with versions, each in force from a month.

The Police, Crime, Sentencing and Courts Act 2022 (sections 8 and 13) leaves it to the authorities of an area to say
what is serious violence there, and has them look at the gravest offences, harm to victims, how frequent it is, and what
it does to the community. `definitions/serious-violence/*.yaml`, the workspace's own in place of the packaged one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frankpledge.definition import Entry, definition_files, hash_of, read_definition
from frankpledge.periods import Period, parse_period


@dataclass(frozen=True)
class Version:
    """A definition in force.

    Attributes
    ----------
    since
        First month for which it holds.
    decided_by, decided_on
        Whose decision it is, and on which day, in words; the day is empty where nobody has decided yet.
    offences, left_out, flags
        In words: what belongs to it, what does not, and which flags on a record count.
    ages
        Whose offences or victims count.
    measure
        The agreed name under which the police count it.
    indicators
        Slugs of those that rest on it.
    """

    since: int
    decided_by: str
    decided_on: str
    offences: tuple[str, ...]
    left_out: tuple[str, ...]
    flags: tuple[str, ...]
    ages: str
    measure: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class SeriousViolence:
    """All versions of one definition, the oldest first."""

    title: str
    versions: tuple[Version, ...]
    hash: str

    def in_force(self, period: Period) -> Version:
        """The newest version that begins before the period ends; the oldest where none does."""
        begun = [one for one in self.versions if one.since <= period.last]
        return begun[-1] if begun else self.versions[0]


def find_serious_violence(overlay: Path | None = None) -> SeriousViolence:
    """The partnership's own definition; where it has none, the packaged one to begin from.

    Raises
    ------
    DefinitionError
        When it cannot be read.
    """
    own = definition_files("serious-violence", overlay)
    # The partnership's own, whatever it is called, stands before what the package has.
    path = next((one for one in own.values() if overlay and one.is_relative_to(overlay)), None)
    return _read(path or own["starting-point"])


def _read(path: Path) -> SeriousViolence:
    entry = read_definition(path)
    entry.only("schema", "title", "versions")
    versions = sorted((_version(one) for one in entry.entries("versions")), key=lambda one: one.since)
    if not versions:
        raise entry.problem("no version is given.", "Give at least one, with the month it begins.", "versions")
    return SeriousViolence(entry.text("title"), tuple(versions), hash_of(path))


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _version(entry: Entry) -> Version:
    entry.only(
        "from", "decided_by", "decided_on", "offences", "left_out", "flags", "ages", "measure", "indicators"
    )  # fmt: skip
    return Version(
        since=parse_period(entry.text("from")).first,
        decided_by=entry.text("decided_by"),
        decided_on=_day(entry.day("decided_on", None)),
        offences=entry.texts("offences"),
        left_out=entry.texts("left_out", []),
        flags=entry.texts("flags", []),
        ages=entry.text("ages", ""),
        measure=entry.text("measure"),
        indicators=entry.texts("indicators", []),
    )
