"""What a document is about, where it is not about the whole partnership: an area, an indicator, or a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

import shapely

from frankpledge.assessment.definition import SUBJECT, About
from frankpledge.errors import NotHeldError, UserError
from frankpledge.geography import OWN_PREFIX, AreaKind, kind_of
from frankpledge.indicators.compute import area_names, areas_within, code_of
from frankpledge.indicators.definition import find_indicator
from frankpledge.warehouse.connection import Warehouse
from frankpledge.warehouse.drawn_areas import circle
from frankpledge.warehouse.gazetteer import Gazetteer
from frankpledge.warehouse.national_grid import EAST, NORTH, SOUTH, WEST
from frankpledge.workspace import Workspace

# Around an address, in metres: a walk of three minutes, and wide enough to hold several anonymous points.
WITHIN = 250
_EASTING_NORTHING = re.compile(r"(\d{5,6})[ ,]+(\d{4,6})")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")


@dataclass(frozen=True)
class Subject:
    """What a document is about.

    Attributes
    ----------
    about
        Which sort of thing it is.
    slug
        Code of the area, slug of the indicator, or a place's easting, northing and metres; it is part of the document's
        name. Empty for the partnership.
    name
        As titles have it.
    outline
        Of a place: WKB, in metres of the National Grid; None for anything else.
    """

    about: About
    slug: str
    name: str
    outline: bytes | None = None

    def indicator(self, slug: str) -> str:
        """The indicator that a make-up names: by its slug, or as the subject."""
        return self.slug if slug == SUBJECT else slug

    @property
    def kind(self) -> AreaKind:
        """The kind of area it is."""
        return kind_of(self.slug)

    @property
    def file_name(self) -> str:
        """The slug as part of a file's name, in which a colon may not stand."""
        return self.slug.replace(":", "-")


def find_subject(about: About, words: str, warehouse: Warehouse, workspace: Workspace, within: int = WITHIN) -> Subject:
    """What is asked for, found by its name or code.

    Parameters
    ----------
    within
        How many metres around a place.

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
    home = workspace.partnership().areas
    return _area(words, warehouse, home) if about is About.AREA else _place(words, warehouse, home, within)


def _area(words: str, warehouse: Warehouse, home: tuple[str, ...]) -> Subject:
    # A ward is found by its name under the codes of several years, and elsewhere: those counted here now are meant.
    wards = area_names(warehouse, areas_within(warehouse, AreaKind.WARD, home))
    named = [code for code, name in wards.items() if name.lower() == words.lower()]
    code = named[0] if len(named) == 1 else code_of(warehouse, words)
    if kind_of(code) not in (AreaKind.WARD, AreaKind.AUTHORITY, AreaKind.OWN):
        raise UserError(f"{code} is of the kind {kind_of(code)}.", "Name a ward, an authority or an area of your own.")
    names = area_names(warehouse, [code])
    if code not in names:
        raise UserError(f"No area {code} is known here.", "See “frankpledge areas” for your own, or give a name.")
    return Subject(About.AREA, code, names[code])


def _place(words: str, warehouse: Warehouse, home: tuple[str, ...], within: int) -> Subject:
    found = _EASTING_NORTHING.fullmatch(words.strip())
    if found:
        easting, northing = float(found[1]), float(found[2])
        return _circle(f"{found[1]} {found[2]}", easting, northing, within)
    if _POSTCODE.fullmatch(words.strip().upper()):
        postcode = re.sub(r"\s+", "", words.upper())
        point = Gazetteer(warehouse.con, home).point_of(postcode)
        if point is None:
            raise NotHeldError(
                f"Where the postcode {words} lies is not held here.",
                "Add a list of postcodes with their points (ONS or Ordnance Survey), or give easting and northing: "
                "--of “514500 188500”.",
            )
        return _circle(f"{postcode[:-3]} {postcode[-3:]}", *point, within)
    return _drawn(words, warehouse)


def _circle(name: str, easting: float, northing: float, within: int) -> Subject:
    if not (WEST <= easting <= EAST and SOUTH <= northing <= NORTH):
        raise UserError(
            f"{easting:.0f} {northing:.0f} does not lie in England or Wales.",
            "Write an easting and a northing in metres of the National Grid: --of “514500 188500”.",
        )
    slug = f"{easting:.0f}-{northing:.0f}-{within}"
    return Subject(
        About.PLACE, slug, f"{within:,} metres around {name}", shapely.to_wkb(circle(easting, northing, within))
    )


def _drawn(words: str, warehouse: Warehouse) -> Subject:
    """An area of the partnership's own, drawn on the map."""
    rows = warehouse.con.execute(
        "SELECT drawn.code, area.name, drawn.outline FROM drawn_area AS drawn JOIN area USING (area_id) ORDER BY code"
    ).fetchall()
    for code, name, outline in rows:
        if words.lower() in (code.lower(), code.removeprefix(OWN_PREFIX).lower(), name.lower()):
            if outline is None:
                raise UserError(
                    f"{name} is a list of areas, and has no outline.", "Write a “ward-brief” of it, or draw it."
                )
            return Subject(About.PLACE, code, name, bytes(outline))

    raise UserError(
        f"“{words}” is no place here.",
        "Give an easting and a northing, a postcode, or the name of an area drawn in definitions/areas; "
        "of a ward or an authority write a “ward-brief”.",
    )
