"""Taking files into a workspace."""

import gzip
import os

import pytest

from frankpledge.errors import SourceError
from frankpledge.sources.adding import add_files, files_in, known_shapes
from frankpledge.sources.registry import all_sources


def added(workspace, *paths):
    return [(one.path.name, one.outcome) for one in add_files(workspace, paths, lambda outcome: None)]


def test_folder_is_taken_with_all_that_is_in_it_hidden_files_aside(workspace, files):
    inner = files.folder / "2018" / "jan"
    inner.mkdir(parents=True)
    files.boroughs("2018/jan/b.csv")
    files.wards("a.csv")
    files.boroughs(".hidden.csv", months=("2018-02",))
    files.bytes("notes.txt", b"words\n")

    told = []
    outcomes = add_files(workspace, [files.folder], told.append)

    assert [(one.path.name, one.outcome) for one in outcomes] == [
        ("b.csv", "added"),
        ("a.csv", "added"),
        ("notes.txt", "refused"),
    ]
    assert told == outcomes
    assert {file.name for file in workspace.raw_files()} == {"a.csv", "b.csv"}


def test_same_file_twice_is_held_under_any_name(workspace, files):
    first, second = files.boroughs("one.csv"), files.boroughs("two.csv")

    assert added(workspace, first, second, first) == [("one.csv", "added"), ("two.csv", "held"), ("one.csv", "held")]
    assert len(workspace.raw_files()) == 1


def test_path_that_does_not_exist_stops_before_anything_is_taken(workspace, files):
    with pytest.raises(SourceError, match=r"absent\.csv is not there"):
        add_files(workspace, [files.boroughs(), files.folder / "absent.csv"], lambda outcome: None)

    assert workspace.raw_files() == []


def test_given_file_stays_as_it_is(workspace, files):
    path = files.boroughs(zipped=True, mark=True)
    before = path.read_bytes()

    add_files(workspace, [path], lambda outcome: None)

    assert path.read_bytes() == before == workspace.raw_files()[0].path.read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty. Get it again"),
        (b"a,b\n1,2\n", "no source knows a file with these columns. See “frankpledge sources”"),
        (
            gzip.compress(b"MajorText,MinorText,BoroughName,201801\n", mtime=0)[:25],
            "the file is damaged and cannot be read",
        ),
    ],
)
def test_file_not_taken_says_why_and_the_others_are(workspace, files, content, words):
    bad, good = files.bytes("a.csv", content), files.boroughs("b.csv")

    refused, taken = add_files(workspace, [bad, good], lambda outcome: None)

    assert (refused.outcome, taken.outcome) == ("refused", "added")
    assert refused.words.startswith("a.csv")
    assert words in refused.words
    assert [file.name for file in workspace.raw_files()] == ["b.csv"]


def test_file_that_may_not_be_read_is_refused(workspace, files, monkeypatch):
    path = files.boroughs("secret.csv")

    def denied(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("frankpledge.sources.adding.sample_of", denied)

    (outcome,) = add_files(workspace, [path], lambda one: None)

    assert outcome.outcome == "refused"
    assert "secret.csv cannot be opened (Permission denied)" in outcome.words


def test_provenance_is_that_of_the_source(workspace, files):
    add_files(workspace, [files.wards("x.csv")], lambda outcome: None)

    (file,) = workspace.raw_files()
    source = all_sources()["mps-ward"].source
    assert (file.source, file.publisher, file.dataset, file.licence) == (
        "mps-ward",
        source.publisher,
        source.dataset,
        source.licence,
    )


def test_file_without_trouble_is_taken_without_remarks(workspace, files):
    (outcome,) = add_files(workspace, [files.wards("x.csv")], lambda one: None)

    source = all_sources()["mps-ward"].source
    assert outcome.words == f"x.csv: {source.title}, {source.publisher}."


def test_files_of_a_folder_without_any(tmp_path):
    assert files_in([tmp_path]) == []


def test_known_shapes_describe_every_source():
    assert len(known_shapes()) == len(all_sources())


def test_what_is_no_file_is_refused_and_the_others_are_taken(workspace, files):
    files.boroughs("a.csv")
    os.mkfifo(files.folder / "b.csv")

    (taken, pipe) = add_files(workspace, [files.folder], lambda outcome: None)

    assert taken.outcome == "added"
    assert pipe.words == "b.csv is neither a file nor a folder, but a pipe or a device. Leave it out."


def test_folder_that_leads_back_to_itself_is_walked_once(workspace, files):
    files.boroughs("a.csv")
    (files.folder / "loop").symlink_to(files.folder)
    inner = files.folder / "inner"
    inner.mkdir()
    (inner / "up").symlink_to(files.folder)

    assert files_in([files.folder]) == [files.folder / "a.csv"]


def test_street_file_without_its_crime_type_is_told_what_it_lacks_first(workspace, files):
    heading = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code")
    row = ("a", "2018-01", "Metropolitan Police Service", "Metropolitan Police Service", "0", "51", "", "E01002100")
    path = files.csv("street.csv", heading, [row])

    ((_, words),) = [(one.outcome, one.words) for one in add_files(workspace, [path], lambda outcome: None)]

    assert "“Crime type”" in words and "“Outcome type”" in words
    assert "no source knows" not in words


def test_blank_lines_are_an_empty_file(workspace, files):
    (one,) = add_files(workspace, [files.bytes("blank.csv", b"\n\n \n")], lambda outcome: None)

    assert one.words == "blank.csv: the file is empty. Get it again from whoever sent it."
