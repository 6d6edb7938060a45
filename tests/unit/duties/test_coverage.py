"""Each rule of when a duty is met, at its edges. The evidence is written by hand: no warehouse is needed."""

import datetime
from dataclasses import dataclass, replace

import pytest

from frankpledge.duties.coverage import State, a_year_after, coverage_of, evidence_words
from frankpledge.duties.definition import Due, Duty, Kind
from frankpledge.duties.evidence import Arrival, EditionKept, PlanHeld, Registered
from frankpledge.duties.prescribed import Arrived, disclosures
from frankpledge.findings.wording import read_wording
from frankpledge.periods import month_number


def day(text):
    return datetime.date.fromisoformat(text)


@dataclass(frozen=True)
class Known:
    arrivals: tuple = ()
    editions: tuple = ()
    plan: PlanHeld | None = None
    register: tuple = ()


DUTY = Duty(
    slug="public-meeting",
    instrument="law",
    authority="regulation 12",
    who="the strategy group",
    what="Hold a public meeting.",
    due=Due(Kind.YEARLY),
    begins=day("2007-08-01"),
    areas=(),
    verified=True,
    document="",
    within="",
    blocks=(),
    prose=(),
    plan="",
    sets=(),
)
ASSESSMENT = replace(DUTY, slug="assessment", document="strategic-assessment")
CHANGES = replace(DUTY, slug="changes", within="strategic-assessment")
STRATEGY = replace(DUTY, slug="strategy", due=Due(Kind.BY, day("2024-01-31")))
REVIEW = replace(DUTY, slug="review", due=Due(Kind.YEARLY, day("2025-01-31")))
CASE = replace(DUTY, slug="death-review", due=Due(Kind.CASE, source_seen=False))
PROTOCOL = replace(DUTY, slug="protocol", due=Due(Kind.KEPT))
PLAN = replace(DUTY, slug="plan", plan="plan")
RESOURCES = replace(DUTY, slug="plan-resources", plan="resources")
FIRES = replace(DUTY, slug="prescribed-fire", due=Due(Kind.QUARTERLY), sets=("fire-incidents",))


def done(duty, when="", *, due="", **other):
    return Registered(duty.slug, day(when) if when else None, day(due) if due else None, "minutes", **other)


def met(duty, on, **known):
    (found,) = coverage_of([duty], Known(**known), day(on))
    assert evidence_words(read_wording(), found)
    return found


@pytest.mark.parametrize(
    ("last", "on", "state"),
    [
        ("2018-03-01", "2019-03-01", State.MET),
        ("2018-03-01", "2019-03-02", State.LATE),
        ("2016-02-29", "2017-02-28", State.MET),
        ("2016-02-29", "2017-03-01", State.LATE),
        ("2018-03-01", "2018-02-28", State.NOT_TOLD),
    ],
)
def test_what_is_due_each_year_is_met_to_the_same_day_of_the_next(last, on, state):
    assert met(DUTY, on, register=(done(DUTY, last),)).state is state


def test_the_newest_of_several_counts():
    register = (done(DUTY, "2018-03-01"), done(DUTY, "2016-03-01"))
    assert met(DUTY, "2018-12-01", register=register).state is State.MET


def test_a_year_after_the_last_of_february():
    assert a_year_after(day("2023-02-28")) == day("2024-02-28")


@pytest.mark.parametrize(
    ("when", "on", "state"),
    [
        ("", "2024-01-31", State.NOT_DUE),
        ("", "2024-02-01", State.NOT_TOLD),
        ("2024-01-31", "2024-02-01", State.MET),
        ("2024-02-01", "2024-02-01", State.LATE),
        ("2024-02-01", "2024-01-31", State.NOT_DUE),
    ],
)
def test_what_is_due_by_a_day(when, on, state):
    register = (done(STRATEGY, when),) if when else ()
    assert met(STRATEGY, on, register=register).state is state


def test_a_strategy_published_late_stays_late_however_often_it_is_published_again():
    register = (done(STRATEGY, "2024-03-01"), done(STRATEGY, "2025-03-01"))
    found = met(STRATEGY, "2025-04-01", register=register)

    assert (found.state, found.fillings["day"]) == (State.LATE, "1 March 2024")


@pytest.mark.parametrize(("on", "state"), [("2025-01-31", State.NOT_DUE), ("2025-02-01", State.NOT_TOLD)])
def test_the_first_review_is_not_due_before_its_day(on, state):
    assert met(REVIEW, on).state is state


def test_a_duty_that_is_not_in_force_yet_is_left_out():
    assert coverage_of([DUTY], Known(), day("2007-07-31")) == []
    assert len(coverage_of([DUTY], Known(), day("2007-08-01"))) == 1


def test_what_only_the_register_could_tell_is_not_told_and_never_missing():
    assert met(PROTOCOL, "2024-01-01").state is State.NOT_TOLD
    assert met(PROTOCOL, "2024-01-01", register=(done(PROTOCOL, "2010-01-01"),)).state is State.MET


def edition(prepared, answers=None, folder="strategic-assessment-2018-abc"):
    return EditionKept("strategic-assessment", folder, day(prepared), answers)


def test_a_document_is_missing_until_an_edition_is_kept_or_the_register_tells_of_one():
    assert met(ASSESSMENT, "2018-06-01").state is State.MISSING
    assert met(ASSESSMENT, "2018-06-01", editions=(edition("2018-06-02"),)).state is State.MISSING
    assert met(ASSESSMENT, "2018-06-02", editions=(edition("2018-06-02"),)).state is State.MET
    assert met(ASSESSMENT, "2018-06-01", register=(done(ASSESSMENT, "2018-01-01"),)).state is State.MET
    other = replace(edition("2018-01-01"), document="ward-brief")
    assert met(ASSESSMENT, "2018-06-01", editions=(other,)).state is State.MISSING


