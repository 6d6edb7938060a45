"""The reference pages of the site, as JSON: name of the page → its text.

A program of its own: it needs Django set up, with a site folder that is gone afterwards, and nothing else here does.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "dotenv-sample"


def set_up(folder: Path) -> None:
    """Have Django read the settings as they are where nobody chose any."""
    import django

    from frankpledge.keys import KeyFolder
    from frankpledge.web.keys.keyring import Keyring

    for name in [name for name in os.environ if name.startswith("FRANKPLEDGE_") or name == "DATABASE_URL"]:
        del os.environ[name]
    os.environ |= {
        "FRANKPLEDGE_SITE": str(folder / "site"),
        "FRANKPLEDGE_KEYS": str(folder / "keys"),
        "DJANGO_SETTINGS_MODULE": "frankpledge.web.config.settings",
    }
    (folder / "site").mkdir()
    Keyring(KeyFolder(folder / "keys")).make_site()
    django.setup()


def settings() -> str:
    """Every setting, as `dotenv-sample` tells of it."""
    parts = [
        "# Settings of the site",
        "What whoever runs a site may choose, in the environment of its processes. The site starts without any of "
        "them. The file [dotenv-sample](../../dotenv-sample) is this list to fill in; “frankpledge check-deploy” says "
        "what is unsafe about the settings as they stand. Secrets that the site makes itself are no settings: they "
        "are in its [key folder](../explanation/keys-and-erasure.md).",
    ]
    for title, told in re.findall(r"^# --- (.+?) -+\n(.*?)(?=^# ---|\Z)", SAMPLE.read_text(), re.MULTILINE | re.DOTALL):
        # The lines of one comment may stand over several settings.
        rows = [
            (
                f"`{name}`",
                "See the line above." if number else " ".join(words.replace("#", " ").split()),
                f"`{example}`" if example else "",
            )
            for words, lines in re.findall(r"((?:^# .*\n)+)((?:^#\w+=.*\n?)+)", told, re.MULTILINE)
            for number, (name, example) in enumerate(re.findall(r"^#(\w+)=(.*)$", lines, re.MULTILINE))
        ]
        parts += [f"## {title}", table(("Setting", "What it is for", "Example"), rows)]
    return page(parts)


def roles() -> str:
    """Roles, what each allows, and who may open which address."""
    from frankpledge.web.config.access import ACCESS
    from frankpledge.web.partners.roles import CONFIDENTIAL, ROLES, Permission

    allowed = [
        (f"`{one}`", *("yes" if one in role.permissions else "" for role in ROLES.values())) for one in Permission
    ]
    return page(
        [
            "# Roles and access",
            "A person acts from a seat: an agency in a partnership. Each membership gives one role there, until a day; "
            "several in one seat add up. What no role allows, nobody does.",
            table(("Role", "What it is for"), [(str(one.title), str(one.description)) for one in ROLES.values()]),
            "## What each role allows",
            table(("Permission", *(str(one.title) for one in ROLES.values())), allowed),
            "Permissions that open what is confidential, which no administrator may ever hold: "
            + (", ".join(f"`{one}`" for one in sorted(CONFIDENTIAL)) or "none yet, for no such records are kept yet")
            + ".",
            "## Who may open which address",
            "The one list, `frankpledge.web.config.access`. An address that is not on it is shut. Whoever may not open "
            "one is refused, and the refusal stands in the audit.",
            table(
                ("Route", "Open to"),
                [
                    (f"`{name}`", f"`{rule}`" if isinstance(rule, Permission) else rule.value)
                    for name, rule in ACCESS.items()
                ],
            ),
        ]
    )


def audited() -> str:
    """Every event that is put down."""
    from frankpledge.web.audit.events import all_events

    rows = [(f"`{one.slug}`", one.words, "a read" if one.is_sensitive_read else "") for one in all_events()]
    return page(
        [
            "# What is put down",
            "Every event that the [audit](../explanation/audit.md) knows. Each entry says who, from which seat, what, "
            "on which record, when and from where; it holds identifiers and no names.",
            table(("Event", "Somebody …", ""), rows),
        ]
    )


def kept() -> str:
    """Every field of the site's database, and how sensitive it is."""
    from frankpledge.web.config.sensitivity import LEFT_EMPTY, models_of_the_site, sensitivity_of

    parts = [
        "# What the site's database keeps",
        "Every field of every table, with how sensitive it is: **open** (anybody may know it), **internal** "
        "(identifiers, states and times), **personal** (about somebody: sealed with a key that can be destroyed), "
        "**secret** (lets somebody in: hashed, or sealed). A test refuses a field that does not say it, and a personal "
        "one that is not sealed.",
    ]
    for model in sorted(models_of_the_site(), key=lambda one: one._meta.db_table):
        rows = [(f"`{name}`", str(one)) for name, one in sensitivity_of(model).items()]
        parts += [f"## {model._meta.db_table}", table(("Field", "How sensitive"), rows)]
    empty = ", ".join(f"`{one}`" for one in LEFT_EMPTY)
    return page([*parts, "## Left empty", f"These come with a library, and nothing is ever written to them: {empty}."])


def page(parts: Iterable[str]) -> str:
    """Parts with an empty line between them."""
    return "\n\n".join(parts) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


PAGES = {"audited.md": audited, "kept.md": kept, "roles.md": roles, "settings.md": settings}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        set_up(Path(made))
        json.dump({name: write() for name, write in PAGES.items()}, sys.stdout)
