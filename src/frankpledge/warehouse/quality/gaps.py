"""Where a series is not complete: months cut short, offences not sent, neighbours' crimes, counts not readable.

The rows of ``coverage`` are one a month and area; here months run together and areas stand in one sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb

from frankpledge.warehouse.corrections import BY_HAND
from frankpledge.warehouse.quality.finding import Finding, Seriousness, own_areas
from frankpledge.warehouse.quality.words import counted, in_months, listed, own_first, runs, span
from frankpledge.warehouse.vintages import ELSEWHERE_TOO

MISLEADS = Seriousness.MISLEADS
LOOK = "table coverage"


def find_gaps(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about coverage."""
    yield from _overspill(con)
    yield from _outside(con)
    yield from _partial(con)
    yield from _unreadable(con)
    yield from _not_held(con)
    yield from _months_between(con)


# Every force's file has a few records placed far outside it; an authority inside it that is all but
# empty is another matter, and named one by one.
_JUDGED = """
    SELECT series.dataset, coalesce(force.name, ''), judged.first_month, judged.last_month, area.name,
           judged.crimes, judged.reason
    FROM judged_area AS judged JOIN series USING (series_id) JOIN area ON area.area_id = judged.authority_id
    LEFT JOIN area AS force ON force.area_id = judged.force_id
    WHERE judged.reason <> '' AND NOT judged.elsewhere ORDER BY ALL
"""


