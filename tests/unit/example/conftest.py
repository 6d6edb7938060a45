"""The example, written and built once for the whole session, and read back in plain Python."""

import pytest

from frankpledge.example import example_partnership, write_example_files
from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import MARKER, init_workspace
from tests.unit.example.reading import read_files


@pytest.fixture(scope="session")
def example_files(tmp_path_factory):
    return write_example_files(tmp_path_factory.mktemp("example"), lambda words: None)


@pytest.fixture(scope="session")
def read_back(example_files):
    return read_files(example_files)


@pytest.fixture(scope="session")
def built(example_files, tmp_path_factory):
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
