"""Whose keys there are: names of partnerships, identifiers of everybody else, and nothing that opens anything."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from frankpledge.web.keys.fields import keyring
from frankpledge.web.keys.resealing import sealed_models
from frankpledge.web.partners.models import Partnership

# A key that was made for what was not written in the end.
_NOBODY = "nobody"


@dataclass(frozen=True, order=True)
class KeyOwner:
    """Somebody or something with keys of its own."""

    kind: str
    # A partnership's short name; of all others the identifier.
    name: str
    versions: tuple[int, ...]


def key_owners() -> list[KeyOwner]:
    """All owners of keys, by kind."""
    stored = keyring().stored
    slugs = dict(Partnership.objects.values_list("id", "slug"))
    kinds = _kinds() | dict.fromkeys(slugs, "partnership")
    return sorted(
        KeyOwner(kinds.get(owner, _NOBODY), slugs.get(owner, str(owner)), tuple(stored.versions(owner)))
        for owner in stored.owners()
    )


def _kinds() -> dict[UUID, str]:
    """Identifier → kind, of every record that has a key of its own."""
    own = [model for model in sealed_models() if model._meta.pk.name == model.OWNED_BY]
    return {
        key: str(model._meta.verbose_name) for model in own for key in model._base_manager.values_list("pk", flat=True)
    }
