"""Signing in with a council's directory: a directory of the test's own, spoken to as any other."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from frankpledge.web.audit.models import Entry
from frankpledge.web.partners.models import Person
from tests.web.making import partnership, person, seat_of

pytestmark = pytest.mark.django_db


class Directory:
    """A directory that vouches for whomever `claims` names."""

    def __init__(self):
        self.claims = {}
        self.asked = []
        directory = self

        class Answering(BaseHTTPRequestHandler):
            def log_message(self, *said):
                pass

            def do_GET(self):
                self._answer(directory.answer(urlsplit(self.path).path))

            def do_POST(self):
                directory.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self._answer(directory.answer(urlsplit(self.path).path))

            def _answer(self, content):
                body = json.dumps(content).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        """What it says at an address."""
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorise",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
            }
        if path == "/token":
            token = jwt.encode(
                {"iss": self.address, "aud": "frankpledge", "exp": 4102444800, **self.claims}, "k" * 32, "HS256"
            )
            return {"access_token": "a", "token_type": "Bearer", "id_token": token}
        return self.claims


@pytest.fixture
def directory(settings):
    """The directory, named in the settings."""
    made = Directory()
    settings.DIRECTORY_NAME = "Example Council"
    app = {
        "provider_id": "directory",
        "name": "Example Council",
        "client_id": "frankpledge",
        "secret": "a word between the two",
        "settings": {"server_url": made.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield made
    made.server.shutdown()
    made.server.server_close()


def come_back(client, directory, **claims):
    """Go to the directory and come back with what it says."""
    directory.claims = {"sub": "1234", "email": "ann@example.org", "email_verified": True, "name": "Ann D.", **claims}
    away = client.post(reverse("openid_connect_login", args=["directory"])).headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert away.startswith(directory.address)
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=["directory"])
    return client.get(back, {"code": "c", "state": asked["state"][0]})


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
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")


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

    client.get(reverse("openid_connect_callback", args=["directory"]), {"code": "c", "state": "made up"})

    assert client.get("/account/").headers["Location"].startswith("/sign-in/")


def test_second_factor_is_asked_for_after_the_directory(client, directory):
    ann = person(seat_of(partnership()), email="ann@example.org")
    Authenticator.objects.create(user=ann, type="totp", data={"secret": "x"})

    assert come_back(client, directory).headers["Location"] == reverse("mfa_authenticate")
