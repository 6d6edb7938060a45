"""Keys: what one seals nobody else opens, and what is destroyed is gone."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.errors import WorkspaceError
from frankpledge.keys import KeyFolder
from frankpledge.web.keys.keyring import SECRETS, Gone, Keyring, Tampered

# Half a character too, and what a database does not take in plain text.
TEXTS = st.text(st.characters(categories=None), max_size=200)
PLACES = st.text(max_size=80)


def family(ring):
    """A partnership and a subject of it, each with a key."""
    partnership, subject = uuid4(), uuid4()
    ring.make(partnership)
    ring.make(subject, under=partnership)
    return partnership, subject


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """A keyring, and somebody with a key in it."""
    ring = Keyring(KeyFolder(tmp_path_factory.mktemp("keys") / "site.keys"))
    ring.make_site()
    return ring, family(ring)[1]


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


@given(text=TEXTS, place=PLACES)
@settings(deadline=None)
def test_any_text_opens_as_it_was_at_any_place(one, text, place):
    ring, owner = one

    sealed = ring.seal(owner, text, place)

    assert ring.open(owner, sealed, place) == text
    assert sealed.isascii()


@given(text=TEXTS, place=PLACES, other=PLACES)
@settings(deadline=None)
def test_no_text_opens_at_another_place(one, text, place, other):
    ring, owner = one
    sealed = ring.seal(owner, text, place)

    if place != other:
        with pytest.raises(Tampered):
            ring.open(owner, sealed, other)


@given(text=TEXTS, place=st.integers(0, 10_000), character=st.characters(codec="utf-8"))
@settings(deadline=None)
def test_no_text_opens_with_anything_changed(one, text, place, character):
    ring, owner = one
    sealed = ring.seal(owner, text, "p")
    at = place % len(sealed)
    changed = sealed[:at] + character + sealed[at + 1 :]

    if changed != sealed:
        # Of a version that there is none of, the key is gone.
        with pytest.raises((Tampered, Gone)):
            ring.open(owner, changed, "p")


@given(spoilt=st.text(max_size=60))
@settings(deadline=None)
def test_anything_else_does_not_open(one, spoilt):
    ring, owner = one

    with pytest.raises((Tampered, Gone)):
        ring.open(owner, spoilt, "p")


@given(content=st.binary(max_size=200), use=PLACES)
@settings(deadline=None)
def test_what_is_sealed_for_the_site_opens_for_its_use_only(one, content, use):
    ring, _ = one
    sealed = ring.seal_for_site(content, use)

    assert ring.open_for_site(sealed, use) == content
    with pytest.raises(Tampered):
        ring.open_for_site(sealed, f"{use}.")
    with pytest.raises(Tampered):
        ring.open_for_site(sealed[:-1], use)


def test_same_text_is_sealed_otherwise_each_time(ring):
    _, subject = family(ring)

    assert ring.seal(subject, "x", "p") != ring.seal(subject, "x", "p")


@pytest.mark.parametrize(
    "spoilt", ["", "1.", "x.AAAA", "1.AAAA", "1.A", "١.AAAA", "1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
)
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


def test_key_that_another_program_destroys_is_used_no_more(ring):
    _, subject = family(ring)
    sealed = ring.seal(subject, "x", "p")
    assert ring.open(subject, sealed, "p") == "x"

    Keyring(ring.folder).destroy(subject)

    with pytest.raises(Gone):
        ring.open(subject, sealed, "p")
    assert ring.version(subject) == 0


def test_key_of_a_partnership_that_another_program_destroys_opens_none_of_its_subjects(ring):
    partnership, subject = family(ring)
    sealed = ring.seal(subject, "x", "p")

    Keyring(ring.folder).destroy(partnership)

    for program in (ring, Keyring(ring.folder)):
        with pytest.raises(Gone):
            program.open(subject, sealed, "p")
        with pytest.raises(Gone):
            program.seal(subject, "x", "p")
        assert program.version(subject) == 0


def test_destroyed_key_is_on_the_disk_no_more(ring):
    partnership, subject = family(ring)
    for path in ring.folder.folder.rglob(f"*{subject}/*.key"):
        # As a program leaves it that was killed while it sealed the key anew.
        shutil.copy(path, path.with_name(f".{path.name}.123.abcd"))

    ring.destroy(subject)

    assert not list(ring.folder.folder.rglob(f"*{subject}*"))
    assert ring.version(partnership) == 1


def test_key_folder_that_is_away_erases_nobody(ring):
    _, subject = family(ring)
    sealed = ring.seal(subject, "x", "p")
    ring.folder.folder.rename(ring.folder.folder.with_name("away"))

    with pytest.raises(WorkspaceError, match="is not in"):
        ring.open(subject, sealed, "p")
    with pytest.raises(WorkspaceError, match="is not in"):
        ring.seal(subject, "x", "p")


def test_key_is_made_once(ring):
    _, subject = family(ring)
    sealed = ring.seal(subject, "x", "p")

    ring.make(subject)

    assert ring.version(subject) == 1
    assert ring.open(subject, sealed, "p") == "x"


def test_threads_that_make_a_first_key_at_once_open_each_others_texts(ring):
    together = Barrier(8)

    def write(owner):
        # As programs do: each has a keyring of its own.
        own = Keyring(ring.folder)
        together.wait()
        own.make(owner)
        return own.seal(owner, "x", "p")

    with ThreadPoolExecutor(8) as threads:
        for _ in range(10):
            owner = uuid4()
            texts = list(threads.map(write, [owner] * 8))
            assert [ring.open(owner, text, "p") for text in texts] == ["x"] * 8
            assert ring.version(owner) == 1


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


def test_secret_that_somebody_else_gives_is_asked_for_where_it_belongs(tmp_path):
    ring = Keyring(KeyFolder(tmp_path / "keys"))
    ring.make_site()

    with pytest.raises(WorkspaceError, match=r"given for its directory is not in .*keys/site/directory.key"):
        ring.text("directory")

    (tmp_path / "keys" / "site" / "directory.key").write_text("a word\n")
    assert ring.text("directory") == "a word"
