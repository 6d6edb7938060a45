"""A key is replaced from beginning to end: every text opens all the while, and in the end with the new key only."""

import base64
from itertools import count
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from frankpledge.errors import WorkspaceError
from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.models import Entry, sealed_address
from frankpledge.web.handover.models import Offer
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State
from frankpledge.web.jobs.worker import Pace, Worker
from frankpledge.web.keys import resealing
from frankpledge.web.keys.fields import ERASED, keyring
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.keys.models import Version
from frankpledge.web.keys.replacing import being_replaced
from frankpledge.web.operation.actions import replace_key, replace_secret
from frankpledge.web.partners.models import Person, SignIn
from frankpledge.web.partners.signing_in.actions import begin_sign_in
from tests.web.keys.conftest import Crash
from tests.web.keys.lives import check_reads, life_of, settle, work
from tests.web.keys.rows import put, stored
from tests.web.making import partnership, person, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(site):
    """A partnership whose keys are in a folder of the test's own."""
    return partnership()


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Does the job, with what follows the end of its transaction."""

    def at_once():
        with django_capture_on_commit_callbacks(execute=True):
            work()

    return at_once


def sealed_with(who):
    """The versions of keys that seal what is about somebody."""
    texts = [stored(who, "name"), stored(who, "email")]
    texts += [stored(one, "address") for one in SignIn.objects.filter(person=who)]
    texts += [stored(one, "content") for one in Version.objects.filter(owner=who.id)]
    return {text.split(".")[0] for text in texts}


def test_all_that_is_about_somebody_is_sealed_anew_and_the_earlier_key_is_gone(here, at_once):
    who, other = life_of(seat_of(here)), life_of(seat_of(here, 1))

    replace_key(owner=who.id, by=Agent.COMMAND)
    check_reads(who)
    at_once()
    assert sealed_with(who) == {"2"}
    assert keyring().stored.versions(who.id) == [1, 2]
    settle(who.id)
    at_once()

    assert keyring().stored.versions(who.id) == [2]
    check_reads(who)
    check_reads(other)
    assert sealed_with(other) == {"1"}
    events = Entry.objects.filter(on_kind="keys.owner").order_by("sequence").values_list("event", "by", "on_id")
    assert list(events) == [
        ("key-replaced", "command", str(who.id)),
        ("earlier-key-destroyed", "worker", str(who.id)),
    ]


def test_what_is_a_partnerships_own_is_sealed_anew_and_its_subjects_are_not(here, at_once):
    subject = uuid4()
    keyring().make(subject, under=here.id)
    common = {"partnership": here, "kind": "k", "from_app": "a", "to_app": "b", "offered_by": "worker"}
    theirs = Offer.objects.create(owner=here.id, content="theirs", **common)
    its = Offer.objects.create(owner=subject, content="its", **common)

    replace_key(owner=here.id, by=Agent.COMMAND)
    settle(here.id)
    at_once()
    at_once()

    assert keyring().stored.versions(here.id) == [2]
    assert (stored(theirs, "content")[:2], stored(its, "content")[:2]) == ("2.", "1.")
    assert [Offer.objects.get(id=one.id).content for one in (theirs, its)] == ["theirs", "its"]


def test_many_records_are_sealed_anew(here, at_once, monkeypatch):
    monkeypatch.setattr(resealing, "_BATCH", 3)
    who = person(seat_of(here))
    for number in range(10):
        begin_sign_in(person=who, browser=f"Firefox {number}", address="")

    replace_key(owner=who.id, by=Agent.COMMAND)
    at_once()

    assert {stored(one, "browser")[:2] for one in SignIn.objects.filter(person=who)} == {"2."}
    assert {one.browser for one in SignIn.objects.filter(person=who)} == {f"Firefox {number}" for number in range(10)}


def test_earlier_key_stays_as_long_as_it_seals_anything(here, at_once):
    who = life_of(seat_of(here))
    before = stored(who, "name")
    replace_key(owner=who.id, by=Agent.COMMAND)
    settle(who.id)
    at_once()
    # Somebody was very slow to write it.
    put(who, name=before)

    at_once()
    assert keyring().stored.versions(who.id) == [1, 2]
    at_once()

    assert keyring().stored.versions(who.id) == [2]
    check_reads(who)


def test_record_read_before_its_text_was_sealed_anew_harms_nothing_when_it_is_saved(here, at_once):
    who = life_of(seat_of(here))
    unread, read = Person.objects.get(id=who.id), Person.objects.get(id=who.id)
    assert read.name == who.name
    replace_key(owner=who.id, by=Agent.COMMAND)
    settle(who.id)
    at_once()

    unread.save()
    read.save()
    at_once()

    assert sealed_with(who) == {"2"}
    check_reads(who)


def test_text_that_nobody_can_open_keeps_no_earlier_key(here, at_once):
    who = life_of(seat_of(here))
    put(who, name=f"1.{'A' * 60}")
    replace_key(owner=who.id, by=Agent.COMMAND)
    settle(who.id)

    at_once()
    at_once()

    assert keyring().stored.versions(who.id) == [2]
    assert Person.objects.get(id=who.id).email == who.email


def test_somebody_erased_while_their_key_is_replaced_stays_erased(here, at_once):
    who = life_of(seat_of(here))
    replace_key(owner=who.id, by=Agent.COMMAND)
    keyring().destroy(who.id)
    settle(who.id)

    at_once()

    assert Person.objects.get(id=who.id).name == str(ERASED)
    assert being_replaced(keyring()) == []
    assert not Entry.objects.filter(event="earlier-key-destroyed").exists()


def test_key_that_is_not_there_is_told(here):
    with pytest.raises(WorkspaceError, match="no key"):
        replace_key(owner=uuid4(), by=Agent.COMMAND)

    assert not Entry.objects.filter(event="key-replaced").exists()


def test_key_is_replaced_wherever_its_job_was_killed(here, at_once, monkeypatch):
    """Killed at each text that is sealed anew, at each step of the job, and at each key that is destroyed."""
    killed = []
    for moment in count(1):
        who = life_of(seat_of(here))
        replace_key(owner=who.id, by=Agent.COMMAND)
        settle(who.id)
        with monkeypatch.context() as patched:
            if not _killed_at(moment, patched, at_once):
                break
        killed.append(moment)
        check_reads(Person.objects.get(id=who.id))
        at_once()
        at_once()
        assert keyring().stored.versions(who.id) == [2]
        assert being_replaced(keyring()) == []
        check_reads(who)

    assert len(killed) >= 10


def _killed_at(moment, patched, at_once):
    """Do the job twice, and cut it short at its n-th moment; whether it had so many."""
    passed = 0

    def moments(original):
        def step(*arguments, **options):
            nonlocal passed
            passed += 1
            if passed == moment:
                raise Crash
            return original(*arguments, **options)

        return step

    patched.setattr(Keyring, "seal", moments(Keyring.seal))
    patched.setattr(resealing, "_seal_records_anew", moments(resealing._seal_records_anew))
    patched.setattr("os.fsync", moments(lambda handle: None))
    try:
        with transaction.atomic():
            at_once()
        with transaction.atomic():
            at_once()
    except Crash:
        return True
    return False


def test_worker_does_it_once_it_is_asked(here):
    who = life_of(seat_of(here))
    replace_key(owner=who.id, by=Agent.COMMAND)
    worker = Worker(Pace())

    while worker.work_once():
        pass

    assert sealed_with(who) == {"2"}
    assert {job.state for job in Job.objects.filter(kind="seal-anew")} == {State.DONE}


# The secret of sessions


def codes_of(who):
    return RecoveryCodes(Authenticator.objects.get(user=who, type="recovery_codes")).get_unused_codes()


def test_second_factors_are_sealed_with_the_new_secret_and_work(here):
    who = person(seat_of(here))
    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    RecoveryCodes.activate(who)
    codes = codes_of(who)
    address = sealed_address("203.0.113.77")
    before = {one.type: one.data for one in Authenticator.objects.all()}

    for _ in range(3):
        replace_secret(name="sessions", by=Agent.COMMAND)

    after = {one.type: one.data for one in Authenticator.objects.all()}
    assert all(before[kind] != after[kind] for kind in ("totp", "recovery_codes"))
    keyring().folder.destroy_all("site/sessions-earlier")
    assert keyring().open_for_site(base64.b64decode(after["totp"]["secret"]), "second factor").decode() == secret
    assert codes_of(who) == codes
    assert Entry(address=address).where == "[unreadable]"


def test_addresses_of_the_audit_are_read_after_any_number_of_secrets(here):
    entries = []
    for number in range(4):
        entries.append(Entry(address=sealed_address(f"203.0.113.{number}")))
        replace_secret(name="sessions", by=Agent.COMMAND)

    assert [entry.where for entry in entries] == [f"203.0.113.{number}" for number in range(4)]


def test_second_factors_work_wherever_the_secret_was_cut_short(here, monkeypatch):
    who, secret = person(seat_of(here)), generate_totp_secret()
    TOTP.activate(who, secret)
    RecoveryCodes.activate(who)
    codes = codes_of(who)
    for moment in range(1, 4):
        with monkeypatch.context() as patched:
            calls = count(1)
            original = Authenticator.save

            def save(one, *arguments, calls=calls, moment=moment, original=original, **options):
                if next(calls) == moment:
                    raise Crash
                original(one, *arguments, **options)

            patched.setattr(Authenticator, "save", save)
            try:
                with transaction.atomic():
                    replace_secret(name="sessions", by=Agent.COMMAND)
            except Crash:
                assert moment < 3
            else:
                assert moment == 3
        assert codes_of(who) == codes

    replace_secret(name="sessions", by=Agent.COMMAND)

    assert codes_of(who) == codes
