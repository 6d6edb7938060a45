"""Whatever a person can name has its place in the reference."""

from pathlib import Path

import pytest

from frankpledge.cli.commands import all_commands
from frankpledge.cli.main import main
from frankpledge.indicators.definition import read_indicators
from frankpledge.sources.registry import all_sources

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"

NAMED = {
    "source": [registered.source.slug for registered in all_sources().values()],
    "dataset": [registered.source.dataset for registered in all_sources().values()],
    "indicator": list(read_indicators()),
    "command": list(all_commands(main)),
}


@pytest.fixture(scope="module")
def reference():
    if not REFERENCE.is_dir():
        pytest.skip("the reference pages have not been made")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(REFERENCE.rglob("*.md")))


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMED.items() for name in names])
def test_name_is_in_the_reference(reference, kind, name):
    written = f"frankpledge {name}" if kind == "command" else name

    assert written in reference, f"the {kind} {name} is in no page of docs/reference"
