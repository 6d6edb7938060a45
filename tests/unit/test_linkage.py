"""Persons in two records: known truth, naive counts, refusals."""

import logging
import random
from collections import Counter
from datetime import date, timedelta
from itertools import product

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.linkage import (
    Field,
    Kind,
    Linkage,
    Pair,
    Uncertain,
    link_records,
    overlap_by_code,
    overlap_by_link,
    repeats_by_code,
    repeats_by_link,
)

quick = settings(derandomize=True, max_examples=80, deadline=None, database=None)
code_lists = st.lists(st.sampled_from(["a", "b", "c", "d", None, ""]), min_size=1, max_size=12)
few_codes = st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=4)

FIELDS = (
    Field("surname", Kind.CODE),
    Field("forename", Kind.CODE),
    Field("born", Kind.DATE),
    Field("sex", Kind.CATEGORY),
    Field("outcode", Kind.OUTCODE),
    Field("ethnicity", Kind.CATEGORY),
)
ETHNICITIES = ["Asian", "Black", "Mixed", "Other", "White"]
OUTCODES = ["HA1", "HA2", "HA3", "HA4", "HA5", "HA7", "HA8", "NW9", "UB5", "W5"]
LOST = {"surname": 0.01, "forename": 0.03, "born": 0.05, "sex": 0.01, "outcode": 0.08, "ethnicity": 0.15}


def invented_people(number, generator):
    """People of whom some share a surname, as in life, and more so within one origin."""

    def ranks(size, steepness):
        weights = 1 / np.arange(3, size + 3) ** steepness
        return generator.choice(size, number, p=weights / weights.sum())

    origins = generator.choice(ETHNICITIES, number, p=[0.4, 0.1, 0.05, 0.03, 0.42])
    sexes, ages = generator.choice(["F", "M"], number), generator.gamma(6, 5.5, number) + 10
    outcodes = generator.choice(OUTCODES, number, p=[0.2, 0.15, 0.15, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05])
    return [
        {
            # Every other name is of one origin, the rest are anybody's.
            "surname": f"s{surname}{origin if surname % 2 else ''}",
            "forename": f"f{forename}{sex}{origin if forename % 2 else ''}",
            "born": (date(2018, 6, 30) - timedelta(days=int(age * 365.25))).isoformat(),
            "sex": str(sex),
            "outcode": str(outcode),
            "ethnicity": str(origin),
        }
        for surname, forename, origin, sex, age, outcode in zip(
            ranks(2500, 0.85), ranks(400, 0.8), origins, sexes, ages, outcodes, strict=True
        )
    ]


def misread(born, generator):
    year, month, day = born.split("-")
    chance = generator.random()
    if chance < 0.02 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    if chance < 0.04:
        return f"{year}-{month}-{int(day) % 28 + 1:02}"
    return f"{int(year) + 4}-{month}-{day}" if chance < 0.05 else born


def written_down(person, record, generator):
    """A record of a person: misspelt names have another code, dates are swapped, people move, fields are left out."""
    row = {"record": record, **person, "born": misread(person["born"], generator)}
    for field, share in (("surname", 0.06), ("forename", 0.08)):
        if generator.random() < share:
            row[field] += f"-misspelt-{generator.integers(9)}"
    if generator.random() < 0.1:
        row["outcode"] = str(generator.choice(OUTCODES))
    if generator.random() < 0.07:
        row["ethnicity"] = str(generator.choice(ETHNICITIES))
    for field, share in LOST.items():
        if generator.random() < share:
            row[field] = str(generator.choice(["", " "])) if generator.random() < 0.5 else None
    return row


def two_lists(size, both, seed):
    """Two lists, and the pairs of records that are truly of one person."""
    generator = np.random.default_rng(seed)
    people = invented_people(2 * size - both, generator)
    left = [written_down(one, f"V{place:04}", generator) for place, one in enumerate(people[:size])]
    right = [written_down(one, f"S{place:04}", generator) for place, one in enumerate(people[size - both :])]
    return left, right, {(f"V{size - both + place:04}", f"S{place:04}") for place in range(both)}


