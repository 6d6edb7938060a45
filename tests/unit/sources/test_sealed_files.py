"""Files about people: no names, keyed codes, sealed; and nothing of them for whoever takes the folder alone."""

import json
import os
import shutil

import pyarrow as pa
import pytest

from frankpledge.errors import SourceError, WorkspaceError
from frankpledge.keys import SETTING, key_folder, key_name
from frankpledge.provenance import sha256_of
from frankpledge.sources.adding import add_files
from frankpledge.sources.partners.depersonalising import Care
from frankpledge.sources.partners.pseudonyms import is_pseudonym, pseudonym
from frankpledge.sources.partners.sealing import seal, unsealed
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import HARROW, add_all, build_quietly, make_workspace, rows

INCIDENTS = ("reference", "offence", "from", "area_code", "reported_for", "place", "Officer", "Notes")
PEOPLE = ("reference", "role", "person", "age_band", "sex", "Full name")
REFERENCE, PERSON, OFFICER = "ZZ-778812", "QV-55190", "Invented Officer"


def incidents(files, name="incidents.csv", reference=REFERENCE, more=()):
    row = [reference, "crime/robbery/personal", "2018-07-14T22:35", "E05013546", HARROW, "Example Road", OFFICER, "x"]
    return files.csv(name, INCIDENTS, [row, *more])


def people(files, name="people.csv", more=()):
    return files.csv(name, PEOPLE, [[REFERENCE, "victim", PERSON, "18-24", "female", "Jane Doe"], *more])


def bytes_within(folder):
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_folder_without_its_keys_yields_no_reference_and_no_code(workspace, files):
    build_quietly(workspace, incidents(files), people(files))

    taken = bytes_within(workspace.folder)
    for secret in (REFERENCE, PERSON, OFFICER, "Jane Doe", "Full name"):
        assert secret.encode() not in taken, secret
    # Nor could it be found out which file on the disk is whose, by trying codes: the key is elsewhere.
    key = key_folder(workspace.folder).pseudonym_key()
    assert key not in taken
    assert pseudonym(bytes(32), "person", PERSON).encode() not in taken


def test_sealed_rows_cannot_be_read_without_the_keys(workspace, files):
    add_all(workspace, incidents(files))
    shutil.rmtree(key_folder(workspace.folder).folder)

    with pytest.raises(WorkspaceError, match="without it nobody can open what it sealed") as refused:
        build(workspace, lambda step: None)
    assert SETTING in refused.value.to_do


def test_warehouse_holds_keyed_codes_only(workspace, files):
    build_quietly(workspace, incidents(files), people(files))
    warehouse = open_warehouse(workspace)

    (person,) = rows(warehouse, "SELECT person FROM involvement")
    (place,) = rows(warehouse, "SELECT place FROM incident JOIN involvement USING (reference)")
    warehouse.close()

    assert is_pseudonym(person) and PERSON not in person
    assert place == "Example Road"


def test_same_person_has_the_same_code_in_every_file_and_another_in_another_workspace(workspace, files, tmp_path):
    again = people(files, "later.csv", more=[["ZZ-2", "suspect", PERSON.lower(), "25-34", "female", ""]])
    build_quietly(workspace, people(files), again)
    warehouse = open_warehouse(workspace)
    here = rows(warehouse, "SELECT DISTINCT person FROM involvement")
    warehouse.close()
    other = make_workspace(tmp_path / "brent")
    build_quietly(other, people(files))
    warehouse = open_warehouse(other)
    elsewhere = rows(warehouse, "SELECT DISTINCT person FROM involvement")
    warehouse.close()

    assert len(here) == len(elsewhere) == 1
    assert here != elsewhere


