"""Workspaces built from the open data beside the checkout, once a run; skipped with a reason where it is absent."""

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


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the open data (../shared/data) is not beside this checkout")
    return DATA


@pytest.fixture(scope="session")
def harrow(tmp_path_factory) -> Workspace:
    """Harrow from the Metropolitan Police's counts by borough and ward."""
    return built_from(
        tmp_path_factory.mktemp("real") / "harrow",
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
    return built_from(
        tmp_path_factory.mktemp("real") / "bedfordshire",
        (),
        "street_bedfordshire",
        "lookup",
        "population",
        "geo",
    )


@pytest.fixture(scope="session")
def london(tmp_path_factory) -> Workspace:
    """Harrow from police.uk files: 25 boroughs in 2016 and 2017, and burglary alone from 2021."""
    return built_from(
        tmp_path_factory.mktemp("real") / "london",
        ("E09000015",),
        "street_london",
        "street_met_burglary",
        "geo/london_borough.gpkg",
        "lookup",
        "population",
    )
