"""What is noticed while a file is read, kept until the build writes it down among its findings."""

from __future__ import annotations

import duckdb

NOTED = "SELECT kind, subject, number, NULL::BIGINT AS among, sentence FROM reading_note"
"""Query of what was noted of the file that is read, for the table ``noticed``."""

_MADE = "TEMP TABLE {} reading_note (kind VARCHAR, subject VARCHAR, number BIGINT, sentence VARCHAR)"


def forget_notes(con: duckdb.DuckDBPyConnection) -> None:
    """Begin another file: what was noted of the last one is written down already."""
    con.execute("CREATE OR REPLACE " + _MADE.format(""))


def note(con: duckdb.DuckDBPyConnection, kind: str, sentence: str, number: int | None = None) -> None:
    """Note something about the file that is read.

    Parameters
    ----------
    sentence
        Goes on from the file's name.
    number
        How many rows it touches.
    """
    con.execute("CREATE " + _MADE.format("IF NOT EXISTS"))
    con.execute("INSERT INTO reading_note VALUES (?, '', ?, ?)", [kind, number, sentence])


def name_notes(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Say of which file the notes are; whether there are any."""
    con.execute("UPDATE reading_note SET subject = ?, sentence = ? || ' ' || sentence", [name, name])
    return con.execute("SELECT 1 FROM reading_note").fetchone() is not None
