"""The command ``quality``: what to know about the data before using it, dataset by dataset, the most serious first."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from frankpledge.errors import NotHeldError
from frankpledge.report.escaping import safe_text
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.connection import Warehouse, open_warehouse
from frankpledge.warehouse.quality.finding import SEVERAL, Seriousness

if TYPE_CHECKING:
    from frankpledge.cli.main import Session

COLUMNS = ("seriousness", "kind", "dataset", "subject", "number", "sentence", "look")

REFUSED = ("line", "reason")

_MARKS = {Seriousness.MISLEADS: "!!", Seriousness.CARE: "! ", Seriousness.KNOW: "  "}
_LEGEND = "!! a figure would be wrong or is missing;  ! compare with care"
_NARROWEST, _WIDEST = 60, 120
# A sentence longer than this is shown whole for one dataset, and by --csv and --json; else its beginning.
_LONGEST = 420


@dataclass(frozen=True)
class Found:
    """A finding as it is shown; the same of several datasets is shown once."""

    seriousness: Seriousness
    kind: str
    datasets: tuple[str, ...]
    sentence: str
    look: str


@click.command("quality")
@click.option("--dataset", "datasets", multiple=True, metavar="SLUG", help="Of this dataset only; once for each.")
@click.option("--refused", metavar="FILE", help="Rows of a file that could not be used: line and reason.")
@click.option("--all", "everything", is_flag=True, help="With what is merely worth knowing.")
@click.option("--csv", "form", flag_value="csv", help="Write CSV: every finding, a row each.")
@click.option("--json", "form", flag_value="json", help="Write JSON: a list of all findings.")
@click.pass_obj
def quality_command(
    session: Session, datasets: tuple[str, ...], refused: str | None, everything: bool, form: str | None
) -> None:
    """List what to know about the data before using it.

    \b
    Examples:
      frankpledge quality
      frankpledge quality --dataset police-uk-street
      frankpledge quality --refused incidents.csv
      frankpledge quality --csv
    """
    warehouse = open_warehouse(session.workspace())
    rows = _refused(warehouse, refused) if refused else _rows(warehouse, datasets)
    warehouse.close()
    if form == "json":
        session.screen.answer(json.dumps(rows, indent=1, ensure_ascii=False))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, fieldnames=REFUSED if refused else COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: safe_text(cell) for name, cell in row.items()} for row in rows)
    elif refused:
        shown = [tuple(str(cell) for cell in row.values()) for row in rows]
        session.screen.table(f"Rows of {refused} that could not be used", ("Line", "Why"), shown, numeric=(0,))
    else:
        for line in _lines(rows, everything or bool(datasets), whole=bool(datasets)):
            session.screen.answer(line)


def _rows(warehouse: Warehouse, datasets: Sequence[str]) -> list[dict[str, object]]:
    """The findings, the most serious first."""
    rows = warehouse.con.execute(f"""
        SELECT {", ".join(COLUMNS)} FROM (SELECT * REPLACE (coalesce(seriousness, 3) AS seriousness) FROM quality)
        ORDER BY seriousness, dataset, kind, sentence
    """).fetchall()
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    held = {str(row["dataset"]) for row in found}
    unknown = [one for one in datasets if one not in held and one not in _titles()]
    if unknown:
        raise NotHeldError(
            f"There is no dataset “{unknown[0]}”.", f"Those with findings are: {', '.join(sorted(held)) or 'none'}."
        )
    return [row for row in found if not datasets or row["dataset"] in datasets]


def _refused(warehouse: Warehouse, file: str) -> list[dict[str, object]]:
    """The rows of a file that were refused, in its order. Their text is not shown: it may hold a name."""
    if not warehouse.con.execute("SELECT 1 FROM load WHERE file = ?", [file]).fetchall():
        raise NotHeldError(f"The warehouse holds no file “{file}”.", "“frankpledge remove” lists the files.")
    rows = warehouse.con.execute(
        "SELECT DISTINCT row, reason FROM refused_row JOIN load USING (load_id) WHERE load.file = ? ORDER BY ALL",
        [file],
    ).fetchall()
    if not rows:
        raise NotHeldError(f"Every row of {file} could be used.", "There is nothing to put right.")
    return [dict(zip(REFUSED, row, strict=True)) for row in rows]


def _titles() -> dict[str, str]:
    return {one.source.dataset: one.source.title for one in all_sources().values()}


def _lines(rows: Sequence[dict[str, object]], everything: bool, whole: bool) -> list[str]:
    """What is printed, wrapped to the width of the terminal."""
    if not rows:
        return ["Nothing to report."]
    found = _joined(rows)
    shown = [one for one in found if everything or one.seriousness < Seriousness.KNOW]
    width = min(max(shutil.get_terminal_size((100, 24)).columns, _NARROWEST), _WIDEST)
    lines = [f"What to know about the data: {_many(found)}.", _LEGEND]
    groups: dict[str, list[Found]] = defaultdict(list)
    for one in shown:
        groups[one.datasets[0] if len(one.datasets) == 1 else SEVERAL].append(one)
    titles = _titles()
    # What misleads comes first; of several datasets at once, last.
    for dataset in sorted(groups, key=lambda name: (name == SEVERAL, groups[name][0].seriousness, name)):
        title = f"{titles[dataset]} ({dataset})" if dataset in titles else dataset[0].upper() + dataset[1:]
        lines += ["", title]
        for one in groups[dataset]:
            lines += _wrapped(one, width, whole)
    if len(shown) < len(found):
        lines += ["", f"{len(found) - len(shown)} more are worth knowing: “frankpledge quality --all”."]
    return lines


def _many(found: Sequence[Found]) -> str:
    serious = sum(one.seriousness is Seriousness.MISLEADS for one in found)
    words = "1 finding" if len(found) == 1 else f"{len(found)} findings"
    return f"{words}, {serious} of which would make a figure wrong" if serious else words


def _joined(rows: Sequence[dict[str, object]]) -> list[Found]:
    """The same sentence of several datasets is one finding."""
    datasets: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row in rows:
        datasets[row["seriousness"], row["kind"], row["sentence"], row["look"] or ""].append(str(row["dataset"]))
    return [
        Found(Seriousness(int(str(seriousness))), str(kind), tuple(dict.fromkeys(names)), str(sentence), str(look))
        for (seriousness, kind, sentence, look), names in datasets.items()
    ]


def _wrapped(one: Found, width: int, whole: bool) -> list[str]:
    sentence = one.sentence if whole or len(one.sentence) <= _LONGEST else _cut(one.sentence)
    of = f"{', '.join(one.datasets)}: " if len(one.datasets) > 1 else ""
    words = f"{one.kind.capitalize()}. {of}{sentence}" + (f" [{one.look}]" if one.look else "")
    return textwrap.wrap(
        words,
        width,
        initial_indent=f"  {_MARKS[one.seriousness]} ",
        subsequent_indent="       ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cut(sentence: str) -> str:
    """The beginning of a long sentence, to a whole word."""
    return f"{sentence[:_LONGEST].rsplit(' ', 1)[0]} … (whole with --dataset)"
