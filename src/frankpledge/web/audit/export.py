"""Entries as lines of JSON or CSV. The last line, which is signed, says how many, their hash, and the chain's head.

So whoever has the public key can tell that an export is whole and as the site made it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from frankpledge.web.audit.heads import Head
from frankpledge.web.audit.models import Entry
from frankpledge.web.audit.signing import Forged, open_signed, signed

_COLUMNS = ("sequence", "at", "event", "words", "by", "seat", "on_kind", "on_id", "details", "where", "mark")
_HEAD, _WHAT = "head", "audit export"
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Form(StrEnum):
    """What an export looks like."""

    JSON = "json"  # a line for each entry
    CSV = "csv"


def export_lines(entries: Iterable[Entry], head: Head, form: Form) -> Iterator[str]:
    """The lines of an export, each with its end."""
    sha256, lines = hashlib.sha256(), 0
    for line in _body(entries, form):
        sha256.update(line.encode())
        lines += 1
        yield line
    count = lines - (form is Form.CSV)
    seal = signed(_WHAT, asdict(head) | {"entries": count, "sha256": sha256.hexdigest()})
    yield _json({_HEAD: seal}) if form is Form.JSON else _csv([_HEAD, *seal.values()])


def _body(entries: Iterable[Entry], form: Form) -> Iterator[str]:
    if form is Form.CSV:
        yield _csv(_COLUMNS)
    for entry in entries:
        yield _json(_row(entry)) if form is Form.JSON else _csv(_safe(_row(entry).values()))


def check_export(text: str, key: Ed25519PublicKey) -> dict[str, Any]:
    """What the last line of an export says: chain, sequence and mark of the head, entries, sha256.

    Raises
    ------
    Forged
        When the export is not whole, or not as the site of this key made it.
    """
    begin = text.rfind("\n", 0, -1) + 1
    content = open_signed(_WHAT, _seal_of(text[begin:]), key)
    if content.get("sha256") != hashlib.sha256(text[:begin].encode()).hexdigest():
        raise Forged
    return content


def _seal_of(line: str) -> Any:
    try:
        return json.loads(line)[_HEAD]
    except (ValueError, TypeError, KeyError):
        cells = next(csv.reader([line]), [])
        return dict(zip(("signed", "signature"), cells[1:], strict=False))


def _row(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COLUMNS} | {"at": entry.at.isoformat()}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False) + "\n"


def _csv(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()


def _safe(cells: Iterable[Any]) -> list[str]:
    return [f"'{text}" if text.startswith(_FORMULA) else text for text in map(str, cells)]
