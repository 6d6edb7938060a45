"""Text that a spreadsheet program must not take for a formula.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run by some programs when
the file is opened, whoever wrote it. An apostrophe in front stops that. Numbers are left as they are: a
change printed as ``+12`` can do nothing.
"""

from __future__ import annotations

import re
from typing import TypeVar

T = TypeVar("T")

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_SIGNED_NUMBER = re.compile(r"[+-][\d,]+(\.\d+)?%?")


def safe_text(cell: T) -> T | str:
    """The cell, with an apostrophe in front where its text might be taken for a formula.

    >>> safe_text("=1+1"), safe_text("+4.2%"), safe_text(-3)
    ("'=1+1", '+4.2%', -3)
    """
    if isinstance(cell, str) and cell.startswith(_RISKY) and not _SIGNED_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
