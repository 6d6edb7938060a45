"""Sessions in the database, sealed: who takes the database reads none of them."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.keyring import Tampered

_USE = "session"


class SessionStore(DatabaseSessions):
    """A session whose content is sealed with a secret of the site."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The sealed content."""
        return base64.b64encode(keyring().seal_for_site(json.dumps(session_dict).encode(), _USE)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """The content; an empty session where it was changed or sealed with another secret."""
        try:
            return json.loads(keyring().open_for_site(base64.b64decode(session_data), _USE))
        except (Tampered, ValueError):
            return {}
