"""Coverage corrected by hand: what somebody who knows says of an area's months, with who, why and when.

``definitions/corrections.yaml`` in the workspace holds a list; each entry stands in the place of what the build
judged for its dataset, area, offence and months, and of nothing else. It is part of what a warehouse is built
with, so that a changed correction builds it anew, and `frankpledge quality` lists every one.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from frankpledge.definition import Entry, read_definition
from frankpledge.errors import DefinitionError, UserError
from frankpledge.geography import kind_of
from frankpledge.periods import month_words, parse_period
from frankpledge.sources.reading.tables import one_row
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.putting import put_rows

FILE = "corrections.yaml"
STATES = ("complete", "partial", "absent")
ALL = "all"
# How the reason begins that stands in ``coverage`` for what was corrected.
BY_HAND = "corrected by hand"

_KEYS = ("dataset", "area", "offence", "from", "to", "state", "why", "who", "on")


@dataclass(frozen=True)
class Correction:
    """What somebody says of the coverage of a dataset.

    Attributes
    ----------
    line
        Of the file, for messages.
    dataset
        Slug of the dataset, in all its releases that have the months.
    area
        GSS code: of an area that the dataset states, or of one that such areas lie in; empty for all.
    offence
        Path; what lies below it is meant with it. Empty for all.
    first, last
        Month numbers, both included.
    state
        complete, partial or absent.
    why, who, day
        In words; by whom; on which day, ISO 8601.
    """

    line: int
    dataset: str
    area: str
    offence: str
    first: int
    last: int
    state: str
    why: str
    who: str
    day: str

    @property
    def reason(self) -> str:
        """What stands in ``coverage``, and is printed beside what is missing for it."""
        return f"{BY_HAND} by {self.who} on {self.day}: {self.why}"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a file; none where there is no file.

    Raises
    ------
    DefinitionError
        Naming the line, and what to write.
    """
    if not path.exists():
        return ()
    entry = read_definition(path)
    entry.only("schema", "corrections")
    return tuple(_correction(one) for one in entry.entries("corrections", []))


def _correction(entry: Entry) -> Correction:
    entry.only(*_KEYS)
    dataset = entry.text("dataset")
    datasets = sorted({one.source.dataset for one in all_sources().values()})
    if dataset not in datasets:
        raise entry.problem(f"there is no dataset “{dataset}”.", f"Write one of: {', '.join(datasets)}.", "dataset")
    first, last = _month(entry, "from", first=True), _month(entry, "to", first=False)
    if first > last:
        raise entry.problem("“from” lies after “to”.", "Put the earlier month in “from”.", "from")
    return Correction(
        line=entry.line,
        dataset=dataset,
        area=_area(entry),
        offence="" if entry.text("offence") == ALL else entry.text("offence").strip("/"),
        first=first,
        last=last,
        state=entry.choice("state", STATES),
        why=_said(entry, "why"),
        who=_said(entry, "who"),
        day=_day(entry),
    )


def _area(entry: Entry) -> str:
    code = entry.text("area")
    if code == ALL:
        return ""
    try:
        kind_of(code)
    except UserError as error:
        raise entry.problem(error.happened, f"{error.to_do} Write “{ALL}” for every area.", "area") from error
    return code


def _month(entry: Entry, key: str, *, first: bool) -> int:
    """The first or last month of a period: ``2018-03``, or any other that the grammar knows."""
    try:
        period = parse_period(entry.text(key))
    except DefinitionError:
        raise
    except UserError as error:
        raise entry.problem(f"“{key}” is no month.", "Write it as 2018-03.", key) from error
    return period.first if first else period.last


def _said(entry: Entry, key: str) -> str:
    """Words that must be there: a correction that nobody answers for is none."""
    words = entry.text(key).rstrip(".")
    if not words:
        raise entry.problem(f"“{key}” is empty.", f"Say {'why it is so' if key == 'why' else 'who says it'}.", key)
    return " ".join(words.split())


