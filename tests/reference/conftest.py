"""Workspaces built from the open data beside the checkout, once a run; skipped with a reason where it is absent."""

import fcntl
import os
from pathlib import Path

import pytest

from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.workspace import Workspace, init_workspace

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def quiet(_):
    """Progress that nobody watches."""


def built_from(folder: Path, areas: tuple[str, ...], *parts: str) -> Workspace:
    if not DATA.is_dir():
        pytest.skip("the open data (../shared/data) is not beside this checkout")
    workspace, _ = init_workspace(folder, areas)
    add_files(workspace, [DATA / part for part in parts], quiet)
    build(workspace, quiet)
    return workspace


def shared(factory: pytest.TempPathFactory, name: str, areas: tuple[str, ...], *parts: str) -> Workspace:
    """The same for all workers of a run: whoever asks first builds it, while the others wait."""
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "real"
    place.mkdir(exist_ok=True)
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = place / name
        return Workspace(folder) if folder.exists() else built_from(folder, areas, *parts)


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the open data (../shared/data) is not beside this checkout")
    return DATA


@pytest.fixture(scope="session")
def harrow(tmp_path_factory) -> Workspace:
    """Harrow from the Metropolitan Police's counts by borough and ward."""
    return shared(
        tmp_path_factory,
        "harrow",
        ("E09000015",),
        "mps_borough",
        "mps_datastore",
        "mps_ward",
        "lookup",
        "population",
    )


@pytest.fixture(scope="session")
def bedfordshire(tmp_path_factory) -> Workspace:
    """Bedfordshire from police.uk files alone, with look-ups, populations and outlines."""
    return shared(
        tmp_path_factory,
        "bedfordshire",
        (),
        "street_bedfordshire",
        "lookup",
        "population",
        "geo",
    )


@pytest.fixture(scope="session")
def london(tmp_path_factory) -> Workspace:
    """Harrow from police.uk files: 25 boroughs in 2016 and 2017, and burglary alone from 2021."""
    return shared(
        tmp_path_factory,
        "london",
        ("E09000015",),
        "street_london",
        "street_met_burglary",
        "geo/london_borough.gpkg",
        "lookup",
        "population",
    )
