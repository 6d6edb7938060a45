"""Recording: together with what was done or not at all, and nobody's words."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from frankpledge.web.audit.actors import Agent, Subject
from frankpledge.web.audit.events import CHAIN_BEGUN, Event, all_events, event
from frankpledge.web.audit.models import ChainHead, Entry, Unchangeable
from frankpledge.web.audit.record import record
from frankpledge.web.audit.verify import verify
from frankpledge.web.audit.where import remember_where

LOOKED = Event("test-looked", "looked at something", is_sensitive_read=True)
PARTNERSHIP = UUID("11111111-1111-4111-8111-111111111111")


def numbers(partnership=PARTNERSHIP):
    return list(Entry.objects.filter(chain=str(partnership)).values_list("sequence", flat=True))


@pytest.mark.django_db
def test_entry_says_who_what_on_what_and_from_which_seat():
    person, seat, thing = uuid4(), uuid4(), Subject("test.thing", "7")

    record(LOOKED, by=person, partnership=PARTNERSHIP, seat=seat, on=thing, role="member", pages=3)

    entry = Entry.objects.get(chain=str(PARTNERSHIP))
    assert (entry.by, entry.seat, entry.subject) == (str(person), str(seat), thing)
    assert entry.detail == {"role": "member", "pages": 3}
    assert (entry.sequence, entry.words, entry.where) == (1, "looked at something", "")
    assert str(entry) == f"{PARTNERSHIP} 1: {person} looked at something"
    assert str(ChainHead.objects.get(chain=PARTNERSHIP)) == f"{PARTNERSHIP} 1"


@pytest.mark.django_db
def test_entry_on_a_record_names_its_kind_and_key():
    record(LOOKED, by=Agent.NOBODY, partnership=None)
    head = ChainHead.objects.get()

    entry = record(LOOKED, by=Agent.NOBODY, partnership=None, on=head)

    assert entry.subject == Subject("audit.chainhead", "site")


@pytest.mark.django_db
def test_chain_of_a_partnership_is_said_to_be_begun_in_that_of_the_site():
    record(LOOKED, by=Agent.WORKER, partnership=PARTNERSHIP)
    record(LOOKED, by=Agent.WORKER, partnership=PARTNERSHIP)

    site = Entry.objects.get(chain="site")
    assert (site.event, site.on_id) == (CHAIN_BEGUN.slug, str(PARTNERSHIP))
    assert numbers() == [1, 2]


@pytest.mark.django_db
def test_address_is_sealed_and_opens(rf):
    def view(request):
        return record(LOOKED, by=Agent.NOBODY, partnership=None)

    entry = remember_where(view)(rf.get("/", REMOTE_ADDR="192.0.2.7"))
    after = record(LOOKED, by=Agent.NOBODY, partnership=None)

    stored = Entry.objects.get(id=entry.id)
    assert stored.where == "192.0.2.7"
    assert "192.0.2.7" not in stored.address
    assert after.where == ""


@pytest.mark.django_db
def test_address_sealed_with_another_secret_reads_as_unreadable():
    entry = Entry(address="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

    assert entry.where == "[unreadable]"


@pytest.mark.parametrize(
    "detail",
    [
        "Ann Example",
        "Smith",
        "ann@example.org",
        "a" * 65,
        "Ann\tExample",
        "12 High Street",
        pytest.param(object(), id="an object"),
        None,
        b"x",
        {"a": 1},
    ],
    ids=repr,
)
@pytest.mark.django_db
def test_detail_that_could_hold_a_name_is_refused_without_being_said(detail):
    with pytest.raises(ValueError, match="detail “words” is no identifier") as caught:
        record(LOOKED, by=Agent.COMMAND, partnership=None, words=detail)

    assert str(detail) not in str(caught.value)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("detail", "kept"),
    [
        ("signing_in:password", "signing_in:password"),
        ("E09000015", "E09000015"),
        ("2018-Q1", "2018-Q1"),
        ("", ""),
        (Agent.WORKER, "worker"),
        (PARTNERSHIP, str(PARTNERSHIP)),
        (7, 7),
        (True, True),
        (date(2026, 11, 29), "2026-11-29"),
        (datetime(2026, 11, 29, 12, tzinfo=UTC), "2026-11-29T12:00:00+00:00"),
        (["name", "colour"], ["name", "colour"]),
    ],
    ids=repr,
)
@pytest.mark.django_db
def test_detail_that_names_nobody_is_kept(detail, kept):
    assert record(LOOKED, by=Agent.COMMAND, partnership=None, it=detail).detail == {"it": kept}


def test_event_of_a_slug_is_found_and_declared_once():
    assert event("test-looked") is LOOKED
    assert event("never-declared") is None
    assert LOOKED in all_events()
    with pytest.raises(AssertionError, match="already"):
        Event("test-looked", "looked again")


@pytest.mark.parametrize("slug", ["", "Two Words", "trailing-", "a" * 61])
def test_event_without_a_slug_is_refused(slug):
    with pytest.raises(AssertionError, match="is no slug"):
        Event(slug, "did something")


@pytest.mark.django_db
def test_entry_of_an_event_that_is_declared_no_more_shows_its_slug():
    assert Entry(event="once-upon-a-time").words == "once-upon-a-time"


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.update(by="worker"),
        lambda entry: Entry.objects.bulk_update([entry], ["by"]),
        lambda entry: Entry.objects.update_or_create(id=entry.id, defaults={"by": "worker"}),
        lambda entry: Entry._base_manager.filter(id=entry.id).update(by="worker"),
        lambda entry: ChainHead.objects.get().delete(),
        lambda entry: ChainHead.objects.all().delete(),
    ],
)
@pytest.mark.django_db
def test_models_refuse_to_change_or_take_away(change):
    entry = record(LOOKED, by=Agent.COMMAND, partnership=None)

    with pytest.raises(Unchangeable):
        change(entry)


def test_record_outside_a_transaction_is_refused(own_database):
    with pytest.raises(AssertionError, match="transaction.atomic"):
        record(LOOKED, by=Agent.COMMAND, partnership=None)


def test_rolled_back_transaction_leaves_no_entry_and_no_gap(own_database):
    with transaction.atomic():
        record(LOOKED, by=Agent.COMMAND, partnership=PARTNERSHIP)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(LOOKED, by=Agent.COMMAND, partnership=PARTNERSHIP)
        _ = 1 / 0
    with transaction.atomic():
        record(LOOKED, by=Agent.COMMAND, partnership=PARTNERSHIP)

    assert numbers() == [1, 2]
    assert verify() == []


def test_chain_whose_first_transaction_is_rolled_back_is_no_chain(own_database):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(LOOKED, by=Agent.COMMAND, partnership=PARTNERSHIP)
        _ = 1 / 0

    assert verify() == []
    with transaction.atomic():
        record(LOOKED, by=Agent.COMMAND, partnership=PARTNERSHIP)
    assert numbers() == [1]
    assert verify() == []


def test_eight_threads_append_without_gaps_while_it_is_verified(own_database):
    partnerships, started = [uuid4(), uuid4()], threading.Barrier(8)

    def append(thread):
        started.wait()
        try:
            for number in range(12):
                try:
                    with transaction.atomic():
                        for partnership in partnerships:
                            record(LOOKED, by=Agent.WORKER, partnership=partnership, thread=thread, number=number)
                        if number % 4 == 3:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(append, thread) for thread in range(8)]
        found = verify()
        while not all(one.done() for one in running):
            found += verify()
        assert [one.result() for one in running] == [None] * 8

    assert found == []
    assert verify() == []
    assert [numbers(one) for one in partnerships] == [list(range(1, 73))] * 2
