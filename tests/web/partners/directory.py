"""A council's directory of the tests' own, on this computer and spoken to as any other; it lies when told to."""

import base64
import hashlib
import json
import ssl
import threading
import time
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.urls import reverse
from jwt.algorithms import get_default_algorithms

CLIENT = "frankpledge"


@cache
def key(name, algorithm="RS256", bits=2048):
    """A private key; the same for the same name."""
    if algorithm.startswith("ES"):
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, bits)


class Directory:
    """A directory that vouches for whomever `claims` names.

    What a test changes to have it lie: `described` in its description of itself, `published` and `sign` about its keys,
    and `instead`, with the status, headers and body that it answers at a path.
    """

    def __init__(self, certificate=None):
        self.claims, self.described, self.instead = {}, {}, {}
        self.published = {"first": ("RS256", key("first"))}
        self.sign = self.signed
        # What the browser brought along from the site, and the paths that the site asked for.
        self.question, self.asked = {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        # Whoever is tired of waiting hangs up: that is what some of the tests are about.
        self.server.handle_error = lambda request, address: None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.address = f"http{'s' if certificate else ''}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def signed(self, claims, kid=None, by=None, headers=None):
        """A token, as its newest key signs it, or another."""
        newest = list(self.published)[-1]
        algorithm, private = by or self.published[newest]
        return jwt.encode(claims, private, algorithm, headers={"kid": kid or newest, **(headers or {})})

    def answer(self, path, form):
        """Status, headers and body of what it says at a path."""
        if path in self.instead:
            return self.instead[path]
        says = {
            "/.well-known/openid-configuration": self._description,
            "/keys": lambda: {"keys": [_public(kid, *made) for kid, made in self.published.items()]},
            "/userinfo": lambda: self.claims,
        }
        if path == "/token" and _challenge(form) != self.question["code_challenge"]:
            return 400, {}, {"error": "invalid_grant"}
        return 200, {}, says.get(path, self._tokens)()

    def _description(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorise",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            **self.described,
        }

    def _tokens(self):
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.question.get("nonce"),
            **self.claims,
        }
        token = self.sign({name: value for name, value in claims.items() if value is not None})
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}


@contextmanager
def directory_in(settings, **options):
    """A directory that the settings name."""
    made = Directory(**options)
    settings.DIRECTORY_NAME = "Example Council"
    app = {
        "provider_id": "directory",
        "name": "Example Council",
        "client_id": CLIENT,
        "secret": "a word between the two",
        "settings": {"server_url": made.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield made
    made.server.shutdown()
    made.server.server_close()


def go(client):
    """Ask to sign in with the directory."""
    return client.post(reverse("openid_connect_login", args=["directory"]))


def come_back(client, directory, **claims):
    """Go to the directory and come back with what it says; what is None it does not say."""
    directory.claims = {"sub": "1234", "email": "ann@example.org", "email_verified": True, "name": "Ann D.", **claims}
    away = go(client).headers["Location"]
    assert away.startswith(directory.address)
    directory.question = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
    assert directory.question["code_challenge_method"] == "S256"
    back = reverse("openid_connect_callback", args=["directory"])
    return client.get(back, {"code": "c", "state": directory.question["state"]})


def is_in(client):
    """Whether somebody is signed in."""
    return client.get(reverse("account")).headers["Location"] == reverse("second_factor")


def _answering(directory):
    class Answering(BaseHTTPRequestHandler):
        def log_message(self, *said):
            pass

        def do_GET(self):
            self._answer({})

        def do_POST(self):
            self._answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _answer(self, form):
            path = urlsplit(self.path).path
            directory.asked.append(path)
            status, headers, content = directory.answer(path, form)
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            told = {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Answering


def _challenge(form):
    """What a verifier must have been asked with (RFC 7636, S256)."""
    digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _public(kid, algorithm, private):
    described = get_default_algorithms()[algorithm].to_jwk(private.public_key(), as_dict=True)
    return described | {"kid": kid, "use": "sig", "alg": algorithm}
