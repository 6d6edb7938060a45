"""A passkey made of software: it answers as a browser with a real one does, and lies where a test tells it to."""

import base64
import json
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40
_HOST = "testserver"


class Passkey:
    """A passkey of somebody, already added to their account."""

    def __init__(self, who):
        self.who = who
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = sha256(str(who.id).encode()).digest()[:16]
        data = AttestedCredentialData.create(bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key()))
        seen = AuthenticatorData.create(_rp(), _PRESENT | _VERIFIED | _ATTESTED, 0, data)
        made = CollectedClientData.create("webauthn.create", b"c" * 32, f"https://{_HOST}")
        attested = AttestationObject.create("none", seen, {})
        self.added = WebAuthn.add(
            who, "a passkey", self._said({"clientDataJSON": made, "attestationObject": bytes(attested)})
        )

    def answer(self, challenge, *, verified=True, whose=None):
        """What a browser sends for a challenge of the site's."""
        asked = CollectedClientData.create("webauthn.get", challenge, f"https://{_HOST}")
        seen = AuthenticatorData.create(_rp(), _PRESENT | (_VERIFIED if verified else 0), 1)
        signature = self.key.sign(bytes(seen) + sha256(asked).digest(), ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(whose or self.who).encode()
        parts = {"clientDataJSON": asked, "authenticatorData": bytes(seen), "signature": signature}
        return json.dumps(self._said(parts | {"userHandle": handle}))

    def _said(self, response):
        response = {name: _text(content) for name, content in response.items()}
        name = _text(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def challenge_for(client):
    """What the site asks a browser to sign that wants to sign in."""
    asked = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}).json()
    text = asked["request_options"]["publicKey"]["challenge"]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _rp():
    return sha256(_HOST.encode()).digest()


def _text(content):
    return base64.urlsafe_b64encode(bytes(content)).rstrip(b"=").decode()