def _overspill(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    of_run: dict[tuple[Any, ...], list[tuple[str, int, str]]] = defaultdict(list)
    for dataset, force, first, last, area, crimes, reason in con.execute(_JUDGED).fetchall():
        of_run[dataset, force, first, last].append((area, int(crimes), reason))
    for (dataset, force, first, last), areas in of_run.items():
        if len(areas) == 1:
            ((name, crimes, reason),) = areas
            sentence = f"{name}: {reason}. It is missing from this series, not low."
            yield Finding("overspill", dataset, name, sentence, MISLEADS, LOOK, crimes)
            continue
        names = listed(f"{name} ({crimes:,})" for name, crimes, _ in areas)
        sentence = (
            f"{force or 'These files'}, {span(first, last)}: {len(areas)} authorities are not covered. Their few "
            "records "
            f"spilled over the border from places snapped to the nearest point: {names}. They are missing from this "
            "series, not low."
        )
        subject = ", ".join(name for name, _, _ in areas)
        yield Finding("overspill", dataset, subject, sentence, MISLEADS, LOOK, sum(crimes for _, crimes, _ in areas))


def _outside(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT series.dataset, force.name, CAST(sum(judged.crimes) AS BIGINT), count(DISTINCT authority_id),
               arg_max(area.name, judged.crimes), max(judged.crimes)
        FROM judged_area AS judged JOIN series USING (series_id)
        JOIN area ON area.area_id = judged.authority_id JOIN area AS force ON force.area_id = judged.force_id
        WHERE judged.elsewhere GROUP BY ALL ORDER BY ALL
    """).fetchall()
    by_dataset = defaultdict(list)
    for dataset, *rest in rows:
        by_dataset[dataset].append(rest)
    for dataset, forces in by_dataset.items():
        said = listed(
            f"{counted(crimes, 'record')}{f' of {force}' if len(forces) > 1 else ''} lie in "
            f"{counted(areas, 'authority', 'authorities')} that other police forces cover ({most} has the most, "
            f"{at_most:,})"
            for force, crimes, areas, most, at_most in forces
        )
        sentence = f"{said}. Those authorities are missing from this series, not low."
        subject = ", ".join(force for force, *_ in forces)
        yield Finding("outside the force", dataset, subject, sentence, MISLEADS, LOOK, sum(one[1] for one in forces))


def _partial(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute(f"""
        SELECT series.dataset, area.name, coverage.first_month, coverage.last_month, reason
        FROM coverage JOIN series USING (series_id) JOIN area USING (area_id)
        WHERE state = 'partial' AND NOT starts_with(reason, '{BY_HAND}')
          AND NOT starts_with(reason, '{ELSEWHERE_TOO}') ORDER BY ALL
    """).fetchall()
    by_dataset = defaultdict(list)
    for dataset, *rest in rows:
        by_dataset[dataset].append(rest)
    for dataset, found in by_dataset.items():
        if len(found) == 1:
            ((name, first, last, reason),) = found
            words = f"{name} in {span(first, last)}: {reason}"
        else:
            months: dict[str, set[int]] = defaultdict(set)
            for name, first, last, _ in found:
                months[name].update(range(first, last + 1))
            alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
            for name in own_first(list(months), own_areas(con)):
                alike[tuple(sorted(months[name]))].append(name)
            words = "Some months seem cut short, or were read in part: " + "; ".join(
                f"{in_months(held)} in {listed(names)}" for held, names in alike.items()
            )
        sentence = f"{words}. What is cut short is left out, and so is any period it lies in."
        subject = ", ".join(sorted({name for name, *_ in found}))
        yield Finding("partial month", dataset, subject, sentence, MISLEADS, LOOK, len(found))


def _unreadable(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT series.dataset, area.name, count(*)
        FROM coverage JOIN series USING (series_id) JOIN area USING (area_id)
        WHERE state = 'absent' AND reason LIKE 'a count in the file%' GROUP BY ALL ORDER BY ALL
    """).fetchall()
    by_dataset: dict[str, dict[str, int]] = defaultdict(dict)
    for dataset, name, number in rows:
        by_dataset[dataset][name] = number
    for dataset, numbers in by_dataset.items():
        every = sum(numbers.values())
        names = listed(f"{name} ({numbers[name]:,})" for name in own_first(list(numbers), own_areas(con)))
        sentence = f"{counted(every, 'count')} could not be read and are missing, not nought: {names}."
        look = "table refused_row: what stands there"
        yield Finding("unreadable count", dataset, ", ".join(numbers), sentence, MISLEADS, look, every)


# An offence that a force's files of a month lack altogether; where every area of the force says so, it is said once.
_LACKING = """
    SELECT DISTINCT series.dataset, run.force, offence.path, coverage.first_month AS month
    FROM coverage JOIN series USING (series_id) JOIN offence USING (offence_id)
    JOIN judged_area AS judged ON judged.series_id = coverage.series_id
      AND judged.authority_id = coverage.area_id AND judged.reason = ''
      AND coverage.first_month BETWEEN judged.first_month AND judged.last_month
    JOIN run ON run.series_id = judged.series_id AND run.force_id = judged.force_id
      AND run.run = judged.run AND run.month = coverage.first_month
    WHERE coverage.state = 'absent' AND coverage.reason LIKE 'the files of that month%'
    UNION ALL
    SELECT DISTINCT series.dataset, '', offence.path, unnest(range(coverage.first_month, coverage.last_month + 1))
    FROM coverage JOIN series USING (series_id) JOIN offence USING (offence_id)
    WHERE coverage.state = 'absent' AND coverage.reason LIKE 'the records of those months%'
"""


def _not_held(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    months: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for dataset, force, path, month in con.execute(_LACKING).fetchall():
        months[dataset, force, path].add(month)
    alike: dict[tuple[str, str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (dataset, force, path), held in sorted(months.items()):
        alike[dataset, force, tuple(sorted(held))].append(path)
    for (dataset, force, lacking), paths in alike.items():
        whose = f"{force}: no" if force else "No"
        sentence = (
            f"{whose} {listed(paths)} in {in_months(lacking)}, though other months or forces have "
            f"{'it. It is' if len(paths) == 1 else 'them. They are'} missing there, not nought."
        )
        subject = ", ".join(paths)
        yield Finding("offence not held", dataset, subject, sentence, MISLEADS, LOOK, len(lacking))


def _months_between(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Months between the first and the last of a force of which no file is held."""
    rows = con.execute("""
        SELECT dataset, force, list(DISTINCT month) FROM (
            SELECT dataset, force, unnest(range(first_month, last_month + 1)) AS month FROM load
            WHERE force <> '' AND first_month IS NOT NULL AND NOT replaced)
        GROUP BY ALL ORDER BY ALL
    """).fetchall()
    for dataset, force, held in rows:
        without = set(range(min(held), max(held) + 1)) - set(held)
        if without:
            sentence = (
                f"{force}: files are held of {listed(span(*run) for run in runs(held))}; of the "
                f"{counted(len(without), 'month')} between, none."
            )
            look = "frankpledge sources; the publisher, for the months between"
            yield Finding("months not held", dataset, force, sentence, Seriousness.CARE, look, len(without))
