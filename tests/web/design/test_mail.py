"""An e-mail is written once and sent as text and as HTML."""

import pytest
from django.core import mail
from django.template import engines
from django.utils.translation import override
from jinja2 import ChoiceLoader, DictLoader

from frankpledge.web.design.mail import send

INVITATION = """\
{% block subject %}
  {% trans %}Password{% endtrans %} – {{ site_name }}
{% endblock %}
{% block body %}
Somebody at {{ agency }} invited you.
Open this page within seven days:
{{ site_address }}/join/abc/

If you did not expect this, do nothing.
{% endblock %}
"""


@pytest.fixture(autouse=True)
def _letters(settings, monkeypatch):
    settings.SITE_ADDRESS = "https://safer.example.gov.uk"
    environment = engines["jinja2"].env
    letters = DictLoader({"tests/invitation.txt": INVITATION})
    monkeypatch.setattr(environment, "loader", ChoiceLoader([letters, environment.loader]))


def sent():
    send(to="ann@example.org", template="tests/invitation.txt", context={"agency": "Smith & Sons"})
    return mail.outbox[-1]


def test_text_is_as_it_was_written():
    message = sent()

    assert message.to == ["ann@example.org"]
    assert message.subject == "Password – Frankpledge"
    assert message.body == (
        "Somebody at Smith & Sons invited you.\nOpen this page within seven days:\n"
        "https://safer.example.gov.uk/join/abc/\n\nIf you did not expect this, do nothing.\n"
    )
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_html_has_the_same_words_escaped_and_its_addresses_linked():
    ((html, kind),) = sent().alternatives

    assert kind == "text/html"
    assert "Somebody at Smith &amp; Sons invited you." in html
    assert '<a href="https://safer.example.gov.uk/join/abc/">https://safer.example.gov.uk/join/abc/</a>' in html
    assert html.count("<p>") == 2
    # Nothing is fetched, so nobody learns that it was read.
    assert "<img" not in html
    assert "<link" not in html


def test_email_is_in_the_language_of_the_moment():
    with override("cy"):
        message = sent()

    assert message.subject == "Cyfrinair – Frankpledge"
    assert '<html lang="cy">' in message.alternatives[0].content
