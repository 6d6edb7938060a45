"""What a document is about, where it is not about the whole partnership: an area, or an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.assessment.definition import SUBJECT, About
from frankpledge.errors import UserError
from frankpledge.geography import AreaKind, kind_of
from frankpledge.indicators.compute import area_names, code_of
from frankpledge.indicators.definition import find_indicator
from frankpledge.warehouse.connection import Warehouse
from frankpledge.workspace import Workspace


@dataclass(frozen=True)
class Subject:
    """What a document is about.

    Attributes
    ----------
    about
        Which sort of thing it is.
    slug
        Code of the area or slug of the indicator; it is part of the document's name. Empty for the partnership.
    name
        As titles have it.
    """

    about: About
    slug: str
    name: str

    def indicator(self, slug: str) -> str:
        """The indicator that a make-up names: by its slug, or as the subject."""
        return self.slug if slug == SUBJECT else slug

    @property
    def kind(self) -> AreaKind:
        """The kind of area it is."""
        return kind_of(self.slug)


def find_subject(about: About, words: str, warehouse: Warehouse, workspace: Workspace) -> Subject:
    """What is asked for, found by its name or code.

    Raises
    ------
    UserError
        When nothing is named and something must be, or the other way about, or there is no such thing here.
    """
    if about is About.PARTNERSHIP:
        if words:
            raise UserError(
                "This document is about the whole partnership.", "Leave --of out, or see “frankpledge documents”."
            )
        return Subject(about, "", workspace.partnership().name)
    if not words:
        raise UserError(f"This document is about one {about}, and none is named.", f"Name it: --of {about.upper()}.")
    if about is About.INDICATOR:
        indicator = find_indicator(words, workspace.definitions)
        return Subject(about, indicator.slug, indicator.title)
    code = code_of(warehouse, words)
    return Subject(about, code, area_names(warehouse, [code]).get(code, code))
