"""The audit's commands, as the host's operator runs them."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.db import connection

from frankpledge.errors import UserError
from frankpledge.web.audit.queries import entries_for
from frankpledge.web.audit.triggers import drop_triggers
from frankpledge.web.commands.auditing import audit_command
from frankpledge.web.partners.models import Partnership
from tests.web.audit.logs import ANN, HARROW, some_log, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Runs a command; what it printed and its status."""
    some_log(4)
    Partnership.objects.create(id=HARROW, slug="harrow", name="Safer Harrow")
    session = SimpleNamespace(folder=tmp_path)

    def run(*words):
        result = CliRunner().invoke(audit_command, list(map(str, words)), obj=session, standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.stdout, result.return_value or 0

    return run


def tampered():
    drop_triggers(connection)
    stored(HARROW).filter(sequence=2).update(by="worker")


def test_verify_finds_nothing(run):
    assert run("verify") == ("Nothing was tampered with. Entries: 8; chains: 3.\n", 0)
    assert run("verify", "--partnership", "harrow") == ("Nothing was tampered with. Entries: 4; chains: 1.\n", 0)


def test_verify_says_where_and_ends_with_three(run):
    tampered()

    assert run("verify") == (f"Chain {HARROW}, entry 2: it, or the mark before it, was changed or put in.\n", 3)


def test_verify_shows_the_first_of_very_many(run):
    some_log(60)
    drop_triggers(connection)
    stored(HARROW).update(by="worker")

    shown, status = run("verify")

    assert status == 3
    assert shown.splitlines()[-1] == "And 14 more."


def test_verify_compares_heads_kept_elsewhere(run, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / f"{HARROW}.json").write_text("{}")

    shown, status = run("verify", "--heads", kept)

    assert (status, "was not signed by this site" in shown) == (3, True)


def test_export_is_written_and_checked(run, tmp_path):
    (tmp_path / "key.pem").write_text(run("key")[0])

    run("export", "--partnership", "harrow", "--to", tmp_path / "harrow.jsonl")
    shown, status = run("check", tmp_path / "harrow.jsonl", "--key", tmp_path / "key.pem")

    assert (status, shown) == (0, f"{tmp_path / 'harrow.jsonl'} is whole. Entries: 5; the chain went to entry 5.\n")
    assert (tmp_path / "harrow.jsonl").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("form", ["json", "csv"])
def test_changed_export_is_told_with_three(run, tmp_path, form):
    path = tmp_path / "harrow"
    run("export", "--partnership", "harrow", "--as", form, "--to", path)
    assert run("check", path)[1] == 0

    path.write_text(path.read_text().replace("wrote", "red", 1))

    assert run("check", path) == (f"{path} is not whole, or not as the site made it.\n", 3)


def test_export_on_the_screen_is_of_the_days_and_person_asked_for(run):
    def exported(*words):
        shown, _ = run("export", "--partnership", "harrow", *words)
        return [json.loads(line)["sequence"] for line in shown.splitlines()[:-1]]

    day = entries_for(HARROW).first().at.astimezone().strftime("%Y-%m-%d")

    assert exported("--by", ANN, "--since", day, "--until", day, "--event", "test-wrote") == [1, 2, 3, 4]
    assert exported("--by", "command") == [5, 6]
    assert exported("--until", "2020-01-01") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "--partnership", "nowhere"), "no partnership “nowhere”"),
        (("export", "--by", "Ann"), "nobody's identifier"),
        (("export", "--to", "taken"), "already"),
        (("check", "taken", "--key", "taken"), "no public key"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, said, tmp_path):
    (tmp_path / "taken").write_text("something")

    with pytest.raises(UserError, match=said):
        run(*(str(tmp_path / word) if word == "taken" else word for word in words))
