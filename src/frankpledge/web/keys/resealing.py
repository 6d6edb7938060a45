"""Seals anew what an owner's earlier keys sealed, in every table of the site, a few records at a time.

No text changes by it, so it may be left off anywhere, done twice, or done by two workers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.apps import apps
from django.db import transaction

from frankpledge.web.keys.ciphers import Gone, Tampered
from frankpledge.web.keys.fields import Sealed, SealedField, SealedModel, keyring, sealed_fields

# So many records are held at once: whoever writes to one of them waits for the others.
_BATCH = 200


def sealed_models() -> list[type[SealedModel]]:
    """The models with sealed fields; versions of records are among them."""
    return [model for model in apps.get_models() if issubclass(model, SealedModel) and sealed_fields(model)]


def seal_anew(owner: UUID, tell: Callable[[], None]) -> int:
    """Seal with an owner's newest key what earlier ones sealed; how many records held any of it.

    Parameters
    ----------
    tell
        Called after each batch.
    """
    found = 0
    for model in sealed_models():
        keys = list(model._base_manager.filter(**{model.OWNED_BY: owner}).order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(keys), _BATCH):
            found += _seal_records_anew(model, keys[first : first + _BATCH])
            tell()
    return found


@transaction.atomic
def _seal_records_anew(model: type[SealedModel], keys: list[UUID]) -> int:
    found = 0
    for record in model._base_manager.filter(pk__in=keys).order_by("pk").select_for_update():
        changed = {field.attname: anew for field in sealed_fields(model) if (anew := _sealed_anew(record, field))}
        if changed:
            model._base_manager.filter(pk=record.pk).update(**changed)
            found += 1
    return found


def _sealed_anew(record: SealedModel, field: SealedField) -> Sealed | None:
    """A text under its owner's newest key; None where it is already, or nobody can open it any more."""
    stored = record.__dict__[field.attname]
    if not stored or stored.startswith(f"{keyring().version(record.key_owner)}."):
        return None
    place = field.place(record)
    try:
        return Sealed(keyring().seal(record.key_owner, keyring().open(record.key_owner, stored, place), place))
    except (Gone, Tampered):
        return None
