"""New keys for old: nothing becomes unreadable, the earlier one is gone, and the power may be cut anywhere."""

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Event
from uuid import uuid4

import pytest

from frankpledge.errors import WorkspaceError
from frankpledge.web.keys.keyring import Gone, Keyring, Tampered
from frankpledge.web.keys.replacing import (
    REPLACEABLE,
    begin_replacing,
    being_replaced,
    finish_replacing,
    has_settled,
    replace_master,
    seal_keys_anew,
)
from tests.web.keys.conftest import Crash


class Family:
    """A partnership, subjects of it and a person, each with a text."""

    def __init__(self, ring):
        self.ring = ring
        self.partnership, self.subjects, self.person = uuid4(), [uuid4(), uuid4()], uuid4()
        ring.make(self.partnership)
        ring.make(self.person)
        for subject in self.subjects:
            ring.make(subject, under=self.partnership)
        self.texts = {}
        self.write()

    def write(self):
        """Seal a text of each anew."""
        self.texts = {
            owner: self.ring.seal(owner, "x", "p") for owner in (self.partnership, self.person, *self.subjects)
        }

    def check_can_be_read(self):
        """Every text opens, for a program that begins now and for one that had opened them before."""
        for ring in (Keyring(self.ring.folder), self.ring):
            assert [ring.open(owner, text, "p") for owner, text in self.texts.items()] == ["x"] * len(self.texts)


@pytest.fixture
def family(ring):
    return Family(ring)


def replace_whole(family):
    """A partnership's key, from beginning to end."""
    begin_replacing(family.ring, family.partnership)
    seal_keys_anew(family.ring, [family.partnership])
    family.write()
    finish_replacing(family.ring, family.partnership)


def nothing_is_half_made(ring):
    """No key lies there that has no name; a note that a key is being replaced is none."""
    left = ring.folder.folder.rglob(".*.key.*")
    return [path for path in left if path.parent.name != "replacing"] == []


def cut_everywhere(ring, cut_at, work, check):
    """Do some work from one beginning with the power cut at its first moment, its second …, and then again without.

    What is to hold is checked at once, and again after the second time.
    """
    begun = ring.folder.folder.with_name("begun")
    shutil.copytree(ring.folder.folder, begun)
    for moment in count(1):
        shutil.rmtree(ring.folder.folder)
        shutil.copytree(begun, ring.folder.folder)
        cut_at(moment)
        try:
            work()
        except Crash:
            cut_at(None)
            check()
            work()
            check()
            assert nothing_is_half_made(ring)
        else:
            return moment - 1


# The master


def test_new_master_opens_all_and_the_earlier_one_is_gone(ring, family):
    replace_master(ring)

    family.check_can_be_read()
    assert ring.folder.names("site/master") == ["site/master/2"]


def test_master_is_replaced_wherever_the_power_was_cut(ring, family, cut_at):
    moments = cut_everywhere(ring, cut_at, lambda: replace_master(ring), family.check_can_be_read)

    assert moments == 9
    assert len(ring.folder.names("site/master")) == 1
    assert ring.make_site() is False


def test_key_made_while_the_master_is_replaced_opens(ring):
    def make():
        own, made = Keyring(ring.folder), []
        for _ in range(25):
            made.append(uuid4())
            own.make(made[-1])
        return [(owner, own.seal(owner, "x", "p")) for owner in made]

    with ThreadPoolExecutor(2) as threads:
        makers = [threads.submit(make) for _ in range(2)]
        times = 0
        while not all(maker.done() for maker in makers):
            replace_master(ring)
            times += 1

    made = [one for maker in makers for one in maker.result()]
    assert times > 0
    assert len(made) == 50
    assert all(Keyring(ring.folder).open(owner, text, "p") == "x" for owner, text in made)


def test_text_is_read_while_the_master_is_replaced(ring, family):
    ended = Event()

    def read():
        times = 0
        while not ended.is_set():
            family.check_can_be_read()
            times += 1
        return times

    with ThreadPoolExecutor(1) as threads:
        reader = threads.submit(read)
        for _ in range(15):
            replace_master(ring)
        ended.set()

    assert reader.result() > 5


