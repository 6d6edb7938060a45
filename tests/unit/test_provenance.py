"""What is kept beside every file."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frankpledge.provenance import RawFile, now, read_record, record_path, sha256_of


def test_record_reads_back_as_it_was_saved(tmp_path):
    path = tmp_path / "abc-é “quoted”.csv"
    path.write_bytes(b"x")
    file = RawFile(path, "é “quoted”.csv", "mps-borough", "abc", 1, now(), "The publisher", "mps-borough", "a licence")

    file.save()

    assert read_record(record_path(path)) == file


def test_record_follows_a_folder_that_is_moved(tmp_path):
    (tmp_path / "one").mkdir()
    path = tmp_path / "one" / "abc-a.csv"
    RawFile(path, "a.csv", "s", "abc", 1, now(), "p", "d", "l").save()

    (tmp_path / "one").rename(tmp_path / "two")

    moved = tmp_path / "two" / "abc-a.csv"
    assert read_record(record_path(moved)).path == moved
    assert str(tmp_path) not in json.dumps(json.loads(record_path(moved).read_text()))


def test_record_cut_short_while_written_is_no_record(tmp_path, monkeypatch):
    file = RawFile(tmp_path / "abc-a.csv", "a.csv", "s", "abc", 1, now(), "p", "d", "l")

    def half(path, text, **_):
        path.write_bytes(text.encode()[:20])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as cut, pytest.raises(OSError, match="No space"):
        cut.setattr(Path, "write_text", half)
        file.save()
    assert not record_path(file.path).exists()

    file.save()

    assert read_record(record_path(file.path)) == file
    assert [path.name for path in tmp_path.iterdir()] == ["abc-a.csv.provenance.json"]


def test_hash_is_of_the_bytes_however_many(tmp_path):
    path = tmp_path / "large"
    content = b"0123456789" * 300_000
    path.write_bytes(content)

    assert sha256_of(path) == hashlib.sha256(content).hexdigest()


def test_moments_are_in_universal_time_and_in_order():
    moments = [now() for _ in range(50)]

    assert datetime.fromisoformat(moments[0]).tzinfo == UTC
    assert moments == sorted(moments)
    assert len(set(moments)) > 1
