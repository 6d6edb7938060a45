"""Getting one file whole: going on where it was cut off, trying again where that may help, ending with a sentence.

Every byte goes into a `Partial`; it is called whole only when as many have come as were announced, or when the
server has marked the end. Whether they are undamaged, and what they should be, is asked afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import httpx

from frankpledge.errors import FetchError
from frankpledge.fetching.answers import (
    TryAgainError,
    check_kind,
    check_size,
    check_status,
    coding_of,
    ends_by_itself,
    range_of,
    whole_size,
)
from frankpledge.fetching.connection import answer_to
from frankpledge.fetching.errand import Errand, Moved, Wanted
from frankpledge.fetching.partial import Partial, Validator, validator_of
from frankpledge.fetching.sizes import size_words

_LONGEST_BACKOFF = 60.0
_FEW = 3


@dataclass(frozen=True)
class Downloaded:
    """A file that has arrived.

    Attributes
    ----------
    partial
        Its bytes; to be removed when they are used.
    sure
        False when the server marked no end, so that only the file itself can show that it is whole.
    """

    partial: Partial
    sure: bool

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.partial.path


def download(errand: Errand, wanted: Wanted, known: Validator | None = None, pages: bool = False) -> Downloaded | None:
    """Get a file whole.

    Parameters
    ----------
    known
        Of the state that is held: the file is got only if it has changed since.
    pages
        Whether it may be a web page.

    Returns
    -------
    None when it has not changed.

    Raises
    ------
    FetchError
        When it cannot be had, or not now. What has arrived is kept where it can be gone on from.
    """
    partial = Partial(errand.folder / f"{wanted.part or wanted.name}.part", wanted.url, errand.clock.passed)
    trying = _Trying(errand, wanted)
    while True:
        try:
            return _Attempt(errand, wanted, partial, trying.deadline, pages).run(known)
        except TryAgainError as again:
            trying.pause(again, partial.held)
        finally:
            partial.close()


class _Trying:
    """How often, how long, and how long in all."""

    def __init__(self, errand: Errand, wanted: Wanted) -> None:
        self._errand = errand
        self._wanted = wanted
        self.deadline = errand.clock.passed() + errand.patience.in_all
        self._stops = 0
        self._furthest = 0

    def pause(self, again: TryAgainError, held: int) -> None:
        """Wait before the next attempt, or end."""
        patience, name = self._errand.patience, self._wanted.name
        # A download that gets on, however haltingly, is not given up.
        self._stops = 1 if held > self._furthest else self._stops + 1
        self._furthest = max(self._furthest, held)
        if self._stops >= (patience.attempts if again.hopeful else min(_FEW, patience.attempts)):
            raise FetchError(f"{name}: {again.words}, {self._stops} times ({self._wanted.url}).", _kept(held))
        wait = min(_LONGEST_BACKOFF, 2.0 ** (self._stops - 1)) if again.wait is None else again.wait
        if wait > patience.longest_wait:
            raise FetchError(f"{name}: {again.words}, for {wait / 60:.0f} minutes.", "Try again after that. " + _KEPT)
        if self._errand.clock.passed() + wait > self.deadline:
            raise _too_slow(name, patience.in_all, held)
        self._errand.say(f"{name}: {again.words}; trying again in {wait:.0f} s.")
        self._errand.clock.wait(wait)


@dataclass(frozen=True)
class _Attempt:
    """One connection's worth of a download."""

    errand: Errand
    wanted: Wanted
    partial: Partial
    deadline: float
    pages: bool

    def run(self, known: Validator | None) -> Downloaded | None:
        headers = self.partial.question()
        if not headers and known is not None and not self.partial.held:
            headers = known.unless_same()
        name, patience = self.wanted.name, self.errand.patience
        try:
            with answer_to(self.errand.client, self.wanted.url, headers, name, patience.redirects) as response:
                return self._take(response, headers)
        except httpx.TimeoutException as error:
            raise TryAgainError(f"nothing came for {patience.silence:.0f} s") from error
        except httpx.TransportError as error:
            raise self._connection_failed(error) from error

    def _take(self, response: httpx.Response, headers: dict[str, str]) -> Downloaded | None:
        check_status(response, self.wanted, self.errand.clock.wall())
        if response.status_code == 304:
            return self._unchanged(headers)
        if response.status_code == 416:
            self._changed_meanwhile()
        check_kind(response, self.wanted, self.pages)
        if response.status_code == 206:
            self._go_on(response, headers)
        else:
            size = whole_size(response)
            check_size(size, self.wanted)
            self.partial.begin(validator_of(response), size, coding_of(response))
        self._receive(response)
        return self._arrived(response)

    def _unchanged(self, headers: dict[str, str]) -> Downloaded | None:
        if self.partial.complete:
            return Downloaded(self.partial, sure=True)
        if "If-None-Match" in headers or "If-Modified-Since" in headers:
            return None
        raise TryAgainError("it answers that nothing has changed, which was not asked")

    def _go_on(self, response: httpx.Response, headers: dict[str, str]) -> None:
        """Make sure that the rest is of the same file, and begins where we stopped."""
        said = range_of(response)
        if "Range" not in headers or said is None or said[0] != self.partial.held:
            self._changed_meanwhile()
        size = said[1]
        if self.partial.validator.contradicts(validator_of(response)) or size != (self.partial.size or size):
            self._changed_meanwhile()
        check_size(size, self.wanted)
        self.partial.size = size if self.partial.size is None else self.partial.size

    def _changed_meanwhile(self) -> NoReturn:
        self.partial.begin_anew()
        raise TryAgainError("the file has changed, so it is begun anew", wait=0.0)

    def _receive(self, response: httpx.Response) -> None:
        patience, name = self.errand.patience, self.wanted.name
        # Blocks as they come: were they gathered first, those gathered would be lost when the connection is cut.
        for block in response.iter_raw():
            self.partial.write(block)
            if self.partial.held > self.wanted.most:
                held = self.partial.held
                self.partial.remove()
                check_size(held, self.wanted)
            if self.errand.clock.passed() > self.deadline:
                raise _too_slow(name, patience.in_all, self.partial.held)
            self.errand.moved(Moved(name, self.partial.held, self.partial.size))

    def _arrived(self, response: httpx.Response) -> Downloaded:
        held, size = self.partial.held, self.partial.size
        if size is not None and held < size:
            raise TryAgainError(f"it was cut off after {size_words(held)} of {size_words(size)}")
        if size is not None and held > size:
            self.partial.begin_anew()
            raise TryAgainError("more came than was announced, so it is begun anew")
        if held < self.wanted.least:
            self.partial.remove()
            raise FetchError(
                f"{self.wanted.name} is smaller than it should be: {size_words(held)}, where at least "
                f"{size_words(self.wanted.least)} are expected. It was not kept.",
                self.wanted.address.remedy(),
            )
        sure = ends_by_itself(response)
        if sure:
            self.partial.finish()
        return Downloaded(self.partial, sure)

    def _connection_failed(self, error: httpx.TransportError) -> Exception:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return FetchError(
                f"{self.wanted.name}: the certificate of {httpx.URL(self.wanted.url).host} could not be checked.",
                "Nothing was fetched. If your organisation's network has its own certificate, ask for it, and set "
                "SSL_CERT_FILE to it.",
            )
        if isinstance(error, httpx.ConnectError | httpx.ProxyError):
            return TryAgainError(f"{httpx.URL(self.wanted.url).host} cannot be reached", hopeful=False)
        held = self.partial.held
        return TryAgainError(f"it was cut off after {size_words(held)}" if held else "the connection was cut off")


def _too_slow(name: str, in_all: float, held: int) -> FetchError:
    return FetchError(f"{name}: it took longer than {in_all / 3600:.1f} hours.", _kept(held))


_KEPT = "What has arrived is kept, and is gone on from where the publisher's server allows it."


def _kept(held: int) -> str:
    return "Try again later. " + (_KEPT if held else "If it lasts, look whether the publisher's site is up.")
