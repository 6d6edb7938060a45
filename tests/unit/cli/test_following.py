"""The command `followed`, as a person runs it."""

from pathlib import Path

import pytest

from frankpledge.model.tables import FACTORS
from tests.conftest import HARROW, build_quietly

HEADINGS = ("person", "cohort", "began", "offended_again", "known_until", "serious", "reported_for", *FACTORS)


@pytest.fixture
def followed(workspace, files, command):
    def run(*arguments, people=40, serious=12):
        lines = [
            (
                f"YP-{number:04d}",
                "triage",
                "2021-05-10" if number else "2023-01-10",
                "2021-09-01" if number < serious else "",
                "2023-03-31",
                "yes" if number < serious else "no",
                HARROW,
                "yes" if number < serious else "no",
                "" if number == 3 else "no",
                *[""] * (len(FACTORS) - 2),
            )
            for number in range(people)
        ]
        lines[0] = (*lines[0][:3], "", *lines[0][4:])
        build_quietly(workspace, files.best_fit(), files.csv("followed.csv", HEADINGS, lines))
        said = command("followed", *arguments, folder=Path(workspace.folder))
        return said.code, " ".join(said.out.split()), said.err

    return run


def test_followed_tells_who_offended_again_and_what_differs(followed):
    code, out, _ = followed("Triage")

    assert code == 0
    assert "begun May 2021 to January 2023: 40 people." in out
    assert "Of 39 followed for twelve months, 11 offended again" in out
    assert "1 cannot be followed for twelve months yet" in out
    assert "11 of 11, 100%" in out and "more often" in out
    assert "Recorded for nobody, and so left out: pupil referral unit;" in out
    assert "invented" not in out


def test_fewer_than_ten_are_too_few_to_say(followed):
    code, out, _ = followed("triage", "--year", "2021", people=9, serious=2)

    assert code == 0 and out == "Fewer than ten people of this cohort are held for the area and period: too few to say."


def test_fewer_than_ten_serious_are_not_set_apart(followed):
    code, out, _ = followed("triage", serious=9)

    assert code == 0 and "serious re-offenders or the rest: too few to say" in out and "q is" not in out


def test_a_cohort_nobody_knows_is_refused(followed):
    code, _, err = followed("prison")

    assert code == 1 and "No cohort is called “prison”." in err and "youth violence" in err
