"""What a workspace holds that answers duties: files added, editions kept, and the partnership's own register."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from frankpledge.assessment.definition import read_assessments
from frankpledge.assessment.editions import EVIDENCE
from frankpledge.duties.definition import Duty
from frankpledge.duties.evidence import Arrival, EditionKept, PlanHeld, Registered
from frankpledge.duties.register import read_register
from frankpledge.plan.plan import Plan
from frankpledge.plan.reading import find_plan
from frankpledge.warehouse.connection import Warehouse
from frankpledge.workspace import Workspace

PUBLIC_MEETING = "public-meeting"


@dataclass(frozen=True)
class HeldEvidence:
    """`frankpledge.duties.evidence.Evidence`, of a workspace."""

    arrivals: tuple[Arrival, ...]
    editions: tuple[EditionKept, ...]
    plan: PlanHeld | None
    register: tuple[Registered, ...]


def evidence_of(workspace: Workspace, warehouse: Warehouse, duties: tuple[Duty, ...]) -> HeldEvidence:
    """All that a workspace and its warehouse tell of what was done."""
    plan = find_plan(workspace)
    return HeldEvidence(
        arrivals=_arrivals(warehouse),
        editions=_editions(workspace),
        plan=_held(plan) if plan else None,
        register=(*read_register(workspace.folder, duties), *(_meetings(plan) if plan else ())),
    )


def _held(plan: Plan) -> PlanHeld:
    parts = {
        "priorities": plan.priorities,
        "actions": plan.actions,
        "resources": plan.resources,
        "success": plan.success,
        "engagement": plan.engagement,
    }
    revised = [one.day for one in plan.refreshes]
    return PlanHeld(max([plan.start, *revised]), frozenset(part for part, held in parts.items() if held))


def _meetings(plan: Plan) -> tuple[Registered, ...]:
    """Public meetings to which every authority sent somebody senior: the regulation asks for each of them."""
    whole = [one for one in plan.meetings if one.public and one.attended and not one.absent]
    return tuple(Registered(PUBLIC_MEETING, one.day, None, "plan.yaml, meetings") for one in whole)


def _arrivals(warehouse: Warehouse) -> tuple[Arrival, ...]:
    rows = warehouse.con.execute(
        """
        SELECT source, month, min(added) FROM (
            SELECT source, added, unnest(range(first_month, last_month + 1)) AS month FROM load
            WHERE first_month IS NOT NULL
        ) GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    return tuple(Arrival(source, month, datetime.date.fromisoformat(added[:10])) for source, month, added in rows)


def _editions(workspace: Workspace) -> tuple[EditionKept, ...]:
    slugs = tuple(read_assessments(workspace.definitions))
    # Of two made on one day, the one made last comes last.
    found = sorted(workspace.editions.glob(f"*/{EVIDENCE}"), key=lambda path: (path.stat().st_mtime, path))
    return tuple(_edition(path, slugs) for path in found if not path.parent.name.startswith("."))


def _edition(path: Path, slugs: Iterable[str]) -> EditionKept:
    record = json.loads(path.read_text(encoding="utf-8"))
    # Editions of before they said it are known by their name.
    named = [slug for slug in slugs if record["document"].startswith(f"{slug}-")]
    return EditionKept(
        document=record.get("definition") or max(named, key=len, default=""),
        folder=path.parent.name,
        prepared=datetime.date.fromisoformat(record["prepared"]),
        answers=record.get("answers"),
    )
