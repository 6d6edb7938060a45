"""From where somebody does something: the network address of the request that is being answered.

Commands and the worker come from nowhere, and leave it empty.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_ADDRESS: ContextVar[str] = ContextVar("address", default="")


def remember_where(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: while a request is answered, entries know where it came from."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _ADDRESS.set(address_of(request))
        try:
            return get_response(request)
        finally:
            _ADDRESS.reset(token)

    return answer


def here() -> str:
    """Where the request that is being answered came from; empty outside one."""
    return _ADDRESS.get()


def address_of(request: HttpRequest) -> str:
    """The network address a request came from; empty where it has none that can be trusted.

    Each proxy adds whom it answers to the end of X-Forwarded-For, so the last entries were written by the host's own
    proxies and the one before those is the client's; whatever stands further left a client can make up.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    stations = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), direct]
    if len(stations) <= settings.TRUSTED_PROXIES:
        return _clean(direct)
    return _clean(stations[-1 - settings.TRUSTED_PROXIES]) or _clean(direct)


def _clean(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""
