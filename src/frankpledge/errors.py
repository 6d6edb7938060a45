"""What can go wrong for a person, said so that they can act on it.

A `UserError` says what happened, where, and what to do next; the command line prints it without a
traceback. Anything else that is raised is a mistake of ours.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the person at the keyboard can put right.

    Parameters
    ----------
    happened
        One sentence: what happened, and where (file, row, column).
    to_do
        One sentence: what to do about it.
    """

    exit_code = 1

    def __init__(self, happened: str, to_do: str = "") -> None:
        super().__init__(f"{happened} {to_do}".strip())
        self.happened = happened
        self.to_do = to_do


class DefinitionError(UserError):
    """A definition (YAML) cannot be used as written."""


class ProseError(UserError):
    """A text of the partnership (Markdown) cannot be used as written."""


class WorkspaceError(UserError):
    """The folder is not a workspace, or lacks something the command needs."""


class SourceError(UserError):
    """A file cannot be taken in."""


class FetchError(UserError):
    """A publisher's file cannot be fetched."""


class NotHeldError(UserError):
    """What was asked for is not in the warehouse or the edition."""


class SettingError(UserError):
    """A setting of the site has no value, or one that cannot be used."""
