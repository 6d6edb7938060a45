"""A copy of the key folder: whole, closed to others, and without what was destroyed."""

import shutil
from itertools import count
from uuid import uuid4

import pytest

from frankpledge.errors import WorkspaceError
from frankpledge.keys import KeyFolder
from frankpledge.web.keys.copying import Copied, copy_keys
from frankpledge.web.keys.keyring import Gone, Keyring
from frankpledge.web.keys.replacing import replace_master
from tests.web.keys.conftest import Crash


@pytest.fixture
def place(ring, tmp_path):
    """Copies the keys to a place of a name; the site folder is “site”."""
    (tmp_path / "site").mkdir()
    return lambda name: copy_keys(ring.folder, tmp_path / name, tmp_path / "site")


def content(folder):
    """Everything in a folder that has a name of its own."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.key")}


def test_copy_opens_what_the_keys_open_and_is_its_owners_only(ring, place, tmp_path):
    owner = uuid4()
    ring.make(owner)
    ring.folder.make("pseudonyms")
    sealed = ring.seal(owner, "x", "p")

    made = place("copy")

    copy = tmp_path / "copy"
    assert made == Copied(keys=len(content(copy)), destroyed=0)
    assert content(copy) == content(ring.folder.folder)
    assert Keyring(KeyFolder(copy)).open(owner, sealed, "p") == "x"
    assert all(path.stat().st_mode & 0o077 == 0 for path in (copy, *copy.rglob("*")))


def test_key_that_was_destroyed_does_not_live_on_in_the_copy(ring, place, tmp_path):
    owner, other = uuid4(), uuid4()
    ring.make(owner)
    ring.make(other)
    sealed, kept = ring.seal(owner, "x", "p"), ring.seal(other, "y", "p")
    place("copy")
    # As a copy leaves it that was killed while it wrote the key.
    key = next((tmp_path / "copy").rglob(f"*{owner}/1.key"))
    shutil.copy(key, key.with_name(".1.key.123.abcd"))
    ring.destroy(owner)
    replace_master(ring)

    made = place("copy")

    copy = Keyring(KeyFolder(tmp_path / "copy"))
    assert made.destroyed == 2  # the master's first too
    assert content(copy.folder.folder) == content(ring.folder.folder)
    assert copy.open(other, kept, "p") == "y"
    with pytest.raises(Gone):
        copy.open(owner, sealed, "p")
    assert not list(copy.folder.folder.rglob(".*.key.*"))


def test_copy_that_is_cut_short_anywhere_opens_what_it_opened(ring, place, tmp_path, cut_at):
    owner = uuid4()
    ring.make(owner)
    sealed = ring.seal(owner, "x", "p")
    place("copy")
    replace_master(ring)
    for moment in count(1):
        cut_at(moment)
        try:
            place("copy")
        except Crash:
            assert Keyring(KeyFolder(tmp_path / "copy")).open(owner, sealed, "p") == "x"
        else:
            break

    assert moment > 3
    assert content(tmp_path / "copy") == content(ring.folder.folder)


@pytest.mark.parametrize("name", ["site", "site/keys", "site/backups/../keys", "link/keys"])
def test_place_in_the_site_folder_is_refused(place, tmp_path, name):
    (tmp_path / "link").symlink_to(tmp_path / "site")

    with pytest.raises(WorkspaceError, match="in the site folder"):
        place(name)

    assert not list((tmp_path / "site").iterdir())


@pytest.mark.parametrize("name", ["site.keys", "site.keys/copy", "."])
def test_place_of_the_keys_themselves_is_refused(ring, place, name):
    before = content(ring.folder.folder)

    with pytest.raises(WorkspaceError, match="where the keys themselves are"):
        place(name)

    assert content(ring.folder.folder) == before


def test_folder_with_anything_else_is_refused(place, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "thesis.key").write_text("mine")

    with pytest.raises(WorkspaceError, match="something else"):
        place("copy")

    assert (tmp_path / "copy" / "thesis.key").read_text() == "mine"


def test_copy_of_lost_keys_is_never_written_over_by_new_ones(ring, place, tmp_path):
    place("copy")
    before = content(tmp_path / "copy")
    shutil.rmtree(ring.folder.folder)
    ring.make_site()

    with pytest.raises(WorkspaceError, match="something else"):
        place("copy")

    assert content(tmp_path / "copy") == before


def test_disk_that_is_not_there_is_told(place):
    with pytest.raises(WorkspaceError, match="There is no folder"):
        place("disk/copy")


def test_copy_that_others_may_look_into_is_refused(place, tmp_path):
    place("copy")
    (tmp_path / "copy").chmod(0o755)

    with pytest.raises(WorkspaceError, match="Others may look"):
        place("copy")
