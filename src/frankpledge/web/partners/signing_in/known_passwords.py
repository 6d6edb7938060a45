"""Passwords that became known: a list of the commonest long ones of ours, and a far longer one that a host may have.

A list is a text file, one password a line in hexadecimal, sorted: its SHA-1, as “Have I Been Pwned” gives its own list
out (https://haveibeenpwned.com/Passwords), or the first part of it, as ours has. What follows a colon is not read.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterable
from pathlib import Path

COMMON = Path(__file__).with_name("known") / "common.txt"
# So much of each that two passwords in a million million look alike.
_SIGNS = 10
_SHORTEST = 8


def is_known(password: str, lists: Iterable[Path]) -> bool:
    """Whether a password is on one of some lists, as it is written or in small letters."""
    wanted = {_sha1(password), _sha1(password.casefold())}
    return any(_holds(path, one) for path in lists for one in wanted)


def shortened(passwords: Iterable[str], least: int) -> str:
    """The text of a list of those passwords that have enough signs to be let be one.

    The list here was made so, from the million commonest of SecLists: see ``known/README.md``.
    """
    found = {_sha1(one.casefold())[:_SIGNS] for one in passwords if len(one) >= least}
    return "".join(f"{one.decode()}\n" for one in sorted(found))


def is_list(path: Path) -> bool:
    """Whether a file begins as a list does, and is in order there."""
    with path.open("rb") as lines:
        first = [_sign(lines.readline()) for _ in range(100)]
    signs = [sign for sign in first if sign]
    hexadecimal = all(len(sign) >= _SHORTEST and not sign.strip(b"0123456789ABCDEF") for sign in signs)
    return bool(signs) and hexadecimal and signs == sorted(signs)


def _sha1(password: str) -> bytes:
    # Not to keep a password safe: it is how the lists name them.
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()


def _sign(line: bytes) -> bytes:
    return line.partition(b":")[0].strip().upper()


def _holds(path: Path, wanted: bytes) -> bool:
    """Look in the middle of what is left of the file, again and again: 50 GB take 36 looks."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            middle = (low + high) // 2
            begins = max(low, lines.rfind(b"\n", low, middle) + 1)
            ends = lines.find(b"\n", middle, high)
            sign = _sign(lines[begins : ends if ends >= 0 else high])
            if len(sign) >= _SHORTEST and wanted.startswith(sign):
                return True
            if sign < wanted:
                low = ends + 1 if ends >= 0 else high
            else:
                high = begins
    return False
