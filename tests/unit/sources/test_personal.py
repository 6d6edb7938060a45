"""What must not be held of anybody is seen in text and codes; streets and places are not taken for people."""

import pytest

from frankpledge.sources.partners.personal import found_in_code, found_in_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Doe", "a name"),
        ("jane doe", "a name"),
        ("High Street, outside John Smith's", "a name"),
        ("Mrs Doe", "a name"),
        ("Dr. A Sample", "a name"),
        ("someone@example.org", "an e-mail address"),
        ("ring 020 7946 0000", "a telephone number"),
        ("07700 900123", "a telephone number"),
        ("+44 7700 900123", "a telephone number"),
        ("born 14/07/1990", "a date"),
        ("born 1990-07-14", "a date"),
        ("born 14 July 1990", "a date"),
        ("HA1 2XF", "a whole postcode"),
        ("NI QQ123456C", None),
        ("AB 12 34 56 C", "a National Insurance number"),
        ("ab 12 34 56 c", "a National Insurance number"),
        ("NHS 943 476 5919", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("943 476 5918", None),
        ("somebody at example dot org", "an e-mail address"),
    ],
)
def test_text_about_a_person_is_seen(text, found):
    assert found_in_text(text, whole_postcodes=False) == found


@pytest.mark.parametrize(
    "text",
    [
        "Victoria Road", "Stanley Park", "St Ann's Shopping Centre", "Grace Avenue 12", "Harrow-on-the-Hill station",
        "Example Road 12", "Alexandra Primary School", "Dr Johnson Avenue", "bus 140", "opposite 7-9 High Street",
        "knife-crime domestic-abuse",
    ],
)  # fmt: skip
def test_street_or_place_is_not_taken_for_a_person(text):
    assert found_in_text(text, whole_postcodes=False) is None


def test_whole_postcode_may_stand_where_it_is_asked_for():
    assert found_in_text("Example Road HA1 2XF", whole_postcodes=True) is None


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("V-004512", None), ("0123456789", None), ("A1", None), ("CR/2018/7712", None), ("20190714-0042", None),
        ("Jane Doe", "a name"), ("Doe", "a name"), ("14/07/1990", "a date"), ("1990-07-14", "a date"),
        ("07700900123", "a telephone number"), ("a1@example.org", "an e-mail address"),
    ],
)  # fmt: skip
def test_code_is_told_from_what_identifies(code, found):
    assert found_in_code(code) == found
