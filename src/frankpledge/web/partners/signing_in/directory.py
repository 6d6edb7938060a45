"""Signing in with the council's directory (OpenID Connect): what it says is checked here before anybody believes it.

By itself allauth leaves out the signature of what it fetched over TLS, sends no nonce, follows redirects, and takes the
name that a directory gives itself.
"""

from __future__ import annotations

import logging
import re
import secrets
from datetime import timedelta
from functools import cached_property
from typing import Any, NoReturn

import jwt
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from frankpledge.web.keys.fields import keyring
from frankpledge.web.partners.models import Person
from frankpledge.web.partners.signing_in import actions

logger = logging.getLogger(__name__)

# Those with two keys, of which the directory publishes one. Never “none”; never one with a single secret (HMAC), for
# which what is published would do to sign.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
# Clocks that are set by the network differ by less than a second, those that somebody sets by less than a minute.
_LEEWAY = timedelta(minutes=1)
# What is looked at of a token that is believed; the rest is nobody's business here.
_LOOKED_AT = ("sub", "email", "email_verified", "nonce")
# As long as allauth takes an identifier.
_LONGEST_IDENTIFIER = 191
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# In clear only on this computer, as tests do.
_SECURE = re.compile(r"https://\S+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(/\S*)?")


class NotBelieved(OAuth2Error):
    """What the directory said is not believed."""


class DirectoryExchange(OpenIDConnectOAuth2Adapter):
    """One exchange with the directory: its description of itself, its keys, and whom it vouches for."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The directory's description of itself.

        Raises
        ------
        NotBelieved
            When it is of another directory than that of the settings, or leads over a line that is not secure.
        """
        provider = self.get_provider()
        _check_secure(provider.server_url)
        described = super().openid_config
        if described.get("issuer") != provider.issuer:
            raise NotBelieved("It gives itself another name than the settings do.")
        for name in _ADDRESSES:
            _check_secure(described.get(name))
        return described

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Nothing: the directory is asked no more about anybody than the ID token says, so its access token goes."""
        return SocialToken()

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **said: Any) -> SocialLogin:
        """Whom the directory vouches for; the nonce is still to be compared, for what was asked is not at hand here."""
        claims = self._claims(said["response"].get("id_token"), app.client_id)
        _check_meant_for(app.client_id, claims)
        _check_form(claims)
        looked_at = {name: claims.get(name) for name in _LOOKED_AT}
        return self.get_provider().sociallogin_from_response(request, {"id_token": looked_at})

    def _claims(self, token: Any, client: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self._key_of(token),
                algorithms=_ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=client,
                leeway=_LEEWAY,
                options={"require": _REQUIRED, "enforce_minimum_key_length": True},
            )
        # Whatever this stumbles over was sent by the directory: a key that is none, a token that is not even text.
        except Exception as error:
            raise NotBelieved("It sent a token that does not hold.") from error

    def _key_of(self, token: Any) -> jwt.PyJWK:
        """The key that a token says it was signed with, of those that the directory publishes at this moment."""
        with get_adapter().get_requests_session() as session:
            published = session.get(self.openid_config["jwks_uri"]).json()
        return jwt.PyJWKSet.from_dict(published)[jwt.get_unverified_header(token)["kid"]]


class DirectoryProvider(OpenIDConnectProvider):
    """The directory as the settings name it, and what it is asked."""

    oauth2_adapter_class = DirectoryExchange
    pkce_enabled_default = True

    @property
    def issuer(self) -> str:
        """What the directory is called: letter for letter its address in the settings."""
        return self.app.settings["server_url"]

    @property
    def server_url(self) -> str:
        """Where its description of itself lies (OpenID Connect Discovery 1.0, section 4)."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """What goes along, and is kept in the session until it comes back. Nothing of it is for the browser to say."""
        nonce = secrets.token_urlsafe(32)
        return {
            "process": AuthProcess.LOGIN,
            "scope": self.get_scope(),
            "auth_params": {"nonce": nonce},
            "nonce": nonce,
        }


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Signing in with the council's directory: of people who were invited, and nothing the directory says is kept."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs themselves up."""
        return False

    def get_requests_session(self) -> Any:
        """How the directory is asked: only by what it answers itself, in time, with a certificate that holds."""
        session = super().get_requests_session()
        session.hooks["response"].append(_check_answer)
        return session

    def on_authentication_error(self, request: HttpRequest, provider: Any, **what: Any) -> NoReturn:
        """Put it down, and say on a page of ours that it did not work.

        Raises
        ------
        ImmediateHttpResponse
            Always: with that page, or with the one to sign in where somebody turned back at the directory.
        """
        if what.get("error") == AuthError.CANCELLED:
            raise ImmediateHttpResponse(redirect("account_login"))
        # Whoever only makes up answers would fill the audit.
        held_up = ratelimit.consume_or_429(request, action="directory", limit_get=True)
        if held_up:
            raise ImmediateHttpResponse(held_up)
        actions.note_wrong(person=None)
        logger.warning("directory-not-believed", exc_info=what.get("exception"))
        raise ImmediateHttpResponse(render(request, "partners/directory_failed.html", status=403))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Sign in whom the directory vouches for, if they were invited; allauth's own tables stay empty.

        Raises
        ------
        NotBelieved
            When the directory answers another question than this browser was sent to it with.
        ImmediateHttpResponse
            Otherwise always: with the next page, or with one that says why not.
        """
        if sociallogin.account.extra_data["id_token"]["nonce"] != sociallogin.state.get("nonce"):
            raise NotBelieved("It answers another question.")
        index = keyring().index("directory", f"{sociallogin.account.provider} {sociallogin.account.uid}")
        person = Person.objects.filter(directory_index=index, is_active=True).first() or _introduced(sociallogin, index)
        if person is None:
            actions.note_wrong(person=None)
            raise ImmediateHttpResponse(render(request, "partners/directory_unknown.html", status=403))
        raise ImmediateHttpResponse(perform_login(request, person, email_verification="none"))


@rate_limit(action="directory_begin")
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the directory."""
    return _answered(OAuth2LoginView, request, provider_id)


