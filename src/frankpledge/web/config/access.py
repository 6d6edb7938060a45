"""Who may open each address of the site: the one list. A route that is not on it is shut, and fails a test.

Name of the route → the permission that its seat must have, or one of `Access`.
"""

from __future__ import annotations

from frankpledge.web.partners.access import Access, Rule
from frankpledge.web.partners.roles import Permission

ACCESS: dict[str, Rule] = {
    # The furniture's own pages
    "design:accessibility": Access.PUBLIC,
    "design:language": Access.PUBLIC,
    "design:privacy": Access.PUBLIC,
    "design:signed_out": Access.PUBLIC,
    # For machines that watch over the site; the second asks for a word of its own
    "health": Access.PUBLIC,
    "metrics": Access.PUBLIC,
    # Signing in and out
    "account_login": Access.PUBLIC,
    "account_logout": Access.SIGNED_IN,
    "account_reauthenticate": Access.SIGNED_IN,
    "mfa_authenticate": Access.PUBLIC,
    "mfa_login_webauthn": Access.PUBLIC,
    "mfa_reauthenticate": Access.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Access.SIGNED_IN,
    "openid_connect_login": Access.PUBLIC,
    "openid_connect_callback": Access.PUBLIC,
    "follow_link": Access.PUBLIC,
    "join": Access.PUBLIC,
    "forgotten": Access.PUBLIC,
    # One's own account
    "second_factor": Access.SIGNED_IN,
    "mfa_activate_totp": Access.SIGNED_IN,
    "mfa_add_webauthn": Access.SIGNED_IN,
    "mfa_view_recovery_codes": Access.SIGNED_IN,
    "mfa_generate_recovery_codes": Access.SIGNED_IN,
    "mfa_deactivate_totp": Access.SECURE,
    "mfa_remove_webauthn": Access.SECURE,
    "account": Access.SECURE,
    "mfa_index": Access.SECURE,
    "mfa_list_webauthn": Access.SECURE,
    "change_password": Access.SECURE,
    "end_sign_in": Access.SECURE,
    "sign_out_everywhere": Access.SIGNED_IN,
    "design:keep_alive": Access.SIGNED_IN,
    "seat": Access.SECURE,
    "home": Access.SECURE,
    # Work behind the pages that one asked for oneself; that of others is not there
    "jobs:job": Access.SECURE,
    "jobs:progress": Access.SECURE,
    "jobs:cancel": Access.SECURE,
    "jobs:try_again": Access.SECURE,
    # All of the partnership's
    "work": Permission.JOBS_SEE,
    # The partnership's people
    "people": Permission.PEOPLE_SEE,
    "person": Permission.PEOPLE_SEE,
    "invite": Permission.PEOPLE_MANAGE,
    "change_person": Permission.PEOPLE_MANAGE,
    "give_membership": Permission.PEOPLE_MANAGE,
    "renew_membership": Permission.PEOPLE_MANAGE,
    "end_membership": Permission.PEOPLE_MANAGE,
    "send_link": Permission.PEOPLE_MANAGE,
    "unlock": Permission.PEOPLE_MANAGE,
    "end_sign_ins": Permission.PEOPLE_MANAGE,
    "forget_second_factors": Permission.PEOPLE_MANAGE,
    "leave": Permission.PEOPLE_MANAGE,
    "erase": Permission.PEOPLE_MANAGE,
    # Who did what
    "audit": Permission.AUDIT_READ,
    "export_audit": Permission.AUDIT_READ,
    # The partnership itself
    "partnership": Permission.PARTNERSHIP_CHANGE,
    "add_seat": Permission.PARTNERSHIP_CHANGE,
    # Every component, in the partnership's own colour
    "design:components": Permission.PARTNERSHIP_CHANGE,
}
