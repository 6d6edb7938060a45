"""Coverage corrected by hand: what it replaces, what it leaves, and what is said of it. All files invented."""

import pytest

from frankpledge.cli.main import main
from frankpledge.errors import DefinitionError, UserError
from frankpledge.warehouse.build import build_key
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.corrections import read_corrections
from tests.conftest import (
    BARNET,
    BRENT,
    HARROW,
    add_all,
    ask_one,
    build_quietly,
    crime,
    full_month,
    months_of,
    rows,
    small_areas,
    wards_of,
)

GOOD = {
    "dataset": "police-uk-street",
    "area": HARROW,
    "offence": "all",
    "from": "2018-02",
    "to": "2018-02",
    "state": "absent",
    "why": "the file was cut short",
    "who": "A. Analyst",
    "on": "2026-11-20",
}


def write(workspace, *entries):
    """The workspace's corrections; an entry is what differs from `GOOD`."""
    lines = ["schema: 1", "corrections:"]
    for entry in entries:
        pairs = [f"{key}: {value}" for key, value in {**GOOD, **entry}.items() if value is not None]
        lines.append("  - " + "\n    ".join(pairs))
    path = workspace.definitions / "corrections.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def street(workspace, files):
    """Three months of Harrow and Barnet; what lies in Brent spilled over."""
    paths = [files.best_fit()]
    for month in ("2018-01", "2018-02", "2018-03"):
        spilled = [crime(small_areas(BRENT)[0], reference=f"{month}-{number}") for number in range(9)]
        paths.append(files.street(f"{month}.csv", month=month, crimes=[*full_month(each=2), *spilled]))
    add_all(workspace, *paths)
    return workspace


def built(workspace):
    """The warehouse of what has been added."""
    build_quietly(workspace)
    return open_warehouse(workspace)


@pytest.fixture
def warehouse(street):
    """Build with corrections; closed after the test."""
    opened = []

    def make(*entries):
        write(street, *entries)
        opened.append(built(street))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def test_what_is_corrected_is_missing_with_the_reason_and_the_rest_is_as_before(warehouse):
    held = warehouse({})

    february = ask_one(held, "burglary", HARROW, "2018-02")
    assert february.missing
    assert february.why_missing == "corrected by hand by A. Analyst on 2026-11-20: the file was cut short"
    assert ask_one(held, "burglary", HARROW, "2018-01").numerator == 20
    assert ask_one(held, "burglary", HARROW, "2018-03").numerator == 20
    assert ask_one(held, "burglary", BARNET, "2018-02").numerator == 20


def test_a_correction_of_one_offence_leaves_the_others(warehouse):
    held = warehouse({"offence": "crime/burglary"})

    assert ask_one(held, "burglary", HARROW, "2018-02").missing
    assert ask_one(held, "robbery", HARROW, "2018-02").numerator == 20
    assert ask_one(held, "total-offences", HARROW, "2018-02").missing


def test_what_was_judged_absent_can_be_called_complete(warehouse):
    held = warehouse({"area": BRENT, "state": "complete"})

    assert ask_one(held, "burglary", BRENT, "2018-01").missing
    assert ask_one(held, "burglary", BRENT, "2018-02").numerator == 9
    assert ask_one(held, "robbery", BRENT, "2018-02").numerator == 0


def test_one_offence_called_complete_leaves_the_gap_of_the_others(warehouse):
    held = warehouse({"area": BRENT, "state": "complete", "offence": "crime/burglary"})

    assert ask_one(held, "burglary", BRENT, "2018-02").numerator == 9
    assert ask_one(held, "burglary", BRENT, "2018-03").missing
    robbery = ask_one(held, "robbery", BRENT, "2018-02")
    assert robbery.missing
    assert "spilled over its border" in robbery.why_missing


def test_all_areas_at_once(warehouse):
    held = warehouse({"area": "all"})

    assert all(ask_one(held, "burglary", code, "2018-02").missing for code in (HARROW, BARNET, BRENT))
    assert ask_one(held, "burglary", BARNET, "2018-03").numerator == 20


def test_a_ward_is_corrected_alone_and_its_other_months_stay_covered(warehouse):
    north, south = wards_of(HARROW)
    held = warehouse({"area": north})
    states = rows(
        held,
        """SELECT code, coverage.first_month % 12 + 1, coverage.last_month % 12 + 1, state
           FROM coverage JOIN area USING (area_id) WHERE code IN (?, ?) ORDER BY ALL""",
        north,
        south,
    )

    assert states == [(north, 1, 1, "complete"), (north, 2, 2, "absent"), (north, 3, 3, "complete")]