def one_list(size, twice, thrice, seed):
    generator = np.random.default_rng(seed)
    people = invented_people(size - twice - 2 * thrice, generator)
    times = [3] * thrice + [2] * twice + [1] * (len(people) - twice - thrice)
    rows = [person for person, count in zip(people, times, strict=True) for _ in range(count)]
    return [written_down(person, f"R{place:04}", generator) for place, person in enumerate(rows)]


def linkage(*pairs, left=50, right=40, prior=0.001):
    return Linkage(tuple(Pair(*pair) for pair in pairs), left, right, prior)


@pytest.fixture(scope="module")
def small():
    return two_lists(60, 20, seed=3)


@pytest.fixture(scope="module")
def small_linked(small):
    return link_records(*small[:2], *FIELDS)


@pytest.mark.parametrize(("both", "seed"), [(200, 1), (200, 2), (200, 3), (600, 4)])
def test_overlap_by_link_holds_the_true_overlap(both, seed):
    left, right, true = two_lists(1000, both, seed)

    linked = link_records(left, right, *FIELDS)
    overlap = overlap_by_link(linked)
    sure = {(pair.left, pair.right) for pair in linked.pairs if pair.probability >= 0.95}

    assert overlap.persons.low <= both <= overlap.persons.high
    assert overlap.persons.high - overlap.persons.low <= 0.15 * both
    assert len(sure & true) / len(sure) >= 0.98
    assert len(sure & true) / both >= 0.85
    assert overlap.at_95 <= overlap.at_half <= both


def test_overlap_by_link_of_few_in_many_is_wide_and_leans_upwards():
    # What the explanation warns of: 30 of 1,000 are in both, and people of one origin share names by chance.
    left, right, true = two_lists(1000, 30, seed=2)

    linked = link_records(left, right, *FIELDS)
    overlap = overlap_by_link(linked)
    sure = {(pair.left, pair.right) for pair in linked.pairs if pair.probability >= 0.95}

    assert overlap.persons.low <= 30 <= overlap.persons.high <= 75
    assert overlap.persons.value > overlap.at_half
    assert len(sure & true) / len(sure) >= 0.96
    assert len(sure & true) / 30 >= 0.75


def test_repeats_by_link_hold_the_true_repeats():
    linked = link_records(one_list(1000, twice=100, thrice=30, seed=1), None, *FIELDS)

    repeats = repeats_by_link(linked)

    assert linked.right_records is None
    assert repeats.repeated.low <= 130 <= repeats.repeated.high
    assert repeats.persons.low <= 840 <= repeats.persons.high
    assert repeats.share.low <= 0.16 <= repeats.share.high
    assert repeats.at_95 <= repeats.at_half <= 135
    assert repeats == repeats_by_link(linked)


def test_link_records_whatever_their_order(small, small_linked):
    left, right = (random.Random(place).sample(rows, len(rows)) for place, rows in enumerate(small[:2]))

    linked = link_records(pa.Table.from_pylist(left), right, *FIELDS)

    assert linked == small_linked
    assert list(linked.pairs) == sorted(linked.pairs, key=lambda pair: (pair.left, pair.right))


def test_link_records_of_dozens(small, small_linked):
    overlap = overlap_by_link(small_linked)

    assert (small_linked.left_records, small_linked.right_records) == (60, 60)
    assert overlap.persons.low <= 20 <= overlap.persons.high
    assert {(pair.left, pair.right) for pair in small_linked.pairs if pair.probability >= 0.95} <= small[2]


def test_link_records_within_one_list_names_a_pair_once():
    linked = link_records(one_list(200, twice=30, thrice=5, seed=4), None, *FIELDS)

    assert all(pair.left < pair.right for pair in linked.pairs)
    assert len({(pair.left, pair.right) for pair in linked.pairs}) == len(linked.pairs)


def test_link_records_by_year_of_birth(small):
    left, right, _ = (
        [{**row, "born": row["born"][:4] if row["born"] and row["born"].strip() else None} for row in rows]
        for rows in (*small[:2], [])
    )
    fields = (*FIELDS[:2], Field("born", Kind.YEAR), *FIELDS[3:])

    overlap = overlap_by_link(link_records(left, right, *fields))

    assert overlap.persons.low <= 20 <= overlap.persons.high


