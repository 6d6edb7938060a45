"""Lists of people linked: what columns are taken for, how cells are read, and a known number of people in both."""

from datetime import date, timedelta

import numpy as np
import pytest

from frankpledge.errors import SourceError, UserError
from frankpledge.findings.lists import (
    Compared,
    guess_compared,
    people_in_both,
    read_column,
    read_people_list,
    repeats_in,
)

HEADINGS = ("case", "surname", "forename", "date_of_birth", "postcode", "sex")


def letters(number):
    """A number as capital letters, as no name is written."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(3))


def invented(number, seed=5):
    """People with codes of letters for names, some of them shared."""
    draw = np.random.default_rng(seed)
    surnames = draw.choice(600, number, p=_falling(600))
    forenames = draw.choice(120, number, p=_falling(120))
    days = draw.integers(0, 18_000, number)
    return [
        (
            letters(surname),
            letters(forename),
            date(1955, 1, 1) + timedelta(days=int(day)),
            f"HA{draw.integers(1, 9)} 2AB",
            str(draw.choice(["F", "M"])),
        )
        for surname, forename, day in zip(surnames, forenames, days, strict=True)
    ]


def _falling(size):
    weights = 1 / np.arange(3, size + 3) ** 0.8
    return weights / weights.sum()


def slipped(people, every=12):
    """The same people with a slip in one of so many: a letter of a name, or day and month exchanged."""
    for place, (surname, forename, born, *rest) in enumerate(people):
        if place % every == 0:
            surname = surname[:2] + "ZZ"
        if place % every == 1 and born.day <= 12:
            born = born.replace(month=born.day, day=born.month)
        yield (surname, forename, born, *rest)


@pytest.fixture
def list_of(files):
    def make(name, people, form="%Y-%m-%d", headings=HEADINGS):
        rows = [
            (f"C{number}", surname, forename, born.strftime(form), *rest)
            for number, (surname, forename, born, *rest) in enumerate(people)
        ]
        return read_people_list(files.csv(name, headings, rows))

    return make


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Surname", "name"),
        ("last_name", "name"),
        ("FORENAME", "name"),
        ("DOB", "date"),
        ("date_of_birth", "date"),
        ("Birth year", "year"),
        ("Post-Code", "outcode"),
        ("outcode", "outcode"),
        ("surname_code", "code"),
        ("Ethnic group", "category"),
    ],
)
def test_headings_say_what_columns_hold(files, heading, kind):
    people = read_people_list(files.csv("one.csv", (heading, "date", "notes", "street name"), [("a", "b", "c", "d")]))

    assert guess_compared([people]) == (Compared(heading, kind),)


def test_only_what_both_lists_have_is_compared_and_one_of_date_and_year(files):
    left = read_people_list(files.csv("left.csv", ("Surname", "dob", "yob", "sex"), [("a", "b", "c", "d")]))
    right = read_people_list(files.csv("right.csv", ("surname", "DOB", "YOB"), [("a", "b", "c")]))

    assert guess_compared([left, right]) == (Compared("Surname", "name"), Compared("dob", "date"))


@pytest.mark.parametrize(
    ("kind", "cells", "read"),
    [
        ("name", ["O'Na-Example", "ésame ", ""], ("ONAEXAMPLE", "ESAME", None)),
        ("outcode", ["ha1 2aa", "NW9", " "], ("HA1", "NW9", None)),
        ("date", ["17/05/1990", "03/11/1984"], ("1990-05-17", "1984-11-03")),
        ("date", ["1990-05-17", ""], ("1990-05-17", None)),
        ("year", ["1990"], ("1990",)),
        ("code", [" x-9 "], ("x-9",)),
        ("category", ["Female"], ("female",)),
    ],
)
def test_cells_are_read_as_what_they_are(files, kind, cells, read):
    people = read_people_list(files.csv("one.csv", ("what", "line"), [(cell, "x") for cell in cells]))

    assert read_column(people, Compared("WHAT", kind)).values == read


def test_a_few_cells_that_cannot_be_read_are_not_recorded_and_more_are_refused(files):
    def column(wrong):
        lines = [("n/k" if number < wrong else "1990-05-17", "x") for number in range(20)]
        return read_column(read_people_list(files.csv(f"{wrong}.csv", ("dob", "line"), lines)), Compared("dob", "date"))

    assert column(2).unread == (2, 3) and column(2).values[:3] == (None, None, "1990-05-17") and column(2).empty == 0
    with pytest.raises(UserError, match="3 of 20 cells cannot be read") as refused:
        column(3)
    assert "n/k" not in str(refused.value)


def test_years_of_two_figures_are_refused(files):
    people = read_people_list(files.csv("one.csv", ("dob", "line"), [("17/05/50", "x")] * 3))

    with pytest.raises(UserError, match="3 of 3 cells") as refused:
        read_column(people, Compared("dob", "date"))
    assert "four figures" in refused.value.to_do


def test_the_interval_holds_the_people_known_to_be_in_both(list_of):
    people = invented(540)
    left = list_of("left.csv", people[:300])
    right = list_of("right.csv", slipped(people[240:]), "%d/%m/%Y")

    found = people_in_both(left, right, guess_compared([left, right]), "case")

    assert (found.left_records, found.right_records) == (300, 300)
    assert found.persons.low <= 60 <= found.persons.high
    assert found.persons.high - found.persons.low < 40


def test_people_who_stand_twice_in_a_list_are_found(list_of):
    people = invented(300)
    # In these a round of learning fails half-way, which once left its own prior behind.
    one = list_of("one.csv", [*people, *slipped(people[:40])])

    found = repeats_in(one, guess_compared([one]), None)

    assert found.records == 340
    assert found.repeated.low <= 40 <= found.repeated.high


def test_records_need_names_of_their_own_and_the_message_holds_none(list_of):
    people = list_of("one.csv", invented(30))
    columns = guess_compared([people])

    with pytest.raises(UserError, match="has the same “sex” as line") as refused:
        repeats_in(people, columns, "sex")
    assert refused.value.happened.startswith("Line ")


def test_lists_that_cannot_be_linked_say_why(list_of):
    few = list_of("few.csv", invented(5))

    with pytest.raises(UserError, match="This cannot be linked. The left list has 5 records") as refused:
        people_in_both(few, few, guess_compared([few]), None)
    assert refused.value.to_do.startswith("Compare so few by hand")


def test_what_is_no_table_is_refused(files):
    with pytest.raises(SourceError, match="not a table with a heading"):
        read_people_list(files.bytes("empty.csv", b""))