def test_months_that_the_series_does_not_have_are_never_made_noughts(warehouse):
    held = warehouse({"state": "complete", "from": "2018-03", "to": "2019-12"})

    assert ask_one(held, "burglary", HARROW, "2018-03").numerator == 20
    assert ask_one(held, "burglary", HARROW, "2018-04").missing


def test_the_last_of_two_corrections_stands(warehouse):
    held = warehouse({}, {"state": "complete", "why": "the force sent it again"})

    assert ask_one(held, "burglary", HARROW, "2018-02").numerator == 20


def test_quality_lists_each_with_who_why_and_line(warehouse):
    held = warehouse({"from": "2018-01"}, {"area": "E09000033", "who": "B. Other"})

    (useless, applied) = rows(
        held, "SELECT sentence, look, number FROM quality WHERE kind = 'corrected by hand' ORDER BY sentence DESC"
    )
    assert applied == (
        "By hand, A. Analyst on 2026-11-20 called Harrow, every offence, January 2018 to February 2018 absent: the "
        "file was cut short.",
        "definitions/corrections.yaml, line 3",
        1,
    )
    assert useless[0].startswith("The correction of B. Other on 2026-11-20 changes nothing:")
    assert useless[1:] == ("definitions/corrections.yaml, line 12", 0)


def test_counts_by_borough_are_corrected_in_every_release_that_has_the_month(workspace, files):
    add_all(
        workspace,
        files.boroughs("a.csv", months=months_of("2017")),
        files.boroughs("b.csv", months=months_of("2017", "2018")),
    )
    write(workspace, {"dataset": "mps-borough", "from": "2018-02", "to": "2018-03", "state": "partial"})
    held = built(workspace)

    assert ask_one(held, "burglary", HARROW, "2018-02").missing
    assert ask_one(held, "burglary", HARROW, "2018-04").numerator == 10
    assert ask_one(held, "burglary", HARROW, "2017").numerator == 120
    assert rows(held, "SELECT areas FROM correction") == [1]
    held.close()


def test_the_reason_is_that_of_the_release_which_holds_the_months(workspace, files):
    # The newer release does not reach back to what was corrected in the older.
    add_all(
        workspace,
        files.boroughs("a.csv", months=months_of("2017", "2018")),
        files.boroughs("b.csv", months=months_of("2019")),
    )
    write(workspace, {"dataset": "mps-borough", "state": "partial", "why": "the force told us"})
    held = built(workspace)

    estimate = ask_one(held, "burglary", HARROW, "2018")

    assert estimate.missing
    assert estimate.why_missing.endswith("the force told us")
    held.close()


