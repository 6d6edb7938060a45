"""The folder a site lives in: one partnership's workspace, or a folder with ``partnerships/`` of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frankpledge.errors import WorkspaceError
from frankpledge.workspace import MARKER, Workspace

_MANY = "partnerships"


@dataclass(frozen=True)
class SiteFolder:
    """A site's folder."""

    folder: Path

    @property
    def workspaces(self) -> list[Workspace]:
        """The partnerships' folders, by name."""
        if (self.folder / MARKER).is_file():
            return [Workspace(self.folder)]
        return [Workspace(marker.parent) for marker in sorted((self.folder / _MANY).glob(f"*/{MARKER}"))]

    @property
    def address(self) -> str:
        """Where people find the site when no setting says it: where it was last served."""
        return self._address.read_text(encoding="utf-8").strip() if self._address.exists() else "http://localhost:8000"

    def remember(self, address: str) -> None:
        """Remember where the site is served, for commands that write links to it."""
        self._address.write_text(f"{address}\n", encoding="utf-8")

    @property
    def _address(self) -> Path:
        return self.folder / "site.address"


def find_site_folder(start: Path) -> SiteFolder:
    """The site folder that a folder is, or lies in.

    Raises
    ------
    WorkspaceError
        When there is none.
    """
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return SiteFolder(folder.parent.parent if folder.parent.name == _MANY else folder)
        if (folder / _MANY).is_dir():
            return SiteFolder(folder)
    raise WorkspaceError(
        f"{start} is not in a site folder.",
        "Stand in a workspace (“frankpledge init NAME --area CODE” makes one), or in a folder with partnerships/NAME.",
    )