def test_master_is_not_replaced_where_a_key_does_not_open(ring, family):
    path = next(ring.folder.folder.rglob(f"{family.person}/1.key"))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")

    with pytest.raises(WorkspaceError, match="does not open"):
        replace_master(ring)

    assert Keyring(ring.folder).open(family.partnership, family.texts[family.partnership], "p") == "x"


# Keys of owners


def test_new_key_seals_and_the_earlier_one_still_opens(ring, family):
    begin_replacing(ring, family.partnership)

    family.check_can_be_read()
    assert ring.seal(family.partnership, "after", "p").startswith("2.")
    assert being_replaced(ring) == [family.partnership]


def test_earlier_key_opens_nothing_once_it_is_destroyed_and_subjects_outlive_it(ring, family):
    before = family.texts[family.partnership]

    replace_whole(family)

    family.check_can_be_read()
    assert ring.stored.versions(family.partnership) == [2]
    assert being_replaced(ring) == []
    with pytest.raises(Gone):
        ring.open(family.partnership, before, "p")


def test_key_is_replaced_wherever_the_power_was_cut(ring, family, cut_at):
    begun = dict(family.texts)

    def replace():
        family.texts = dict(begun)
        if ring.version(family.partnership) == 2 and not being_replaced(ring):
            # The power was cut after all was done.
            family.write()
        else:
            replace_whole(family)

    moments = cut_everywhere(ring, cut_at, replace, family.check_can_be_read)

    assert moments >= 12
    assert ring.stored.versions(family.partnership) == [2]
    assert being_replaced(ring) == []


def test_key_that_is_being_replaced_is_not_replaced_twice(ring, family):
    begin_replacing(ring, family.partnership)
    begin_replacing(ring, family.partnership)

    assert ring.stored.versions(family.partnership) == [1, 2]


def test_destroyed_key_is_not_replaced(ring, family):
    ring.destroy(family.person)

    with pytest.raises(Gone):
        begin_replacing(ring, family.person)

    assert ring.version(family.person) == 0


def test_key_destroyed_while_it_is_replaced_stays_so(ring, family):
    begin_replacing(ring, family.partnership)
    ring.destroy(family.partnership)

    seal_keys_anew(ring, being_replaced(ring))
    finish_replacing(ring, family.partnership)

    assert ring.version(family.partnership) == 0
    assert being_replaced(ring) == []


def test_new_key_has_settled_after_a_while(ring, family):
    begin_replacing(ring, family.partnership)
    note = ring.folder.folder / "site" / "replacing" / f"{family.partnership}.key"

    assert not has_settled(ring, family.partnership)
    os.utime(note, (time.time() - 3601,) * 2)
    assert has_settled(ring, family.partnership)
    assert not has_settled(ring, family.partnership, after=timedelta(hours=2))


# Secrets of the site


def test_what_earlier_secrets_sealed_for_the_site_still_opens(ring):
    sealed = []
    for _ in range(4):
        sealed.append(ring.seal_for_site(b"x", "u"))
        ring.replace_secret("sessions")

    assert [ring.open_for_site(one, "u") for one in sealed] == [b"x"] * 4
    with pytest.raises(Tampered):
        ring.open_for_site(sealed[0], "other")


def test_one_earlier_secret_of_djangos_is_accepted_and_none_of_the_metrics(ring):
    first, metrics = ring.secret("django"), ring.secret("metrics")
    ring.replace_secret("django")
    second = ring.secret("django")
    assert ring.earlier_secrets("django") == [first]

    for name in ("django", "metrics"):
        ring.replace_secret(name)

    assert ring.earlier_secrets("django") == [second]
    assert ring.earlier_secrets("metrics") == []
    on_the_disk = [path.read_bytes().hex() for path in ring.folder.folder.rglob("*.key")]
    assert first not in on_the_disk
    assert metrics not in on_the_disk


@pytest.mark.parametrize("name", REPLACEABLE)
def test_secret_is_replaced_wherever_the_power_was_cut(ring, cut_at, name):
    before, sealed = ring.secret(name), ring.seal_for_site(b"x", "u")

    def check():
        assert ring.open_for_site(sealed, "u") == b"x"

    moments = cut_everywhere(ring, cut_at, lambda: ring.replace_secret(name), check)

    assert moments >= 4
    assert ring.secret(name) != before
