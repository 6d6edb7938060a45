"""Duties and the register as text: what may stand there, and what is refused with a word on what to write."""

import pytest

from frankpledge.assessment.blocks import DOCUMENT_BLOCKS, INDICATOR_BLOCKS, TOGETHER_BLOCKS
from frankpledge.assessment.definition import read_assessments
from frankpledge.duties.definition import Kind, read_duties, read_instruments
from frankpledge.duties.register import read_register
from frankpledge.errors import DefinitionError
from frankpledge.sources.partners.due import PRESCRIBED

LAW = """\
schema: 1
title: A law
citation: A law
applies: Everywhere
read_in: nowhere
duties:
  - duty: {slug}
    authority: section 1
    who: everybody
    what: Something.
    due: {due}
    begins: 2020-01-01
    verified: false
"""


def test_every_data_set_of_the_regulations_is_somebodys_duty():
    sets = [one for duty in read_duties() for one in duty.sets]
    assert sorted(sets) == sorted(one.slug for one in PRESCRIBED)


def test_no_limit_that_was_not_seen_is_counted():
    """A day that nobody has read in a source must not stand in the definitions."""
    assert not [one.slug for one in read_duties() if not one.due.source_seen and one.due.kind is not Kind.CASE]


def test_death_reviews_say_that_their_limits_were_not_seen():
    reviews = {one.slug: one for one in read_instruments()["domestic-abuse-related-death-reviews"].duties}
    assert not reviews["death-review-decided"].due.source_seen
    assert not reviews["death-review-completed"].due.source_seen


def test_blocks_and_documents_that_duties_name_are_there_or_to_come():
    known = {*DOCUMENT_BLOCKS, *INDICATOR_BLOCKS, *TOGETHER_BLOCKS}
    for duty in read_duties():
        if duty.within:
            assert duty.within in read_assessments()
        if duty.blocks:
            assert known & set(duty.blocks), duty.slug


@pytest.mark.parametrize(
    ("area", "slug", "bound"),
    [
        ("E09000015", "public-meeting", True),
        ("W06000015", "public-meeting", False),
        ("W06000015", "prescribed-police", True),
        ("E09000015", "assessment-for-the-county", False),
        ("E07000136", "assessment-for-the-county", True),
    ],
)
def test_a_duty_binds_where_its_law_applies(area, slug, bound):
    assert (slug in {one.slug for one in read_duties(areas=[area])}) is bound


@pytest.mark.parametrize(
    ("slug", "due", "words"),
    [
        ("other", "{kind: by}", "names none"),
        ("other", "{kind: quarterly}", "data sets of SI 2007/1831"),
        ("public-meeting", "{kind: kept}", "stands twice"),
    ],
)
def test_a_duty_that_cannot_be_used_is_refused(workspace, slug, due, words):
    folder = workspace.definitions / "duties"
    folder.mkdir()
    (folder / "own.yaml").write_text(LAW.format(slug=slug, due=due))

    with pytest.raises(DefinitionError, match=words):
        read_instruments(workspace.definitions)


def register(workspace, text):
    (workspace.folder / "duties.yaml").write_text(f"schema: 1\ndone:\n  - {text}\n")
    return read_register(workspace.folder, read_duties())


def test_without_a_file_nothing_is_registered(workspace):
    assert read_register(workspace.folder, read_duties()) == ()


def test_an_entry_says_when_and_where(workspace):
    (entry,) = register(workspace, "{duty: public-meeting, done: 2024-05-20, seen: minutes}")
    assert (entry.done.isoformat(), entry.seen, entry.due) == ("2024-05-20", "minutes", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{duty: public-meetings, done: 2024-05-20, seen: minutes}", "there is no duty"),
        ("{duty: public-meeting, seen: minutes}", "when it was done"),
        ("{duty: public-meeting, done: May 2024, seen: minutes}", "a day"),
        ("{duty: public-meeting, done: 2024-05-20}", "seen"),
        ("{duty: prescribed-fire, done: 2024-05-20, seen: post, set: police-crimes, of: 2024-Q1}", "police-crimes"),
        ("{duty: prescribed-fire, done: 2024-05-20, seen: post, set: fire-incidents, of: 2024}", "information period"),
        ("{duty: prescribed-fire, done: 2024-05-20, seen: post, set: fire-incidents, of: 2024-02}", "information"),
    ],
)
def test_a_slip_in_the_register_is_told(workspace, text, words):
    with pytest.raises(DefinitionError, match=words) as problem:
        register(workspace, text)
    assert problem.value.to_do
