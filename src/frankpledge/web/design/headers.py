"""Headers that every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A page may use a passkey, and nothing else that a browser can do beyond showing pages.
_NEVER = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
_OWN = ("publickey-credentials-create", "publickey-credentials-get")
_STRICT = {
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _NEVER), *(f"{name}=(self)" for name in _OWN)]),
    "Cross-Origin-Resource-Policy": "same-origin",
    # Pages are kept nowhere, unless they say otherwise: style sheets and scripts do, and what is published may.
    "Cache-Control": "no-store",
}


def strict_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say what a browser may not do, and that pages are kept nowhere."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _STRICT.items():
            response.headers.setdefault(name, value)
        return response

    return answer
