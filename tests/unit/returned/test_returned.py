"""A Word draft of ours, changed by a colleague, and read back into the texts."""

import zipfile

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from frankpledge.errors import ProseError
from frankpledge.prose.reading import prose_blocks
from frankpledge.returned.comparing import compare, plain
from frankpledge.returned.draft import read_draft
from frankpledge.returned.texts import take_in, where_is
from tests.unit.prose.asking import ASKED

from .drafts import EDITION, TEXT, paragraph, replace, text_of


def compared(made, draft):
    return compare(read_draft(made[1]), read_draft(draft))


def accept(made, workspace, draft, numbers=None):
    changes = [one for one in compared(made, draft).prose if numbers is None or one.number in numbers]
    take_in(changes, workspace.prose)
    return text_of(workspace)


def test_draft_that_nobody_changed_says_nothing(made, edited):
    found = compared(made, edited(lambda word: None))

    assert (found.prose, found.elsewhere, found.cells, found.remarks) == ((), (), (), ())
    assert read_draft(made[1]).edition == EDITION


def test_changed_prose_is_found_by_block_and_written_back_with_its_references(made, edited, workspace):
    draft = edited(lambda word: replace(paragraph(word, "Burglary rose"), " answered it.", " answered it well <soon>."))

    (change,) = compared(made, draft).prose
    assert where_is(change.mark, workspace.prose).words == "prose/strategic-assessment/burglary.md#2"
    assert change.old.text.startswith("Burglary rose from 1,500 to 1,800 in Harrow, and 12 projects")
    assert change.new_text.endswith("answered it well <soon>.")
    assert change.figures == ()
    assert accept(made, workspace, draft) == TEXT.replace(
        "to {{ burglary / 2018 / count }} in\nHarrow", "to {{ burglary / 2018 / count }} in Harrow"
    ).replace("answered it.", "answered it well \\<soon\\>.")


def test_text_that_was_written_back_is_read_as_the_draft_says(made, edited, workspace):
    typed = "1. *All* of `it` & [more](x) _now_ # {here}"
    draft = edited(lambda word: replace(paragraph(word, "The last"), "The last word is here.", typed))

    accept(made, workspace, draft)

    path = workspace.prose / "strategic-assessment" / "burglary.md"
    assert prose_blocks(ASKED, path).blocks[-1].runs == (typed,)


def test_figure_changed_by_hand_is_refused_and_its_reference_stays(made, edited, workspace):
    def change(word):
        link = paragraph(word, "Burglary rose")._p.findall(qn("w:hyperlink"))[1]
        next(link.iter(qn("w:t"))).text = "1,750"
        replace(paragraph(word, "Burglary rose"), "answered", "met")

    draft = edited(change)

    (found,) = compared(made, draft).prose
    ((figure),) = found.figures
    assert (figure.old, figure.new) == ("1,800", "1,750")
    assert figure.figure.startswith("F-")
    text = accept(made, workspace, draft)
    assert "to {{ burglary / 2018 / count }} in Harrow" in text
    assert "met it." in text and "1,750" not in text


def test_number_typed_over_a_figure_and_its_link_is_the_figure_still(made, edited, workspace):
    def change(word):
        one = paragraph(word, "Burglary rose")
        for link in one._p.findall(qn("w:hyperlink")):
            one._p.remove(link)
        one.runs[0].text, one.runs[1].text = "Burglary rose from 1,500 to 1,750", ""

    draft = edited(change)

    (found,) = compared(made, draft).prose
    assert [(one.old, one.new) for one in found.figures] == [("1,800", "")]
    assert "from {{ burglary / 2017 / count }} to {{ burglary / 2018 / count }} in" in accept(made, workspace, draft)


def test_tracked_changes_are_read_as_if_accepted(made, edited, workspace):
    def change(word):
        one = paragraph(word, "The last")
        run = one.runs[0]
        run.text = "The last "
        for tag, text, kind in (("w:del", "word", "w:delText"), ("w:ins", "sentence", "w:t")):
            tracked, inner, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(kind)
            words.text = text
            inner.append(words)
            tracked.append(inner)
            one._p.insert(len(one._p) - 1, tracked)
        rest = one.add_run(" is here.")._r
        one._p.insert(len(one._p) - 2, rest)

    draft = edited(change)

    assert [one.new_text for one in compared(made, draft).prose] == ["The last sentence is here."]
    assert accept(made, workspace, draft).endswith("\nThe last sentence is here.\n")


def test_points_of_a_list_are_changed_added_and_taken_out(made, edited, workspace):
    def change(word):
        replace(paragraph(word, "Homes"), "empty", "dark")
        added = paragraph(word, "Homes").insert_paragraph_before("Nobody was in.", style="List Bullet")
        paragraph(word, "Keys")._p.addprevious(added._p)

    assert "- Homes were dark.\n- Nobody was in.\n- Keys were left & found.\n" in accept(
        made, workspace, edited(change)
    )


def test_paragraph_taken_out_is_taken_out_of_the_text(made, edited, workspace):
    def change(word):
        for beginning in ("Keys", "Burglary rose"):
            one = paragraph(word, beginning)._p
            one.getparent().remove(one)

    draft = edited(change)

    assert [one.new for one in compared(made, draft).prose] == [(), ()]
    text = accept(made, workspace, draft)
    assert text.startswith("# What changed\n\n- Homes were empty.\n\n> Caution")


