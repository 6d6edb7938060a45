"""References: what they stand for, and what is said of one that stands for nothing."""

import pytest

from frankpledge.errors import UserError
from frankpledge.prose.references import look_up, reference_to

from .asking import ASKED, BARNET, HARROW


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("burglary / 2018 / count", "1,800"),
        (" burglary/2018/rate ", "7.20"),
        ("burglary / count", "1,800"),
        ("burglary / this period / count", "1,800"),
        ("burglary / year before / count", "1,500"),
        ("burglary / Barnet / 2018 / count", "1,400"),
        ("burglary / barnet / count", "1,400"),
        (f"burglary / {BARNET} / 2018 / count", "1,400"),
        ("burglary /\n2018 / change", "+300"),
        ("burglary / 2018 / percent change", "+20.0%"),
        ("burglary / 2018 / Percent-Change", "+20.0%"),
        ("burglary / 2018 / rate change", "+1.20"),
        ("burglary / 2018 / population", "250,000"),
        ("burglary / 2018 / rank", "2nd"),
        ("burglary / 2018 / rank low", "1st"),
        ("burglary / FY2018-19 / count", "not available"),
    ],
)
def test_reference_is_looked_up(written, text):
    assert look_up(ASKED, written).text == text


def test_change_is_written_without_its_sign_where_asked():
    assert look_up(ASKED, "burglary / 2018 / change", unsigned=True).text == "300"
    assert not look_up(ASKED, "burglary / 2018 / count", unsigned=True).unsigned


@pytest.mark.parametrize(
    ("written", "happened", "to_do"),
    [
        ("burglery / 2018 / count", "no indicator “burglery”", "Did you mean burglary?"),
        ("burglary / Barnett / 2018 / count", "no area “Barnett”", "Did you mean Barnet?"),
        ("burglary / High Street / count", "2 areas are called “High Street”", "E05013541, E05013542"),
        ("burglary / 2018-13 / count", "“2018-13” is not a period", "2018-Q1"),
        ("burglary / 2018 / 19 / count", "names two periods", "FY2018-19"),
        ("burglary / Harrow / Barnet / count", "names two areas", "one area"),
        ("burglary / 2018 / rates", "“rates” is not a measure", "Did you mean rate"),
        ("burglary", "is not a reference", "{{ indicator / period / measure }}"),
        ("burglary / / count", "is not a reference", "{{ indicator"),
        ("", "is not a reference", "{{ indicator"),
        ("arson / 2018 / rank", "no place for “arson”", "say nothing of its place"),
        ("__import__('os').system('ls') / count", "no indicator", "lists them all"),
    ],
)
def test_reference_to_what_there_is_not_is_refused_with_what_there_is(written, happened, to_do):
    with pytest.raises(UserError) as refused:
        look_up(ASKED, written)

    assert happened in refused.value.happened
    assert to_do in refused.value.to_do


def test_what_is_set_against_nothing_has_no_rate():
    slug = next(slug for slug, one in ASKED.every_indicator.items() if one.denominator.against == "nothing")

    with pytest.raises(UserError, match="set against nothing"):
        look_up(ASKED, f"{slug} / 2018 / rate")


@pytest.mark.parametrize(
    "written", ["burglary / 2018 / count", "burglary / Barnet / 2018 / rate", "burglary / 2018 / percent change"]
)
def test_figure_is_referred_to_as_it_was(written):
    assert reference_to(look_up(ASKED, written), ASKED) == f"{{{{ {written} }}}}"


def test_own_area_is_not_written():
    assert reference_to(look_up(ASKED, f"burglary / {HARROW} / count"), ASKED) == "{{ burglary / 2018 / count }}"
