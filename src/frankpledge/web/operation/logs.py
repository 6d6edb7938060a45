"""Logs: one line of JSON an event, of fields that are never personal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


def configure(settings: dict[str, Any]) -> None:
    """Set logging up."""


def log_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Log each request by the name of its route, never by its address."""
    return get_response
