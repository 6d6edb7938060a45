"""The pages of the furniture itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from frankpledge.web.design.showing import ShownForm, shown_with_errors


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, and go back to the page one was on."""
    return set_language(request)


@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """Answer somebody who wants to stay signed in; that they asked is what keeps them so."""
    return HttpResponse(status=204)


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Tell somebody that they were away too long."""
    return render(request, "design/signed_out.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "design/accessibility.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps of those who use it."""
    return render(request, "design/privacy.html")


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component and every field, in all states."""
    context = {
        "plain": ShownForm(prefix="plain"),
        "wrong": shown_with_errors(),
        "off": ShownForm.disabled(prefix="off"),
    }
    return render(request, "design/components.html", context)
