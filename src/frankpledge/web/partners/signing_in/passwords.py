"""Words that no password here should be made of, beside the common ones."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from frankpledge.web.partners.models import Person

_WORDS = ("frankpledge", "password", "community safety", "communitysafety")


class NotOfThePlaceValidator:
    """Refuses a password that is mostly a word of this site, or the person's own name or address."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it.

        Raises
        ------
        ValidationError
            When little is left once such a word is taken away.
        """
        said = password.casefold()
        for word in (*_WORDS, *self._own(user)):
            if word in said and len(said.replace(word, "")) < 8:
                raise ValidationError(
                    _("Choose a password that is not mostly your name, your e-mail address or the name of this site."),
                    code="password_of_the_place",
                )

    def get_help_text(self) -> str:
        """What people are told beforehand."""
        return _("Your password must not be mostly your name, your e-mail address or the name of this site.")

    def _own(self, user: Any) -> list[str]:
        if not isinstance(user, Person):
            return []
        parts = [*user.name.split(), *user.email.replace("@", " ").replace(".", " ").split()]
        return [part.casefold() for part in parts if len(part) > 3]
