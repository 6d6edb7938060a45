"""Checks a password."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from frankpledge.web.partners.models import Person


class PersonBackend(AuthenticationBackend):
    """Takes no password of somebody who is locked out, right or wrong, and takes as long over it."""

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        if isinstance(user, Person) and user.is_locked:
            return None
        return super()._check_password(user, password)
