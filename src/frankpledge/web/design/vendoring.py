"""Takes the design system's style sheet and script out of its npm package, without what only GOV.UK may show.

We are not on GOV.UK, so neither its typeface nor its crown and crest may be ours, and no file is asked for that is not
here. After ``npm pack govuk-frontend@6.6.0`` and ``tar xzf``:
``python -m frankpledge.web.design.vendoring package``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

VENDORED = Path(__file__).parent / "static" / "design" / "vendor" / "govuk-frontend"
# What must not be found in any file that we serve.
FORBIDDEN = re.compile(
    r"@font-face|GDS ?Transport|Margaret Calvert|sourceMappingURL|crown|crest|logotype|/assets/", re.IGNORECASE
)

# A comment, a typeface, and a rule for an emblem; the last takes the conditions that are empty without it.
_TYPEFACE = re.compile(r"/\*![^*]*\*/|@font-face\{[^}]*\}")
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*")
_EMBLEM = re.compile(r"[^{}]*(?:crown|crest|logotype|copyright-logo)[^{}]*\{[^{}]*\}|[^{}]*\{[^{}]*/assets/[^{}]*\}")
_EMPTY = re.compile(r"@(?:supports|media)[^{}]*\{\s*\}")


def without_emblems(style: str) -> str:
    """A minified style sheet as we may serve it."""
    style = _MAP.sub("", _TYPEFACE.sub("", style)).replace("GDS Transport,", "")
    return _EMPTY.sub("", _EMBLEM.sub("", style)).strip() + "\n"


def without_map(script: str) -> str:
    """A minified script, without the address of a map that we do not serve."""
    return _MAP.sub("", script).strip() + "\n"


def vendor(package: Path, folder: Path = VENDORED) -> None:
    """Write the style sheet and the script of an unpacked package, and its version; the licence lies there already."""
    built = package / "dist" / "govuk"
    folder.mkdir(parents=True, exist_ok=True)
    style = (built / "govuk-frontend.min.css").read_text(encoding="utf-8")
    script = (built / "govuk-frontend.min.js").read_text(encoding="utf-8")
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    (folder / "govuk-frontend.min.css").write_text(without_emblems(style), encoding="utf-8")
    (folder / "govuk-frontend.min.js").write_text(without_map(script), encoding="utf-8")
    (folder / "VERSION").write_text(f"{version}\n", encoding="utf-8")


if __name__ == "__main__":
    vendor(Path(sys.argv[1]))
