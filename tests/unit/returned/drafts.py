"""The text, the document and the small changes that tests of drafts share."""

from frankpledge.model.document import Column, Document, FrontMatter, Heading, Paragraph, Table

TEXT = """\
# What changed

Burglary rose from {{ burglary / 2017 / count }} to {{ burglary / 2018 / count }} in
Harrow, and [12 projects]{stated: the plan's own count} answered it.

- Homes were empty.
- Keys were left & found.

> Caution: figures of Barnet are new.

The last word is here.
"""
EDITION = "9f3a1c07aa"


def document(blocks):
    figures = [run for one in blocks if isinstance(one, Paragraph) for run in one.runs if not isinstance(run, str)]
    table = Table(
        "burglary", "Burglary, 2018", (Column("Area"), Column("Number", True)), (("Harrow", figures[0]),), "X."
    )
    return Document(
        slug="strategic-assessment-2018",
        title="Strategic assessment",
        subtitle="Crime and disorder, 2018",
        partnership="Safer Harrow",
        period="2018",
        prepared="2021-09-05",
        edition=EDITION,
        invented=True,
        colour="#12436D",
        blocks=(Heading(1, "Burglary"), Paragraph(("It has ", figures[1], " burglaries.")), *blocks, table),
        front=FrontMatter(markings={"board": "For the board"}),
    )


def paragraph(word, beginning):
    found = (one for one in word.paragraphs if not one.style.name.lower().startswith(("contents", "toc")))
    return next(one for one in found if one.text.startswith(beginning))


def replace(one, old, new):
    run = next(run for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new)


def text_of(workspace):
    return (workspace.prose / "strategic-assessment" / "burglary.md").read_text(encoding="utf-8")
