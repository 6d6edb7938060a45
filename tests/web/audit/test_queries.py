"""Reading the audit of one partnership: filtered, newest first, a page at a time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from frankpledge.web.audit.actors import Agent, Subject
from frankpledge.web.audit.queries import entries_for, extent, page_of
from tests.web.audit.logs import ANN, BARNET, HARROW, some_log

pytestmark = pytest.mark.django_db


def numbers(entries):
    return [entry.sequence for entry in entries]


def test_entries_are_of_one_partnership_and_newest_first():
    some_log(4)

    assert numbers(entries_for(HARROW)) == [4, 3, 2, 1]
    assert numbers(entries_for(BARNET)) == [2, 1]
    assert numbers(entries_for(None)) == [2, 1]
    assert numbers(entries_for(uuid4())) == []


def test_entries_are_chosen_by_what_who_and_on_what():
    some_log(4)

    assert numbers(entries_for(HARROW, event="test-wrote", by=ANN, on=Subject("test.thing", "2"))) == [3]
    assert numbers(entries_for(HARROW, event="test-read")) == []
    assert numbers(entries_for(HARROW, by=Agent.COMMAND)) == []
    assert numbers(entries_for(BARNET, by=Agent.COMMAND)) == [2, 1]


def test_entries_are_chosen_from_one_moment_to_before_another():
    before = timezone.now()
    some_log(4)
    first, *_, last = [entry.at for entry in entries_for(HARROW).order_by("sequence")]

    assert numbers(entries_for(HARROW, since=before, until=last)) == [3, 2, 1]
    assert numbers(entries_for(HARROW, since=last)) == [4]
    assert numbers(entries_for(HARROW, until=first)) == []
    assert numbers(entries_for(HARROW, since=last + timedelta(seconds=1))) == []


def test_pages_follow_each_other_though_entries_are_added():
    some_log(5)

    first = page_of(entries_for(HARROW), size=2)
    some_log(2)
    second = page_of(entries_for(HARROW), before=first.older, size=2)
    third = page_of(entries_for(HARROW), before=second.older, size=2)

    assert [numbers(page.entries) for page in (first, second, third)] == [[5, 4], [3, 2], [1]]
    assert (first.older, third.older) == (4, None)


def test_page_that_is_just_full_has_none_after_it():
    some_log(2)

    assert page_of(entries_for(HARROW), size=2).older is None


def test_extent_counts_entries_and_chains():
    some_log(4)

    assert extent() == (8, 3)
    assert extent(HARROW) == (4, 1)
