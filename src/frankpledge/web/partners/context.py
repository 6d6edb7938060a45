"""What every page's template is told about who asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def who(request: HttpRequest) -> dict[str, Any]:
    """The standing of whoever asks, if they have one, and by what other ways people sign in and are written to."""
    return {
        "standing": getattr(request, "standing", None),
        "directory": settings.DIRECTORY_NAME,
        "unsent": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
    }
