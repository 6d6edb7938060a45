"""What can be handed over. The app that accepts and the app that offers agree on a kind, and on nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.web.partners.roles import Permission

_KINDS: dict[str, Kind] = {}


@dataclass(frozen=True)
class Kind:
    """Something that one app may offer to another; declaring it makes its slug known.

    Parameters
    ----------
    slug
        Its name in the database, for ever.
    from_app, to_app
        Labels of the app that offers, and of the one that accepts.
    fields
        What an offer may say, and nothing else.
    accepting
        What somebody must be allowed to accept or decline it.
    offering
        What somebody must be allowed to offer it; None: anybody, such as a visitor who reports something.
    """

    slug: str
    from_app: str
    to_app: str
    fields: frozenset[str]
    accepting: Permission
    offering: Permission | None = None

    def __post_init__(self) -> None:
        """Make it known."""
        assert self.slug not in _KINDS, f"there is a kind “{self.slug}” already"
        _KINDS[self.slug] = self


def kind_named(slug: str) -> Kind:
    """The kind of a slug, which an app has declared."""
    return _KINDS[slug]
