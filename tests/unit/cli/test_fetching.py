"""The command fetch, as a person runs it, against a server on this machine."""

import pytest

from frankpledge.cli import fetching as command_module
from frankpledge.cli.fetching import _Bars, _Lines
from frankpledge.fetching.errand import Moved, Patience
from frankpledge.provenance import read_record, record_path
from tests.conftest import HARROW, LUTON, crime, make_workspace, write_boroughs, write_street
from tests.unit.fetching.conftest import Server, status, whole

DEFINITIONS = """\
schema: 1
publisher: Nobody
page: https://example.org/
addresses:
  - {{name: ours, title: Boroughs, source: mps-borough, url: "{url}/a.csv", most: 50 MB, checked: 2024-01-01}}
  - {{name: gone, title: Gone, source: mps-ward, url: "{url}/gone.csv", most: 50 MB, usual: false, checked: never}}
  - name: kent-only
    title: For Kent
    source: mps-ward
    url: "{url}/kent.csv"
    forces: [kent]
    most: 50 MB
    checked: never
  - name: street
    title: Street
    source: police-uk-street
    url: "{url}/{{month}}-{{force}}.csv"
    most: 50 MB
    checked: never
forces:
  - {{code: E23000001, word: metropolitan}}
  - {{code: E23000026, word: bedfordshire}}
  - {{code: E23000032, word: kent}}
"""


@pytest.fixture
def server(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(command_module, "_PATIENCE", Patience(attempts=1))
    started = Server()
    yield started
    started.close()


@pytest.fixture
def ready(server, workspace, monkeypatch, tmp_path):
    """A workspace whose addresses are all on the server; the packaged ones are out of the way."""
    folder = workspace.definitions / "addresses"
    folder.mkdir()
    (folder / "nobody.yaml").write_text(DEFINITIONS.format(url=server.url), encoding="utf-8")
    monkeypatch.setattr(
        "frankpledge.fetching.definition.definition_files",
        lambda kind, overlay=None: {"nobody": folder / "nobody.yaml"},
    )
    server.serve("/a.csv", whole(write_boroughs(tmp_path).read_bytes(), ETag='"1"'))
    return workspace


def serve_street(server, tmp_path, *months, force="metropolitan"):
    for month in months:
        made = write_street(tmp_path, f"{force}{month}.csv", month=month, crimes=[crime("E01000001")])
        server.serve(f"/{month}-{force}.csv", whole(made.read_bytes()))


def test_source_that_is_named_is_fetched_and_added(command, ready):
    result = command("fetch", "ours", folder=ready.folder)

    assert (result.code, result.out) == (0, "1 added, 0 with nothing new.\n")
    assert "+ a.csv: Recorded crime by borough, Metropolitan Police Service." in result.err
    assert "Next: “frankpledge build”." in result.err
    assert len(ready.raw_files()) == 1


def test_second_fetch_finds_nothing_new(command, ready):
    command("fetch", "ours", folder=ready.folder)

    result = command("fetch", "mps-borough", folder=ready.folder)

    assert (result.code, result.out) == (0, "0 added, 1 with nothing new.\n")
    assert "= a.csv: nothing new since" in result.err


def test_failure_has_its_sentence_and_its_exit_code_and_the_others_go_on(command, ready):
    result = command("fetch", "gone", "ours", folder=ready.folder)

    assert result.code == 1
    assert result.out == "1 added, 0 with nothing new, 1 not fetched.\n"
    assert "! gone.csv is not there (404): its address may have moved" in result.err
    assert "copy nobody.yaml into definitions/addresses of your workspace" in result.err
    assert result.err.rstrip().endswith("The reason and what to do are beside each, above.")
    assert "Traceback" not in result.err


def test_months_and_the_force_of_the_partnership_are_asked_for(command, ready, server, tmp_path):
    serve_street(server, tmp_path, "2023-01", "2023-02")

    result = command("fetch", "street", "--from", "2023-01", "--to", "2023-02", folder=ready.folder)

    assert [path for path, _ in server.asked] == ["/2023-01-metropolitan.csv", "/2023-02-metropolitan.csv"]
    assert result.out.startswith("2 added")


def test_year_stands_for_its_months_and_another_force_may_be_named(command, ready, server):
    command("fetch", "street", "--from", "2023", "--to", "2023", "--force", "kent", folder=ready.folder)

    asked = [path for path, _ in server.asked]
    assert (asked[0], asked[-1], len(asked)) == ("/2023-01-kent.csv", "/2023-12-kent.csv", 12)


def test_without_names_what_the_partnership_needs_is_fetched(command, ready, server):
    command("fetch", "--from", "2023-01", "--to", "2023-01", folder=ready.folder)

    assert {path for path, _ in server.asked} == {"/a.csv", "/2023-01-metropolitan.csv"}


def test_force_outside_london_is_that_of_the_region(command, ready, server, tmp_path):
    made = make_workspace(
        tmp_path / "luton", f"schema: 1\nname: L\nareas: [{LUTON}]\nregion: {{name: B, code: E23000026}}\n"
    )

    command("fetch", "street", "--from", "2023-01", "--to", "2023-01", folder=made.folder)

    assert {path for path, _ in server.asked} == {"/2023-01-bedfordshire.csv"}


def test_force_that_is_not_known_is_asked_for(command, ready, tmp_path):
    made = make_workspace(tmp_path / "leeds", "schema: 1\nname: Leeds\nareas: [E08000035]\n")

    result = command("fetch", "street", folder=made.folder)

    assert result.code == 1
    assert "not known which police force covers this partnership. Say it: “--force bedfordshire”" in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("moon",), "No address is known for “moon”"),
        (("--force", "nowhere"), "“nowhere” is not a police force of England and Wales. Write one of: bedfordshire"),
        (("--from", "May"), "“May” is not a period"),
        (("--from", "2023-05", "--to", "2023-04"), "2023-05 is after 2023-04"),
    ],
)
def test_slip_is_said(command, ready, server, arguments, words):
    result = command("fetch", *arguments, folder=ready.folder)

    assert result.code == 1
    assert words in " ".join(result.err.split())
    assert server.asked == []


