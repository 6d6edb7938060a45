"""What a record was: a version of it is kept, sealed with the record's own key, each time it changes."""

from __future__ import annotations

import json
from typing import ClassVar
from uuid import UUID

from django.db import models

from frankpledge.web.keys.fields import Erased, SealedField, SealedModel, sealed_fields
from frankpledge.web.keys.sensitivity import Sensitivity


class Version(SealedModel):
    """A record as it was until a moment."""

    SENSITIVITY: ClassVar = {
        "id": Sensitivity.INTERNAL,
        "table": Sensitivity.INTERNAL,
        "record": Sensitivity.INTERNAL,
        "owner": Sensitivity.INTERNAL,
        "until": Sensitivity.INTERNAL,
        "changed_by": Sensitivity.INTERNAL,
        "content": Sensitivity.PERSONAL,
    }

    # The record's own: whose key seals it, so that both become unreadable together.
    OWNED_BY = "owner"

    table = models.CharField(max_length=63)
    record = models.UUIDField()
    owner = models.UUIDField(db_index=True)
    until = models.DateTimeField(auto_now_add=True)
    changed_by = models.UUIDField(null=True)
    content = SealedField()

    class Meta:
        indexes = (models.Index(fields=["table", "record", "until"]),)

    @property
    def was(self) -> dict[str, str]:
        """Field → what it was; nothing where the key was destroyed."""
        return {} if isinstance(self.content, Erased) else json.loads(self.content)


def keep_version(record: SealedModel, *, by: UUID | None) -> Version:
    """Keep the sealed fields of a record as the database has them; call it before a change is saved."""
    stored = type(record)._base_manager.get(pk=record.pk)
    content = {field.attname: str(getattr(stored, field.attname)) for field in sealed_fields(type(record))}
    return Version.objects.create(
        table=record._meta.db_table,
        record=record.pk,
        owner=record.key_owner,
        changed_by=by,
        content=json.dumps(content),
    )
