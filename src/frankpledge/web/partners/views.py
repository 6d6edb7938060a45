"""Pages of seats, people and the partnership."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from frankpledge.web.partners import actions, forms, queries
from frankpledge.web.partners.middleware import SEAT, StandingRequest
from frankpledge.web.partners.models import Membership, Person
from frankpledge.web.partners.policies import NotNow, sits_elsewhere
from frankpledge.web.partners.signing_in import actions as own
from frankpledge.web.partners.signing_in.adapter import AccountAdapter
from frankpledge.web.partners.signing_in.letters import send_invitation

_BOTH = ["GET", "POST"]


@require_GET
def home(request: StandingRequest) -> HttpResponse:
    """Where one begins: what one may do from one's seat."""
    if request.standing is None:
        return redirect("seat")
    return render(request, "partners/home.html", {"standing": request.standing})


@require_http_methods(_BOTH)
def seat(request: StandingRequest) -> HttpResponse:
    """Choose the seat to act from; whoever has one only need not, and whoever has none is told."""
    seats = queries.seats_of(request.person)
    if request.method == "POST":
        chosen = next((one for one in seats if str(one.id) == request.POST.get("seat")), None)
        if chosen is not None:
            own.note_seat(person=request.person, seat=chosen)
            request.session[SEAT] = str(chosen.id)
            return redirect("home")
        messages.error(request, _("Choose one of your seats."))
    return render(request, "partners/seat.html", {"seats": seats, "standing": request.standing})


@require_GET
def people(request: StandingRequest) -> HttpResponse:
    """Who sits, or sat, for whom in the partnership."""
    found = queries.people_in(request.seated.partnership)
    return render(request, "partners/people.html", {"people": found})


@require_GET
def person(request: StandingRequest, person: UUID) -> HttpResponse:
    """One person of the partnership, with their memberships in it."""
    found = _person(request, person)
    memberships = queries.memberships_of(found, request.seated.partnership)
    return render(request, "partners/person.html", {"shown": found, "memberships": memberships})


@reauthentication_required()
@rate_limit(action="letter")
@require_http_methods(_BOTH)
def invite(request: StandingRequest) -> HttpResponse:
    """Invite somebody to a seat."""
    form = forms.InvitationForm(request.POST or None, partnership=request.seated.partnership)
    if form.is_valid():
        made = _done(form, lambda: actions.bring_in(**form.cleaned_data, by=request.seated))
        if made is not None and made.person.has_usable_password():
            return _to_person(request, made.person, _("They have an account already, and can sign in."))
        if made is not None:
            return _send_link(request, made.person)
    return render(request, "partners/invite.html", {"form": form})


@reauthentication_required()
@rate_limit(action="letter")
@require_POST
def send_link(request: StandingRequest, person: UUID) -> HttpResponse:
    """Send somebody a new link to join with, or for a new password."""
    return _send_link(request, _person(request, person))


@reauthentication_required()
@require_http_methods(_BOTH)
def change_person(request: StandingRequest, person: UUID) -> HttpResponse:
    """Put a name or an address right."""
    found = _person(request, person)
    form = forms.PersonForm(request.POST or None, initial={"name": found.name, "email": found.email})
    if form.is_valid():
        options = form.cleaned_data | {"person": found, "partnership": request.seated.partnership.id}
        if _done(form, lambda: actions.change_person(**options, by=request.seated) or True):
            return _to_person(request, found, _("It was changed."))
    return render(request, "partners/change_person.html", {"form": form, "shown": found})


@reauthentication_required()
@require_http_methods(_BOTH)
def give_membership(request: StandingRequest, person: UUID) -> HttpResponse:
    """Give somebody who is known a further membership."""
    found = _person(request, person)
    form = forms.MembershipForm(request.POST or None, partnership=request.seated.partnership)
    if form.is_valid() and _done(
        form, lambda: actions.give_membership(**form.cleaned_data, person=found, by=request.seated)
    ):
        return _to_person(request, found, _("The membership was given."))
    return render(request, "partners/give_membership.html", {"form": form, "shown": found})


@require_http_methods(_BOTH)
def renew_membership(request: StandingRequest, membership: UUID) -> HttpResponse:
    """Give a membership another last day."""
    found = _membership(request, membership)
    form = forms.RenewalForm(request.POST or None)
    if form.is_valid() and _done(
        form, lambda: actions.renew_membership(membership=found, **form.cleaned_data, by=request.seated) or True
    ):
        return _to_person(request, found.person, _("The membership was renewed."))
    return render(request, "partners/renew_membership.html", {"form": form, "membership": found})


@require_http_methods(_BOTH)
def end_membership(request: StandingRequest, membership: UUID) -> HttpResponse:
    """End a membership, once it was asked whether that is meant."""
    found = _membership(request, membership)
    content = {"membership": found, "shown": found.person}
    return _asked(
        request,
        "partners/end_membership.html",
        content,
        lambda: actions.end_membership(membership=found, by=request.seated),
        _("The membership has ended."),
    )


