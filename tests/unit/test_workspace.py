"""The folder a partnership works in."""

import shutil

import pytest

from frankpledge import provenance
from frankpledge.definition import definition_files
from frankpledge.errors import DefinitionError, UserError, WorkspaceError
from frankpledge.workspace import (
    KnownArea,
    Workspace,
    definitions_hash,
    find_workspace,
    init_workspace,
    packaged_areas,
    read_partnership,
)
from tests.conftest import BARNET, HARROW, LONDON, LUTON, make_workspace

BURNLEY, PENDLE, LANCASHIRE = "E07000117", "E07000122", "E23000003"
LANCASHIRE_KNOWN = (
    KnownArea(BURNLEY, "Burnley", LANCASHIRE, LANCASHIRE, "Lancashire"),
    KnownArea(PENDLE, "Pendle", LANCASHIRE, LANCASHIRE, "Lancashire"),
)


def keep(workspace, path):
    return workspace.keep(path, source="mps-borough", publisher="p", dataset="d", licence="l")


def test_find_workspace_from_a_folder_within(workspace):
    inner = workspace.output / "csv"
    inner.mkdir(parents=True)

    assert find_workspace(inner) == workspace
    assert find_workspace(workspace.folder) == workspace


def test_find_workspace_where_there_is_none_says_how_to_make_one(tmp_path):
    with pytest.raises(WorkspaceError) as refused:
        find_workspace(tmp_path)

    assert str(tmp_path) in refused.value.happened
    assert "frankpledge init" in refused.value.to_do


def test_init_packaged_partnership_by_its_area(tmp_path):
    workspace, complete = init_workspace(tmp_path / "anything", (HARROW,))

    partnership = workspace.partnership()
    assert complete and partnership.complete
    assert partnership.name == "Safer Harrow"
    assert partnership.slug == "anything"
    assert partnership.areas == (HARROW,)
    assert len(partnership.region_areas) == 33
    assert all(
        part.is_dir() for part in (workspace.definitions, workspace.raw, workspace.warehouses, workspace.editions)
    )


def test_init_packaged_partnership_by_its_name(tmp_path):
    workspace, complete = init_workspace(tmp_path / "bedfordshire", ())

    assert complete
    assert LUTON in workspace.partnership().areas
    assert len(workspace.partnership().areas) == 3


def test_init_known_area_is_set_beside_others_of_its_force(tmp_path):
    workspace, complete = init_workspace(tmp_path / "barnet", (BARNET,))

    partnership = workspace.partnership()
    assert complete
    assert partnership.name == "Barnet community safety partnership"
    assert partnership.region_name == "London" and partnership.region_code == LONDON
    assert 1 <= len(partnership.neighbours) <= 5
    assert BARNET not in partnership.neighbours
    assert "E09000001" not in partnership.neighbours, "the City has another police force"
    assert partnership.compared == (BARNET, *partnership.neighbours)


def test_init_two_areas_together(tmp_path):
    workspace, complete = init_workspace(tmp_path / "two", (BARNET, "E09000005"))

    assert complete
    assert workspace.partnership().name == "Barnet and Brent community safety partnership"


def test_init_unknown_area_waits_for_its_look_up(tmp_path):
    workspace, complete = init_workspace(tmp_path / "burnley", (BURNLEY,))

    partnership = workspace.partnership()
    assert not complete and not partnership.complete
    assert partnership.areas == (BURNLEY,)
    assert partnership.neighbours == partnership.region_areas == ()


def test_init_again_completes_what_was_not_known(tmp_path):
    folder = tmp_path / "burnley"
    init_workspace(folder, (BURNLEY,))
    (folder / "raw" / "kept.csv").write_text("kept")

    workspace, complete = init_workspace(folder, (BURNLEY,), LANCASHIRE_KNOWN)

    partnership = workspace.partnership()
    assert complete and partnership.complete
    assert partnership.name == "Burnley community safety partnership"
    assert partnership.neighbours == (PENDLE,)
    assert partnership.region_code == LANCASHIRE
    assert (folder / "raw" / "kept.csv").read_text() == "kept"


def test_init_over_a_whole_workspace_is_refused_and_changes_nothing(tmp_path):
    folder = tmp_path / "harrow"
    init_workspace(folder, (HARROW,))
    before = (folder / "partnership.yaml").read_text()

    with pytest.raises(WorkspaceError, match="is a workspace already"):
        init_workspace(folder, (BARNET,))

    assert (folder / "partnership.yaml").read_text() == before


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ((), "No partnership called “somewhere”"),
        (("E05013542",), "is a ward, not a local authority"),
        (("Harrow",), "is not the code of an area"),
    ],
)
def test_init_that_cannot_be_done_says_why_and_makes_nothing(tmp_path, areas, words):
    folder = tmp_path / "somewhere"

    with pytest.raises(UserError) as refused:
        init_workspace(folder, areas)

    assert words in refused.value.happened
    assert refused.value.to_do
    assert not folder.exists()


