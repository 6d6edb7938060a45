"""A thousand ways to tamper with the audit, drawn with a fixed seed: each is found, and nothing else ever is."""

import random
import shutil

import pytest
from django.db import connection, transaction

from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.checking import ChainCheck
from frankpledge.web.audit.heads import follow_head
from frankpledge.web.audit.marks import marker
from frankpledge.web.audit.record import record
from frankpledge.web.audit.triggers import drop_triggers
from frankpledge.web.audit.verify import verify
from tests.web.audit.logs import HARROW, READ, some_log, stored, stored_heads
from tests.web.audit.tampering import WAYS, Tampering

pytestmark = pytest.mark.django_db
# Of each of 21 ways.
TIMES = 48


@pytest.fixture
def tampering(heads):
    """A log without the triggers that would refuse all this."""
    some_log()
    drop_triggers(connection)
    return Tampering(random.Random(7), heads)


def words(found):
    return [str(finding) for finding in found]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_tampering_is_found_and_what_was_not_tampered_with_is_not(way, tampering, heads, tmp_path):
    shutil.copytree(heads, tmp_path / "kept")
    missed = []

    for number in range(TIMES):
        tampering.draw.seed(f"{way.__name__} {number}")
        with transaction.atomic():
            way(tampering)
            missed += [] if verify() else [number]
            transaction.set_rollback(True)
        shutil.copytree(tmp_path / "kept", heads, dirs_exist_ok=True)

    assert missed == []
    assert words(verify()) == []


def test_there_are_a_thousand():
    assert len(set(WAYS)) * TIMES >= 1000


def test_site_without_any_entry_has_nothing_to_find():
    assert verify() == []


def test_changed_entry_is_named(tampering):
    stored(HARROW).filter(sequence=5).update(details='{"number":99}')

    assert words(verify()) == [f"Chain {HARROW}, entry 5: it, or the mark before it, was changed or put in."]


def test_missing_entries_are_counted(tampering):
    stored(HARROW).filter(sequence__in=(5, 6, 9)).delete()

    assert words(verify()) == [
        f"Chain {HARROW}, entry 7: entries 5 to 6 are missing before it.",
        f"Chain {HARROW}, entry 10: entry 9 is missing before it.",
    ]


def test_cut_tail_is_told_by_the_head_in_the_database_and_the_signed_one(tampering):
    stored(HARROW).filter(sequence__gt=8).delete()

    assert words(verify()) == [
        f"Chain {HARROW}, entry 8: nothing stands after it, but {source} knows 12 entries: the tail was cut."
        for source in ("the signed head in site.heads", "its head in the database")
    ]


def test_head_that_was_set_back_to_an_earlier_entry_is_found(tampering):
    earlier = stored(HARROW).get(sequence=9)
    stored_heads().filter(chain=HARROW).update(sequence=9, mark=earlier.mark)

    assert words(verify()) == [f"Chain {HARROW}, entry 12: its head in the database knows no more than 9 entries."]


def test_chain_that_vanished_with_both_heads_is_missed(tampering, heads):
    stored(HARROW).delete()
    stored_heads().filter(chain=HARROW).delete()
    (heads / f"{HARROW}.json").unlink()

    assert words(verify()) == [f"Chain {HARROW}: it was begun, and nothing of it is in the database."]


def test_one_chain_is_verified_alone(tampering):
    stored("site").filter(sequence=1).update(by="worker")

    assert verify(str(HARROW)) == []
    assert [finding.chain for finding in verify("site")] == ["site"]


def test_older_copy_of_everything_is_told_by_heads_kept_elsewhere(tampering, heads, tmp_path):
    shutil.copytree(heads, tmp_path / "older")
    record(READ, by=Agent.COMMAND, partnership=HARROW)
    follow_head(str(HARROW))
    shutil.copytree(heads, tmp_path / "elsewhere")
    stored(HARROW).filter(sequence=13).delete()
    tampering.agree(str(HARROW))
    shutil.copytree(tmp_path / "older", heads, dirs_exist_ok=True)

    assert verify(heads=tmp_path / "older") == []
    assert "the signed head in elsewhere knows 13 entries" in words(verify(heads=tmp_path / "elsewhere"))[0]


@pytest.mark.parametrize("order", [(1, 2, 2, 3), (1, 3, 2), (1, 2, 3, 1)], ids=str)
def test_rows_that_no_constraint_keeps_apart_are_found(order):
    some_log(3)
    rows = {row.sequence: row.columns | {"mark": row.mark} for row in stored(HARROW)}

    found = list(ChainCheck(str(HARROW), [], marker()).findings(rows[number] for number in order))

    assert found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL stores nothing of another type")
@pytest.mark.parametrize(
    "change",
    [
        "audit_entry SET sequence = 'seven' WHERE sequence = 7",
        "audit_entry SET sequence = 7.5 WHERE sequence = 7",
        "audit_entry SET sequence = x'07' WHERE sequence = 7",
        "audit_entry SET details = x'ff' WHERE sequence = 7",
        "audit_entry SET details = CAST(x'ff' AS TEXT) WHERE sequence = 7",
        "audit_entry SET at = 'yesterday' WHERE sequence = 7",
        "audit_entry SET at = '2026-13-45 00:00:00' WHERE sequence = 7",
        "audit_entry SET at = 7 WHERE sequence = 7",
        "audit_entry SET id = 'Ann' WHERE sequence = 7",
        "audit_entry SET id = 7.5 WHERE sequence = 7",
        "audit_entry SET mark = x'00' WHERE sequence = 7",
        "audit_entry SET chain = x'00' WHERE sequence = 7",
        "audit_entry SET chain = CAST(x'002f' AS TEXT) WHERE sequence = 7",
        "audit_entry SET on_id = CAST(x'ff' AS TEXT) WHERE chain = 'site'",
        "audit_chainhead SET sequence = 'seven'",
        "audit_chainhead SET mark = x'ff'",
        "audit_chainhead SET chain = x'ff' WHERE chain = 'site'",
    ],
)
def test_what_is_of_another_type_is_found_and_ends_nothing(tampering, change):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {change}")

    assert verify()
