"""Every address of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("frankpledge.web.design.urls")),
    path("", include("frankpledge.web.jobs.urls")),
    path("", include("frankpledge.web.operation.urls")),
    path("", include("frankpledge.web.partners.urls")),
]

handler400 = "frankpledge.web.design.errors.bad_request"
handler403 = "frankpledge.web.design.errors.forbidden"
handler404 = "frankpledge.web.design.errors.not_found"
handler429 = "frankpledge.web.design.errors.too_many"
handler500 = "frankpledge.web.operation.views.failed"