@pytest.mark.parametrize(
    ("answers", "state"),
    [(None, State.NOT_TOLD), ({}, State.MISSING), ({"changes": []}, State.MISSING), ({"changes": ["A"]}, State.MET)],
)
def test_what_a_document_has_to_hold_is_read_from_its_newest_edition(answers, state):
    editions = (edition("2018-01-01", {"changes": ["Old"]}), edition("2018-05-01", answers))
    assert met(CHANGES, "2018-06-01", editions=editions).state is state


def test_of_two_editions_of_a_day_the_last_counts():
    editions = (edition("2018-05-01"), edition("2018-05-01", {"changes": ["At a glance"]}))
    assert met(CHANGES, "2018-06-01", editions=editions).fillings["sections"] == "At a glance"


def test_what_an_old_edition_holds_is_late():
    editions = (edition("2018-05-01", {"changes": ["A"]}),)
    assert met(CHANGES, "2019-05-01", editions=editions).state is State.MET
    assert met(CHANGES, "2019-05-02", editions=editions).state is State.LATE


def test_parts_of_a_plan():
    plan = PlanHeld(day("2018-04-01"), frozenset({"priorities"}))

    assert met(PLAN, "2018-06-01").state is State.NOT_TOLD
    assert met(PLAN, "2018-06-01", plan=plan).state is State.MET
    assert met(PLAN, "2019-04-02", plan=plan).state is State.LATE
    assert met(RESOURCES, "2018-06-01", plan=plan).state is State.MISSING
    assert met(PLAN, "2018-06-01", plan=replace(plan, agreed=None)).state is State.NOT_TOLD


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (done(CASE, "2024-05-20", due="2024-05-20"), State.MET),
        (done(CASE, "2024-05-21", due="2024-05-20"), State.LATE),
        (done(CASE, "", due="2024-06-01"), State.NOT_DUE),
        (done(CASE, "", due="2024-05-31"), State.MISSING),
        (done(CASE, "2024-06-02", due="2024-05-31"), State.MISSING),
        (done(CASE, "2024-05-20"), State.MET),
    ],
)
def test_a_case_is_judged_by_the_day_the_register_gives_it(entry, state):
    assert met(CASE, "2024-06-01", register=(entry,)).state is state


def test_cases_are_as_far_met_as_the_one_that_is_met_least_and_none_is_no_sign():
    both = (done(CASE, "2024-01-01"), done(CASE, "", due="2024-01-01"))

    assert met(CASE, "2024-06-01", register=both).state is State.MISSING
    assert met(CASE, "2024-06-01").state is State.NOT_TOLD


def arrivals(when, *months, template="fire-incidents"):
    return tuple(Arrival(template, month_number(*month), day(when)) for month in months)


SPRING = ((2018, 4), (2018, 5), (2018, 6))


@pytest.mark.parametrize(
    ("when", "on", "state"),
    [
        ("2018-09-30", "2018-10-15", Arrived.IN_TIME),
        ("2018-10-01", "2018-10-15", Arrived.LATE),
        ("2018-10-16", "2018-10-15", Arrived.MISSING),
        ("2018-10-16", "2018-09-30", Arrived.NOT_DUE),
    ],
)
def test_a_quarter_is_due_by_the_end_of_the_next(when, on, state):
    known = Known(arrivals=arrivals(when, *SPRING))
    found = disclosures(known, day(on), ["fire-incidents"], since=month_number(2018, 4))

    assert found[0].state is state


def test_a_quarter_without_one_of_its_months_is_not_here():
    known = Known(arrivals=arrivals("2018-07-01", *SPRING[:2]))
    found = disclosures(known, day("2018-10-15"), ["fire-incidents"], since=month_number(2018, 4))

    assert found[0].state is Arrived.MISSING


def test_a_template_that_does_not_answer_a_set_is_no_evidence_of_it():
    known = Known(arrivals=arrivals("2018-07-01", *SPRING, template="asb-calls"))
    found = {
        one.data_set.slug: one.state
        for one in disclosures(known, day("2018-09-30"))
        if one.quarter.last == month_number(2018, 6)
    }

    assert found["police-incidents"] is Arrived.IN_TIME
    assert found["fire-incidents"] is Arrived.NOT_DUE


def test_the_register_may_say_that_a_quarter_was_received_before_it_was_added_here():
    late = arrivals("2026-01-01", *SPRING)
    entry = done(FIRES, "2018-08-01", of="2018-Q2", data_set="fire-incidents")
    found = disclosures(Known(arrivals=late, register=(entry,)), day("2026-02-01"), since=month_number(2018, 4))
    spring = next(one for one in found if one.data_set.slug == "fire-incidents")

    assert (spring.state, spring.day) == (Arrived.IN_TIME, day("2018-08-01"))


def test_a_duty_by_quarters_is_judged_by_the_last_four_that_were_due():
    year = [(2017, month) for month in range(7, 13)] + [(2018, month) for month in range(1, 7)]

    assert met(FIRES, "2018-10-01", arrivals=arrivals("2017-01-01", *year)).state is State.MET
    assert met(FIRES, "2018-10-01", arrivals=arrivals("2018-10-01", *year)).state is State.LATE
    assert met(FIRES, "2018-10-01", arrivals=arrivals("2017-01-01", *year[:-1])).state is State.MISSING
    assert met(FIRES, "2007-10-01").state is State.NOT_DUE