def test_link_records_not_recorded_never_agrees(small):
    # Each of the four has nothing recorded, None or empty; two of them have a forename besides, and agree on that.
    left, right, _ = small
    names = [field.name for field in FIELDS]
    nothing, blank, forename = dict.fromkeys(names), dict.fromkeys(names, " "), {"forename": left[5]["forename"]}

    linked = link_records(
        [*left, {"record": "V-none", **nothing}, {"record": "V-forename", **nothing, **forename}],
        [*right, {"record": "S-none", **blank}, {"record": "S-forename", **blank, **forename}],
        *FIELDS,
    )

    found = {(pair.left, pair.right): pair.probability for pair in linked.pairs}
    assert not any("V-none" in pair or "S-none" in pair for pair in found)
    # One forename in common is what these two have, and all the rest is unknown.
    assert found.get(("V-forename", "S-forename"), 0) < 0.8


def test_link_records_takes_dates_as_dates(small, small_linked):
    left, right, _ = small
    as_dates = [
        {**row, "born": date.fromisoformat(row["born"]) if (row["born"] or "").strip() else None} for row in left
    ]

    assert link_records(as_dates, right, *FIELDS) == small_linked


def test_link_records_says_nothing_meanwhile(small, caplog, capfd):
    logger = logging.getLogger("splink")
    before = logger.level

    link_records(*small[:2], *FIELDS)

    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    assert logger.level == before


def without(rows, name):
    return [{key: value for key, value in row.items() if key != name} for row in rows]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda rows: rows[:19], "The right list has 19 records, and 20 are the fewest", id="short"),
        pytest.param(lambda rows: without(rows, "record"), "A record of the right list has no 'record'", id="unnamed"),
        pytest.param(lambda rows: [*rows, rows[0]], "In the right list 'record' 'S0000' stands twice", id="twice"),
        pytest.param(lambda rows: without(rows, "sex"), "No record of the right list has a 'sex'", id="no field"),
        pytest.param(
            lambda rows: [{**rows[0], "born": "17/05/1990"}, *rows[1:]],
            "The 'born' of 'S0000' in the right list is no date: write dates as 1990-05-17, or leave it empty",
            id="date",
        ),
        pytest.param(
            lambda rows: [{**row, "surname": f"{row['surname']}!", "forename": f"{row['forename']}!"} for row in rows],
            "No two records agree on all identifying fields but one",
            id="nothing to learn",
        ),
    ],
)
def test_link_records_refuses_records(small, change, message):
    with pytest.raises(ValueError, match=message):
        link_records(small[0], change(small[1]), *FIELDS)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param((*FIELDS, FIELDS[0]), "The field 'surname' is named twice", id="twice"),
        pytest.param(FIELDS[:1] + FIELDS[3:], r"Only 1 of the fields identify \(surname\), and 3 are needed", id="few"),
        pytest.param(FIELDS[3:], r"Only 0 of the fields identify \(none\)", id="none"),
        pytest.param(
            (*FIELDS[:2], Field("born", Kind.YEAR)), "is no year: write years as 1990", id="a date is not a year"
        ),
    ],
)
def test_link_records_refuses_fields(small, fields, message):
    with pytest.raises(ValueError, match=message):
        link_records(*small[:2], *fields)


def test_link_records_refuses_codes_that_tell_nobody_apart(small):
    same = {"surname": "a", "forename": "b", "born": "1990-05-17"}

    with pytest.raises(ValueError, match="tell nobody apart"):
        link_records(*([{**row, **same} for row in rows] for rows in small[:2]), *FIELDS)


def test_link_records_refuses_lists_that_agree_too_seldom_to_learn_from():
    # The years say that some are one person, and no code ever does.
    fields = (Field("code", Kind.CODE), Field("born", Kind.YEAR), Field("since", Kind.YEAR))
    left, right = (
        [
            {"record": place, "code": f"{side}{place}", "born": 1960 + place, "since": 1990 + place}
            for place in range(20)
        ]
        for side in "vs"
    )

    with pytest.raises(ValueError, match="Too few pairs of records agree on any field to learn from"):
        link_records(left, right, *fields)


def test_overlap_by_link_of_nothing():
    overlap = overlap_by_link(linkage())

    assert overlap.persons == Uncertain(0.0, 0.0, 0.0)
    assert (overlap.at_half, overlap.at_95) == (0, 0)


