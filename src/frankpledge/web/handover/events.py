"""What is put down about offers."""

from __future__ import annotations

from frankpledge.web.audit.events import Event

OFFERED = Event("handover-offered", "offered something to another part of the site")
ACCEPTED = Event("handover-accepted", "accepted what another part of the site offered")
DECLINED = Event("handover-declined", "declined what another part of the site offered")
WITHDRAWN = Event("handover-withdrawn", "withdrew what was offered to another part of the site")
