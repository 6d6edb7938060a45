"""Error pages: plain sentences, and nothing of what went wrong inside.

Whether something is missing or only not theirs to see is nothing an outsider may learn: both are the same page.
"""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Pages that must work when nothing else does: no template, no database, no words from a catalogue.
_PAGES = Path(__file__).parent / "pages"
_FAILED = (_PAGES / "failed.html").read_text(encoding="utf-8")
_UPGRADING = (_PAGES / "upgrading.html").read_text(encoding="utf-8")
# An upgrade takes minutes.
_RETRY_SECONDS = 120


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what a browser should not have sent."""
    return render(request, "design/errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what somebody's role does not allow; to who acts for nobody here, as if there were no such page."""
    if getattr(request, "standing", None) is None:
        return not_found(request)
    return render(request, "design/errors/forbidden.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that did not come from this site, or was left open too long."""
    return render(request, "design/errors/form_expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what is not there."""
    return render(request, "design/errors/not_found.html", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for who tried too often."""
    return render(request, "design/errors/too_many.html", status=429)


def failed(request: HttpRequest | None = None) -> HttpResponse:
    """The page for a mistake of ours."""
    return HttpResponse(_FAILED, status=500)


def upgrading(request: HttpRequest | None = None) -> HttpResponse:
    """The page while the site is being upgraded."""
    return HttpResponse(_UPGRADING, status=503, headers={"Retry-After": str(_RETRY_SECONDS)})
