"""Where the example's places lie: made-up points, laid out as its wards are on the hexagons that stand for them."""

from __future__ import annotations

import numpy as np

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.example.incidents import PLACES, Incidents, Mask
from frankpledge.example.timeline import Numbers, Whole
from frankpledge.example.wards import WARDS

# Easting and northing of the middle of the hexagon at the top left, and metres between two that touch.
_TOP_LEFT = (511_000, 192_000)
_APART = (1_300, 1_250)
# Places gather about a few spots in a ward, those returned to most in the middle of each.
_SPOTS = 12
_SPOT_AWAY, _SPOT_WIDE = 560.0, 330.0
# Records without a place, as the police's own have some.
_NOT_PLACED = 0.03


def draw_points(incidents: Incidents, rng: np.random.Generator) -> tuple[Whole, Whole, Mask]:
    """Easting and northing of each incident in whole metres, and which of them nobody placed."""
    places = _places(rng)
    east, north = np.rint(places[incidents.ward, incidents.place]).astype(np.int64).T
    return east, north, rng.random(len(incidents)) < _NOT_PLACED


def _places(rng: np.random.Generator) -> Numbers:
    """Easting and northing of every place of every ward."""
    away = _SPOT_AWAY * np.sqrt(rng.random((len(WARDS), _SPOTS)))
    spots = _middles()[:, None] + _ring(rng, away)
    spot = np.arange(PLACES) % _SPOTS
    # As many places on each square metre of a spot.
    out = _SPOT_WIDE * np.sqrt(np.arange(PLACES) / PLACES)
    return np.asarray(spots[:, spot] + _ring(rng, np.tile(out, (len(WARDS), 1))))


def _ring(rng: np.random.Generator, metres: Numbers) -> Numbers:
    """Points so many metres away, in any direction."""
    turn = rng.uniform(0, 2 * np.pi, metres.shape)
    return np.asarray(np.stack([np.cos(turn) * metres, np.sin(turn) * metres], axis=-1))


def _middles() -> Numbers:
    """The middle of each ward's hexagon; each odd row stands half a hexagon to the right."""
    rows = read_definition(PACKAGED / "tiles" / "harrow.yaml").entries("tiles")
    tiles = {row.text("area"): (row.whole("column"), row.whole("row")) for row in rows}
    column, row = np.array([tiles[ward] for ward in WARDS]).T
    east = _TOP_LEFT[0] + _APART[0] * (column + row % 2 / 2)
    return np.asarray(np.stack([east, _TOP_LEFT[1] - _APART[1] * row], axis=-1))