def test_a_changed_correction_is_another_warehouse(street):
    files = street.raw_files()
    keys = [build_key(street, files)]
    write(street, {})
    keys.append(build_key(street, files))
    write(street, {"state": "partial"})
    keys.append(build_key(street, files))

    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("entry", "line", "happened", "to_do"),
    [
        ({"dataset": "police-uk-steet"}, 3, "there is no dataset “police-uk-steet”", "Write one of: "),
        ({"area": "Harrow"}, 4, "“Harrow” is not the code of an area", "Write “all” for every area."),
        ({"from": "March"}, 6, "“from” is no month", "Write it as 2018-03."),
        ({"from": "2018-04"}, 6, "“from” lies after “to”", "Put the earlier month"),
        ({"state": "whole"}, 8, "“state” is “whole”", "complete, partial, absent"),
        ({"why": None}, 3, "“why” is missing", "Add a line “why: …”"),
        ({"who": "''"}, 10, "“who” is empty", "Say who says it."),
        ({"on": "yesterday"}, 11, "“on” is “yesterday”, which is no day", "2026-11-20"),
        ({"on": None}, 3, "“on” is missing", "on: 2026-11-20"),
        ({"reason": "x"}, 12, "“reason” is not known here", "Take it out"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_with_line_and_fix(workspace, entry, line, happened, to_do):
    path = write(workspace, entry)

    with pytest.raises(DefinitionError) as failed:
        read_corrections(path)

    assert failed.value.happened.startswith(f"corrections.yaml, line {line}: {happened}")
    assert to_do in failed.value.to_do


def test_an_offence_that_is_not_counted_stops_the_build_before_any_file_is_read(street):
    write(street, {"offence": "crime/witchcraft"})

    with pytest.raises(DefinitionError, match="line 3: “crime/witchcraft” is no offence that is counted"):
        build_quietly(street)


def correct(workspace, *words):
    """Run ``frankpledge correct``."""
    main.main(["--quiet", "--workspace", str(workspace.folder), "correct", *words], standalone_mode=False)


WORDS = ("police-uk-street", "--area", HARROW, "--from", "2018-02", "--state", "absent", "--who", "A. Analyst")


def test_the_command_adds_an_entry_and_keeps_what_stood_there(workspace, capsys):
    path = write(workspace, {"why": '"a colon: and a #"'})
    path.write_text("# ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    correct(workspace, *WORDS, "--why", 'he said: "cut short" # twice')

    first, second = read_corrections(path)
    assert path.read_text(encoding="utf-8").startswith("# ours\n")
    assert first.why == "a colon: and a #"
    assert (second.why, second.who, second.first, second.last) == (
        'he said: "cut short" # twice', "A. Analyst", first.first, first.last
    )  # fmt: skip
    assert f"line {second.line}: police-uk-street, {HARROW}, every offence, February 2018: absent." in (
        capsys.readouterr().out
    )


def test_the_command_makes_the_file_where_there_is_none(workspace):
    correct(workspace, *WORDS, "--why", "so")
    correct(workspace, *WORDS, "--why", "so", "--offence", "crime/robbery", "--to", "2018-05")

    first, second = read_corrections(workspace.definitions / "corrections.yaml")
    assert (first.offence, second.offence) == ("", "crime/robbery")
    assert second.last - second.first == 3


def test_the_command_writes_nothing_that_cannot_be_read(workspace):
    path = write(workspace, {})
    before = path.read_bytes()

    for words in (("--area", "Harrow"), ("--from", "soon"), ("--to", "2018-01"), ("--why", " ")):
        with pytest.raises(UserError) as failed:
            correct(workspace, *WORDS, "--why", "so", *words)
        # Nobody can open the file it was tried in, which is gone.
        assert failed.value.happened.startswith("Not written: ")
        assert "corrections.yaml" not in failed.value.happened

    assert path.read_bytes() == before
    assert [one.name for one in workspace.definitions.iterdir()] == ["corrections.yaml"]


def test_a_file_that_an_entry_cannot_be_added_to_stays_as_it_is(workspace):
    path = workspace.definitions / "corrections.yaml"
    inline = ", ".join(f"{key}: {value}" for key, value in GOOD.items())
    path.write_text(f"corrections: [{{{inline}}}]\nschema: 1\n", encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(UserError):
        correct(workspace, *WORDS, "--why", "so")

    assert path.read_bytes() == before


def test_the_command_knows_the_offences_of_the_warehouse(street):
    build_quietly(street)

    with pytest.raises(DefinitionError, match="“crime/witchcraft” is no offence that is counted"):
        correct(street, *WORDS, "--why", "so", "--offence", "crime/witchcraft")

    assert not (street.definitions / "corrections.yaml").exists()


def corrections(workspace, *words):
    """Run ``frankpledge corrections``."""
    main.main(["--quiet", "--workspace", str(workspace.folder), "corrections", *words], standalone_mode=False)


def test_corrections_are_listed_with_who_and_why(workspace, capsys):
    corrections(workspace)
    correct(workspace, *WORDS, "--why", "moved to another system")
    corrections(workspace)

    none, written, *table = capsys.readouterr().out.splitlines()
    assert none == "Nothing is corrected by hand: “frankpledge correct” does it."
    assert "moved" in "".join(table)


def test_a_correction_is_taken_back_and_the_others_stay(workspace, capsys):
    path = workspace.definitions / "corrections.yaml"
    for why in ("first", "second", "third"):
        correct(workspace, *WORDS, "--why", why)
    first, second, third = read_corrections(path)

    corrections(workspace, "--take-back", str(second.line))

    assert [one.why for one in read_corrections(path)] == ["first", "third"]
    assert capsys.readouterr().out.splitlines()[-1].startswith("Taken back: ")
    for _ in range(2):
        corrections(workspace, "--take-back", str(read_corrections(path)[-1].line))
    assert read_corrections(path) == ()
    correct(workspace, *WORDS, "--why", "anew")
    assert [one.why for one in read_corrections(path)] == ["anew"]


def test_taking_back_from_no_line_or_from_a_list_in_one_line_changes_nothing(workspace):
    path = workspace.definitions / "corrections.yaml"
    correct(workspace, *WORDS, "--why", "so")
    with pytest.raises(UserError, match="No correction begins on line 2"):
        corrections(workspace, "--take-back", "2")
    inline = ", ".join(f"{key}: {value!r}" for key, value in GOOD.items())
    path.write_text(f"corrections: [{{{inline}}}, {{{inline}}}]\nschema: 1\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")

    with pytest.raises(UserError, match="open it|Open it"):
        corrections(workspace, "--take-back", "1")

    assert path.read_text(encoding="utf-8") == before
