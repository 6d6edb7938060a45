"""Attacks on signing in with a directory: what it says is believed of this site, of now, and of nobody else.

Each case names why it must be refused, for nothing is shown where it was refused for another reason.
"""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frankpledge.web.audit.models import Entry
from tests.web.making import in_days, partnership, person, seat_of
from tests.web.partners.directory import Directory, come_back, directory_in, go, is_in, key

pytestmark = pytest.mark.django_db

DESCRIPTION = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@pytest.fixture
def directory(settings):
    """The directory, named in the settings; it knows Ann, who was invited."""
    person(seat_of(partnership()), email="ann@example.org")
    with directory_in(settings) as made:
        yield made


@pytest.fixture
def elsewhere():
    """A place that the site has nothing to do with."""
    made = Directory()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def refused(client, caplog):
    """Whether nobody was signed in, a page of ours says so, and the audit and the logs have it with the reason."""

    def refused(response, why):
        assert response.status_code == 403
        assert "Signing in with Example Council did not work" in response.content.decode()
        assert not is_in(client)
        assert Entry.objects.filter(event="sign-in-failed").count() == 1
        assert not Entry.objects.filter(event__in=["signed-in", "directory-linked"]).exists()
        (told,) = [one for one in caplog.records if one.msg == "directory-not-believed"]
        assert why in _reasons(told.exc_info[1])
        return True

    return refused


# --- Signatures


def unsigned(directory, claims):
    return _token({"alg": "none", "kid": "first"}, claims, b"")


def signed_with_what_is_published(directory, claims):
    public = key("first").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return _signed_alike(claims, public)


def signed_with_a_secret_that_is_published(directory, claims):
    published = {"kty": "oct", "kid": "first", "k": _base64(b"k" * 32)}
    directory.instead["/keys"] = 200, {}, {"keys": [published]}
    return _signed_alike(claims, b"k" * 32)


def signed_with_the_word_between_the_two(directory, claims):
    return _signed_alike(claims, b"a word between the two")


def signed_by_another(directory, claims):
    return directory.signed(claims, by=("RS256", key("another")))


def signed_with_a_key_that_is_not_published(directory, claims):
    return directory.signed(claims, kid="unknown")


def signed_otherwise_than_the_key_is_for(directory, claims):
    return directory.signed(claims, by=("PS256", key("first")))


def signed_with_a_short_key(directory, claims):
    directory.published = {"short": ("RS256", key("short", bits=1024))}
    return directory.signed(claims)


def changed_afterwards(directory, claims):
    head, _, signature = directory.signed(claims).split(".")
    return ".".join((head, _part(claims | {"sub": "another"}), signature))


def signed_with_a_key_that_it_does_not_name(directory, claims):
    return jwt.encode(claims, key("first"), "RS256")


def signed_where_a_key_is_published_for_no_signature(directory, claims):
    published = directory.answer("/keys", {})[2]["keys"]
    directory.instead["/keys"] = 200, {}, {"keys": [published[0] | {"alg": "none"}]}
    return unsigned(directory, claims)


def without_a_signature(directory, claims):
    return ".".join((*directory.signed(claims).split(".")[:2], ""))


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (unsigned, "InvalidAlgorithmError"),
        (signed_with_what_is_published, "InvalidAlgorithmError"),
        (signed_with_a_secret_that_is_published, "InvalidAlgorithmError"),
        (signed_with_the_word_between_the_two, "InvalidAlgorithmError"),
        (signed_by_another, "InvalidSignatureError"),
        (signed_with_a_key_that_is_not_published, "KeyError"),
        (signed_otherwise_than_the_key_is_for, "InvalidAlgorithmError"),
        (signed_with_a_short_key, "InvalidKeyError"),
        (signed_with_a_key_that_it_does_not_name, "KeyError"),
        (signed_where_a_key_is_published_for_no_signature, "NotImplementedError"),
        (changed_afterwards, "InvalidSignatureError"),
        (without_a_signature, "InvalidSignatureError"),
    ],
)
def test_token_that_the_directory_did_not_sign_lets_nobody_in(client, directory, refused, forge, why):
    directory.sign = lambda claims: forge(directory, claims)

    assert refused(come_back(client, directory), why)


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk"])
def test_key_that_a_token_names_itself_is_not_asked_for(client, directory, elsewhere, refused, name):
    elsewhere.published = {"first": ("RS256", key("elsewhere"))}
    named = elsewhere.answer("/keys", {})[2]["keys"][0] if name == "jwk" else f"{elsewhere.address}/keys"
    directory.sign = lambda claims: elsewhere.signed(claims, headers={name: named})

    assert refused(come_back(client, directory), "InvalidSignatureError")
    assert elsewhere.asked == []


@pytest.mark.parametrize("token", [None, "", "a.b.c", 7, ["a"], "\ud800.b.c"])
def test_what_is_no_token_lets_nobody_in(client, directory, refused, token):
    directory.sign = lambda claims: token

    assert refused(come_back(client, directory), "NotBelieved")


