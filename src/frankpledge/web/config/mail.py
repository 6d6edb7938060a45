"""Where e-mails go, from one address such as ``smtp+tls://user:password@mail.example.gov.uk:587``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from frankpledge.errors import SettingError

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def mail_settings(address: str, site_folder: Path) -> dict[str, Any]:
    """Django's settings for sending mail.

    Parameters
    ----------
    address
        ``smtp``, ``smtp+tls`` (begins in clear and turns to TLS) or ``smtp+ssl``, with user, password, host and port;
        empty: nothing is sent, and each e-mail becomes a file in the site folder's ``outbox``.

    Raises
    ------
    SettingError
        When it is anything else.
    """
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": site_folder / "outbox",
            # Django's own is this computer, to which nothing needs to be sent.
            "EMAIL_HOST": "",
        }
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingError(
            "The setting FRANKPLEDGE_MAIL is not the address of a mail server.",
            "Write it as smtp+tls://user:password@mail.example.gov.uk:587.",
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 20,
    }
