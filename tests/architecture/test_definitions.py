"""Every packaged definition can be read, and what they name is there."""

import pytest

from frankpledge.assessment.blocks import DOCUMENT_BLOCKS, INDICATOR_BLOCKS, TOGETHER_BLOCKS
from frankpledge.assessment.definition import SUBJECT, find_assessment
from frankpledge.definition import PACKAGED, definition_files, read_definition
from frankpledge.disclosure import POLICIES, Audience
from frankpledge.indicators.definition import read_indicators
from frankpledge.sources.registry import all_sources
from frankpledge.workspace import read_partnership

FILES = sorted(PACKAGED.rglob("*.yaml"))
KINDS = {"indicators", "assessments", "partnerships", "sources", "wording", "published"}
OFFENCES = {
    one.text("offence")
    for path in definition_files("sources").values()
    for key in ("labels", "groups")
    for one in read_definition(path).entries(key, [])
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGED).as_posix())
def test_definition_can_be_read(path):
    assert read_definition(path).whole("schema") == 1


def test_every_kind_of_definition_is_there():
    assert {path.parent.name for path in FILES} >= KINDS
    assert len(FILES) > 20


@pytest.mark.parametrize("slug", definition_files("assessments"))
def test_assessment_names_blocks_and_indicators_that_are_there(slug):
    definition = find_assessment(slug)

    sections = list(definition.all_sections())
    assert {name for one in sections for name in one.blocks} <= {*DOCUMENT_BLOCKS, *TOGETHER_BLOCKS}
    assert {name for one in sections for name in one.each} <= set(INDICATOR_BLOCKS)
    assert {*definition.indicators, *definition.profile} <= {*read_indicators(), SUBJECT}
    assert definition.audience in set(Audience)


@pytest.mark.parametrize("slug", definition_files("partnerships"))
def test_partnership_can_be_read(slug):
    partnership = read_partnership(definition_files("partnerships")[slug], slug)

    assert set(partnership.areas) <= set(partnership.region_areas)
    assert set(partnership.left_out) <= set(partnership.region_areas)


def test_every_source_has_a_policy_that_is_there():
    for slug, registered in all_sources().items():
        assert registered.source.policy in POLICIES, slug


def test_no_label_stands_twice_for_two_offences():
    seen = {}
    for slug, path in definition_files("sources").items():
        for key in ("labels", "groups"):
            for one in read_definition(path).entries(key, []):
                label = (slug, key, one.text("label").upper())
                assert seen.setdefault(label, one.text("offence")) == one.text("offence"), label
    assert len(seen) > 90
