"""Under which key the cache keeps a thing: those who count wrong tries put network addresses into theirs."""

from __future__ import annotations

from frankpledge.web.keys.fields import keyring


def stored_cache_key(key: str, prefix: str, version: int) -> str:
    """A keyed hash, which tells nothing of what it is made of."""
    return keyring().index("cache", f"{prefix}:{version}:{key}")
