"""Keys are replaced while others write: no text becomes unreadable."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from frankpledge.web.audit.actors import Agent
from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.models import Version
from frankpledge.web.operation.actions import replace_key
from frankpledge.web.partners.models import Person
from tests.web.keys.lives import life_of, settle, work
from tests.web.making import partnership, seat_of


@pytest.mark.usefixtures("own_database")
def test_key_is_replaced_again_and_again_while_others_write(site):
    here = partnership()
    people = [life_of(seat_of(here)) for _ in range(3)]
    ended = Event()

    def write(who):
        times = 0
        try:
            while not ended.is_set():
                times += 1
                one = Person.objects.get(id=who.id)
                one.name = f"{who.name} {times}"
                with transaction.atomic():
                    one.save()
                assert Person.objects.get(id=who.id).name == one.name
        finally:
            connections.close_all()
        return times

    with ThreadPoolExecutor(3) as threads:
        writers = [threads.submit(write, who) for who in people]
        try:
            for _ in range(4):
                for who in people:
                    replace_key(owner=who.id, by=Agent.COMMAND)
                work()
                for who in people:
                    settle(who.id)
                # What was being written when the new keys came is there by now.
                time.sleep(0.05)
                work()
                work()
        finally:
            ended.set()
    times = [writer.result() for writer in writers]

    assert min(times) > 3
    for who, last in zip(people, times, strict=True):
        assert keyring().stored.versions(who.id)[-1] == 5
        assert Person.objects.get(id=who.id).name == f"{who.name} {last}"
        assert [one.was["name"] for one in Version.objects.filter(owner=who.id)] == ["Ann Former"]
