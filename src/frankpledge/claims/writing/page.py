"""The report as a web page that holds all it needs."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from frankpledge.claims.checking import Checked
from frankpledge.claims.objections import Kind
from frankpledge.claims.writing.wording import counts_told, how_sure, nothing_found, rule_words, where


def page_of(checked: Checked) -> str:
    """The report as HTML text."""
    environment = Environment(
        loader=PackageLoader("frankpledge.claims"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("check.html.jinja").render(
        checked=checked,
        errors=checked.errors,
        advice=[one for one in checked.objections if one.kind is Kind.ADVICE],
        counts=counts_told(checked),
        nothing=nothing_found(checked),
        rule_words=rule_words,
        how_sure=how_sure,
        where=where,
    )
