"""What is put down about running the site."""

from __future__ import annotations

from frankpledge.web.audit.events import Event

BACKED_UP = Event("backed-up", "took a backup of the whole site", is_sensitive_read=True)
UPGRADED = Event("upgraded", "upgraded the site's database")