def test_paragraph_put_in_after_prose_goes_into_the_text(made, edited, workspace):
    def change(word):
        added = word.add_paragraph("And one more thing.", style="Body Text")
        paragraph(word, "The last")._p.addnext(added._p)

    draft = edited(change)

    (found,) = compared(made, draft).prose
    assert found.new_text == "The last word is here.\nAnd one more thing."
    assert accept(made, workspace, draft).endswith("The last word is here.\n\nAnd one more thing.\n")


def test_paragraph_typed_anew_without_its_mark_is_found_by_its_place(made, edited, workspace):
    def change(word):
        one = paragraph(word, "The last")
        for element in [*one._p.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            element.getparent().remove(element)
        one.runs[0].text = "Something else altogether."

    assert accept(made, workspace, edited(change)).endswith("\nSomething else altogether.\n")


def test_heading_and_caution_come_back_without_what_the_format_puts_before_them(made, edited, workspace):
    def change(word):
        heading = paragraph(word, "1.1 What changed")
        replace(heading, "What changed", "What has changed")
        replace(paragraph(word, "Caution"), "are new", "are newer")

    text = accept(made, workspace, edited(change))

    assert text.startswith("# What has changed\n")
    assert "\n> Caution: Figures of Barnet are newer.\n" in text


def test_what_frankpledge_wrote_cannot_be_changed(made, edited):
    def change(word):
        replace(paragraph(word, "It has"), " burglaries", " break-ins")
        word.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "1"

    found = compared(made, edited(change))

    assert found.prose == ()
    assert [(one.number, plain(one.new_text)) for one in found.elsewhere] == [(0, "It has 1,800 break-ins.")]
    assert [(one.table, one.row, one.old, one.new) for one in found.cells] == [(1, 2, "1,500", "1")]


def test_comments_are_listed_with_author_and_block(made, edited, workspace):
    def change(word):
        word.add_comment(paragraph(word, "The last").runs, text="Is\u202e it?", author="Board member A")
        word.add_comment(paragraph(word, "It has").runs, text="Good.", author="")

    found = compared(made, edited(change))

    assert found.prose == ()
    assert [(one.author, one.text, where_is(one.mark, workspace.prose).words) for one in found.remarks] == [
        ("Board member A", "Is  it?", "prose/strategic-assessment/burglary.md#5"),
        ("", "Good.", ""),
    ]
    assert found.remarks[1].on.startswith("It has")


def test_text_that_was_changed_since_is_left_alone(made, edited, workspace):
    draft = edited(lambda word: replace(paragraph(word, "The last"), "here", "there"))
    path = workspace.prose / "strategic-assessment" / "burglary.md"
    path.write_text(TEXT.replace("The last word", "The very last word"), encoding="utf-8")

    with pytest.raises(ProseError, match="no longer says what the edition printed"):
        accept(made, workspace, draft)

    assert "The very last word is here." in text_of(workspace)


def test_text_that_grew_since_is_still_found(made, edited, workspace):
    draft = edited(lambda word: replace(paragraph(word, "The last"), "here", "there"))
    path = workspace.prose / "strategic-assessment" / "burglary.md"
    path.write_text(f"A new beginning.\n\n{TEXT}", encoding="utf-8")

    assert accept(made, workspace, draft).endswith("The last word is there.\n")


def repacked(source, target, name, content):
    """A Word file with one of its parts put in the place of what it was."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return target


def test_edition_is_told_from_what_stands_beside_it(made, tmp_path):
    about = zipfile.ZipFile(made[1]).read("docProps/core.xml")
    # As LibreOffice writes it: without spaces, the language right after the edition.
    beside = about.replace(b"</dc:description>", b"</dc:description><dc:language>en-GB</dc:language>")

    assert read_draft(repacked(made[1], tmp_path / "draft.docx", "docProps/core.xml", beside)).edition == EDITION


BOMB = """<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>"""


@pytest.mark.parametrize("content", [BOMB.encode(), BOMB.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")])
def test_draft_with_entities_is_refused(made, tmp_path, content):
    draft = repacked(made[1], tmp_path / "draft.docx", "word/document.xml", content)

    with pytest.raises(ProseError, match="declares entities"):
        read_draft(draft)


def test_draft_that_would_fill_the_memory_is_refused(made, tmp_path):
    draft = repacked(made[1], tmp_path / "draft.docx", "word/document.xml", b" " * 40_000_000)

    with pytest.raises(ProseError, match="no honest file does"):
        read_draft(draft)


@pytest.mark.parametrize(
    ("content", "said"), [(b"not a zip", "draft.docx"), (b"", "draft.docx"), (b"PK\x03\x04 cut off", "draft.docx")]
)
def test_file_that_is_no_word_file_is_refused(tmp_path, content, said):
    draft = tmp_path / "draft.docx"
    draft.write_bytes(content)

    with pytest.raises(ProseError, match=said):
        read_draft(draft)


def test_damaged_text_and_other_archives_are_refused(made, tmp_path):
    damaged = repacked(made[1], tmp_path / "a.docx", "word/document.xml", b"<w:document>")
    deep = repacked(made[1], tmp_path / "b.docx", "word/document.xml", b"<a>" * 5000 + b"</a>" * 5000)
    with zipfile.ZipFile(tmp_path / "c.docx", "w") as other:
        other.writestr("hello.txt", "hello")

    for name, said in (("a", "is damaged"), ("b", "is damaged"), ("c", "is not a Word file")):
        with pytest.raises(ProseError, match=said):
            read_draft(tmp_path / f"{name}.docx")
    assert damaged.exists() and deep.exists()
