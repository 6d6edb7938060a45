"""An assessment of an area for which little is held: it says what it knows, and what it lacks."""

import pytest

from frankpledge.assessment.assess import draft
from frankpledge.errors import NotHeldError
from frankpledge.model.document import BulletList, Heading, Note, Table, plain_text
from frankpledge.periods import parse_period
from tests.conftest import BARNET, HARROW, build_quietly


def document(workspace, period="2018"):
    return draft(workspace, parse_period(period), slug="strategic-assessment", prepared="2026-01-15")


def under(found, title):
    """The blocks between a heading and the next."""
    start = next(i for i, block in enumerate(found.blocks) if isinstance(block, Heading) and block.text == title)
    rest = found.blocks[start + 1 :]
    end = next((i for i, block in enumerate(rest) if isinstance(block, Heading)), len(rest))
    return rest[:end]


@pytest.fixture
def only_people(workspace, files):
    build_quietly(workspace, files.population(), files.best_fit())
    return document(workspace)


def test_area_without_any_crime_data_is_described_and_the_gap_said_first(only_people):
    note = only_people.blocks[0]
    assert isinstance(note, Note)
    assert plain_text(note.runs).startswith("No crime or disorder is held for Safer Harrow in 2018.")
    (table,) = [block for block in under(only_people, "The area") if isinstance(block, Table)]
    assert [plain_text(row) for row in table.rows] == ["Residents250,000"]


def test_what_is_lacking_is_said_once_a_reason_with_the_feeds_that_hold_it(only_people):
    (lists,) = [block for block in under(only_people, "What could not be measured") if isinstance(block, BulletList)]
    items = [plain_text(item) for item in lists.items]

    burglary = [item for item in items if "Burglary" in item.partition(" (")[0].split(", ")]
    assert len(burglary) == 1
    assert "nothing held counts these offences for such areas" in burglary[0]
    assert "It can come from" in burglary[0] and "data.police.uk" in burglary[0]
    assert any(item.startswith("Households") and item.endswith("no such population is held.") for item in items)


def test_feed_that_does_not_cover_the_area_is_not_offered(workspace, files):
    (workspace.folder / "partnership.yaml").write_text("schema: 1\nname: Boston\nareas: [E07000136]\n")
    build_quietly(workspace, files.population(people={"E07000136": 70_000}))

    items = [
        plain_text(item)
        for block in document(workspace).blocks
        if isinstance(block, BulletList)
        for item in block.items
    ]

    assert not any("Metropolitan Police" in item for item in items)


def test_period_beyond_the_data_is_refused_with_the_newest_month(workspace, files):
    counted = [("BURGLARY", "DOMESTIC BURGLARY", name, 3) for name in ("Harrow", "Barnet")]
    build_quietly(workspace, files.population(), files.boroughs(months=("2018-01", "2018-02"), rows=counted))

    with pytest.raises(NotHeldError, match="The newest month held of its authorities is February 2018"):
        document(workspace, "2019")


def test_workspace_that_holds_nothing_of_the_area_is_refused(workspace, files):
    build_quietly(workspace, files.population(people={BARNET: 390_000}))

    with pytest.raises(NotHeldError, match="Nothing is held for Safer Harrow"):
        document(workspace)
    assert HARROW in workspace.partnership().areas
