"""The one way to open a warehouse for reading: read-only, cut off from files and network, then locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import duckdb
from ibis import Schema
from ibis.backends.duckdb import Backend

from frankpledge.sources.reading.tables import one_row
from frankpledge.warehouse.shelf import current_file
from frankpledge.workspace import Workspace

# Enough for the largest question over England and Wales on a laptop that has other work to do.
MEMORY = "2GB"
THREADS = 2

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Warehouse:
    """An open warehouse.

    Attributes
    ----------
    key
        Hash of all that went into it: cache key, and printed on what is made from it.
    con
        Plain connection, for look-ups.
    ibis
        The same connection, for counting expressions.
    """

    key: str
    con: duckdb.DuckDBPyConnection
    ibis: Backend
    _answers: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: tuple[object, ...], ask: Callable[[], Answer]) -> Answer:
        """The answer to a question, asked once: the file never changes, so neither can the answer."""
        if question not in self._answers:
            self._answers[question] = ask()
        answer: Answer = self._answers[question]
        return answer

    def close(self) -> None:
        """Let go of the file."""
        self.con.close()


def open_warehouse(workspace: Workspace) -> Warehouse:
    """Open the warehouse that is current now; it stays the same for as long as it is open."""
    return open_file(current_file(workspace))


class LockedBackend(Backend):  # type: ignore[misc]
    """Ibis on a connection that was prepared here, to a file that never changes."""

    def _post_connect(self, extensions: Sequence[str] | None = None) -> None:
        # It would set the time zone again, which the lock refuses.
        self._record_batch_readers_consumed: dict[str, bool] = {}
        self._schemas: dict[tuple[str, str | None, str | None], Schema] = {}

    def get_schema(self, table_name: str, *, catalog: str | None = None, database: str | None = None) -> Schema:
        """The columns of a table, asked once: it takes longer than many a count."""
        asked = table_name, catalog, database
        if asked not in self._schemas:
            self._schemas[asked] = super().get_schema(table_name, catalog=catalog, database=database)
        return self._schemas[asked]


def open_file(path: Path) -> Warehouse:
    """Open one warehouse file.

    External access goes after the file is open, and the settings are locked last: nothing a query
    says can read another file or undo this. A process that opens one file twice shares what it set first.
    """
    con = duckdb.connect(str(path), read_only=True)
    (locked,) = one_row(con, "SELECT current_setting('lock_configuration')")
    if not locked:
        for setting in _SETTINGS:
            con.execute(f"SET {setting}")
    return Warehouse(path.stem, con, LockedBackend.from_connection(con))


_SETTINGS = (
    f"memory_limit = '{MEMORY}'",
    f"threads = {THREADS}",
    "timezone = 'UTC'",
    # A Python variable is never taken for a table.
    "python_enable_replacements = false",
    "enable_external_access = false",
    "lock_configuration = true",
)
