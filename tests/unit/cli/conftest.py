"""The command as a person runs it: in this process, with what it printed and how it ended."""

import sys
from types import SimpleNamespace

import pytest

from frankpledge.cli.main import run


@pytest.fixture
def command(monkeypatch, capsys):
    """Run ``frankpledge …`` in a folder; returns its exit code, its answer and its words."""

    def frankpledge(*arguments, folder=None):
        monkeypatch.setattr(sys, "argv", ["frankpledge", *map(str, arguments)])
        if folder is not None:
            monkeypatch.chdir(folder)
        capsys.readouterr()
        code = 0
        try:
            run()
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return frankpledge
