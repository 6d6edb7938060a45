"""Golden copies: what was written once, was looked at by a person, and must not change unseen.

To accept a change, run the tests with ``WRITE_GOLDEN=1`` and read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "golden" / "report"


def assert_golden(name, written):
    """Compare bytes with the golden copy of that name, or make it anew when asked to."""
    golden = FOLDER / name
    if os.environ.get("WRITE_GOLDEN"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(written)
    assert written.decode("utf-8") == golden.read_bytes().decode("utf-8"), f"{name} is not as it was"