def test_keep_holds_the_file_and_its_provenance(workspace, files):
    path = files.boroughs("given name.csv")

    kept = keep(workspace, path)

    assert workspace.raw_files() == [kept]
    assert kept.path.read_bytes() == path.read_bytes()
    assert (kept.name, kept.source, kept.size) == ("given name.csv", "mps-borough", path.stat().st_size)
    assert workspace.holds(kept.sha256)
    assert not workspace.holds("0" * 64)


def test_keep_cut_short_while_copying_keeps_nothing(workspace, files, monkeypatch):
    path = files.boroughs()

    def half(source, target):
        target.write_bytes(source.read_bytes()[:20])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as cut, pytest.raises(OSError, match="No space"):
        cut.setattr(shutil, "copyfile", half)
        keep(workspace, path)
    assert workspace.raw_files() == []
    assert not workspace.holds(provenance.sha256_of(path))
    assert [left.name[0] for left in workspace.raw.rglob("*") if left.is_file()] == ["."], "half a file looks like one"

    kept = keep(workspace, path)

    assert kept.path.read_bytes() == path.read_bytes()
    assert len(list(workspace.raw.rglob("*.*"))) == 2, "the file and its record, nothing passing"


def test_keep_cut_short_before_the_record_can_be_done_again(workspace, files, monkeypatch):
    path = files.boroughs()
    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(provenance.RawFile, "save", lambda file: (_ for _ in ()).throw(KeyboardInterrupt))
        keep(workspace, path)
    assert workspace.raw_files() == []

    kept = keep(workspace, path)

    assert workspace.raw_files() == [kept]


def test_raw_files_stand_in_the_order_they_were_added(workspace, files):
    names = ["c.csv", "a.csv", "b.csv"]
    for count, name in enumerate(names):
        keep(workspace, files.boroughs(name, rows=[("BURGLARY", "DOMESTIC BURGLARY", "Harrow", count)]))

    assert [file.name for file in workspace.raw_files()] == names


def test_partnership_reads_every_part(tmp_path):
    workspace = make_workspace(
        tmp_path / "harrow",
        "schema: 1\nname: Safer Harrow\nareas: [E09000015]\nneighbours: [E09000003]\n"
        "region: {name: London, code: E12000007}\nleft_out:\n  - {area: E09000001, reason: its own force}\n"
        "pinned:\n  - {dataset: mps-borough, release: 2021-07}\ncolour: '#112233'\n"
        "responsible_authorities: [The council]\n",
    )

    partnership = workspace.partnership()

    assert partnership.left_out == {"E09000001": "its own force"}
    assert partnership.pinned == {"mps-borough": "2021-07"}
    assert partnership.authorities == ("The council",)
    assert partnership.colour == "#112233"
    assert partnership.region_areas == tuple(area.code for area in packaged_areas() if area.whole == LONDON)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("areas: [Harrow]", "“Harrow” is not the code of an area"),
        ("neighbors: []", "“neighbors” is not known here"),
        ("left_out: [{area: E09000001}]", "“reason” is missing"),
        ("areas: E09000015", "“areas” should be a list"),
    ],
)
def test_partnership_with_a_mistake_is_refused(tmp_path, line, words):
    path = tmp_path / "partnership.yaml"
    path.write_text(f"schema: 1\nname: x\n{line}\n")

    with pytest.raises(UserError) as refused:
        read_partnership(path, slug="x")

    assert words in refused.value.happened


def test_every_packaged_partnership_can_be_read():
    paths = definition_files("partnerships")

    assert set(paths) >= {"harrow", "bedfordshire"}
    for slug, path in paths.items():
        partnership = read_partnership(path, slug)
        assert partnership.complete and partnership.areas


def test_packaged_areas_are_whole():
    areas = packaged_areas()

    assert len({area.code for area in areas}) == len(areas) == 36
    assert {area.whole_name for area in areas} == {"London", "Bedfordshire"}


def test_definitions_hash_follows_the_workspaces_own_labels(workspace):
    before = definitions_hash(workspace)
    folder = workspace.definitions / "sources"
    folder.mkdir()

    (folder / "own.yaml").write_text("schema: 1\nfamily: own\nlabels: []\n")

    assert definitions_hash(workspace) != before
    assert definitions_hash(Workspace(workspace.folder)) == definitions_hash(workspace)


def test_definition_error_is_a_user_error():
    assert issubclass(DefinitionError, UserError)
    assert UserError.exit_code != 0
