"""The partnership's own texts in a document: figures by reference, what is missing asked for, false claims refused."""

import pytest

from frankpledge.assessment.assess import draft
from frankpledge.errors import UserError
from frankpledge.model.document import Heading, Note, Paragraph, Table, plain_text
from frankpledge.model.figure import Figure
from frankpledge.periods import parse_period
from tests.conftest import HARROW, NAMES, build_quietly, months_of

DEFINITION = """
schema: 1
title: A paper
subtitle: Of {period}
audience: public
headline: burglary
sections:
  - title: Burglary
    about: What was recorded.
    indicators: [burglary]
    blocks: [indicator-table]
    prose: burglary
    asks: What changed, and why?
    summary: true
  - title: Drugs
    indicators: [drug-offences]
    blocks: [indicator-table]
"""


@pytest.fixture(scope="module")
def held(place):
    workspace, files = place
    table = files.boroughs(
        months=months_of("2017", "2018"),
        rows=[("Burglary", "Domestic Burglary", name, 40) for name in NAMES.values()],
    )
    build_quietly(workspace, table, files.population())
    folder = workspace.definitions / "assessments"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "paper.yaml").write_text(DEFINITION, encoding="utf-8")
    return workspace


@pytest.fixture
def write(held):
    path = held.prose / "paper" / "burglary.md"
    path.parent.mkdir(parents=True, exist_ok=True)

    def written(text):
        path.write_text(text, encoding="utf-8")
        return draft(held, parse_period("2018"), slug="paper", prepared="2019-01-15")

    yield written
    path.unlink(missing_ok=True)


def test_text_stands_below_the_sections_blocks_with_its_figures(write):
    found = write("There were {{ burglary / 2018 / count }} in the borough.")

    kinds = [type(one) for one in found.blocks[:4]]
    (paragraph,) = [one for one in found.blocks if isinstance(one, Paragraph) and "borough" in plain_text(one.runs)]
    (figure,) = [run for run in paragraph.runs if isinstance(run, Figure)]
    assert kinds == [Heading, Paragraph, Table, Paragraph]
    assert (figure.value, figure.behind[0].area_code) == (480, HARROW)


def test_text_that_is_missing_is_asked_for(held):
    found = draft(held, parse_period("2018"), slug="paper", prepared="2019-01-15")

    (note,) = [one for one in found.blocks if isinstance(one, Note) and "why?" in plain_text(one.runs)]
    assert "prose/paper/burglary.md" in plain_text(note.runs)


def test_section_of_which_nothing_is_held_says_so_under_its_heading(held):
    found = draft(held, parse_period("2018"), slug="paper", prepared="2019-01-15")

    at = found.blocks.index(Heading(1, "Drugs"))
    note = found.blocks[at + 1]
    assert isinstance(note, Note) and "Drug offences" in plain_text(note.runs)


def test_claim_that_its_figures_do_not_bear_out_stops_the_document(write):
    with pytest.raises(UserError, match="burglary.md, line 1"):
        write("Burglary rose to {{ burglary / 2018 / count }}.")


def test_summary_is_made_of_the_sections_that_say_so(write):
    found = write("There were {{ burglary / 2018 / count }}.")

    assert found.blocks[max(found.summary) + 1] == Heading(1, "Drugs")
    assert min(found.summary) == 0
