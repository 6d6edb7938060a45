"""What publications give away together: each way of subtracting, and every list of parts written down."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.disclosure.cells import with_totals
from frankpledge.disclosure.differencing import given_away
from frankpledge.disclosure.protection import protect_table
from frankpledge.disclosure.publication import Publication, PublishedCell
from tests.reference.disclosure import every_count

quick = settings(derandomize=True, max_examples=60, deadline=None, database=None)

YEAR = frozenset(range(2018 * 12, 2019 * 12))
DECEMBER = 2018 * 12 + 11
BURGLARY = frozenset({"crime/burglary"})


def cell(name, areas, count, months=YEAR, offences=BURGLARY):
    return PublishedCell(name, frozenset(areas), frozenset(months), frozenset(offences), count)


def publication(name, *cells, **rule):
    return Publication(name, cells, **rule)


def test_year_less_eleven_months():
    to_november = publication("monthly", cell("Harrow to November", "abc", 47, YEAR - {DECEMBER}))
    year = publication("annual", cell("Harrow, 2018", "abc", 50))

    (found,) = given_away([to_november], year, 5)

    assert (found.least, found.greatest, found.months, found.before) == (3, 3, {DECEMBER}, False)
    assert found.words == (
        "“Harrow, 2018” (50; annual) less “Harrow to November” (47; monthly) leaves 3 for a, b, c, 2018-12, "
        "crime/burglary."
    )


def test_wards_before_and_after_their_boundaries_changed():
    before = publication("wards of 2002", cell("Pinner", "abc", 40), cell("Hatch End", "de", 30))
    after = publication("wards of 2022", cell("Pinner", "ab", 37), cell("Hatch End", "cde", 33))

    (found,) = given_away([before], after, 5)

    assert (found.areas, found.least, found.greatest) == ({"c"}, 3, 3)
    assert {term.publication for term in found.terms} <= {"wards of 2002", "wards of 2022"}
    assert "2018-01 to 2018-12" in found.words


def test_borough_less_its_other_wards():
    wards = publication("wards", cell("A", "a", 20), cell("B", "b", 17), cell("C", "c", None), threshold=5)

    assert given_away([], wards, 5) == ()
    (found,) = given_away([wards], publication("borough", cell("Harrow", "abc", 40)), 5)

    assert (found.areas, found.least, found.greatest) == ({"c"}, 3, 3)
    assert [(term.cell.name, term.times) for term in found.terms] == [("A", -1), ("B", -1), ("Harrow", 1)]


def test_group_of_offences_less_its_parts():
    parts = publication("parts", cell("Residential", "a", 30, offences={"r"}))
    group = publication("group", cell("Burglary", "a", 32, offences={"r", "b"}))

    (found,) = given_away([parts], group, 5)

    assert (found.offences, found.greatest) == ({"b"}, 2)


def test_combination_of_many_releases():
    # Two ways of cutting a borough, and its total: (a+b) + (b+c) - (a+b+c) = b.
    earlier = [publication("first", cell("ab", "ab", 20)), publication("second", cell("bc", "bc", 13))]

    (found,) = given_away(earlier, publication("third", cell("abc", "abc", 30)), 5)

    assert (found.areas, found.least, found.greatest) == ({"b"}, 3, 3)


def test_what_could_be_worked_out_before_says_so_and_comes_last():
    old = [publication("year", cell("Y", "a", 50)), publication("eleven", cell("E", "a", 47, YEAR - {DECEMBER}))]
    new = publication("new", cell("X", "x", 20), cell("XZ", "xz", 24))

    first, second = given_away(old, new, 5)

    assert (first.areas, first.before) == ({"z"}, False)
    assert (second.months, second.before) == ({DECEMBER}, True)
    assert second.words.endswith("This could be worked out before.")


@pytest.mark.parametrize(("total", "left"), [(52, 5), (47, 0), (60, 13)])
def test_difference_that_may_be_known_is_no_finding(total, left):
    part = publication("part", cell("part", "ab", 47))

    assert given_away([part], publication("whole", cell("whole", "abc", total)), 5) == ()


def test_small_count_of_open_data_is_out_and_no_finding():
    opened = publication("open", cell("A", "a", 3), cell("AB", "ab", 40))

    assert given_away([], opened, 5) == ()


def test_rounding_hides_a_difference():
    rounded = {"threshold": 5, "rounding": 5}
    part, whole = cell("part", "ab", 45), cell("whole", "abc", 50)

    # 48 to 52 less 43 to 47 is anything from 1 to 9.
    assert given_away([publication("a", part, **rounded)], publication("b", whole, **rounded), 5) == ()


def test_rounding_does_not_hide_every_difference():
    rounded = {"threshold": 5, "rounding": 5}
    part, whole = cell("part", "ab", 50), cell("whole", "abc", 50)

    (found,) = given_away([publication("a", part, **rounded)], publication("b", whole, **rounded), 5)

    assert (found.least, found.greatest) == (0, 4)
    assert "leaves at most 4 for c" in found.words


def test_mark_that_says_small_can_be_narrowed_to_a_number():
    marked = publication(
        "wards", cell("A", "a", None), cell("B", "b", None), cell("C", "c", 32), cell("Harrow", "abc", 40),
        threshold=5, only_small_withheld=True,
    )  # fmt: skip

    found = given_away([], marked, 5)

    # Eight between two that are at most four each.
    assert [(one.areas, one.least, one.greatest) for one in found] == [({"b"}, 4, 4), ({"a"}, 4, 4)]
    assert all(one.words.startswith("“Harrow” (40; wards) less") for one in found)


def test_mark_that_says_small_is_no_finding_by_itself():
    marked = publication("wards", cell("A", "a", None), cell("B", "b", 32), threshold=5, only_small_withheld=True)

    assert given_away([], marked, 5) == ()


def test_counts_revised_in_between_are_refused():
    with pytest.raises(ValueError, match="revised"):
        given_away([publication("old", cell("A", "a", 20))], publication("new", cell("A", "a", 21)), 5)


@pytest.mark.parametrize(
    ("count", "rounding", "threshold", "limits"),
    [
        (5, 5, 5, (5, 7)),
        (0, 5, 5, (0, 0)),
        (10, 5, 5, (8, 12)),
        (0, 5, 0, (0, 2)),
        (7, 1, 5, (7, 7)),
        (20, 10, 0, (15, 25)),
    ],
)
def test_what_a_shown_count_stands_for(count, rounding, threshold, limits):
    one = cell("A", "a", count)

    assert publication("r", one, rounding=rounding, threshold=threshold).limits(one) == limits


def test_count_that_the_rule_never_shows_is_refused():
    one = cell("A", "a", 3)

    with pytest.raises(ValueError, match="no count is shown as 3"):
        publication("r", one, threshold=5).limits(one)


def table_publication(counts, withheld):
    """A table of wards by months with its totals, as it would be published."""
    table, cells = with_totals(counts), []
    wards, months = counts.shape
    for ward, month in np.ndindex(table.shape):
        areas = {f"w{at}" for at in (range(wards) if ward == wards else [ward])}
        when = {DECEMBER - at for at in (range(months) if month == months else [month])}
        count = None if withheld[ward, month] else int(table[ward, month])
        cells.append(cell(f"{ward}, {month}", areas, count, when))
    return publication("table", *cells, threshold=5)


def test_protected_table_gives_nothing_away_and_a_bare_one_does():
    counts = np.random.default_rng(3).poisson(9, (22, 12))
    found = protect_table(counts, 5)

    assert given_away([], table_publication(counts, found.withheld), 5) == ()
    bare = given_away([], table_publication(counts, found.primary), 5)
    assert bare
    assert all(0 < one.greatest < 5 for one in bare)


@st.composite
def publications(draw):
    """Some sums of four areas, of which some are withheld, in two publications."""
    counts = draw(st.lists(st.integers(0, 4), min_size=4, max_size=4))
    sets = [one for size in (1, 2, 3, 4) for one in combinations(range(4), size)]
    chosen = draw(st.lists(st.sampled_from(sets), min_size=1, max_size=6, unique=True))
    cells = []
    for areas in chosen:
        count = sum(counts[at] for at in areas)
        hidden = 0 < count < 3 or draw(st.booleans())
        cells.append(cell("".join(map(str, areas)), map(str, areas), None if hidden else count))
    return counts, publication("one", *cells[::2], threshold=3), publication("two", *cells[1::2], threshold=3)


@quick
@given(publications())
def test_findings_are_those_of_every_list_of_parts_written_down(drawn):
    counts, one, two = drawn
    cells = [*one.cells, *two.cells]
    sums = np.array([[f"{at}" in each.areas for at in range(4)] for each in cells], dtype=int)
    limits = [one.limits(each) for each in cells]
    possible = every_count(sums, limits, 8)
    assert (possible == counts).all(axis=1).any()

    findings = given_away([one], two, 3)

    for found in findings:
        come_to = possible[:, [int(at) for at in found.areas]].sum(axis=1)
        assert 0 < come_to.max() <= found.greatest < 3
        assert come_to.min() >= found.least
    learnt = {at for found in findings for at in found.areas}
    for at in range(4):
        said = min([3, *(high for row, (_, high) in zip(sums, limits, strict=True) if row[at])])
        # Areas that no cell tells apart are one part: alone, neither can be shown to be small but through it.
        alike = [other for other in range(4) if (sums[:, other] == sums[:, at]).all()]
        small = 0 < possible[:, alike].sum(axis=1).max() < said
        assert (f"{at}" in learnt) == small
