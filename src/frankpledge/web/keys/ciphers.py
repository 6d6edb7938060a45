"""Sealing bytes with a key: AES-256-GCM, and each sealed thing bound to the place where it stands."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Gone(Exception):
    """The key that sealed this was destroyed: nobody can open it again."""


class Tampered(Exception):
    """What is sealed was changed, moved to another row or column, or sealed with another key."""


def encrypt(cipher: AESGCM, content: bytes, place: bytes) -> bytes:
    """Seal some bytes for one place."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, content, place)


def decrypt(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    """Open what `encrypt` sealed for a place.

    Raises
    ------
    Tampered
        When it was changed, cut off, or sealed with another key or for another place.
    """
    try:
        return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
    except (InvalidTag, ValueError) as error:
        raise Tampered(f"What stands at {place.decode()} is not what was sealed there.") from error
