"""A partnership's colour can be read on, or is refused."""

import pytest

from frankpledge.web.design.colour import BLACK, DEFAULT, LEAST_CONTRAST, WHITE, ColourError, contrast, text_on


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    # The first two are by definition; the others are the greys on either side of 4.5 that everybody knows.
    [("#000000", "#ffffff", 21), ("#808080", "#808080", 1), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_contrast(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "text"), [(DEFAULT, WHITE), ("#801650", WHITE), ("#ffdd00", BLACK), ("#f0f0f0", BLACK)]
)
def test_text_is_what_can_be_read(colour, text):
    assert text_on(colour) == text
    assert contrast(colour, text) >= LEAST_CONTRAST


def test_colour_on_which_nothing_can_be_read_is_refused():
    with pytest.raises(ColourError, match="Neither white nor black") as refused:
        text_on("#767779")

    assert "darker" in refused.value.to_do


@pytest.mark.parametrize("words", ["red", "#12345", "#12345g", "#123456;}", "", "#1234567"])
def test_what_is_no_colour_is_refused(words):
    with pytest.raises(ColourError, match="not a colour"):
        text_on(words)
