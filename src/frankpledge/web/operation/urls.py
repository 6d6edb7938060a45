"""Addresses for machines that watch over the site."""

from __future__ import annotations

from django.urls import path

from frankpledge.web.operation import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
]
