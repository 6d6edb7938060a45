"""A text read into blocks: what is carried over, what is refused, and what is said of it."""

import pytest

from frankpledge.errors import ProseError
from frankpledge.model.document import BulletList, Heading, Note, Paragraph, plain_text
from frankpledge.model.figure import Figure
from frankpledge.prose.reading import asked_for, prose_blocks, settled_notes

from .asking import ASKED, write

TEXT = """\
# What changed

There were {{ burglary / 2018 / count }} burglaries
in {{ burglary /
2018 / count }} homes & more.

## Why

- Homes were empty.
- Keys were [stolen 30 times]{stated: the insurers’ own
  count}.

> Caution: figures of Barnet are new.

> Ask the council.

See [the plan](https://example.org/plan).
"""
ORIGIN = "prose/strategic-assessment/burglary.md"


def test_text_is_read_into_blocks(tmp_path):
    read = prose_blocks(ASKED, write(tmp_path, TEXT))

    assert [type(one) for one in read.blocks] == [Heading, Paragraph, Heading, BulletList, Note, Note, Paragraph]
    first, paragraph, second, bullets, caution, note, link = read.blocks
    assert (first.level, first.text, second.level) == (2, "What changed", 3)
    assert plain_text(paragraph.runs) == "There were 1,800 burglaries in 1,800 homes & more."
    assert sum(isinstance(run, Figure) for run in paragraph.runs) == 2
    assert [plain_text(one) for one in bullets.items] == ["Homes were empty.", "Keys were stolen 30 times."]
    assert (caution.kind, plain_text(caution.runs)) == ("caution", "Figures of Barnet are new.")
    assert (note.kind, plain_text(note.runs)) == ("information", "Ask the council.")
    assert plain_text(link.runs) == "See the plan (https://example.org/plan)."
    assert [one.origin for one in read.blocks] == [f"{ORIGIN}#{number}" for number in range(1, 8)]
    assert read.typed == ()


def test_table_has_words_and_figures_in_its_cells(tmp_path):
    text = """\
Before.

Table: Burglary in two boroughs, 2018

| Borough | Who leads | Number |
|---|---|---:|
| Harrow | The council | {{ burglary / count }} |
| Barnet | 12 officers | {{ burglary / Barnet / count }} |

Source: the police, and the plan.

After.
"""
    read = prose_blocks(ASKED, write(tmp_path, text))

    _, table, after = read.blocks
    assert (table.slug, table.title) == ("burglary-2", "Burglary in two boroughs, 2018")
    assert table.source == "the police, and the plan."
    assert [(one.title, one.numeric) for one in table.columns] == [
        ("Borough", False), ("Who leads", False), ("Number", True),
    ]  # fmt: skip
    assert [[one if isinstance(one, str) else one.text for one in row] for row in table.rows] == [
        ["Harrow", "The council", "1,800"],
        ["Barnet", "12 officers", "1,400"],
    ]
    assert [(one.line, one.number) for one in read.typed] == [(8, "12")]
    assert after.origin == f"{ORIGIN}#3"


def test_what_is_settled_goes_to_the_notes_with_its_source(tmp_path):
    read = prose_blocks(ASKED, write(tmp_path, TEXT))

    (settled,) = read.settled
    assert (settled.line, settled.words, settled.source) == (10, "stolen 30 times", "the insurers’ own count")
    (notes,) = settled_notes(ASKED.wording, read.settled)
    assert [plain_text(one) for one in notes.items] == ["“stolen 30 times” is as stated: the insurers’ own count."]
    assert settled_notes(ASKED.wording, ()) == []


def test_change_has_no_sign_after_a_verb_that_says_which_way(tmp_path):
    text = "Burglary rose by {{ burglary / change }}. The change was {{ burglary / change }}."

    (paragraph,) = prose_blocks(ASKED, write(tmp_path, text)).blocks

    assert plain_text(paragraph.runs) == "Burglary rose by 300. The change was +300."


