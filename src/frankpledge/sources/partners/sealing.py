"""Sealed files: tables of records about people, encrypted on the disk and opened in memory only.

AES-256-GCM in pieces, each numbered and the last one marked, so that a piece changed, moved, left out or cut
off is noticed; and bound to the hash of the file as it was given, so that no sealed file can stand in for
another. Every file has a key of its own, used once. Within the seal is an Arrow stream.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frankpledge.errors import SourceError

_MARK = b"frankpledge sealed 1\n"
_PIECE = 1 << 20
_TAG = 16


def seal(path: Path, key: bytes, sha256: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """Write a table, sealed.

    Parameters
    ----------
    key
        32 bytes, used for this file only.
    sha256
        Of the file as it was given, to which the seal is bound.
    """
    with path.open("wb") as file, _Sealing(file, key, sha256) as sealing:
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.ipc.new_stream(pa.PythonFile(sealing, "w"), schema, options=options) as stream:
            for batch in batches:
                stream.write_batch(batch)


@contextmanager
def unsealed(path: Path, key: bytes, sha256: str) -> Iterator[tuple[pa.Schema, Iterator[pa.RecordBatch]]]:
    """The schema and batches of a sealed table, opened piece by piece in memory.

    Raises
    ------
    SourceError
        When it has been changed, or the key is another's.
    """
    try:
        with path.open("rb") as file:
            stream = pa.ipc.open_stream(pa.PythonFile(_Unsealing(file, key, sha256), "r"))
            yield stream.schema, iter(stream)
    except (InvalidTag, pa.ArrowException) as error:
        raise SourceError(
            f"{path.name} cannot be opened: it is not as it was sealed, or the key folder is another's.",
            "Put back the right key folder; else destroy this file, and add the sender's again.",
        ) from error


def _nonce(number: int, last: bool) -> bytes:
    # The key is this file's alone, so that a number is used once.
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class _Sealing(io.RawIOBase):
    """What is written to it goes to a file, sealed."""

    def __init__(self, file: IO[bytes], key: bytes, sha256: str) -> None:
        super().__init__()
        self._file, self._cipher, self._bound = file, AESGCM(key), bytes.fromhex(sha256)
        self._waiting, self._number = bytearray(), 0
        file.write(_MARK)

    def writable(self) -> bool:
        return True

    def write(self, part: bytes) -> int:  # type: ignore[override]
        self._waiting += part
        while len(self._waiting) > _PIECE:
            self._put(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        return len(part)

    def _put(self, piece: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._bound))
        self._number += 1

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        # One cut short has no last piece, and is never taken for a whole one.
        if error is None:
            self._put(bytes(self._waiting), last=True)
        self._waiting.clear()
        self.close()


class _Unsealing(io.RawIOBase):
    """Reads a sealed file as what was written."""

    def __init__(self, file: IO[bytes], key: bytes, sha256: str) -> None:
        super().__init__()
        self._file, self._cipher, self._bound = file, AESGCM(key), bytes.fromhex(sha256)
        self._plain, self._number, self._ended = bytearray(), 0, False
        if file.read(len(_MARK)) != _MARK:
            raise InvalidTag
        self._next = file.read(_PIECE + _TAG)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._plain) < size):
            piece, self._next = self._next, self._file.read(_PIECE + _TAG)
            self._ended = not self._next
            self._plain += self._cipher.decrypt(_nonce(self._number, self._ended), piece, self._bound)
            self._number += 1
        wanted = len(self._plain) if size < 0 else size
        part = bytes(self._plain[:wanted])
        del self._plain[:wanted]
        return part
