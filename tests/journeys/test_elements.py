"""Every element of the published documents stands in the example's own: its block, or the gap by name."""

from functools import lru_cache

import elements
import pytest

from frankpledge.assessment.assess import draft
from frankpledge.assessment.blocks.shares import part_name
from frankpledge.assessment.definition import find_assessment
from frankpledge.model.document import Chart, Heading, Map, Note, Paragraph, QuickFacts, Table, plain_text
from frankpledge.periods import parse_period
from frankpledge.workspace import Workspace

ROWS = [row for listed in elements.all_elements() for row in listed.rows]


@lru_cache
def text_of(folder, slug):
    """Everything that the example's document says, once for all its elements."""
    document = draft(Workspace(folder), parse_period("2018"), slug=slug, prepared="2019-04-01")
    return "\n".join(words for block in document.blocks for words in words_of(block))


def words_of(block):
    match block:
        case Heading(_, text):
            yield text
        case Paragraph() | Note():
            yield plain_text(block.runs)
        case QuickFacts():
            yield from (block.title, *map(plain_text, block.facts))
        case Table():
            yield block.title
            yield from (plain_text((cell,)) for row in block.rows for cell in row)
            yield from map(plain_text, block.notes)
        case Chart() | Map():
            yield from (block.title, plain_text(block.alt))
        case _:
            yield from map(plain_text, block.items)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.document}: {row.words}")
def test_element_stands_in_the_example(demo, row):
    definition = find_assessment(row.document)
    asked = [
        section
        for section in definition.all_sections()
        if row.block in (*section.blocks, *section.each) and set(row.indicators) <= set(section.indicators)
    ]
    assert asked, f"no section has {row.block} of {row.indicators}"
    said = text_of(demo, row.document).lower()
    for slug in row.indicators:
        indicator = elements.indicator(slug)
        # A table of shares has its whole in the title, and names each part by what tells it from the others.
        names = (indicator.title, indicator.noun, part_name(indicator))
        assert any(name.lower() in said for name in names), slug
