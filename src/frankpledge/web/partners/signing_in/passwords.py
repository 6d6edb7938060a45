"""What no password here may be: one that became known, or one that is soon guessed."""

from __future__ import annotations

import re
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from frankpledge.web.partners.models import Person
from frankpledge.web.partners.signing_in.known_passwords import COMMON, is_known

_WORDS = ["frankpledge", "community", "safety", "communitysafety"]
# Whoever had what is kept of the passwords, and could try ten thousand a second, would need twelve days for so many.
_GUESSES = 10**10
# As far as guessing is thought through: whatever has so many signs and is found in fewer guesses repeats itself within
# them, and to think through more takes seconds.
_LONGEST = 24
# It keeps the words that it is given where every thread reads them.
_ONE_AT_A_TIME = Lock()


class NotKnownValidator:
    """Refuses a password that others have chosen, or that was seen when somebody's passwords were stolen."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it.

        Raises
        ------
        ValidationError
            When it is on one of the lists.
        """
        lists = [COMMON, *([settings.KNOWN_PASSWORDS] if settings.KNOWN_PASSWORDS else [])]
        if is_known(password, lists):
            raise ValidationError(
                _("That password is common, or has appeared in a data breach. Choose another."), code="password_known"
            )


class NotGuessedValidator:
    """Refuses what is soon guessed: words in a row, days, patterns on the keyboard, one's own name, this site's."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it.

        Raises
        ------
        ValidationError
            When ten thousand million guesses would find it.
        """
        if _guesses(password[:_LONGEST], [*_WORDS, *_own_words(user)]) < _GUESSES:
            raise ValidationError(
                _("That password is too easy to guess. Choose three words that do not go together."),
                code="password_guessed",
            )


def _guesses(password: str, own: list[str]) -> float:
    with _ONE_AT_A_TIME:
        guesses = zxcvbn(password, user_inputs=own)["guesses"]
        # Nor do anybody's words stay there.
        zxcvbn("x", user_inputs=[])
    return float(guesses)


def _own_words(user: Any) -> list[str]:
    if not isinstance(user, Person):
        return []
    return [*re.findall(r"\w{3,}", f"{user.name} {user.email}"), "".join(user.name.split())]
