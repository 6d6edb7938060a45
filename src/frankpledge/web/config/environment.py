"""Reads settings from the environment; the list of them is in ``dotenv-sample``."""

from __future__ import annotations

import os
from pathlib import Path

from frankpledge.errors import SettingError


def setting(name: str, default: str | None = None) -> str:
    """The value of a setting.

    Raises
    ------
    SettingError
        When it has none, and there is no default.
    """
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise SettingError(
            f"The setting {name} has no value.",
            "Commands such as “frankpledge serve” find it themselves; whatever else starts the site must set it in its "
            "environment. The file dotenv-sample says what each setting is for.",
        )
    return value


def whole_number(name: str, default: int, least: int = 0) -> int:
    """The value of a setting that is a whole number, in figures.

    Raises
    ------
    SettingError
        When it is anything else, or less than `least`.
    """
    text = setting(name, str(default))
    if not text.isdecimal() or int(text) < least:
        raise SettingError(f"The setting {name} is “{text}”.", f"Give it a whole number, {least} or more.")
    return int(text)


def existing_file(name: str) -> Path | None:
    """The file that a setting names, if it names one.

    Raises
    ------
    SettingError
        When it is not there, or cannot be read.
    """
    text = setting(name, "")
    if not text:
        return None
    try:
        Path(text).open("rb").close()
    except OSError as error:
        raise SettingError(
            f"The setting {name} is “{text}”, and there is no such file that this program can read.",
            "Name a file that is there, and let the program's account read it.",
        ) from error
    return Path(text).resolve()


def names(name: str) -> list[str]:
    """The names that a setting lists, with spaces or commas between them; in small letters."""
    return setting(name, "").replace(",", " ").casefold().split()
