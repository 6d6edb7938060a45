"""What is held back of a document, beside those its readers have."""

from dataclasses import replace

from frankpledge.disclosure import Audience
from frankpledge.disclosure.releases import DocumentRelease, ReleasedCell, hold_back, read_by

JANUARY = 2018 * 12
HARROW = {"H": frozenset({"H", "a", "b", "c"}), "a": frozenset({"a"}), "b": frozenset({"b"}), "c": frozenset({"c"})}


def cell(area, count, first=JANUARY, last=JANUARY + 11, offences=("crime/burglary",), dataset="partner-incidents"):
    name = f"Burglary, {area}, {first} to {last}"
    return ReleasedCell(name, "burglary", area, f"{first}-{last}", dataset, first, last, offences, count)


def document(edition, *cells, audience=Audience.PARTNERS, threshold=3, rounding=1):
    return DocumentRelease("assessment", edition, "2019-01-01", audience, threshold, rounding, cells)


def quarter(number, **counts):
    first = JANUARY + 3 * (number - 1)
    return [cell(area, count, first, first + 2) for area, count in counts.items()]


def test_a_year_after_three_of_its_quarters_is_held_back_where_the_fourth_is_small():
    earlier = [document(f"q{number}", *quarter(number, a=10, b=10)) for number in (1, 2, 3)]

    held = hold_back(earlier, document("year", cell("a", 32), cell("b", 40)), HARROW)

    assert [one.area_code for one in held.cells] == ["a"]
    assert held.findings[0].greatest == 2


def test_what_is_held_back_is_not_given_away_by_the_total():
    earlier = [
        document("year", cell("a", 32), cell("b", 40), cell("c", 40), cell("H", 112)),
        document("q1", *quarter(1, a=10, b=10, c=10, H=30)),
        document("q2", *quarter(2, a=10, b=10, c=10, H=30)),
    ]

    held = hold_back(earlier, document("q3", *quarter(3, a=10, b=10, c=10, H=30)), HARROW)

    assert "a" in {one.area_code for one in held.cells} and len(held.cells) > 1


def test_months_and_the_year_in_one_document():
    months = [cell("H", 1 if month == 5 else 10, JANUARY + month, JANUARY + month) for month in range(12)]
    shown = [cell("H", None, one.first, one.last) if one.count == 1 else one for one in months]

    held = hold_back([], document("year", *shown, cell("H", 111)), HARROW)

    assert len(held.cells) == 1 and held.cells[0].count == 10


def test_an_offence_and_its_parts():
    kinds = "crime/burglary/residential", "crime/burglary/business"

    held = hold_back(
        [],
        document("kinds", cell("a", 41, offences=kinds), cell("a", 40, offences=kinds[:1])),
        HARROW,
    )

    assert [one.count for one in held.cells] == [40]
    assert not hold_back(
        [], document("kinds", cell("a", 44, offences=kinds), cell("a", 40, offences=kinds[:1])), HARROW
    ).cells


def test_what_lies_in_no_ward_tells_of_no_place():
    assert not hold_back([], document("year", cell("a", 10), cell("b", 10), cell("c", 10), cell("H", 31)), HARROW).cells


def test_only_what_its_readers_have():
    q1 = document("q1", *quarter(1, a=10))
    board = document("board", audience=Audience.BOARD)
    public = document("public", audience=Audience.PUBLIC)

    assert read_by([q1, board, public], Audience.PUBLIC) == (public,)
    assert read_by([q1, board, public], Audience.PARTNERS) == (q1, public)
    assert read_by([q1, board, public], Audience.BOARD) == (q1, board, public)


def test_other_datasets_and_other_offences_are_not_subtracted():
    earlier = [
        document(
            "another", *(cell("a", 10, JANUARY + 3 * n, JANUARY + 3 * n + 2, dataset="council") for n in range(3))
        ),
        document("robbery", cell("a", 30, last=JANUARY + 8, offences=("crime/robbery",))),
    ]

    assert not hold_back(earlier, document("year", cell("a", 31)), HARROW).cells


def test_counts_that_were_revised_are_named_and_the_others_still_checked():
    revised = document("revised", cell("a", 50, last=JANUARY + 8))
    agreeing = document("agreeing", cell("a", 30, last=JANUARY + 8))

    held = hold_back([revised, agreeing], document("year", cell("a", 31)), HARROW)

    assert len(held.unchecked) == 1
    assert len(held.cells) == 1


