"""Passwords that became known are found in lists of any length; such a list is told from another file."""

import hashlib
import random

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from zxcvbn import matching

from frankpledge.web.partners.models import Person
from frankpledge.web.partners.signing_in import passwords
from frankpledge.web.partners.signing_in.known_passwords import COMMON, is_known, is_list, shortened


def sha1(word):
    return hashlib.sha1(word.encode()).hexdigest().upper()


@pytest.fixture
def pwned(tmp_path):
    """A list as Have I Been Pwned gives it out, of 3,001 invented passwords, one of them without an end of line."""
    path = tmp_path / "pwned.txt"
    path.write_text("\r\n".join(sorted(f"{sha1(f'invented {number}')}:{number}" for number in range(3001))))
    return path


def test_every_line_of_a_long_list_is_found_and_nothing_else(pwned):
    assert all(is_known(f"invented {number}", [pwned]) for number in range(3001))
    assert not any(is_known(f"invented {number}", [pwned]) for number in range(3001, 6000))


def test_list_is_looked_at_in_small_letters_too(pwned):
    assert is_known("INVENTED 12", [pwned])


def test_made_list_holds_what_is_long_enough_and_no_words():
    text = shortened(["Elephant Ladder", "elephant ladder", "short"], least=12)

    assert text == sha1("elephant ladder")[:10] + "\n"


@pytest.mark.parametrize("text", ["", "no hash at all\n", f"{'F' * 40}:1\n{'A' * 40}:2\n", "ABC\n"])
def test_file_that_is_no_sorted_list_is_told_from_one(tmp_path, text):
    path = tmp_path / "list.txt"
    path.write_text(text)

    assert not is_list(path)
    assert not is_known("elephant ladder", [path])


def test_our_list_and_theirs_are_lists(pwned):
    assert is_list(COMMON)
    assert is_list(pwned)


def test_ours_has_more_than_the_3000_that_the_standard_asks_for():
    assert len(COMMON.read_text().splitlines()) > 40_000
    # From the list: commonest, somewhere in the middle, and in the list of Django alone.
    assert all(
        is_known(word, [COMMON]) for word in ("123456789012", "QWERTYUIOP123", "iloveyouforever", "startfinding")
    )


def test_random_passwords_are_not_known():
    chance = random.Random(7)

    assert not any(is_known("".join(chance.choices("abcdefghij", k=14)), [COMMON]) for _ in range(2000))


def test_password_on_the_hosts_own_list_cannot_be_chosen(settings, pwned):
    validate_password("green ladder seven")
    pwned.write_text(f"{sha1('green ladder seven')}:3\n")
    settings.KNOWN_PASSWORDS = pwned

    with pytest.raises(ValidationError, match="data breach"):
        validate_password("green ladder seven")


@pytest.mark.parametrize("word", ["password12345678", "Summer2025!!!", "communitysafety1", "abcabcabcabc", "x" * 500])
def test_what_is_soon_guessed_cannot_be_chosen(word):
    with pytest.raises(ValidationError):
        validate_password(word)


def test_nobodys_words_stay_where_the_next_password_is_thought_through():
    with pytest.raises(ValidationError):
        validate_password("harriet longbottom", Person(name="Harriet Longbottom"))

    assert matching.RANKED_DICTIONARIES["user_inputs"] == {}


def test_no_more_of_a_password_is_thought_through_than_takes_a_moment(monkeypatch):
    asked = []
    monkeypatch.setattr(passwords, "zxcvbn", lambda word, user_inputs: asked.append(len(word)) or {"guesses": 10**12})

    validate_password("a4@b8c({[<e3g69h#i!1|l10o0s$5t+7x%z2" * 10)

    assert max(asked) <= 24