# --- What it says


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"aud": "another-site"}, "InvalidAudienceError"),
        ({"aud": ["another-site"]}, "InvalidAudienceError"),
        ({"aud": None}, "MissingRequiredClaimError"),
        ({"aud": ["frankpledge", "another-site"]}, "NotBelieved"),
        ({"aud": ["frankpledge", "another-site"], "azp": "another-site"}, "NotBelieved"),
        ({"azp": "another-site"}, "NotBelieved"),
        ({"iss": "https://evil.example"}, "InvalidIssuerError"),
        ({"iss": None}, "MissingRequiredClaimError"),
        ({"exp": 1}, "ExpiredSignatureError"),
        ({"exp": int(time.time()) - 120}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": 4_102_444_800}, "ImmatureSignatureError"),
        ({"iat": None}, "MissingRequiredClaimError"),
        ({"nbf": 4_102_444_800}, "ImmatureSignatureError"),
    ],
)
def test_what_was_said_to_another_site_or_by_another_directory_or_long_ago_lets_nobody_in(
    client, directory, refused, claims, why
):
    assert refused(come_back(client, directory, **claims), why)


@pytest.mark.parametrize(
    ("nonce", "why"),
    [("another", "NotBelieved"), ("", "NotBelieved"), (7, "NotBelieved"), (None, "MissingRequiredClaimError")],
)
def test_answer_to_another_question_lets_nobody_in(client, directory, refused, nonce, why):
    assert refused(come_back(client, directory, nonce=nonce), why)


def test_answer_that_was_given_before_lets_nobody_in_again(client, directory):
    kept = []
    directory.sign = lambda claims: kept.append(directory.signed(claims)) or kept[0]
    come_back(Client(), directory)

    response = come_back(client, directory)

    assert len(kept) == 2
    assert "did not work" in response.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("claims", [{"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 300}, {"email": 7}])
def test_token_of_a_strange_form_lets_nobody_in(client, directory, refused, claims):
    assert refused(come_back(client, directory, **claims), "NotBelieved")


def test_nothing_is_asked_about_people_but_what_the_token_says(client, directory):
    bob = person(seat_of(partnership()), email="bob@example.org")
    directory.instead["/userinfo"] = 200, {}, {"sub": "5678", "email": "bob@example.org", "email_verified": True}

    come_back(client, directory)

    assert is_in(client)
    assert client.session["_auth_user_id"] != str(bob.id)
    assert set(directory.asked) == {DESCRIPTION, "/token", "/keys"}


# --- Whom the site asks


@pytest.mark.parametrize("issuer", ["https://evil.example", None, "", 7, "{address}/", "{address}/tenant"])
def test_directory_that_describes_itself_as_another_is_not_gone_to(client, directory, refused, issuer):
    directory.described["issuer"] = issuer.format(address=directory.address) if isinstance(issuer, str) else issuer

    assert refused(go(client), "NotBelieved")


def test_directory_that_became_another_in_between_lets_nobody_in(client, directory, refused):
    response = go(client)
    assert response.status_code == 302
    directory.described["issuer"] = "https://evil.example"
    (state,) = client.session["socialaccount_states"]

    response = client.get(reverse("openid_connect_callback", args=["directory"]), {"code": "c", "state": state})

    assert refused(response, "NotBelieved")
    assert "/token" not in directory.asked


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("path", [DESCRIPTION, "/token", "/keys"])
def test_directory_that_sends_the_site_elsewhere_is_not_followed(client, directory, elsewhere, refused, path, status):
    directory.instead[path] = status, {"Location": elsewhere.address + path}, {}

    assert refused(go(client) if path == DESCRIPTION else come_back(client, directory), "NotBelieved")
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example.gov.uk",
        "http://localhost.example.gov.uk",
        "http://localhost:80@login.example.gov.uk",
        "http://127.0.0.1.example.gov.uk",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
        None,
        7,
    ],
)
@pytest.mark.parametrize("of", ["settings", *ENDPOINTS])
def test_nothing_is_said_in_clear(client, directory, settings, refused, monkeypatch, of, address):
    if of == "settings":
        named = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]
        monkeypatch.setitem(named, "server_url", str(address))
    directory.described[of] = address

    assert refused(go(client), "NotBelieved")
    assert directory.asked == ([] if of == "settings" else [DESCRIPTION])


def test_directory_whose_certificate_nobody_vouches_for_is_told_nothing(
    client, settings, refused, monkeypatch, tmp_path
):
    # A list of authorities that the computer names would be looked at whatever the site asks for.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    with directory_in(settings, certificate=_certificate(tmp_path)) as directory:
        assert refused(go(client), "SSLError")
        assert directory.asked == []


