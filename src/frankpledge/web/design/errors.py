"""Error pages: plain sentences, and nothing of what went wrong inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that did not come from this site, or was left open too long."""
    return render(request, "design/form_expired.html", status=403)
