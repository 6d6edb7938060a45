"""Signing in with a council's directory: who comes in, and who was not invited."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from frankpledge.web.audit.models import Entry
from frankpledge.web.partners.models import Person
from tests.web.making import partnership, person, seat_of
from tests.web.partners.directory import come_back, directory_in, go, is_in, key

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(settings):
    """The directory, named in the settings."""
    with directory_in(settings) as made:
        yield made


def test_sign_in_page_offers_the_directory(client, directory):
    assert "Sign in with Example Council" in client.get(reverse("account_login")).content.decode()


def test_person_who_was_invited_comes_in_and_must_still_have_a_second_factor(client, directory):
    ann = person(seat_of(partnership()), email="Ann@Example.org")

    response = come_back(client, directory)

    assert response.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == reverse("second_factor")
    assert Person.objects.get(id=ann.id).directory_index
    assert Entry.objects.filter(event="directory-linked", by=str(ann.id)).count() == 1


def test_person_is_known_again_by_the_directorys_identifier_whatever_their_address(client, directory):
    ann = person(seat_of(partnership()), email="ann@example.org")
    come_back(client, directory)
    client.post(reverse("account_logout"))

    response = come_back(client, directory, email="ann.married@example.org")

    assert response.headers["Location"] == "/"
    assert Entry.objects.filter(event="signed-in", by=str(ann.id)).count() == 2


def test_nothing_the_directory_says_is_kept_in_clear(client, directory):
    person(seat_of(partnership()), email="ann@example.org")

    come_back(client, directory)

    assert [model.objects.count() for model in (SocialAccount, SocialToken, EmailAddress)] == [0, 0, 0]
    assert "1234" not in Person.objects.get().directory_index


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org"},
        {"email_verified": False},
        {"email": ""},
    ],
)
def test_whoever_was_not_invited_or_is_not_vouched_for_stays_out(client, directory, claims):
    person(seat_of(partnership()), email="ann@example.org")

    response = come_back(client, directory, **claims)

    assert response.status_code == 403
    assert "You have not been invited" in response.content.decode()
    assert not is_in(client)
    assert Entry.objects.filter(event="sign-in-failed").count() == 1


@pytest.mark.parametrize(
    ("domains", "said", "status"),
    [
        ({"example.org"}, None, 302),
        ({"example.net"}, None, 403),
        (set(), None, 403),
        ({"example.org"}, False, 403),
    ],
)
def test_address_of_its_own_domain_is_believed_of_a_directory_that_verifies_none(
    client, directory, settings, domains, said, status
):
    settings.DIRECTORY_DOMAINS = frozenset(domains)
    person(seat_of(partnership()), email="ann@example.org")

    response = come_back(client, directory, email="Ann@Example.ORG", email_verified=said)

    assert response.status_code == status
    assert is_in(client) == (status == 302)


def test_another_identifier_does_not_take_a_person_over(client, directory):
    person(seat_of(partnership()), email="ann@example.org")
    come_back(client, directory)
    client.post(reverse("account_logout"))

    response = come_back(client, directory, sub="another")

    assert response.status_code == 403


def test_person_who_may_no_longer_sign_in_stays_out(client, directory):
    ann = person(seat_of(partnership()), email="ann@example.org")
    come_back(client, directory)
    client.post(reverse("account_logout"))
    Person.objects.filter(id=ann.id).update(is_active=False)

    assert come_back(client, directory).status_code == 403


def test_answer_that_nobody_asked_for_is_refused(client, directory):
    person(seat_of(partnership()), email="ann@example.org")
    directory.claims = {"sub": "1234", "email": "ann@example.org", "email_verified": True}

    response = client.get(reverse("openid_connect_callback", args=["directory"]), {"code": "c", "state": "made up"})

    assert response.status_code == 403
    assert "Signing in with Example Council did not work" in response.content.decode()
    assert not is_in(client)
    assert directory.asked == []


def test_second_factor_is_asked_for_after_the_directory(client, directory):
    ann = person(seat_of(partnership()), email="ann@example.org")
    Authenticator.objects.create(user=ann, type="totp", data={"secret": "x"})

    assert come_back(client, directory).headers["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
def test_token_is_believed_that_a_published_key_has_signed(client, directory, algorithm):
    person(seat_of(partnership()), email="ann@example.org")
    directory.published = {"first": (algorithm, key("first", algorithm))}

    come_back(client, directory)

    assert is_in(client)


def test_people_come_in_when_the_directory_has_new_keys(client, directory):
    person(seat_of(partnership()), email="ann@example.org")
    come_back(client, directory)
    client.post(reverse("account_logout"))
    directory.published = {"second": ("RS256", key("second"))}

    come_back(client, directory)

    assert is_in(client)


def test_directory_may_publish_keys_that_are_of_no_use_here(client, directory):
    person(seat_of(partnership()), email="ann@example.org")
    good = directory.answer("/keys", {})[2]["keys"]
    strange = [good[0] | {"kid": "other", "use": "enc", "alg": "RSA-OAEP"}, {"kty": "new", "kid": "new"}, "none"]
    directory.instead["/keys"] = 200, {"Content-Type": "application/jwk-set+json"}, {"keys": strange + good}

    come_back(client, directory)

    assert is_in(client)


def test_directory_whose_clock_is_a_little_off_is_believed(client, directory):
    person(seat_of(partnership()), email="ann@example.org")
    now = int(time.time())

    come_back(client, directory, iat=now + 30, exp=now - 30)

    assert is_in(client)


@pytest.mark.parametrize("issuer", ["", "/", "/tenant/v2.0", "/tenant/"])
def test_directory_may_be_named_with_a_path(client, directory, settings, issuer):
    person(seat_of(partnership()), email="ann@example.org")
    named = directory.address + issuer
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = named
    description = directory.answer("/.well-known/openid-configuration", {})[2] | {"issuer": named}
    directory.instead[issuer.rstrip("/") + "/.well-known/openid-configuration"] = 200, {}, description

    come_back(client, directory, iss=named)

    assert is_in(client)


@pytest.mark.parametrize("audience", ["frankpledge", ["frankpledge"], ["another-site", "frankpledge"]])
def test_token_for_several_sites_is_taken_when_it_was_given_to_this_one(client, directory, audience):
    person(seat_of(partnership()), email="ann@example.org")

    come_back(client, directory, aud=audience, azp="frankpledge")

    assert is_in(client)


def test_each_question_to_the_directory_is_another(client, directory):
    seen = [go(client).headers["Location"] for _ in range(2)]

    assert all("nonce=" in one and "state=" in one for one in seen)
    assert seen[0] != seen[1]


def test_whoever_turns_back_at_the_directory_is_back_at_signing_in(client, directory):
    go(client)
    (state,) = client.session["socialaccount_states"]

    response = client.get(
        reverse("openid_connect_callback", args=["directory"]), {"error": "access_denied", "state": state}
    )

    assert response.headers["Location"] == reverse("account_login")
