"""The seeds: real documents of a partnership as text, where they lie beside the repository."""

from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[5] / "shared" / "seeds"


@pytest.fixture(scope="session")
def seed():
    """The seed whose name begins with a number."""

    def find(number):
        if not SEEDS.is_dir():
            pytest.skip("the seeds are not beside this checkout (../shared/seeds)")
        return next(SEEDS.glob(f"{number}_*.txt"))

    return find
