"""The example, written and built once for the whole session, and read back in plain Python."""

import os
from pathlib import Path

import pytest

from frankpledge.example import example_partnership, write_example_files
from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import MARKER, Workspace, init_workspace
from tests.unit.example.reading import read_files

# Where the demo has just been made, it is what would be made here once more.
READY = Path(os.environ["FRANKPLEDGE_EXAMPLE"]) if "FRANKPLEDGE_EXAMPLE" in os.environ else None


@pytest.fixture(scope="session")
def example_files(tmp_path_factory):
    if READY:
        return sorted((READY / "invented").iterdir())
    return write_example_files(tmp_path_factory.mktemp("example"), lambda words: None)


@pytest.fixture(scope="session")
def read_back(example_files):
    return read_files(example_files)


@pytest.fixture(scope="session")
def built(example_files, tmp_path_factory):
    if READY:
        ready = Workspace(READY)
        assert {one.name for one in ready.raw_files()} == {path.name for path in example_files}
        return ready
    workspace, _ = init_workspace(tmp_path_factory.mktemp("workspace") / "example", ("E09000015",))
    (workspace.folder / MARKER).write_text(example_partnership(), encoding="utf-8")
    added = add_files(workspace, example_files, lambda outcome: None)
    assert {one.outcome for one in added} == {"added"}
    build(workspace, lambda step: None)
    return workspace


@pytest.fixture
def warehouse(built):
    opened = open_warehouse(built)
    yield opened
    opened.close()