def _day(entry: Entry) -> str:
    """The day; YAML makes a date of it unless it stands in quotes."""
    value: Any = entry.values.get("on")
    if value is None:
        raise entry.problem("“on” is missing.", "Add a line “on: 2026-11-20” with the day it was said.")
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise entry.problem(f"“on” is “{value}”, which is no day.", "Write it as 2026-11-20.", "on") from error


def load_corrections(con: duckdb.DuckDBPyConnection, definitions: Path | None) -> None:
    """Fill ``correction`` from a workspace's definitions, after ``offence`` is filled.

    Raises
    ------
    DefinitionError
        When an entry cannot be used as written.
    """
    path = (definitions or Path()) / FILE
    corrections = read_corrections(path) if definitions else ()
    known = {str(offence) for (offence,) in con.execute("SELECT path FROM offence").fetchall()}
    for one in corrections:
        check_offence(one, known, path)
    put_rows(
        con,
        "correction",
        [
            {
                "line": one.line,
                "dataset": one.dataset,
                "area_code": one.area or None,
                "offence": one.offence or None,
                "first_month": one.first,
                "last_month": one.last,
                "state": one.state,
                "why": one.why,
                "who": one.who,
                "day": one.day,
                "areas": 0,
            }
            for one in corrections
        ],
    )


def check_offence(correction: Correction, known: Collection[str], path: Path) -> None:
    """Refuse an offence that is no place in the tree."""
    if correction.offence and correction.offence not in known:
        raise DefinitionError(
            f"{path.name}, line {correction.line}: “{correction.offence}” is no offence that is counted.",
            f"Write a path of docs/reference/offences.md, such as crime/burglary, or “{ALL}”.",
        )


def apply_corrections(con: duckdb.DuckDBPyConnection) -> None:
    """Put what people say in the place of what was judged, one correction after the other: the last stands."""
    for one in _held(con):
        areas: set[int] = set()
        series = con.execute(
            "SELECT series_id, greatest(first_month, ?), least(last_month, ?) FROM series "
            "WHERE dataset = ? AND first_month <= ? AND last_month >= ? ORDER BY series_id",
            [one.first, one.last, one.dataset, one.last, one.first],
        ).fetchall()
        for series_id, first, last in series:
            areas |= _apply(con, one, series_id, first, last)
        con.execute("UPDATE correction SET areas = ? WHERE line = ?", [len(areas), one.line])


def _held(con: duckdb.DuckDBPyConnection) -> list[Correction]:
    rows = con.execute("""
        SELECT line, dataset, coalesce(area_code, ''), coalesce(offence, ''), first_month, last_month, state, why,
               who, day
        FROM correction ORDER BY line
    """).fetchall()
    return [Correction(*row) for row in rows]


def _apply(con: duckdb.DuckDBPyConnection, one: Correction, series_id: int, first: int, last: int) -> set[int]:
    """Apply a correction to a series, in months that the series has; returns the areas it touches.

    A series says nothing of months it does not have: to call those complete would make noughts of them.
    """
    values: dict[str, Any] = {"series": series_id, "first": first, "last": last, "area": one.area, "path": one.offence}
    con.execute(_SCOPE if one.area else _EVERY, _named(values, _SCOPE if one.area else _EVERY))
    if one.area and not one_row(con, "SELECT count(*) FROM scope")[0]:
        con.execute(_AS_THE_WHOLE, _named(values, _AS_THE_WHOLE))
        con.execute("INSERT INTO scope SELECT DISTINCT area_id FROM part_coverage")
        con.execute("INSERT INTO coverage FROM part_coverage")
    con.execute(_MEANT, _named(values, _MEANT))
    (meant,) = one_row(con, "SELECT count(*) FROM meant WHERE included")
    if one.offence and not meant:
        return set()
    for statement in _CUT if not one.offence else _CUT_OFFENCES:
        con.execute(statement, _named(values, statement))
    values |= {"state": one.state, "reason": one.reason}
    put = _PUT_OFFENCES if one.offence else _PUT
    con.execute(put, _named(values, put))
    return {int(area) for (area,) in con.execute("SELECT area_id FROM scope").fetchall()}


