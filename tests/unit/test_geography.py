"""Kinds of area by GSS code."""

import pytest

from frankpledge.errors import UserError
from frankpledge.geography import KIND_OF_PREFIX, KIND_WORDS, AreaKind, kind_of


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("E09000015", AreaKind.AUTHORITY),
        ("E06000032", AreaKind.AUTHORITY),
        ("E07000103", AreaKind.AUTHORITY),
        ("E08000003", AreaKind.AUTHORITY),
        ("W06000015", AreaKind.AUTHORITY),
        ("E05013542", AreaKind.WARD),
        ("E01002113", AreaKind.LSOA),
        ("W01000001", AreaKind.LSOA),
        ("E12000007", AreaKind.REGION),
        ("E22000173", AreaKind.PARTNERSHIP),
        ("E23000001", AreaKind.FORCE),
        ("W15000001", AreaKind.FORCE),
        ("E92000001", AreaKind.COUNTRY),
        ("K04000001", AreaKind.COUNTRY),
    ],
)
def test_kind_of_each_sort_of_code(code, kind):
    assert kind_of(code) is kind


@pytest.mark.parametrize(
    "code", ["", "Harrow", "E0900001", "E090000155", "S12000033", "N09000003", "E99000001", "e09000015"]
)
def test_kind_of_what_is_no_code_is_refused_with_an_example(code):
    with pytest.raises(UserError) as refused:
        kind_of(code)

    assert f"“{code}”" in refused.value.happened
    assert "E09000015 for Harrow" in refused.value.to_do


def test_every_kind_has_a_code_of_its_own():
    assert set(KIND_OF_PREFIX.values()) | {AreaKind.OWN} == set(AreaKind)


def test_kinds_people_ask_for():
    assert KIND_WORDS["borough"] is KIND_WORDS["district"] is AreaKind.AUTHORITY
    assert KIND_WORDS["ward"] is AreaKind.WARD