def test_one_revised_count_leaves_the_others_checked():
    earlier = document("nine months", cell("a", 30, last=JANUARY + 8), cell("b", 50, last=JANUARY + 8))

    held = hold_back([earlier], document("year", cell("a", 31), cell("b", 40)), HARROW)

    assert [one.area_code for one in held.cells] == ["a"]
    assert len(held.unchecked) == 1 and "Burglary, b" in held.unchecked[0]


def test_earlier_documents_that_contradict_each_other():
    earlier = [document("first", cell("a", 20, last=JANUARY + 5)), document("second", cell("a", 25, last=JANUARY + 5))]

    held = hold_back(earlier, document("third", cell("a", 26)), HARROW)

    # The later is believed: 26 less 25 is one.
    assert [one.count for one in held.cells] == [26]
    assert held.unchecked == ("Burglary, a, 24216 to 24221 (burglary, a, 24216-24221: crime/burglary)",)


def test_a_document_that_contradicts_itself_is_checked_as_far_as_it_goes():
    held = hold_back([], document("odd", cell("a", 60), cell("b", 60), cell("H", 100)), HARROW)

    assert held.unchecked and not held.cells


def test_two_areas_of_one_name():
    areas = {**HARROW, "B": frozenset({"B", "d", "e"}), "d": frozenset({"d"}), "e": frozenset({"e"})}

    def abbey(code, count, **when):
        return replace(cell(code, count, **when), name="Burglary, Abbey")

    earlier = document("nine", abbey("a", 30, last=JANUARY + 8), abbey("d", 30, last=JANUARY + 8))
    held = hold_back([earlier], document("year", abbey("a", 60), abbey("d", 31)), areas)

    assert [one.area_code for one in held.cells] == ["d"]


def test_the_mark_says_that_a_count_is_small():
    quarters = [*quarter(1, a=None), *quarter(2, a=None), *quarter(3, a=None), *quarter(4, a=0)]
    earlier = [document(f"q{place}", one) for place, one in enumerate(quarters)]

    # Each of the three is one or two, and together they are three.
    held = hold_back(earlier, document("year", cell("a", 3)), HARROW)

    assert len(held.cells) == 1


def test_an_offence_less_one_within_it_over_months():
    kinds = "crime/burglary/residential", "crime/burglary/business"
    residential = [replace(one, offences=kinds[:1]) for number in (1, 2, 3, 4) for one in quarter(number, a=10)]
    earlier = [document("quarters", *residential)]

    held = hold_back(
        earlier,
        document("year", cell("a", 41, offences=kinds), cell("a", 30, last=JANUARY + 8, offences=kinds[:1])),
        HARROW,
    )

    assert [one.count for one in held.cells] == [41]


def test_the_least_that_a_count_can_be_is_looked_at_too():
    half = {"first": JANUARY, "last": JANUARY + 5}
    partners = document("partners", cell("a", 7), cell("a", 0, JANUARY, JANUARY + 2))
    # Five stands for five to seven: of the second half there are two at most. An exact five makes it two.
    public = document("public", cell("a", 5, **half), audience=Audience.PUBLIC, threshold=5, rounding=5)

    assert not hold_back([partners], public, HARROW, 3).cells
    assert len(hold_back([partners, public], document("exact", cell("a", 5, **half)), HARROW).cells) == 1


def test_documents_of_one_name_are_told_apart():
    earlier = document("year", cell("a", 30, last=JANUARY + 8))

    assert len(hold_back([earlier], document("year", cell("a", 31)), HARROW).cells) == 1


def test_that_a_count_is_below_the_threshold_is_what_the_mark_says():
    earlier = [document("q1", *quarter(1, a=10), audience=Audience.PUBLIC, threshold=5, rounding=5)]
    year = document("year", cell("a", 10), audience=Audience.PUBLIC, threshold=5, rounding=5)

    # Ten stands for 8 to 12 both times: the rest of the year has 0 to 4.
    assert not hold_back(earlier, year, HARROW).cells


def test_a_smaller_range_than_the_mark_s_is_held_back():
    earlier = [document("q1", *quarter(1, a=10), audience=Audience.PUBLIC, threshold=5)]
    year = document("year", cell("a", 12), audience=Audience.PUBLIC, threshold=5)

    assert len(hold_back(earlier, year, HARROW).cells) == 1


def test_nothing_is_held_back_from_whoever_may_know_all():
    shown = document("year", cell("a", 41), cell("a", 40, last=JANUARY + 10), threshold=0)

    assert not hold_back([], shown, HARROW).cells
