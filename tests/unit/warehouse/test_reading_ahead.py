"""Files read one ahead: beside the one that is taken in, but never before what they lean on."""

import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from frankpledge.errors import SourceError
from frankpledge.sources.police_uk_street import SOURCE
from frankpledge.sources.source import Stage, Tidied
from frankpledge.warehouse.reading_ahead import read_ahead

PATIENCE = 10


@pytest.fixture
def con():
    with closing(duckdb.connect()) as con:
        con.execute("ATTACH ':memory:' AS building; USE building; CREATE TABLE taken_in (name VARCHAR)")
        yield con


def file(source):
    return SimpleNamespace(source=source, name=f"{source}.csv", path=Path("given") / f"{source}.csv")


def source_of(slug, read, **differs):
    def tidy(con, one):
        (taken_in,) = con.execute("SELECT list(name ORDER BY name) FROM taken_in").fetchone()
        con.execute(f"CREATE OR REPLACE TEMP TABLE tidied AS SELECT '{slug}' AS name")
        read[slug] = taken_in or []
        read["read", slug].set()
        return Tidied(release="", rows=(), rows_read=0)

    read["read", slug] = threading.Event()
    return SimpleNamespace(source=replace(SOURCE, slug=slug, **differs), tidy=tidy)


def take_in(con, sources, read, *, wait_for=()):
    """Take in a file of each source; before each is taken in, those it is waited for must have been read."""
    with closing(read_ahead(con, [file(slug) for slug in sources], sources)) as tidied:
        for slug in sources:
            one = next(tidied)
            for other in wait_for:
                assert read["read", other].wait(PATIENCE), f"{other} was not read beside {slug}"
            # What a file was tidied into is on its own connection.
            one.con.execute("INSERT INTO taken_in SELECT name FROM tidied")


def test_the_next_file_is_read_while_one_is_taken_in(con):
    read = {}
    sources = {slug: source_of(slug, read) for slug in ("a", "b")}

    take_in(con, sources, read, wait_for=["b"])

    assert read["b"] == []
    assert con.execute("SELECT name FROM taken_in").fetchall() == [("a",), ("b",)]


@pytest.mark.parametrize("differs", [{"leans": True}, {"stage": Stage.PEOPLE}])
def test_a_file_that_leans_on_others_or_is_of_another_stage_waits_for_them(con, differs):
    read = {}
    sources = {"a": source_of("a", read), "b": source_of("b", read, **differs), "c": source_of("c", read, leans=True)}

    take_in(con, sources, read)

    assert (read["b"], read["c"]) == (["a"], ["a", "b"])


def test_many_files_come_in_their_order(con):
    read = {}
    sources = {f"{number:02d}": source_of(f"{number:02d}", read) for number in range(20)}

    take_in(con, sources, read)

    assert [name for (name,) in con.execute("SELECT name FROM taken_in").fetchall()] == list(sources)


def test_a_file_that_cannot_be_read_is_named_and_those_before_it_are_taken_in(con):
    read = {}
    sources = {slug: source_of(slug, read) for slug in ("a", "b")}

    def damaged(con, one):
        raise EOFError("it ends too soon")

    sources["b"].tidy = damaged

    with pytest.raises(SourceError, match=r"b\.csv .* cannot be read: it ends too soon"):
        take_in(con, sources, read)
    assert con.execute("SELECT name FROM taken_in").fetchall() == [("a",)]