def test_record_keeps_the_hash_of_what_was_given_and_the_file_stays_where_it_was(workspace, files):
    path = incidents(files)
    before = path.read_bytes()

    (outcome,) = add_files(workspace, [path], lambda one: None, care=Care("Police, analysis", None))

    (file,) = workspace.raw_files()
    assert path.read_bytes() == before
    assert (file.sha256, file.size, file.sealed, file.owner) == (
        sha256_of(path), len(before), True, "Police, analysis",
    )  # fmt: skip
    assert "Left out, for no template asks for them: “Officer”, “Notes”." in outcome.words
    assert "in 2 years, for no day was named" in outcome.words
    assert "it is yours to destroy" in outcome.words
    assert OFFICER not in outcome.words
    (again,) = add_files(workspace, [path], lambda one: None)
    assert again.outcome == "held"


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("place", "Jane Doe", "holds a name"),
        ("place", "ring 07700 900123", "holds a telephone number"),
        ("place", "x" * 81, "longer than 80 letters"),
        ("reference", "doe@example.org", "an e-mail address"),
        ("reference", "14/07/1990", "a date"),
        ("from", "Jane Doe", "not a date"),
    ],
)
def test_row_that_tells_who_somebody_is_is_refused_and_its_text_kept_nowhere(workspace, files, column, cell, why):
    row = dict(zip(INCIDENTS, ["ZZ-9", "crime/weapons", "2018-07-14", "", HARROW, "", "", ""], strict=True))
    row[column] = cell
    path = incidents(files, more=[list(row.values())])

    build_quietly(workspace, path)

    warehouse = open_warehouse(workspace)
    ((line, reason, text),) = rows(warehouse, "SELECT row, reason, text FROM refused_row")
    warehouse.close()
    assert (line, text) == (3, None)
    assert why in reason and column in reason
    assert cell not in reason
    assert cell.encode() not in bytes_within(workspace.folder)


def test_whole_postcode_is_refused_where_half_of_one_is_asked_for(workspace, files):
    heading = ("reported_for", "admitted", "diagnosis", "outward_postcode")
    good, bad = [HARROW, "2018-07-14", "X99.1", "HA1"], [HARROW, "2018-07-15", "X99", "HA1 2XF"]

    build_quietly(workspace, files.csv("admissions.csv", heading, [good, bad]))

    warehouse = open_warehouse(workspace)
    assert rows(warehouse, "SELECT reason FROM refused_row") == [
        "“outward_postcode” is a whole postcode; write its first half only, such as HA1"
    ]
    counted = rows(warehouse, "SELECT path, count FROM monthly_count JOIN offence USING (offence_id)")
    warehouse.close()
    assert counted == [("health/admissions/assault", 1)]
    assert b"2XF" not in bytes_within(workspace.folder)


def test_file_without_one_right_row_is_not_taken_and_leaves_nothing(workspace, files):
    path = files.csv("people.csv", PEOPLE, [[REFERENCE, "victim", "Jane Doe", "18-24", "female", ""]])

    (outcome,) = add_files(workspace, [path], lambda one: None)

    assert outcome.outcome == "refused"
    assert "not one of its 1 rows can be kept. The first: line 2, “person” is a name" in outcome.words
    assert "Jane" not in outcome.words
    assert workspace.raw_files() == []
    assert not [left for left in workspace.raw.rglob("*") if left.is_file()]


def test_destroyed_file_is_gone_with_its_key_and_its_record_stays(workspace, files):
    build_quietly(workspace, incidents(files), people(files))
    file = workspace.sealed_file(sha256_of(files.folder / "incidents.csv")[:8])

    record = workspace.destroy(file)
    build(workspace, lambda step: None)

    assert not file.path.exists()
    assert json.loads(record.read_text())["sha256"] == file.sha256
    with pytest.raises(WorkspaceError):
        key_folder(workspace.folder).read(file.sha256)
    warehouse = open_warehouse(workspace)
    assert rows(warehouse, "SELECT count(*) FROM incident") == [0]
    assert rows(warehouse, "SELECT count(*) FROM involvement") == [1]
    warehouse.close()


def test_destroyed_file_may_be_added_again_and_destroyed_again(workspace, files):
    path = incidents(files)
    for _ in range(2):
        add_all(workspace, path)
        workspace.destroy(workspace.sealed_file(sha256_of(path)))

    assert workspace.raw_files() == []
    assert not workspace.holds(sha256_of(path))


