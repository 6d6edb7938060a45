"""Gathers the site's words for translation, and compiles what was translated (Babel, a tool of development).

``python -m frankpledge.web.design.translations`` after words have changed; then give the new ones their Welsh in
``locale/cy/LC_MESSAGES/django.po`` and run it again. What has no translation is shown in English.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SITE = Path(__file__).parents[1]
CATALOGUE = Path(__file__).parent / "locale" / "cy" / "LC_MESSAGES" / "django.po"
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_METHODS = [("**.py", "python"), ("**/jinja2/**.html", "jinja2"), ("**/jinja2/**.txt", "jinja2")]
_OPTIONS = {"**/jinja2/**": {"trimmed": "true", "silent": "false"}}


def gather() -> Catalog:
    """Every message of the site's code and templates."""
    catalogue = Catalog(project="Frankpledge")
    found = extract_from_dir(SITE, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translators:",))
    for name, line, message, comments, context in found:
        catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def translated() -> Catalog:
    """The Welsh catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="cy")


def refresh() -> None:
    """Bring the catalogue up to the site's words, and compile it."""
    catalogue = translated()
    # The day of the first gathering stays: a file that changes with every run says nothing.
    began = catalogue.creation_date
    catalogue.update(gather(), no_fuzzy_matching=True)
    catalogue.creation_date = began
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


if __name__ == "__main__":
    refresh()
