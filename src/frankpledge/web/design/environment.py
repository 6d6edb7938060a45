"""The Jinja2 environment of pages and e-mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import govuk_frontend_jinja
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.ext import InternationalizationExtension

from frankpledge.web.design.fields import error_links


def environment(**options: Any) -> Environment:
    """The environment: our own templates, the design system's macros, and Django's for hidden fields.

    The macros ask for parts of parts that may not be there, so what is undefined must chain.
    """
    options["undefined"] = ChainableUndefined
    macros = govuk_frontend_jinja.__name__
    options["loader"] = ChoiceLoader(
        [options["loader"], PrefixLoader({macros: PackageLoader(macros)}), PackageLoader("django.forms", "jinja2")]
    )
    made = Environment(**options, extensions=[InternationalizationExtension])  # noqa: S701  Django turns escaping on
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    # Words between marks stand on several lines in a template, and are one line to a translator.
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(static=static, url=reverse, error_links=error_links)
    made.filters.update(day=day, moment=moment)
    return made


def day(when: datetime) -> str:
    """A day as people write it, where they are: 29 November 2026."""
    return date_format(localtime(when), "j F Y")


def moment(when: datetime) -> str:
    """A moment as people write it, where they are: 29 November 2026, 14:05."""
    return date_format(localtime(when), "j F Y, H:i")
