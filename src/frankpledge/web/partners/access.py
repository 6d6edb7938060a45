"""Who may open an address. One list says it for every route, `frankpledge.web.config.access`; all else is shut."""

from __future__ import annotations

from enum import Enum

from frankpledge.web.partners.roles import Permission


class Access(Enum):
    """Access that does not depend on a role."""

    PUBLIC = "anybody"
    # To set a second factor up, or to sign out: before there is one.
    SIGNED_IN = "whoever has given their password"
    SECURE = "whoever has given password and second factor"


Rule = Access | Permission
