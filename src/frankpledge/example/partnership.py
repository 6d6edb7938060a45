"""The example's partnership: the packaged Harrow's, under a name that nobody can take for the real one."""

from __future__ import annotations

import yaml

from frankpledge.definition import PACKAGED

NAME = "Safer Harrow (example, invented records)"


def example_partnership() -> str:
    """The text of the example's ``partnership.yaml``."""
    packaged = yaml.safe_load((PACKAGED / "partnerships" / "harrow.yaml").read_text(encoding="utf-8"))
    # Releases that the real partnership may have pinned are not in the example.
    changed = packaged | {"name": NAME, "pinned": []}
    return "# The example: its records are invented.\n" + str(
        yaml.safe_dump(changed, sort_keys=False, allow_unicode=True, width=120)
    )
