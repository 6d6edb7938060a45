"""Which counts of an earlier edition read otherwise now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frankpledge.assessment.edition import EVIDENCE
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure.gate import OPEN
from frankpledge.indicators.definition import Indicator
from frankpledge.model.estimate import Estimate, Status
from frankpledge.periods import parse_period
from frankpledge.workspace import Workspace


@dataclass(frozen=True)
class Earlier:
    """An edition of the partnership's, by what it was read from."""

    title: str
    edition: str
    prepared: str
    estimates: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Revision:
    """A count that an earlier edition had otherwise: as it was, and as it is now."""

    indicator: Indicator
    then: int
    now: Estimate


def edition_before(workspace: Workspace, day: str) -> Earlier | None:
    """The newest edition of any document that was made before a day, ISO 8601; None where there is none."""
    found: list[Earlier] = []
    for path in sorted(workspace.editions.glob(f"*/{EVIDENCE}")):
        evidence = json.loads(path.read_text(encoding="utf-8"))
        if evidence["prepared"] < day:
            estimates = tuple(evidence["estimates"].values())
            found.append(Earlier(evidence["title"], evidence["edition"], evidence["prepared"], estimates))
    return max(found, key=lambda one: (one.prepared, one.edition), default=None)


def revisions_since(enquiry: Enquiry, earlier: Earlier, indicators: Sequence[Indicator]) -> list[Revision]:
    """Counts of an earlier edition, of the areas this document is of, that read otherwise now.

    A count that was rounded, withheld or missing then is left out, for nothing can be told of it; and so are partners'
    records, for the earlier edition may have been for other readers.
    """
    found = []
    for indicator in indicators:
        then = _counts_of(earlier, indicator, enquiry.areas)
        if not then:
            continue
        periods = tuple(sorted({parse_period(period) for _, period in then}))
        for now in enquiry.areas_at(indicator, periods).estimates:
            count = then.get((now.area_code, now.period))
            if count is not None and now.policy == OPEN and now.numerator not in (None, count):
                found.append(Revision(indicator, count, now))
    return found


def _counts_of(earlier: Earlier, indicator: Indicator, areas: Sequence[str]) -> dict[tuple[str, str], int]:
    exact = (Status.FINAL.value, Status.PROVISIONAL.value)
    return {
        (one["area_code"], one["period"]): int(one["numerator"])
        for one in earlier.estimates
        if one["indicator"] == indicator.slug
        and one["area_code"] in areas
        and one["status"] in exact
        and one["numerator"] is not None
    }
