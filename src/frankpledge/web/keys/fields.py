"""A field whose text is sealed in the database with the key of the record's owner.

    class Report(SealedModel):
        SENSITIVITY = {"words": Sensitivity.PERSONAL, …}
        OWNED_BY = "subject"
        words = SealedField()

Read it as any text. Where the key was destroyed it reads as `ERASED`, and saving leaves what is stored as it is. It is
written by saving a record: an update of many rows at once would not know with whose key to seal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy

from frankpledge.web.keys.ciphers import Gone
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.keys.sensitivity import Sensitivity

_NO_SEARCH = " is sealed and cannot be searched: keep a keyed hash beside it."
ERASED = gettext_lazy("[erased]")


def keyring() -> Keyring:
    """The keys of this site."""
    return settings.KEYRING


class SealedModel(models.Model):
    """A model with sealed fields: its primary key is there before it is saved, for sealing binds to it."""

    # Field → how sensitive.
    SENSITIVITY: ClassVar[dict[str, Sensitivity]] = {}
    # The field that says whose key seals a record. By it the records of an owner are found when that is replaced.
    OWNED_BY: ClassVar[str] = "id"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        """Whose key seals this record: its own, unless a model says otherwise."""
        return getattr(self, self._meta.get_field(self.OWNED_BY).attname)

    @property
    def is_erased(self) -> bool:
        """Whether its key was destroyed."""
        return not keyring().version(self.key_owner)


class _SealedText:
    """Opens when it is read, once; seals when the record is saved."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, record: SealedModel | None, owner: type) -> Any:
        if record is None:
            return self
        values = record.__dict__
        name = self.field.attname
        if name not in values:
            record.refresh_from_db(fields=[name])
        if isinstance(values[name], Sealed):
            values[name] = self.field.opened(record, values[name])
        return values[name]

    def __set__(self, record: SealedModel, value: Any) -> None:
        record.__dict__[self.field.attname] = value


class Sealed(str):
    """Text as the database has it."""

    __slots__ = ()

    @property
    def stored(self) -> Sealed:
        """What is stored."""
        return self


class SealedField(models.TextField):
    """Text that is sealed in the database; empty text stays empty. It can be neither searched nor sorted by."""

    descriptor_class = _SealedText

    if TYPE_CHECKING:
        # What the descriptor makes of it: text, on a record.
        def __get__(self, record: Any, owner: Any = None) -> Any: ...

        def __set__(self, record: Any, value: Any) -> None: ...

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Put the opening of the text in the place of the plain attribute."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedText(self))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        """Mark what comes from the database as sealed."""
        return Sealed(value) if value is not None else None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The sealed text to store; what was not read, or cannot be, stays as the database has it at that moment."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed | Erased):
            # Perhaps it was sealed with a newer key since this was read.
            return value.stored if add else models.F(self.attname)
        if not value:
            return value
        assert isinstance(model_instance, SealedModel), "a sealed field stands in a SealedModel"
        return Sealed(keyring().seal(model_instance.key_owner, str(value), self.place(model_instance)))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Refuse whatever is not sealed: nothing else gets into the database."""
        if value and not isinstance(value, Sealed) and not hasattr(value, "as_sql"):
            raise TypeError(f"{self.name} is sealed: save each record.")
        return super().get_db_prep_save(value, connection)

    def opened(self, record: SealedModel, sealed: Sealed) -> str:
        """The text behind what is stored; `ERASED` where its key was destroyed."""
        if not sealed:
            return ""
        try:
            return keyring().open(record.key_owner, sealed, self.place(record))
        except Gone:
            return Erased(sealed)

    def place(self, record: SealedModel) -> str:
        """Where the text stands: nowhere else can it be opened."""
        return f"{record._meta.db_table}.{self.column} {record.pk}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every search but whether there is anything."""
        if lookup_name == "exact":
            return _IsEmpty
        if lookup_name != "isnull":
            raise TypeError(f"{self.name}{_NO_SEARCH}")
        return super().get_lookup(lookup_name)


class _IsEmpty(Exact):
    """Whether there is no text: that much the database can tell."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise TypeError(f"{lhs.field.name}{_NO_SEARCH}")
        super().__init__(lhs, rhs)


class Erased(str):
    """What stands for a text that nobody can open; it remembers what is stored."""

    stored: Sealed
    __slots__ = ("stored",)

    def __new__(cls, stored: Sealed) -> Erased:
        """Reads as `ERASED` in the language of the page."""
        text = super().__new__(cls, str(ERASED))
        text.stored = stored
        return text


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
