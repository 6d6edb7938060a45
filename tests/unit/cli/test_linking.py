"""The command `link`, as a person runs it: outside a workspace, and nothing left behind."""

import pytest

from tests.unit.findings.test_lists import HEADINGS, invented, slipped


def rows_of(people, form="%Y-%m-%d"):
    return [(f"C{number}", one[0], one[1], one[2].strftime(form), *one[3:]) for number, one in enumerate(people)]


@pytest.fixture
def lists(files):
    people = invented(240)
    return (
        files.csv("left.csv", HEADINGS, [*rows_of(people[:150]), ("C150", "one cell too few")]),
        files.csv("right.csv", [one.upper() for one in HEADINGS], rows_of(slipped(people[110:]), "%d/%m/%Y")),
    )


def test_two_lists_are_linked_and_nothing_is_kept_or_shown(command, lists, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    said = command("link", *lists, folder=tmp_path)

    assert said.code == 0
    out = " ".join(said.out.split())
    assert "was guessed from its heading" in out
    assert "date_of_birth date" in out and "postcode outcode" in out
    assert "left.csv has 150 records, right.csv has 130. Expected in both: " in out
    assert "of the records of right.csv" in out and "Nothing of the lists is kept" in out
    assert "left out: 1, the first in line 152" in out
    assert invented(1)[0][2].isoformat() not in out and "C11" not in out
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_one_list_is_linked_with_itself(command, lists, tmp_path):
    said = command(
        "link", lists[1], "--by", "surname:name", "--by", "forename:name", "--by", "date_of_birth:date",
        "--identifier", "case", folder=tmp_path,
    )  # fmt: skip

    assert said.code == 0 and "right.csv has 130 records, of " in said.out and "guessed" not in said.out
    assert "stand in it twice or more" in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "surname"), "is not COLUMN:KIND"),
        (("--by", "surname:thing"), "Kinds are name, code"),
        (("--by", "town:name"), "has no column “town”"),
        (("--by", "surname:name"), "Only 1 of the fields identify"),
        (("--identifier", "nr"), "has no column “nr”"),
    ],
)
def test_what_cannot_be_linked_is_refused_in_a_sentence(command, lists, tmp_path, arguments, words):
    refused = command("link", *lists, *arguments, folder=tmp_path)

    assert refused.code == 1 and words in refused.err and "Traceback" not in refused.err


def test_headings_that_say_nothing_are_refused(command, files, tmp_path):
    plain = files.csv("plain.csv", ("a", "b"), [("1", "2")])

    refused = command("link", plain, folder=tmp_path)

    assert refused.code == 1 and "--by COLUMN:KIND" in refused.err


def test_a_file_that_is_not_there_is_refused(command, tmp_path):
    assert "not a file that is there" in command("link", "nowhere.csv", folder=tmp_path).err
