"""What became of the files on their way in: rows refused, words not known, files that say again what others said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from frankpledge.warehouse.known_areas import KNOWN_CODES
from frankpledge.warehouse.quality.finding import Finding, Seriousness
from frankpledge.warehouse.quality.words import counted, share

# Beyond so many files of a kind, they are told together.
MOST_APART = 3

# What is said of a file while it is read, and is no mistake to heed: it has been put right.
_PUT_RIGHT = ("release twice", "month twice", "revised counts", "revised records", "swapped coordinates", "encoding")
_SERIOUSNESS = dict.fromkeys(_PUT_RIGHT, Seriousness.KNOW) | {
    "month shrunk": Seriousness.MISLEADS,
    "release shrunk": Seriousness.MISLEADS,
}


def find_intake(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings about files."""
    yield from _refused(con)
    yield from _said(con)
    yield from _revised(con)
    yield from _placed(con)
    yield from _unknown_areas(con)
    yield from _unknown_flags(con)
    yield from _invented(con)


def _refused(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT dataset, file, rows_refused, rows_read, first.row, first.reason
        FROM load JOIN (
            SELECT load_id, min(row) AS row, arg_min(reason, row) AS reason FROM refused_row GROUP BY load_id
        ) AS first USING (load_id)
        WHERE rows_refused > 0 ORDER BY dataset, rows_refused DESC, file
    """).fetchall()
    by_dataset = defaultdict(list)
    for dataset, *rest in rows:
        by_dataset[dataset].append(rest)
    look = "frankpledge quality --refused FILE: line and reason of each"
    for dataset, files in by_dataset.items():
        apart = files if len(files) <= MOST_APART else files[:1]
        for file, refused, read, row, reason in apart:
            sentence = f"{refused:,} of {read:,} rows of {file} could not be used (first: line {row:,}, {reason})."
            yield Finding("refused rows", dataset, file, sentence, Seriousness.MISLEADS, look, refused)
        if len(files) > len(apart):
            others = sum(refused for _, refused, *_ in files[1:])
            sentence = f"{counted(len(files) - 1, 'other file')} lost {counted(others, 'row')} likewise."
            yield Finding("refused rows", dataset, "other files", sentence, Seriousness.MISLEADS, look, others)


def _said(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """What was said of single files; a few are repeated as they were said, many are told by the first of them."""
    rows = con.execute("""
        SELECT noticed.kind, load.dataset, noticed.subject, noticed.number, noticed.sentence
        FROM noticed JOIN load USING (load_id) WHERE noticed.sentence IS NOT NULL ORDER BY ALL
    """).fetchall()
    groups = defaultdict(list)
    for kind, dataset, *rest in rows:
        groups[kind, dataset].append(rest)
    for (kind, dataset), files in groups.items():
        seriousness = _SERIOUSNESS.get(kind, Seriousness.CARE)
        for subject, number, sentence in files if len(files) <= MOST_APART else files[:1]:
            yield Finding(kind, dataset, subject, sentence, seriousness, "table noticed", number)
        if len(files) > MOST_APART:
            total = sum(number or 0 for _, number, _ in files[1:])
            sentence = f"The same is to be said of {counted(len(files) - 1, 'other file')}"
            sentence += f" ({counted(total, 'row')})." if total else "."
            yield Finding(kind, dataset, "other files", sentence, seriousness, "table noticed", total or None)


def _revised(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT noticed.kind, load.dataset, load.file, noticed.number FROM noticed JOIN load USING (load_id)
        WHERE noticed.kind IN ('revised counts', 'revised records') AND noticed.sentence IS NULL ORDER BY ALL
    """).fetchall()
    for kind, dataset, file, number in rows:
        what = kind.removeprefix("revised ")
        sentence = f"{file} gave {number:,} {what} anew that earlier files held; its own stand."
        yield Finding(kind, dataset, file, sentence, Seriousness.KNOW, "table load: which files, and when", number)


def _placed(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Records whose area was worked out here, and not by whoever sent them."""
    rows = con.execute("""
        SELECT load.dataset, noticed.subject, CAST(sum(noticed.number) AS BIGINT), CAST(sum(noticed.among) AS BIGINT)
        FROM noticed JOIN load USING (load_id) WHERE noticed.kind = 'placed' GROUP BY ALL ORDER BY 1, 3 DESC
    """).fetchall()
    by_dataset = defaultdict(list)
    for dataset, *rest in rows:
        by_dataset[dataset].append(rest)
    for dataset, ways in by_dataset.items():
        number = sum(one for _, one, _ in ways)
        how = ", ".join(f"{one:,} by {way}" for way, one, _ in ways)
        sentence = f"{counted(number, 'record')} came without an area and were placed here: {how}."
        yield Finding("placed here", dataset, "place", sentence, Seriousness.KNOW, "incident.match", number)


def _unknown_areas(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Wards and authorities in partners' records that nobody else has heard of: most likely slips of the keyboard."""
    rows = con.execute(f"""
        WITH known AS ({KNOWN_CODES}), kind_known AS (SELECT DISTINCT left(code, 3) AS prefix FROM known)
        SELECT dataset, area.code, area.name, CAST(sum(count) AS BIGINT)
        FROM monthly_count JOIN load USING (load_id) JOIN area USING (area_id) JOIN offence USING (offence_id)
        WHERE policy <> 'open' AND area.kind IN ('ward', 'lsoa', 'authority') AND path NOT LIKE 'flagged/%'
          AND area.code NOT IN (SELECT code FROM known) AND left(area.code, 3) IN (SELECT prefix FROM kind_known)
        GROUP BY ALL ORDER BY ALL
    """).fetchall()
    for dataset, code, name, number in rows:
        called = f"{code} ({name})" if name != code else code
        sentence = (
            f"Counted under {called}, which is in no look-up held here: {counted(number, 'record')}. "
            "Look whether the code is right, or add a look-up that has it."
        )
        yield Finding("unknown area", dataset, code, sentence, Seriousness.MISLEADS, "table area", number)


def _unknown_flags(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Flags that no definition knows, so that nothing is counted under them."""
    rows = con.execute("""
        SELECT dataset, noticed.subject, CAST(sum(noticed.number) AS BIGINT) FROM noticed JOIN load USING (load_id)
        WHERE noticed.kind = 'unknown flag' GROUP BY ALL ORDER BY ALL
    """).fetchall()
    for dataset, flag, number in rows:
        sentence = (
            f"With the flag “{flag}”, which no definition knows, so that nothing is counted under it: "
            f"{counted(number, 'record')}. Look whether it is written as in the template."
        )
        yield Finding("unknown flag", dataset, flag, sentence, Seriousness.CARE, "incident.flags", number)


def _invented(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = con.execute("""
        SELECT dataset, count(*) FILTER (invented), CAST(sum(rows_kept) FILTER (invented) AS BIGINT), count(*)
        FROM load GROUP BY dataset HAVING bool_or(invented) ORDER BY dataset
    """).fetchall()
    for dataset, invented, records, files in rows:
        which = "Every one" if invented == files else f"In {invented} of {files} files ({share(invented, files)}), each"
        sentence = f"{which} of these {records:,} records is invented: none is of a real event or person."
        yield Finding(
            "invented", dataset, f"{invented} files", sentence, Seriousness.MISLEADS, "column load.invented", records
        )
