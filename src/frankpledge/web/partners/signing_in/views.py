"""Pages of one's own account: following a link, second factors, sign-ins, password."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from frankpledge.web.partners.middleware import StandingRequest, has_second_factor
from frankpledge.web.partners.models import Invitation
from frankpledge.web.partners.queries import living_sign_ins, open_invitation
from frankpledge.web.partners.signing_in import actions, letters
from frankpledge.web.partners.signing_in.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm

_BOTH = ["GET", "POST"]
# Where a session keeps the word of the link that was followed.
_WORD = "link"


@require_GET
def follow_link(request: HttpRequest, word: str) -> HttpResponse:
    """Follow a link that was sent. Its word leaves the address at once: it is kept in the session, which is sealed."""
    if open_invitation(actions.word_hash(word)) is None:
        return _closed(request)
    request.session[_WORD] = word
    return redirect("join")


@require_http_methods(_BOTH)
def join(request: HttpRequest) -> HttpResponse:
    """Choose a password, with the link that was followed, and go on to sign in."""
    invitation = open_invitation(actions.word_hash(request.session.get(_WORD, "")))
    # The form is answered for the link that it was shown for: another may have been followed since, in another tab or
    # by the doing of another site, and nobody chooses a password for somebody else's account.
    if invitation is None or (request.method == "POST" and request.POST.get("invitation") != str(invitation.id)):
        return _closed(request)
    held_up = ratelimit.consume_or_429(request, action="choose_password", key=str(invitation.id))
    if held_up:
        return held_up
    form = NewPasswordForm(request.POST or None, person=invitation.person)
    if form.is_valid():
        try:
            person = actions.choose_password(invitation=invitation, password=form.cleaned_data["password"])
        except Invitation.DoesNotExist:
            return _closed(request)
        # Whoever was signed in here, as this person or another, no longer is.
        logout(request)
        return perform_login(request, person, email_verification="none")
    return render(request, "partners/join.html", {"form": form, "invitation": invitation})


@require_http_methods(_BOTH)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password, saying the same whether there is such a person or not."""
    form = ForgottenForm(request.POST or None)
    if not form.is_valid():
        return render(request, "partners/forgotten.html", {"form": form})
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="reset_password", key=email.casefold()):
        return ratelimit.respond_429(request)
    letters.send_password_link(email)
    return render(request, "partners/link_sent.html")


@require_GET
def second_factor(request: StandingRequest) -> HttpResponse:
    """Where whoever has no second factor chooses one, and cannot go on without."""
    if has_second_factor(request.person):
        return redirect("account")
    return render(request, "partners/second_factor.html")


@require_GET
def account(request: StandingRequest) -> HttpResponse:
    """One's second factors and sign-ins."""
    person = request.person
    factors = [one.wrap() for one in Authenticator.objects.filter(user=person).order_by("created_at")]
    content = {"factors": factors, "sign_ins": living_sign_ins(person), "own": request.sign_in}
    return render(request, "partners/account.html", content)


@require_http_methods(_BOTH)
def change_password(request: StandingRequest) -> HttpResponse:
    """Change one's password; other sign-ins end."""
    form = ChangePasswordForm(request.POST or None, person=request.person)
    if form.is_valid():
        actions.change_password(person=request.person, password=form.cleaned_data["password"], keep=request.sign_in)
        update_session_auth_hash(request, request.person)
        messages.success(request, _("Your password was changed, and you were signed out everywhere else."))
        return redirect("account")
    return render(request, "partners/change_password.html", {"form": form})


@reauthentication_required()
@require_POST
def end_sign_in(request: StandingRequest, sign_in: UUID) -> HttpResponse:
    """End one of one's own sign-ins."""
    found = living_sign_ins(request.person).filter(id=sign_in).first()
    if found is None:
        raise Http404
    actions.end_sign_in(sign_in=found, by=request.person)
    messages.success(request, _("That browser was signed out."))
    return redirect("account")


@reauthentication_required()
@require_POST
def sign_out_everywhere(request: StandingRequest) -> HttpResponse:
    """End all of one's sign-ins, this one too."""
    actions.end_sign_ins(person=request.person, by=request.person)
    logout(request)
    messages.success(request, _("You were signed out everywhere."))
    return redirect("account_login")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/link_closed.html", status=404)
