"""What is put down about running the site."""

from __future__ import annotations

from frankpledge.web.audit.events import Event

BACKED_UP = Event("backed-up", "took a backup of the whole site", is_sensitive_read=True)
UPGRADED = Event("upgraded", "upgraded the site's database")
KEY_REPLACED = Event("key-replaced", "began to replace a key")
EARLIER_KEY_DESTROYED = Event("earlier-key-destroyed", "destroyed an earlier key, which sealed nothing any more")
MASTER_REPLACED = Event("master-key-replaced", "replaced the site's master key")
SECRET_REPLACED = Event("secret-replaced", "replaced a secret of the site")
KEYS_COPIED = Event("keys-copied", "copied the key folder", is_sensitive_read=True)
