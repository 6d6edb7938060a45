"""Sizes of files, as people write and read them: ``3 GB``, in thousands as publishers count."""

from __future__ import annotations

import re

_UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)")


def size_of(text: str) -> int | None:
    """Bytes of a written size; None when it is not one.

    >>> size_of("1.5 MB")
    1500000
    """
    found = _SIZE.fullmatch(text.strip())
    return round(float(found[1]) * _UNITS[found[2]]) if found else None


def size_words(count: int) -> str:
    """A number of bytes as a person says it.

    >>> size_words(1_640_000_000)
    '1.6 GB'
    """
    for unit in ("GB", "MB", "KB"):
        if count >= _UNITS[unit]:
            return f"{count / _UNITS[unit]:.1f} {unit}"
    return f"{count} bytes"
