"""A small plan as it is written, and what is needed to read it."""

from frankpledge.plan.reading import read_plan

PLAN = """\
schema: 1
title: Safer Harrow's plan
version: "1"
from: 2018-04-01
to: 2021-03-31
vision: A safe place.
resources: [Officers' time.]
engagement: [A public meeting each autumn.]
success:
  - {authority: Metropolitan Police Service, how: Fewer burglaries.}
refreshes:
  - {date: 2019-04-02, changed: [Robbery is measured by its rate.]}
priorities:
  - slug: homes
    title: Burglary
    group: high volume
    why: It is seen by everybody.
    evidence: [Burglary is higher in winter.]
    lead: Metropolitan Police Service
    objectives: [safe-homes]
objectives:
  - {slug: safe-homes, title: Fewer burglaries, measures: [burglary], actions: [alerts]}
measures:
  - slug: burglary
    title: Burglary
    indicator: burglary
    wanted: lower
    baseline: 2017
    target: {percent: 10, by: 2018}
actions:
  - slug: alerts
    title: Send alerts
    owner: Metropolitan Police Service
    start: 2018-09-01
    due: 2019-06-30
    updates:
      - {date: 2019-01-10, state: under way, note: Alerts go out by ward.}
projects:
  - slug: locks
    title: Better locks
    provider: A charity
    funding: The council
    pounds: 12000
    from: 2018-04-01
    to: 2019-03-31
    delivers: Locks for those burgled twice.
    outputs: [idva-cases]
meetings:
  - {date: 2018-11-15, of: public, discussed: [Burglary], attended: [Metropolitan Police Service]}
"""


def write_plan(folder, text=PLAN, **replaced):
    """The small plan as a file, some of its text replaced by other."""
    for old, new in replaced.get("swap", {}).items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def plan_with(folder, swap=None, text=PLAN):
    """The small plan, read, some of its text replaced by other."""
    return read_plan(write_plan(folder, text, swap=swap or {}))
