"""What every template can do."""

from datetime import UTC, datetime

from django.template import engines
from django.utils.translation import override

SUMMER = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)


def drawn(text):
    return engines["jinja2"].from_string(text).render({"when": SUMMER})


def test_days_and_moments_are_those_of_the_place():
    assert drawn("{{ when|day }}") == "1 June 2026"
    assert drawn("{{ when|moment }}") == "1 June 2026, 00:30"


def test_days_are_written_in_the_language_of_the_page():
    with override("cy"):
        assert drawn("{{ when|day }}") == "1 Mehefin 2026"


def test_what_is_put_in_is_escaped_and_words_are_translated():
    with override("cy"):
        assert drawn("{{ _('Sign out') }} {{ '<b>' }}") == "Allgofnodi &lt;b&gt;"