def test_overlap_by_link_of_the_certain():
    overlap = overlap_by_link(linkage(("a", "x", 1.0), ("b", "y", 1.0)))

    assert overlap.persons.value == pytest.approx(2)
    assert (overlap.persons.low, overlap.persons.high) == (1, 3)
    assert (overlap.at_half, overlap.at_95) == (2, 2)


def test_overlap_by_link_gives_a_record_one_link_in_all():
    # One on the left, and two on the right that are as like it: one of them it is.
    overlap = overlap_by_link(linkage(("a", "x", 0.9999), ("a", "y", 0.9999)))

    assert overlap.persons.value == pytest.approx(1, abs=0.001)
    assert overlap.at_half in (0, 2)
    assert overlap.at_95 == 0


def test_overlap_by_link_a_rival_with_a_better_link_takes_nothing():
    alone = overlap_by_link(linkage(("a", "x", 0.9), ("b", "y", 0.999999)))

    with_rival = overlap_by_link(linkage(("a", "x", 0.9), ("a", "y", 0.9), ("b", "y", 0.999999)))

    assert with_rival.persons.value == pytest.approx(alone.persons.value, abs=0.001)


@quick
@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.001, 1), max_size=36))
def test_overlap_by_link_never_exceeds_either_list(found):
    pairs = [(f"a{left}", f"b{right}", probability) for (left, right), probability in found.items()]

    persons = overlap_by_link(linkage(*pairs, left=6, right=7)).persons

    assert 0 <= persons.low <= persons.value <= persons.high <= 6 + 1e-9


@quick
@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=20))
def test_overlap_by_link_of_pairs_apart_is_the_sum(probabilities):
    # Nobody competes, and with a prior of nought there is room for all.
    pairs = [(f"a{place}", f"b{place}", probability) for place, probability in enumerate(probabilities)]

    assert overlap_by_link(linkage(*pairs, prior=0.0)).persons.value == pytest.approx(sum(probabilities))


def test_repeats_by_link_of_nothing():
    repeats = repeats_by_link(linkage(right=None))

    assert repeats.persons == Uncertain(50.0, 50.0, 50.0)
    assert repeats.repeated == Uncertain(0.0, 0.0, 0.0)
    assert repeats.share == Uncertain(0.0, 0.0, 0.0)


def test_repeats_by_link_follows_a_chain():
    repeats = repeats_by_link(linkage(("a", "b", 1.0), ("b", "c", 1.0), ("d", "e", 1.0), right=None))

    assert repeats.persons == Uncertain(47.0, 47.0, 47.0)
    assert repeats.repeated == Uncertain(2.0, 2.0, 2.0)
    assert repeats.share.value == pytest.approx(3 / 50)
    assert (repeats.at_half, repeats.at_95) == (2, 2)


def test_repeats_by_link_of_one_doubtful_pair():
    repeats = repeats_by_link(linkage(("a", "b", 0.6), right=None), draws=20_000)

    assert repeats.repeated.value == pytest.approx(0.6, abs=0.015)
    assert (repeats.repeated.low, repeats.repeated.high) == (0, 1)
    assert (repeats.at_half, repeats.at_95) == (1, 0)


def test_counts_by_link_refuse_the_other_kind_of_linkage():
    with pytest.raises(ValueError, match="this linkage is of one"):
        overlap_by_link(linkage(right=None))
    with pytest.raises(ValueError, match="this linkage is of two"):
        repeats_by_link(linkage())


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_counts_by_link_refuse_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        overlap_by_link(linkage(), confidence)
    with pytest.raises(ValueError, match="Confidence must lie between 0 and 1"):
        repeats_by_link(linkage(right=None), confidence)


def test_repeats_by_link_refuses_no_draws():
    with pytest.raises(ValueError, match="At least one draw is needed, not 0"):
        repeats_by_link(linkage(right=None), draws=0)


def completions(codes, others=()):
    """Every way in which the records without a code could have one, as known persons or as new ones."""
    known = sorted({code for code in (*codes, *others) if code})
    new = [f"new {place}" for place in range(sum(not code for code in (*codes, *others)))]
    for filled in product([*known, *new], repeat=sum(not code for code in codes)):
        rest = iter(filled)
        yield [code or next(rest) for code in codes]


