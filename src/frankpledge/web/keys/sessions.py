"""Sessions in the database: sealed, and found by a hash of the key that the browser has.

So whoever takes the database can read none of them, and can be nobody by them.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from frankpledge.web.keys.ciphers import Tampered
from frankpledge.web.keys.fields import keyring

_USE = "session"
_LENGTH = 40


def stored_key(session_key: str) -> str:
    """Under which key the database keeps a session: a keyed hash, as long as the column."""
    return keyring().index(_USE, session_key)[:_LENGTH]


class SessionStore(DatabaseSessions):
    """A session whose content is sealed with a secret of the site, and whose key the database does not know."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The sealed content."""
        return base64.b64encode(keyring().seal_for_site(json.dumps(session_dict).encode(), _USE)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """The content; an empty session where it was changed or sealed with another secret."""
        try:
            return json.loads(keyring().open_for_site(base64.b64decode(session_data), _USE))
        except (Tampered, ValueError):
            return {}

    def exists(self, session_key: str) -> bool:
        """Whether there is a session that a browser with this key has."""
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session that a browser with this key has; as it is, this one."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=stored_key(key)).delete()

    def _get_session_from_db(self) -> Session | None:
        key = stored_key(self.session_key or "")
        found = self.model.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
        if found is None:
            # A key that leads to nothing was made up, or its session has ended: another is made.
            self._session_key = None
        return found
