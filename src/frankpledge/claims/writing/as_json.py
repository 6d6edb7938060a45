"""The report as JSON, for pipelines."""

from __future__ import annotations

import json
from dataclasses import asdict

from frankpledge.claims.checking import Checked
from frankpledge.claims.objections import Objection
from frankpledge.claims.settled import key_of


def json_of(checked: Checked) -> str:
    """The report as JSON text: what was read, and each finding with its kind, quote, place, test and arithmetic."""
    told = {
        "schema": 1,
        "document": checked.document.name,
        "figures": {"read": checked.read, "testable": checked.testable, "tested": checked.tested},
        "comparisons": {"held": checked.held, "failed": len(checked.errors)},
        "settled": len(checked.settled),
        "unread": list(checked.document.unread),
        "findings": [_finding(one) for one in checked.objections],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _finding(one: Objection) -> dict[str, object]:
    return {
        "key": key_of(one),
        "kind": one.kind.value,
        "test": one.rule,
        "quote": one.quote,
        "place": {"words": one.place.words(), **asdict(one.place)},
        "figures": list(one.figures),
        "arithmetic": one.arithmetic,
        "suggestion": one.suggestion,
        "confidence": one.confidence,
    }
