"""The Jinja2 environment of pages and e-mails."""

from __future__ import annotations

from typing import Any

import govuk_frontend_jinja
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader


def environment(**options: Any) -> Environment:
    """The environment, with the design system's macros beside our own templates."""
    options["undefined"] = ChainableUndefined
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader(govuk_frontend_jinja.__name__)])
    made = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701  Django turns escaping on
    made.globals.update(static=static, url=reverse)
    return made