def test_directory_that_does_not_answer_is_not_waited_for(client, directory, settings, refused, monkeypatch):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.1
    answer = directory.answer
    monkeypatch.setattr(directory, "answer", lambda *asked: time.sleep(0.5) or answer(*asked))

    assert refused(go(client), "ReadTimeout")


def test_directory_that_is_away_is_a_page_that_says_so(client, directory, refused):
    directory.server.server_close()

    assert refused(go(client), "ConnectionError")


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "text/html"}, b"<h1>Sign in</h1>"),
        (200, {}, b"[]"),
        (200, {}, b"7"),
        (200, {}, b"{}"),
        (200, {}, b'{"keys": 7, "access_token": 7, "id_token": {}}'),
        (200, {}, b'{"keys": [], "access_token": [], "expires_in": "soon"}'),
        (200, {"Content-Type": ""}, b"{}"),
        (204, {}, b""),
        (400, {}, b'{"error": "invalid_grant"}'),
        (401, {}, b""),
        (500, {}, b"Traceback"),
    ],
)
@pytest.mark.parametrize("path", [DESCRIPTION, "/token", "/keys"])
def test_answer_that_is_none_is_a_page_that_says_so(client, directory, refused, path, answer):
    directory.instead[path] = answer

    assert refused(go(client) if path == DESCRIPTION else come_back(client, directory), "OAuth2Error")


@pytest.mark.parametrize("answer", [b"<h1>Sign in</h1>", b"", b"\xff"])
@pytest.mark.parametrize("path", [DESCRIPTION, "/token", "/keys"])
def test_answer_that_says_it_is_json_and_is_none_is_a_page_that_says_so(client, directory, refused, path, answer):
    directory.instead[path] = 200, {}, answer

    assert refused(go(client) if path == DESCRIPTION else come_back(client, directory), "JSONDecodeError")


# --- What the browser brings


def test_nothing_that_the_browser_asks_for_changes_the_question(client, directory):
    address = reverse("openid_connect_login", args=["directory"])
    evil = "redirect_uri=https://evil.example&nonce=known&state=known&client_id=evil&response_type=token"

    away = client.post(address, query_params={"auth_params": evil, "scope": "evil", "process": "connect"})

    assert "evil" not in away.headers["Location"]
    assert "known" not in away.headers["Location"]
    assert "response_type=code" in away.headers["Location"]


@pytest.mark.parametrize("brought", [{"error": "server_error"}, {}])
def test_browser_that_brings_no_code_is_told_that_it_did_not_work(client, directory, brought):
    go(client)
    (state,) = client.session["socialaccount_states"]

    response = client.get(reverse("openid_connect_callback", args=["directory"]), {"state": state, **brought})

    assert response.status_code == 403
    assert "did not work" in response.content.decode()
    assert Entry.objects.filter(event="sign-in-failed").count() == 1


def test_code_that_another_browser_was_given_lets_nobody_in(client, directory, refused):
    directory.question["code_challenge"] = "another's"
    go(client)
    (state,) = client.session["socialaccount_states"]

    response = client.get(reverse("openid_connect_callback", args=["directory"]), {"code": "c", "state": state})

    assert refused(response, "NotBelieved")
    assert directory.asked[-1] == "/token"


def test_audit_is_not_filled_by_answers_that_nobody_asked_for(client, directory, settings, monkeypatch):
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "directory", "3/15m/ip")
    back = reverse("openid_connect_callback", args=["directory"])

    answers = [client.get(back, {"code": "c", "state": "made up"}).status_code for _ in range(5)]

    assert answers == [403] * 3 + [429] * 2
    assert Entry.objects.filter(event="sign-in-failed").count() == 3


def test_another_directory_than_the_one_named_is_not_there(client, directory):
    assert client.post(reverse("openid_connect_login", args=["another"])).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=["another"])).status_code == 404


def test_link_alone_begins_no_sign_in(client, directory):
    response = client.get(reverse("openid_connect_login", args=["directory"]))

    assert response.status_code == 405
    assert directory.asked == []


def _reasons(error):
    """The names of an error, of what it is, and of what led to it."""
    while error is not None:
        yield from (kind.__name__ for kind in type(error).__mro__)
        error = error.__cause__ or error.__context__


def _token(header, claims, signature):
    return ".".join((_part(header), _part(claims), _base64(signature)))


def _signed_alike(claims, secret):
    """Signed with a secret that both sides would have (HMAC)."""
    header = {"alg": "HS256", "kid": "first"}
    said = f"{_part(header)}.{_part(claims)}".encode()
    return _token(header, claims, hmac.new(secret, said, hashlib.sha256).digest())


def _part(content):
    return _base64(json.dumps(content).encode())


def _base64(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _certificate(folder):
    """A certificate that says of itself that it is right."""
    private = key("certificate")
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
    made = builder.not_valid_before(timezone.now()).not_valid_after(in_days(1)).sign(private, hashes.SHA256())
    file = folder / "certificate.pem"
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file
