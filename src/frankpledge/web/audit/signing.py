"""Signs what is kept or handed out: who has the public key, and no more, can tell that it is from this site."""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from frankpledge.web.keys.fields import keyring


class Forged(Exception):
    """It was not signed by this site, or was changed since."""


def signed(what: str, content: dict[str, Any]) -> dict[str, str]:
    """Some content as text with its signature (Ed25519, in hex), so that the very bytes are there to be checked.

    Parameters
    ----------
    what
        What it is: signed as one thing, it is not taken for another.
    """
    text = json.dumps({"what": what, **content}, separators=(",", ":"), sort_keys=True)
    return {"signed": text, "signature": _private_key().sign(text.encode()).hex()}


def open_signed(what: str, parcel: Any, key: Ed25519PublicKey) -> dict[str, Any]:
    """The content that `signed` signed.

    Raises
    ------
    Forged
        When anything of it is otherwise.
    """
    try:
        key.verify(bytes.fromhex(parcel["signature"]), parcel["signed"].encode())
    except (InvalidSignature, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Forged from error
    content: dict[str, Any] = json.loads(parcel["signed"])
    if content.pop("what") != what:
        raise Forged
    return content


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
