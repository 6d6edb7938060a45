"""The command that tells which duties are met, on its own workspace."""

import pytest
from click.testing import CliRunner

from frankpledge.cli.main import main
from tests.conftest import build_quietly


@pytest.fixture(scope="module")
def workspace(place):
    workspace, files = place
    build_quietly(workspace, files.population())
    return workspace


def run(workspace, *arguments):
    return CliRunner().invoke(main, ["--workspace", str(workspace.folder), "duties", *arguments])


def test_duties_are_told_on_a_day(workspace):
    (workspace.folder / "duties.yaml").write_text(
        "schema: 1\ndone:\n  - {duty: serious-violence-strategy, done: 2024-01-31, seen: council website}\n"
    )
    found = run(workspace, "--on", "2024-02-01")

    assert found.exit_code == 0, found.output
    assert "Done on 31 January 2024: council website." in " ".join(found.output.split())
    assert "fire-incidents" in found.output and "background knowledge" in found.output
    assert "serious-violence-strategy" not in run(workspace, "--on", "2022-12-31").output


def test_a_slip_in_the_register_is_a_sentence(workspace):
    (workspace.folder / "duties.yaml").write_text("schema: 1\ndone:\n  - {duty: meeting, done: 2024-01-31, seen: x}\n")
    found = run(workspace)

    assert found.exit_code != 0
    assert "there is no duty “meeting”" in found.exception.happened