@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody in who comes back from the directory."""
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(view: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponse:
    exchange = DirectoryExchange(request, provider_id)
    try:
        return view.adapter_view(exchange)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    # What allauth lets through of a directory that is away (an OSError of requests') or tells wrong things of itself.
    except (OAuth2Error, OSError) as error:
        return render_authentication_error(request, exchange.get_provider(), exception=error)


def _introduced(sociallogin: SocialLogin, index: str) -> Person | None:
    """The person whom the directory names for the first time, by an address that is the directory's to give."""
    silent = sociallogin.account.extra_data["id_token"]["email_verified"] is None
    for address in sociallogin.email_addresses:
        domain = address.email.rpartition("@")[2].casefold()
        believed = address.verified or (silent and domain in settings.DIRECTORY_DOMAINS)
        person = Person.objects.with_email(address.email) if believed else None
        if person and person.is_active and person.directory_index is None:
            actions.link_directory(person=person, index=index)
            return person
    return None


def _check_secure(address: object) -> None:
    """Nothing is asked over a line that others can listen to, or speak into."""
    if not _SECURE.fullmatch(str(address)):
        raise NotBelieved("An address of it is not secure.")


def _check_answer(response: Any, **options: Any) -> None:
    """An answer is a JSON object that was found where it was asked for: called before a redirect would be followed."""
    if response.status_code != 200 or "json" not in response.headers.get("Content-Type", ""):
        raise NotBelieved("It gives no answer.")
    if not isinstance(response.json(), dict):
        raise NotBelieved("Its answer is no object.")


def _check_meant_for(client: str, claims: dict[str, Any]) -> None:
    """A token for several says which of them it was given to (OpenID Connect Core 1.0, section 3.1.3.7)."""
    given_to = claims.get("azp", client if claims["aud"] in (client, [client]) else None)
    if given_to != client:
        raise NotBelieved("Its token was given to another.")


def _check_form(claims: dict[str, Any]) -> None:
    """An identifier is there and no longer than allauth takes it; an address is text."""
    if not 0 < len(claims["sub"]) <= _LONGEST_IDENTIFIER or not isinstance(claims.get("email") or "", str):
        raise NotBelieved("Its token has a strange form.")
