"""The list of access: every route is on it, and it holds for everybody who may come."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from frankpledge.web.audit.models import Entry
from frankpledge.web.config.access import ACCESS
from frankpledge.web.partners.access import Access
from frankpledge.web.partners.roles import ROLES, Administrator, Member, Permission
from frankpledge.web.partners.signing_in.actions import make_link
from tests.web.making import also, partnership, person, seat_of, sign_in

pytestmark = pytest.mark.django_db

# Kinds of people who may come to an address: nobody known, without a second factor, without a seat, and each role.
KINDS = ("nobody", "no second factor", "no seat", *ROLES)
# What a GET may write: the account of what was looked at, and that somebody is still here.
MAY_BE_WRITTEN = {"audit_entry", "audit_chainhead", "django_session", "partners_signin", "cache"}


def routes():
    """Name → what it is made of, of every route."""
    found = {}

    def walk(patterns, space=""):
        for one in patterns:
            if isinstance(one, URLPattern):
                found[space + (one.name or str(one.pattern))] = one
            else:
                walk(one.url_patterns, space + (f"{one.namespace}:" if one.namespace else ""))

    walk(get_resolver().url_patterns)
    return found


@pytest.fixture
def here():
    """A partnership with somebody to look at."""
    made = partnership()
    person(seat_of(made), Administrator.name)
    return made


@pytest.fixture
def addresses(here):
    """Route → an address of it that leads to something."""
    who = person(seat_of(here), Member.name)
    known = {
        "person": who.id,
        "membership": who.memberships.get().id,
        "word": make_link(person=who, kind="join", by=who),
        "provider_id": "directory",
        "pk": 1,
        "sign_in": uuid4(),
        "job": uuid4(),
    }
    return {
        name: reverse(name, kwargs={part: known[part] for part in pattern.pattern.converters})
        for name, pattern in routes().items()
    }


def come(kind, here):
    """A client of somebody of a kind."""
    client = Client()
    if kind == "nobody":
        return client
    if kind == "no seat":
        who = person(seat_of(partnership()))
        who.memberships.update(ends=who.memberships.get().begins)
        return sign_in(client, who)
    who = person(seat_of(here), kind if kind in ROLES else Administrator.name)
    return sign_in(client, who, second_factor=kind != "no second factor", seat=seat_of(here))


def outcome(response):
    """What became of a request, as far as access goes."""
    location = response.headers.get("Location", "")
    if location.startswith("/sign-in/?next="):
        return "sign in"
    if response.status_code == 302 and location == reverse("second_factor"):
        return "second factor"
    if response.status_code == 302 and location == reverse("seat"):
        return "seat"
    return "refused" if response.status_code == 403 else "in"


def expected(rule, kind):
    """What the list says should become of it."""
    if rule is Access.PUBLIC:
        return "in"
    if kind == "nobody":
        return "sign in"
    if rule is Access.SIGNED_IN:
        return "in"
    if kind == "no second factor":
        return "second factor"
    if rule is Access.SECURE:
        return "in"
    if kind == "no seat":
        return "seat"
    return "in" if rule in ROLES[kind].permissions else "refused"


def test_every_route_is_on_the_list_and_the_list_has_no_other():
    assert set(routes()) == set(ACCESS)


def test_every_permission_opens_some_page():
    assert {rule for rule in ACCESS.values() if isinstance(rule, Permission)} <= set(Permission)


@pytest.mark.parametrize("kind", KINDS)
def test_list_holds_for(kind, here, addresses):
    client = come(kind, here)
    skipped = {"home", "openid_connect_login", "openid_connect_callback"}
    wrong = {}

    for name, address in addresses.items():
        if name in skipped:
            continue
        for method in (client.get, client.post) if name not in ("account_logout", "sign_out_everywhere") else ():
            said = outcome(method(address))
            # To choose a password, or to be sent on where one has to go, is to be let in.
            if said != expected(ACCESS[name], kind):
                wrong[name, method.__name__] = said

    assert {key: said for key, said in wrong.items() if not (key[0] == "second_factor" and said == "in")} == {}


def test_what_is_refused_is_put_down_with_the_route(here, addresses):
    client = come(Member.name, here)

    response = client.get(addresses["invite"])

    assert response.status_code == 403
    put = Entry.objects.get(event="refused")
    assert put.detail == {"route": "invite", "permission": "people.manage"}
    assert put.seat == str(seat_of(here).id)


@pytest.mark.parametrize("route", ["person", "erase", "give_membership", "renew_membership", "end_membership"])
def test_what_is_another_partnerships_is_not_there(here, addresses, route):
    other = partnership()
    client = come(Administrator.name, other)

    theirs = client.get(addresses[route])
    nobodys = client.get(re.sub(r"[0-9a-f-]{36}", str(uuid4()), addresses[route]))

    assert theirs.status_code == nobodys.status_code == 404
    strip = re.compile(rb'nonce="[^"]*"|value="[^"]*"|/(people|memberships)/[^"]*')
    assert strip.sub(b"", theirs.content) == strip.sub(b"", nobodys.content)


def test_reading_writes_nothing_but_the_audit_and_that_somebody_is_here(here, addresses):
    who = person(seat_of(here), Administrator.name)
    also(who, seat_of(here), "auditor")
    client = sign_in(Client(), who, seat=seat_of(here))
    written = []

    def listen(execute, sql, params, many, context):
        found = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', sql, re.IGNORECASE)
        if found and found[1] not in MAY_BE_WRITTEN:
            written.append((name, found[1]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        for name, address in addresses.items():
            if not name.startswith("openid"):
                client.get(address)

    assert written == []


def test_every_page_says_strictly_what_a_browser_may_do(here, addresses):
    client = come(Administrator.name, here)

    for name, address in addresses.items():
        if name.startswith("openid"):
            continue
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert "no-store" in headers["Cache-Control"], name
        assert "frame-ancestors 'none'" in policy, name


def test_no_page_is_allauths_own(here, addresses, settings):
    """With our own templates alone, every page is still there: none falls back to one of allauth's."""
    settings.TEMPLATES = settings.TEMPLATES[:1]
    client = come(Administrator.name, here)

    for name, address in addresses.items():
        if not name.startswith("openid"):
            assert client.get(address).status_code < 500, name


@pytest.mark.parametrize("route", ["home", "people", "person", "audit", "account", "partnership", "invite"])
def test_page_asks_the_database_little(here, addresses, route, django_assert_max_num_queries):
    who = person(seat_of(here), Administrator.name)
    also(who, seat_of(here), "auditor")
    for _ in range(15):
        person(seat_of(here))
    client = sign_in(Client(), who, seat=seat_of(here))
    client.get(addresses["people"])
    asked = []

    def listen(execute, sql, params, many, context):
        if not re.search(r"django_session|partners_signin|audit_|SAVEPOINT|BEGIN|COMMIT", sql):
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        assert client.get(addresses[route]).status_code == 200

    assert len(asked) <= 8, asked
