"""A workspace with a text of the partnership, its edition, and a draft to be changed."""

import shutil

import docx
import pytest

from frankpledge.disclosure import Audience, release
from frankpledge.prose.reading import prose_blocks
from frankpledge.report.word import write_word
from tests.conftest import make_workspace
from tests.unit.cli.conftest import command  # noqa: F401 - a fixture
from tests.unit.prose.asking import ASKED, write

from .drafts import EDITION, TEXT, document


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace with a text and an edition whose Word file holds it."""
    workspace = make_workspace(tmp_path_factory.mktemp("returned") / "harrow")
    blocks = prose_blocks(ASKED, write(workspace.folder, TEXT)).blocks
    folder = workspace.editions / f"strategic-assessment-2018-{EDITION}"
    folder.mkdir(parents=True)
    write_word(release(document(blocks), Audience.BOARD), folder / "strategic-assessment-2018.docx")
    return workspace, folder / "strategic-assessment-2018.docx"


@pytest.fixture
def workspace(made, tmp_path):
    shutil.copytree(made[0].folder, tmp_path / "harrow")
    return type(made[0])(tmp_path / "harrow")


@pytest.fixture
def edited(made, tmp_path):
    """Change the draft by a function of its python-docx document; returns the draft's path."""

    def edit(change):
        word = docx.Document(str(made[1]))
        change(word)
        word.save(str(tmp_path / "draft.docx"))
        return tmp_path / "draft.docx"

    return edit