def _named(values: dict[str, Any], statement: str) -> dict[str, Any]:
    """The values that a statement names; the engine refuses any other."""
    return {name: value for name, value in values.items() if f"${name}" in statement}


_EVERY = "CREATE OR REPLACE TEMP TABLE scope AS SELECT DISTINCT area_id FROM coverage WHERE series_id = $series"

# The area itself, or those of the series that lie in it.
_SCOPE = """
    CREATE OR REPLACE TEMP TABLE scope AS
    SELECT DISTINCT coverage.area_id FROM coverage JOIN placement USING (area_id)
    JOIN area ON area.area_id = placement.counted_in
    WHERE coverage.series_id = $series AND area.code = $area
"""

# An area of which nothing is said is covered as the authority it lies in: that is written down for it first, so
# that a word about three of its months leaves the others as they were.
_AS_THE_WHOLE = """
    CREATE OR REPLACE TEMP TABLE part_coverage AS
    SELECT coverage.* REPLACE (part.area_id AS area_id) FROM coverage
    JOIN placement ON placement.counted_in = coverage.area_id AND placement.kind = 'authority'
    JOIN area AS part ON part.area_id = placement.area_id
    WHERE coverage.series_id = $series AND part.code = $area
"""

# The offences that the series tells apart, and whether the correction means them.
_MEANT = """
    CREATE OR REPLACE TEMP TABLE meant AS
    SELECT DISTINCT offence_id, $path = '' OR path = $path OR starts_with(path, $path || '/') AS included
    FROM series_offence JOIN offence USING (offence_id) WHERE series_id = $series
"""

_TOUCHED = "series_id = $series AND area_id IN (FROM scope) AND first_month <= $last AND last_month >= $first{offences}"


def _cutting(offences: str) -> tuple[str, ...]:
    """Statements that take months out of what was judged, and leave what lies before and after."""
    touched = _TOUCHED.format(offences=offences)
    return (
        f"CREATE OR REPLACE TEMP TABLE cut AS SELECT * FROM coverage WHERE {touched}",
        f"DELETE FROM coverage WHERE {touched}",
        "INSERT INTO coverage SELECT * REPLACE ($first - 1 AS last_month) FROM cut WHERE first_month < $first",
        "INSERT INTO coverage SELECT * REPLACE ($last + 1 AS first_month) FROM cut WHERE last_month > $last",
    )


_CUT = _cutting("")

# What is complete for all offences stays so. A gap of all offences becomes one of each that is not meant.
_CUT_OFFENCES = (
    *_cutting(
        " AND (offence_id IN (SELECT offence_id FROM meant WHERE included) OR (offence_id IS NULL AND state <> "
        "'complete'))"
    ),
    """
    INSERT INTO coverage
    SELECT cut.series_id, cut.area_id, meant.offence_id, greatest(cut.first_month, $first),
           least(cut.last_month, $last), cut.state, cut.reason
    FROM cut, meant WHERE cut.offence_id IS NULL AND NOT meant.included
    """,
)

_PUT = "INSERT INTO coverage SELECT $series, area_id, NULL, $first, $last, $state, $reason FROM scope"
_PUT_OFFENCES = """
    INSERT INTO coverage
    SELECT $series, area_id, offence_id, $first, $last, $state, $reason FROM scope, meant WHERE meant.included
"""


def scope_words(area: str | None, offence: str | None, first: int, last: int) -> str:
    """What a correction is of, as a person says it: “Harrow, crime/robbery, March 2018 to May 2018”."""
    months = month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"
    return ", ".join((area or "every area", offence or "every offence", months))
