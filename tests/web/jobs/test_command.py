"""``frankpledge worker``."""

import sys
import threading

import pytest
from click.testing import CliRunner

from frankpledge.cli.main import Session
from frankpledge.cli.screen import Screen
from frankpledge.web.commands.working import worker_command
from frankpledge.web.jobs.policies import State
from frankpledge.web.operation import outgoing
from tests.web.jobs.work import asked, kind, now

pytestmark = pytest.mark.django_db


def test_worker_does_what_there_is_and_ends(register, monkeypatch, tmp_path):
    for hooks in (sys, threading):
        monkeypatch.setattr(hooks, "excepthook", hooks.excepthook)
    # For good would be for the tests after this one, too.
    told = []
    monkeypatch.setattr(outgoing, "speak_only_to", told.append)
    job = asked(register(kind()))

    result = CliRunner().invoke(worker_command, ["--until-empty"], obj=Session(Screen(True), tmp_path))

    assert (result.exit_code, result.exception) == (0, None)
    assert now(job).state == State.DONE
    assert told == [outgoing.named_hosts()]
