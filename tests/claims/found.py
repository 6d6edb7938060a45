"""Whether the checker found a planted slip: an objection to its sentence or row that names the wrong figure."""

from __future__ import annotations

from frankpledge.claims.checking import Checked
from tests.claims.planted.model import Slip


def found(slip: Slip, checked: Checked) -> bool:
    """An error whose figures hold the wrong one; of a word, to its sentence; of a cell, to its row or total."""
    return any(
        _names(slip.wrong, one.figures)
        or (slip.cell is not None and one.place.row == slip.cell[0] and one.place.column is not None)
        or (slip.cell is not None and one.place.column == slip.cell[1] and one.rule == "parts-of-total")
        or (_is_words(slip.wrong) and slip.wrong in one.quote and one.quote[:60] in slip.passage)
        for one in checked.errors
    )


def _is_words(wrong: str) -> bool:
    return not any(map(str.isdigit, wrong))


def _names(wrong: str, figures: tuple[str, ...]) -> bool:
    plain = wrong.strip(" .,()")
    return any(plain in figure or figure in wrong for figure in figures if figure)
