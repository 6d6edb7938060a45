"""Addresses of the furniture's own pages."""

from __future__ import annotations

from django.urls import path

from frankpledge.web.design import views

app_name = "design"
urlpatterns = [
    path("design/", views.components, name="components"),
    path("language/", views.language, name="language"),
    path("keep-alive/", views.keep_alive, name="keep_alive"),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
