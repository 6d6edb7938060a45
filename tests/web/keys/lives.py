"""People with something to be read about them, and the work that seals it anew."""

import os
import time

from django.db import transaction

from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.models import Version, keep_version
from frankpledge.web.operation.replacing import SEAL_ANEW
from frankpledge.web.partners.models import Person, SignIn
from frankpledge.web.partners.signing_in.actions import begin_sign_in
from tests.web.making import person


def life_of(seat):
    """Somebody with a sign-in and a former name."""
    who = person(seat, name="Ann Former")
    keep_version(who, by=None)
    who.name = "Ann Example"
    who.save()
    begin_sign_in(person=who, browser="Firefox", address="203.0.113.77")
    assert who.email, "is read now, while it can be"
    return who


def check_reads(who):
    """Everything about somebody reads as it was written."""
    found = Person.objects.get(id=who.id)
    assert (found.name, found.email) == (who.name, who.email)
    assert [(one.browser, one.address) for one in SignIn.objects.filter(person=who)] == [("Firefox", "203.0.113.77")]
    assert [one.was["name"] for one in Version.objects.filter(owner=who.id)] == ["Ann Former"]


def settle(owner):
    """As if an owner's next key had been there for two hours."""
    os.utime(keyring().folder.folder / "site" / "replacing" / f"{owner}.key", (time.time() - 7200,) * 2)


def work():
    """The job, as a worker does it."""
    done = SEAL_ANEW.work_out({}, lambda *progress: None)
    with transaction.atomic():
        SEAL_ANEW.write_down({}, done)
