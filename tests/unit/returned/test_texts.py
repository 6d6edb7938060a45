"""Whatever a colleague types is written into Markdown so that it prints the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.prose.markdown import Kind, parse_markdown
from frankpledge.report.word_furniture import origin_mark
from frankpledge.returned.comparing import Change, plain
from frankpledge.returned.draft import DraftParagraph, Part
from frankpledge.returned.texts import take_in, where_is

TEXT = "Before.\n\nThere were {{ burglary / count }} burglaries and [12 projects]{stated: the plan}.\n\nAfter.\n"
OLD = (Part("There were "), Part("1,800", "F-7K3Q"), Part(" burglaries and 12 projects."))
LETTERS = st.sampled_from(
    [*"abc 12.,;:!?'’“-–+*_#>=|`~<&/\\()[]^$%@", "http://", "12 projects", "1. ", "- ", "&amp;", "<b>"]
)
MARK = origin_mark("prose/strategic-assessment/burglary.md#2")


def paragraph(*parts):
    return DraftParagraph(MARK, "BodyText", parts, ())


@settings(max_examples=60, deadline=None)
@given(before=st.lists(LETTERS, max_size=12).map("".join), after=st.lists(LETTERS, max_size=12).map("".join))
def test_what_is_typed_prints_the_same_and_the_figure_stays(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("prose") / "prose"
    file = folder / "strategic-assessment" / "burglary.md"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT, encoding="utf-8")
    new = paragraph(Part(f"{before} x "), OLD[1], Part(f" {after}"))

    take_in([Change(1, MARK, paragraph(*OLD), (new,), ())], folder)

    blocks, problems = parse_markdown(file.read_text(encoding="utf-8"))
    assert problems == []
    assert [one.passages[0].text for one in (blocks[0], blocks[-1])] == ["Before.", "After."]
    (changed,) = blocks[1].passages
    written = "".join("1,800" if piece.kind is Kind.REFERENCE else piece.text for piece in changed.pieces)
    assert plain(written) == plain(new.text)
    assert any(piece.kind is Kind.REFERENCE for piece in changed.pieces)


def test_mark_of_a_file_that_is_gone_is_nowhere(tmp_path):
    assert where_is(MARK, tmp_path).words == ""
    assert where_is("_prose_x", tmp_path).words == ""
