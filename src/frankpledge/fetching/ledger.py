"""Which state of which address was fetched, so that a file that has not changed is not fetched again.

It lies beside what is on its way, and may be deleted: then files are fetched once more, and found to be held.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from frankpledge.fetching.errand import Wanted
from frankpledge.fetching.partial import Validator
from frankpledge.provenance import sync
from frankpledge.workspace import Workspace

_NAME = "fetched.json"


@dataclass(frozen=True)
class Fetched:
    """What was made of an address.

    Attributes
    ----------
    etag, modified
        The state it was in.
    hashes
        SHA-256 of the files that were kept of it.
    members
        What was wanted out of it.
    when
        When, ISO 8601.
    """

    etag: str
    modified: str
    hashes: tuple[str, ...]
    members: tuple[str, ...]
    when: str


class Ledger:
    """The addresses fetched into a workspace."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._entries = self._read()

    def _read(self) -> dict[str, Fetched]:
        try:
            written = json.loads(self._path.read_text(encoding="utf-8"))
            return {
                url: Fetched(**(one | {"hashes": tuple(one["hashes"]), "members": tuple(one["members"])}))
                for url, one in written.items()
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def state_of(self, wanted: Wanted, workspace: Workspace) -> tuple[Validator, str] | None:
        """The state in which a file was fetched, and when; None where it must be asked for anew.

        It must be when more is wanted out of it than then, or when a file made of it is no longer held.
        """
        one = self._entries.get(wanted.url)
        if one is None or not one.hashes or not set(wanted.members) <= set(one.members):
            return None
        if not all(workspace.holds(sha256) for sha256 in one.hashes):
            return None
        return Validator(one.etag, one.modified), one.when[:10]

    def write(self, wanted: Wanted, validator: Validator, hashes: list[str], when: str) -> None:
        """Put down what was made of an address."""
        self._entries[wanted.url] = Fetched(
            validator.etag, validator.modified, tuple(sorted(hashes)), tuple(sorted(wanted.members)), when
        )
        passing = self._path.with_name(f".{_NAME}")
        text = json.dumps({url: asdict(one) for url, one in self._entries.items()}, indent=2)
        passing.write_text(text + "\n", encoding="utf-8")
        sync(passing)
        passing.rename(self._path)