def test_hash_that_is_of_no_sealed_file_destroys_nothing(workspace, files):
    add_all(workspace, incidents(files))

    for beginning in ("ffffffff", ""):
        with pytest.raises(WorkspaceError, match="“frankpledge destroy” without a hash lists them"):
            workspace.sealed_file(beginning)
    assert len(workspace.raw_files()) == 1


def test_keys_are_their_owners_only_and_lie_outside_the_workspace(workspace, files):
    add_all(workspace, incidents(files))

    folder = key_folder(workspace.folder).folder
    assert folder == workspace.folder.with_name("harrow.keys")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 2


def test_keys_that_others_may_read_are_refused(workspace, files):
    add_all(workspace, incidents(files))
    key_folder(workspace.folder).folder.chmod(0o755)

    with pytest.raises(WorkspaceError, match="Others may look into the key folder"):
        build(workspace, lambda step: None)


def test_key_folder_may_be_named_but_not_within_the_workspace(workspace, files, tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, str(tmp_path / "elsewhere"))
    add_all(workspace, incidents(files))
    assert (tmp_path / "elsewhere" / "pseudonyms.key").is_file()

    monkeypatch.setenv(SETTING, str(workspace.folder / "keys"))
    with pytest.raises(WorkspaceError, match="lies in the workspace"):
        build(workspace, lambda step: None)


def test_another_key_for_codes_is_refused_rather_than_making_other_codes(workspace, files):
    add_all(workspace, people(files))
    path = key_folder(workspace.folder).folder / "pseudonyms.key"
    path.write_bytes(os.urandom(32))

    with pytest.raises(WorkspaceError, match="is not the one that earlier files were made with"):
        add_files(workspace, [incidents(files)], lambda one: None)
    path.unlink()
    with pytest.raises(WorkspaceError, match=r"pseudonyms\.key is not in"):
        add_files(workspace, [incidents(files)], lambda one: None)


KEY, GIVEN = bytes(range(32)), "ab" * 32
TABLE = pa.table({"code": [os.urandom(40).hex() for _ in range(50_000)]})


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    path = tmp_path_factory.mktemp("sealed") / "x.sealed"
    seal(path, KEY, GIVEN, TABLE.schema, TABLE.to_batches(10_000))
    return path


def read(path, key=KEY, given=GIVEN):
    with unsealed(path, key, given) as (_, batches):
        return pa.Table.from_batches(batches)


def test_sealed_table_reads_back_and_shows_nothing(sealed):
    assert read(sealed).equals(TABLE)
    assert TABLE["code"][0].as_py().encode() not in sealed.read_bytes()


PIECE = (1 << 20) + 16


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held[:-1],
        lambda held: held[: 21 + PIECE],
        lambda held: held[:21] + held[21 + PIECE :],
        lambda held: held[:500] + bytes([held[500] ^ 1]) + held[501:],
        lambda held: held[:21] + held[21 + PIECE : 21 + 2 * PIECE] + held[21 : 21 + PIECE] + held[21 + 2 * PIECE :],
        lambda held: held[:10],
        lambda held: b"",
    ],
    ids=["last byte", "cut at a piece", "piece left out", "one bit", "pieces exchanged", "beginning only", "empty"],
)
def test_sealed_file_that_was_changed_is_never_read(sealed, tmp_path, change):
    held = sealed.read_bytes()
    assert len(held) > 21 + 2 * PIECE
    path = tmp_path / "changed.sealed"
    path.write_bytes(change(held))

    with pytest.raises(SourceError, match=r"changed\.sealed cannot be opened"):
        read(path)


def test_sealed_file_cannot_stand_in_for_another_or_be_opened_with_another_key(sealed):
    for more in ({"given": "cd" * 32}, {"key": bytes(32)}):
        with pytest.raises(SourceError, match="cannot be opened"):
            read(sealed, **more)


def test_name_of_a_key_tells_keys_apart_and_is_not_the_key():
    assert key_name(KEY) != key_name(bytes(32))
    assert key_name(KEY) not in KEY.hex()
