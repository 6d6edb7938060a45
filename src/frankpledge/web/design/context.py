"""What every page's template is given: the furniture of the page, as `furniture`.

This room knows no partners. Middleware that does leaves on the request what is to be shown: `standing`, whose
`partnership` has a name, a colour and a logo; `navigation` and `account`, links; and `sign_out`, an address. On a
public page none of them is there. `left_seconds` is how long the sign-in lasts whatever one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from frankpledge.web.design.colour import DEFAULT, ColourError, text_on

SITE_NAME = "Frankpledge"
# How long before the end of idle time a page says so: time to come back from another window.
WARNING_SECONDS = 120


@dataclass(frozen=True)
class Link:
    """Where one can go from every page."""

    text: str
    href: str


@dataclass(frozen=True)
class Brand:
    """Whose page it is."""

    name: str
    colour: str
    text_colour: str
    logo: str


@dataclass(frozen=True)
class Furniture:
    """What stands around the content of a page."""

    brand: Brand
    address: str
    navigation: Sequence[Link]
    account: Sequence[Link]
    sign_out: str
    language: str
    languages: Sequence[tuple[str, str]]
    signed_in: bool
    idle_seconds: int
    # Until this sign-in is over, whatever one does.
    left_seconds: int
    warning_seconds: int

    @property
    def links(self) -> list[dict[str, Any]]:
        """The menu as the service navigation takes it; the page one is on is marked, or what it is under."""
        return [
            {"text": one.text, "href": one.href, "current": one.href == self.address, "active": self._is_under(one)}
            for one in self.navigation
        ]

    def _is_under(self, link: Link) -> bool:
        return link.href not in ("", "/") and self.address.startswith(link.href)


def _brand(partnership: Any) -> Brand:
    colour = getattr(partnership, "colour", DEFAULT)
    try:
        text_colour = text_on(colour)
    except ColourError:
        # Nothing but a colour may get into a style sheet.
        colour, text_colour = DEFAULT, text_on(DEFAULT)
    logo = getattr(partnership, "logo", "")
    return Brand(
        name=getattr(partnership, "name", SITE_NAME),
        colour=colour,
        text_colour=text_colour,
        logo=logo if logo.startswith("data:image/") else "",
    )


def furniture(request: HttpRequest) -> dict[str, Furniture]:
    """The furniture of a page."""
    standing = getattr(request, "standing", None)
    user = getattr(request, "user", None)
    made = Furniture(
        brand=_brand(getattr(standing, "partnership", None)),
        address=request.path,
        navigation=getattr(request, "navigation", ()),
        account=getattr(request, "account", ()),
        sign_out=getattr(request, "sign_out", ""),
        language=get_language() or settings.LANGUAGE_CODE,
        languages=settings.LANGUAGES,
        signed_in=bool(user and user.is_authenticated),
        idle_seconds=settings.IDLE_MINUTES * 60,
        left_seconds=getattr(request, "left_seconds", settings.SIGN_IN_HOURS * 3600),
        warning_seconds=WARNING_SECONDS,
    )
    return {"furniture": made}
