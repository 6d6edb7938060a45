"""The executive summary is a shorter document of the same blocks."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.assessment.summary import executive_summary
from frankpledge.findings.wording import read_wording
from frankpledge.model.document import Document, FrontMatter, Heading, Paragraph

FRONT = FrontMatter(markings={"board": "For the board"})
BLOCKS = (
    Heading(1, "Crime"),
    Paragraph(("One.",)),
    Heading(2, "Burglary"),
    Paragraph(("Two.",)),
    Paragraph(("Three.",)),
    Heading(1, "Method"),
    Paragraph(("Four.",)),
)
WHOLE = Document(
    "assessment-2018", "Assessment", "Crime, 2018", "Safer Anytown", "2018", "2019-06-01", "abc", True, "#12436D",
    BLOCKS, FRONT,
)  # fmt: skip


def test_blocks_come_with_the_headings_they_stand_under():
    summary = executive_summary(replace(WHOLE, summary=frozenset({4})), read_wording())
    assert summary.blocks == (BLOCKS[0], BLOCKS[2], BLOCKS[4])


def test_heading_stands_once_and_order_is_kept():
    summary = executive_summary(replace(WHOLE, summary=frozenset([6, 3, 1, 0])), read_wording())
    assert summary.blocks == (BLOCKS[0], BLOCKS[1], BLOCKS[2], BLOCKS[3], BLOCKS[5], BLOCKS[6])


def test_summary_has_a_name_of_its_own_and_the_same_front_matter():
    summary = executive_summary(replace(WHOLE, summary=frozenset({1})), read_wording())
    assert (summary.slug, summary.title) == ("assessment-2018-summary", "Assessment: executive summary")
    assert (summary.front, summary.invented, summary.edition) == (FRONT, True, "abc")


def test_document_without_a_summary_has_none():
    assert executive_summary(WHOLE, read_wording()) is None
