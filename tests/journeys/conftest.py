"""What the journeys stand on: the demo, run once as a newcomer runs it, and axe."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BROWSER = Path(__file__).resolve().parents[1] / "browser"


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


@pytest.fixture(scope="session")
def axe() -> str:
    """The access checker's script, installed by the locked package file."""
    script = BROWSER / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed: sudo apt-get install npm")
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=BROWSER, check=True, timeout=300)
    return script.read_text(encoding="utf-8")
