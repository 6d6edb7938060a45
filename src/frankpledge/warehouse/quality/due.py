"""Whether partners' data sets of SI 2007/1831 are in hand, by the quarter: in time, late or missing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.sources.partners.due import PRESCRIBED, InformationPeriod, data_set, periods_to_disclose
from frankpledge.sources.partners.template import all_templates
from frankpledge.warehouse.quality.finding import SEVERAL, Finding, Seriousness
from frankpledge.warehouse.quality.words import counted, listed, runs, span

LOOK = "SI 2007/1831, regulation 3; table load: when each file was added"


def find_due(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Data sets that the law has partners disclose each quarter, against what was added and when."""
    received = _received(con)
    ((newest,),) = con.execute("SELECT max(added) FROM load WHERE NOT invented").fetchall()
    if not newest:
        return
    today = datetime.date.fromisoformat(newest[:10])
    answered = set()
    for template in all_templates().values():
        days = received.get(template.slug)
        for slug in template.answers if days else ():
            answered.add(slug)
            yield _judged(slug, template.dataset, days or {}, today)
    lacking = [one for one in PRESCRIBED if one.slug not in answered]
    if lacking:
        said = listed(f"{one.what} ({one.holder})" for one in lacking)
        sentence = (
            f"Of the {len(PRESCRIBED)} data sets that the law has partners disclose each quarter, "
            f"{'none is' if len(lacking) == len(PRESCRIBED) else f'{len(lacking)} are not'} held from a partner"
            f"{'' if len(lacking) == len(PRESCRIBED) else f': {said}'}."
        )
        yield Finding("data sets not held", SEVERAL, "SI 2007/1831", sentence, Seriousness.KNOW, LOOK, len(lacking))


def _received(con: duckdb.DuckDBPyConnection) -> dict[str, dict[int, datetime.date]]:
    """Source → month → the day on which the first file that holds it was added."""
    days: dict[str, dict[int, datetime.date]] = defaultdict(dict)
    rows = con.execute("""
        SELECT source, month, min(added) FROM (
            SELECT source, added, unnest(range(first_month, last_month + 1)) AS month FROM load
            WHERE first_month IS NOT NULL AND NOT invented
        ) GROUP BY ALL
    """).fetchall()
    for source, month, added in rows:
        days[source][month] = datetime.date.fromisoformat(added[:10])
    return days


def _judged(slug: str, dataset: str, days: dict[int, datetime.date], today: datetime.date) -> Finding:
    in_time: list[InformationPeriod] = []
    late: list[InformationPeriod] = []
    missing: list[InformationPeriod] = []
    for period in periods_to_disclose(slug, today, min(days)):
        arrived = [days.get(month) for month in range(max(period.first, min(days)), period.last + 1)]
        if None not in arrived:
            (late if period.is_late(max(day for day in arrived if day)) else in_time).append(period)
        elif period.is_late(today):
            missing.append(period)
    words = [f"{counted(len(in_time), 'quarter')} in time"] if in_time else []
    words += [f"{counted(len(late), 'quarter')} late ({_said(late)})"] if late else []
    words += [f"{counted(len(missing), 'quarter')} overdue and not here ({_said(missing)})"] if missing else []
    what = data_set(slug)
    sentence = (
        f"{what.what[0].upper()}{what.what[1:]} ({what.holder}), due by the end of the quarter that follows: "
        f"{listed(words) or 'nothing is due yet'}, judged by the day each file was added here."
    )
    seriousness = Seriousness.CARE if missing else Seriousness.KNOW
    return Finding("due", dataset, slug, sentence, seriousness, LOOK, len(missing))


def _said(periods: list[InformationPeriod]) -> str:
    months = [month for period in periods for month in range(period.first, period.last + 1)]
    return listed((span(*run) for run in runs(months)), 3)
