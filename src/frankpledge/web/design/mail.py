"""Sends e-mails, each written once as a text template and sent as text and as simple HTML.

A template has two blocks, `subject` and `body`; in the body an empty line begins a paragraph, and a line that is an
address becomes a link. Nothing personal may stand in one: no name, no case, not even why somebody is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import engines
from django.utils.translation import get_language
from jinja2 import Template

from frankpledge.web.design.context import SITE_NAME


def send(*, to: str, template: str, context: Mapping[str, Any]) -> None:
    """Send an e-mail, in the language of the moment.

    Parameters
    ----------
    template
        Its name, such as ``partners/mail/invitation.txt``.
    context
        What it is told besides `site_name` and `site_address`.
    """
    told = {"site_name": SITE_NAME, "site_address": settings.SITE_ADDRESS, **context}
    text = engines["jinja2"].env.overlay(autoescape=False).get_template(template)
    subject = " ".join(_block(text, "subject", told).split())
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", _block(text, "body", told)) if part.strip()]
    page = engines["jinja2"].get_template("design/mail/page.html")
    message = EmailMultiAlternatives(
        subject, "\n\n".join(paragraphs) + "\n", to=[to], headers={"Auto-Submitted": "auto-generated"}
    )
    told = {"subject": subject, "paragraphs": paragraphs, "site_name": SITE_NAME, "language": get_language()}
    message.attach_alternative(page.render(told), "text/html")
    message.send()


def _block(template: Template, name: str, context: Mapping[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(dict(context)))).strip()
