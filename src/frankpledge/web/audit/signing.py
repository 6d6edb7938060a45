"""Signs what is kept or handed out, so that somebody who has only the public key can tell whether it is from this site."""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from frankpledge.web.keys.fields import keyring


class Forged(Exception):
    """It was not signed by this site, or was changed since."""


def signed(content: dict[str, Any]) -> dict[str, str]:
    """Some content as text with its signature (Ed25519, in hex), so that the very bytes are there to be checked."""
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    return {"signed": text, "signature": _private_key().sign(text.encode()).hex()}


def open_signed(parcel: Any, key: Ed25519PublicKey) -> dict[str, Any]:
    """The content that `signed` signed.

    Raises
    ------
    Forged
        When anything of it is otherwise.
    """
    try:
        key.verify(bytes.fromhex(parcel["signature"]), parcel["signed"].encode())
        return json.loads(parcel["signed"])
    except (InvalidSignature, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Forged from error


def public_key() -> Ed25519PublicKey:
    """The key that checks what this site signed."""
    return _private_key().public_key()


def public_key_text() -> str:
    """The same, as others are given it (PEM)."""
    return public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def read_public_key(text: str) -> Ed25519PublicKey:
    """The key from its text.

    Raises
    ------
    ValueError
        When it is none of this kind.
    """
    key = load_pem_public_key(text.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(keyring().secret("heads")))
