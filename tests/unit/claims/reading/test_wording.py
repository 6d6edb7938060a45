"""How text is made as a reader sees it, and what lines look like."""

import pytest

from frankpledge.claims.reading.wording import (
    as_read,
    goes_on,
    has_figures,
    in_capitals,
    is_caption,
    is_label,
    may_head,
    raised,
    without_mark,
)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("two  spaces\tand\na break", "two spaces and a break"),
        ("12\u00a0345\u202fpeople", "12 345 people"),
        ("bur\u00adglary", "burglary"),
        ("o\ufb03ces", "offices"),
        ("non\u2011violent", "non-violent"),
        ("in the IMD².", "in the IMD."),
        ("attendances.¹⁴ Half", "attendances. Half"),
        ("over 100 m² and 3 km²", "over 100 m² and 3 km²"),
        ("Burglary ............ 12", "Burglary"),
        ("Burglary . . . . . . 12", "Burglary"),
        ("and so on...", "and so on..."),
        ("rose by 5.", "rose by 5."),
        ("turned \u202eround\u202c", "turned round"),
    ],
)
def test_text_is_as_a_reader_sees_it(written, seen):
    assert as_read(written) == seen


def test_raised_figures_are_the_mark_of_a_note_and_not_of_the_number():
    assert as_read("in 2011" + raised("[12]")) == "in 2011"
    assert as_read("the 1" + raised("st")) == "the 1st"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("· bullet", "bullet"),
        ("\uf0b7 bullet of a font", "bullet of a font"),
        ("- dash", "dash"),
        ("a) letter", "letter"),
        ("(iv) Roman", "Roman"),
        ("12. number", "number"),
        ("-22", None),
        ("12 people were arrested", None),
        ("3.5 million people", None),
        ("e.g. this", None),
        ("2018. A year", None),
    ],
)
def test_mark_of_a_list_is_taken_away_and_a_figure_is_not(line, text):
    assert without_mark(line) == text


@pytest.mark.parametrize(
    "line",
    ["Burglary", "2. Introduction", "2.1 Burglary in 2017/18", "Who commits crime?", "Performance: 2007/08 – 2010/11"],
)
def test_line_may_be_a_heading(line):
    assert may_head(line)


@pytest.mark.parametrize(
    "line",
    [
        "Burglary fell.",
        "Violence decreased by 0.8%",
        "250 per month",
        "and so on",
        "Source: Residents’ Panel",
        "It has ended. The rest is here",
        "1. 12 people",
        "A line that goes on for so long that nobody would have set it as a heading above any text at all",
    ],
)
def test_line_may_not_be_a_heading(line):
    assert not may_head(line)


def test_label_has_a_colon_and_is_no_sentence_that_leads_on():
    assert is_label("Objectives:")
    assert is_label("Our progress so far:")
    assert not is_label("The plan will include:")
    assert not is_label("Objectives")


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Table 2: Burglary", True),
        ("Figure 1. Burglary by month", True),
        ("Table A3 Robbery", True),
        ("Table 2 shows that burglary fell.", False),
        ("Tables are below", False),
    ],
)
def test_caption_is_no_sentence_about_a_table(line, caption):
    assert is_caption(line) is caption


def test_years_and_numbers_of_headings_are_no_figures():
    assert not has_figures("2.1 Burglary, 2017 to 2018/19")
    assert has_figures("Burglary: 2,240")
    assert has_figures("12 people")


def test_capitals_are_more_than_an_abbreviation():
    assert in_capitals("KNIFE CRIME")
    assert not in_capitals("MOPAC 2017/18 – 23, 45, 67")
    assert not in_capitals("VAWG")


def test_sentence_goes_on_in_a_small_letter_when_it_was_not_at_its_end():
    torn = "Female genital mutilation was recorded in Harrow in women presenting at around 415"

    assert goes_on(torn, "health service attendances.")
    assert not goes_on(torn, "Health service attendances.")
    assert not goes_on(f"{torn}.", "health service attendances.")
    assert not goes_on("Burglary fell by", "twelve")
    assert not goes_on(torn, "https://example.org")
