"""Whoever was erased is unreadable: in the live database, in every earlier version, and in a backup from before."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from frankpledge.keys import BYTES
from frankpledge.web.audit.actors import Agent
from frankpledge.web.keys.fields import ERASED, keyring
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.keys.models import Version
from frankpledge.web.operation.actions import take_backup
from frankpledge.web.operation.restore import restore
from frankpledge.web.partners.actions import erase_person, leave
from frankpledge.web.partners.models import Person, SignIn
from tests.web.keys.lives import check_reads, life_of
from tests.web.keys.rows import stored
from tests.web.making import partnership, seat_of
from tests.web.operation.conftest import OTHERS, _databases, databases  # noqa: F401


@pytest.fixture
def erased(own_database, site, tmp_path):
    """Somebody who was erased after a backup was taken, and somebody who was not."""
    here = partnership()
    gone, stayed = life_of(seat_of(here)), life_of(seat_of(here))
    take_backup(to=tmp_path / "backup.zip", by=Agent.COMMAND)
    check_reads(gone)
    leave(person=gone, partnership=here.id, by=Agent.COMMAND)
    erase_person(person=gone, partnership=here.id, by=Agent.COMMAND)
    return gone, stayed


def check_unreadable(gone, using):
    """Nothing about somebody can be read, neither by the program nor with any key there is."""
    person = Person.objects.using(using).get(id=gone.id)
    assert (person.name, person.email) == (str(ERASED),) * 2
    sign_ins = SignIn.objects.using(using).filter(person_id=gone.id)
    assert {(one.browser, one.address) for one in sign_ins} == {(str(ERASED),) * 2}
    versions = list(Version.objects.using(using).filter(owner=gone.id))
    assert [one.was for one in versions] == [{}]
    for text in (stored(person, "name"), stored(person, "email"), stored(versions[0], "content")):
        assert not [plain for plain in opened_with(all_keys(), text) if plain.isascii()]


def opened_with(keys, text):
    """What each of some keys makes of a sealed text, wherever it stands: of the right one, the plain text."""
    content = base64.urlsafe_b64decode(text.partition(".")[2])
    # AES in Galois/counter mode: the first block of text is met at a counter of 2; the last 16 bytes are its tag.
    counter, sealed = content[:12] + (2).to_bytes(4), content[12:-16]
    return {Cipher(algorithms.AES(key), modes.CTR(counter)).decryptor().update(sealed) for key in keys}


def all_keys():
    """Every key that is in the key folder, opened."""
    ring = Keyring(keyring().folder)
    owned = [
        ring.stored.key(owner, version) for owner in ring.stored.owners() for version in ring.stored.versions(owner)
    ]
    return owned + [one for path in ring.folder.folder.rglob("*.key") if len(one := path.read_bytes()) == BYTES]


def test_erased_person_is_unreadable_in_the_live_database_and_in_history(erased):
    gone, stayed = erased

    check_unreadable(gone, "default")
    check_reads(stayed)
    assert stayed.name.encode() in opened_with(all_keys(), stored(stayed, "name"))


@pytest.mark.parametrize("vendor", OTHERS)
def test_erased_person_is_unreadable_in_a_backup_from_before(erased, databases, tmp_path, vendor):  # noqa: F811
    gone, stayed = erased
    other = databases.new(vendor)

    restore(other, tmp_path / "files", tmp_path / "backup.zip")

    check_unreadable(gone, other.alias)
    found = Person.objects.using(other.alias).get(id=stayed.id)
    assert (found.name, found.email) == (stayed.name, stayed.email)
