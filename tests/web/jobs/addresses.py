"""The addresses that a job's page needs."""

from django.urls import include, path

urlpatterns = [path("", include("frankpledge.web.design.urls")), path("", include("frankpledge.web.jobs.urls"))]
