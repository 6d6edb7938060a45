"""``make bench``: every ratio in one run, printed as a table.

python -m benchmarks [--rows 10000000] [--data FOLDER] [--keep FOLDER]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import generated, ingest, place, site, word
from benchmarks.measuring import Measured, measure, print_table

# Of so many rows the bare copy was timed on the machine for which the seconds of a new month were set.
COPIED_THERE = 10_000_000


def main() -> None:
    arguments = _arguments()
    folder = Path(arguments.keep) if arguments.keep else Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        ingested, copying = _ingest(folder, arguments.rows)
        lines = [*ingested, *_indicators(folder), *_new_month(folder, arguments.rows, copying), *_assessment(folder)]
        if arguments.data:
            lines += _files(folder, Path(arguments.data))
        lines += [*_large_table(), *place.lines(folder), *site.lines(folder)]
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print_table(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rows", type=int, default=10_000_000, help="rows generated for ingest and indicators")
    parser.add_argument("--data", help="measure ingest of the files in this folder too, as their publishers send them")
    parser.add_argument("--keep", help="keep the generated files here, and use those that are here")
    return parser.parse_args()


def _ingest(folder: Path, rows: int) -> tuple[list[tuple[str, str, str]], float]:
    """The lines to print, and the seconds of the bare copy."""
    print(f"Generating {rows:,} rows", file=sys.stderr)
    crimes, places, bare = folder / "crimes", folder / "places", folder / "bare"
    paths = [*generated.write_crimes(crimes, rows), *generated.write_places(places)]
    bare.mkdir(exist_ok=True)
    workspace = folder / "workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    ingest.prepare(workspace, paths)
    print("Ingest: bare copy, then build", file=sys.stderr)
    _warm(crimes)
    _warm(workspace)
    copied = measure("benchmarks.ingest:bare_copy", str(crimes), str(bare))
    built = measure("benchmarks.ingest:whole_build", str(workspace))
    assert built.answer >= copied.answer, "the build must take in every row"
    _show("bare DuckDB COPY", copied)
    _show("build, checked", built)
    return [
        (f"build of {rows:,} rows against bare COPY", f"{built.seconds / copied.seconds:.2f} x", "2 x"),
        ("  most memory", f"{built.mebibytes:,.0f} MiB", "1,024"),
    ], copied.seconds


def _new_month(folder: Path, rows: int, copying: float) -> list[tuple[str, str, str]]:
    """Added, which is held in seconds; and with all that a build works out from it, which is held beside the bare copy.

    Seconds are few or many by the machine: 1.5 were asked of one that copied ten million rows in 5.6.
    """
    print("A new month", file=sys.stderr)
    adding, reading, building = measure(
        "benchmarks.ingest:new_month", str(folder / "workspace"), str(folder / "crimes")
    ).answer
    return [
        ("a new month of England and Wales added, its rows taken in", f"{(adding + reading) / 1000:.2f} s", "1.5 s"),
        ("  and built, checked and current", f"{(adding + building) / 1000:.2f} s", ""),
        (
            f"  the same against bare COPY of {rows:,} rows",
            f"{(adding + building) / 1000 / copying:.2f} x",
            f"{1.5 / 5.6:.2f} x" if rows == COPIED_THERE else "",
        ),
    ]


def _files(folder: Path, data: Path) -> list[tuple[str, str, str]]:
    """Files as publishers send them: many, small and packed."""
    print(f"The files of {data}", file=sys.stderr)
    workspace = folder / "of-files"
    shutil.rmtree(workspace, ignore_errors=True)
    ingest.prepare(workspace, [data])
    _warm(workspace)
    (folder / "bare-of-files").mkdir(exist_ok=True)
    copied = measure("benchmarks.ingest:copy_of_files", str(workspace), str(folder / "bare-of-files"))
    built = measure("benchmarks.ingest:whole_build", str(workspace))
    _show(f"bare DuckDB COPY of {copied.answer} CSV files", copied)
    _show(f"build of all files, {built.answer:,} rows, checked", built)
    return [
        (f"build of the files of {data.name} against bare COPY", f"{built.seconds / copied.seconds:.2f} x", "2 x"),
        ("  most memory", f"{built.mebibytes:,.0f} MiB", "1,024"),
    ]


def _indicators(folder: Path) -> list[tuple[str, str, str]]:
    print("Indicators: ours, SQL by hand, pandas", file=sys.stderr)
    bare, places = str(folder / "bare"), str(folder / "places")
    by_hand = measure("benchmarks.indicators:by_hand", bare, places)
    ours = measure("benchmarks.indicators:ours", str(folder / "workspace"))
    pandas = measure("benchmarks.indicators:in_pandas", bare, places)
    assert ours.answer == by_hand.answer == pandas.answer, (ours.answer, by_hand.answer, pandas.answer)
    for words, one in (("SQL by hand over rows", by_hand), ("ours from the cube", ours), ("pandas", pandas)):
        _show(words, one)
    return [
        ("all indicators against SQL by hand over rows", f"{ours.seconds / by_hand.seconds:.2f} x", "1.3 x"),
        ("all indicators against pandas: times faster", f"{pandas.seconds / ours.seconds:.1f} x", "2.5 x"),
        ("  memory against pandas", f"{ours.mebibytes / pandas.mebibytes:.2f} x", "0.5 x"),
    ]


def _assessment(folder: Path) -> list[tuple[str, str, str]]:
    print("Assessment of the example", file=sys.stderr)
    example = folder / "example"
    subprocess.run([sys.executable, "-m", "frankpledge", "--quiet", "demo", str(example), "--no-open"], check=True)
    written = measure("benchmarks.assessment:all_formats", str(example))
    _show("assessment, all formats", written)
    return [("a whole assessment, all formats, warehouse built", f"{written.seconds:.1f} s", "20 s")]


def _large_table() -> list[tuple[str, str, str]]:
    print(f"A table of {word.ROWS:,} rows in Word", file=sys.stderr)
    whole = measure("benchmarks.word:ours", str(word.ROWS))
    ours, theirs = (measure(f"benchmarks.word:{way}", str(word.FEW_ROWS)) for way in ("ours", "cell_by_cell"))
    assert ours.answer == theirs.answer, "both tables must have every cell"
    _show(f"ours, {word.ROWS:,} rows", whole)
    _show(f"ours, {word.FEW_ROWS:,} rows", ours)
    _show(f"cell by cell, {word.FEW_ROWS:,} rows", theirs)
    words = f"a table of {word.ROWS:,} rows of {word.COLUMNS} columns in Word, against one"
    return [
        (f"{words} of {word.FEW_ROWS:,} cell by cell", f"{whole.seconds / theirs.seconds:.2f} x", "1 x"),
        (f"  of {word.FEW_ROWS:,} rows both: times faster", f"{theirs.seconds / ours.seconds:.1f} x", ""),
    ]


def _warm(folder: Path) -> None:
    """Read every file once, so that neither side pays for the disk."""
    for path in (one for one in folder.rglob("*") if one.is_file()):
        with path.open("rb") as file:
            while file.read(1 << 22):
                pass


def _show(words: str, one: Measured) -> None:
    print(f"  {words:28} {one.seconds:7.2f} s {one.mebibytes:8,.0f} MiB", file=sys.stderr)


if __name__ == "__main__":
    main()
