"""Addresses of work behind the pages."""

from __future__ import annotations

from django.urls import path

from frankpledge.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<uuid:job>/", views.show, name="job"),
    path("jobs/<uuid:job>/progress/", views.progress, name="progress"),
    path("jobs/<uuid:job>/cancel/", views.cancel, name="cancel"),
    path("jobs/<uuid:job>/try-again/", views.try_again, name="try_again"),
]
