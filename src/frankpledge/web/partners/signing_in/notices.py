"""Tells somebody by e-mail that how they sign in was changed, so that they hear of it when it was not them.

Sent when the change has been committed; a mail server that does not answer undoes nothing.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction

from frankpledge.web.design import mail
from frankpledge.web.partners.models import Person

PASSWORD_CHANGED, FACTOR_ADDED, FACTOR_REMOVED, LOCKED_OUT = "password", "added", "removed", "locked"


def notify(person: Person, what: str) -> None:
    """Tell a person what was changed, once it has been.

    Parameters
    ----------
    what
        One of the words of this module.
    """
    template, context = "partners/mail/changed.txt", {"what": what}
    transaction.on_commit(partial(mail.send, to=person.email, template=template, context=context), robust=True)