def test_list_says_what_and_from_where_and_fetches_nothing(command, ready, server):
    result = command("fetch", "--list", folder=ready.folder)

    assert result.code == 0
    assert "2024-01-01" in result.out
    assert f"  gone: {server.url}/gone.csv\n" in result.out
    lines = {line.split()[0]: line for line in result.out.split("From where")[0].splitlines()[2:]}
    assert " yes " in lines["ours"]
    assert " when named " in lines["gone"]
    assert " when named " in lines["kent-only"]
    assert "not yet tried" in result.err
    assert server.asked == []


def test_quiet_says_only_the_answer(command, ready):
    result = command("--quiet", "fetch", "ours", folder=ready.folder)

    assert (result.out, result.err) == ("1 added, 0 with nothing new.\n", "")


def test_busy_server_is_given_up_with_a_sentence(command, ready, server):
    server.serve("/a.csv", status(503))

    result = command("fetch", "ours", folder=ready.folder)

    assert result.code == 1
    assert "a.csv: it is not ready (503), 1 times" in result.err


def test_lines_are_said_for_every_tenth_of_a_large_file_and_for_none_of_a_small_one():
    said = []
    lines = _Lines(said.append)

    for done in range(0, 101, 5):
        lines(Moved("small.csv", done, 100))
        lines(Moved("large.zip", done * 10**6, 100 * 10**6))
    for done in (0, 60, 61, 120):
        lines(Moved("unknown.zip", done * 10**6, None))
    lines(Moved("layer.csv", 500, 1000, "rows"))

    assert said[:2] == ["large.zip: 5.0 MB of 100.0 MB", "large.zip: 10.0 MB of 100.0 MB"] or said[0].startswith(
        "large"
    )
    assert said[-3:] == ["unknown.zip: 60.0 MB", "unknown.zip: 120.0 MB", "layer.csv: 500 of 1,000 rows"]


class Progress:
    """What a bar is told."""

    def __init__(self):
        self.tasks, self.told = {}, []

    def add_task(self, words, total):
        self.tasks[len(self.tasks)] = words
        return len(self.tasks) - 1

    def remove_task(self, task):
        self.told.append(("removed", task))

    def update(self, task, completed, total):
        self.told.append((task, completed, total))


def test_bar_is_in_megabytes_and_gives_way_to_the_next():
    progress = Progress()
    bars = _Bars(progress)

    bars(Moved("a-file-with-a-very-long-name-indeed.zip", 2_000_000, 8_000_000))
    bars(Moved("rows.csv", 5, None, "rows"))

    assert list(progress.tasks.values()) == ["a-file-with-a-very-long-na, MB", "rows.csv, rows"]
    assert progress.told == [(0, 2.0, 8.0), ("removed", 0), (1, 5.0, None)]


def test_record_of_a_fetched_file_has_its_address_and_an_older_record_has_none(command, ready, server):
    command("fetch", "ours", folder=ready.folder)
    (file,) = ready.raw_files()
    assert file.address == f"{server.url}/a.csv"

    record = record_path(file.path)
    record.write_text(record.read_text().replace(f',\n  "address": "{file.address}"', ""))
    assert read_record(record).address == ""


def test_harrow_is_under_the_metropolitan_police(ready):
    assert HARROW in ready.partnership().areas
    assert command_module._forces(ready, ()) == ("metropolitan",)
