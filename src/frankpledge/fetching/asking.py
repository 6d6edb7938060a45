"""Small answers a publisher gives about its files: JSON and web pages, read into memory and not kept."""

from __future__ import annotations

import json
from typing import Any

from frankpledge.errors import FetchError
from frankpledge.fetching.download import download
from frankpledge.fetching.errand import Errand, Wanted
from frankpledge.fetching.wholeness import check_answer, unpack

# The largest list we know, of a whole publisher, is 5 MB; a page of two thousand outlines in full resolution 60 MB.
_MOST_LIST = 20 * 10**6
MOST_PAGE = 150 * 10**6


def ask_json(errand: Errand, wanted: Wanted, url: str, most: int = _MOST_LIST) -> Any:
    """An answer in JSON.

    Raises
    ------
    FetchError
        When it cannot be had, is not JSON, or is a message of an error.
    """
    asked = wanted.beside(url, most)
    try:
        answer = json.loads(_read(errand, asked, pages=False))
    except (ValueError, RecursionError) as error:
        raise FetchError(
            f"{wanted.name}: the publisher's answer cannot be read as JSON ({url}).", wanted.address.remedy()
        ) from error
    check_answer(answer, asked)
    return answer


def ask_page(errand: Errand, wanted: Wanted, url: str) -> str:
    """A web page's text.

    Raises
    ------
    FetchError
        When it cannot be had.
    """
    return _read(errand, wanted.beside(url, _MOST_LIST), pages=True).decode("utf-8", "replace")


def _read(errand: Errand, asked: Wanted, pages: bool) -> bytes:
    got = download(errand, asked, pages=pages)
    assert got is not None, "nothing is known of it, so it cannot be unchanged"
    plain = got.path.with_name(f"{got.path.name}.plain")
    try:
        if not got.partial.coding:
            return got.path.read_bytes()
        unpack(got.path, plain, asked)
        return plain.read_bytes()
    finally:
        plain.unlink(missing_ok=True)
        got.partial.remove()