REFUSED = (
    ("![A map](map.png)", 1, "An image cannot be carried over"),
    ("One.\n\n<script>alert(1)</script>\n", 3, "HTML cannot be carried over"),
    ("One\ntwo <b>three</b>.", 2, "HTML cannot be carried over"),
    ("```\ncode\n```", 1, "Code cannot be carried over"),
    ("    four spaces", 1, "Code cannot be carried over"),
    ("Some `code`.", 1, "Code cannot be carried over"),
    ("A **bold** word.", 1, "Bold and italics cannot be carried over"),
    ("An *italic* word.", 1, "Bold and italics cannot be carried over"),
    ("1. one\n2. two", 1, "A numbered list cannot be carried over"),
    ("- one\n  - two", 1, "A point of a list is one paragraph"),
    ("| a | b |\n|---|---|\n| c | d |", 1, "A table has a title before it and a source after it"),
    ("Table: x\n\n| a |\n|---|\n| b |\n", 3, "A table has a title before it and a source after it"),
    ("Table: x\n\n| a |\n|---|\n| {{ burglary / count }} more |\n\nSource: y.", 5, "A cell holds words or one figure"),
    ("Table: x\n\n| a |\n|---|\n| {{ burglery / count }} |\n\nSource: y.", 5, "There is no indicator “burglery”"),
    ("Table: {{ burglary / count }}\n\n| a |\n|---|\n| b |\n\nSource: y.", 1, "A heading or a title holds no figure"),
    ("One.\n\n***\n", 3, "A line across the page"),
    ("> - one", 1, "A note is a paragraph"),
    ("### Deep", 1, "The heading is of level 3"),
    ("# {{ burglary / 2018 / count }}", 1, "A heading or a title holds no figure"),
    ("One.\n\nTwo\n{{ burglery / 2018 / count }}.", 4, "There is no indicator “burglery”"),
    ("One.\n\nBurglary fell by {{ burglary / 2018 / change }}.", 3, "“fell” is said of burglaries in Harrow"),
    ("- Burglary fell by {{ burglary / 2018 / change }}.", 1, "“fell” is said of burglaries in Harrow"),
)


@pytest.mark.parametrize(("text", "line", "what"), REFUSED)
def test_what_cannot_stand_is_refused_with_file_line_and_fix(tmp_path, text, line, what):
    with pytest.raises(ProseError) as refused:
        prose_blocks(ASKED, write(tmp_path, text))

    assert f"burglary.md, line {line}: {what}" in refused.value.happened
    assert refused.value.to_do


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(ProseError) as refused:
        prose_blocks(ASKED, write(tmp_path, "Some `code`.\n\nA {{ robery / count }}.\n\nA **b**."))

    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "burglary.md, line 1",
        "burglary.md, line 3",
        "burglary.md, line 5",
    ]


def test_typed_number_is_listed_and_refused_where_strict(tmp_path):
    path = write(tmp_path, "There were 1,800 burglaries; {{ burglary / 2018 / count }}.\n\n# Of 12 wards\n")

    assert [(one.line, one.number) for one in prose_blocks(ASKED, path).typed] == [(1, "1,800"), (3, "12")]
    with pytest.raises(ProseError, match=r"line 1: “1,800” is typed.*Write {{ burglary / 2018 / count }}, or settle"):
        prose_blocks(ASKED, path, strict=True)


def test_file_that_is_not_utf8_is_refused_with_its_line(tmp_path):
    path = write(tmp_path, "")
    path.write_bytes("One.\nCaf\xe9.\n".encode("latin-1"))

    with pytest.raises(ProseError, match="line 2: There is a letter that is not UTF-8"):
        prose_blocks(ASKED, path)


def test_empty_text_has_no_blocks(tmp_path):
    assert prose_blocks(ASKED, write(tmp_path, "\n")).blocks == ()


def test_note_asks_for_a_text_that_is_missing(tmp_path):
    path = tmp_path / "prose" / "strategic-assessment" / "burglary.md"

    note = asked_for(ASKED.wording, "Burglary", "Why did it change?", path)

    assert note.kind == "information"
    assert (
        plain_text(note.runs)
        == f"Burglary. To be written by the partnership: Why did it change? It goes into {ORIGIN}."
    )
