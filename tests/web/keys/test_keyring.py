"""Keys: what one seals nobody else opens, and what is destroyed is gone."""

from uuid import uuid4

import pytest

from frankpledge.errors import WorkspaceError
from frankpledge.keys import KeyFolder
from frankpledge.web.keys.keyring import SECRETS, Gone, Keyring, Tampered


@pytest.fixture
def ring(tmp_path):
    made = Keyring(KeyFolder(tmp_path / "site.keys"))
    made.make_site()
    return made


def family(ring):
    """A partnership and a subject of it, each with a key."""
    partnership, subject = uuid4(), uuid4()
    ring.make(partnership)
    ring.make(subject, under=partnership)
    return partnership, subject


def test_site_is_made_once_and_nothing_is_replaced(ring):
    before = {name: ring.secret(name) for name in SECRETS}

    assert ring.make_site() is False
    assert {name: ring.secret(name) for name in SECRETS} == before
    assert len(set(before.values())) == len(SECRETS)


def test_sealed_text_opens_at_its_place_only(ring):
    _, subject = family(ring)
    sealed = ring.seal(subject, "Ann Example", "people.name 1")

    assert "Ann" not in sealed
    assert ring.open(subject, sealed, "people.name 1") == "Ann Example"
    with pytest.raises(Tampered):
        ring.open(subject, sealed, "people.name 2")


def test_same_text_is_sealed_otherwise_each_time(ring):
    _, subject = family(ring)

    assert ring.seal(subject, "x", "p") != ring.seal(subject, "x", "p")


@pytest.mark.parametrize("spoilt", ["", "1.", "x.AAAA", "1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_what_was_not_sealed_here_is_told(ring, spoilt):
    _, subject = family(ring)

    with pytest.raises(Tampered):
        ring.open(subject, spoilt, "p")


def test_another_owner_cannot_open_it(ring):
    partnership, subject = family(ring)
    other = uuid4()
    ring.make(other, under=partnership)

    with pytest.raises(Tampered):
        ring.open(other, ring.seal(subject, "x", "p"), "p")


def test_destroyed_key_opens_nothing_and_seals_nothing(ring):
    partnership, subject = family(ring)
    sealed, theirs = ring.seal(subject, "x", "p"), ring.seal(partnership, "y", "p")

    ring.destroy(subject)

    with pytest.raises(Gone):
        ring.open(subject, sealed, "p")
    with pytest.raises(Gone):
        ring.seal(subject, "x", "p")
    assert ring.open(partnership, theirs, "p") == "y"


def test_key_of_a_destroyed_partnership_opens_none_of_its_subjects(ring):
    partnership, subject = family(ring)
    sealed = ring.seal(subject, "x", "p")
    ring.destroy(partnership)

    with pytest.raises((Gone, WorkspaceError)):
        Keyring(ring.folder).open(subject, sealed, "p")


def test_new_key_seals_and_the_earlier_one_still_opens(ring):
    partnership, subject = family(ring)
    before = ring.seal(partnership, "before", "p")

    ring.replace_key(partnership, [subject])

    assert ring.open(partnership, before, "p") == "before"
    assert ring.seal(partnership, "after", "p").startswith("2.")
    ring.drop_earlier(partnership)
    with pytest.raises(Gone):
        ring.open(partnership, before, "p")


def test_subjects_outlive_their_partnerships_earlier_key(ring):
    partnership, subject = family(ring)
    sealed = ring.seal(subject, "x", "p")

    ring.replace_key(partnership, [subject])
    ring.drop_earlier(partnership)

    assert Keyring(ring.folder).open(subject, sealed, "p") == "x"


def test_new_master_opens_all_and_the_earlier_one_is_gone(ring):
    partnership, subject = family(ring)
    alone = uuid4()
    ring.make(alone)
    sealed = {one: ring.seal(one, "x", "p") for one in (partnership, subject, alone)}

    ring.replace_master()

    fresh = Keyring(ring.folder)
    assert all(fresh.open(one, text, "p") == "x" for one, text in sealed.items())
    assert ring.folder.names("site/master") == ["site/master/2"]


def test_replaced_secret_is_remembered_once(ring):
    first = ring.secret("django")

    ring.replace_secret("django")

    assert ring.earlier_secrets("django") == [first]
    assert ring.secret("django") != first


def test_index_finds_the_same_text_of_the_same_use_only(ring):
    assert ring.index("email", "a@example.org") == ring.index("email", "a@example.org")
    assert ring.index("email", "a@example.org") != ring.index("other", "a@example.org")


def test_missing_secret_is_said_and_not_made(tmp_path):
    with pytest.raises(WorkspaceError, match="is not in"):
        Keyring(KeyFolder(tmp_path / "site.keys")).secret("django")


def test_keys_are_their_owners_only(ring):
    family(ring)

    parts = list(ring.folder.folder.rglob("*"))
    assert parts
    assert all(path.stat().st_mode & 0o077 == 0 for path in [ring.folder.folder, *parts])