@require_http_methods(_BOTH)
def leave(request: StandingRequest, person: UUID) -> HttpResponse:
    """End all of somebody's memberships in the partnership, once it was asked."""
    found, partnership = _person(request, person), request.seated.partnership.id
    return _asked(
        request,
        "partners/leave.html",
        {"shown": found},
        lambda: actions.leave(person=found, partnership=partnership, by=request.seated),
        _("All their memberships here have ended, and they were signed out."),
    )


@reauthentication_required()
@require_http_methods(_BOTH)
def erase(request: StandingRequest, person: UUID) -> HttpResponse:
    """Erase somebody's name and address for good, once it was asked."""
    found, partnership = _person(request, person), request.seated.partnership.id
    return _asked(
        request,
        "partners/erase.html",
        {"shown": found},
        lambda: actions.erase_person(person=found, partnership=partnership, by=request.seated),
        _("Their name and address were erased."),
    )


@reauthentication_required()
@require_http_methods(_BOTH)
def forget_second_factors(request: StandingRequest, person: UUID) -> HttpResponse:
    """Take away the second factors that somebody has lost, once it was asked."""
    found = _person(request, person)
    return _asked(
        request,
        "partners/forget_second_factors.html",
        {"shown": found},
        lambda: own.forget_second_factors(person=found, by=request.seated),
        _("They set up a new second step when they next sign in."),
    )


@reauthentication_required()
@require_POST
def end_sign_ins(request: StandingRequest, person: UUID) -> HttpResponse:
    """Sign somebody out of every browser."""
    found = _person(request, person)
    ended = own.end_sign_ins_of(person=found, by=request.seated)
    said = ngettext("They were signed out of %(num)d browser.", "They were signed out of %(num)d browsers.", ended)
    return _to_person(request, found, said % {"num": ended})


@require_POST
def unlock_person(request: StandingRequest, person: UUID) -> HttpResponse:
    """Let somebody who was locked out try again."""
    found = _person(request, person)
    own.unlock(person=found, by=request.seated)
    AccountAdapter(request).forget_tries(request, found)
    return _to_person(request, found, _("They can try again now."))


@require_http_methods(_BOTH)
def partnership(request: StandingRequest) -> HttpResponse:
    """What the partnership is called, how its pages look, and who has a seat."""
    own = request.seated.partnership
    form = forms.PartnershipForm(
        request.POST or None, request.FILES or None, initial={"name": own.name, "colour": own.colour}
    )
    if form.is_valid():
        given = form.cleaned_data
        logo = "" if given["no_logo"] else given["logo"] or own.logo
        actions.change_partnership(
            partnership=own, name=given["name"], colour=given["colour"], logo=logo, by=request.seated
        )
        messages.success(request, _("It was changed."))
        return redirect("partnership")
    content = {"form": form, "seats": queries.seats_in(own), "seat_form": forms.SeatForm()}
    return render(request, "partners/partnership.html", content)


@require_http_methods(_BOTH)
def add_seat(request: StandingRequest) -> HttpResponse:
    """Give an agency a seat."""
    form = forms.SeatForm(request.POST or None)
    if form.is_valid():
        actions.make_seat(partnership=request.seated.partnership, **form.cleaned_data, by=request.seated)
        messages.success(request, _("The agency has a seat."))
        return redirect("partnership")
    return render(request, "partners/add_seat.html", {"form": form})


def _person(request: StandingRequest, person: UUID) -> Person:
    found = queries.person_in(request.seated.partnership, person)
    if found is None:
        raise Http404
    return found


def _membership(request: StandingRequest, membership: UUID) -> Membership:
    found = queries.membership_in(request.seated.partnership, membership)
    if found is None:
        raise Http404
    return found


def _done(form: Any, action: Any) -> Any:
    """What an action answers; nothing, and its reason on the form, where the rules do not allow it now."""
    try:
        return action()
    except NotNow as reason:
        form.add_error(None, str(reason))
        return None


def _asked(request: StandingRequest, template: str, content: dict[str, Any], action: Any, said: str) -> HttpResponse:
    """Ask whether something is meant; when it is, do it and go back to the person."""
    if request.method == "POST":
        try:
            action()
        except NotNow as reason:
            return render(request, template, content | {"reason": str(reason)}, status=409)
        return _to_person(request, content["shown"], said)
    return render(request, template, content)


def _to_person(request: StandingRequest, person: Person, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("person", person=person.id)


def _send_link(request: StandingRequest, person: Person) -> HttpResponse:
    """Send a link, and show it where the site has no mail server and somebody must pass it on."""
    link = send_invitation(person, by=request.seated)
    # Whoever sees the link can be that person: so not of somebody whom another partnership trusts.
    shown = "" if sits_elsewhere(person, request.seated.partnership.id) else link
    return render(request, "partners/link_made.html", {"shown": person, "link": shown})
