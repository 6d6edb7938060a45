"""Where allauth asks us."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors."""


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """The directory."""
