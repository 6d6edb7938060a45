"""Pages for machines: whether the site is well, and how it does."""

from __future__ import annotations

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST

from frankpledge.web.design import errors
from frankpledge.web.operation.metrics import metrics_text
from frankpledge.web.operation.queries import is_well


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the site can do its work, and nothing else."""
    try:
        well = is_well()
    except Error:
        well = False
    return HttpResponse(
        "ok" if well else "not ok", content_type="text/plain; charset=utf-8", status=200 if well else 503
    )


def failed(request: HttpRequest) -> HttpResponse:
    """The page where something went wrong: that the site is being upgraded, where that is why."""
    try:
        well = is_well()
    except Error:
        well = True
    return errors.failed() if well else errors.upgrading()


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The site's numbers, for whoever has the word for it; nobody else sees that there is such a page.

    Nor does whoever says the word in clear, where the site has a secure address.
    """
    wanted = f"Bearer {settings.KEYRING.secret('metrics')}"
    in_clear = settings.SECURE and not request.is_secure()
    if in_clear or not constant_time_compare(request.headers.get("Authorization", ""), wanted):
        raise Http404
    return HttpResponse(metrics_text(), content_type=CONTENT_TYPE_LATEST)
