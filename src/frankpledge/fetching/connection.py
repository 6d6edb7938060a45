"""One question to a server. Certificates and proxies are the computer's own; a certificate is always checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata

import httpx

from frankpledge.errors import FetchError
from frankpledge.fetching.errand import Patience

# So that a length in bytes is that of the file: a server may pack an answer otherwise, and length and
# resuming would be of the packing.
_HEADERS = {"Accept-Encoding": "identity", "Accept": "*/*"}

_SCHEMES = ("https", "http")


def open_client(patience: Patience) -> httpx.Client:
    """A client that names the program, and follows no redirect by itself."""
    agent = f"frankpledge/{metadata.version('frankpledge')}"
    return httpx.Client(
        headers=_HEADERS | {"User-Agent": agent},
        timeout=httpx.Timeout(patience.silence),
        follow_redirects=False,
    )


@contextmanager
def answer_to(
    client: httpx.Client, url: str, headers: dict[str, str], name: str, redirects: int
) -> Iterator[httpx.Response]:
    """The answer to a question, redirects followed; its body is not read yet.

    Raises
    ------
    FetchError
        When it is no address of the web, or leads on too often or to a weaker connection.
    httpx.TransportError
        When the connection fails.
    """
    address = _address(url, name)
    for _ in range(redirects + 1):
        response = _send(client, address, headers, name)
        try:
            if not response.has_redirect_location:
                yield response
                return
            address = _next(response, name)
        finally:
            response.close()
    raise FetchError(
        f"{name}: its address leads from one to the next, {redirects} times and more ({url}).",
        "The publisher's site is at fault. Try again another day.",
    )


def _send(client: httpx.Client, address: httpx.URL, headers: dict[str, str], name: str) -> httpx.Response:
    try:
        return client.send(client.build_request("GET", address, headers=headers), stream=True)
    except httpx.RemoteProtocolError as error:
        # The client reads where an answer leads on to before we do.
        if "location" in str(error):
            raise FetchError(f"{name}: its address leads to “…”, which is no address.", _MOVED) from error
        raise


def _address(url: str, name: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{name}: “{url}” is not an address.", "Correct it in definitions/addresses.") from error
    if address.scheme not in _SCHEMES or not address.host:
        raise FetchError(f"{name}: “{url}” is not an address of the web.", "It should begin with https://.")
    return address


def _next(response: httpx.Response, name: str) -> httpx.URL:
    given = response.headers["location"]
    target = response.url.join(given)
    if target.scheme not in _SCHEMES or not target.host:
        raise FetchError(f"{name}: its address leads to “{given}”, which is not of the web.", _MOVED)
    if response.url.scheme == "https" and target.scheme == "http":
        raise FetchError(
            f"{name}: its address leads from a secure connection to one that is not ({target.host}).",
            "Nothing was fetched from there. Tell the publisher.",
        )
    return target


_MOVED = "The publisher's site is at fault. Try again another day."
