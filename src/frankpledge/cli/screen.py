"""What a person sees while a command works, and the tables it prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

Row = Sequence[object]


class Screen:
    """Where words go: answers to standard output, progress to standard error, none of it when quiet."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self._progress: Progress | None = None

    def say(self, words: str) -> None:
        """A line about what is being done."""
        if self.quiet:
            return
        if self._progress is not None:
            self._progress.console.print(words, highlight=False)
        else:
            click.echo(words, err=True)

    def answer(self, words: str) -> None:
        """A line of the answer itself."""
        click.echo(words)

    def table(
        self,
        title: str,
        columns: Sequence[str],
        rows: Sequence[Row],
        numeric: Sequence[int] = (),
        whole: Sequence[int] = (),
    ) -> None:
        """A table as the answer; the columns of `numeric` stand to the right, those of `whole` are never broken."""
        table = Table(
            title=title, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False
        )
        for index, column in enumerate(columns):
            table.add_column(
                column, justify="right" if index in numeric else "left", overflow="fold", no_wrap=index in whole
            )
        for row in rows:
            table.add_row(*(str(cell) for cell in row))
        Console(file=sys.stdout, highlight=False, markup=False, width=_width()).print(table)

    @contextmanager
    def progress(self) -> Iterator[Progress | None]:
        """A bar with files done and time left on a terminal; elsewhere `say` writes lines instead."""
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        words = TextColumn("{task.description}")
        columns = (words, BarColumn(12), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as bar:
            self._progress = bar
            try:
                yield bar
            finally:
                self._progress = None


def _width() -> int | None:
    """As wide as the terminal; wide enough for any table where there is none."""
    return None if sys.stdout.isatty() else 160


BAR_WIDTH = 24


def bar(value: float | None, largest: float) -> str:
    """A small bar for a terminal, of blocks an eighth of a letter wide."""
    if value is None or largest <= 0:
        return ""
    eighths = round(8 * BAR_WIDTH * value / largest)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
