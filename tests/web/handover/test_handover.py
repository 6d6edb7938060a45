"""The sealed inbox: who may offer, accept, decline and withdraw, each once; and nobody reads it on the way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.models import Entry
from frankpledge.web.handover import actions
from frankpledge.web.handover.kinds import Kind, kind_named
from frankpledge.web.handover.models import Offer
from frankpledge.web.handover.policies import TRANSITIONS, NotTheirs, State, can_move
from frankpledge.web.handover.queries import waiting_for
from frankpledge.web.keys.fields import ERASED, keyring
from frankpledge.web.partners.policies import NotNow
from frankpledge.web.partners.roles import Administrator, Auditor, Member, Permission
from frankpledge.web.partners.standing import Refused
from tests.web.making import partnership, seat_of, standing

REFERRAL = Kind(
    "test-referral",
    from_app="front",
    to_app="back",
    fields=frozenset({"name", "concern"}),
    accepting=Permission.AUDIT_READ,
    offering=Permission.PEOPLE_SEE,
)
REPORT = Kind(
    "test-report", from_app="front", to_app="back", fields=frozenset({"words"}), accepting=Permission.AUDIT_READ
)
SAYS = {"name": "Ann Example", "concern": "Seen near the canal"}
DECIDED = (State.ACCEPTED, State.DECLINED, State.WITHDRAWN)


class Site:
    """A partnership with a subject, and people in two of its seats and in another partnership."""

    def __init__(self):
        self.partnership = partnership()
        self.subject = uuid4()
        keyring().make(self.subject, under=self.partnership.id)
        first, second = seat_of(self.partnership, 0), seat_of(self.partnership, 1)
        self.people = {
            "who offered it": standing(first, Member.name),
            "a member elsewhere": standing(second, Member.name),
            "an auditor elsewhere": standing(second, Auditor.name),
            "an administrator elsewhere": standing(second, Administrator.name),
            "an auditor of another partnership": standing(seat_of(partnership()), Auditor.name),
            "the host": Agent.COMMAND,
            "the worker": Agent.WORKER,
            "a visitor": Agent.NOBODY,
        }

    def offered(self, kind=REFERRAL, content=SAYS, by="who offered it"):
        """An offer that waits."""
        return actions.offer(
            kind=kind, partnership=self.partnership.id, owner=self.subject, content=content, by=self.people[by]
        )

    def move(self, offer, to, by):
        """Have somebody try to move an offer."""
        action, app = {
            State.ACCEPTED: (actions.accept, "back"),
            State.DECLINED: (actions.decline, "back"),
            State.WITHDRAWN: (actions.withdraw, "front"),
        }[to]
        return action(offer=offer, app=app, by=self.people[by])

    def waiting(self):
        """What waits for the app that accepts."""
        return waiting_for(self.partnership.id, "back")


@pytest.fixture
def site(db):
    return Site()


def put_down(offer):
    return list(Entry.objects.filter(on_id=str(offer)).values_list("event", flat=True))


def test_content_is_sealed_and_told_to_who_accepts(site):
    offer = site.offered()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM handover_offer")
        assert "Ann" not in cursor.fetchone()[0]

    assert site.move(offer, State.ACCEPTED, "an auditor elsewhere") == SAYS
    assert put_down(offer) == ["handover-offered", "handover-accepted"]


def test_waiting_says_who_offered_what_and_not_what_it_says(site):
    first = site.offered()
    second = site.offered(REPORT, {"words": "Ann Example was here"}, "a visitor")

    waiting = site.waiting()

    assert [(one.id, one.kind, one.from_app) for one in waiting] == [
        (first, "test-referral", "front"),
        (second, "test-report", "front"),
    ]
    assert (waiting[0].offered_by, waiting[1].offered_by) == (
        str(site.people["who offered it"].person.id),
        "nobody",
    )
    assert "Ann" not in repr(waiting)


def test_waiting_is_of_one_app_in_one_partnership(site):
    site.offered()

    assert waiting_for(site.partnership.id, "front") == []
    assert waiting_for(partnership().id, "back") == []


@pytest.mark.parametrize("to", DECIDED)
def test_what_was_decided_waits_no_more_and_holds_no_content(site, to):
    offer = site.offered()
    by = "who offered it" if to is State.WITHDRAWN else "an auditor elsewhere"

    site.move(offer, to, by)

    kept = Offer.objects.get(id=offer)
    assert site.waiting() == []
    assert (kept.state, kept.content) == (to, None)
    assert (kept.decided_by, kept.decided_seat) == (str(site.people[by].person.id), site.people[by].seat.id)
    assert put_down(offer)[1:] == [f"handover-{to}"]


# --- the full table: from each state to each other, by everybody

MAY = {
    State.ACCEPTED: {"an auditor elsewhere"},
    State.DECLINED: {"an auditor elsewhere"},
    State.WITHDRAWN: {"who offered it"},
}
PEOPLE = (
    "who offered it",
    "a member elsewhere",
    "an auditor elsewhere",
    "an administrator elsewhere",
    "an auditor of another partnership",
    "the host",
    "the worker",
    "a visitor",
)


@pytest.mark.parametrize("to", DECIDED)
@pytest.mark.parametrize("state", State)
def test_every_transition_by_everybody(site, state, to):
    for by in PEOPLE:
        offer = site.offered()
        if state is not State.OFFERED:
            site.move(offer, state, *MAY[state])
        before = put_down(offer)
        allowed = state is State.OFFERED and by in MAY[to]

        if allowed:
            site.move(offer, to, by)
        else:
            with pytest.raises((NotNow, Refused)):
                site.move(offer, to, by)

        assert Offer.objects.get(id=offer).state == (to if allowed else state), by
        assert len(put_down(offer)) == len(before) + allowed, by


@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("state", State)
def test_only_what_waits_moves(state, to):
    assert can_move(state, to) == (state is State.OFFERED and to is not State.OFFERED)


def test_table_has_every_state():
    assert set(TRANSITIONS) == set(State)


@pytest.mark.parametrize("by", PEOPLE)
def test_offering_is_for_those_the_kind_allows(site, by):
    if by in {"who offered it", "a member elsewhere", "an auditor elsewhere", "an administrator elsewhere", "the host"}:
        assert site.offered(by=by)
    else:
        with pytest.raises(Refused):
            site.offered(by=by)


@pytest.mark.parametrize("by", ["the worker", "a visitor", "the host"])
def test_what_anybody_may_offer_is_withdrawn_by_the_same_only(site, by):
    offer = site.offered(REPORT, {"words": "x"}, by)

    for other in set(PEOPLE) - {by}:
        with pytest.raises(NotNow):
            site.move(offer, State.WITHDRAWN, other)
    site.move(offer, State.WITHDRAWN, by)


# --- apps


@pytest.mark.parametrize(
    ("action", "app"), [(actions.accept, "front"), (actions.decline, "other"), (actions.withdraw, "back")]
)
def test_app_that_is_not_the_offers_reaches_nothing(site, action, app):
    offer = site.offered()

    with pytest.raises(NotTheirs):
        action(offer=offer, app=app, by=site.people["an auditor elsewhere"])
    assert len(site.waiting()) == 1


def test_field_that_the_kind_does_not_allow_is_refused(site):
    with pytest.raises(AssertionError, match="does not allow"):
        site.offered(content={"name": "Ann Example", "address": "1 High Street"})


def test_kind_is_declared_once():
    assert kind_named("test-referral") is REFERRAL
    with pytest.raises(AssertionError, match="already"):
        Kind("test-referral", "a", "b", frozenset(), Permission.PEOPLE_SEE)


# --- erasure


def test_offer_about_somebody_who_was_erased_reads_as_erased_and_can_only_be_declined(site):
    offer = site.offered()
    keyring().destroy(site.subject)

    assert Offer.objects.get(id=offer).content == str(ERASED)
    assert [one.is_erased for one in site.waiting()] == [True]
    with pytest.raises(NotNow, match="erased"):
        site.move(offer, State.ACCEPTED, "an auditor elsewhere")
    site.move(offer, State.DECLINED, "an auditor elsewhere")


def test_nothing_is_offered_about_somebody_who_was_erased(site):
    keyring().destroy(site.subject)

    with pytest.raises(NotNow, match="erased"):
        site.offered()


# --- the database


@pytest.mark.parametrize(
    "change",
    ["state = 'accepted'", "decided_by = 'worker'", "decided_at = offered_at", "content = NULL", "state = 'declined'"],
)
def test_half_decided_offer_is_refused_by_the_database(site, change):
    site.offered()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE handover_offer SET {change}")


def test_acceptance_that_is_rolled_back_leaves_the_offer_waiting(own_database):
    site = Site()
    offer = site.offered()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        site.move(offer, State.ACCEPTED, "an auditor elsewhere")
        _ = 1 / 0

    assert len(site.waiting()) == 1
    assert put_down(offer) == ["handover-offered"]
    assert site.move(offer, State.ACCEPTED, "an auditor elsewhere") == SAYS


def test_eight_who_decide_at_once_accept_it_once(own_database):
    site = Site()
    offers, started = [site.offered() for _ in range(5)], threading.Barrier(8)

    def decide(number):
        started.wait()
        try:
            return [attempt(offer, number) for offer in offers]
        finally:
            connections.close_all()

    def attempt(offer, number):
        to = State.WITHDRAWN if number == 7 else State.ACCEPTED
        try:
            site.move(offer, to, "who offered it" if number == 7 else "an auditor elsewhere")
        except NotNow:
            return None
        except DatabaseError as error:
            return error
        return to

    with ThreadPoolExecutor(8) as threads:
        decided = list(threads.map(decide, range(8)))

    for offer, outcomes in zip(offers, zip(*decided, strict=True), strict=True):
        assert [outcome for outcome in outcomes if outcome] == [Offer.objects.get(id=offer).state]
        assert len(put_down(offer)) == 2
