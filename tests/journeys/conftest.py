"""What the journeys stand on: the demo, run once as a newcomer runs it, and every document written on it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

YEAR = ("--year", "2018", "--prepared", "2019-02-15")
MONTH = ("--period", "2018-11", "--prepared", "2018-12-10")
PLACE = "515550 188250"
# Document → what it is asked with.
ASKED = {
    "strategic-assessment": YEAR,
    "serious-violence-needs-assessment": YEAR,
    "community-safety-strategy": YEAR,
    "strategy-refresh": YEAR,
    "delivery-plan": YEAR,
    "serious-violence-strategy": YEAR,
    "quarterly-performance": YEAR,
    "annual-report": YEAR,
    "tactical-assessment": MONTH,
    "problem-profile": ("--of", "burglary", *YEAR),
    "ward-brief": ("--of", "Marlborough", *YEAR),
    "crime-brief": ("--of", "robbery", *YEAR),
    "place-brief": ("--of", PLACE, *YEAR),
    "scrutiny-update": ("--since", "2018-09-20", *YEAR),
    "tabled-update": YEAR,
    "equality-impact-assessment": YEAR,
    "statutory-coverage": YEAR,
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The example's folder, made by the command in a folder of its own, or ready where FRANKPLEDGE_EXAMPLE says."""
    if "FRANKPLEDGE_EXAMPLE" in os.environ:
        return Path(os.environ["FRANKPLEDGE_EXAMPLE"])
    place = tmp_path_factory.mktemp("newcomer")
    command = [sys.executable, "-m", "frankpledge", "demo", "--no-open"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return place / "example"


@dataclass(frozen=True)
class Written:
    """A document's files."""

    name: str
    output: Path

    def path(self, ending: str) -> Path:
        """Its file of a format; that of the whole document, not of its summary."""
        (found,) = (path for path in self.output.glob(f"*.{ending}") if not path.stem.endswith("-summary"))
        return found


def fresh(example: Path, place: Path) -> Path:
    """The example as it was before any document: nothing released, no edition, its files linked to and not copied."""
    for name in ("raw", "warehouse", "definitions"):
        shutil.copytree(example / name, place / name, copy_function=os.symlink)
    for path in example.glob("*.yaml"):
        shutil.copy(path, place / path.name)
    return place


@pytest.fixture(scope="session", params=ASKED)
def written(request, demo, tmp_path_factory) -> Written:
    """One document after another, by the command."""
    workspace = fresh(demo, tmp_path_factory.mktemp(request.param))
    command = [sys.executable, "-m", "frankpledge", "write", request.param, *ASKED[request.param]]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return Written(request.param, workspace / "output")
