"""What is put down about partnerships, people and signing in."""

from __future__ import annotations

from frankpledge.web.audit.events import Event

PARTNERSHIP_FOUNDED = Event("partnership-founded", "set up the partnership")
PARTNERSHIP_CHANGED = Event("partnership-changed", "changed the partnership's name, colour or logo")
SEAT_MADE = Event("seat-made", "gave an agency a seat")

PERSON_INVITED = Event("person-invited", "invited a person")
PERSON_CHANGED = Event("person-changed", "changed a person's name or e-mail address")
PERSON_ERASED = Event("person-erased", "erased a person's name and e-mail address")
PERSON_LOCKED = Event("person-locked", "was locked out after too many wrong tries")
PERSON_UNLOCKED = Event("person-unlocked", "let a person try again")
MEMBERSHIP_GIVEN = Event("membership-given", "gave a membership")
MEMBERSHIP_ENDED = Event("membership-ended", "ended a membership")
MEMBERSHIP_RENEWED = Event("membership-renewed", "gave a membership another last day")

LINK_SENT = Event("link-sent", "sent a link for a new password")
PASSWORD_CHOSEN = Event("password-chosen", "chose a password")
SIGNED_IN = Event("signed-in", "signed in")
SIGN_IN_FAILED = Event("sign-in-failed", "could not sign in")
SIGNED_OUT = Event("signed-out", "signed out")
SIGNED_OUT_ELSEWHERE = Event("signed-out-elsewhere", "ended other sign-ins")
SIGN_IN_ENDED = Event("sign-in-ended", "was signed out by the site")
SECOND_FACTOR_ADDED = Event("second-factor-added", "added a second factor")
SECOND_FACTOR_REMOVED = Event("second-factor-removed", "removed a second factor")
SECOND_FACTORS_FORGOTTEN = Event("second-factors-forgotten", "took away second factors that a person had lost")
DIRECTORY_LINKED = Event("directory-linked", "signed in with the council's directory for the first time")
SEAT_CHOSEN = Event("seat-chosen", "chose a seat")
TOO_FAST = Event("too-fast", "opened pages faster than a person can, and was slowed down")
REFUSED = Event("refused", "was refused")
AUDIT_READ = Event("audit-read", "read the audit", is_sensitive_read=True)
