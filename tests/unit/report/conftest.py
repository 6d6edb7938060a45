"""The made-up document, released once for all tests, and written once in every format."""

from __future__ import annotations

import pytest

from frankpledge.disclosure import Audience, release
from frankpledge.report.reading import read
from frankpledge.report.writing import write_all

from .documents import document


@pytest.fixture(scope="session")
def released():
    return release(document(), Audience.PUBLIC)


@pytest.fixture(scope="session")
def reading(released):
    return read(released)


@pytest.fixture(scope="session")
def folder(released, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_all(released, folder, lambda message: None)
    return folder
