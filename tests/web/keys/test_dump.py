"""Whoever takes the database without its keys has the name, e-mail address or network address of nobody."""

import base64
import os
import zipfile
from uuid import uuid4

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client
from django.urls import reverse

from frankpledge.web.audit.actors import Agent
from frankpledge.web.handover.actions import offer
from frankpledge.web.handover.kinds import Kind
from frankpledge.web.jobs.worker import Pace, Worker
from frankpledge.web.keys.fields import keyring
from frankpledge.web.operation.actions import replace_key, replace_secret, take_backup
from frankpledge.web.partners.actions import change_person, erase_person, leave
from frankpledge.web.partners.models import Agency
from frankpledge.web.partners.queries import standing_of
from frankpledge.web.partners.roles import Administrator, Permission
from frankpledge.web.partners.signing_in.letters import send_invitation
from tests.web.keys.dump import dump, found
from tests.web.making import PASSWORD, partnership, person, seat_of, sign_in

# Nobody else has any of these. The last are what is told about somebody, where somebody came from, and with what.
WORDS = ("Zebedee", "Quillonby", "zq.unheard-of", "Eglantine", "Marrowby", "towpath", "198.51.100.93", "Konqueror")
FROM = {
    "REMOTE_ADDR": "198.51.100.93",
    "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Konqueror/5.0 Firefox/149.0",
}
REFERRAL = Kind(
    "dumped-referral",
    from_app="front",
    to_app="back",
    fields=frozenset({"name", "concern"}),
    accepting=Permission.AUDIT_READ,
)
pytestmark = pytest.mark.skipif(
    connection.vendor == "postgresql" and "FRANKPLEDGE_POSTGRES_DATA" not in os.environ,
    reason="the files of this server are not to be seen",
)


@pytest.fixture
def lived(own_database, site, settings, tmp_path):
    """A site in which much was written about two people, by every way there is."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    here = partnership()
    seat = seat_of(here)
    email = "zq.unheard-of@example.org"
    who = person(seat, Administrator.name, name="Zebedee Quillonby", email=email)
    other = person(seat, name="Eglantine Marrowby", email="eglantine.marrowby@example.org")
    change_person(
        person=other, name="Eglantine Marrowby-Hill", email=other.email, partnership=here.id, by=Agent.COMMAND
    )
    send_invitation(other, by=Agent.COMMAND)
    visit(who, email, seat)
    told(here, standing_of(who, seat.id))
    replace_key(owner=who.id, by=Agent.COMMAND)
    replace_secret(name="sessions", by=Agent.COMMAND)
    while Worker(Pace()).work_once():
        pass
    leave(person=other, partnership=here.id, by=Agent.COMMAND)
    erase_person(person=other, partnership=here.id, by=Agent.COMMAND)
    take_backup(to=tmp_path / "backup.zip", by=Agent.COMMAND)
    return who


def visit(who, email, seat):
    """Somebody signs in, mistypes, forgets, looks at pages and invites."""
    stranger = Client(**FROM)
    for password in ("Zebedee Quillonby", PASSWORD):
        stranger.post(reverse("account_login"), {"login": email, "password": password})
    stranger.post(
        reverse("account_login"), {"login": "zq.unheard-of@example.com", "password": "along the towpath then"}
    )
    stranger.post(reverse("forgotten"), {"email": email})
    known = sign_in(Client(**FROM), who, seat=seat)
    RecoveryCodes.activate(who)
    session = known.session
    session["draft"] = "Zebedee Quillonby saw them at the towpath"
    session.save()
    for name in ("home", "people", "account", "invite", "audit"):
        known.get(reverse(name))
    known.post(reverse("partnership"), {"name": "Safer Place", "colour": "#12436D"})


def told(here, by):
    """One app offers to another what is about somebody."""
    subject = uuid4()
    keyring().make(subject, under=here.id)
    says = {"name": "Eglantine Marrowby", "concern": "Zebedee Quillonby saw her at the towpath"}
    offer(kind=REFERRAL, partnership=here.id, owner=subject, content=says, by=by)


def test_dump_backup_and_logs_without_keys_tell_nothing_of_anybody(lived, settings, tmp_path):
    places = dump()

    full = {name for name, content in places.items() if content}
    assert full >= {
        "partners_person",
        "partners_signin",
        "partners_invitation",
        "keys_version",
        "handover_offer",
        "jobs_job",
        "audit_entry",
        "django_session",
        "mfa_authenticator",
        "cache",
    }
    places |= in_backup(tmp_path / "backup.zip")
    places |= {path.name: path.read_bytes() for path in settings.LOGGING["folder"].glob("*")}
    assert len(places) > 50
    assert found(WORDS, places) == set()


def in_backup(path):
    """Place → bytes, of everything in a backup."""
    with zipfile.ZipFile(path) as archive:
        return {f"backup {name}": archive.read(name) for name in archive.namelist()}


def test_what_is_written_in_clear_would_be_found(own_database):
    # Another word: the log of a server tells of all its databases.
    Agency.objects.create(name="of Ozymandias", kind="other")

    hits = {place for _, place in found(["ozyMandias"], dump())}

    assert "partners_agency" in hits
    # In the files of the server too.
    assert len(hits) > 1


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_what_is_written_in_base64_or_hexadecimal_would_be_found(before):
    text = f"{before}Zebedee!".encode()

    assert found(["Zebedee"], {"a": base64.b64encode(text)})
    assert found(["Zebedee"], {"a": text.hex().encode()})
    assert found(["Zebedee"], {"a": text.upper().hex().upper().encode()})
    assert not found(["Zebedee"], {"a": base64.b64encode(b"abcQuillonby")})
