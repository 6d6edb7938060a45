"""What publishers call a kind of place, and what people call it: from ``definitions/sources/place-kinds.yaml``."""

from __future__ import annotations

from frankpledge.definition import PACKAGED, read_definition

_KINDS = PACKAGED / "sources" / "place-kinds.yaml"


def place_kinds(publisher: str) -> dict[str, str]:
    """A publisher's word, in lower case → what people call it; empty for what nobody goes by.

    Parameters
    ----------
    publisher
        ``os-open-names`` or ``naptan``.
    """
    entries = read_definition(_KINDS).entries(publisher)
    return {entry.text("words").lower(): entry.text("kind") for entry in entries}