@quick
@given(st.lists(st.sampled_from(["a", "b", "c", None, ""]), min_size=1, max_size=6))
def test_repeats_by_code_ranges_are_reached_and_not_exceeded(codes):
    counted = [Counter(filled) for filled in completions(codes)]
    repeats = repeats_by_code(codes)

    for uncertain, values in (
        (repeats.persons, [len(times) for times in counted]),
        (repeats.repeated, [sum(count > 1 for count in times.values()) for times in counted]),
        (repeats.share, [(len(codes) - len(times)) / len(codes) for times in counted]),
    ):
        assert (uncertain.low, uncertain.high) == pytest.approx((min(values), max(values)))
        assert uncertain.low <= uncertain.value <= uncertain.high


@quick
@given(code_lists)
def test_repeats_by_code_against_a_naive_count(codes):
    repeats = repeats_by_code(codes)
    coded = [code for code in codes if code]

    assert (repeats.records, repeats.without_code) == (len(codes), len(codes) - len(coded))
    assert repeats.repeated.value == sum(coded.count(code) > 1 for code in set(coded))
    if coded:
        assert repeats.persons.value == len(set(coded))
        firsts = sum(code not in coded[:place] for place, code in enumerate(coded))
        assert repeats.share.value == pytest.approx(1 - firsts / len(coded))


@quick
@given(few_codes, few_codes)
def test_overlap_by_code_range_is_reached_and_not_exceeded(victims, suspects):
    overlap = overlap_by_code(victims, suspects)
    sizes = [
        len(set(left) & set(right))
        for left, right in product(completions(victims, suspects), completions(suspects, victims))
    ]

    assert (overlap.persons.low, overlap.persons.high) == (min(sizes), max(sizes))
    assert overlap.persons.value == len({one for one in victims if one in suspects and one})
    assert overlap.at_half == overlap.at_95 == overlap.persons.value


def test_counts_by_code_refuse_empty_lists():
    with pytest.raises(ValueError, match="There are no records to count repeats in"):
        repeats_by_code([])
    with pytest.raises(ValueError, match="An overlap needs two lists with records in them"):
        overlap_by_code(["a"], [])


# Names that many share


def of_few_names(number, true, seed):
    """Two lists of people of whom names and a year of birth are known, with a few surnames for very many."""
    random = np.random.default_rng(seed)
    people = [
        {"surname": f"S{a % 800}", "forename": f"F{b % 400}", "born": str(c), "outcode": f"HA{d}"}
        for a, b, c, d in zip(
            random.zipf(1.35, 2 * number - true),
            random.zipf(1.3, 2 * number - true),
            random.integers(1950, 2006, 2 * number - true),
            random.integers(1, 10, 2 * number - true),
            strict=True,
        )
    ]
    left = [{**one, "id": f"L{place}"} for place, one in enumerate(people[:number])]
    return left, [{**one, "id": f"R{place}"} for place, one in enumerate(people[number - true :])]


FEW_FIELDS = (
    Field("surname", Kind.CODE), Field("forename", Kind.CODE), Field("born", Kind.YEAR), Field("outcode", Kind.OUTCODE),
)  # fmt: skip


def test_links_by_chance_do_not_swell_an_overlap():
    left, right = of_few_names(400, 60, 1)

    found = overlap_by_link(link_records(left, right, *FEW_FIELDS, identifier="id", seed=1))

    assert found.persons.low <= 60 <= found.persons.high
    assert found.persons.high < 130


def test_fields_that_tell_nobody_apart_are_refused():
    left, right = of_few_names(1500, 3, 2)

    with pytest.raises(ValueError, match="agree do so by chance.*or count by a code"):
        link_records(left, right, *FEW_FIELDS, identifier="id", seed=1)


def test_blanks_and_spaces_are_no_code():
    assert repeats_by_code([float("nan"), float("nan"), " ", None, "A"]).persons.value == 1
    assert overlap_by_code([" ", "A"], [" ", "B"]).persons.value == 0


def test_a_range_of_repeats_holds_its_value():
    left, _ = of_few_names(300, 0, 3)
    again = [{**one, "id": f"again-{one['id']}"} for one in left[:40]]

    found = repeats_by_link(link_records([*left, *again], None, *FEW_FIELDS, identifier="id", seed=1))

    for one in (found.persons, found.repeated, found.share):
        assert one.low <= one.value <= one.high
