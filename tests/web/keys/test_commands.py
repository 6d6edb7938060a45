"""The commands about keys, as the host's operator runs them."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from click.testing import CliRunner

from frankpledge.errors import UserError, WorkspaceError
from frankpledge.web.audit.models import Entry
from frankpledge.web.commands.keeping_keys import keys_command
from frankpledge.web.jobs.models import Job
from frankpledge.web.keys.fields import keyring
from frankpledge.web.partners.models import Person
from tests.web.keys.rows import stored
from tests.web.making import partnership, person, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(site, tmp_path):
    """Runs a command; what it printed."""

    def run(*words):
        session = SimpleNamespace(folder=tmp_path)
        result = CliRunner().invoke(keys_command, list(map(str, words)), obj=session, standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.stdout

    return run


@pytest.fixture
def here(site):
    return partnership("harrow")


def lines(text):
    """The words of each line."""
    return [line.split() for line in text.splitlines()]


def test_list_shows_whose_keys_there_are_by_kind(run, here):
    who, nobody = person(seat_of(here), name="Ann Example"), uuid4()
    keyring().make(nobody)

    shown = lines(run("list"))

    assert shown == [
        ["master", "1"],
        *(["secret", name] for name in ("django", "index", "audit", "heads", "metrics", "sessions")),
        ["nobody", str(nobody), "1"],
        ["partnership", "harrow", "1"],
        ["person", str(who.id), "1"],
    ]


def test_list_shows_what_is_being_replaced_and_nothing_of_a_key(run, here):
    who = person(seat_of(here), name="Ann Example")
    run("rotate", "--person", who.id)
    run("rotate", "--secret", "sessions")

    shown = run("list")

    assert ["person", str(who.id), "1,", "2"] in lines(shown)
    assert ["secret", "sessions", "and", "1", "earlier"] in lines(shown)
    keys = [path.read_bytes() for path in keyring().folder.folder.rglob("*.key")]
    assert not [key for key in keys if key.hex() in shown or key.decode("latin1") in shown]
    assert "Ann" not in shown


def test_new_master(run, here):
    who = person(seat_of(here))
    before = stored(who, "name")

    told = run("rotate", "--master")

    assert "keys copy" in told
    assert keyring().folder.names("site/master") == ["site/master/2"]
    assert stored(who, "name") == before
    assert Person.objects.get().name == "Ann Example"
    assert Entry.objects.get(event="master-key-replaced").by == "command"


def test_new_key_of_a_partnership_is_begun_and_its_work_asked_for(run, here):
    told = run("rotate", "--partnership", "harrow")

    assert "take a new one then" in told
    assert keyring().stored.versions(here.id) == [1, 2]
    assert Job.objects.get().kind == "seal-anew"
    assert Entry.objects.get(event="key-replaced").on_id == str(here.id)


@pytest.mark.parametrize("name", ["django", "sessions", "metrics"])
def test_new_secret(run, here, name):
    before = keyring().secret(name)

    told = run("rotate", "--secret", name)

    assert f"“{name}” is new" in told
    assert keyring().secret(name) != before
    assert Entry.objects.get(event="secret-replaced").detail == {"secret": name}


@pytest.mark.parametrize("name", ["index", "audit", "heads", "directory"])
def test_secret_that_is_not_replaced_is_refused(run, here, name):
    with pytest.raises(Exception, match="is not one of"):
        run("rotate", "--secret", name)


@pytest.mark.parametrize("words", [[], ["--master", "--secret", "django"], ["--partnership", "a", "--person", "b"]])
def test_one_key_is_named(run, here, words):
    with pytest.raises(UserError, match="Which key"):
        run("rotate", *words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--partnership", "barnet"], "no partnership “barnet”"),
        (["--person", "ann@example.org"], "nobody's identifier"),
        (["--person", "00000000-0000-0000-0000-000000000000"], "There is no key for"),
    ],
)
def test_key_that_is_not_there_is_told(run, here, words, told):
    with pytest.raises(UserError, match=told):
        run("rotate", *words)


def test_copy_is_made_and_put_down(run, here, tmp_path):
    told = run("copy", tmp_path / "copy")

    count = len(keyring().folder.names())
    assert told == f"{count} keys are in {tmp_path / 'copy'}. Destroyed there: 0.\n"
    assert Entry.objects.get(event="keys-copied").by == "command"


def test_copy_into_the_site_folder_is_refused(run, here, settings):
    with pytest.raises(WorkspaceError, match="in the site folder"):
        run("copy", settings.SITE_FOLDER / "keys")
