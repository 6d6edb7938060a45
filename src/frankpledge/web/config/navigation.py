"""What stands in the navigation of every page: the places one may go to, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from frankpledge.web.config.access import ACCESS
from frankpledge.web.design.context import Link
from frankpledge.web.partners.middleware import StandingRequest
from frankpledge.web.partners.roles import Permission

# Words → the route they lead to.
_PLACES = ((_("Home"), "home"), (_("People"), "people"), (_("Partnership"), "partnership"), (_("Audit"), "audit"))


def navigate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: leave on the request what the layout shows of the places one may go to."""

    def answer(request: HttpRequest) -> HttpResponse:
        known = cast(StandingRequest, request)
        if known.sign_in:
            request.sign_out = reverse("account_logout")
        if known.secure:
            request.navigation = [Link(str(words), reverse(route)) for words, route in _PLACES if _may(known, route)]
            request.account = [Link(str(_("Your account")), reverse("account"))]
        return get_response(request)

    return answer


def _may(request: StandingRequest, route: str) -> bool:
    rule = ACCESS[route]
    return not isinstance(rule, Permission) or (request.standing is not None and request.standing.may(rule))
