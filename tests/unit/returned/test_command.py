"""The command ``frankpledge returned``, as a person meets it."""

import docx
import pytest
from docx.oxml.ns import qn

from .drafts import EDITION, paragraph, replace, text_of


@pytest.fixture
def draft(edited):
    def change(word):
        replace(paragraph(word, "Burglary rose"), "answered", "met")
        link = paragraph(word, "Burglary rose")._p.findall(qn("w:hyperlink"))[1]
        next(link.iter(qn("w:t"))).text = "1,750"
        replace(paragraph(word, "The last"), "word", "sentence")
        replace(paragraph(word, "It has"), "burglaries", "break-ins")
        word.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "1"
        word.add_comment(paragraph(word, "The last").runs, text="Is it?", author="Board member A")

    return edited(change)


def test_changes_and_comments_are_listed(command, workspace, draft):
    listed = command("returned", draft, folder=workspace.folder)

    assert listed.code == 0
    for said in (
        f"Beside edition {EDITION}: 2 changes of the partnership's own prose, 2 changes elsewhere, 1 comment.",
        "1. prose/strategic-assessment/burglary.md#2",
        "   was: Burglary rose from 1,500 to 1,800 in Harrow, and 12 projects answered it.",
        "   now: Burglary rose from 1,500 to 1,750 in Harrow, and 12 projects met it.",
        "was 1,800, and somebody wrote 1,750. Figures are looked up, not typed.",
        "2. prose/strategic-assessment/burglary.md#5",
        "Refused, for no text of the partnership says it",
        "   table 1, row 2: was “1,500”, now “1”",
        "Comment of Board member A on prose/strategic-assessment/burglary.md#5: Is it?",
    ):
        assert said in listed.out
    assert "--accept" in listed.err


def test_accepted_changes_are_written_and_refused_ones_are_not(command, workspace, draft):
    taken = command("returned", draft, "--accept", "all", "--refuse", "1", folder=workspace.folder)

    assert taken.code == 0
    assert "Taken in: 2. Written: prose/strategic-assessment/burglary.md." in taken.out
    assert "Refused: 1." in taken.out
    assert "The last sentence is here." in text_of(workspace)
    assert "answered it" in text_of(workspace)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--accept", "3"], "There is no change 3 in the draft.\nChanges are numbered 1 to 2."),
        (["--accept", "x"], "There is no change x in the draft."),
        (["--edition", "0123456789"], "No edition 0123456789 with a Word file"),
        (["--edition", "../.."], "“../..” is not an edition."),
    ],
)
def test_what_cannot_be_done_is_said(command, workspace, draft, options, said):
    refused = command("returned", draft, *options, folder=workspace.folder)

    assert refused.code == 1
    assert said in refused.err
    assert "Traceback" not in refused.err


def test_file_that_is_of_no_edition_is_told_so(command, workspace, tmp_path):
    docx.Document().save(str(tmp_path / "other.docx"))

    refused = command("returned", tmp_path / "other.docx", folder=workspace.folder)

    assert refused.code == 1
    assert "other.docx does not say which edition it was made from." in refused.err


def test_file_that_is_not_there_is_said(command, workspace):
    assert "There is no file gone.docx." in command("returned", "gone.docx", folder=workspace.folder).err
