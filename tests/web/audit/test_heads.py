"""Signed heads: after each commit, never backwards, and what does not agree with the database is left as it is."""

import json
import shlex
import shutil
import stat
import subprocess
from uuid import uuid4

import pytest
from django.db import transaction

from frankpledge.web.audit.actions import export_entries, replace_heads
from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.export import Form
from frankpledge.web.audit.heads import Head, begin_head, follow_head, read_head
from frankpledge.web.audit.models import ChainHead, Entry
from frankpledge.web.audit.record import record
from frankpledge.web.audit.signing import Forged, public_key_text
from frankpledge.web.audit.verify import verify
from tests.web.audit.logs import HARROW, READ, some_log, stored_heads

FILE = f"{HARROW}.json"


def test_head_is_written_after_each_commit(own_database, heads):
    for number in (1, 2, 3):
        with transaction.atomic():
            record(READ, by=Agent.COMMAND, partnership=HARROW)
            assert read_head(heads / FILE).sequence == number - 1
        assert read_head(heads / FILE) == Head(str(HARROW), number, Entry.objects.filter(chain=HARROW).last().mark)


def test_files_are_their_owners_only(own_database, heads):
    with transaction.atomic():
        some_log()

    assert stat.S_IMODE(heads.stat().st_mode) == 0o700
    assert {stat.S_IMODE((heads / f"{name}.json").stat().st_mode) for name in ("site", HARROW)} == {0o600}


@pytest.mark.django_db
def test_site_that_stopped_before_writing_leaves_the_file_behind_and_goes_on_from_there(heads):
    some_log()
    for _ in range(3):
        record(READ, by=Agent.COMMAND, partnership=HARROW)

    assert verify() == []
    assert read_head(heads / FILE).sequence == 12
    follow_head(str(HARROW))
    assert read_head(heads / FILE).sequence == 15
    assert verify() == []


@pytest.mark.django_db
def test_head_never_goes_backwards(heads):
    some_log()
    before = (heads / FILE).read_bytes()
    stored_heads().filter(chain=HARROW).update(sequence=5)

    follow_head(str(HARROW))
    begin_head(str(HARROW))

    assert (heads / FILE).read_bytes() == before


@pytest.mark.parametrize("damage", ["", "{}", "no JSON", '{"signed": "{}", "signature": "00"}', "[]", '{"signed": 1}'])
@pytest.mark.django_db
def test_forged_head_is_left_as_evidence(heads, damage, caplog):
    some_log()
    (heads / FILE).write_text(damage)
    record(READ, by=Agent.COMMAND, partnership=HARROW)

    follow_head(str(HARROW))

    assert (heads / FILE).read_text() == damage
    assert "audit verify" in caplog.text
    assert [finding.chain for finding in verify()] == [str(HARROW)]


@pytest.mark.django_db
def test_deleted_head_is_not_made_again(heads):
    some_log()
    (heads / FILE).unlink()
    record(READ, by=Agent.COMMAND, partnership=HARROW)

    follow_head(str(HARROW))

    assert not (heads / FILE).exists()
    assert "is not in" in verify()[0].words


def test_entries_after_an_older_copy_of_the_database_was_put_back_do_not_hide_it(own_database, heads):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        some_log()
        _ = 1 / 0
    # The signed head knows twelve entries, of a history that the database has no more; then thirteen others are made.
    for _ in range(13):
        with transaction.atomic():
            record(READ, by=Agent.COMMAND, partnership=HARROW)

    assert read_head(heads / FILE).sequence == 12
    assert [finding.sequence for finding in verify(str(HARROW))] == [12]


def test_head_that_cannot_be_written_is_behind_and_nobody_is_told_their_work_failed(own_database, heads, caplog):
    with transaction.atomic():
        some_log()
    lock = heads / f".{HARROW}.lock"
    lock.unlink()
    lock.mkdir()

    with transaction.atomic():
        record(READ, by=Agent.COMMAND, partnership=HARROW)

    assert "on_commit()" in caplog.text
    assert verify() == []


def test_heads_begun_anew_keep_the_earlier_ones_aside_and_say_so(own_database, heads):
    with transaction.atomic():
        some_log()
    (heads / FILE).write_text("spoilt")

    aside = replace_heads(by=Agent.COMMAND)

    assert (aside / FILE).read_text() == "spoilt"
    assert verify() == []
    assert Entry.objects.filter(chain="site").last().event == "heads-begun-anew"
    assert read_head(heads / "site.json").sequence == ChainHead.objects.get(chain="site").sequence


@pytest.mark.django_db
def test_head_of_another_chain_is_not_taken(heads):
    some_log()
    (heads / FILE).rename(heads / f"{uuid4()}.json")

    with pytest.raises(Forged):
        read_head(next(path for path in heads.glob("*-*.json") if path.name != FILE and "2222" not in path.name))


@pytest.mark.django_db
def test_anybody_with_the_public_key_can_check_a_head(heads, tmp_path):
    some_log()
    parcel = json.loads((heads / FILE).read_text())
    (tmp_path / "key.pem").write_text(public_key_text())
    (tmp_path / "text").write_text(parcel["signed"])
    (tmp_path / "signature").write_bytes(bytes.fromhex(parcel["signature"]))

    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile signature"
    checked = subprocess.run(
        shlex.split(command),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Signature Verified Successfully" in checked.stdout


@pytest.mark.django_db
def test_signed_export_is_not_taken_for_a_head(heads):
    some_log()
    lines = list(export_entries(partnership=HARROW, by=Agent.COMMAND, form=Form.JSON, chosen={}))
    (heads / FILE).write_text(json.dumps(json.loads(lines[-1])["head"]))

    with pytest.raises(Forged):
        read_head(heads / FILE)


def test_heads_are_begun_where_there_are_none(own_database, heads):
    with transaction.atomic():
        some_log()
    shutil.rmtree(heads)

    aside = replace_heads(by=Agent.COMMAND)

    assert not aside.exists()
    assert verify() == []
