"""The Welsh catalogue has every word of the site, and what is served is what was translated."""

import gettext

from django.conf import settings
from django.utils.translation import gettext as translate
from django.utils.translation import override

from frankpledge.web.design.translations import CATALOGUE, SITE, gather, translated


def test_catalogue_has_every_message_of_code_and_templates():
    written = {(message.context, message.id) for message in gather() if message.id}
    known = {(message.context, message.id) for message in translated() if message.id}

    assert written == known, "Run: python -m frankpledge.web.design.translations"


def test_every_template_is_read():
    read = {place for message in gather() for place, _ in message.locations}
    marked = {
        path.relative_to(SITE).as_posix()
        for path in SITE.rglob("*")
        if path.suffix in {".html", ".txt"} and "jinja2" in path.parts and '_("' in path.read_text(encoding="utf-8")
    }

    assert len(marked) > 10
    assert marked <= read


def test_compiled_catalogue_is_fresh():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        served = gettext.GNUTranslations(file)
    simple = [message for message in translated() if message.string and isinstance(message.id, str) and message.id]

    assert len(simple) > 50
    stale = [one.id for one in simple if one.context is None and served.gettext(one.id) != one.string]
    assert stale == [], "Run: python -m frankpledge.web.design.translations"


def test_translations_keep_what_is_put_into_them():
    wrong = [message.id for message in translated() if message.id and any(message.string) for _ in message.check()]

    assert wrong == []


def test_django_finds_it():
    assert CATALOGUE.parents[2] in settings.LOCALE_PATHS
    with override("cy"):
        assert translate("Sign out") == "Allgofnodi"
