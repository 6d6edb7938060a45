"""Reading files ahead: while a file's rows are taken in, the next ones are read and tidied beside it.

Unpacking and splitting a file keeps one processor busy, taking its rows in another. The files are still
taken in one by one and in their order, so that the warehouse is the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

import duckdb

from frankpledge.errors import SourceError
from frankpledge.provenance import RawFile
from frankpledge.sources.reading.disk import is_full
from frankpledge.sources.registry import Registered
from frankpledge.sources.source import Source, Tidied

# Large files and small ones take turns: with two under way, one that takes long to split holds up nothing else.
AHEAD = 2


@dataclass(frozen=True)
class Read:
    """A file that was tidied.

    Attributes
    ----------
    con
        The connection that holds what it was tidied into, and can run its queries.
    """

    con: duckdb.DuckDBPyConnection
    file: RawFile
    registered: Registered
    tidied: Tidied


def read_ahead(
    con: duckdb.DuckDBPyConnection, files: Sequence[RawFile], sources: Mapping[str, Registered]
) -> Generator[Read]:
    """Each file tidied, in order.

    Raises
    ------
    SourceError
        When a file cannot be read at all.
    """
    (database,) = con.execute("SELECT current_database()").fetchall()[0]
    with ExitStack() as stack:
        free = [stack.enter_context(closing(con.cursor())) for _ in range(AHEAD + 1)]
        for one in free:
            one.execute(f"USE {database}")
        pool = stack.enter_context(ThreadPoolExecutor(AHEAD))
        source = [sources[file.source].source for file in files]
        under_way: deque[Future[Read]] = deque()
        begun = 0
        for number in range(len(files)):
            while begun < len(files) and free and (begun == number or _stands_alone(source[begun - 1], source[begun])):
                under_way.append(pool.submit(_read, free.pop(), files[begun], sources))
                begun += 1
            read = under_way.popleft().result()
            yield read
            free.append(read.con)


def _stands_alone(source: Source, following: Source) -> bool:
    """Whether the following file is read alike before this one is taken in: areas come first, then people."""
    return source.stage is following.stage and not following.leans


def _read(con: duckdb.DuckDBPyConnection, file: RawFile, sources: Mapping[str, Registered]) -> Read:
    registered = sources[file.source]
    with cannot_be_read(file, registered.source):
        return Read(con, file, registered, registered.tidy(con, file))


@contextmanager
def cannot_be_read(file: RawFile, source: Source) -> Iterator[None]:
    """Say of a damaged file which it is, and where to get it again; a full disk is another matter."""
    try:
        yield
    except (duckdb.Error, OSError, EOFError) as error:
        if is_full(error):
            raise
        why = "it is gone from raw/" if isinstance(error, FileNotFoundError) else str(error).splitlines()[0]
        raise SourceError(
            f"{file.name} ({source.title}) cannot be read: {why.rstrip('.')}.",
            f"“frankpledge remove {file.name}” takes it out. Get it again from {source.publisher}, and add it.",
        ) from error
