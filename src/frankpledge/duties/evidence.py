"""What answers a duty: the shape of what is known, wherever it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Arrival:
    """A month of a partner's records, and the day on which the first file that holds it was added.

    Attributes
    ----------
    template
        Of which it is.
    month
        Month number.
    """

    template: str
    month: int
    day: datetime.date


@dataclass(frozen=True)
class EditionKept:
    """An edition of a document.

    Attributes
    ----------
    document
        Slug of the document's make-up.
    folder
        Its name in ``editions/``.
    prepared
        The day it was made.
    answers
        Duty → headings of the sections that answer it; None where the edition does not say.
    """

    document: str
    folder: str
    prepared: datetime.date
    answers: Mapping[str, Sequence[str]] | None

    @property
    def name(self) -> str:
        """What people find it by."""
        return f"{self.document}, edition {self.folder.rpartition('-')[2]}"


@dataclass(frozen=True)
class PlanHeld:
    """The partnership's plan.

    Attributes
    ----------
    agreed
        The day it was agreed or last revised; None where it does not say.
    holds
        Which parts it has: ``priorities``, ``actions``, ``resources``, ``success``, ``engagement``.
    """

    agreed: datetime.date | None
    holds: frozenset[str]


@dataclass(frozen=True)
class Registered:
    """An entry of the register that the partnership keeps by hand.

    Attributes
    ----------
    duty
        Which duty it is of.
    done
        The day it was done; None where it is still to be.
    due
        The day by which it was to be done, where the partnership says so.
    seen
        Where it can be seen.
    of
        The quarter that was received, as in the grammar of periods, and the data set: of prescribed information only.
    data_set
        The data set that was received; empty elsewhere.
    """

    duty: str
    done: datetime.date | None
    due: datetime.date | None
    seen: str
    of: str = ""
    data_set: str = ""


class Evidence(Protocol):
    """All that is known of what was done."""

    @property
    def arrivals(self) -> Sequence[Arrival]:
        """Months of partners' records, each once a template."""

    @property
    def editions(self) -> Sequence[EditionKept]:
        """Editions kept; of those made on one day, the last made comes last."""

    @property
    def plan(self) -> PlanHeld | None:
        """The plan; None where none is held."""

    @property
    def register(self) -> Sequence[Registered]:
        """What the partnership has entered by hand."""
