"""The example's plan: Harrow's of 2023, five years earlier, so that it is about years its documents tell of.

What it has beside Harrow's is in `definitions/example/plan.yaml`. All of it is marked invented: the real one is about
other years.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from frankpledge.definition import PACKAGED

YEARS_EARLIER = 5

_OF_A_YEAR = re.compile(r"\b(20\d\d)\b")

Mapping = dict[str, Any]

# The one in C, where it was built, is ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def example_plan() -> str:
    """The text of the example's ``plan.yaml``."""
    plan = _read("plans/harrow-2023.yaml")
    more = _read("example/plan.yaml")
    plan = {key: _earlier(value) if key in ("from", "to") else value for key, value in plan.items()}
    plan |= {key: more[key] for key in ("version", "resources", "success", "meetings")}
    plan["invented"] = True
    # What was seen when the priorities were chosen is of 2022, and no more true five years before.
    plan["priorities"] = [_priority(one, more["leads"]) for one in plan["priorities"]]
    plan["measures"] = [_measure(one, more["targets"]) for one in plan["measures"]]
    plan["actions"] = [_action(one, more["owners"]) for one in plan["actions"]]
    plan["projects"] = [*plan["projects"], *more["projects"]]
    return (
        "# The example: Harrow's plan of 2023, set five years earlier; days, owners and targets are made up.\n"
        + str(yaml.safe_dump(plan, sort_keys=False, allow_unicode=True, width=120))
    )


def _read(name: str) -> Mapping:
    read: Mapping = yaml.load((PACKAGED / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
    return read


def _priority(one: Mapping, leads: dict[str, str]) -> Mapping:
    kept = {key: value for key, value in one.items() if key != "evidence"}
    return kept | ({"lead": leads[one["slug"]]} if one["slug"] in leads else {})


def _measure(one: Mapping, targets: Mapping) -> Mapping:
    target = {"target": targets[one["slug"]]} if one["slug"] in targets else {}
    return one | {"baseline": one["baseline"] - YEARS_EARLIER} | target


def _action(one: Mapping, owners: dict[str, Mapping]) -> Mapping:
    moved = one | {"title": _OF_A_YEAR.sub(lambda year: str(int(year[0]) - YEARS_EARLIER), one["title"])}
    for key in {"start", "due"} & moved.keys():
        moved[key] = _earlier(moved[key])
    if "updates" in moved:
        moved["updates"] = [update | {"date": _earlier(update["date"])} for update in moved["updates"]]
    return moved | owners.get(one["slug"], {})


def _earlier(day: date) -> date:
    """Five years earlier; no day of the plan is a 29 February."""
    return day.replace(year=day.year - YEARS_EARLIER)
