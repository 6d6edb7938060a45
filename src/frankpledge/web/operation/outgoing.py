"""Whom the site's processes may speak to by way of Python: those that its settings name, and nobody else.

No page takes an address to be fetched; should one ever be made to, the answer would be a refusal and a line in the log.
What code of its own connects to a bare number, or from a library in C, is not held up: a firewall is for that.
"""

from __future__ import annotations

import logging
import sys
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

logger = logging.getLogger(__name__)

# What fetches something or sends mail asks by one of these where a host is, even if it was given a number.
_ASKS_WHERE = {"socket.getaddrinfo", "socket.gethostbyname"}
# What connects by itself may name a host too. A number here is mostly one that was asked for before.
_CONNECTS = {"socket.connect", "socket.sendto"}


class NotAllowed(OSError):
    """The site may not speak to this host. To whoever called it is a host that cannot be reached."""


def named_hosts() -> frozenset[str]:
    """The hosts that the settings name: of the database, the mail server, the directory, and what was added to them."""
    directory = [app["settings"]["server_url"] for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]]
    named = {
        settings.DATABASES["default"].get("HOST", ""),
        settings.EMAIL_HOST,
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
    asks_where, connects, name_of, is_number = _ASKS_WHERE, _CONNECTS, _name_of, _is_number
    tell, refused = logger.error, NotAllowed

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in asks_where:
            name = name_of(arguments[0])
        elif event in connects and isinstance(arguments[1], tuple):
            name = name_of(arguments[1][0])
            if is_number(name):
                return
        else:
            return
        if name and name not in hosts:
            tell("may-not-speak-there")
            raise refused("The site may not speak to this host: its settings do not name it.")

    sys.addaudithook(heard)


def _name_of(host: object) -> str:
    """A host's name in small letters; empty where there is none, as when one listens."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return text.casefold() if isinstance(text, str) else ""


def _is_number(name: str) -> bool:
    try:
        return bool(ip_address(name.partition("%")[0]))
    except ValueError:
        return False
