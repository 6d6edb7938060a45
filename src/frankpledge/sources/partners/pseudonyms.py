"""Codes in place of people's codes: keyed, so that only who has the workspace's key can make or try them.

The same code in any file of a workspace gets the same pseudonym, so that a person can be counted once;
another workspace's key gives another. A reference and a person's code are told apart by what they are of.
"""

from __future__ import annotations

import hmac
import re

# 128 bits: two of a million million people would share one once in a hundred million such lists.
BYTES = 16
_PSEUDONYM = re.compile(r"p[0-9a-f]{32}")


def pseudonym(key: bytes, of: str, code: str) -> str:
    """The pseudonym of a code: HMAC-SHA256, shortened to 128 bits.

    Parameters
    ----------
    key
        The workspace's key (see `frankpledge.keys`).
    of
        What the code is of: ``reference`` or ``person``.
    code
        As the sender wrote it; capitals and spaces around it do not matter.
    """
    text = f"{of}\n{' '.join(code.split()).upper()}"
    return "p" + hmac.digest(key, text.encode(), "sha256")[:BYTES].hex()


def is_pseudonym(text: str) -> bool:
    """Whether a text is a pseudonym as `pseudonym` writes them."""
    return _PSEUDONYM.fullmatch(text) is not None
