"""Whom the site's processes may speak to: those that its settings name, and nobody else.

No page takes an address to be fetched; should one ever be made to, the answer would be a refusal and a line in the log.
"""

from __future__ import annotations

import logging
import sys
from urllib.parse import urlsplit

from django.conf import settings

logger = logging.getLogger(__name__)

# Whatever of Python's speaks to another computer asks by one of these where it is, even if it was given a number.
_ASKS_WHERE = {"socket.getaddrinfo", "socket.gethostbyname"}


class NotAllowed(OSError):
    """The site may not speak to this host. To whoever called it is a host that cannot be reached."""


def named_hosts() -> frozenset[str]:
    """The hosts that the settings name: of the database, the mail server, the directory, and what was added to them."""
    directory = [app["settings"]["server_url"] for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]]
    named = {
        settings.DATABASES["default"].get("HOST", ""),
        getattr(settings, "EMAIL_HOST", ""),
        *(urlsplit(address).hostname or "" for address in directory),
        *settings.ALSO_SPEAKS_TO,
    }
    return frozenset(one.casefold() for one in named if one)


def speak_only_to(hosts: frozenset[str]) -> None:
    """From now on, for the whole process and for good, refuse to look for any other host.

    Raises
    ------
    NotAllowed
        Later, wherever something tries.
    """

    # By names of its own: it is still called when Python ends, and this module is empty by then.
    asks_where, tell, refused = _ASKS_WHERE, logger.error, NotAllowed

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event not in asks_where:
            return
        host = arguments[0]
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and name.casefold() not in hosts:
            tell("may-not-speak-there")
            raise refused("The site may not speak to this host: its settings do not name it.")

    sys.addaudithook(heard)
