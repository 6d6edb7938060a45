"""What an answer means: a file, a reason to try again, or an end with a sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from frankpledge.errors import FetchError
from frankpledge.fetching.errand import Wanted
from frankpledge.fetching.sizes import size_words

# The server is busy, restarting, or asks for patience.
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_SHUT = frozenset({401, 402, 403, 407, 451})

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_PAGES = ("text/html", "application/xhtml+xml")
_CODINGS = ("", "gzip")


class TryAgainError(Exception):
    """It did not work this time.

    Parameters
    ----------
    wait
        How many seconds the server asks for; None where it does not say.
    hopeful
        False where another attempt seldom helps, so that only a few are made: whoever has no network learns it soon.
    """

    def __init__(self, words: str, wait: float | None = None, hopeful: bool = True) -> None:
        super().__init__(words)
        self.words = words
        self.wait = wait
        self.hopeful = hopeful


def check_status(response: httpx.Response, wanted: Wanted, now: datetime) -> None:
    """Pass what may hold the file or part of it.

    Raises
    ------
    TryAgainError
        When the server asks for it, or has a passing trouble.
    FetchError
        When asking again would not help.
    """
    status = response.status_code
    if status in (200, 206, 304, 416):
        return
    if status in _LATER:
        words = "it asks not to be asked so often" if status == 429 else f"it is not ready ({status})"
        raise TryAgainError(words, _asked_to_wait(response, now))
    if status in _GONE:
        raise FetchError(
            f"{wanted.name} is not there ({status}): its address may have moved, or it is not published yet "
            f"({wanted.url}).",
            wanted.address.remedy(),
        )
    if status in _SHUT:
        raise FetchError(f"{wanted.name}: the publisher does not let us have it ({status}).", wanted.address.remedy())
    raise FetchError(
        f"{wanted.name}: the publisher's answer cannot be used ({status}, {wanted.url}).", wanted.address.remedy()
    )


def _asked_to_wait(response: httpx.Response, now: datetime) -> float | None:
    """Seconds of ``Retry-After``, which is a number of them or a moment."""
    given = response.headers.get("retry-after", "").strip()
    if given.isdigit():
        return float(given)
    try:
        moment = parsedate_to_datetime(given)
    except (TypeError, ValueError):
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


def check_kind(response: httpx.Response, wanted: Wanted, pages: bool) -> None:
    """Refuse a web page where a file was wanted, and a packing we did not ask for and cannot undo.

    Raises
    ------
    FetchError
        When it is either.
    """
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in _PAGES and not pages:
        raise FetchError(f"{wanted.name}: a web page came instead of the file ({wanted.url}).", wanted.address.remedy())
    if coding_of(response) not in _CODINGS:
        raise FetchError(
            f"{wanted.name}: it came packed in a way that was not asked for ({coding_of(response)}).",
            "Download it with a browser and use “frankpledge add”.",
        )


def coding_of(response: httpx.Response) -> str:
    """How an answer is packed; empty for not at all."""
    given: str = response.headers.get("content-encoding", "").strip().lower()
    return {"identity": "", "x-gzip": "gzip"}.get(given, given)


def whole_size(response: httpx.Response) -> int | None:
    """Bytes of the whole file as an answer with all of it states them; None where it does not."""
    given = response.headers.get("content-length", "")
    return int(given) if given.isdigit() else None


def range_of(response: httpx.Response) -> tuple[int, int | None] | None:
    """First byte and whole size of an answer with a part of a file; None when it does not say."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if not found:
        return None
    return int(found[1]), None if found[3] == "*" else int(found[3])


def ends_by_itself(response: httpx.Response) -> bool:
    """Whether the end of an answer can be told from a connection that was cut: by its length, or its last chunk."""
    return "content-length" in response.headers or "chunked" in response.headers.get("transfer-encoding", "").lower()


def check_size(size: int | None, wanted: Wanted) -> None:
    """Refuse what is larger than the definition allows.

    Raises
    ------
    FetchError
        When it is.
    """
    if size is not None and size > wanted.most:
        raise FetchError(
            f"{wanted.name} is larger than it should be: {size_words(size)} and more, where at most "
            f"{size_words(wanted.most)} are expected. It was not kept.",
            f"If the publisher's file has grown so much, raise “most” of {wanted.address.name} in a copy of "
            f"{wanted.address.file.name} in definitions/addresses of your workspace.",
        )
